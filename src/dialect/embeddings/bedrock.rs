//! Where Bedrock's models are asked: InvokeModel
//! (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html).

use crate::dialect::aws_segment;

/// The path for a model's id or ARN.
pub fn path(model: &str) -> String {
    ["/model/", &aws_segment(model), "/invoke"].concat()
}
