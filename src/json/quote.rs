//! A text as a JSON string.

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
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push_str(text);
        return;
    }
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                let code = u32::from(char);
                for nibble in [code >> 4, code & 15] {
                    out.extend(char::from_digit(nibble, 16));
                }
            }
            _ => out.push(char),
        }
    }
}
