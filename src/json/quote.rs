//! A text as a JSON string.

use super::special::plain_len;

/// `text` as a JSON string, quotes included.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(2));
    out.push('"');
    quote_into(text, &mut out);
    out.push('"');
    out
}

/// Appends `text` as it stands between the quotes of a JSON string. Only what RFC 8259, section 7
/// asks for is escaped.
pub fn quote_into(text: &str, out: &mut String) {
    let mut rest = text;
    // What ends a plain part is one byte long, so that both sides of it are text.
    while let Some((plain, after)) = rest.split_at_checked(plain_len(rest.as_bytes())) {
        out.push_str(plain);
        let mut chars = after.chars();
        let Some(special) = chars.next() else {
            return;
        };
        rest = chars.as_str();
        match special {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                let code = u32::from(special);
                for nibble in [code >> 4, code & 15] {
                    out.extend(char::from_digit(nibble, 16));
                }
            }
            _ => out.push(special),
        }
    }
}
