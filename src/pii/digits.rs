//! Digit groups with their separators, as people write long numbers: `4111 1111 1111 1111`,
//! `(415) 555-2671`, `078-05-1120`.

use super::class;
use super::text::Text;

/// More groups than any number that is looked for has.
const MOST_GROUPS: usize = 12;

/// More digits than any number that is looked for has.
const MOST_DIGITS: usize = 24;

/// More separators than may stand between two groups.
const MOST_PARTS: usize = 4;

/// What stands between a group and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: the first group.
    First,
    /// One space, ordinary or no-break.
    Space,
    /// One hyphen or dash, ASCII or typographic.
    Dash,
    /// One full stop.
    Dot,
    /// One slash.
    Slash,
    /// One low line.
    Low,
    /// Parentheses, alone or with one of the above on either side.
    Paren,
    /// A dash or slash with spaces around it.
    Loose,
}

/// How many digits come from `start` on, at most `most`, with nothing between but what may stand within a number. An
/// estimate from above, to leave out early what is too short.
pub(super) fn coming(text: &Text<'_>, start: usize, most: usize) -> usize {
    let (mut digits, mut gap) = (0usize, 0usize);
    text.run(start, |byte| {
        if class::is(byte, class::DIGIT) {
            digits = digits.saturating_add(1);
            gap = 0;
            return digits < most;
        }
        gap = gap.saturating_add(1);
        class::is(byte, class::GAP) && gap <= MOST_PARTS.saturating_mul(SEPARATOR)
    });
    digits
}

/// The most bytes of one separator.
const SEPARATOR: usize = 3;

/// One unbroken run of digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) gap: Gap,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Digits up to the end of this group, those of the groups before it included.
    pub(super) upto: usize,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// The groups that follow one another from some digit on.
pub(super) struct Groups {
    groups: [Group; MOST_GROUPS],
    count: usize,
    digits: [u8; MOST_DIGITS],
    first_end: usize,
}

impl Groups {
    /// Reads the groups from the digit at `start` on. A group that would make too many digits ends
    /// the reading; if it is the first, there are no groups.
    pub(super) fn parse(text: &Text<'_>, start: usize) -> Groups {
        let first_end = text.run(start, |b| b.is_ascii_digit());
        let none = Group {
            gap: Gap::First,
            start,
            end: start,
            upto: 0,
        };
        let mut parsed = Groups {
            groups: [none; MOST_GROUPS],
            count: 0,
            digits: [0; MOST_DIGITS],
            first_end,
        };
        let (mut next, mut upto) = (Some((Gap::First, start)), 0usize);
        for slot in &mut parsed.groups {
            let Some((gap, start)) = next else { break };
            let room = MOST_DIGITS.saturating_sub(upto);
            let end = text.run_to(start, room.saturating_add(1), |b| b.is_ascii_digit());
            if end.saturating_sub(start) > room {
                break;
            }
            let free = parsed.digits.iter_mut().skip(upto);
            for (digit, byte) in free.zip(text.slice(start, end).bytes()) {
                *digit = byte.wrapping_sub(b'0');
            }
            upto = upto.saturating_add(end.saturating_sub(start));
            *slot = Group {
                gap,
                start,
                end,
                upto,
            };
            parsed.count = parsed.count.saturating_add(1);
            next = gap_at(text, end);
        }
        parsed
    }

    /// Where the first run of digits ends, however long it is.
    pub(super) fn first_end(&self) -> usize {
        self.first_end
    }

    /// Where to go on if this is a long list of small numbers (`1 2 3 …`, `1.1.1.…`), in whose first
    /// half nothing can begin.
    pub(super) fn list_half(&self) -> Option<usize> {
        let groups = self.as_slice();
        let gap = groups.get(1)?.gap;
        let even = groups.iter().skip(1).all(|group| group.gap == gap);
        let small = groups.iter().all(|group| group.len() <= 2);
        let full = groups.len() == MOST_GROUPS;
        let half = groups.get(MOST_GROUPS / 2).map(|group| group.start);
        half.filter(|_| even && small && full)
    }

    pub(super) fn as_slice(&self) -> &[Group] {
        self.groups.get(..self.count).unwrap_or(&[])
    }

    /// The first `count` digits, as numbers.
    pub(super) fn digits(&self, count: usize) -> &[u8] {
        self.digits.get(..count).unwrap_or(&[])
    }
}

/// The gap at `i` and where the next digit stands; none where the number cannot go on.
fn gap_at(text: &Text<'_>, i: usize) -> Option<(Gap, usize)> {
    let (mut parts, mut next) = ([Gap::First; MOST_PARTS], i);
    for part in &mut parts {
        if text.at(next).is_ascii_digit() {
            break;
        }
        let (gap, width) = separator(text, next)?;
        *part = gap;
        next = next.saturating_add(width);
    }
    if !text.at(next).is_ascii_digit() {
        return None;
    }
    let parens = parts.iter().filter(|part| **part == Gap::Paren).count();
    let others = parts
        .iter()
        .filter(|part| !matches!(**part, Gap::Paren | Gap::First))
        .count();
    let gap = match parts {
        [Gap::First, ..] => return None,
        [one, Gap::First, ..] => one,
        [Gap::Space, Gap::Dash | Gap::Slash, Gap::Space, Gap::First] => Gap::Loose,
        _ if parens > 0 && others <= 2 => Gap::Paren,
        _ => return None,
    };
    Some((gap, next))
}

/// The separator at `i` and its width in bytes.
fn separator(text: &Text<'_>, i: usize) -> Option<(Gap, usize)> {
    match text.at(i) {
        b' ' => Some((Gap::Space, 1)),
        b'-' => Some((Gap::Dash, 1)),
        b'.' => Some((Gap::Dot, 1)),
        b'/' => Some((Gap::Slash, 1)),
        b'_' => Some((Gap::Low, 1)),
        b'(' | b')' => Some((Gap::Paren, 1)),
        0x80.. => match text.char_at(i)? {
            c @ ('\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{3000}') => {
                Some((Gap::Space, c.len_utf8()))
            }
            c @ '\u{2010}'..='\u{2013}' => Some((Gap::Dash, c.len_utf8())),
            c @ '\u{b7}' => Some((Gap::Dot, c.len_utf8())),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_gaps() {
        use Gap::*;
        let cases: &[(&str, &[(Gap, usize)])] = &[
            ("4111 1111-2222", &[(First, 4), (Space, 4), (Dash, 4)]),
            (
                "1 (415) 555-2671",
                &[(First, 1), (Paren, 3), (Paren, 3), (Dash, 4)],
            ),
            ("12, 34", &[(First, 2)]),
            ("12  34", &[(First, 2)]),
            ("12. 34", &[(First, 2)]),
            ("12 - 34", &[(First, 2), (Loose, 2)]),
            ("12\u{a0}34\u{2011}56", &[(First, 2), (Space, 2), (Dash, 2)]),
            ("1234567890123456789012345", &[]),
            ("12 34567890123456789012345", &[(First, 2)]),
        ];
        for (text, want) in cases {
            let groups = Groups::parse(&Text::new(text), 0);
            let found: Vec<_> = groups.as_slice().iter().map(|g| (g.gap, g.len())).collect();
            assert_eq!(&found, want, "{text}");
        }
    }
}
