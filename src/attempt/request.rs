//! The request's way out: this target's host, path, credential and model name.

use std::time::Duration;

use super::editing::Editing;
use super::speech::Speech;
use super::{State, auth, heads};
use crate::dialect::Dialect;
use crate::dialect::endpoint::Call;
use crate::dialect::neutral::{Error, Told};
use crate::host::Host;
use crate::note::{self, Hop, Note, Report};
use crate::policy::{Policy, Provider};
use crate::step::{Edits, Head, LocalReply};

/// What an attempt begins as.
pub(super) struct Start {
    pub(super) state: State,
    pub(super) step: Head,
    pub(super) provider: Option<String>,
    pub(super) idle: Option<Duration>,
}

impl Start {
    fn without_note(step: Head) -> Self {
        Self {
            state: State::Through,
            step,
            provider: None,
            idle: None,
        }
    }
}

pub(super) fn head(policy: &Policy, host: &dyn Host, end: bool) -> Start {
    let mut edits = Edits::default();
    edits.remove(note::CLUSTER_HEADER);
    auth::take_off(policy, &mut edits);
    let bytes = host.property(&[note::NOTE]).unwrap_or_default();
    let Some(note) = Note::decode(&bytes) else {
        return Start::without_note(Head::Continue(edits));
    };
    let attempt = attempt_number(&note, host);
    let found = own_hop(policy, &note, attempt, host).and_then(|(place, hop, provider)| {
        let dialect = provider.row.dialect(note.dialect, hop.model)?;
        Some((place, hop, provider, dialect))
    });
    let Some((place, hop, provider, dialect)) = found else {
        return Start::without_note(Head::Answer(misrouted(note.dialect)));
    };
    let report = Report {
        attempt,
        hop: place,
    };
    edits.state(note::REPORT, report.encode());
    if let Some(next) = next_cluster(policy, &note, attempt) {
        edits.state(note::CLUSTER, next);
    }
    let speech = Box::new(Speech {
        provider: dialect,
        client: note.dialect,
        told: told(&note, host, dialect != note.dialect),
    });
    let query = if speech.is_foreign() { "" } else { note.query };
    let path = provider.path(dialect, hop.model, note.stream, query);
    edits.set(":path", path);
    edits.set(":authority", provider.host.as_str());
    auth::edit(policy, &note, provider, host, &mut edits);
    let after_foreign = attempt > 1 && is_mixed(policy, &note);
    heads::request(
        &note,
        &speech,
        provider.row,
        after_foreign,
        host,
        &mut edits,
    );
    let start = |state, step| Start {
        state,
        step,
        provider: Some(provider.name.clone()),
        idle: u64::try_from(note.idle_ms).ok().map(Duration::from_millis),
    };
    if !speech.is_foreign() && (end || !needs_edits(policy, &note, hop, provider)) {
        if attempt > 1 {
            // An attempt before this one may have sent a body of another length.
            edits.set("content-length", note.body_len.to_string());
        }
        return start(State::Sent(speech), Head::Continue(edits));
    }
    let (step, held) = Head::hold_after(edits);
    let state = State::Editing(Editing {
        held,
        call: Call {
            dialect: note.dialect,
            model: Some(note.model.to_owned()),
            stream: Some(note.stream),
            ..Call::default()
        },
        speech,
        model: hop.model.to_owned(),
        row: provider.row,
        mark_cache: provider.mark_cache,
    });
    start(state, step)
}

/// What a client is told whose provider's reply is translated. Usage always: the gateway reads it, and
/// takes it out for those who did not ask.
fn told(note: &Note<'_>, host: &dyn Host, foreign: bool) -> Told {
    if !foreign {
        return Told::default();
    }
    Told {
        model: note.model.to_owned(),
        random: host.random(),
        now: host.now().0 / 1_000_000_000,
        usage: true,
        base64: false,
    }
}

/// Whether a target speaks another dialect than the client.
fn is_mixed(policy: &Policy, note: &Note<'_>) -> bool {
    note.hops.iter().any(|hop| {
        let row = policy.provider(hop.provider).map(|provider| provider.row);
        row.and_then(|row| row.dialect(note.dialect, hop.model)) != Some(note.dialect)
    })
}

/// Whether the body, which is the first target's, is not this one's too.
fn needs_edits(policy: &Policy, note: &Note<'_>, hop: &Hop<'_>, provider: &Provider) -> bool {
    let first = note.hops.first();
    let first_provider = first.and_then(|first| policy.provider(first.provider));
    match (first, first_provider) {
        (Some(first), Some(other)) => {
            // A chain of several dialects is given the client's own body.
            is_mixed(policy, note)
                || first.model != hop.model
                || other.row.stream_usage != provider.row.stream_usage
                || other.row.publishers != provider.row.publishers
                || other.row.quirks != provider.row.quirks
                || provider.mark_cache && !other.mark_cache
        }
        _ => true,
    }
}

/// From 1; Envoy gives it as eight bytes, little endian. Where the plan has one attempt only it is not asked:
/// each answer costs Envoy's way back into the sandbox.
fn attempt_number(note: &Note<'_>, host: &dyn Host) -> u64 {
    if note.plan.len() == 1 {
        return 1;
    }
    host.property(&["upstream", "request_attempt_count"])
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(1, u64::from_le_bytes)
        .max(1)
}

/// The hop of this attempt: the planned one when the request is on its way to that provider's
/// cluster, else the one whose provider this is, so that a key never goes to another's cluster.
fn own_hop<'a>(
    policy: &'a Policy,
    note: &'a Note<'a>,
    attempt: u64,
    host: &dyn Host,
) -> Option<(usize, &'a Hop<'a>, &'a Provider)> {
    let cluster = host.property(&["xds", "cluster_name"]).unwrap_or_default();
    let hop_at = |place: usize| {
        let hop = note.hops.get(place)?;
        Some((place, hop, policy.provider(hop.provider)?))
    };
    let is_here = |(_, _, provider): &(usize, &Hop<'_>, &Provider)| {
        provider.cluster.as_bytes() == cluster.as_slice()
    };
    let planned = planned(note, attempt).and_then(hop_at);
    if let Some(hop) = planned.filter(is_here) {
        return Some(hop);
    }
    let metadata = host.property(&["xds", "upstream_host_metadata"]);
    let named = metadata.and_then(|bytes| provider_of(&bytes));
    let is_own = |found: &(usize, &Hop<'_>, &Provider)| match &named {
        Some(name) => found.2.name == *name,
        None => is_here(found),
    };
    let all = || (0..note.hops.len()).filter_map(hop_at);
    planned.filter(is_own).or_else(|| all().find(is_own))
}

fn planned(note: &Note<'_>, attempt: u64) -> Option<usize> {
    let nth = usize::try_from(attempt.saturating_sub(1)).ok()?;
    note.plan.get(nth).or(note.plan.last()).copied()
}

fn next_cluster<'a>(policy: &'a Policy, note: &Note<'_>, attempt: u64) -> Option<&'a str> {
    let next = note.plan.get(usize::try_from(attempt).ok()?)?;
    let provider = policy.provider(note.hops.get(*next)?.provider)?;
    Some(&provider.cluster)
}

/// `filter_metadata.tollgate.provider` of a serialised `envoy.config.core.v3.Metadata`.
fn provider_of(metadata: &[u8]) -> Option<String> {
    use prost::Message;
    let metadata = HostMetadata::decode(metadata).ok()?;
    let own = metadata.filter_metadata.get("tollgate")?;
    match &own.fields.get("provider")?.kind {
        Some(prost_types::value::Kind::StringValue(name)) => Some(name.clone()),
        _ => None,
    }
}

/// The part of `envoy.config.core.v3.Metadata` that is read here.
#[derive(prost::Message)]
struct HostMetadata {
    #[prost(btree_map = "string, message", tag = "1")]
    filter_metadata: std::collections::BTreeMap<String, prost_types::Struct>,
}

/// Envoy sends the request somewhere that no provider of its chain is at.
fn misrouted(dialect: Dialect) -> LocalReply {
    let message = "Envoy routed this attempt to a cluster that no provider of its chain has; check \
                   the route's cluster matcher, or the endpoint metadata of aggregate clusters.";
    LocalReply {
        status: 502,
        headers: vec![("content-type".into(), b"application/json".to_vec())],
        body: dialect.write_error(&Error::new(502, message, "misrouted")),
        states: Vec::new(),
    }
}
