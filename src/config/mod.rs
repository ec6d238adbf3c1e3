//! What the operator wrote → [`Policy`]: every fault at once, each with its path.
//!
//! *Never*: a default that hides a fault.

mod audit;
mod deny;
mod guard;
mod identity;
mod injection;
mod keys;
mod limit_store;
mod limits;
mod models;
mod node;
mod prices;
mod providers;
mod redact;
mod rule;
mod source;
mod values;

use crate::policy::{Limits, Observe, Policy, Timeouts};
pub use keys::key;
pub use node::Fault;
use node::{Faults, Fields, Node};

/// Keys of the contract that this version does not act on.
const LATER: [&str; 1] = ["cache"];

const KEYS: [&str; 13] = [
    "providers",
    "models",
    "allow_unlisted",
    "default_cluster",
    "timeouts",
    "redact",
    "guard",
    "limits",
    "limit_store",
    "prices",
    "keys",
    "identity",
    "observe",
];

const OBSERVE: [&str; 4] = ["decision_header", "labels", "overhead", "audit"];

/// A configuration that holds, and what the operator should be told about it.
#[derive(Debug)]
pub struct Loaded {
    /// The compiled configuration.
    pub policy: Policy,
    /// One sentence each.
    pub warnings: Vec<String>,
}

/// Reads a plugin configuration: JSON, or a serialised `google.protobuf.Struct`. `env` looks up an
/// environment variable.
pub fn load(bytes: &[u8], env: &dyn Fn(&str) -> Option<String>) -> Result<Loaded, Vec<Fault>> {
    let value = source::read(bytes).map_err(|fault| vec![fault])?;
    let mut faults = Faults::default();
    let policy = root(&Node::root(&value), env, &mut faults);
    let found = faults.into_sorted();
    match policy {
        Some(policy) if found.is_empty() => {
            let warnings = warnings(&policy);
            Ok(Loaded { policy, warnings })
        }
        _ => Err(found),
    }
}

fn root(
    node: &Node<'_>,
    env: &dyn Fn(&str) -> Option<String>,
    faults: &mut Faults,
) -> Option<Policy> {
    let fields = node.fields(faults, &KEYS, &LATER)?;
    let providers = match fields.get("providers") {
        Some(node) => providers::read(&node, env, faults),
        None => {
            faults.add(&node.child("providers"), "is required: name → one provider");
            Vec::new()
        }
    };
    let written = fields
        .get("providers")
        .map(|node| node.keys())
        .unwrap_or_default();
    let listed = fields.get("models");
    let allow = fields
        .get("allow_unlisted")
        .and_then(|node| node.bool(faults));
    let identity = fields
        .get("identity")
        .map(|node| identity::read(&node, faults));
    Some(Policy {
        models: models::read(listed.as_ref(), allow, (&providers, &written), faults),
        default_cluster: fields
            .get("default_cluster")
            .and_then(|node| node.name(faults)),
        timeouts: fields
            .get("timeouts")
            .map_or_else(Timeouts::default, |node| values::timeouts(&node, faults)),
        redact: fields
            .get("redact")
            .and_then(|node| redact::read(&node, env, &providers, faults)),
        guard: fields
            .get("guard")
            .map(|node| guard::read(&node, faults))
            .unwrap_or_default(),
        injection: fields
            .get("guard")
            .and_then(|node| guard::injection(&node, env, faults)),
        limits: limits(&fields, faults),
        prices: fields
            .get("prices")
            .map(|node| prices::read(&node, faults))
            .unwrap_or_default(),
        keys: fields
            .get("keys")
            .map(|node| keys::read(&node, identity.as_ref(), faults)),
        identity,
        audit: fields
            .get("observe")
            .filter(Node::is_object)
            .and_then(|node| {
                // What else is wrong with it is told below.
                let fields = node.fields(&mut Faults::default(), &OBSERVE, &[])?;
                fields.get("audit")
            })
            .and_then(|node| audit::read(&node, env, faults)),
        observe: fields
            .get("observe")
            .map(|node| observe(&node, faults))
            .unwrap_or_default(),
        providers,
    })
}

fn limits(fields: &Fields<'_, '_>, faults: &mut Faults) -> Limits {
    let list = fields.get("limits");
    let list = list.map(|node| limits::read(&node, faults));
    let mut limits = Limits {
        list: list.unwrap_or_default(),
        ..Limits::default()
    };
    if let Some(node) = fields.get("limit_store") {
        limits.store = limit_store::read(&node, faults);
    }
    limits
}

fn observe(node: &Node<'_>, faults: &mut Faults) -> Observe {
    let mut observe = Observe::default();
    let Some(fields) = node.fields(faults, &OBSERVE, &[]) else {
        return observe;
    };
    if let Some(on) = fields
        .get("decision_header")
        .and_then(|node| node.bool(faults))
    {
        observe.decision_header = on;
    }
    if let Some(on) = fields.get("overhead").and_then(|node| node.bool(faults)) {
        observe.overhead = on;
    }
    if let Some(list) = fields.get("labels") {
        let mut labels = Vec::new();
        for node in list.items(faults) {
            labels.extend(node.one_of(faults, "label", &["model", "provider", "team"]));
        }
        observe.label_model = labels.contains(&"model");
        observe.label_provider = labels.contains(&"provider");
        observe.label_team = labels.contains(&"team");
    }
    observe
}

fn warnings(policy: &Policy) -> Vec<String> {
    use crate::policy::Credential;
    policy
        .providers
        .iter()
        .filter_map(|provider| match &provider.credential {
            Credential::Unset(variable) => Some(format!(
                "provider {} is off: the environment variable {variable} is not set (or not in \
                 host_env_keys); its targets are left out",
                provider.name
            )),
            _ => None,
        })
        .chain(callers(policy))
        .collect()
}

/// What to know of who may call.
fn callers(policy: &Policy) -> Vec<String> {
    use crate::policy::Credential;
    let own = policy
        .providers
        .iter()
        .find(|provider| provider.credential == Credential::Client);
    let Some(keys) = &policy.keys else {
        let open = "every client may call: no keys are configured";
        if policy.identity.is_some() {
            let own = own.map(|provider| {
                format!(
                    "provider {} takes the client's own key: what Envoy has checked must not be forwarded in its \
                     place (jwt_authn: forward false)",
                    provider.name
                )
            });
            return own.into_iter().collect();
        }
        return vec![open.to_owned()];
    };
    let open = (!keys.required).then(|| "every client may call: keys.required is false".to_owned());
    let own = own.map(|provider| {
        format!(
            "provider {} takes the client's own key: clients send it as they would without keys, and \
             their Tollgate key as x-tollgate-key",
            provider.name
        )
    });
    open.into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests;
