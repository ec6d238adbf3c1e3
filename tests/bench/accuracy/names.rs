//! What entities are called in the files, and the words that stand before them in prose.

use tollgate::pii::Kind;

/// The names that others give to kinds, upper case. A kind's own name needs no row.
const NAMES: &[(&str, &str)] = &[
    ("EMAIL_ADDRESS", "email"),
    ("IBAN_CODE", "iban"),
    ("IP_ADDRESS", "ip"),
    ("MAC_ADDRESS", "mac"),
    ("PHONE_NUMBER", "phone"),
    ("TR_PHONE_NUMBER", "phone"),
    ("FIXED_LINE", "phone"),
    ("MOBILE", "phone"),
    ("TOLL_FREE", "phone"),
    ("NATIONAL_ID:iban", "iban"),
];

/// The kind that a file calls `entity`.
pub fn kind(entity: &str) -> Option<Kind> {
    let own = NAMES
        .iter()
        .find(|(name, _)| *name == entity)
        .map(|(_, own)| *own);
    Kind::from_name(own.unwrap_or(&entity.to_lowercase()))
}

/// The words that people write before a value of this kind.
pub fn words(kind: Kind) -> String {
    kind.name().replace('_', " ")
}
