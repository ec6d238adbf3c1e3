//! Patients' and practitioners' numbers.

use super::super::Alone::{Always, Dressed, Named, Never};
use super::super::Row;
use super::super::check::Check::{Luhn, Own};
use super::super::check::{luhn, sum, zero};
use super::{ELEVEN, TEN, TEN_LESS, own, row};
use crate::pii::kind::Kind::MedicalId;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // United Kingdom: NHS number
    row(MedicalId, "ddd ddd dddd|ddd-ddd-dddd", &[sum("A98765432", 11, ELEVEN, 9)], Named, "nhs"),
    // United States: national provider identifier (Luhn with 80840 before it), Medicare beneficiary, DEA registration
    row(MedicalId, "[12]ddddddddd|[12]ddd-ddd-ddd|[12]ddd ddd ddd", &[Luhn(0, 10, 24)], Named, "npi provider"),
    row(MedicalId, "[123456789][ACDEFGHJKMNPQRTUVWXY][0123456789ACDEFGHJKMNPQRTUVWXY]d-[ACDEFGHJKMNPQRTUVWXY][0123456789ACDEFGHJKMNPQRTUVWXY]d-\
        [ACDEFGHJKMNPQRTUVWXY][ACDEFGHJKMNPQRTUVWXY]dd", &[], Always, "medicare mbi beneficiary"),
    row(MedicalId, "[ABCDEFGHJKLMPRSTUX]addddddd", &[sum("00121212", 10, TEN, 8)], Named, "dea"),
    // Australia
    row(MedicalId, "[23456]ddd ddddd d|[23456]ddd ddddd d/d|[23456]ddd-ddddd-d|[23456]ddd ddddd d d", &[sum("13791379", 10, TEN, 8)], Dressed, "medicare"),
    // Germany: health insurance number
    row(MedicalId, "lddddddddd", &[Own(own::german_health)], Never, "krankenversicher* versicherten* kvnr gesundheitskarte egk krankenkasse*"),
    // Germany: doctors, practices
    row(MedicalId, "ddddddddd", &[sum("494949", 10, TEN_LESS, 6)], Never, "lanr arztnummer"),
    row(MedicalId, "ddddddddd", &[], Never, "bsnr betriebsstatten*"),
    // Hungary
    row(MedicalId, "ddd ddd ddd|ddd-ddd-ddd", &[sum("37373737", 10, TEN, 8)], Named, "taj"),
    // Canada: Ontario, British Columbia, Quebec
    row(MedicalId, "dddd-ddd-ddd|dddd ddd ddd", &[luhn(0, 10)], Named, "ohip"),
    row(MedicalId, "9ddd ddd ddd|9ddd-ddd-ddd", &[sum("02485A973", 11, ELEVEN, 9)], Named, "phn"),
    row(MedicalId, "llll dddd dddd|lllldddddddd", &[Own(own::quebec)], Never, "ramq maladie"),
    // Brazil, New Zealand
    row(MedicalId, "[12789]dd dddd dddd dddd", &[zero("FEDCBA987654321", 11, 0)], Never, "cns sus"),
    row(MedicalId, "lll dddd|lll ddad", &[], Never, "nhi"),
];
