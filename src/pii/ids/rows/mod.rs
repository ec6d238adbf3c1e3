//! The table: numbers by region, each with the check that its country publishes.

mod africa_asia;
mod americas;
mod banks;
mod east;
mod europe;
mod firms;
mod health;
mod north;
mod own;
mod travel;
mod vat;

use super::check::Check;
use super::{Alone, Row};
use crate::pii::kind::Kind;

/// Every row.
pub(super) fn all() -> impl Iterator<Item = &'static Row> {
    let regions = [
        europe::ROWS,
        north::ROWS,
        east::ROWS,
        americas::ROWS,
        africa_asia::ROWS,
        vat::ROWS,
        health::ROWS,
        banks::ROWS,
        travel::ROWS,
    ];
    regions.into_iter().flatten()
}

/// Words that announce any number of a kind.
pub(super) fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::NationalId => {
            "national nationale nacional nazionale identity identification identite identidad identita identiteit* \
             identifikation* identyfikacyjny citizen ciudadania cidadao personalausweis* ausweis* osobni personal_id \
             social sociale"
        }
        Kind::TaxId => {
            "tax taxpayer steuer* fiscal fiscale fiskal* kdv pajak vergi nalog* налог* impuesto* tributaria"
        }
        Kind::MedicalId => {
            "medical patient* health kranken* versichert* sante salud sanitaria saude medicare insurance"
        }
        _ => "",
    }
}

/// A row of the table.
const fn row(
    kind: Kind,
    forms: &'static str,
    checks: &'static [Check],
    alone: Alone,
    words: &'static str,
) -> Row {
    Row {
        kind,
        forms,
        checks,
        alone,
        words,
    }
}

/// Remainders by 11 to the check digit `11 - r`; none for 10, 0 for 11.
const ELEVEN: &str = "0?987654321";
/// Remainders by 11 to the check digit `11 - r`; 0 for 10 and 11.
const ELEVEN_ZERO: &str = "00987654321";
/// Remainders by 11 to the check digit `(11 - r) mod 10`.
const ELEVEN_TEN: &str = "10987654321";
/// Remainders by 11 that are the check digit; none for 10.
const SELF: &str = "0123456789?";
/// Remainders by 11 that are the check digit; 0 for 10.
const SELF_ZERO: &str = "01234567890";
/// Remainders by 10 that are the check digit.
const TEN: &str = "0123456789";
/// Remainders by 10 to the check digit `10 - r`.
const TEN_LESS: &str = "0987654321";
