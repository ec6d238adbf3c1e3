//! Payment card numbers: ISO/IEC 7812 (Luhn check digit, issuer ranges with their lengths), written
//! bare or in the groups that cards are printed in.

use std::ops::Range;

use super::context;
use super::digits::{Gap, Group, Groups};
use super::text::Text;

/// Words that make a number a card number, in which case the rarer issuers count too.
const WORDS: &[&str] = &[
    "amex",
    "card",
    "cards",
    "carta",
    "carte",
    "cartão",
    "cc",
    "credit",
    "debit",
    "kaart",
    "karta",
    "karte",
    "kort",
    "kreditkarte",
    "maestro",
    "mastercard",
    "pan",
    "tarjeta",
    "uatp",
    "visa",
    "карта",
    "карты",
];

/// How far before the number such a word may stand, in characters.
const REACH: usize = 30;

/// The card number that begins with the first group, the longest if there are several.
pub(super) fn at(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let first = list.first()?;
    if goes_on_before(text, first.start) {
        return None;
    }
    let (_, last) = list.iter().enumerate().rev().find(|(index, last)| {
        let used = list.get(..=*index).unwrap_or(&[]);
        let gap = used.get(1).map(|group| group.gap);
        let after = list.get(index.saturating_add(1)).map(|next| next.gap);
        // Behind a number in slashes or low lines another slash or low line goes on.
        let same = after.is_some() && after == gap && gap != Some(Gap::Space);
        let goes_on = same
            || after == Some(Gap::Dash)
            || text.word_at(last.end)
            || goes_on_after(text, last.end)
            || begins_with(gap, text.before(first.start));
        let next = list.get(index.saturating_add(1));
        let column = gap == Some(Gap::Space) && is_column(text, first.start, next);
        !goes_on
            && !column
            && is_printed_so(used)
            && is_number(text, first.start, groups.digits(last.upto), gap.is_some())
    })?;
    Some(first.start..last.end)
}

/// Whether the digit at `start` continues a decimal or a dashed code. A comma or a slash parts the fields
/// of a list.
fn goes_on_before(text: &Text<'_>, start: usize) -> bool {
    let before = text.before(start);
    let digit_before = text.before(start.saturating_sub(1)).is_ascii_digit();
    matches!(before, b'.' | b'-') && digit_before
}

/// Whether what stands before the first group is what stands between the groups.
fn begins_with(gap: Option<Gap>, before: u8) -> bool {
    matches!(
        (gap, before),
        (Some(Gap::Dot), b'.') | (Some(Gap::Slash), b'/') | (Some(Gap::Low), b'_')
    )
}

/// Whether a spaced number stands among more groups of four, as in a table of codes.
fn is_column(text: &Text<'_>, start: usize, next: Option<&Group>) -> bool {
    let end = start.saturating_sub(1);
    let begin = text.run_back(end, 5, |b| b.is_ascii_alphanumeric());
    let spaced = text.before(start) == b' ' && text.before(begin) != b'-';
    let four = spaced && end.saturating_sub(begin) == 4;
    let before = four
        && text
            .slice(begin, end)
            .contains(|c: char| c.is_ascii_digit());
    let after = next.is_some_and(|next| next.gap == Gap::Space && next.len() == 4);
    (before || after) && !is_announced(text, start)
}

fn goes_on_after(text: &Text<'_>, end: usize) -> bool {
    matches!(text.at(end), b'.' | b'-') && text.at(end.saturating_add(1)).is_ascii_digit()
}

/// Bare, or with one kind of separator: fours with a shorter last group, 4-6-5, 4-6-4, 6-13.
fn is_printed_so(groups: &[Group]) -> bool {
    let Some(second) = groups.get(1) else {
        return true;
    };
    let consistent = groups.iter().skip(1).all(|group| group.gap == second.gap);
    let lengths: Vec<usize> = groups.iter().map(Group::len).collect();
    let printed = match lengths.as_slice() {
        [4, 6, 4 | 5] | [6, 13] => true,
        [fours @ .., 1..=4] => fours.len() >= 2 && fours.iter().all(|len| *len == 4),
        _ => false,
    };
    !matches!(second.gap, Gap::First | Gap::Paren) && consistent && printed
}

fn is_number(text: &Text<'_>, start: usize, digits: &[u8], grouped: bool) -> bool {
    let same = digits.iter().all(|digit| Some(digit) == digits.first());
    if same || !luhn(digits) {
        return false;
    }
    match issuer(digits) {
        Issuer::Known => true,
        Issuer::Rare if grouped && digits.len() == 16 => true,
        Issuer::Rare => is_announced(text, start),
        Issuer::None => false,
    }
}

/// Whether the words before `start` speak of a card.
fn is_announced(text: &Text<'_>, start: usize) -> bool {
    context::announces(text, start, REACH, WORDS)
}

/// The check digit of ISO/IEC 7812-1, annex B.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum = digits
        .iter()
        .rev()
        .zip([false, true].into_iter().cycle())
        .fold(0u32, |sum, (d, twice)| {
            let doubled = u32::from(*d).saturating_mul(if twice { 2 } else { 1 });
            sum.saturating_add(if doubled > 9 {
                doubled.saturating_sub(9)
            } else {
                doubled
            })
        });
    sum % 10 == 0
}

enum Issuer {
    Known,
    /// Issued, but in a range and of a length that many other numbers share.
    Rare,
    None,
}

/// The network whose range and length the number has.
fn issuer(digits: &[u8]) -> Issuer {
    let six = digits.iter().take(6).fold(0u32, |n, d| {
        n.saturating_mul(10).saturating_add((*d).into())
    });
    match (six, digits.len()) {
        // Visa
        (400_000..=499_999, 13 | 16) => Issuer::Known,
        (400_000..=499_999, 19) => Issuer::Rare,
        // Mastercard, both ranges
        (510_000..=559_999 | 222_100..=272_099, 16) => Issuer::Known,
        // American Express
        (340_000..=349_999 | 370_000..=379_999, 15) => Issuer::Known,
        // Diners Club
        (300_000..=305_999 | 309_500..=309_599 | 360_000..=369_999 | 380_000..=399_999, 14) => {
            Issuer::Known
        }
        (300_000..=305_999 | 360_000..=369_999 | 380_000..=399_999, 16) => Issuer::Rare,
        // JCB
        (352_800..=358_999, 16) => Issuer::Known,
        (352_800..=358_999, 17..=19) => Issuer::Rare,
        // Discover
        (601_100..=601_199 | 644_000..=659_999, 16) => Issuer::Known,
        (601_100..=601_199 | 644_000..=659_999, 17..=19) => Issuer::Rare,
        // UnionPay
        (620_000..=629_999 | 810_000..=817_199, 16) => Issuer::Known,
        (620_000..=629_999 | 810_000..=817_199, 17..=19) => Issuer::Rare,
        // Dankort, Mir, Maestro in its own ranges
        (501_900..=501_999 | 220_000..=220_499, 16) => Issuer::Known,
        (500_000..=509_999 | 560_000..=589_999 | 600_000..=699_999, 16) => Issuer::Known,
        (500_000..=509_999 | 560_000..=589_999 | 600_000..=699_999, 12..=19) => Issuer::Rare,
        // UATP
        (100_000..=199_999, 15) => Issuer::Rare,
        _ => Issuer::None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn cards() {
        expect(
            &[Kind::CreditCard],
            &[
                // Numbers that the networks publish for tests.
                "«4111111111111111»",
                "card: «4111 1111 1111 1111», thanks",
                "«4012-8888-8888-1881».",
                "«5555555555554444» and «2223003122003222»",
                "«5105 1051 0510 5100»",
                "«378282246310005» «3714 496353 98431»",
                "«30569309025904» or «3852 000002 3237»",
                "«6011111111111117», «6011 0009 9013 9424»",
                "«3530111333300000»",
                "«6200000000000005»",
                "«6759649826438453»",
                "«4222222222222»",
                "«4111\u{a0}1111\u{a0}1111\u{a0}1111»",
                "«4111 1111 1111 1111» 123",
                "«4111 1111 1111 1111» 12/26",
                "«4012-8888-8888-1881» «4012 8888 8888 1881»",
                "卡号«4111111111111111»。",
                "\"«4111111111111111»\"",
                "bob,«4111111111111111»,9",
                "[«4111111111111111»,«5500000000000004»]",
                "«4111111111111111»/5",
                "«4111.1111.1111.1111»",
                "«4111_1111_1111_1111» and «4111/1111/1111/1111»",
                "«4111 - 1111 - 1111 - 1111»",
                "«4111·1111·1111·1111»",
                "credit card «122000000000003»",
            ],
            &[
                "511F 6140 6143 6144 6145 6146 614A",
                "4111111111111112",
                "4111 1111 1111 1112",
                "4111 1111-1111 1111",
                "41 11 11 11 11 11 11 11",
                "4111  1111 1111 1111",
                "0000000000000000",
                "4444444444444444",
                "14111111111111111",
                "41111111111111111",
                "a4111111111111111",
                "4111111111111111b",
                "3.4111111111111111",
                "4111111111111111.5",
                "4111-1111-1111-1111-1111",
                "1111-4111-1111-1111-1111",
                "1111_4111_1111_1111_1111 4111_1111_1111_1111_1111",
                "a/4111/1111/1111/1111/b4111/1111/1111/1111/1111 ids_4111_1111_1111_1111",
                "[.4111.1111.1111.1111]",
                "12345678-4111-1111-1111-111111111111",
                "0x4111111111111111",
                "122000000000003",
                "1700000000000",
                "490154203237518",
                "8931082101234567896",
                "9781861972712",
            ],
        );
    }
}
