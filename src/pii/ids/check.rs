//! The checks that numbers carry: a handful of algorithms, told apart by weights, modulus and map.

/// What must hold for a number. Places count from 0 over letters and digits, separators left out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// A weighted sum whose remainder names the check sign.
    Sum(Sum),
    /// A weighted sum that the modulus divides.
    Zero(Sum),
    /// ISO/IEC 7812-1, annex B, over the places from the first up to before the second; the third is added to
    /// the sum, for a prefix that is not written.
    Luhn(usize, usize, u32),
    /// J. Verhoeff, 1969, over all digits.
    Verhoeff,
    /// ISO/IEC 7064, MOD 11,10, over the places from the first to the end.
    Mod1110(usize),
    /// ISO/IEC 7064, MOD 97-10: the whole number leaves 1.
    Mod97,
    /// The number in the places `from..to`, `lead` before it, and the two digits at `at` make a multiple of 97.
    Pair {
        /// First place of the number.
        from: usize,
        /// Place after the number.
        to: usize,
        /// Place of the two check digits.
        at: usize,
        /// What stands before the number without being written.
        lead: u32,
    },
    /// A date at a place, written as `y`, `m`, `d`, one letter a digit; then what may be added to month and day.
    Date(usize, &'static str, &'static Added),
    /// The digits in the places from the first, so many, lie in one of the ranges.
    In(usize, usize, &'static [(u32, u32)]),
    /// One of several sets of checks.
    Any(&'static [&'static [Check]]),
    /// A rule of one number's own.
    Own(fn(&[u8]) -> bool),
    /// Likewise, but of its form only.
    Form(fn(&[u8]) -> bool),
}

/// What may be added to the month and to the day of a date.
type Added = (&'static [u8], &'static [u8]);

/// A weighted sum over the first places. There are hundreds, so it is small.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum {
    /// The weights from place 0 on, 0 to Z; one that the modulus exceeds.
    weights: &'static str,
    /// The check sign of each remainder; `?` where no number has that remainder.
    map: &'static str,
    modulus: u8,
    /// The place of the check sign.
    at: u8,
    /// What is added to the sum.
    add: u8,
    /// What is added to a letter's value: 0 for A as 10, 7 for A as 17, 27 (less 36) for A as 1.
    letters: u8,
}

/// A sum whose remainder names the sign at `at`.
pub(super) const fn sum(weights: &'static str, modulus: u8, map: &'static str, at: u8) -> Check {
    Check::Sum(Sum {
        weights,
        modulus,
        map,
        at,
        add: 0,
        letters: 0,
    })
}

/// A sum as [`sum`], with `add` added to it and `letters` to each letter's value.
pub(super) const fn sum_of(
    weights: &'static str,
    modulus: u8,
    map: &'static str,
    at: u8,
    add: u8,
    letters: u8,
) -> Check {
    Check::Sum(Sum {
        weights,
        modulus,
        map,
        at,
        add,
        letters,
    })
}

/// A sum, and `add`, that the modulus divides.
pub(super) const fn zero(weights: &'static str, modulus: u8, add: u8) -> Check {
    Check::Zero(Sum {
        weights,
        modulus,
        map: "",
        at: 0,
        add,
        letters: 0,
    })
}

/// Luhn over the places `from..to`.
pub(super) const fn luhn(from: usize, to: usize) -> Check {
    Check::Luhn(from, to, 0)
}

/// A date whose month and day are written as they are.
pub(super) const fn date(at: usize, form: &'static str) -> Check {
    Check::Date(at, form, &(&[0], &[0]))
}

impl Check {
    /// Whether it holds by chance for one number in ten, or for fewer: not a range, a date or what is only no date.
    pub(super) fn has_digit(&self) -> bool {
        !matches!(self, Check::In(..) | Check::Date(..) | Check::Form(_))
    }

    /// Whether the number whose letters and digits have these values passes.
    pub(super) fn passes(&self, values: &[u8]) -> bool {
        match *self {
            Check::Sum(sum) => sum.names(values),
            Check::Zero(sum) => sum.remainder(values) == 0,
            Check::Luhn(from, to, add) => luhn_sum(part(values, from, to))
                .saturating_add(add)
                .is_multiple_of(10),
            Check::Verhoeff => verhoeff(values),
            Check::Mod1110(from) => mod_11_10(part(values, from, values.len())),
            Check::Mod97 => mod_97(values),
            Check::Pair { from, to, at, lead } => {
                let number = rest(part(values, from, to), 97, lead);
                let pair = rest(part(values, at, at.saturating_add(2)), 1000, 0);
                (1..=97).contains(&pair) && number.saturating_add(pair).is_multiple_of(97)
            }
            Check::Date(at, form, (months, days)) => {
                is_date(part(values, at, values.len()), form, months, days)
            }
            Check::In(at, width, ranges) => {
                let number = rest(part(values, at, at.saturating_add(width)), u32::MAX, 0);
                ranges
                    .iter()
                    .any(|(least, most)| (*least..=*most).contains(&number))
            }
            Check::Any(sets) => sets
                .iter()
                .any(|set| set.iter().all(|check| check.passes(values))),
            Check::Own(rule) | Check::Form(rule) => rule(values),
        }
    }
}

impl Sum {
    fn remainder(&self, values: &[u8]) -> u32 {
        let weights = self
            .weights
            .chars()
            .map(|weight| weight.to_digit(36).unwrap_or(0));
        let terms = weights.zip(values).map(|(weight, value)| {
            let value = u32::from(*value);
            let letter = if value > 9 {
                u32::from(self.letters)
            } else {
                0
            };
            let value = value.saturating_add(letter);
            let value = if self.letters == 27 && value > 36 {
                value.saturating_sub(36)
            } else {
                value
            };
            weight.saturating_mul(value)
        });
        terms
            .fold(u32::from(self.add), u32::saturating_add)
            .checked_rem(u32::from(self.modulus))
            .unwrap_or(0)
    }

    fn names(&self, values: &[u8]) -> bool {
        let place = usize::try_from(self.remainder(values)).unwrap_or(usize::MAX);
        let named = self.map.as_bytes().get(place).copied().map(char::from);
        let named = named.and_then(|sign| sign.to_digit(36));
        named.is_some() && named == values.get(usize::from(self.at)).copied().map(u32::from)
    }
}

fn part(values: &[u8], from: usize, to: usize) -> &[u8] {
    values.get(from..to).unwrap_or(&[])
}

/// The remainder of the decimal number, `lead` before it.
pub(super) fn rest(digits: &[u8], modulus: u32, lead: u32) -> u32 {
    let number = digits.iter().fold(u64::from(lead), |number, digit| {
        let number = number.saturating_mul(10).saturating_add(u64::from(*digit));
        number.checked_rem(u64::from(modulus)).unwrap_or(0)
    });
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The sum of Luhn's check, the last digit counted once.
fn luhn_sum(digits: &[u8]) -> u32 {
    let weights = [false, true].into_iter().cycle();
    digits
        .iter()
        .rev()
        .zip(weights)
        .fold(0, |sum, (digit, twice)| {
            let value = u32::from(*digit).saturating_mul(if twice { 2 } else { 1 });
            sum.saturating_add(if value > 9 {
                value.saturating_sub(9)
            } else {
                value
            })
        })
}

/// The products of the dihedral group of ten, row by row.
const PRODUCTS: &[u8; 100] = b"0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210";

/// The powers of Verhoeff's permutation, row by row.
const POWERS: &[u8; 80] =
    b"01234567891576283094580379614289160435279453126870428657390127938064157046913258";

fn verhoeff(digits: &[u8]) -> bool {
    let entry = |table: &[u8], row: u8, column: u8| {
        let place = usize::from(row)
            .saturating_mul(10)
            .saturating_add(usize::from(column));
        table.get(place).map_or(0, |digit| digit.wrapping_sub(b'0'))
    };
    let rows = (0u8..8).cycle();
    let end = digits
        .iter()
        .rev()
        .zip(rows)
        .fold(0, |state, (digit, row)| {
            entry(PRODUCTS, state, entry(POWERS, row, *digit))
        });
    end == 0
}

fn mod_11_10(digits: &[u8]) -> bool {
    let Some((last, front)) = digits.split_last() else {
        return false;
    };
    let product = front.iter().fold(10u32, |product, digit| {
        let sum = product.saturating_add(u32::from(*digit)) % 10;
        let sum = if sum == 0 { 10 } else { sum };
        sum.saturating_mul(2) % 11
    });
    11u32.saturating_sub(product) % 10 == u32::from(*last)
}

/// Whether the number, letters as two digits, leaves 1 by 97.
pub(in crate::pii) fn mod_97(values: &[u8]) -> bool {
    let left = values.iter().fold(0u32, |sum, value| {
        let shifted = sum.saturating_mul(if *value > 9 { 100 } else { 10 });
        shifted.saturating_add(u32::from(*value)) % 97
    });
    left == 1
}

/// Whether the digits begin with a date of that form. A year of two digits is of any century.
pub(super) fn is_date(digits: &[u8], form: &str, months: &[u8], days: &[u8]) -> bool {
    let (mut year, mut month, mut day) = (0u32, 0u32, 0u32);
    for (sign, digit) in form.bytes().zip(digits) {
        let field = match sign {
            b'y' => &mut year,
            b'm' => &mut month,
            _ => &mut day,
        };
        *field = field.saturating_mul(10).saturating_add(u32::from(*digit));
    }
    let long = form.bytes().filter(|sign| *sign == b'y').count() == 4;
    let less = |number: u32, added: &u8| number.checked_sub(u32::from(*added));
    let is_month = |month: u32| (1..=12).contains(&month);
    let month = months
        .iter()
        .find_map(|added| less(month, added).filter(|month| is_month(*month)));
    let most = match month {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        Some(_) => 31,
        None => 0,
    };
    let fits = days
        .iter()
        .any(|added| less(day, added).is_some_and(|day| (1..=most).contains(&day)));
    fits && digits.len() >= form.len() && (!long || (1850..=2035).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(number: &str) -> Vec<u8> {
        let signs = number.chars().filter_map(|sign| sign.to_digit(36));
        signs.map(|value| u8::try_from(value).unwrap()).collect()
    }

    #[test]
    fn published_examples_pass_and_their_neighbours_do_not() {
        let cases = [
            (Check::Verhoeff, "2363", "2364"),
            (Check::Verhoeff, "234123412346", "234123412347"),
            (Check::Mod1110(0), "794623", "794624"),
            (luhn(0, 11), "79927398713", "79927398710"),
            (Check::Mod97, "79444", "79445"),
            (
                sum("79A584216379A5842", 11, "10X98765432", 17),
                "11010519491231002X",
                "110105194912310021",
            ),
        ];
        for (check, right, wrong) in cases {
            assert!(check.passes(&values(right)), "{right} {check:?}");
            assert!(!check.passes(&values(wrong)), "{wrong} {check:?}");
        }
    }

    #[test]
    fn dates() {
        let cases = [
            ("20240229", "yyyymmdd", true),
            ("20240230", "yyyymmdd", false),
            ("18491231", "yyyymmdd", false),
            ("311299", "ddmmyy", true),
            ("310499", "ddmmyy", false),
            ("001299", "ddmmyy", false),
            ("9913", "yymmdd", false),
        ];
        for (digits, form, want) in cases {
            assert_eq!(is_date(&values(digits), form, &[0], &[0]), want, "{digits}");
        }
        assert!(!is_date(&values("996340"), "yymmdd", &[0, 50], &[0, 40]));
        assert!(is_date(&values("996241"), "yymmdd", &[0, 50], &[0, 40]));
    }
}
