//! What a text says is said by somebody else, or talked about: words between quotation marks.
//!
//! A text that is nothing but a quotation is none, nor is a string of JSON: it is what there is to read.

/// How far a quotation reaches at the most, in bytes.
const LONGEST: usize = 400;

/// How soon something comes after a quotation that a text begins with, in characters.
const MORE: usize = 16;

/// What stands for a word among the signs.
const WORD: char = 'a';

/// The open quotation, if any.
#[derive(Debug)]
pub(super) struct Quotes {
    /// The last two signs, white space apart.
    before: [char; 2],
    /// White space came after them.
    apart: bool,
    /// What ends the quotation, and at which place it begins.
    open: Option<(char, u32)>,
}

impl Quotes {
    pub(super) fn new() -> Self {
        Self {
            before: ['\n'; 2],
            apart: false,
            open: None,
        }
    }

    /// The place of the last word before the quotation.
    pub(super) fn since(&self) -> Option<u32> {
        self.open.map(|(_, place)| place)
    }

    /// A sign between words, with what follows it: whether a quotation begins. `place` is that of the last word.
    pub(super) fn sign(&mut self, char: char, after_word: bool, rest: &str, place: u32) -> bool {
        let [_, last] = self.before;
        if after_word {
            self.before = [last, WORD];
        }
        if char.is_whitespace() {
            self.apart = true;
            return false;
        }
        let apart = std::mem::take(&mut self.apart) && !after_word;
        let before = self.before;
        let [_, last] = before;
        self.before = [last, char];
        if let Some((end, _)) = self.open {
            if ends(char, end, rest) {
                self.open = None;
            }
            return false;
        }
        let Some(end) = closing(char) else {
            return false;
        };
        let attribute = matches!(before, [_, '=']) && !apart;
        let data = attribute || matches!(before, [_, '{' | '['] | ['"', ':' | ',']);
        let within = after_word && char == end;
        if data || within || !closes(char, end, rest, place == 0) {
            return false;
        }
        self.open = Some((end, place));
        true
    }
}

/// What ends a quotation that begins with this.
fn closing(char: char) -> Option<char> {
    Some(match char {
        '"' | '`' | '\'' => char,
        '“' | '”' => '”',
        '„' => '“',
        '‘' => '’',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        _ => return None,
    })
}

/// Whether `char` ends what `end` does; an apostrophe in a word ends nothing.
fn ends(char: char, end: char, rest: &str) -> bool {
    let alike = char == end || matches!((end, char), ('“', '”' | '"') | ('”', '"'));
    let within = matches!(char, '\'' | '’') && rest.starts_with(char::is_alphanumeric);
    alike && !within
}

/// Whether the quotation ends, and something comes after it where that matters.
fn closes(char: char, end: char, rest: &str, more: bool) -> bool {
    if char == '\'' && !rest.starts_with(char::is_alphanumeric) {
        return false;
    }
    let mut after = rest.char_indices().take_while(|(at, _)| *at < LONGEST);
    let closed = after.find_map(|(at, char)| {
        let next = rest.get(at.saturating_add(char.len_utf8())..)?;
        ends(char, end, next).then_some(next)
    });
    closed.is_some_and(|next| !more || next.chars().take(MORE).any(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    /// The words that are quoted.
    fn quoted(text: &str) -> Vec<&str> {
        let mut quotes = Quotes::new();
        let (mut found, mut begin, mut place) = (Vec::new(), None, 0);
        for (at, char) in text.char_indices() {
            let apostrophe = char == '\''
                && text[at + 1..].starts_with(char::is_alphanumeric)
                && begin.is_some();
            if char.is_alphanumeric() || apostrophe {
                begin = begin.or(Some(at));
                continue;
            }
            let word = begin.take();
            if let Some(begin) = word {
                place += 2;
                if quotes.since().is_some() {
                    found.push(&text[begin..at]);
                }
            }
            let rest = &text[at + char.len_utf8()..];
            quotes.sign(char, word.is_some(), rest, place);
        }
        found
    }

    #[test]
    fn what_stands_between_marks_is_quoted() {
        for (text, expected) in [
            ("say \"a b\" c.", "a b"),
            ("say 'don't go' c.", "don't go"),
            ("say “a b” c „d“ e «f» g.", "a b d f"),
            ("他说「a」b.", "a"),
            ("f(\"a b\", \"c\").", "a b"),
            ("the guests' room, the boys' bags.", ""),
            ("\"a b\" c.", "a b"),
            ("\"a b.\"", ""),
            ("{\"a\": \"b c\", \"d\": [\"e\"]}.", ""),
            ("<a title=\"b c\">.", ""),
            ("t = \"b c\";", "b c"),
            ("say \"a b c.", ""),
        ] {
            assert_eq!(
                quoted(text),
                expected.split_whitespace().collect::<Vec<_>>(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_quotation_without_an_end_is_none() {
        let text = format!("say \"{}\".", "a ".repeat(300));
        assert_eq!(quoted(&text), Vec::<&str>::new());
    }
}
