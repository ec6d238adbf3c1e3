//! Who calls, as a request's head says it.

use std::sync::Arc;

use crate::dialect::decoded;
use crate::digest::Digest;
use crate::host::{Answer, CallOut, Headers, Host};
use crate::policy::keys::{Keys, OnError, Source};
use crate::policy::{Attribute, Credential, Policy, Provider};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::admit::source::{self, Told};
use crate::stage::admit::{self, Caller, Learnt};
use crate::units::Moment;

/// A Tollgate key in a header of its own: the usual ones then carry the client's own key, for a provider
/// that takes it.
const KEY: &str = "x-tollgate-key";
/// Headers of the contract that a client may send; they are read and taken off.
const TAG: &str = "x-tollgate-tag-";
const USER: &str = "x-tollgate-user";

/// What is read of who calls is at most so long, in bytes or characters.
const LONGEST: usize = 128;

/// Who the client says it is for; nothing of it is proved.
pub(super) fn claimed(headers: &Headers) -> Caller {
    const MOST_TAGS: usize = 16;
    let short = |value: &[u8]| -> String {
        String::from_utf8_lossy(value)
            .chars()
            .take(LONGEST)
            .collect()
    };
    let tag = |(name, value): (&str, &[u8])| {
        let name = name.strip_prefix(TAG)?;
        Some((short(name.as_bytes()), short(value)))
    };
    Caller {
        user: headers.bytes(USER).map(short),
        tags: headers.iter().filter_map(tag).take(MOST_TAGS).collect(),
        ..Caller::default()
    }
}

/// What a head says of the keys that came with it.
pub(super) struct Admitted {
    /// The client's own key, if any provider may want it.
    pub(super) client_key: Option<String>,
    /// The digest of a key that the source is to be asked about.
    pub(super) unknown: Option<Digest>,
}

/// Finds the caller's key, and whether it may call this endpoint.
pub(super) fn admit(
    runtime: &Runtime,
    host: &dyn Host,
    caller: &mut Caller,
    (headers, query): (&Headers, &str),
    endpoint: &'static str,
) -> Result<Admitted, Refusal> {
    let policy = &runtime.policy;
    let id = identified(policy, host, caller)?;
    let usual = usual(headers, query);
    let apart = policy.keys.as_ref().and_then(|_| headers.bytes(KEY));
    let apart = apart.map(<[u8]>::trim_ascii).filter(|key| !key.is_empty());
    let (mut own, mut unknown) = (usual.clone(), None);
    match (&policy.keys, id) {
        (keys, Some(id)) if apart.is_none() => match keys.as_ref().and_then(|keys| keys.by_id(&id))
        {
            Some(key) => {
                caller.take(key);
                admit::holds(key, host.now())?;
            }
            None => caller.key = Some(id),
        },
        (None, _) => {}
        (Some(keys), _) => {
            // Where none is apart, the usual one is Tollgate's, and no provider's business.
            own = own.filter(|_| apart.is_some());
            match apart.or(usual.as_deref().map(str::as_bytes)) {
                Some(key) => {
                    let digest = Digest::of(&[key]);
                    unknown =
                        (!found(runtime, keys, caller, &digest, host.now())?).then_some(digest);
                }
                None if keys.required => return Err(Refusal::NoKey),
                None => {}
            }
        }
    }
    if unknown.is_none() {
        caller.may_call(endpoint)?;
    }
    let wanted = |provider: &Provider| provider.credential == Credential::Client;
    Ok(Admitted {
        client_key: own.filter(|_| policy.providers.iter().any(wanted)),
        unknown,
    })
}

/// Whether the key of this digest is known here; then the caller is its bearer.
fn found(
    runtime: &Runtime,
    keys: &Keys,
    caller: &mut Caller,
    digest: &Digest,
    now: Moment,
) -> Result<bool, Refusal> {
    let learnt = match keys.find(digest) {
        Some(key) => Learnt::Key(Arc::clone(key)),
        None if keys.source.is_none() => Learnt::Unknown,
        None => runtime.learned.find(digest, now),
    };
    match learnt {
        Learnt::Key(key) => {
            caller.take(&key);
            admit::holds(&key, now)?;
            Ok(true)
        }
        Learnt::Unknown => Err(Refusal::InvalidKey),
        Learnt::Nothing => Ok(false),
    }
}

/// Why it is not yet known who calls.
pub(super) enum Need {
    /// Nobody who may.
    Refuse(Refusal),
    /// The source must be asked.
    Ask(CallOut),
}

impl From<Refusal> for Need {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

/// Finds out whose an unknown key is: by what the source answered, or else by asking it.
pub(super) fn settle(
    runtime: &Runtime,
    host: &dyn Host,
    caller: &mut Caller,
    (digest, answer): (&Digest, Option<&Answer>),
    endpoint: &'static str,
) -> Result<(), Need> {
    let Some((keys, source)) = runtime
        .policy
        .keys
        .as_ref()
        .and_then(|keys| Some((keys, keys.source.as_ref()?)))
    else {
        return Err(Refusal::InvalidKey.into());
    };
    let now = host.now();
    match answer {
        None if found(runtime, keys, caller, digest, now)? => {}
        None => return Err(Need::Ask(source::ask(source, digest))),
        Some(answer) => told(runtime, source, caller, (digest, answer), now)?,
    }
    Ok(caller.may_call(endpoint)?)
}

fn told(
    runtime: &Runtime,
    source: &Source,
    caller: &mut Caller,
    (digest, answer): (&Digest, &Answer),
    now: Moment,
) -> Result<(), Refusal> {
    let learned = &runtime.learned;
    let (key, ttl) = match source::read(source, digest, answer) {
        Told::Key(key) => (Arc::new(*key), source.ttl),
        Told::Unknown => {
            learned.keep_unknown(digest, now, source.unknown_ttl);
            return Err(Refusal::InvalidKey);
        }
        Told::Wrong(what) => {
            log::warn!("keys.source: {what}");
            return Err(Refusal::KeySource);
        }
        Told::Nothing => match (source.on_error, learned.stale(digest)) {
            // It is not asked again at once: each request would wait for it.
            (OnError::Stale, Some(key)) => (key, source.unknown_ttl),
            (OnError::Allow, _) => return Ok(()),
            _ => return Err(Refusal::KeySource),
        },
    };
    learned.keep(digest, &key, now, ttl);
    caller.take(&key);
    admit::holds(&key, now)
}

/// What Envoy has found out of the caller: the id of a key, if it is that.
fn identified(
    policy: &Policy,
    host: &dyn Host,
    caller: &mut Caller,
) -> Result<Option<String>, Refusal> {
    let Some(identity) = &policy.identity else {
        return Ok(None);
    };
    let read = |name: &'static str, path: &Attribute| {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let value = match parts.as_slice() {
            [] => None,
            parts => host.property(parts),
        };
        value
            .filter(|value| !value.is_empty())
            .map_or(Ok(None), |value| {
                let text = String::from_utf8(value).ok();
                let text = text
                    .filter(|text| text.len() <= LONGEST && !text.chars().any(char::is_control));
                text.map(Some).ok_or(Refusal::Identity(name))
            })
    };
    let (team, user) = (read("team", &identity.team)?, read("user", &identity.user)?);
    caller.known_by(team, user, read("plan", &identity.plan)?);
    read("key", &identity.key)
}

/// The key where clients send it: OpenAI's as a bearer token, Anthropic's in `x-api-key`, Azure's in `api-key`,
/// Google's in `x-goog-api-key` or in the query.
fn usual(headers: &Headers, query: &str) -> Option<String> {
    let bearer = headers.text("authorization").and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    });
    let named = |name| headers.text(name).map(str::trim);
    let key = bearer
        .or_else(|| named("x-api-key"))
        .or_else(|| named("api-key"))
        .or_else(|| named("x-goog-api-key"))
        .map(str::to_owned)
        .or_else(|| pairs(query).find_map(|pair| pair.strip_prefix("key=").map(decoded)))?;
    (!key.is_empty()).then_some(key)
}

/// A query's parameters.
fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.trim_start_matches('?').split('&')
}

/// A query without parameters that may be credentials, and without Azure's `api-version`, which is for the
/// provider's row to say.
pub(super) fn without_key(query: &str) -> String {
    const SECRET: [&str; 5] = ["key", "token", "secret", "password", "signature"];
    let may_pass = |pair: &&str| {
        let name = pair
            .split('=')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let secret = SECRET.iter().any(|word| name.contains(word));
        !name.is_empty() && !secret && name != "api-version"
    };
    let kept: Vec<&str> = pairs(query).filter(may_pass).collect();
    match kept.is_empty() {
        true => String::new(),
        false => format!("?{}", kept.join("&")),
    }
}
