//! The request's head: is this path ours, and what is taken off it.

use super::State;
use super::answered::Answered;
use super::asking::Answers;
use super::caller;
use super::gathering::Gathering;
use super::listing::{self, Asked};
use super::usage;
use crate::dialect::Dialect;
use crate::dialect::endpoint::{Action, Call, Endpoint};
use crate::dialect::splice::Request;
use crate::host::{Headers, Host, Message};
use crate::note;
use crate::policy::Identity;
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::guard;
use crate::stage::record::Record;
use crate::step::{Edits, Head, LocalReply};

/// Headers that carry a client's credential, or who the client is: no provider sees them.
const PRIVATE: [&str; 20] = [
    "authorization",
    "x-api-key",
    "api-key",
    "x-goog-api-key",
    "proxy-authorization",
    "cookie",
    "forwarded",
    "x-forwarded-for",
    "x-real-ip",
    "openai-organization",
    "openai-project",
    "chatgpt-account-id",
    "referer",
    "x-auth-token",
    "x-amz-security-token",
    "x-amz-date",
    "x-amz-content-sha256",
    "ocp-apim-subscription-key",
    "cf-aig-authorization",
    "helicone-auth",
];

/// How the names of headers begin that only providers of one dialect understand.
const HOUSE: [&str; 4] = ["anthropic-", "openai-", "x-goog-", "x-stainless-"];

pub(super) fn head(runtime: &Runtime, host: &dyn Host, end: bool) -> (State, Head) {
    let headers = host.headers(Message::Request);
    let target = headers.text(":path").unwrap_or_default();
    let (path, query) = match target.find('?').and_then(|at| target.split_at_checked(at)) {
        Some((path, query)) => (path, query),
        None => (target, ""),
    };
    let method = headers.text(":method").unwrap_or_default();
    let mut record = Record {
        started: host.now(),
        ..Record::default()
    };
    let dialect = match path.starts_with("/v1beta/") {
        true => Dialect::Gemini,
        false => lists(&headers),
    };
    if path == usage::PATH {
        record.dialect = dialect;
        return match usage::Form::of(&headers, method, query) {
            Ok(form) => {
                let asked = Asked::Usage(form);
                listing::head(runtime, host, record, (&headers, query), asked)
            }
            Err(refusal) => Answered::head(runtime, record, &refusal),
        };
    }
    match Endpoint::of(method, path, dialect) {
        Endpoint::Call(call) => {
            record.dialect = call.dialect;
            self::call(runtime, host, record, (&headers, query), call, end)
        }
        Endpoint::Models(dialect) => {
            record.dialect = dialect;
            listing::head(runtime, host, record, (&headers, query), Asked::Models)
        }
        Endpoint::Model(dialect, id) => {
            record.dialect = dialect;
            listing::head(runtime, host, record, (&headers, query), Asked::Model(id))
        }
        Endpoint::Method(dialect, allow) => {
            let method = method.to_owned();
            let refusal = Refusal::Method { method, allow };
            Answered::head(runtime, Record { dialect, ..record }, &refusal)
        }
        Endpoint::Ping if runtime.policy.default_cluster.is_none() => ping(record),
        Endpoint::Ping | Endpoint::Other => {
            pass(runtime, host, Record { dialect, ..record }, &headers, path)
        }
    }
}

/// In which dialect a list of models is meant, on paths that several share: Anthropic's clients send their
/// version with every request, Google's their key in a header of its own.
fn lists(headers: &Headers) -> Dialect {
    match (
        headers.bytes("anthropic-version"),
        headers.bytes("x-goog-api-key"),
    ) {
        (Some(_), _) => Dialect::Anthropic,
        (None, Some(_)) => Dialect::Gemini,
        (None, None) => Dialect::OpenAiChat,
    }
}

fn call(
    runtime: &Runtime,
    host: &dyn Host,
    mut record: Record,
    (headers, query): (&Headers, &str),
    call: Call,
    end: bool,
) -> (State, Head) {
    record.caller = caller::claimed(headers);
    let (caller, head) = (&mut record.caller, (headers, query));
    let admitted = match caller::admit(runtime, host, caller, head, call.name()) {
        Ok(admitted) => admitted,
        Err(refusal) => return Answered::head(runtime, record, &refusal),
    };
    let refusal = match headers.text("content-encoding") {
        Some(how) if !how.eq_ignore_ascii_case("identity") => {
            Some(Refusal::Compressed(how.chars().take(64).collect()))
        }
        _ if is_array(&call, query) => Some(Refusal::Field {
            path: "alt".to_owned(),
            what: "a stream is sent as server-sent events; add alt=sse to the query".to_owned(),
        }),
        _ if end => Request::read(call.dialect, b"").err(),
        _ => declared_too_large(runtime, headers)
            .and_then(|()| match &call.model {
                Some(model) => record.caller.may_ask(&runtime.policy, model),
                None => Ok(()),
            })
            .err(),
    };
    if let Some(refusal) = refusal {
        return Answered::head(runtime, record, &refusal);
    }
    let mut edits = Edits::default();
    for name in headers.names() {
        if PRIVATE.contains(&name)
            || name.starts_with("x-tollgate-")
            || name.starts_with("x-envoy-")
        {
            edits.remove(name.to_owned());
        }
    }
    for name in runtime.policy.identity.iter().flat_map(Identity::headers) {
        edits.remove(name.to_owned());
    }
    edits.set("accept-encoding", "identity");
    let (step, held) = Head::hold_after(edits);
    let gathering = Gathering {
        held,
        call,
        name: String::new(),
        record: Box::new(record),
        query: caller::without_key(query),
        client_key: admitted.client_key,
        unknown: admitted.unknown,
        house: house(headers),
        full: None,
        answers: Answers::default(),
    };
    (State::Gathering(gathering), step)
}

/// Gemini's streams without `alt=sse` are one long JSON array, which nothing here could fall over or restore in.
fn is_array(call: &Call, query: &str) -> bool {
    let mut pairs = query.trim_start_matches('?').split('&');
    call.dialect == Dialect::Gemini
        && call.action == Action::Answer
        && call.stream == Some(true)
        && !pairs.any(|pair| pair == "alt=sse" || pair == "$alt=sse")
}

/// Refusing before the body has come saves reading it.
fn declared_too_large(runtime: &Runtime, headers: &Headers) -> Result<(), Refusal> {
    let length = headers.text("content-length");
    match length.and_then(|length| length.parse().ok()) {
        Some(bytes) => guard::body(&runtime.policy.guard, bytes),
        None => Ok(()),
    }
}

/// What a provider of another dialect would not understand.
fn house(headers: &Headers) -> Vec<(String, String)> {
    let own =
        |name: &str| HOUSE.iter().any(|start| name.starts_with(start)) && !PRIVATE.contains(&name);
    let all = headers.iter().filter(|(name, _)| own(name));
    let text = |(name, value): (&str, &[u8])| {
        (name.to_owned(), String::from_utf8_lossy(value).into_owned())
    };
    all.map(text).collect()
}

/// Somebody is there.
fn ping(mut record: Record) -> (State, Head) {
    record.complete = true;
    let reply = LocalReply {
        status: 200,
        headers: Vec::new(),
        body: Vec::new(),
        states: Vec::new(),
    };
    (State::Ended(Box::new(record)), Head::Answer(reply))
}

/// A path that is no LLM endpoint goes on untouched, or is not found.
fn pass(
    runtime: &Runtime,
    host: &dyn Host,
    record: Record,
    headers: &Headers,
    path: &str,
) -> (State, Head) {
    let policy = &runtime.policy;
    let cluster = match &policy.default_cluster {
        Some(cluster) if !policy.guard.refuse_unknown_paths => cluster,
        _ => {
            let path = path.chars().take(200).collect();
            return Answered::head(runtime, record, &Refusal::UnknownPath(path));
        }
    };
    runtime.meters.passed(host);
    let mut edits = Edits::default();
    for name in headers
        .names()
        .filter(|name| name.starts_with("x-tollgate-"))
    {
        edits.remove(name.to_owned());
    }
    edits.set(note::CLUSTER_HEADER, cluster.as_str());
    edits.state(note::CLUSTER, cluster.as_str());
    (State::Passing, Head::Continue(edits))
}
