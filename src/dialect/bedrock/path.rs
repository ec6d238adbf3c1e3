//! Where a model is reached.

use crate::dialect::aws_segment;

/// The path of Converse, or of ConverseStream, for a model's id or ARN.
pub fn path(model: &str, stream: bool) -> String {
    let method = match stream {
        true => "/converse-stream",
        false => "/converse",
    };
    ["/model/", &aws_segment(model), method].concat()
}
