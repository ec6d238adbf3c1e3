//! Where in a JSON text a place is while the text comes: in how many strings, each within the JSON of the one
//! before it, as when a tool's argument holds a body in JSON.

use super::quote::{quote, quote_into};

/// So deep is JSON looked for in strings of JSON.
const MOST_LEVELS: usize = 4;

/// A place of a JSON text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nesting {
    /// The text itself, the string that is open in it, and so on.
    levels: Vec<Level>,
}

/// A JSON text, as far as it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Level {
    /// For each open bracket, whether it is of an object.
    open: Vec<bool>,
    next: Next,
    /// An escape that has begun.
    escape: Option<Escape>,
}

/// What may come next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Next {
    /// The text's one value.
    #[default]
    Begin,
    Value,
    /// A value, or the end of an array.
    Item,
    /// A key, or the end of an object.
    Key,
    Colon,
    /// A comma or a bracket.
    Comma,
    /// More of a number or a word.
    Word,
    /// More of a string, which is a key or is not.
    String(bool),
    /// It is no JSON.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    Slash,
    /// So many digits, and what they come to.
    Digits(u8, u32),
}

impl Nesting {
    /// Moves on over `text`.
    pub fn advance(&mut self, text: &str) {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        for char in text.chars() {
            self.take(0, char);
        }
    }

    /// How `value` is written at this place: escaped once for each string that is open here, and once where none is.
    pub fn written(&self, value: &str) -> String {
        let strings = self.strings().max(1);
        (0..strings).fold(value.to_owned(), |value, _| escaped(&value))
    }

    /// The same, in quotes where a value is due: something else stands in place of a number.
    pub fn quoted(&self, value: &str) -> String {
        if !self.is_value_due() {
            return self.written(value);
        }
        (0..self.strings()).fold(quote(value), |value, _| escaped(&value))
    }

    /// Whether a value may begin here: a sign would be a number's.
    pub fn is_value_due(&self) -> bool {
        let innermost = self.levels.get(self.strings()).map(|level| level.next);
        matches!(innermost, Some(Next::Value | Next::Item))
    }

    fn strings(&self) -> usize {
        let inside = |level: &&Level| matches!(level.next, Next::String(_));
        self.levels.iter().take_while(inside).count()
    }

    fn take(&mut self, nth: usize, char: char) {
        let Some(level) = self.levels.get_mut(nth) else {
            return;
        };
        let was_inside = matches!(level.next, Next::String(_));
        let said = level.take(char);
        let is_inside = matches!(level.next, Next::String(_));
        let within = nth.saturating_add(1);
        match (was_inside, is_inside, said) {
            (true, true, Some(said)) => self.take(within, said),
            (true, true, None) => {}
            (_, true, _) if within < MOST_LEVELS => {
                self.levels.truncate(within);
                self.levels.push(Level::default());
            }
            _ => self.levels.truncate(within),
        }
    }
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    quote_into(value, &mut out);
    out
}

impl Level {
    /// Takes a character; within a string, what it says there.
    fn take(&mut self, char: char) -> Option<char> {
        if let Next::String(is_key) = self.next {
            return self.inside(char, is_key);
        }
        let value = |next: Next| matches!(next, Next::Value | Next::Item | Next::Begin);
        self.next = match (char, self.next) {
            (' ' | '\t' | '\r' | '\n', Next::Word) => Next::Comma,
            (' ' | '\t' | '\r' | '\n', own) => own,
            (_, Next::Nothing) => Next::Nothing,
            ('{', next) if value(next) => {
                self.open.push(true);
                Next::Key
            }
            ('[', next) if value(next) => {
                self.open.push(false);
                Next::Item
            }
            // A text that is one string or one number is no more JSON than any other.
            (_, Next::Begin) => Next::Nothing,
            ('"', next) if value(next) => Next::String(false),
            ('"', Next::Key) => Next::String(true),
            (':', Next::Colon) => Next::Value,
            (',', Next::Comma | Next::Word) => match self.open.last() {
                Some(true) => Next::Key,
                Some(false) => Next::Value,
                None => Next::Nothing,
            },
            ('}', Next::Key | Next::Comma | Next::Word) => self.close(true),
            (']', Next::Item | Next::Comma | Next::Word) => self.close(false),
            ('-' | '0'..='9' | 't' | 'f' | 'n', next) if value(next) => Next::Word,
            ('-' | '+' | '.' | '0'..='9' | 'a'..='z' | 'E', Next::Word) => Next::Word,
            _ => Next::Nothing,
        };
        None
    }

    fn close(&mut self, object: bool) -> Next {
        match self.open.pop() {
            Some(own) if own == object => Next::Comma,
            _ => Next::Nothing,
        }
    }

    fn inside(&mut self, char: char, is_key: bool) -> Option<char> {
        match self.escape.take() {
            None if char == '\\' => {
                self.escape = Some(Escape::Slash);
                None
            }
            None if char == '"' => {
                self.next = match is_key {
                    true => Next::Colon,
                    false => Next::Comma,
                };
                None
            }
            None => Some(char),
            Some(Escape::Slash) => match char {
                'u' => {
                    self.escape = Some(Escape::Digits(0, 0));
                    None
                }
                'n' => Some('\n'),
                't' => Some('\t'),
                'r' => Some('\r'),
                own => Some(own),
            },
            Some(Escape::Digits(digits, code)) => {
                let code = code << 4 | char.to_digit(16).unwrap_or_default();
                if digits < 3 {
                    self.escape = Some(Escape::Digits(digits.saturating_add(1), code));
                    return None;
                }
                Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the value in place of `@`, however it is cut.
    fn written(text: &str, made: fn(&Nesting, &str) -> String, value: &str) -> String {
        let (before, after) = text.split_once('@').unwrap();
        let mut whole = Nesting::default();
        whole.advance(before);
        for cut in before.char_indices().map(|(place, _)| place) {
            let mut nesting = Nesting::default();
            nesting.advance(&before[..cut]);
            nesting.advance(&before[cut..]);
            assert_eq!(nesting, whole, "{before} cut at {cut}");
        }
        [before, &made(&whole, value), after].concat()
    }

    #[test]
    fn a_value_is_escaped_once_for_each_string() {
        let value = "a \"b\"\n\\c";
        let nested = |value: &str| serde_json::to_string(value).unwrap();
        let once = nested(value);
        let body = format!("{{\"x\":[1,true,{{\"y\":{once}}}]}}");
        let twice = format!("{{\"n\":2,\"body\":{}}}", nested(&body));
        let thrice = format!("[{{\"k\":-1.5e3}}, {}]", nested(&twice));
        for whole in [body, twice, thrice] {
            let mut inner = once.clone();
            while !whole.contains(&inner) {
                inner = nested(&inner)[1..].strip_suffix('"').unwrap().to_owned();
            }
            let quotes = inner.len() - inner.trim_start_matches(['\\', '"']).len();
            let bare = &inner[quotes..inner.len() - quotes];
            for made in [Nesting::written, Nesting::quoted] {
                assert_eq!(written(&whole.replace(bare, "@"), made, value), whole);
            }
            // Where a value is due it has quotes of its own.
            let number = whole.replace(&inner, "@");
            assert_eq!(written(&number, Nesting::quoted, value), whole);
            assert_eq!(
                written(&number, Nesting::written, "7"),
                number.replace('@', "7")
            );
        }
    }

    #[test]
    fn a_text_with_quotes_or_brackets_in_it_is_a_text() {
        for before in [
            r#"{"a":"he said \"@\" and"}"#,
            r#"{"a":"[note] @"}"#,
            r#"{"a":"{name} is \"@\""}"#,
            r#"{"a":"[1, 2] and @"}"#,
            r#"{"a":"\"@\""}"#,
            r#"{"a":"{ @"}"#,
            r#"{"a":"[1] @"}"#,
        ] {
            for made in [Nesting::written, Nesting::quoted] {
                let whole = written(before, made, "\"");
                assert_eq!(whole, before.replace('@', "\\\""));
            }
        }
        // What is no JSON at all is taken for a part of it.
        assert_eq!(written("Here: @", Nesting::quoted, "\""), "Here: \\\"");
        assert_eq!(written("@", Nesting::quoted, "\n"), "\\n");
    }
}
