//! A model's name as one segment of a path, which a client may have chosen freely.

use std::borrow::Cow;
use std::fmt::Write;

/// What stands in a segment as it is: RFC 3986's unreserved characters and sub-delimiters, and `@`. `:` is what
/// providers put between the model and what is wanted of it.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte)
}

/// `model` with everything percent-encoded that would end the segment, or could not stand in a path.
pub fn segment(model: &str) -> Cow<'_, str> {
    if model.bytes().all(is_plain) {
        return Cow::Borrowed(model);
    }
    let mut segment = String::with_capacity(model.len().saturating_mul(3));
    for byte in model.bytes() {
        if is_plain(byte) {
            segment.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(segment, "%{byte:02X}");
        }
    }
    Cow::Owned(segment)
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn no_name_leaves_its_segment() {
        for (model, expected) in [
            ("gemini-2.5-pro", "gemini-2.5-pro"),
            ("claude-sonnet-4-5@20250929", "claude-sonnet-4-5@20250929"),
            ("a/../b?key=c#d", "a%2F..%2Fb%3Fkey=c%23d"),
            ("a:countTokens", "a%3AcountTokens"),
            ("a b%20\n", "a%20b%2520%0A"),
            ("kůň", "k%C5%AF%C5%88"),
        ] {
            assert_eq!(segment(model), expected, "{model}");
        }
    }
}
