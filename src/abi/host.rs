//! The proxy as the core sees it, and steps as the proxy takes them.

use std::borrow::Cow;
use std::cell::Cell;

use proxy_wasm::hostcalls::{dispatch_grpc_call, dispatch_http_call};

use super::calls::{self, Buffer, Map};
use crate::host::{Answer, Ask, CallOut, Changed, Headers, Host, Message, Metric, MetricKind};
use crate::step::{Edits, HeaderEdit, LocalReply};
use crate::units::Moment;

thread_local! {
    static DRAWN: Cell<Option<u64>> = const { Cell::new(None) };
}

/// The proxy, within a callback.
#[derive(Debug, Clone, Copy)]
pub(super) struct Envoy;

impl Host for Envoy {
    fn now(&self) -> Moment {
        Moment(calls::now())
    }

    fn random(&self) -> u64 {
        // The steps of SplitMix64; who draws by them mixes the bits.
        let last = DRAWN.get().unwrap_or_else(calls::now);
        let next = last.wrapping_add(0x9e37_79b9_7f4a_7c15);
        DRAWN.set(Some(next));
        next
    }

    fn headers(&self, message: Message) -> Headers {
        let pairs = calls::header_pairs(map(message)).unwrap_or_default();
        Headers::read(pairs)
    }

    fn header(&self, message: Message, name: &str) -> Option<Vec<u8>> {
        calls::header(map(message), name)
    }

    fn body(&self, message: Message) -> Vec<u8> {
        calls::buffer(body(message)).unwrap_or_default()
    }

    fn property(&self, path: &[&str]) -> Option<Vec<u8>> {
        match path {
            [one] => calls::property(one),
            parts => calls::property(&parts.join("\0")),
        }
    }

    fn tell(&self, name: &'static str, value: &[u8]) {
        if let Err(status) = calls::set_property(name, value) {
            log::error!("filter state {name}: status {status}");
        }
    }

    fn define(&self, kind: MetricKind, name: &str) -> Metric {
        let kind = match kind {
            MetricKind::Counter => 0,
            MetricKind::Histogram => 2,
        };
        match calls::define_metric(kind, name) {
            Ok(id) => Metric(id),
            Err(status) => {
                log::error!("metric {name}: status {status}");
                Metric(u32::MAX)
            }
        }
    }

    fn count(&self, metric: Metric, by: u64) {
        calls::increment_metric(metric.0, by);
    }

    fn record(&self, metric: Metric, value: u64) {
        calls::record_metric(metric.0, value);
    }

    fn shared(&self, name: &str) -> Option<(Vec<u8>, u32)> {
        calls::shared(name)
    }

    fn set_shared(&self, name: &str, value: &[u8], version: u32) -> Result<(), Changed> {
        calls::set_shared(name, value, version).map_err(|_| Changed)
    }
}

fn map(message: Message) -> Map {
    match message {
        Message::Request => Map::Request,
        Message::Reply => Map::Reply,
    }
}

fn body(message: Message) -> Buffer {
    match message {
        Message::Request => Buffer::RequestBody,
        Message::Reply => Buffer::ReplyBody,
    }
}

/// Makes the changes.
pub(super) fn apply(message: Message, edits: &Edits) {
    set_states(&edits.states);
    for edit in &edits.headers {
        let done = match edit {
            HeaderEdit::Set(name, value) => calls::set_header(map(message), name, value),
            HeaderEdit::Remove(name) => calls::remove_header(map(message), name),
        };
        if let Err(status) = done {
            let (HeaderEdit::Set(name, _) | HeaderEdit::Remove(name)) = edit;
            log::error!("header {name}: status {status}");
        }
    }
}

fn set_states(states: &[(&'static str, Vec<u8>)]) {
    for (name, value) in states {
        if let Err(status) = calls::set_property(name, value) {
            log::error!("filter state {name}: status {status}");
        }
    }
}

/// Puts other bytes in the place of the body.
pub(super) fn replace_body(message: Message, bytes: &[u8]) {
    if let Err(status) = calls::replace_buffer(body(message), bytes) {
        log::error!("body: status {status}");
    }
}

/// Answers in place of what was on its way.
pub(super) fn answer(reply: &LocalReply, details: &str) {
    set_states(&reply.states);
    let headers = pairs(&reply.headers);
    if let Err(status) = calls::answer(reply.status, details, &headers, &reply.body) {
        log::error!("local reply: status {status}");
    }
}

/// Resets a reply whose head has gone: a local reply in its midst does that, and leaves `details` in the
/// access log.
pub(super) fn cut(details: &str) {
    if let Err(status) = calls::answer(500, details, &[], &[]) {
        log::error!("cut: status {status}");
    }
}

/// A header map as the ABI serialises it: see `Headers::read`.
fn pairs(headers: &[(Cow<'static, str>, Vec<u8>)]) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut out = number(headers.len()).to_vec();
    for (name, value) in headers {
        out.extend(number(name.len()));
        out.extend(number(value.len()));
    }
    for (name, value) in headers {
        for half in [name.as_bytes(), value] {
            out.extend_from_slice(half);
            out.push(0);
        }
    }
    out
}

/// Sends a call; whether it is on its way.
///
/// By the SDK, which remembers whose call it is: it would trap on the answer to one that it does not know.
pub(super) fn call(call: &CallOut) -> bool {
    let sent = match &call.ask {
        Ask::Http { headers, body } => {
            let headers = headers.iter();
            let headers = headers
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let body = Some(body.as_slice()).filter(|body| !body.is_empty());
            dispatch_http_call(&call.cluster, headers, body, Vec::new(), call.timeout)
        }
        Ask::Grpc {
            service,
            method,
            message,
        } => dispatch_grpc_call(
            &call.cluster,
            service,
            method,
            Vec::new(),
            Some(message),
            call.timeout,
        ),
    };
    if let Err(status) = sent {
        log::warn!("call to cluster {}: {status:?}", call.cluster);
    }
    sent.is_ok()
}

/// Sends calls whose answers nobody waits for, as `root`'s; then speaks for `stream` again.
pub(super) fn tell((root, stream): (u32, u32), calls: &[CallOut]) {
    if calls::speak_for(root).is_ok() {
        for out in calls {
            call(out);
        }
        let _ = calls::speak_for(stream);
    }
}

/// The answer to an HTTP call, within the callback that brings it.
pub(super) fn http_answer() -> Answer {
    let status = calls::header(Map::CallReply, ":status");
    let status = status.and_then(|status| String::from_utf8(status).ok()?.parse().ok());
    match status {
        Some(status) => Answer::Http {
            status,
            body: calls::buffer(Buffer::CallBody).unwrap_or_default(),
        },
        None => Answer::Nothing,
    }
}

/// The answer to a gRPC call, within the callback that brings it.
pub(super) fn grpc_answer(status: u32) -> Answer {
    match status {
        0 => Answer::Grpc(calls::buffer(Buffer::GrpcMessage).unwrap_or_default()),
        _ => Answer::Nothing,
    }
}
