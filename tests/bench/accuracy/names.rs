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
    Kind::Passport,
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

/// Numbers of persons, and of businesses and tax payers, that a country gives out, by the ends of their names.
const PERSONS: &[&str] = &[
    "AADHAAR",
    "FIN",
    "ITIN",
    "NIE",
    "NIF",
    "NIN",
    "PAN",
    "PERSONNUMMER",
    "PESEL",
    "SOCIAL_SECURITY",
    "SSN",
    "TNIN",
    "VOTER",
];
const BUSINESSES: &[&str] = &[
    "ABN",
    "ACN",
    "ORGANISATIONSNUMMER",
    "TFN",
    "TIN",
    "UEN",
    "VAT_CODE",
];

/// The same of `NATIONAL_ID:country.number`, as python-stdnum calls them: numbers of persons. What is in none of
/// these lists is a number of businesses and tax payers.
#[rustfmt::skip]
const STDNUM_PERSONS: &[&str] = &[
    "ar.dni", "at.vnr", "be.bis", "be.eid", "be.nn", "be.ssn", "bg.egn", "bg.pnf", "br.cpf", "ca.sin", "ch.ssn", "cl.rut",
    "cn.ric", "cr.cpf", "cr.cr", "cu.ni", "cz.rc", "de.idnr", "dk.cpr", "do.cedula", "ec.ci", "ee.ik", "es.dni", "es.nie",
    "es.nif", "fi.hetu", "fr.nif", "fr.nir", "gb.nino", "gb.upn", "gr.amka", "hr.oib", "id.nik", "ie.pps", "il.idnr",
    "in_.aadhaar", "in_.epic", "in_.pan", "is_.kennitala", "it.codicefiscale", "jp.in_", "kr.rrn", "lt.asmens", "mu.nid",
    "mx.curp", "my.nric", "nl.bsn", "nl.onderwijsnummer", "no.fodselsnummer", "pe.cui", "pk.cnic", "pl.pesel", "pt.cc",
    "ro.cnp", "se.personnummer", "si.emso", "sk.rc", "th.pin", "tr.tckimlik", "ua.rntrc", "us.atin", "us.itin", "us.ptin",
    "us.ssn", "uy.ci", "za.idnr",
];

/// Of patients and doctors, of bank accounts, and of passports.
const STDNUM_MEDICAL: &[&str] = &["ca.bc_phn", "gb.nhs", "us.npi", "de.kvnr"];
const STDNUM_BANKS: &[&str] = &[
    "ar.cbu",
    "bic",
    "cz.bankaccount",
    "es.ccc",
    "no.kontonr",
    "us.rtn",
];
const STDNUM_PASSPORTS: &[&str] = &["nl.identiteitskaartnummer"];

/// Numbers that are in such lists but are given to things, to payments and to premises, not to persons or businesses;
/// and Montenegro's rule within the one of all IBANs.
const THINGS: &[&str] = &[
    "be.ogm_vcs",
    "ch.esr",
    "do.ncf",
    "ean",
    "eu.at_02",
    "eu.banknote",
    "eu.ecnumber",
    "eu.nace",
    "fr.accise",
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
    "me.iban",
    "ro.onrc",
    "se.postnummer",
    "verhoeff",
    "luhn",
];

/// What the table calls `entity`, and the kinds that a file means by it: a number of a country may be reported as any
/// of its kinds.
pub fn kinds(entity: &str) -> Option<(&'static str, Vec<Kind>)> {
    let one = |kind: Kind| (kind.name(), vec![kind]);
    let any = |kind: Kind| (kind.name(), IDS.to_vec());
    if let Some(kind) = Kind::from_name(&entity.to_lowercase()) {
        return Some(one(kind));
    }
    if let Some(number) = entity.strip_prefix("NATIONAL_ID:") {
        let kind = match number {
            "iban" => Kind::Iban,
            _ if THINGS.contains(&number) => return None,
            _ if STDNUM_PERSONS.contains(&number) => Kind::NationalId,
            _ if STDNUM_MEDICAL.contains(&number) => Kind::MedicalId,
            _ if STDNUM_BANKS.contains(&number) => Kind::BankAccount,
            _ if STDNUM_PASSPORTS.contains(&number) => Kind::Passport,
            _ => Kind::TaxId,
        };
        return Some(any(kind));
    }
    let ends = |name: &&str| entity == *name || entity.ends_with(&format!("_{name}"));
    if let Some((_, kind)) = NAMES.iter().find(|(name, _)| ends(name)) {
        return Some(one(*kind));
    }
    if PERSONS.iter().any(&ends) {
        return Some(any(Kind::NationalId));
    }
    let business = BUSINESSES.iter().any(ends);
    business.then(|| any(Kind::TaxId))
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
