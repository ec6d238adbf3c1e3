//! `GET /tollgate/usage`: what the caller has used.

use crate::host::{Headers, Host};
use crate::refusal::Refusal;
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
    /// What the query asks for, else CSV where `accept` does, else JSON.
    ///
    /// # Errors
    ///
    /// The query asks for another form, or the method is another.
    pub(super) fn of(headers: &Headers, method: &str, query: &str) -> Result<Self, Refusal> {
        if !matches!(method, "GET" | "HEAD") {
            return Err(Refusal::Method {
                method: method.to_owned(),
                allow: "GET, HEAD",
            });
        }
        let mut pairs = query.trim_start_matches('?').split('&');
        let accept = headers.text("accept").unwrap_or_default();
        match pairs.find_map(|pair| pair.strip_prefix("format=")) {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            None if accept.starts_with("text/csv") => Ok(Self::Csv),
            None => Ok(Self::Json),
            Some(_) => Err(Refusal::Field {
                path: "format".to_owned(),
                what: "expected json or csv".to_owned(),
            }),
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
