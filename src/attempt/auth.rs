//! The credential of an attempt. Every attempt edits the same head, so it also takes out what an
//! attempt before it may have put in.

use crate::dialect::Auth;
use crate::note::Note;
use crate::policy::{Credential, Policy, Provider};
use crate::step::Edits;

/// Makes the head carry `provider`'s credential, and no other.
pub(super) fn edit(policy: &Policy, note: &Note<'_>, provider: &Provider, edits: &mut Edits) {
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
}

fn header(auth: Auth) -> &'static str {
    match auth {
        Auth::Bearer => "authorization",
        Auth::Header(name) => name,
    }
}
