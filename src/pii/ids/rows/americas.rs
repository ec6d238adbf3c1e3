//! Persons' numbers in the Americas.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::{In, Own};
use super::super::check::{date, luhn, sum};
use super::{ELEVEN_ZERO, TEN_LESS, own, row};
use crate::pii::kind::Kind::{NationalId, TaxId, UsItin};

/// The fourth and fifth digits of a United States individual taxpayer number, as the IRS issues them.
const ITIN: &[(u32, u32)] = &[(50, 65), (70, 88), (90, 92), (94, 99)];

/// What Argentina's tax numbers begin with.
const ARGENTINA: &[(u32, u32)] = &[(20, 20), (23, 27), (30, 30), (33, 34)];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(UsItin, "9dd-dd-dddd|9dd dd dddd", &[In(3, 2, ITIN)], Dressed, "itin taxpayer individual"),
    row(UsItin, "9dd-dddddd|9dddd-dddd", &[In(3, 2, ITIN)], Never, "itin taxpayer individual"),
    // Canada
    row(NationalId, "[012345679]dd-ddd-ddd", &[luhn(0, 9)], Dressed, "sin nas insurance assurance"),
    // Brazil: persons, workers
    row(NationalId, "ddd.ddd.ddd-dd", &[sum("A98765432", 11, ELEVEN_ZERO, 9), sum("BA98765432", 11, ELEVEN_ZERO, 10)], Always, "cpf contribuinte"),
    row(NationalId, "ddd.ddddd.dd-d", &[sum("3298765432", 11, ELEVEN_ZERO, 10)], Dressed, "pis pasep nis nit"),
    // Mexico: population registry, social security
    row(NationalId, "lllldddddd[HMX]lllllad", &[date(4, "yymmdd"), Own(own::mexican)], Always, "curp"),
    row(NationalId, "llllll dddddd dd [HM] ddd", &[date(6, "yymmdd")], Always, "elector"),
    row(NationalId, "ddddddddddd|dd-dd-dd-dddd-d|dd dd dd dddd d", &[luhn(0, 11)], Never, "nss imss"),
    row(TaxId, "lllldddddd aaa|lllldddddd-aaa|llll-dddddd-aaa|llll dddddd aaa", &[date(4, "yymmdd"), Own(own::mexican_tax)], Always, "rfc"),
    row(TaxId, "lllldddddd aaa|llll-dddddd|llll-dddddd-aaa|llll dddddd aaa", &[date(4, "yymmdd")], Never, "rfc"),
    row(TaxId, "lll dddddd aaa|lll-dddddd-aaa|llldddddd aaa|llldddddd-aaa", &[date(3, "yymmdd"), Own(own::mexican_tax)], Always, "rfc"),
    // Argentina
    row(NationalId, "dd-dddddddd-d", &[In(0, 2, ARGENTINA), sum("5432765432", 11, "09987654321", 10)], Dressed, "cuit cuil"),
    row(NationalId, "dd.ddd.ddd", &[], Never, "dni documento"),
    // Chile
    row(NationalId, "dd.ddd.ddd-[0123456789K]|dddddddd-[0123456789K]", &[sum("32765432", 11, "0K987654321", 8)], Dressed, "rut run"),
    row(NationalId, "CL dd.ddd.ddd-[0123456789K]|CL dddddddd-[0123456789K]", &[sum("0032765432", 11, "0K987654321", 10)], Always, "rut run"),
    row(NationalId, "d.ddd.ddd-[0123456789K]|ddddddd-[0123456789K]", &[sum("2765432", 11, "0K987654321", 7)], Dressed, "rut run"),
    // Colombia
    row(NationalId, "ddd.ddd.ddd-d|ddddddddd-d", &[sum("847186273", 11, "01987654321", 9)], Dressed, "nit"),
    row(NationalId, "d.ddd.ddd.ddd|dd.ddd.ddd", &[], Never, "cedula ciudadania"),
    // Ecuador, Peru, Uruguay, Dominican Republic, El Salvador, Costa Rica
    row(NationalId, "ddddddddd-d", &[In(0, 2, &[(1, 24), (30, 30)]), In(2, 1, &[(0, 5)]), luhn(0, 10)], Never, "cedula"),
    row(NationalId, "dddddddd", &[], Never, "dni"),
    row(NationalId, "d.ddd.ddd-d", &[sum("2987634", 10, TEN_LESS, 7)], Dressed, "cedula ci"),
    row(NationalId, "ddd-ddddddd-d", &[luhn(0, 11)], Dressed, "cedula"),
    row(NationalId, "dddddddd-d", &[sum("98765432", 10, TEN_LESS, 8)], Never, "dui"),
    row(NationalId, "d-dddd-dddd|0d-dddd-dddd", &[], Never, "cedula cpf"),
    row(NationalId, "1ddddddddddd|1dddddddddd", &[], Never, "dimex"),
    // Peru: identity document with its check digit; Cuba; Venezuela
    row(NationalId, "dddddddd-d", &[sum("32765432", 11, "65432110987", 8)], Never, "cui dni"),
    row(NationalId, "ddddddddddd", &[date(0, "yymmdd")], Never, "identidad carne carnet ni"),
    row(NationalId, "[VE]-dd.ddd.ddd|[VE]-d.ddd.ddd|[VE]-dddddddd", &[], Never, "cedula"),
];
