//! Accounts and routing numbers of single countries. Numbers without a check count only where a word of theirs
//! stands near.

use super::super::Alone::{Always, Dressed, Never};
use super::super::Row;
use super::super::check::Check::{In, Own};
use super::super::check::{sum, zero};
use super::{ELEVEN, TEN_LESS, own, row};
use crate::pii::kind::Kind::BankAccount;

/// Prefixes of the American Bankers Association's routing numbers.
const ROUTING: &[(u32, u32)] = &[(0, 12), (21, 32), (61, 72), (80, 80)];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(BankAccount, "ddddddddd|dddd-dddd-d|dddd dddd d", &[In(0, 2, ROUTING), zero("371371371", 10, 0)], Never, "routing aba rtn transit ach"),
    // Mexico: CLABE; Argentina: CBU
    row(BankAccount, "ddd ddd ddddddddddd d|dddddddddddddddddd", &[sum("37137137137137137", 10, TEN_LESS, 17)], Never, "clabe interbancaria"),
    row(BankAccount, "dddddddddddddddddddddd|dddddddd dddddddddddddd", &[sum("7139713", 10, TEN_LESS, 7), sum("000000003971397139713", 10, TEN_LESS, 21)], Always, "cbu"),
    // Spain: bank, branch, two check digits, account; Norway; Czechia and Slovakia: prefix, account, bank; New Zealand: bank, branch, account, suffix
    row(BankAccount, "dddd dddd dd dddddddddd|dddd-dddd-dd-dddddddddd", &[Own(own::spanish_account)], Always, "ccc cuenta"),
    row(BankAccount, "dddd dd ddddd|dddd.dd.ddddd", &[sum("5432765432", 11, ELEVEN, 10)], Dressed, "kontonr kontonummer konto"),
    row(BankAccount, "dddddddddd/dddd|dd-dddddddddd/dddd|ddd-dddddddddd/dddd|dddd-dddddddddd/dddd|ddddd-dddddddddd/dddd|dddddd-dddddddddd/dddd",
        &[Own(own::czech_account)], Dressed, "ucet uctu ucet* konto account"),
    row(BankAccount, "dd-dddd-ddddddd-dd|dd-dddd-ddddddd-ddd", &[], Dressed, "account bank"),
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
