//! What the two roles tell each other through filter state, and under which names.

use crate::dialect::{Dialect, Reported, Tier};
use crate::units::PicoUsd;

/// The cluster of the next attempt, which Envoy's cluster matcher reads.
pub const CLUSTER: &str = "tollgate_cluster";
/// The gateway's note to the attempts.
pub const NOTE: &str = "tollgate_note";
/// The running attempt's report to the gateway.
pub const REPORT: &str = "tollgate_attempt";
/// What a provider that speaks another dialect than the client said was used: the client's dialect has no
/// words for some of it.
pub const USAGE: &str = "tollgate_usage";
/// A token of Google's that an attempt has kept aside for a later one.
pub const TOKEN: &str = "tollgate_token";
/// The access log's object.
pub const LOG: &str = "tollgate_log";

/// The request header that a `cluster_header` route reads; any change to the head also makes
/// Envoy's router choose the cluster anew.
pub const CLUSTER_HEADER: &str = "x-tollgate-cluster";

/// What the attempts need to know of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note<'a> {
    /// The targets, in the order they are tried. The body is the first one's.
    pub hops: Vec<Hop<'a>>,
    /// Which hop each attempt takes.
    pub plan: Vec<usize>,
    /// The length of the body, in bytes.
    pub body_len: usize,
    /// How long a reply may be silent, in milliseconds.
    pub idle_ms: usize,
    /// What the client speaks.
    pub dialect: Dialect,
    /// The request asks for a stream.
    pub stream: bool,
    /// What the client calls the model.
    pub model: &'a str,
    /// The query of the client's path, with its `?`; mostly empty.
    pub query: &'a str,
    /// The client's own key, when a provider of the chain takes it.
    pub client_key: Option<&'a str>,
    /// Headers that only providers of the client's dialect understand, when a target speaks another.
    pub house: Vec<(&'a str, &'a str)>,
}

/// One target of the chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hop<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// What the provider calls the model.
    pub model: &'a str,
}

/// As filter state: numbers as four bytes, texts and lists behind their lengths. Every request writes and
/// reads a note, so it is made for speed; both ends are always of one version.
impl<'a> Note<'a> {
    /// As filter state.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        put_number(&mut out, self.body_len);
        put_number(&mut out, self.idle_ms);
        let same = |dialect: &Dialect| *dialect == self.dialect;
        put_number(
            &mut out,
            Dialect::ALL.iter().position(same).unwrap_or_default(),
        );
        put_number(&mut out, usize::from(self.stream));
        put_text(&mut out, self.model);
        put_text(&mut out, self.query);
        put_text(&mut out, self.client_key.unwrap_or_default());
        put_number(&mut out, self.plan.len());
        for hop in &self.plan {
            put_number(&mut out, *hop);
        }
        put_number(&mut out, self.hops.len());
        for hop in &self.hops {
            put_text(&mut out, hop.provider);
            put_text(&mut out, hop.model);
        }
        put_number(&mut out, self.house.len());
        for (name, value) in &self.house {
            put_text(&mut out, name);
            put_text(&mut out, value);
        }
        out
    }

    /// From filter state.
    pub fn decode(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes;
        let (body_len, idle_ms) = (number(&mut rest)?, number(&mut rest)?);
        let dialect = *Dialect::ALL.get(number(&mut rest)?)?;
        let (stream, model) = (number(&mut rest)? != 0, text(&mut rest)?);
        let (query, client_key) = (text(&mut rest)?, text(&mut rest)?);
        let plan = list(&mut rest, number)?;
        let hops = list(&mut rest, |rest| {
            let (provider, model) = (text(rest)?, text(rest)?);
            Some(Hop { provider, model })
        })?;
        let house = list(&mut rest, |rest| Some((text(rest)?, text(rest)?)))?;
        Some(Self {
            hops,
            plan,
            body_len,
            idle_ms,
            dialect,
            stream,
            model,
            query,
            client_key: Some(client_key).filter(|key| !key.is_empty()),
            house,
        })
    }
}

fn put_number(out: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let (number, behind) = rest.split_first_chunk()?;
    *rest = behind;
    usize::try_from(u32::from_le_bytes(*number)).ok()
}

fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = number(rest)?;
    let (text, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    std::str::from_utf8(text).ok()
}

fn list<'a, T>(
    rest: &mut &'a [u8],
    mut one: impl FnMut(&mut &'a [u8]) -> Option<T>,
) -> Option<Vec<T>> {
    let length = number(rest)?;
    (0..length).map(|_| one(rest)).collect()
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
        [&self.attempt.to_string(), " ", &self.hop.to_string()]
            .concat()
            .into_bytes()
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

/// Usage as filter state: its figures in one order, 0 for what is not told.
pub fn encode_usage(usage: &Reported) -> Vec<u8> {
    let told = |figure: Option<u64>| figure.map_or(0, |figure| figure.saturating_add(1));
    let tier = Tier::ALL.iter().position(|tier| *tier == usage.tier);
    let tier = tier.and_then(|tier| u64::try_from(tier).ok());
    let figures = [
        told(usage.input),
        told(usage.output),
        usage.cached,
        usage.cache_write,
        usage.cache_write_1h,
        usage.reasoning,
        usage.audio_input,
        usage.audio_output,
        usage.audio_cached,
        usage.image_input,
        usage.image_output,
        usage.searches,
        tier.unwrap_or_default(),
        told(usage.charged.map(|charged| charged.0)),
    ];
    figures
        .iter()
        .flat_map(|figure| figure.to_le_bytes())
        .collect()
}

/// Usage from filter state.
pub fn decode_usage(bytes: &[u8]) -> Option<Reported> {
    let mut figures = bytes.chunks_exact(8);
    let mut next = || Some(u64::from_le_bytes(figures.next()?.try_into().ok()?));
    let told = |figure: u64| figure.checked_sub(1);
    Some(Reported {
        input: told(next()?),
        output: told(next()?),
        cached: next()?,
        cache_write: next()?,
        cache_write_1h: next()?,
        reasoning: next()?,
        audio_input: next()?,
        audio_output: next()?,
        audio_cached: next()?,
        image_input: next()?,
        image_output: next()?,
        searches: next()?,
        tier: Tier::ALL.get(usize::try_from(next()?).ok()?).copied()?,
        charged: told(next()?).map(PicoUsd),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_whole_and_a_cut_one_is_none() {
        let hop = |provider, model| Hop { provider, model };
        let note = Note {
            hops: vec![hop("openai", "gpt-4o"), hop("a b", "m\n\0\u{e9}")],
            plan: vec![0, 0, 1],
            body_len: 1234,
            idle_ms: 60_000,
            dialect: Dialect::OpenAiChat,
            stream: true,
            model: "gpt",
            query: "?a=b",
            client_key: Some("sk-1"),
            house: vec![("anthropic-beta", "a,b")],
        };
        let bytes = note.encode();
        assert_eq!(Note::decode(&bytes), Some(note));
        for cut in 0..bytes.len() {
            assert_eq!(Note::decode(&bytes[..cut]), None);
        }
        let usage = Reported {
            input: Some(1),
            output: None,
            cached: 2,
            cache_write: 3,
            cache_write_1h: 4,
            reasoning: 5,
            audio_input: 6,
            audio_output: 7,
            audio_cached: 8,
            image_input: 9,
            image_output: 10,
            searches: 11,
            tier: Tier::Other,
            charged: Some(PicoUsd(0)),
        };
        let bytes = encode_usage(&usage);
        assert_eq!(decode_usage(&bytes), Some(usage));
        assert_eq!(decode_usage(&bytes[1..]), None);
        let empty = Note::default();
        assert_eq!(Note::decode(&empty.encode()), Some(empty));
    }
}
