//! Lists of words in one string, sorted by their bytes, a space around each.

/// Whether `word` is in the list.
pub(super) fn has(list: &str, word: &str) -> bool {
    let bytes = list.as_bytes();
    let is_space = |byte: &u8| *byte == b' ';
    let (mut from, mut to) = (0, bytes.len());
    while from < to {
        let middle = from.midpoint(to);
        let before = bytes.get(from..middle).unwrap_or(&[]);
        let begin = before.iter().rposition(is_space);
        let begin = begin.map_or(from, |space| from.saturating_add(space).saturating_add(1));
        let own = bytes.get(begin..to).unwrap_or(&[]);
        let own = own.split(is_space).next().unwrap_or(&[]);
        match own.cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => from = begin.saturating_add(own.len()).saturating_add(1),
            std::cmp::Ordering::Greater => to = begin,
        }
    }
    false
}

/// Whether the words of the list stand in the order in which [`has`] looks for them.
#[cfg(test)]
pub(super) fn is_sorted(list: &str) -> bool {
    let words = list.split_ascii_whitespace().map(str::as_bytes);
    words.is_sorted() && !list.contains("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        let list = " anna ben bo carla dan é ";
        for word in ["anna", "ben", "bo", "carla", "dan", "é"] {
            assert!(has(list, word), "{word}");
        }
        for word in ["ann", "b", "benn", "zoe", "a", "anna ben"] {
            assert!(!has(list, word), "{word}");
        }
        assert!(!has("", "anna") && !has(" ", "anna") && has("anna", "anna"));
        assert!(is_sorted(list));
    }
}
