//! What a source has said, kept for a while and within bounds.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::digest::Digest;
use crate::policy::keys::Key;
use crate::units::Moment;

/// So many keys, and so many digests of no key, are remembered at the most. Whoever invents keys can only
/// make the others of their kind be forgotten.
const MOST: usize = 4096;

/// The keys that one worker has learnt of.
#[derive(Debug, Default)]
pub struct Learned {
    keys: RefCell<Table<Arc<Key>>>,
    unknown: RefCell<Table<()>>,
}

/// What is known of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Learnt {
    /// It is this key's.
    Key(Arc<Key>),
    /// It is no key's.
    Unknown,
    /// Nothing, or no longer.
    Nothing,
}

impl Learned {
    /// What is known of a digest now.
    pub fn find(&self, digest: &Digest, now: Moment) -> Learnt {
        if let Some((key, until)) = self.keys.borrow().find(digest)
            && now < until
        {
            return Learnt::Key(key);
        }
        match self.unknown.borrow().find(digest) {
            Some(((), until)) if now < until => Learnt::Unknown,
            _ => Learnt::Nothing,
        }
    }

    /// The key of a digest, even when what was said of it is old.
    pub fn stale(&self, digest: &Digest) -> Option<Arc<Key>> {
        self.keys.borrow().find(digest).map(|(key, _)| key)
    }

    /// It is this key's.
    pub fn keep(&self, digest: &Digest, key: &Arc<Key>, now: Moment, ttl: Duration) {
        self.unknown.borrow_mut().forget(digest);
        let mut keys = self.keys.borrow_mut();
        keys.keep(digest, Arc::clone(key), (now, later(now, ttl)));
    }

    /// It is no key's, or no longer.
    pub fn keep_unknown(&self, digest: &Digest, now: Moment, ttl: Duration) {
        self.keys.borrow_mut().forget(digest);
        let mut unknown = self.unknown.borrow_mut();
        unknown.keep(digest, (), (now, later(now, ttl)));
    }
}

fn later(now: Moment, ttl: Duration) -> Moment {
    let nanos = u64::try_from(ttl.as_nanos()).unwrap_or(u64::MAX);
    Moment(now.0.saturating_add(nanos))
}

/// By the first eight bytes of the digest: a key, until when, and the digest itself.
#[derive(Debug)]
struct Table<T>(HashMap<u64, (Digest, T, Moment)>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone> Table<T> {
    fn find(&self, digest: &Digest) -> Option<(T, Moment)> {
        let (own, what, until) = self.0.get(&digest.beginning())?;
        (own == digest).then(|| (what.clone(), *until))
    }

    fn keep(&mut self, digest: &Digest, what: T, (now, until): (Moment, Moment)) {
        let name = digest.beginning();
        if self.0.len() >= MOST && !self.0.contains_key(&name) {
            self.0.retain(|_, (_, _, until)| now < *until);
        }
        if self.0.len() >= MOST && !self.0.contains_key(&name) {
            let all = self.0.iter();
            // Half of them at once, so that the next ones do not search again.
            let mut order: Vec<(Moment, u64)> =
                all.map(|(name, (_, _, until))| (*until, *name)).collect();
            order.sort_unstable();
            for (_, name) in order.into_iter().take(MOST / 2) {
                self.0.remove(&name);
            }
        }
        self.0.insert(name, (*digest, what, until));
    }

    fn forget(&mut self, digest: &Digest) {
        if self.find(digest).is_some() {
            self.0.remove(&digest.beginning());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn digest(nth: usize) -> Digest {
        Digest::of(&[nth.to_string().as_bytes()])
    }

    fn key(id: &str) -> Arc<Key> {
        Arc::new(Key {
            id: id.to_owned(),
            ..Key::default()
        })
    }

    #[test]
    fn what_was_said_holds_for_its_time() {
        let learned = Learned::default();
        let (one, two) = (digest(1), digest(2));
        learned.keep(&one, &key("a"), Moment(0), SECOND);
        learned.keep_unknown(&two, Moment(0), SECOND);
        assert_eq!(
            learned.find(&one, Moment(999_999_999)),
            Learnt::Key(key("a"))
        );
        assert_eq!(learned.find(&two, Moment(999_999_999)), Learnt::Unknown);
        for digest in [&one, &two, &digest(3)] {
            assert_eq!(learned.find(digest, Moment(1_000_000_000)), Learnt::Nothing);
        }
        assert_eq!(learned.stale(&one), Some(key("a")));
        // A key that was taken back, and one that was made.
        learned.keep_unknown(&one, Moment(0), SECOND);
        learned.keep(&two, &key("b"), Moment(0), SECOND);
        assert_eq!(
            (learned.stale(&one), learned.stale(&two)),
            (None, Some(key("b")))
        );
        assert_eq!(learned.find(&one, Moment(1)), Learnt::Unknown);
        assert_eq!(learned.find(&two, Moment(1)), Learnt::Key(key("b")));
    }

    #[test]
    fn invented_keys_displace_no_others_and_take_no_more_room() {
        let learned = Learned::default();
        learned.keep(&digest(0), &key("a"), Moment(0), SECOND);
        for nth in 1..3 * MOST {
            learned.keep_unknown(&digest(nth), Moment(nth as u64), SECOND);
            assert!(learned.unknown.borrow().0.len() <= MOST);
        }
        assert_eq!(learned.find(&digest(0), Moment(1)), Learnt::Key(key("a")));
        // The latest are still known, the oldest are not.
        let now = Moment(3 * MOST as u64);
        assert_eq!(learned.find(&digest(3 * MOST - 1), now), Learnt::Unknown);
        assert_eq!(learned.find(&digest(1), now), Learnt::Nothing);
    }
}
