//! `GET /tollgate/usage`: what the caller has used.

use crate::host::{Headers, Host};
use crate::runtime::Runtime;
use crate::stage::admit::Caller;
use crate::stage::limit::usage;
use crate::step::LocalReply;

/// Where it is.
pub(super) const PATH: &str = "/tollgate/usage";

/// How it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON.
    Json,
    /// CSV.
    Csv,
}

impl Form {
    /// CSV where the query or `accept` asks for it, else JSON.
    pub(super) fn of(headers: &Headers, query: &str) -> Self {
        let mut pairs = query.trim_start_matches('?').split('&');
        let accept = headers.text("accept").unwrap_or_default();
        match pairs.any(|pair| pair == "format=csv") || accept.starts_with("text/csv") {
            true => Self::Csv,
            false => Self::Json,
        }
    }
}

/// What an admitted caller may see.
pub(super) fn reply(runtime: &Runtime, host: &dyn Host, caller: &Caller, form: Form) -> LocalReply {
    let now = host.now();
    let counters = usage::counters(runtime, &host, caller, now);
    let (kind, body) = match form {
        Form::Csv => ("text/csv; charset=utf-8", usage::as_csv(&counters)),
        Form::Json => ("application/json", usage::as_json(&counters, now)),
    };
    LocalReply {
        status: 200,
        headers: vec![
            ("content-type".into(), kind.as_bytes().to_vec()),
            ("cache-control".into(), b"no-store".to_vec()),
        ],
        body,
        states: Vec::new(),
    }
}
