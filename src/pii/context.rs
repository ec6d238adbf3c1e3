//! The words before a value, which decide what a bare number is.

use super::text::Text;

/// How far back a word may begin, in bytes, whatever the number of characters: four bytes each.
const BYTES_PER_CHAR: usize = 4;

/// What one word says of the value after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Say {
    /// It is one.
    Yes,
    /// It is something else.
    No,
    /// Nothing: ask the word before.
    Nothing,
}

/// Asks the words before `end`, nearest first and lower-cased, until one says something.
///
/// Looks back over `reach` characters. A word is a run of letters; `_`, digits, punctuation and
/// line ends separate words. Answers whether a word said [`Say::Yes`].
pub(super) fn says(
    text: &Text<'_>,
    end: usize,
    reach: usize,
    mut ask: impl FnMut(&str) -> Say,
) -> bool {
    let bytes = reach.saturating_mul(BYTES_PER_CHAR);
    let mut floor = end.saturating_sub(bytes);
    while !text.as_str().is_char_boundary(floor) {
        floor = floor.saturating_add(1);
    }
    let mut before = text.slice(floor, end).chars().rev();
    let mut word = String::new();
    for c in before.by_ref().take(reach) {
        if c.is_alphabetic() {
            word.extend(c.to_lowercase().rev());
            continue;
        }
        match said(&word, &mut ask) {
            Say::Yes => return true,
            Say::No => return false,
            Say::Nothing => word.clear(),
        }
    }
    // What is left of a word that begins further back is another word.
    let whole = !before.next().is_some_and(char::is_alphabetic);
    whole && said(&word, &mut ask) == Say::Yes
}

/// What a word says that was gathered backwards.
fn said(word: &str, ask: &mut impl FnMut(&str) -> Say) -> Say {
    match word {
        "" => Say::Nothing,
        word => ask(&word.chars().rev().collect::<String>()),
    }
}

/// Whether one of `words`, which are sorted, stands within reach before `start`.
pub(super) fn announces(text: &Text<'_>, start: usize, reach: usize, words: &[&str]) -> bool {
    says(text, start, reach, |word| match among(words, word) {
        true => Say::Yes,
        false => Say::Nothing,
    })
}

/// Whether `word` is in the sorted `list`.
pub(super) fn among(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_word_decides() {
        let cases = [
            ("phone: ", true),
            ("Phone number is ", true),
            ("order (not a phone) of order ", false),
            ("phone for order ", false),
            ("phone_number=", true),
            ("TÉLÉPHONE : ", true),
            ("phone, and then so many words that it is far away ", false),
            ("headphone ", false),
            ("", false),
        ];
        for (before, want) in cases {
            let ask = |word: &str| match word {
                "phone" | "téléphone" => Say::Yes,
                "order" => Say::No,
                _ => Say::Nothing,
            };
            let text = Text::new(before);
            assert_eq!(says(&text, before.len(), 30, ask), want, "{before}");
        }
    }
}
