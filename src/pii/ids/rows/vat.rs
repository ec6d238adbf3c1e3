//! Tax numbers of businesses: value added tax in the European Union and its neighbours, and others.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::{self, Any, In, Mod97, Mod1110, Own, Pair};
use super::super::check::{luhn, sum, sum_of, zero};
use super::{ELEVEN, ELEVEN_TEN, ELEVEN_ZERO, SELF, SELF_ZERO, TEN_LESS, firms, row};
use crate::pii::kind::Kind::TaxId;

/// The Netherlands' numbers, of businesses and, since 2020, of persons.
const DUTCH: &[&[Check]] = &[&[sum("0098765432", 11, SELF, 10)], &[Mod97]];

/// What a United States employer's number begins with, as the IRS assigns them.
const EIN: &[(u32, u32)] = &[
    (1, 6),
    (10, 16),
    (20, 27),
    (30, 48),
    (50, 68),
    (71, 77),
    (80, 88),
    (90, 95),
    (98, 99),
];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(TaxId, "ATUdddddddd|AT Udddddddd|ATU dddddddd", &[Own(firms::austrian)], Always, "uid"),
    row(TaxId, "BE[01]ddddddddd|BE [01]ddd.ddd.ddd|BE [01]ddddddddd|BE[01]ddd.ddd.ddd", &[Pair { from: 2, to: 10, at: 10, lead: 0 }], Always, "btw tva"),
    row(TaxId, "BEddddddddd|BE ddddddddd|BE ddd.ddd.ddd", &[Pair { from: 2, to: 9, at: 9, lead: 0 }], Always, "btw tva"),
    row(TaxId, "[01]ddd.ddd.ddd", &[Pair { from: 0, to: 8, at: 8, lead: 0 }], Dressed, "btw tva kbo bce ondernemingsnummer"),
    row(TaxId, "CZdddddddd|CZ dddddddd", &[sum("008765432", 11, "10987654321", 9)], Always, "dic"),
    row(TaxId, "CYddddddddl|CY ddddddddl", &[], Always, "vat"),
    row(TaxId, "DEddddddddd|DE ddd ddd ddd|DE ddddddddd", &[Mod1110(2)], Always, "ust* umsatzsteuer* vat"),
    row(TaxId, "ddd/ddd/ddddd|dd/ddd/ddddd|ddd/dddd/dddd|ddddd/ddddd", &[], Never, "steuernummer steuernr st"),
    row(TaxId, "DKdddddddd|DK dddddddd|DK dd dd dd dd", &[zero("0027654321", 11, 0)], Always, "cvr moms"),
    row(TaxId, "dd dd dd dd", &[zero("27654321", 11, 0)], Never, "cvr"),
    row(TaxId, "EEddddddddd|EE ddddddddd", &[sum("0037137137", 10, TEN_LESS, 10)], Always, "kmkr"),
    row(TaxId, "[E][L]ddddddddd|EL ddddddddd", &[sum("00379A5842", 11, SELF_ZERO, 10)], Always, "αφμ afm"),
    row(TaxId, "ESaddddddda|ES addddddda|ES-addddddda", &[Own(firms::spanish_vat)], Always, "nif cif iva"),
    row(TaxId, "[ABCDEFGHJNPQRSUVW]ddddddda|[ABCDEFGHJNPQRSUVW]-ddddddda|[ABCDEFGHJNPQRSUVW]-ddddddd-a", &[Own(firms::spanish_tax)], Dressed, "cif nif"),
    row(TaxId, "FIdddddddd|FI dddddddd", &[sum("0079A5842", 11, ELEVEN, 9)], Always, "alv"),
    row(TaxId, "ddddddd-d", &[sum("79A5842", 11, ELEVEN, 7)], Never, "tunnus ytunnus alv"),
    row(TaxId, "FRaaddddddddd|FR aa ddd ddd ddd|FR aaddddddddd|FRaa ddd ddd ddd", &[luhn(4, 13), Own(firms::french_business)], Always, "tva"),
    row(TaxId, "ddd ddd ddd", &[luhn(0, 9)], Never, "siren rcs"),
    row(TaxId, "ddd ddd ddd ddddd", &[luhn(0, 14)], Never, "siret"),
    row(TaxId, "GBddddddddd|GB ddd dddd dd|GB ddddddddd", &[Own(firms::british_tax)], Always, "vat"),
    row(TaxId, "HRddddddddddd|HR ddddddddddd", &[Mod1110(2)], Always, "oib pdv"),
    row(TaxId, "HUdddddddd|HU dddddddd", &[sum("009731973", 10, TEN_LESS, 9)], Always, "adoszam"),
    row(TaxId, "dddddddd-d-dd", &[sum("9731973", 10, TEN_LESS, 7)], Dressed, "adoszam"),
    row(TaxId, "IEdddddddl|IE dddddddl|IEdddddddl[ABCDEFGHIW]|IE dddddddl[ABCDEFGHIW]", &[Own(firms::irish)], Always, "vat"),
    row(TaxId, "ITddddddddddd|IT ddddddddddd", &[luhn(2, 13)], Always, "partita iva piva"),
    row(TaxId, "ddddddddddd", &[luhn(0, 11)], Never, "partita iva piva"),
    row(TaxId, "LTddddddddd|LT ddddddddd", &[Any(&[&[sum("0012345678", 11, SELF, 10)], &[sum("0034567891", 11, SELF_ZERO, 10)]])], Always, "pvm"),
    row(TaxId, "LUdddddddd|LU dddddddd|LU ddd ddd dd", &[Own(firms::luxembourg)], Always, "tva"),
    row(TaxId, "LV[456789]dddddddddd|LV [456789]dddddddddd", &[sum("0091483A2765", 11, "3210?987654", 12)], Always, "pvn"),
    row(TaxId, "MTdddddddd|MT dddddddd|MT dddd-dddd", &[Own(firms::maltese)], Always, "vat"),
    row(TaxId, "NLdddddddddBdd|NL dddddddddBdd|NL ddd.ddd.ddd.Bdd|NLddd.ddd.ddd.Bdd|NLddddddddd.B.dd", &[Any(DUTCH)], Always, "btw"),
    row(TaxId, "PLdddddddddd|PL dddddddddd|PL ddd-ddd-dd-dd", &[sum("00657234567", 11, SELF, 11)], Always, "nip vat"),
    row(TaxId, "ddddddddd", &[sum("89234567", 11, SELF_ZERO, 8)], Never, "regon"),
    row(TaxId, "PTddddddddd|PT ddddddddd|PT ddd ddd ddd", &[sum("0098765432", 11, ELEVEN_ZERO, 10)], Always, "nif iva"),
    row(TaxId, "ROdddddd|ROddddddd|ROdddddddd|ROddddddddd|ROdddddddddd|RO dddddd|RO ddddddd|RO dddddddd|RO ddddddddd|RO dddddddddd",
        &[Own(firms::romanian)], Always, "cui cif"),
    row(TaxId, "SEdddddddddd01|SE dddddddddd01|SE dddddd-dddd 01", &[luhn(2, 12)], Always, "moms"),
    row(TaxId, "dddddd-dddd", &[In(2, 1, &[(2, 9)]), luhn(0, 10)], Never, "organisationsnummer orgnr orgnummer org"),
    row(TaxId, "SIdddddddd|SI dddddddd", &[sum("008765432", 11, "?0987654321", 9)], Always, "ddv"),
    row(TaxId, "SKdddddddddd|SK dddddddddd|SK ddd ddd dd dd", &[Own(firms::slovak)], Always, "dph"),
    row(TaxId, "BGddddddddd|BG ddddddddd", &[Any(&[&[sum("0012345678", 11, SELF, 10)], &[sum("003456789A", 11, SELF_ZERO, 10)]])], Always, "ддс dds"),
    row(TaxId, "CHE-ddd.ddd.ddd|CHEddddddddd|CHE ddd ddd ddd|CHE-ddd-ddd-ddd", &[sum("00054327654", 11, ELEVEN, 11)], Always, "mwst tva iva uid"),
    row(TaxId, "NOddddddddd|NO ddd ddd ddd|NO ddddddddd", &[sum("0032765432", 11, ELEVEN, 10)], Always, "mva"),
    row(TaxId, "ddd ddd ddd", &[sum("32765432", 11, ELEVEN, 8)], Never, "organisasjonsnummer orgnr mva"),
    // Brazil: digits, and from July 2026 letters too
    row(TaxId, "aa.aaa.aaa/aaaa-dd", &[sum_of("543298765432", 11, ELEVEN_ZERO, 12, 0, 7), sum_of("6543298765432", 11, ELEVEN_ZERO, 13, 0, 7)], Dressed, "cnpj"),
    row(TaxId, "dd-ddddddd", &[In(0, 2, EIN)], Never, "ein fein employer tin"),
    row(TaxId, "ddddddddd[R][CMPTZ]dddd|ddddddddd [R][CMPTZ]dddd", &[luhn(0, 9)], Always, "bn"),
    row(TaxId, "dd ddd ddd ddd", &[zero("A13579BDFHJ", 89, 79)], Dressed, "abn"),
    row(TaxId, "ddd ddd ddd", &[sum("87654321", 10, TEN_LESS, 8)], Never, "acn"),
    row(TaxId, "ddlll[ABCFGHJLPT]lddddlaZa", &[Own(firms::indian_business)], Always, "gstin gst"),
    row(TaxId, "[159ANY]aaaaaaaaaaaaaaaaa", &[Own(firms::chinese_business)], Never, "统一社会信用 uscc"),
    row(TaxId, "ddd-dd-ddddd", &[Own(firms::korean_business)], Dressed, "사업자 brn"),
    row(TaxId, "d-dddd-dddd-dddd|ddddddddddddd", &[Own(firms::japanese_business)], Never, "法人番号"),
    row(TaxId, "dddddddddd", &[Own(firms::turkish_tax)], Never, "vkn vergi"),
    row(TaxId, "dddddddddd", &[sum("24A359468", 11, SELF_ZERO, 9)], Never, "инн inn"),
    row(TaxId, "ddddddddddddd|ddddddddddddddd", &[], Never, "огрн ogrn огрнип"),
    row(TaxId, "dd.ddd.ddd.d-ddd.ddd", &[luhn(0, 9)], Dressed, "npwp"),
    row(TaxId, "ddd-ddd-ddd-ddd|ddd-ddd-ddd-ddddd|ddd-ddd-ddd", &[sum("98765432", 11, SELF, 8)], Never, "tin bir"),
    row(TaxId, "dddddddddd|dddddddddd-ddd", &[sum("971862753", 11, "?9876543210", 9)], Never, "mst thue"),
    row(TaxId, "[12]dddddddddd", &[In(0, 2, &[(10, 10), (15, 17), (20, 20)]), sum("5432765432", 11, ELEVEN_TEN, 10)], Never, "ruc"),
    row(TaxId, "ddddddddd", &[luhn(0, 9)], Never, "ח.פ חפ"),
];
