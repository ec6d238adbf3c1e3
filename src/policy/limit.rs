//! How much may be used of what, by whom, in which time.

use std::time::Duration;

use crate::ledger::{Bound, Every};

/// What is counted, by its place in the ledger's amounts.
pub mod measure {
    use crate::ledger::Measure;

    /// Requests that went out.
    pub const REQUESTS: Measure = Measure(0);
    /// Input tokens.
    pub const INPUT: Measure = Measure(1);
    /// Output tokens.
    pub const OUTPUT: Measure = Measure(2);
    /// Input tokens read from the provider's cache, a part of the input.
    pub const CACHED: Measure = Measure(3);
    /// Input tokens written to the provider's cache, a part of the input.
    pub const CACHE_WRITE: Measure = Measure(4);
    /// Output tokens spent on reasoning, a part of the output.
    pub const REASONING: Measure = Measure(5);
    /// Money, in pico-dollars.
    pub const COST: Measure = Measure(6);
    /// Requests that are under way.
    pub const RUNNING: Measure = Measure(7);

    /// Input and output tokens.
    pub const TOKENS: u8 = INPUT.bit() | OUTPUT.bit();
}

/// All limits and where they are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Those for all requests, in the order they were written. A key's own stand in its row.
    pub list: Vec<Limit>,
    /// Where they are counted.
    pub store: Store,
}

impl Limits {
    /// The limits that may apply to the requests of a key, and their places: those for all, and the key's own.
    pub fn of<'a>(&'a self, own: &'a [Limit]) -> impl Iterator<Item = (usize, &'a Limit)> {
        self.list.iter().chain(own).enumerate()
    }

    /// The limit at a place.
    pub fn get<'a>(&'a self, own: &'a [Limit], place: usize) -> Option<&'a Limit> {
        let behind = || own.get(place.saturating_sub(self.list.len()));
        self.list.get(place).or_else(behind)
    }
}

/// Where limits are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Store {
    /// In this process.
    #[default]
    Local,
    /// By a service that the fleet shares.
    Rls(Fleet),
}

/// A service that speaks Envoy's rate limit protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fleet {
    /// The Envoy cluster that reaches it.
    pub cluster: String,
    /// The `domain` of its configuration.
    pub domain: String,
    /// How long it may take for an answer.
    pub timeout: Duration,
    /// What becomes of requests while it does not answer.
    pub on_error: OnStoreError,
    /// It is asked about one counter at a time.
    pub apart: bool,
}

/// What becomes of requests while the store does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnStoreError {
    /// They go out.
    Allow,
    /// They are refused.
    Refuse,
    /// They go out as far as this process's own count lets them.
    Local,
}

/// One limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Its name in errors, logs and stats.
    pub name: String,
    /// Its number in the ledger: the same for as long as its name, its `per` and its window stay.
    pub rule: u64,
    /// What each counter is for.
    pub per: Per,
    /// When it applies; all of them must hold.
    pub when: Vec<Condition>,
    /// Its windows; `None`: it counts requests that are under way.
    pub every: Option<Every>,
    /// The most of each thing.
    pub bounds: Vec<Bound>,
    /// It refuses nothing.
    pub observe: bool,
    /// It is told when so many hundredths are used.
    pub warn_at: Option<u32>,
}

/// A limit has a counter for each combination of these; without any, it has one.
pub type Per = Vec<Dimension>;

/// What a request is told apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dimension {
    /// The key's id.
    Key,
    /// The key's team.
    Team,
    /// The user.
    User,
    /// The key's plan.
    Plan,
    /// The client's address.
    Ip,
    /// The target's model.
    Model,
    /// The target's provider.
    Provider,
    /// A tag.
    Tag(String),
}

/// A condition: the dimension has one of these values, in which each `*` stands for any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Of what.
    pub of: Dimension,
    /// Any of these.
    pub one_of: Vec<String>,
}

impl Dimension {
    /// The words that stand for all but tags, which are `tag:NAME`.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("key", Self::Key),
        ("team", Self::Team),
        ("user", Self::User),
        ("plan", Self::Plan),
        ("ip", Self::Ip),
        ("model", Self::Model),
        ("provider", Self::Provider),
    ];

    /// Its word.
    pub fn word(&self) -> String {
        let row = Self::WORDS.iter().find(|(_, own)| own == self);
        match (self, row) {
            (Self::Tag(name), _) => format!("tag:{name}"),
            (_, row) => row.map_or(String::new(), |(word, _)| (*word).to_owned()),
        }
    }

    /// It is only known once a target is chosen.
    pub fn is_of_target(&self) -> bool {
        matches!(self, Self::Model | Self::Provider)
    }

    /// Clients can invent values of it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::User | Self::Ip | Self::Model | Self::Tag(_))
    }
}

impl Limit {
    /// Whether it is about targets: each has a counter of its own then.
    pub fn is_of_target(&self) -> bool {
        let conditions = self.when.iter().map(|condition| &condition.of);
        self.per
            .iter()
            .chain(conditions)
            .any(Dimension::is_of_target)
    }

    /// Whether it tells requests apart by the client's address.
    pub fn asks_for_ip(&self) -> bool {
        let conditions = self.when.iter().map(|condition| &condition.of);
        self.per
            .iter()
            .chain(conditions)
            .any(|of| *of == Dimension::Ip)
    }

    /// Whether the fleet's service can count it: it has windows, and one counter before a target is chosen.
    pub fn is_shared(&self, store: &Store) -> bool {
        matches!(store, Store::Rls(_)) && self.every.is_some() && !self.is_of_target()
    }

    /// Whether it bounds money.
    pub fn bounds_money(&self) -> bool {
        let money = measure::COST.bit();
        self.bounds.iter().any(|bound| bound.of & money != 0)
    }
}

impl Condition {
    /// Whether a value is one of them.
    pub fn fits(&self, value: &str) -> bool {
        self.one_of.iter().any(|pattern| fits(pattern, value))
    }
}

fn fits(pattern: &str, value: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == value;
    };
    let Some(value) = value.strip_prefix(first) else {
        return false;
    };
    let ends = (0..=value.len()).filter_map(|at| value.get(at..));
    match rest.contains('*') {
        true => ends.into_iter().any(|end| fits(rest, end)),
        false => value.ends_with(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, value, does) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "ab", true),
            ("*b", "ab", true),
            ("a*c", "abbc", true),
            ("a*b*c", "axbyc", true),
            ("a*b*c", "axyc", false),
            ("ab*ba", "aba", false),
            ("*", "", true),
            ("*ä", "öä", true),
        ] {
            assert_eq!(fits(pattern, value), does, "{pattern} {value}");
        }
    }
}
