//! Input that is given in tokens.

use crate::tokens::{Counter, Encoding};

/// What lists of tokens say, each on lines of its own.
pub(in crate::stage) fn text(encoding: Encoding, lists: &[Vec<u32>]) -> String {
    let mut line_end = Vec::new();
    Counter::new().encode(encoding, "\n\n", &mut line_end);
    // To decode costs a walk through the vocabulary, however little it is.
    let all = lists.join(line_end.as_slice());
    String::from_utf8_lossy(&encoding.decode(&all)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read() {
        let mut lists = vec![Vec::new(), Vec::new()];
        for (text, list) in ["ada@example.com", "é 日本"].into_iter().zip(&mut lists) {
            Counter::new().encode(Encoding::Cl100kBase, text, list);
        }
        assert_eq!(
            text(Encoding::Cl100kBase, &lists),
            "ada@example.com\n\né 日本"
        );
    }
}
