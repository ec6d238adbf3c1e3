//! What is done about personal data and secrets.

use crate::mask::Key;
use crate::pii::{Detector, Kind};

/// The redaction rules.
pub struct Redact {
    /// The detector for every kind that is not off.
    pub detector: Detector,
    /// What is done about each built-in kind.
    pub rules: Vec<(Kind, Rule)>,
    /// The operator's own patterns, in the detector's order.
    pub custom: Vec<Custom>,
    /// The values are put back into the reply.
    pub restore: bool,
    /// What placeholders, hashes and fakes are made under.
    pub key: Key,
    /// What the model says is looked through as well.
    pub replies: bool,
}

/// Whether rules are enforced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// They are.
    #[default]
    Enforce,
    /// The log and the stats say what would have happened.
    Observe,
}

/// What is done about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A placeholder stands in its place, and the value is put back into the reply.
    Mask,
    /// This text stands in its place. It has nothing that JSON escapes.
    Replace(String),
    /// A keyed hash stands in its place.
    Hash,
    /// Stars stand in its place, but for the last four characters.
    Partial,
    /// A value that looks like it stands in its place, and it is put back into the reply.
    Fake,
    /// The request is refused.
    Block,
    /// It is counted.
    Observe,
}

impl Action {
    /// What is said of a finding about which this is done, or would be done.
    pub fn done(&self, mode: Mode) -> &'static str {
        match (self, mode) {
            (Self::Mask, Mode::Enforce) => "masked",
            (Self::Replace(_), Mode::Enforce) => "replaced",
            (Self::Hash, Mode::Enforce) => "hashed",
            (Self::Partial, Mode::Enforce) => "shortened",
            (Self::Fake, Mode::Enforce) => "faked",
            (Self::Block, Mode::Enforce) => "blocked",
            (Self::Mask, Mode::Observe) => "would_mask",
            (Self::Replace(_), Mode::Observe) => "would_replace",
            (Self::Hash, Mode::Observe) => "would_hash",
            (Self::Partial, Mode::Observe) => "would_shorten",
            (Self::Fake, Mode::Observe) => "would_fake",
            (Self::Block, Mode::Observe) => "would_block",
            (Self::Observe, _) => "observed",
        }
    }
}

/// What is done about one kind, and whether it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What is done.
    pub action: Action,
    /// Whether it is.
    pub mode: Mode,
}

/// A pattern of the operator's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    /// Its name.
    pub name: String,
    /// What is done.
    pub rule: Rule,
}

impl Redact {
    /// The configured name of a kind, and the rule for it. A kind without one is only counted.
    pub fn rule(&self, kind: Kind) -> (&str, &Rule) {
        const COUNTED: Rule = Rule {
            action: Action::Observe,
            mode: Mode::Enforce,
        };
        if let Kind::Custom(nth) = kind {
            let custom = self.custom.get(usize::from(nth));
            return custom.map_or(("custom", &COUNTED), |own| (&own.name, &own.rule));
        }
        let rule = self.rules.iter().find(|(own, _)| *own == kind);
        (kind.name(), rule.map_or(&COUNTED, |(_, rule)| rule))
    }
}

impl std::fmt::Debug for Redact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redact")
            .field("rules", &self.rules)
            .field("custom", &self.custom)
            .field("restore", &self.restore)
            .finish_non_exhaustive()
    }
}
