//! Which byte wakes which detector: one table of 256, built from the kinds wanted.

use super::kind::Kind;
use super::secret;

/// What the pass does at a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trigger {
    /// Nothing: walk on.
    None,
    /// `@`: an email address around it.
    At,
    /// A digit: cards, accounts, phones, social security numbers, IPv4.
    Digit,
    /// `:`: a data URI or an IPv6 address.
    Colon,
    /// `+`: an international phone number.
    Plus,
    /// The byte of a credential's prefix.
    Secret,
}

/// The table, and the kinds it was built from.
#[derive(Debug, Clone)]
pub(super) struct Triggers {
    table: [Trigger; 256],
    kinds: Vec<Kind>,
}

impl Triggers {
    pub(super) fn new(kinds: &[Kind]) -> Triggers {
        let kinds: Vec<Kind> = Kind::BUILT_IN
            .into_iter()
            .filter(|k| kinds.contains(k))
            .collect();
        let has = |kind| kinds.contains(&kind);
        let mut table = [Trigger::None; 256];
        let mut set = |bytes: &[u8], trigger| {
            for &byte in bytes {
                if let Some(slot) = table.get_mut(usize::from(byte)) {
                    *slot = trigger;
                }
            }
        };
        if has(Kind::Email) {
            set(b"@", Trigger::At);
        }
        if [
            Kind::Phone,
            Kind::CreditCard,
            Kind::Iban,
            Kind::UsSsn,
            Kind::Ip,
        ]
        .into_iter()
        .any(has)
        {
            set(b"0123456789", Trigger::Digit);
        }
        if has(Kind::Phone) {
            set(b"+", Trigger::Plus);
        }
        if has(Kind::Secret) {
            set(secret::TRIGGERS, Trigger::Secret);
        }
        set(b":", Trigger::Colon);
        Triggers { table, kinds }
    }

    /// Whether no built-in kind is wanted.
    pub(super) fn none(&self) -> bool {
        self.kinds.is_empty()
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    #[inline(always)]
    pub(super) fn of(&self, byte: u8) -> Trigger {
        self.table
            .get(usize::from(byte))
            .copied()
            .unwrap_or(Trigger::None)
    }
}
