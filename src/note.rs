//! What the two roles tell each other through filter state, and under which names.

use serde::{Deserialize, Serialize};

/// The cluster of the next attempt, which Envoy's cluster matcher reads.
pub const CLUSTER: &str = "tollgate_cluster";
/// The gateway's note to the attempts.
pub const NOTE: &str = "tollgate_note";
/// The running attempt's report to the gateway.
pub const REPORT: &str = "tollgate_attempt";
/// The access log's object.
pub const LOG: &str = "tollgate_log";

/// The request header that a `cluster_header` route reads; any change to the head also makes
/// Envoy's router choose the cluster anew.
pub const CLUSTER_HEADER: &str = "x-tollgate-cluster";

/// What the attempts need to know of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The targets, in the order they are tried. The body is the first one's.
    pub hops: Vec<Hop>,
    /// Which hop each attempt takes.
    pub plan: Vec<usize>,
    /// The length of the body, in bytes.
    pub body_len: usize,
    /// How long a reply may be silent, in milliseconds.
    pub idle_ms: Option<u64>,
    /// The query of the client's path, with its `?`; mostly empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// The client's own key, when a provider of the chain takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_key: Option<String>,
}

/// One target of the chain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The provider's name.
    pub provider: String,
    /// What the provider calls the model.
    pub model: String,
}

impl Note {
    /// As filter state.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// From filter state.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// What the running attempt says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// From 1.
    pub attempt: u64,
    /// Which hop it takes.
    pub hop: usize,
}

impl Report {
    /// As filter state.
    pub fn encode(self) -> Vec<u8> {
        format!("{} {}", self.attempt, self.hop).into_bytes()
    }

    /// From filter state.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (attempt, hop) = text.split_once(' ')?;
        Some(Self {
            attempt: attempt.parse().ok()?,
            hop: hop.parse().ok()?,
        })
    }
}
