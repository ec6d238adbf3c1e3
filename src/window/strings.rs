//! Where in JSON a place is, as far as can be said while it comes: inside a string, and how deep.

/// What stands at a place of a JSON text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Strings {
    inside: bool,
    escaped: bool,
    depth: u32,
}

impl Strings {
    /// Moves on over `text`; whether an object or array has ended with its last character but for spaces,
    /// that was not part of another.
    pub(super) fn advance(&mut self, text: &str) -> bool {
        let mut ended = false;
        for byte in text.bytes() {
            if self.inside {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.inside = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.inside = true,
                b'{' | b'[' => self.depth = self.depth.saturating_add(1),
                b'}' | b']' => {
                    ended = self.depth == 1;
                    self.depth = self.depth.saturating_sub(1);
                    continue;
                }
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                _ => {}
            }
            ended = false;
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_ends_are_known_however_the_text_is_cut() {
        let text = r#" {"a":"} \" {","b":[1,{"c":2}]} "#;
        for cut in 0..text.len() {
            let mut strings = Strings::default();
            strings.advance(&text[..cut]);
            let ended = strings.advance(&text[cut..]);
            assert_eq!((strings.inside, strings.depth), (false, 0));
            assert_eq!(ended, cut < text.len() - 1, "{cut}");
        }
        let mut strings = Strings::default();
        assert!(!strings.advance(r#"{"a":"x}"#));
        assert!(strings.inside);
    }
}
