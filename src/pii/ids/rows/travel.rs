//! Passports and driving licences. Few have a check, so nearly all need a word.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::{Form, In, Own};
use super::super::check::sum;
use super::{TEN, own, row};
use crate::pii::kind::Kind::{DrivingLicence, Passport};

/// What a passport is called.
const PASSPORT: &str = "passport passports passportno passportnumber passeport passeports pasaporte pasaportes passaporto passaporte \
    reisepass* reisepaß* passnummer passnr ausweisnummer paszport* paspoort* pasaport* pasport* paspor utlevel* identiteitskaart* cestovni* putovnica \
    passinumero passi паспорт* загранпаспорт* διαβατηρι* 여권* 护照* 護照* パスポート* 旅券* جواز पासपोर्ट หนังสือเดินทาง dowod travel";

/// What a driving licence is called.
const LICENCE: &str = "licence license licences licenses licenceno licensenumber driver drivers driving dl dln dlno fuhrerschein* \
    fahrerlaubnis* permis patente carnet conducir conduccion carteira habilitacao cnh habilitacion rijbewijs* korkort* korekort* \
    forerkort* ajokortti* prawo jazdy ridicsky* vodicak* surucu ehliyet* jogositvany* водительск* посвідчення \
    免许* 驾照* 駕照* 驾驶证* 駕駛* 運転免許* 免許* 운전면허* 면허* सारथी ใบขับขี่";

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Germany's carries the check of ICAO 9303 over eight signs.
    row(Passport, "[CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ]\
        [0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ][0123456789CFGHJKLMNPRTVWXYZ]d",
        &[sum("73173173", 10, TEN, 8)], Never, PASSPORT),
    // The rest of the world: letters before digits, Korea, France, the Netherlands, Russia, and digits only.
    row(Passport, "lddddddd|ldddddd|lldddddd|lddddddddd|llddddddd|lldddddddd|llldddddd|[MSRODG]dddldddd|ddllddddd|llaaaaaad|lddddddddl\
        |lddddddddd|ldddddddl|ldddddddd|dddddddd|ddddddddd|dd dd dddddd|dd dddddd|dddd dddddd", &[Form(own::no_date)], Never, PASSPORT),
    // United Kingdom: name, birth with 50 on a woman's month, initials, check signs
    row(DrivingLicence, "aaaaad[0156]ddddaaall", &[Own(own::british_licence)], Always, LICENCE),
    // Korea: region, year, number, check
    row(DrivingLicence, "dd-dd-dddddd-dd|dd dd dddddd dd", &[In(0, 2, &[(11, 28)])], Dressed, LICENCE),
    // Italy, Germany, France, Spain, the Netherlands, Poland, India, Japan, Ireland
    row(DrivingLicence, "[ABCDEFGHIJKLMNOPQRSTUV][ABCDEFGHIJKLMNOPQRSTUV]dddddddl|U1aaaaaaal", &[], Never, LICENCE),
    row(DrivingLicence, "laaaaaaaaad|adddaaaaaad|dddddddddddd|dddddddddd|ddddd/dd/dddd|ll-dd dddddddddddd|ll-ddddddddddddd|lldd dddddddddddd|dddd dddd dddd", &[], Never, LICENCE),
    // Brazil
    row(DrivingLicence, "ddddddddddd", &[], Never, LICENCE),
    // The United States, Canada, Australia
    row(DrivingLicence, "ldddddd|lddddddd|ldddddddd|lddddddddd|lddddddddddd|ldddddddddddd|lddd-dddd-dddd|lddd-dddd-dddd-dd|lddddddddddddd|lldddddd|llddddddd|lldddddd l\
        |ddddddd|dddddddd|ddddddddd|ddd ddd ddd|dd-ddd-dddd|lddd-ddddd-ddddd|ldddd-ddddd-ddddd|ldddd-dddddd-dd|ddllldddd|lll-dd-dddd", &[Form(own::no_date)], Never, LICENCE),
];
