//! What is done about personal data and secrets.

use crate::pii::{Detector, Kind};

/// The redaction rules.
pub struct Redact {
    /// Enforced, or only reported.
    pub mode: Mode,
    /// The detector for every kind that is not off.
    pub detector: Detector,
    /// What is done about each built-in kind.
    pub actions: Vec<(Kind, Action)>,
    /// The operator's own patterns, in the detector's order.
    pub custom: Vec<Custom>,
    /// The values are put back into the reply.
    pub restore: bool,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A placeholder stands in its place.
    Mask,
    /// The request is refused.
    Block,
    /// It is counted.
    Observe,
}

/// A pattern of the operator's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    /// Its name.
    pub name: String,
    /// What is done.
    pub action: Action,
}

impl Redact {
    /// The configured name of a kind, and what is done about it.
    pub fn rule(&self, kind: Kind) -> (&str, Action) {
        if let Kind::Custom(nth) = kind {
            return self
                .custom
                .get(usize::from(nth))
                .map_or(("custom", Action::Observe), |custom| {
                    (&custom.name, custom.action)
                });
        }
        let action = self.actions.iter().find(|(own, _)| *own == kind);
        (
            kind.name(),
            action.map_or(Action::Observe, |(_, action)| *action),
        )
    }
}

impl std::fmt::Debug for Redact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redact")
            .field("mode", &self.mode)
            .field("actions", &self.actions)
            .field("custom", &self.custom)
            .field("restore", &self.restore)
            .finish_non_exhaustive()
    }
}
