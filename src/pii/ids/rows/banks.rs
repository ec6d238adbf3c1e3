//! Accounts and routing numbers of single countries. Numbers without a check count only where a word of theirs
//! stands near.

use super::super::Alone::{Always, Never};
use super::super::Row;
use super::super::check::Check::In;
use super::super::check::{sum, zero};
use super::{TEN_LESS, row};
use crate::pii::kind::Kind::BankAccount;

/// Prefixes of the American Bankers Association's routing numbers.
const ROUTING: &[(u32, u32)] = &[(0, 12), (21, 32), (61, 72), (80, 80)];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(BankAccount, "ddddddddd|dddd-dddd-d|dddd dddd d", &[In(0, 2, ROUTING), zero("371371371", 10, 0)], Never, "routing aba rtn transit ach"),
    // Mexico: CLABE; Argentina: CBU
    row(BankAccount, "ddd ddd ddddddddddd d|dddddddddddddddddd", &[sum("37137137137137137", 10, TEN_LESS, 17)], Never, "clabe interbancaria"),
    row(BankAccount, "dddddddddddddddddddddd|dddddddd dddddddddddddd", &[sum("7139713", 10, TEN_LESS, 7), sum("000000003971397139713", 10, TEN_LESS, 21)], Always, "cbu"),
    // United Kingdom: sort code; Australia: BSB; India: IFSC; Germany: BLZ; Canada: transit
    row(BankAccount, "dd-dd-dd|dd dd dd", &[], Never, "sort"),
    row(BankAccount, "ddd-ddd", &[], Never, "bsb"),
    row(BankAccount, "llll0aaaaaa", &[], Never, "ifsc"),
    row(BankAccount, "dddddddd|ddd ddd dd", &[], Never, "blz bankleitzahl"),
    row(BankAccount, "ddddd-ddd", &[], Never, "transit"),
    // Account numbers
    row(BankAccount, "dddddd|ddddddd|dddddddd|ddddddddd|dddddddddd|ddddddddddd|dddddddddddd|ddddddddddddd|dddddddddddddd|\
        ddddddddddddddd|dddddddddddddddd|ddddddddddddddddd|dddd dddd|dddd-dddd", &[], Never,
        "account acct a/c checking savings konto kontonummer kontonr compte cuenta conta conto rekening счет счета 口座 账号 账户 계좌"),
];
