//! The credential of an attempt. Every attempt edits the same head, so it also takes out what an
//! attempt before it may have put in.

use crate::dialect::Auth;
use crate::host::{Host, Message};
use crate::note::{self, Note};
use crate::policy::{Credential, Policy, Provider};
use crate::step::Edits;

/// Where Envoy's `gcp_authn` puts a token of Google's: beside the credential, which each attempt chooses.
const TOKEN: &str = "x-tollgate-google-token";

/// What Envoy's `aws_request_signing` adds to `authorization`.
const SIGNED: [&str; 3] = ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];

/// Takes off what Envoy has brought for one kind of provider alone.
pub(super) fn take_off(policy: &Policy, edits: &mut Edits) {
    if policy.providers.iter().any(wants_token) {
        edits.remove(TOKEN);
    }
}

/// Makes the head carry `provider`'s credential, and no other.
pub(super) fn edit(
    policy: &Policy,
    note: &Note<'_>,
    provider: &Provider,
    host: &dyn Host,
    edits: &mut Edits,
) {
    let own = header(provider.row.auth);
    let key = match &provider.credential {
        Credential::Key(key) => Some(key.reveal()),
        Credential::Client => note.client_key,
        Credential::None | Credential::Unset(_) => None,
    };
    let mut others: Vec<&'static str> = note
        .hops
        .iter()
        .filter_map(|hop| policy.provider(hop.provider))
        .map(|other| header(other.row.auth))
        .filter(|name| key.is_none() || *name != own)
        .collect();
    others.sort_unstable();
    others.dedup();
    for name in others {
        edits.remove(name);
    }
    if let Some(key) = key {
        let value = match provider.row.auth {
            Auth::Bearer => ["Bearer ", key].concat(),
            Auth::Header(_) => key.to_owned(),
        };
        edits.set(own, value);
    }
    token(policy, note, provider, host, edits);
    let hops = || {
        note.hops
            .iter()
            .filter_map(|hop| policy.provider(hop.provider))
    };
    if hops().any(|other| is_keyless(other, "bedrock")) {
        SIGNED.iter().for_each(|name| edits.remove(*name));
    }
}

/// A token that Envoy has brought goes to Vertex AI and nowhere else. An attempt before its own keeps it aside.
fn token(
    policy: &Policy,
    note: &Note<'_>,
    provider: &Provider,
    host: &dyn Host,
    edits: &mut Edits,
) {
    if !policy.providers.iter().any(wants_token) {
        return;
    }
    let token = host.header(Message::Request, TOKEN);
    if wants_token(provider) {
        if let Some(token) = token.or_else(|| host.property(&[note::TOKEN])) {
            edits.set("authorization", token);
        }
    } else if let Some(token) = token {
        let mut all = note
            .hops
            .iter()
            .filter_map(|hop| policy.provider(hop.provider));
        if all.any(wants_token) {
            edits.state(note::TOKEN, token);
        }
    }
}

fn wants_token(provider: &Provider) -> bool {
    is_keyless(provider, "vertex")
}

/// Envoy itself brings this provider's credential.
fn is_keyless(provider: &Provider, kind: &str) -> bool {
    provider.row.kind == kind && provider.credential == Credential::None
}

fn header(auth: Auth) -> &'static str {
    match auth {
        Auth::Bearer => "authorization",
        Auth::Header(name) => name,
    }
}
