//! What entities are called in the files, and the words that stand before them in prose.

use tollgate::pii::Kind;

/// The kinds that a number of a country may be reported as.
const IDS: &[Kind] = &[
    Kind::NationalId,
    Kind::TaxId,
    Kind::MedicalId,
    Kind::BankAccount,
    Kind::UsSsn,
    Kind::UsItin,
    Kind::Iban,
    Kind::Bic,
];

/// The names that others give to kinds, upper case. A kind's own name needs no row, and a name that ends with one
/// of these behind a country (`UK_PASSPORT`) is known by its end.
const NAMES: &[(&str, Kind)] = &[
    ("ABA_ROUTING_NUMBER", Kind::BankAccount),
    ("BANK_NUMBER", Kind::BankAccount),
    ("CRYPTO", Kind::Crypto),
    ("DRIVER_LICENSE", Kind::DrivingLicence),
    ("DRIVING_LICENCE", Kind::DrivingLicence),
    ("EMAIL_ADDRESS", Kind::Email),
    ("FIXED_LINE", Kind::Phone),
    ("IBAN_CODE", Kind::Iban),
    ("IP_ADDRESS", Kind::Ip),
    ("MAC_ADDRESS", Kind::Mac),
    ("MEDICARE", Kind::MedicalId),
    ("MOBILE", Kind::Phone),
    ("NHS", Kind::MedicalId),
    ("NPI", Kind::MedicalId),
    ("PASSPORT", Kind::Passport),
    ("PERSON", Kind::Person),
    ("PHONE_NUMBER", Kind::Phone),
    ("TOLL_FREE", Kind::Phone),
];

/// Numbers of persons and businesses that a country gives out, by the ends of their names.
const NUMBERS: &[&str] = &[
    "AADHAAR",
    "ABN",
    "ACN",
    "FIN",
    "ITIN",
    "NIE",
    "NIF",
    "NIN",
    "ORGANISATIONSNUMMER",
    "PAN",
    "PERSONNUMMER",
    "PESEL",
    "SOCIAL_SECURITY",
    "SSN",
    "TFN",
    "TIN",
    "TNIN",
    "UEN",
    "VAT_CODE",
    "BSNR",
    "VOTER",
];

/// Numbers that are in such lists but are given to things, not to persons or businesses.
const THINGS: &[&str] = &[
    "ean",
    "eu.banknote",
    "eu.ecnumber",
    "eu.nace",
    "cfi",
    "cusip",
    "damm",
    "de.leitweg",
    "de.wkn",
    "es.cups",
    "gb.sedol",
    "imei",
    "imo",
    "imsi",
    "isan",
    "isbn",
    "ismn",
    "iso7064.mod_11_10",
    "isrc",
    "issn",
    "it.aic",
    "lei",
    "se.postnummer",
    "verhoeff",
    "luhn",
];

/// The kinds that a file means by `entity`, the first for the table.
pub fn kinds(entity: &str) -> Option<Vec<Kind>> {
    if let Some(kind) = Kind::from_name(&entity.to_lowercase()) {
        return Some(vec![kind]);
    }
    if let Some(number) = entity.strip_prefix("NATIONAL_ID:") {
        return (!THINGS.contains(&number)).then(|| IDS.to_vec());
    }
    let ends = |name: &str| entity == name || entity.ends_with(&format!("_{name}"));
    if let Some((_, kind)) = NAMES.iter().find(|(name, _)| ends(name)) {
        return Some(vec![*kind]);
    }
    NUMBERS.iter().any(|name| ends(name)).then(|| IDS.to_vec())
}

/// The words that people write before a value that the file calls `entity`, and describes.
pub fn words(entity: &str, described: Option<&str>) -> String {
    if let Some(described) = described {
        let name = described.split(['(', ',', '.']).next().unwrap_or(described);
        return name.trim().to_owned();
    }
    let words = entity.replace('_', " ").to_lowercase();
    words
        .strip_prefix("national id:")
        .unwrap_or(&words)
        .to_owned()
}
