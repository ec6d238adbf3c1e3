//! Who calls, and whether they may.
//!
//! *Never*: sees the text of a key.

mod learned;
pub mod source;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

pub use learned::{Learned, Learnt};

use super::route;
use crate::policy::keys::Key;
use crate::policy::{Limit, Policy};
use crate::refusal::Refusal;
use crate::units::Moment;

/// Who calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// The key's id.
    pub key: Option<String>,
    /// The team that it belongs to.
    pub team: Option<String>,
    /// The key's own user, else the one whom Envoy or the client names.
    pub user: Option<String>,
    /// What was agreed on.
    pub plan: Option<String>,
    /// The client's own tags, and over them the key's.
    pub tags: BTreeMap<String, String>,
    /// Where the request comes from, as Envoy determines it; read only where something asks for it.
    pub ip: Option<IpAddr>,
    /// What the key may do; `None`: everything but what an administrator may.
    pub row: Option<Arc<Key>>,
}

impl Caller {
    /// May see what others use.
    pub fn is_admin(&self) -> bool {
        self.row.as_ref().is_some_and(|key| key.admin)
    }

    /// Takes in what Envoy has found out: it goes before what the client claims.
    pub fn known_by(&mut self, team: Option<String>, user: Option<String>, plan: Option<String>) {
        for (known, own) in [
            (&mut self.team, team),
            (&mut self.user, user),
            (&mut self.plan, plan),
        ] {
            if own.is_some() {
                *known = own;
            }
        }
    }

    /// The key's own limits.
    pub fn limits(&self) -> &[Limit] {
        self.row.as_ref().map_or(&[], |key| &key.limits)
    }

    /// Takes a key in: what its row says goes before what was known.
    pub fn take(&mut self, key: &Arc<Key>) {
        self.key = Some(key.id.clone());
        let own = [
            (&mut self.team, &key.team),
            (&mut self.user, &key.user),
            (&mut self.plan, &key.plan),
        ];
        for (known, own) in own {
            if own.is_some() {
                known.clone_from(own);
            }
        }
        self.tags.extend(key.tags.clone());
        self.row = Some(Arc::clone(key));
    }

    /// Whether the caller may ask for models by this name, which may be a chain: each part of it counts.
    pub fn may_ask(&self, policy: &Policy, name: &str) -> Result<(), Refusal> {
        let Some(key) = self.row.as_ref().filter(|key| key.models.is_some()) else {
            return Ok(());
        };
        let asked = route::asked(policy, name).map_err(|refusal| match refusal {
            // A model that the key may not use is not offered to it either.
            Refusal::UnknownModel { model, mut near } => {
                near.retain(|name| key.allows_model(name));
                Refusal::UnknownModel { model, near }
            }
            refusal => refusal,
        })?;
        match asked.into_iter().find(|name| !key.allows_model(name)) {
            Some(name) => Err(Refusal::ModelNotAllowed(name.chars().take(200).collect())),
            None => Ok(()),
        }
    }

    /// The models that the caller may ask for, by name: those that are listed, and those that its key names where only
    /// a name with a `*` is listed.
    pub fn sees<'a>(&'a self, policy: &'a Policy) -> Vec<&'a str> {
        let mut names = policy.models.names();
        let Some(key) = &self.row else {
            return names;
        };
        names.retain(|name| key.allows_model(name));
        let own = key.models.iter().flatten().map(String::as_str);
        let own = own.filter(|name| !name.contains('*') && route::asked(policy, name).is_ok());
        names.extend(own);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether the caller may call this endpoint.
    pub fn may_call(&self, endpoint: &'static str) -> Result<(), Refusal> {
        match &self.row {
            Some(key) if !key.allows_endpoint(endpoint) => {
                Err(Refusal::EndpointNotAllowed(endpoint))
            }
            _ => Ok(()),
        }
    }
}

/// Whether a key holds now.
pub fn holds(key: &Key, now: Moment) -> Result<(), Refusal> {
    if key.disabled {
        return Err(Refusal::KeyDisabled);
    }
    match key.expires {
        Some(end) if now >= end => Err(Refusal::KeyExpired),
        _ => Ok(()),
    }
}
