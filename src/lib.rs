//! Tollgate: an AI gateway that runs inside Envoy as one proxy-wasm filter.
pub mod dialect;
pub mod host;
pub mod json;
pub mod mask;
pub mod refusal;
pub mod sse;
pub mod step;
pub mod tokens;
pub mod units;
