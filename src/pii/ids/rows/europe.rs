//! Persons' numbers in western, southern and central Europe.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::{self, Any, Date, In, Mod1110, Own, Pair};
use super::super::check::{date, luhn, sum, sum_of};
use super::{ELEVEN, ELEVEN_ZERO, SELF, SELF_ZERO, TEN, TEN_LESS, own, row};
use crate::pii::kind::Kind::NationalId;

/// The letters of Spain's numbers, by the number's remainder by 23.
const SPAIN: &str = "TRWAGMYFPDXBNJZSQVHLCKE";

/// The letters of Ireland's, by the sum's remainder by 23.
pub(super) const IRELAND: &str = "WABCDEFGHIJKLMNOPQRSTUV";

/// The key of Belgium's numbers, for births before and from 2000.
const BELGIUM: &[&[Check]] = &[
    &[Pair {
        from: 0,
        to: 9,
        at: 9,
        lead: 0,
    }],
    &[Pair {
        from: 0,
        to: 9,
        at: 9,
        lead: 2,
    }],
];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Germany: tax identification number, identity card with check digit, pension insurance
    row(NationalId, "dd ddd ddd ddd", &[Mod1110(0), Own(own::german_tax)], Always, "steuer* idnr identifikationsnummer tin"),
    row(NationalId, "[CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ]\
        [0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ]\
        [0123456789CFGHJKLMNPRTVWXYZ]d", &[sum("731731731", 10, TEN, 9)], Never, "personalausweis* ausweis* perso"),
    row(NationalId, "[CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ]\
        [0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ]\
        [0123456789CFGHJKLMNPRTVWXYZ]", &[], Never, "personalausweis* perso"),
    row(NationalId, "dd dddddd l ddd|dddddddd l ddd|dd-dddddd-l-ddd", &[Date(2, "ddmmyy", &(&[0], &[0, 50])), Own(own::german_pension)], Always,
        "rentenversicherung* sozialversicherung* rvnr svnr versicherungsnummer"),
    // United Kingdom: national insurance, unique taxpayer reference
    row(NationalId, "[ABCEGHJKLMNOPRSTWXYZ][ABCEGHJKLMNPRSTWXYZ]dddddd[ABCD]|\
        [ABCEGHJKLMNOPRSTWXYZ][ABCEGHJKLMNPRSTWXYZ] dd dd dd [ABCD]|[ABCEGHJKLMNOPRSTWXYZ][ABCEGHJKLMNPRSTWXYZ]-dd-dd-dd-[ABCD]|\
        [ABCEGHJKLMNOPRSTWXYZ][ABCEGHJKLMNPRSTWXYZ] dddddd [ABCD]", &[Own(own::british)], Always, "nino insurance ni"),
    row(NationalId, "dddddddddd|ddddd ddddd", &[sum("06789A5432", 11, "21987654321", 0)], Never, "utr"),
    // England's pupils: the first sign is the check
    row(NationalId, "ldddddddddddd|ldddddddddddl", &[In(1, 3, &[(201, 938)]), sum("023456789ABCD", 23, "ABCDEFGHJKLMNPQRTUVWXYZ", 0)], Never, "upn pupil"),
    // France: registration number of the INSEE, tax number
    row(NationalId, "d dd dd da ddd ddd dd|d dd dd da ddd ddddd|d-dd-dd-da-ddd-ddd-dd|d.dd.dd.da.ddd.ddd.dd", &[Own(own::french)], Always, "nir insee secu securite"),
    row(NationalId, "dd dd ddd ddd ddd", &[In(0, 1, &[(0, 3)]), Own(own::french_tax)], Always, "fiscal spi impots nif"),
    row(NationalId, "dddddddddddd", &[], Never, "cni"),
    // Italy: tax code, identity card
    row(NationalId, "lldddddll|llddddddd|dddddddll", &[], Never, "carta identita cie"),
    row(NationalId, "llllllaa[ABCDEHLMPRST]aalaaal|llllll aa[ABCDEHLMPRST]aa laaal|lll lll aa[ABCDEHLMPRST]aa laaal", &[Own(own::italian)], Always, "codice fiscale cf"),
    // Spain: citizens and residents, and social security
    row(NationalId, "ddddddddl|dddddddd-l|dddddddd l|dd.ddd.ddd-l", &[sum("E6JIB8A1", 23, SPAIN, 8)], Always, "dni nif"),
    row(NationalId, "[KLM]dddddddl|[KLM]-ddddddd-l", &[sum("06JIB8A1", 23, SPAIN, 8)], Always, "nif"),
    row(NationalId, "[XYZ]dddddddl|[XYZ]-ddddddd-l|[XYZ]ddddddd-l|[XYZ]-dddddddl", &[sum_of("E6JIB8A1", 23, SPAIN, 8, 21, 0)], Always, "nie"),
    row(NationalId, "dd/dddddddd/dd|dd dddddddd dd|dd-dddddddd-dd", &[Own(own::spanish_security)], Dressed, "nss seguridad afiliacion"),
    // Netherlands
    row(NationalId, "dddd.dd.ddd|ddd.ddd.ddd", &[sum("98765432", 11, SELF, 8)], Never, "bsn burgerservice* sofi* rsin"),
    row(NationalId, "dddd.dd.ddd|ddd.ddd.ddd", &[In(0, 2, &[(10, 10)]), sum("98765432", 11, "6789?012345", 8)], Never, "onderwijs*"),
    // Belgium
    row(NationalId, "dd.dd.dd-ddd.dd|dd.dd.dd-ddd-dd|dddddd-ddd-dd|dd-dd-dd-ddd-dd|dddddd ddd dd|dd dd dd ddd dd",
        &[Date(0, "yymmdd", &(&[0, 20, 40], &[0])), Any(BELGIUM)], Always, "rijksregister* registre insz niss nrn"),
    row(NationalId, "ddd-ddddddd-dd", &[Own(own::belgian_card)], Dressed, "eid identiteitskaart* identite"),
    // Switzerland
    row(NationalId, "756.dddd.dddd.dd|756 dddd dddd dd", &[sum("131313131313", 10, TEN_LESS, 12)], Always, "ahv avs"),
    // Austria
    row(NationalId, "dddd dddddd|dddd-dddddd|dddd/dddddd", &[In(0, 1, &[(1, 9)]), Date(4, "ddmmyy", &(&[0], &[0])), sum("3790584216", 11, SELF, 3)],
        Dressed, "svnr sozialversicherung* sv versicherungsnummer"),
    // Ireland
    row(NationalId, "dddddddl", &[sum("8765432", 23, IRELAND, 7)], Always, "pps ppsn"),
    row(NationalId, "dddddddl[TX]", &[sum("8765432", 23, IRELAND, 7)], Always, "pps ppsn"),
    row(NationalId, "dddddddl[ABCDEFGHIW]", &[sum_of("876543209", 23, IRELAND, 7, 0, 27)], Always, "pps ppsn"),
    // Portugal: tax number, citizen card, social security
    row(NationalId, "ddd ddd ddd", &[In(0, 1, &[(1, 3), (5, 6), (8, 9)]), sum("98765432", 11, ELEVEN_ZERO, 8)], Never, "nif contribuinte nipc"),
    row(NationalId, "ddddddddd aad|dddddddd d aad|ddddddddd-aad|dddddddddaad", &[Own(own::portuguese)], Dressed, "cidadao cc bi"),
    row(NationalId, "[12]dddddddddd", &[sum("9397317532", 10, "9876543210", 10)], Never, "niss seguranca"),
    // Greece: tax number, social security
    row(NationalId, "ddddddddd", &[sum("379A5842", 11, SELF_ZERO, 8)], Never, "αφμ afm tin"),
    row(NationalId, "dddddddddd d|ddddddddddd", &[date(0, "ddmmyy"), luhn(0, 11)], Always, "αμκα amka"),
    // Poland: persons, identity card, tax number
    row(NationalId, "ddddddddddd", &[Date(0, "yymmdd", &(&[0, 20], &[0])), sum("1379137913", 10, TEN_LESS, 10)], Always, "pesel"),
    row(NationalId, "ddddddddddd", &[Date(0, "yymmdd", &(&[40, 60, 80], &[0])), sum("1379137913", 10, TEN_LESS, 10)], Never, "pesel"),
    row(NationalId, "lll dddddd", &[sum("731073173", 10, TEN, 3)], Never, "dowod dowodu dowodem osobisty osobistego"),
    row(NationalId, "ddd-ddd-dd-dd|ddd-dd-dd-ddd", &[sum("657234567", 11, SELF, 9)], Dressed, "nip"),
    // Czechia and Slovakia: ten digits, and nine for births before 1954
    row(NationalId, "dddddd/dddd", &[Date(0, "yymmdd", &(&[0, 20, 50, 70], &[0])), Own(own::czech)], Dressed, "rodne rodnym rc"),
    row(NationalId, "dddddd/ddd", &[Date(0, "yymmdd", &(&[0, 50], &[0])), In(0, 2, &[(0, 53), (80, 99)])], Never, "rodne rodnym rc"),
    // Hungary: person, tax, social security (among the health numbers)
    row(NationalId, "d-dddddd-dddd|d dddddd dddd", &[In(0, 1, &[(1, 8)]), date(1, "yymmdd"), Any(&[
        &[sum("123456789A", 11, SELF, 10)], &[sum("A987654321", 11, SELF, 10)]])], Dressed, "szemelyi azonosito"),
    row(NationalId, "8ddddddddd", &[sum("123456789", 11, SELF, 9)], Never, "adoazonosito ado"),
    // Romania, Bulgaria, Croatia, Serbia and its neighbours
    row(NationalId, "[12345678]dddddddddddd", &[date(1, "yymmdd"), sum("279146358279", 11, "01234567891", 12)], Always, "cnp numeric"),
    row(NationalId, "dddddddddd", &[Date(0, "yymmdd", &(&[0, 20, 40], &[0])), sum("2485A9736", 11, SELF_ZERO, 9)], Never, "егн egn"),
    row(NationalId, "ddddddddddd", &[Mod1110(0)], Never, "oib"),
    row(NationalId, "ddddddddddddd", &[date(0, "ddmmyyy"), sum("765432765432", 11, ELEVEN, 12)], Always, "jmbg emso ембг јмбг"),
    // Luxembourg
    row(NationalId, "ddddddddddddd|dddd dddd ddd dd|dddddddd ddddd", &[date(0, "yyyymmdd"), luhn(0, 12)], Always, "matricule"),
    // Turkey: person, tax
    row(NationalId, "[123456789]dddddddddd", &[sum("797979797", 10, TEN, 9), sum("1111111111", 10, TEN, 10)], Always, "tc kimlik tckn t c"),
];
