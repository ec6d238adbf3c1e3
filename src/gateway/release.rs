//! What goes out: the body with its edits, Envoy's steering headers, and the note to the attempts.

use super::gathering::Ready;
use crate::dialect::Dialect;
use crate::json::apply;
use crate::note::{self, Hop, Note};
use crate::policy::{Credential, Policy, Provider, Target, Timeouts};
use crate::refusal::Refusal;
use crate::stage::route::Chain;
use crate::step::Edits;

/// A request as it leaves the gateway.
pub(super) struct Outgoing {
    pub(super) edits: Edits,
    /// `None`: the client's own bytes.
    pub(super) body: Option<Vec<u8>>,
}

/// What the client asked, beside its body.
pub(super) struct Asked<'a> {
    pub(super) dialect: Dialect,
    pub(super) stream: bool,
    /// What it calls the model.
    pub(super) model: &'a str,
    pub(super) query: &'a str,
    pub(super) client_key: Option<&'a str>,
    /// Headers of the client's dialect.
    pub(super) house: &'a [(String, String)],
}

/// A provider that takes the client's own key needs one.
pub(super) fn check_client_key(
    policy: &Policy,
    chain: &Chain,
    key: Option<&str>,
) -> Result<(), Refusal> {
    let wants = |target: &Target| {
        let provider = policy.providers.get(target.provider)?;
        (provider.credential == Credential::Client).then_some(provider)
    };
    match (key, chain.targets.iter().find_map(wants)) {
        (None, Some(provider)) => Err(Refusal::NoClientKey(provider.name.clone())),
        _ => Ok(()),
    }
}

/// What the first provider calls the field of how long its output may be; `None`: as the dialect does. A body
/// that is translated is the client's own first.
pub(super) fn output_field(
    policy: &Policy,
    chain: &Chain,
    dialect: Dialect,
) -> Option<&'static str> {
    let hop = |target| hop(policy, target);
    let own = |(hop, provider): (Hop<'_>, &Provider)| {
        provider.row.dialect(dialect, hop.model) == Some(Dialect::OpenAiChat)
    };
    let all = chain.targets.iter().filter_map(hop).all(own);
    let (_, provider) = hop(chain.target(0)?)?;
    (all && dialect == Dialect::OpenAiChat).then_some(provider.row.quirks.max_tokens)
}

pub(super) fn outgoing(
    policy: &Policy,
    body: &[u8],
    ready: &Ready<'_>,
    asked: &Asked<'_>,
) -> Outgoing {
    let chain = &ready.chain;
    let hops: Vec<(Hop<'_>, &Provider)> = chain
        .targets
        .iter()
        .filter_map(|target| hop(policy, target))
        .collect();
    let mut body_edits = ready.redacted.edits.clone();
    let own = |(hop, provider): &(Hop<'_>, &Provider)| {
        provider.row.dialect(asked.dialect, hop.model) == Some(asked.dialect)
    };
    if let (Some((hop, provider)), true) = (hops.first(), hops.iter().all(own)) {
        // A target of another dialect gets the client's own words to translate, thoughts of all included.
        let (request, mark_cache) = (&ready.request, provider.mark_cache);
        body_edits.extend(request.suited(hop.model, provider.row, mark_cache));
    }
    let new_body = (!body_edits.is_empty()).then(|| apply(body, &mut body_edits));
    let takes_key =
        |(_, provider): &(Hop<'_>, &Provider)| provider.credential == Credential::Client;
    let first = hops.first().map(|(_, provider)| provider.cluster.as_str());
    let cluster = chain.cluster.as_deref().or(first).unwrap_or_default();

    let mut edits = Edits::default();
    if let Some(body) = &new_body {
        edits.set("content-length", body.len().to_string());
    }
    edits.set(note::CLUSTER_HEADER, cluster);
    edits.state(note::CLUSTER, cluster);
    steer(chain, &mut edits);
    let foreign = |(hop, provider): &(Hop<'_>, &Provider)| {
        provider.row.dialect(asked.dialect, hop.model) != Some(asked.dialect)
    };
    let house = asked.house.iter().filter(|_| hops.iter().any(foreign));
    let idle = chain.timeouts.idle.unwrap_or(Timeouts::IDLE);
    let note = Note {
        plan: chain.plan.clone(),
        body_len: new_body.as_ref().map_or(body.len(), Vec::len),
        idle_ms: usize::try_from(idle.as_millis()).unwrap_or(usize::MAX),
        dialect: asked.dialect,
        stream: asked.stream,
        model: asked.model,
        query: asked.query,
        client_key: asked.client_key.filter(|_| hops.iter().any(takes_key)),
        house: house
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect(),
        hops: hops.into_iter().map(|(hop, _)| hop).collect(),
    };
    edits.state(note::NOTE, note.encode());
    Outgoing {
        edits,
        body: new_body,
    }
}

fn hop<'a>(policy: &'a Policy, target: &'a Target) -> Option<(Hop<'a>, &'a Provider)> {
    let provider = policy.providers.get(target.provider)?;
    let hop = Hop {
        provider: &provider.name,
        model: &target.model,
    };
    Some((hop, provider))
}

/// The headers by which Envoy's router takes its retries and times from a request.
fn steer(chain: &Chain, edits: &mut Edits) {
    let retries = chain.plan.len().saturating_sub(1);
    let times = chain.timeouts;
    let total = times.total.unwrap_or(Timeouts::TOTAL);
    edits.set("x-envoy-max-retries", retries.to_string());
    if let Some(first) = times.first_token {
        edits.set(
            "x-envoy-upstream-rq-per-try-timeout-ms",
            first.as_millis().to_string(),
        );
    }
    edits.set(
        "x-envoy-upstream-rq-timeout-ms",
        total.as_millis().to_string(),
    );
}
