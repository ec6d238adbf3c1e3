//! Who calls, as a request's head says it.

use crate::dialect::decoded;
use crate::digest::Digest;
use crate::host::Headers;
use crate::policy::{Credential, Policy};
use crate::refusal::Refusal;
use crate::stage::admit::{self, Caller};
use crate::units::Moment;

/// A Tollgate key in a header of its own: the usual ones then carry the client's own key, for a provider
/// that takes it.
const KEY: &str = "x-tollgate-key";
/// Headers of the contract that a client may send; they are read and taken off.
const TAG: &str = "x-tollgate-tag-";
const USER: &str = "x-tollgate-user";

/// Who the client says it is for; nothing of it is proved.
pub(super) fn claimed(headers: &Headers) -> Caller {
    const MOST_TAGS: usize = 16;
    const LONGEST: usize = 128;
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

/// Finds the caller's key, and whether it may call this endpoint. Gives the client's own key, if any
/// provider may want it.
pub(super) fn admit(
    policy: &Policy,
    caller: &mut Caller,
    (headers, query): (&Headers, &str),
    endpoint: &'static str,
    now: Moment,
) -> Result<Option<String>, Refusal> {
    let usual = usual(headers, query);
    let mut own = usual.clone();
    if let Some(keys) = &policy.keys {
        let apart = headers.bytes(KEY).map(<[u8]>::trim_ascii);
        let apart = apart.filter(|key| !key.is_empty());
        // Where none is apart, the usual one is Tollgate's, and no provider's business.
        own = own.filter(|_| apart.is_some());
        match apart.or(usual.as_deref().map(str::as_bytes)) {
            Some(key) => {
                let found = keys.find(&Digest::of(&[key]));
                let key = found.ok_or(Refusal::InvalidKey)?;
                caller.take(key);
                admit::holds(key, now)?;
            }
            None if keys.required => return Err(Refusal::NoKey),
            None => {}
        }
    }
    caller.may_call(endpoint)?;
    let wanted = |credential: &Credential| *credential == Credential::Client;
    let mut providers = policy.providers.iter();
    Ok(own.filter(|_| providers.any(|provider| wanted(&provider.credential))))
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
