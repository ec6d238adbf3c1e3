//! Where a model is reached.

use std::fmt::Write;

/// The path of Converse, or of ConverseStream, for a model's id or ARN. All but RFC 3986's unreserved
/// characters are percent-encoded, `:` and `/` too, as AWS signs and routes it.
pub fn path(model: &str, stream: bool) -> String {
    let mut path = String::from("/model/");
    for byte in model.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path.push_str(match stream {
        true => "/converse-stream",
        false => "/converse",
    });
    path
}
