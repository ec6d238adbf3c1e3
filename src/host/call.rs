//! Calls to services beside the providers: a source of keys, a store of limits, a second opinion.
//!
//! Their clusters must not carry the attempt role of the same VM: a call would enter the VM again from within
//! a callback.

use std::time::Duration;

/// A call to a cluster of Envoy's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOut {
    /// The cluster's name.
    pub cluster: String,
    /// How long the answer may take.
    pub timeout: Duration,
    /// What is asked.
    pub ask: Ask,
}

/// What is asked, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// By HTTP.
    Http {
        /// `:method`, `:path` and `:authority` among them.
        headers: Vec<(String, String)>,
        /// May be empty.
        body: Vec<u8>,
    },
    /// By a unary gRPC method.
    Grpc {
        /// The service with its package, such as `envoy.service.ratelimit.v3.RateLimitService`.
        service: &'static str,
        /// The method.
        method: &'static str,
        /// The request, serialised.
        message: Vec<u8>,
    },
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An HTTP reply.
    Http {
        /// Its status.
        status: u16,
        /// Its body.
        body: Vec<u8>,
    },
    /// A gRPC reply: its message, serialised.
    Grpc(Vec<u8>),
    /// Nothing in time, no such cluster, a broken connection, or a gRPC status that is not OK.
    Nothing,
}
