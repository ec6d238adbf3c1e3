//! What of a head only one dialect understands: taken off on the way to a provider of another, and told in the
//! client's own words on the way back.
//!
//! Every attempt edits the same head, so one that comes after a foreign one puts back what that has taken off.

use super::speech::Speech;
use crate::dialect::limits::limits;
use crate::dialect::{Dialect, Row};
use crate::host::{Headers, Host, Message};
use crate::note::Note;
use crate::step::Edits;
use crate::units::Moment;

/// The version of Anthropic's API (docs.claude.com, "Versions").
const VERSION: (&str, &str) = ("anthropic-version", "2023-06-01");

/// The header of a request's id, by dialect.
const IDS: [&str; 3] = ["x-request-id", "request-id", "x-amzn-requestid"];

/// A request's head, for this provider. `after_foreign`: an attempt before may have been one at a provider of
/// another dialect.
pub(super) fn request(
    note: &Note<'_>,
    speech: &Speech,
    row: &Row,
    after_foreign: bool,
    host: &dyn Host,
    edits: &mut Edits,
) {
    let foreign = speech.is_foreign();
    for (name, value) in &note.house {
        if foreign {
            edits.remove((*name).to_owned());
        } else if after_foreign {
            edits.set((*name).to_owned(), *value);
        }
    }
    if foreign {
        edits.set("content-type", "application/json");
    }
    if foreign || after_foreign {
        edits.set("accept", accepted(speech.provider, note.stream));
    }
    let versioned = speech.provider == Dialect::Anthropic && !row.publishers;
    let told = note.house.iter().any(|(name, _)| *name == VERSION.0);
    if versioned {
        let own = !foreign && (told || host.header(Message::Request, VERSION.0).is_some());
        if !own {
            edits.set(VERSION.0, VERSION.1);
        }
    } else if after_foreign && (foreign || !told) {
        edits.remove(VERSION.0);
    }
}

fn accepted(provider: Dialect, stream: bool) -> &'static str {
    match stream {
        true if provider.is_framed_by_aws() => "application/vnd.amazon.eventstream",
        true => "text/event-stream",
        false => "application/json",
    }
}

/// A reply's head, for this client.
pub(super) fn reply(speech: &Speech, headers: &Headers, now: Moment) -> Edits {
    let mut edits = Edits::default();
    let seconds = now.0 / 1_000_000_000;
    let limits = limits(speech.provider, speech.client, headers.iter(), seconds);
    for name in limits.gone {
        edits.remove(name);
    }
    for (name, value) in limits.told {
        edits.set(name, value);
    }
    let own = match speech.client {
        Dialect::Anthropic => "request-id",
        _ => "x-request-id",
    };
    let id = IDS
        .iter()
        .find_map(|name| Some((*name, headers.bytes(name)?)));
    if let Some((name, id)) = id.filter(|(name, _)| *name != own) {
        edits.remove(name);
        edits.set(own, id);
    }
    edits
}
