//! The kinds of personal data, by their configuration names, and what a finding is.

/// What a finding is.
///
/// *Checked* kinds carry check digits or a structure that nothing else has: cards, IBANs, secrets,
/// email and IP addresses. Phone numbers, social security numbers and custom patterns are
/// *unchecked*, and give way to checked ones where both claim the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An email address, RFC 5321 and RFC 6531.
    Email,
    /// A telephone number, E.164 or national.
    Phone,
    /// A payment card number, ISO/IEC 7812.
    CreditCard,
    /// A bank account number, ISO 13616.
    Iban,
    /// A United States social security number.
    UsSsn,
    /// An IPv4 or IPv6 address.
    Ip,
    /// A credential: key, token, private key.
    Secret,
    /// A match of the custom pattern with this index.
    Custom(u16),
}

impl Kind {
    /// Every kind that needs no pattern.
    pub const BUILT_IN: [Kind; 7] = [
        Kind::Email,
        Kind::Phone,
        Kind::CreditCard,
        Kind::Iban,
        Kind::UsSsn,
        Kind::Ip,
        Kind::Secret,
    ];

    /// The configuration name, such as `credit_card`; `custom` for every custom pattern.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::CreditCard => "credit_card",
            Kind::Iban => "iban",
            Kind::UsSsn => "us_ssn",
            Kind::Ip => "ip",
            Kind::Secret => "secret",
            Kind::Custom(_) => "custom",
        }
    }

    /// The built-in kind of that configuration name; none for `custom`, which names no single kind.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::BUILT_IN.into_iter().find(|kind| kind.name() == name)
    }

    pub(super) fn is_checked(self) -> bool {
        !matches!(self, Kind::Phone | Kind::UsSsn | Kind::Custom(_))
    }
}

/// Where something was found: byte offsets into the text, on character boundaries, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
}

impl Finding {
    pub(super) fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }
}
