//! Persons' numbers in northern and eastern Europe and central Asia.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::{Date, In, Own};
use super::super::check::{date, luhn, sum, zero};
use super::{ELEVEN, SELF_ZERO, own, row};
use crate::pii::kind::Kind::NationalId;

/// The signs of Finland's numbers, by the remainder by 31.
const FINLAND: &str = "0123456789ABCDEFHJKLMNPRSTUVWXY";

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Sweden, with the century and without; coordination numbers add 60 to the day
    row(NationalId, "dddddd-dddd", &[Date(0, "yymmdd", &(&[0], &[0, 60])), luhn(0, 10)], Dressed, "personnummer samordningsnummer pnr personnr"),
    row(NationalId, "dddddddd-dddd|dddddddd dddd", &[Date(0, "yyyymmdd", &(&[0], &[0, 60])), luhn(2, 12)], Always, "personnummer samordningsnummer pnr personnr"),
    // Norway; D numbers add 40 to the day
    row(NationalId, "dddddd ddddd|dddddd-ddddd", &[Date(0, "ddmmyy", &(&[0, 40, 80], &[0, 40])), sum("376189452", 11, ELEVEN, 9), sum("5432765432", 11, ELEVEN, 10)],
        Always, "fodselsnummer personnummer fnr fodselsnr"),
    // Denmark; since 2007 some have no check digit
    row(NationalId, "dddddd-dddd", &[date(0, "ddmmyy"), Own(own::danish), zero("4327654321", 11, 0)], Dressed, "cpr personnummer"),
    row(NationalId, "dddddd-dddd", &[date(0, "ddmmyy"), Own(own::danish)], Never, "cpr personnummer"),
    // Finland; the sign of the century is a hyphen or a letter
    row(NationalId, "dddddd-ddda", &[date(0, "ddmmyy"), sum("EK2PI87A1", 31, FINLAND, 9)], Dressed, "hetu henkilotunnus personbeteckning"),
    row(NationalId, "dddddd[ABCDEFUVWXY]ddda", &[date(0, "ddmmyy"), sum("EK2PI807A1", 31, FINLAND, 10)], Always, "hetu henkilotunnus personbeteckning"),
    // Iceland
    row(NationalId, "dddddd-dddd", &[Date(0, "ddmmyy", &(&[0], &[0, 40])), sum("32765432", 11, ELEVEN, 8)], Dressed, "kennitala"),
    // Estonia and Lithuania
    row(NationalId, "[3456]dddddddddd", &[date(1, "yymmdd"), Own(own::baltic)], Always, "isikukood asmens kodas"),
    // Latvia
    row(NationalId, "dddddd-ddddd", &[date(0, "ddmmyy"), sum("16379A5842", 11, "10098765432", 10)], Dressed, "personas kods"),
    row(NationalId, "32dddd-ddddd", &[sum("16379A5842", 11, "10098765432", 10)], Dressed, "personas kods"),
    // Russia: tax number of a person, pension insurance
    row(NationalId, "dddddddddddd", &[sum("724A359468", 11, SELF_ZERO, 10), sum("3724A359468", 11, SELF_ZERO, 11)], Never, "инн inn"),
    row(NationalId, "ddd-ddd-ddd dd|ddd-ddd-ddd-dd|ddd ddd ddd dd", &[Own(own::russian_pension)], Dressed, "снилс snils"),
    // Ukraine
    row(NationalId, "dddddddddd", &[sum("A57946A57", 11, SELF_ZERO, 9)], Never, "rntrc іпн рнокпп ипн инн ідентифікаційний податковий"),
    // Kazakhstan
    row(NationalId, "dddddddddddd", &[date(0, "yymmdd"), In(6, 1, &[(0, 6)]), Own(own::kazakh)], Always, "иин жсн iin"),
];
