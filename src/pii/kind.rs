//! The kinds of personal data, by their configuration names, and what a finding is.

/// What a finding is.
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
    /// A bank's code, ISO 9362.
    Bic,
    /// A bank account or routing number of one country.
    BankAccount,
    /// A United States social security number.
    UsSsn,
    /// A United States individual taxpayer identification number.
    UsItin,
    /// A number by which a country knows a person.
    NationalId,
    /// A passport's number.
    Passport,
    /// A driving licence's number.
    DrivingLicence,
    /// A number by which a tax office knows a person or a business.
    TaxId,
    /// A number by which a health service knows a patient or a practitioner.
    MedicalId,
    /// An IPv4 or IPv6 address.
    Ip,
    /// A hardware address, IEEE 802.
    Mac,
    /// The user and password of a URL, RFC 3986.
    UrlCredentials,
    /// A date of birth.
    DateOfBirth,
    /// A postal address.
    Address,
    /// A person's name.
    Person,
    /// An address of a cryptocurrency.
    Crypto,
    /// A vehicle identification number, ISO 3779.
    Vin,
    /// A place on earth, by latitude and longitude.
    Coordinates,
    /// A credential: key, token, private key.
    Secret,
    /// A match of the custom pattern with this index.
    Custom(u16),
}

/// Every kind that needs no pattern, with its configuration name and its rank: where two claim the same
/// bytes, the lower rank wins. 0 are credentials, 1 numbers with a check or a
/// structure that nothing else has, 2 numbers with a check that others share, 3 and 4 what words announce.
const ROWS: [(Kind, &str, u8); 23] = [
    (Kind::Email, "email", 1),
    (Kind::Phone, "phone", 3),
    (Kind::CreditCard, "credit_card", 1),
    (Kind::Iban, "iban", 1),
    (Kind::Bic, "bic", 2),
    (Kind::BankAccount, "bank_account", 2),
    (Kind::UsSsn, "us_ssn", 3),
    (Kind::UsItin, "us_itin", 2),
    (Kind::NationalId, "national_id", 2),
    (Kind::Passport, "passport", 3),
    (Kind::DrivingLicence, "driving_licence", 3),
    (Kind::TaxId, "tax_id", 2),
    (Kind::MedicalId, "medical_id", 2),
    (Kind::Ip, "ip", 1),
    (Kind::Mac, "mac", 1),
    (Kind::UrlCredentials, "url_credentials", 0),
    (Kind::DateOfBirth, "date_of_birth", 3),
    (Kind::Address, "address", 4),
    (Kind::Person, "person", 4),
    (Kind::Crypto, "crypto", 1),
    (Kind::Vin, "vin", 2),
    (Kind::Coordinates, "coordinates", 2),
    (Kind::Secret, "secret", 0),
];

/// The rank of custom patterns.
const CUSTOM: u8 = 3;

impl Kind {
    /// Every kind that needs no pattern.
    pub const BUILT_IN: [Kind; 23] = [
        Kind::Email,
        Kind::Phone,
        Kind::CreditCard,
        Kind::Iban,
        Kind::Bic,
        Kind::BankAccount,
        Kind::UsSsn,
        Kind::UsItin,
        Kind::NationalId,
        Kind::Passport,
        Kind::DrivingLicence,
        Kind::TaxId,
        Kind::MedicalId,
        Kind::Ip,
        Kind::Mac,
        Kind::UrlCredentials,
        Kind::DateOfBirth,
        Kind::Address,
        Kind::Person,
        Kind::Crypto,
        Kind::Vin,
        Kind::Coordinates,
        Kind::Secret,
    ];

    /// The kinds that identify somebody or open something, and of which harmless texts hold hardly any.
    pub const DEFAULT: [Kind; 10] = [
        Kind::Email,
        Kind::Phone,
        Kind::CreditCard,
        Kind::Iban,
        Kind::UsSsn,
        Kind::UsItin,
        Kind::NationalId,
        Kind::UrlCredentials,
        Kind::Crypto,
        Kind::Secret,
    ];

    /// The configuration name, such as `credit_card`; `custom` for every custom pattern.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("custom", |(_, name, _)| *name)
    }

    /// The built-in kind of that configuration name; none for `custom`, which names no single kind.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        let row = ROWS.iter().find(|(_, own, _)| *own == name);
        row.map(|(kind, ..)| *kind)
    }

    /// Which wins where two claim the same bytes: the lower.
    pub(super) fn rank(self) -> u8 {
        self.row().map_or(CUSTOM, |(.., rank)| *rank)
    }

    fn row(self) -> Option<&'static (Kind, &'static str, u8)> {
        ROWS.iter().find(|(kind, ..)| *kind == self)
    }
}

/// A set of built-in kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    /// The built-in ones among `kinds`.
    pub(super) fn of(kinds: &[Kind]) -> Kinds {
        let bits = kinds.iter().map(|kind| bit(*kind));
        Kinds(bits.fold(0, |all, bit| all | bit))
    }

    pub(super) fn has(self, kind: Kind) -> bool {
        self.0 & bit(kind) != 0
    }

    /// Whether one of `kinds` is in the set.
    pub(super) fn any(self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.has(*kind))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The bit of a built-in kind; none of a custom one.
fn bit(kind: Kind) -> u32 {
    let place = ROWS.iter().position(|(own, ..)| *own == kind);
    let place = place.and_then(|place| u32::try_from(place).ok());
    place.and_then(|place| 1u32.checked_shl(place)).unwrap_or(0)
}

/// Where something was found: byte offsets into the text, on character boundaries, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The rule that found it: for a credential its issuer or form, such as `github`; else the kind's name.
    pub rule: &'static str,
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
