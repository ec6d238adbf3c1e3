//! What was learnt of texts that may come again: each turn of a conversation repeats the turns before it.
//!
//! A text is known by a name of 128 bits, XXH3 under a secret that is drawn anew for each [`Seen`]. Two
//! texts that share a name by chance are one pair in 10^38. Who wants to make such a pair cannot try it at
//! home without the secret: two texts that differ in just the right bits share a name under one secret in
//! 2^32, and each try is a request. The later of the two would be given the tokens of the earlier one, or
//! not be looked through; nothing else hangs on it, and whoever sends both knows what is in them.
//!
//! *Never* keeps a text.

use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, RandomState};

use xxhash_rust::xxh3::xxh3_128_with_secret;

use crate::injection::{Source, Verdict};
use crate::mask::Form;
use crate::tokens::Encoding;

/// Shorter texts have no name: to look at them again costs no more.
const SHORTEST: usize = 128;

/// A text is kept in one of the places of the set that its name says. There are 8192 of 32 bytes; sets are wide,
/// so that few overflow before all are full.
const SETS: usize = 1 << 9;
const WAYS: usize = 16;

/// Bytes of the secret: XXH3's own length.
const SECRET: usize = 192;

/// What stands for a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Name([u64; 2]);

/// The texts seen by one worker under one configuration. Takes its memory with the first long text.
pub struct Seen {
    secret: [u8; SECRET],
    sets: RefCell<Vec<[Known; WAYS]>>,
    turn: Cell<usize>,
}

/// A text's name and what is known of it.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    name: Name,
    tokens: Option<(Encoding, u32)>,
    clean_as: Option<Form>,
    /// What it scores as whose words, and whether somebody else found it harmless.
    attack: Option<(Source, Verdict, bool)>,
}

impl Default for Seen {
    fn default() -> Self {
        // The standard library's own source of keys: the proxy's random numbers.
        let random = RandomState::new();
        let mut secret = [0; SECRET];
        for (nth, word) in secret.as_chunks_mut().0.iter_mut().enumerate() {
            *word = random.hash_one(nth).to_le_bytes();
        }
        Self {
            secret,
            sets: RefCell::default(),
            turn: Cell::default(),
        }
    }
}

impl Seen {
    /// The name of a text, or of any bytes that stand for one alone; `None` when it is short.
    pub fn name(&self, text: &[u8]) -> Option<Name> {
        (text.len() >= SHORTEST).then(|| {
            let hash = xxh3_128_with_secret(text, &self.secret);
            let low = hash & u128::from(u64::MAX);
            Name([hash >> 64, low].map(|half| u64::try_from(half).unwrap_or_default()))
        })
    }

    /// How many tokens it has.
    pub fn tokens(&self, name: Name, encoding: Encoding) -> Option<usize> {
        let (own, tokens) = self.find(name)?.tokens?;
        (own == encoding).then(|| usize::try_from(tokens).ok())?
    }

    /// Keeps how many tokens it has.
    pub fn keep_tokens(&self, name: Name, encoding: Encoding, tokens: usize) {
        let tokens = u32::try_from(tokens).ok();
        self.keep(name, |known| {
            known.tokens = tokens.map(|tokens| (encoding, tokens));
        });
    }

    /// Whether nothing is in it that would be masked, refused or reported when it is read in this form.
    pub fn is_clean(&self, name: Name, form: Form) -> bool {
        self.find(name)
            .is_some_and(|known| known.clean_as == Some(form))
    }

    /// Keeps that nothing is in it.
    pub fn keep_clean(&self, name: Name, form: Form) {
        self.keep(name, |known| known.clean_as = Some(form));
    }

    /// What it scores as the words of `source`, and whether it was found harmless all the same.
    pub fn attack(&self, name: Name, source: Source) -> Option<(Verdict, bool)> {
        let (own, verdict, cleared) = self.find(name)?.attack?;
        (own == source).then_some((verdict, cleared))
    }

    /// Keeps what it scores.
    pub fn keep_attack(&self, name: Name, source: Source, verdict: Verdict, cleared: bool) {
        self.keep(name, |known| {
            known.attack = Some((source, verdict, cleared))
        });
    }

    fn find(&self, name: Name) -> Option<Known> {
        let sets = self.sets.borrow();
        let set = sets.get(place(name))?;
        set.iter().find(|known| known.name == name).copied()
    }

    /// Writes to the text's place: its own, a free one, or that of the one whose turn it is to go.
    fn keep(&self, name: Name, write: impl FnOnce(&mut Known)) {
        let mut sets = self.sets.borrow_mut();
        if sets.is_empty() {
            sets.resize(SETS, [Known::default(); WAYS]);
        }
        let Some(set) = sets.get_mut(place(name)) else {
            return;
        };
        let of = |name| move |known: &Known| known.name == name;
        let own = set.iter().position(of(name));
        let way = own.or_else(|| set.iter().position(of(Name::default())));
        let way = way.unwrap_or_else(|| self.turn.replace(self.turn.get().wrapping_add(1)) % WAYS);
        let Some(known) = set.get_mut(way) else {
            return;
        };
        if known.name != name {
            *known = Known {
                name,
                ..Known::default()
            };
        }
        write(known);
    }
}

/// The set of a name.
fn place(Name([high, _]): Name) -> usize {
    usize::try_from(high & (SETS as u64).wrapping_sub(1)).unwrap_or_default()
}

impl std::fmt::Debug for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seen").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
