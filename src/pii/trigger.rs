//! Which byte wakes which detector: one table of 256, built from the kinds wanted, and for each trigger the
//! list of what then looks. A kind that is not wanted is in no list and costs nothing.

use std::ops::Range;

use super::digits::Groups;
use super::ip::IpRanges;
use super::kind::{Kind, Kinds};
use super::text::Text;
use super::{bic, card, coordinates, crypto, fold, ids, people, phone, secret, ssn, vin};

/// `@`, and `%` for `%40`: an email address around it.
pub(super) const AT: u8 = 1;
/// A digit: all numbers, and all codes with a number in them.
pub(super) const DIGIT: u8 = 2;
/// `:`: a data URI or an IPv6 address.
pub(super) const COLON: u8 = 4;
/// `+`: an international phone number.
pub(super) const PLUS: u8 = 8;
/// The byte of a credential's prefix.
pub(super) const SECRET: u8 = 16;
/// A capital of ASCII: where it begins a word, names and codes without digits.
pub(super) const CAPITAL: u8 = 32;
/// What stands between the groups of a hardware address.
pub(super) const MAC: u8 = 64;
/// The first byte of a character that may stand for another.
pub(super) const FOLD: u8 = 128;

/// What looks at a number that begins with the first of the groups, where no word goes on before it.
pub(super) type AtNumber = fn(&Text<'_>, &Groups) -> Option<Range<usize>>;

/// What looks at a word that begins with the capital at the offset.
pub(super) type AtWord = fn(&Text<'_>, usize) -> Option<Range<usize>>;

/// What looks at a word of ASCII letters and digits with a digit in it.
pub(super) type AtCode = fn(&Text<'_>, &Range<usize>) -> Option<Range<usize>>;

/// What looks at numbers of one kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) kind: Kind,
    pub(super) look: AtNumber,
    /// The fewest digits that such a number has, with nothing but separators between.
    pub(super) fewest: usize,
}

const fn number(kind: Kind, look: AtNumber, fewest: usize) -> Number {
    Number { kind, look, fewest }
}

/// What looks at every number, by kind.
const NUMBERS: &[Number] = &[
    number(Kind::CreditCard, card::at, 12),
    number(Kind::UsSsn, ssn::at, 9),
    number(Kind::Phone, phone::national, 5),
    number(Kind::DateOfBirth, people::birth, 1),
    number(Kind::Address, people::address, 1),
    number(Kind::Coordinates, coordinates::at, 1),
];

/// What looks at every word with a digit, by kind.
const CODES: &[(Kind, AtCode)] = &[(Kind::Crypto, crypto::at), (Kind::Vin, vin::at)];

/// What looks at every word with a capital, by kind.
const WORDS: &[(Kind, AtWord)] = &[(Kind::Bic, bic::at), (Kind::Person, people::name)];

/// The kinds that a digit may belong to.
const WITH_DIGITS: &[Kind] = &[
    Kind::Phone,
    Kind::CreditCard,
    Kind::Iban,
    Kind::UsSsn,
    Kind::Ip,
    Kind::DateOfBirth,
    Kind::Address,
    Kind::Crypto,
    Kind::Vin,
    Kind::Coordinates,
];

/// The table, the lists, and the kinds they were built from.
#[derive(Debug, Clone)]
pub(super) struct Triggers {
    table: [u8; 256],
    wanted: Kinds,
    pub(super) numbers: Vec<Number>,
    /// The fewest digits of which one of these takes notice.
    pub(super) fewest: usize,
    pub(super) codes: Vec<(Kind, AtCode)>,
    pub(super) words: Vec<(Kind, AtWord)>,
    /// The country whose telephone numbers need no word before them.
    pub(super) region: Option<phone::Plan>,
    /// The IP addresses that are looked for.
    pub(super) ip: IpRanges,
    /// The numbers of countries, offices and banks, if one of their kinds is wanted.
    pub(super) ids: Option<ids::Table>,
}

impl Triggers {
    pub(super) fn new(kinds: &[Kind]) -> Triggers {
        let wanted = Kinds::of(kinds);
        let mut table = [0u8; 256];
        let mut set = |bytes: &[u8], trigger: u8| {
            for &byte in bytes {
                if let Some(slot) = table.get_mut(usize::from(byte)) {
                    *slot |= trigger;
                }
            }
        };
        if wanted.any(&[Kind::Email, Kind::UrlCredentials]) {
            set(b"@", AT);
        }
        if wanted.has(Kind::Email) {
            set(b"%", AT);
        }
        let ids = wanted.any(ids::KINDS).then(|| ids::Table::new(wanted));
        if wanted.any(WITH_DIGITS) || ids.is_some() {
            set(b"0123456789", DIGIT);
        }
        if wanted.has(Kind::Phone) {
            set(b"+", PLUS);
        }
        if wanted.has(Kind::Secret) {
            set(secret::TRIGGERS, SECRET);
        }
        if wanted.has(Kind::Mac) {
            set(b":-.", MAC);
        }
        if !wanted.is_empty() {
            set(fold::LEADS, FOLD);
        }
        set(b":", COLON);
        let own = |kind: &Kind| wanted.has(*kind);
        let numbers = NUMBERS.iter().filter(|number| own(&number.kind)).copied();
        let numbers: Vec<_> = numbers.collect();
        let fewest = numbers.iter().map(|number| number.fewest);
        let address = wanted.has(Kind::Ip).then_some(4);
        let fewest = fewest.chain(address).min().unwrap_or(usize::MAX);
        let codes = CODES.iter().filter(|(kind, _)| own(kind)).copied();
        let words: Vec<_> = WORDS
            .iter()
            .filter(|(kind, _)| own(kind))
            .copied()
            .collect();
        if !words.is_empty() {
            set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", CAPITAL);
        }
        Triggers {
            table,
            wanted,
            numbers,
            fewest,
            codes: codes.collect(),
            words,
            region: None,
            ip: IpRanges::default(),
            ids,
        }
    }

    /// Whether no built-in kind is wanted.
    pub(super) fn none(&self) -> bool {
        self.wanted.is_empty()
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.wanted.has(kind)
    }

    /// The triggers of a byte, a bit each.
    #[inline(always)]
    pub(super) fn of(&self, byte: u8) -> u8 {
        self.table.get(usize::from(byte)).copied().unwrap_or(0)
    }
}
