//! The messages of Envoy's rate limit service (`envoy/service/ratelimit/v3/rls.proto`), as far as a client of it needs
//! them.
//!
//! *Never*: knows what is counted.

use prost::encoding::{self as proto, DecodeContext, WireType};

/// The service, as gRPC names it.
pub const SERVICE: &str = "envoy.service.ratelimit.v3.RateLimitService";
/// Its one method.
pub const METHOD: &str = "ShouldRateLimit";

/// What one counter is known by, and what it may come to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Descriptor {
    /// Names and values.
    pub entries: Vec<(String, String)>,
    /// The most in one unit of time, for services that let the client say it (envoyproxy/ratelimit).
    pub limit: Option<(u32, Unit)>,
}

/// `envoy.type.v3.RateLimitUnit`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A second.
    Second = 1,
    /// A minute.
    Minute = 2,
    /// An hour.
    Hour = 3,
    /// A day.
    Day = 4,
    /// A month.
    Month = 5,
}

/// What the service says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// A limit is passed.
    pub over: bool,
    /// One for each descriptor, in their order; none when the service does not tell.
    pub statuses: Vec<Status>,
    /// `x-ratelimit-remaining` of the headers that it wants added (Limitador): the least of all counters.
    pub left: Option<u64>,
    /// `x-ratelimit-limit`: the most of that counter.
    pub most: Option<u64>,
    /// `x-ratelimit-reset`: seconds until it begins anew.
    pub wait: Option<u64>,
}

/// How one counter stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// It has passed its limit.
    pub over: bool,
    /// It has a limit: without one, `left` says nothing.
    pub limited: bool,
    /// What is left.
    pub left: u64,
    /// The limit.
    pub most: u64,
    /// Seconds until it begins anew.
    pub wait: Option<u64>,
}

/// A question: whether there is room for `hits` in each of the counters, which counts them.
pub fn request(domain: &str, descriptors: &[&Descriptor], hits: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    text(1, domain, &mut out);
    for descriptor in descriptors {
        let mut inner = Vec::with_capacity(128);
        for (key, value) in &descriptor.entries {
            let mut entry = Vec::with_capacity(64);
            text(1, key, &mut entry);
            text(2, value, &mut entry);
            message(1, &entry, &mut inner);
        }
        if let Some((most, unit)) = descriptor.limit {
            let mut limit = Vec::new();
            number(1, most.into(), &mut limit);
            number(2, unit as u64, &mut limit);
            message(2, &limit, &mut inner);
        }
        message(2, &inner, &mut out);
    }
    number(3, hits.into(), &mut out);
    out
}

fn number(tag: u32, value: u64, out: &mut Vec<u8>) {
    proto::encode_key(tag, WireType::Varint, out);
    proto::encode_varint(value, out);
}

fn text(tag: u32, value: &str, out: &mut Vec<u8>) {
    message(tag, value.as_bytes(), out);
}

fn message(tag: u32, bytes: &[u8], out: &mut Vec<u8>) {
    proto::encode_key(tag, WireType::LengthDelimited, out);
    proto::encode_varint(u64::try_from(bytes.len()).unwrap_or_default(), out);
    out.extend_from_slice(bytes);
}

/// `OVER_LIMIT` of `RateLimitResponse.Code`.
const OVER: u64 = 2;

impl Response {
    /// Reads a response; `None` when it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut response = Self::default();
        fields(bytes, |tag, value| {
            match (tag, value) {
                (1, Field::Number(code)) => response.over = code == OVER,
                (2, Field::Bytes(bytes)) => response.statuses.push(Status::read(bytes)?),
                (3, Field::Bytes(bytes)) => {
                    let (name, value) = header(bytes)?;
                    // The limit is followed by all that apply: `30, 30;w=60`.
                    let number = value.split(',').next().unwrap_or_default();
                    let number = number.trim().parse().ok();
                    match name.to_ascii_lowercase().as_str() {
                        "x-ratelimit-remaining" => response.left = number,
                        "x-ratelimit-limit" => response.most = number,
                        "x-ratelimit-reset" => response.wait = number,
                        _ => {}
                    }
                }
                _ => {}
            }
            Some(())
        })?;
        Some(response)
    }
}

impl Status {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut status = Self::default();
        fields(bytes, |tag, value| {
            match (tag, value) {
                (1, Field::Number(code)) => status.over = code == OVER,
                (2, Field::Bytes(bytes)) => {
                    status.limited = true;
                    fields(bytes, |tag, value| {
                        if let (1, Field::Number(most)) = (tag, value) {
                            status.most = most;
                        }
                        Some(())
                    })?;
                }
                (3, Field::Number(left)) => status.left = left,
                // google.protobuf.Duration
                (4, Field::Bytes(bytes)) => fields(bytes, |tag, value| {
                    if let (1, Field::Number(seconds)) = (tag, value) {
                        status.wait = Some(seconds);
                    }
                    Some(())
                })?,
                _ => {}
            }
            Some(())
        })?;
        Some(status)
    }
}

/// `envoy.config.core.v3.HeaderValue`
fn header(bytes: &[u8]) -> Option<(String, String)> {
    let (mut name, mut own) = (String::new(), String::new());
    fields(bytes, |tag, value| {
        match (tag, value) {
            (1, Field::Bytes(text)) => name = String::from_utf8_lossy(text).into_owned(),
            (2, Field::Bytes(text)) => own = String::from_utf8_lossy(text).into_owned(),
            _ => {}
        }
        Some(())
    })?;
    Some((name, own))
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// Goes through the fields of a message; those of other kinds are passed over.
fn fields<'a>(
    mut rest: &'a [u8],
    mut each: impl FnMut(u32, Field<'a>) -> Option<()>,
) -> Option<()> {
    while !rest.is_empty() {
        let (tag, kind) = proto::decode_key(&mut rest).ok()?;
        match kind {
            WireType::Varint => each(tag, Field::Number(proto::decode_varint(&mut rest).ok()?))?,
            WireType::LengthDelimited => {
                let length = usize::try_from(proto::decode_varint(&mut rest).ok()?).ok()?;
                let (bytes, behind) = rest.split_at_checked(length)?;
                rest = behind;
                each(tag, Field::Bytes(bytes))?;
            }
            kind => {
                proto::skip_field(kind, tag, &mut rest, DecodeContext::default()).ok()?;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests;
