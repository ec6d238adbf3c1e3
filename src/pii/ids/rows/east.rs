//! Persons' numbers in eastern and southern Asia and Oceania.

use super::super::Alone::{Always, Dressed, Named, Never};
use super::super::Row;
use super::super::check::Check::{Any, Date, In, Own, Verhoeff};
use super::super::check::{date, sum, sum_of, zero};
use super::{ELEVEN_TEN, ELEVEN_ZERO, firms, own, row};
use crate::pii::kind::Kind::{NationalId, TaxId};

/// China's provinces and regions, by the first two digits.
const CHINA: &[(u32, u32)] = &[
    (11, 15),
    (21, 23),
    (31, 37),
    (41, 46),
    (50, 54),
    (61, 65),
    (71, 71),
    (81, 83),
];

/// Malaysia's places of birth.
const MALAYSIA: &[(u32, u32)] = &[(1, 16), (21, 68), (71, 72), (74, 79), (82, 93), (98, 99)];

/// The letters of Singapore's numbers: citizens, foreigners.
const CITIZEN: &str = "JZIHGFEDCBA";
const FOREIGNER: &str = "XWUTRQPNMLK";

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // China: GB 11643-1999
    row(NationalId, "ddddddddddddddddd[0123456789X]|dddddd dddddddd ddd[0123456789X]|dddddd-dddddddd-ddd[0123456789X]",
        &[In(0, 2, CHINA), date(6, "yyyymmdd"), sum("79A584216379A5842", 11, "10X98765432", 17)], Always, "身份证 居民身份 公民身份 身份證 resident"),
    // Japan: individual number
    row(NationalId, "dddd-dddd-dddd|dddd dddd dddd", &[sum("65432765432", 11, ELEVEN_ZERO, 11)], Named, "マイナンバー 個人番号 mynumber my individual"),
    // Korea; numbers of 2020 and later end in chance digits
    row(NationalId, "dddddd-ddddddd", &[date(0, "yymmdd"), In(6, 1, &[(1, 8)]), Any(&[
        &[sum("234567892345", 11, ELEVEN_TEN, 12)], &[In(0, 2, &[(20, 99)]), In(6, 1, &[(3, 4), (7, 8)])]])], Dressed, "주민 외국인 rrn resident"),
    // India: Aadhaar; the permanent account number is a tax number of persons
    row(NationalId, "[23456789]ddd dddd dddd|[23456789]ddd-dddd-dddd", &[Verhoeff], Dressed, "aadhaar aadhar adhar uidai uid आधार"),
    row(NationalId, "lll[ABCFGHJLPT]lddddl", &[], Always, "pan"),
    row(NationalId, "[23456789]ddd dddd dddd dddd|[23456789]ddd-dddd-dddd-dddd", &[Verhoeff], Never, "vid"),
    row(NationalId, "lllddddddd", &[], Never, "epic voter voters elector"),
    // Taiwan, Hong Kong
    row(NationalId, "l[1289]dddddddd", &[Own(own::taiwanese)], Always, "身分證 身份證 統一編號 居留證"),
    row(NationalId, "lddddddd|ldddddd-d|lddddddA|ldddddd-A", &[Own(own::hong_kong)], Never, "hkid 身份證 香港 hong"),
    // Singapore
    row(NationalId, "Sdddddddl", &[sum("02765432", 11, CITIZEN, 8)], Always, "nric fin"),
    row(NationalId, "Tdddddddl", &[sum_of("02765432", 11, CITIZEN, 8, 4, 0)], Always, "nric fin"),
    row(NationalId, "Fdddddddl", &[sum("02765432", 11, FOREIGNER, 8)], Always, "nric fin"),
    row(NationalId, "Gdddddddl", &[sum_of("02765432", 11, FOREIGNER, 8, 4, 0)], Always, "nric fin"),
    row(NationalId, "Mdddddddl", &[sum_of("02765432", 11, "XWUTRQPNJLK", 8, 3, 0)], Always, "nric fin"),
    // Thailand
    row(NationalId, "[12345678]-dddd-ddddd-dd-d|[12345678] dddd ddddd dd d", &[In(1, 2, &[(10, 96)]), sum("DCBA98765432", 11, ELEVEN_TEN, 12)], Dressed, "ประชาชน ประจำตัว thai thailand tnin pin"),
    // Malaysia, Indonesia, Philippines, Vietnam: a date or a province, no check digit
    row(NationalId, "dddddd-dd-dddd", &[date(0, "yymmdd"), In(6, 2, MALAYSIA)], Dressed, "mykad nric ic kad"),
    row(NationalId, "dddddddddddddddd", &[In(0, 2, &[(11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97)]),
        Date(6, "ddmmyy", &(&[0], &[0, 40]))], Never, "nik ktp kependudukan"),
    row(NationalId, "dd-ddddddd-d", &[], Never, "sss"),
    row(NationalId, "dddd-dddd-dddd|dddd-dddd-dddd-dddd", &[], Never, "philsys psn pcn philid umid crn"),
    row(NationalId, "dddddddddddd", &[In(0, 3, &[(1, 96)]), In(3, 1, &[(0, 3)])], Never, "cccd cmnd can cuoc"),
    // Pakistan, Bangladesh, Sri Lanka
    row(NationalId, "[1234567]dddd-ddddddd-d", &[], Dressed, "cnic nic nadra"),
    row(NationalId, "dddddddddd|ddddddddddddd|ddddddddddddddddd", &[], Never, "nid"),
    row(NationalId, "ddddddddd[VX]", &[In(2, 3, &[(1, 366), (501, 866)])], Always, "nic"),
    // Australia: tax file number; New Zealand's is a tax number of persons and businesses
    row(NationalId, "ddd ddd ddd|ddd-ddd-ddd", &[zero("14375869A", 11, 0)], Never, "tfn file"),
    row(TaxId, "ddd-ddd-ddd|ddd ddd ddd|dd-ddd-ddd|dd ddd ddd", &[Own(firms::new_zealand)], Never, "ird inland"),
];
