//! A model's name as one segment of a path, which a client may have chosen freely; and such a segment read.

use std::borrow::Cow;
use std::fmt::Write;

/// `model` with everything percent-encoded that would end the segment, or could not stand in a path: all but RFC
/// 3986's unreserved characters and sub-delimiters, and `@`. `:` is what providers put between the model and what
/// is wanted of it.
pub fn segment(model: &str) -> Cow<'_, str> {
    encoded(model, b"-._~!$&'()*+,;=@")
}

/// `model` with all percent-encoded but RFC 3986's unreserved characters, `:` and `/` too, as AWS signs and routes
/// it.
pub fn aws_segment(model: &str) -> Cow<'_, str> {
    encoded(model, b"-._~")
}

/// A segment without its percent-encoding (RFC 3986, section 2.1).
pub fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.first_chunk::<2>().filter(|_| *byte == b'%');
        let hex = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex {
            Some(decoded) => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What is neither a letter, a digit nor one of `plain` is encoded.
fn encoded<'a>(model: &'a str, plain: &[u8]) -> Cow<'a, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || plain.contains(&byte);
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
    use super::{aws_segment, decoded, segment};

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
            assert_eq!(decoded(expected), model);
            assert_eq!(decoded(&aws_segment(model)), model);
        }
    }

    #[test]
    fn aws_encodes_more() {
        let arn = "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.a-b_c~1";
        let expected = "arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Feu.a-b_c~1";
        assert_eq!(aws_segment(arn), expected);
    }
}
