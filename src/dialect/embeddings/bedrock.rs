//! Where Bedrock's models are asked: InvokeModel
//! (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html).

/// The path for a model's id or ARN, with what has a meaning in a path escaped.
pub fn path(model: &str) -> String {
    let mut path = "/model/".to_owned();
    for byte in model.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                path.push(char::from(byte));
            }
            other => path.push_str(&format!("%{other:02X}")),
        }
    }
    path.push_str("/invoke");
    path
}
