//! Persons' numbers in Africa and western Asia.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::In;
use super::super::check::{date, luhn, sum};
use super::row;
use crate::pii::kind::Kind::NationalId;

/// Egypt's governorates.
const EGYPT: &[(u32, u32)] = &[(1, 4), (11, 19), (21, 29), (31, 35), (88, 88)];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // South Africa
    row(NationalId, "dddddd dddd ddd|dddddd dddd dd d", &[date(0, "yymmdd"), In(10, 1, &[(0, 2)]), luhn(0, 13)], Always, "south african rsa"),
    // Nigeria, Ghana, Egypt
    row(NationalId, "ddddddddddd|dddd-ddd-dddd", &[], Never, "nin nimc"),
    row(NationalId, "lddddddddddddd|ldddddddddddda", &[date(1, "ddmmyy"), sum("EDCBA98765432", 17, "0GFEDCBA987654321", 13)], Always, "mauritian mauritius nic nid"),
    row(NationalId, "GHA-ddddddddd-d", &[], Dressed, "ghana"),
    row(NationalId, "[23]ddddddddddddd", &[date(1, "yymmdd"), In(7, 2, EGYPT)], Always, "القومي قومي egyptian"),
    // Israel
    row(NationalId, "ddddddddd|dddddddd-d", &[luhn(0, 9)], Never, "teudat zehut זהות תז ת israeli"),
    // Saudi Arabia, Emirates, Kuwait, Iran
    row(NationalId, "[12]ddddddddd", &[luhn(0, 10)], Never, "iqama saudi الهوية هوية اقامة الاقامة الوطنية"),
    row(NationalId, "784-dddd-ddddddd-d", &[luhn(0, 15)], Always, "emirates الهوية"),
    row(NationalId, "[23]ddddddddddd", &[date(1, "yymmdd"), sum("216379A5842", 11, "??987654321", 11)], Always, "civil kuwait المدنية"),
    row(NationalId, "ddd-dddddd-d", &[sum("A98765432", 11, "01987654321", 9)], Dressed, "melli ملی"),
];
