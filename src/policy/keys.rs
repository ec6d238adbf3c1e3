//! Who may call: the keys, by the SHA-256 of their texts, and what each of them may do.
//!
//! *Never*: the text of a key.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::Limit;
use crate::digest::Digest;
use crate::units::Moment;

/// The configured keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Whoever has none may not call.
    pub required: bool,
    /// Who is asked for keys that are not listed.
    pub source: Option<Source>,
    /// By the first eight bytes of the digest, in which no two keys are alike.
    by_digest: HashMap<u64, (Digest, Arc<Key>)>,
    by_id: HashMap<String, Arc<Key>>,
    teams: BTreeSet<String>,
}

/// A service that knows more keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its cluster.
    pub cluster: String,
    /// The `host` of what it is asked.
    pub host: String,
    /// The path, with [`Source::MARK`] in the place of the digest.
    pub path: String,
    /// Where the row stands in the answer (RFC 6901); empty: it is the answer.
    pub pointer: String,
    /// How long a key stays known.
    pub ttl: Duration,
    /// How long it stays known that there is no such key.
    pub unknown_ttl: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
    /// What to do without one.
    pub on_error: OnError,
}

impl Source {
    /// Stands for the digest in the path.
    pub const MARK: &str = "{sha256}";
}

/// What to do with a key when the source does not answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnError {
    /// It is refused.
    #[default]
    Refuse,
    /// A key that was known before stays known; another is refused.
    Stale,
    /// Its bearer may call as nobody.
    Allow,
}

/// A key: whose it is, and what it may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key {
    /// What it is called in logs and limits.
    pub id: String,
    /// Who it belongs to.
    pub team: Option<String>,
    /// The one person who uses it; `None`: the client says who it is for.
    pub user: Option<String>,
    /// What was agreed on.
    pub plan: Option<String>,
    /// For limits and the access log.
    pub tags: BTreeMap<String, String>,
    /// The models that it may ask for, with `*`; `None`: all.
    pub models: Option<Vec<String>>,
    /// The endpoints that it may call, by [`crate::dialect::endpoint::NAMES`]; `None`: all.
    pub endpoints: Option<Vec<&'static str>>,
    /// From when on it no longer holds.
    pub expires: Option<Moment>,
    /// It is switched off.
    pub disabled: bool,
    /// It may see what others use.
    pub admin: bool,
    /// Its own limits.
    pub limits: Vec<Limit>,
}

impl Keys {
    /// The keys of a configuration. Those without a digest are found by their id only.
    pub fn new(required: bool, list: Vec<(Option<Digest>, Key)>) -> Self {
        let mut keys = Self {
            required,
            ..Self::default()
        };
        for (digest, key) in list {
            let key = Arc::new(key);
            keys.teams.extend(key.team.clone());
            if let Some(digest) = digest {
                let entry = (digest, Arc::clone(&key));
                keys.by_digest.insert(digest.beginning(), entry);
            }
            keys.by_id.insert(key.id.clone(), key);
        }
        keys
    }

    /// The key of this digest. The work is the same whether or not there is one: one look-up, one
    /// comparison.
    pub fn find(&self, digest: &Digest) -> Option<&Arc<Key>> {
        let found = self.by_digest.get(&digest.beginning());
        let nobody = Digest::nothing();
        let same = found.map_or(&nobody, |(own, _)| own) == digest;
        found.filter(|_| same).map(|(_, key)| key)
    }

    /// The key of this id.
    pub fn by_id(&self, id: &str) -> Option<&Arc<Key>> {
        self.by_id.get(id)
    }

    /// A team's name, if a key names it: a closed set for stats.
    pub fn team(&self, name: &str) -> Option<&str> {
        self.teams.get(name).map(String::as_str)
    }

    /// Every key.
    pub fn all(&self) -> impl Iterator<Item = &Key> {
        self.by_id.values().map(AsRef::as_ref)
    }
}

impl Key {
    /// Whether it may ask for this model: a listed name, or a target as `model/provider`.
    pub fn allows_model(&self, name: &str) -> bool {
        let patterns = self.models.as_ref();
        patterns.is_none_or(|all| all.iter().any(|pattern| fits(pattern, name)))
    }

    /// Whether it may call this endpoint.
    pub fn allows_endpoint(&self, name: &str) -> bool {
        self.endpoints
            .as_ref()
            .is_none_or(|all| all.contains(&name))
    }
}

/// Whether a name fits a pattern, in which each `*` stands for any text. A pattern without a `/` says
/// nothing of targets, which have one, unless it is `*` alone.
fn fits(pattern: &str, name: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    if !pattern.contains('/') && name.contains('/') {
        return false;
    }
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        match left.find(part).and_then(|at| left.get(at..)) {
            Some(found) => left = found.strip_prefix(part).unwrap_or(found),
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        let rows = [
            ("gpt-4o", "gpt-4o", true),
            ("gpt-4o", "gpt-4o-mini", false),
            ("gpt-*", "gpt-4o", true),
            ("gpt-*", "gpt-", true),
            ("gpt-*", "o3", false),
            ("*-mini", "gpt-4o-mini", true),
            ("*-mini", "gpt-4o", false),
            ("a*b*c", "abc", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "acb", false),
            ("a*b*c", "ab", false),
            ("ab*ba", "aba", false),
            ("**", "x", true),
            ("*", "gpt-4o/openai", true),
            ("gpt-*", "gpt-4o/openai", false),
            ("*mini", "x/mini", false),
            ("*/openai", "gpt-4o/openai", true),
            ("*/openai", "gpt-4o/azure", false),
            ("gpt-4o/*", "gpt-4o/azure", true),
            ("", "", true),
            ("", "x", false),
            ("ä*", "äx", true),
        ];
        for (pattern, name, expected) in rows {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_key_is_found_by_its_digest_and_nothing_else() {
        let key = |id: &str| Key {
            id: id.to_owned(),
            team: Some("t".to_owned()),
            ..Key::default()
        };
        let (one, two) = (Digest::of(&[b"one"]), Digest::of(&[b"two"]));
        let list = vec![
            (Some(one), key("1")),
            (Some(two), key("2")),
            (None, key("3")),
        ];
        let keys = Keys::new(true, list);
        fn id<'a>(keys: &'a Keys, digest: &Digest) -> Option<&'a str> {
            keys.find(digest).map(|key| key.id.as_str())
        }
        assert_eq!((id(&keys, &one), id(&keys, &two)), (Some("1"), Some("2")));
        assert_eq!(id(&keys, &Digest::of(&[b"three"])), None);
        assert_eq!(id(&keys, &Digest::nothing()), None);
        // The same beginning is not the same digest.
        let hex = one.hex();
        let near = format!("{}{}", &hex[..63], if hex.ends_with('0') { 1 } else { 0 });
        assert_eq!(id(&keys, &Digest::read(&near).unwrap()), None);
        assert_eq!(keys.by_id("3").map(|key| key.id.as_str()), Some("3"));
        assert_eq!((keys.team("t"), keys.team("u")), (Some("t"), None));
    }

    #[test]
    fn a_key_costs_the_same_work_whatever_is_sent() {
        use crate::digest::work::{COMPARED, MADE};
        let row = |nth: usize| {
            let key = Key {
                id: nth.to_string(),
                ..Key::default()
            };
            (Some(Digest::of(&[format!("tg-{nth}").as_bytes()])), key)
        };
        let keys = Keys::new(true, (0..100).map(row).collect());
        let long = "x".repeat(100);
        let sent = ["tg-0", "tg-99", "tg-100", "tg-", "t", "sk-0", &long];
        for text in sent {
            let (made, compared) = (MADE.get(), COMPARED.get());
            let found = keys.find(&Digest::of(&[text.as_bytes()]));
            assert_eq!(found.is_some(), ["tg-0", "tg-99"].contains(&text));
            let work = (MADE.get() - made, COMPARED.get() - compared);
            assert_eq!(work, (1, 1), "{text}");
        }
    }
}
