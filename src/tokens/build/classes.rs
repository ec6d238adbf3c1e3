//! The Unicode classes the patterns speak of, as a two-stage table of one byte per character.
//!
//! They come from `regex-syntax`, so they are those of the regex engine `tiktoken-rs` uses, whatever
//! version of Unicode that is.

use std::collections::HashMap;

use regex_syntax::hir::{Class, HirKind};

use super::class;

/// Characters per block; one continuation byte's worth.
const BLOCK: usize = 64;

/// The first stage (a block number for each 64 characters, as `u16`), then the blocks.
pub fn table() -> Vec<u8> {
    let mut classes = vec![class::OTHER; 0x11_0000];
    for (pattern, class) in [
        (r"\s", class::SPACE),
        (r"\p{M}", class::MARK),
        (r"[\p{Lu}\p{Lt}]", class::UPPER),
        (r"\p{Ll}", class::LOWER),
        (r"[\p{Lm}\p{Lo}]", class::BOTH),
        (r"\p{N}", class::DIGIT),
    ] {
        for (first, last) in ranges(pattern) {
            for (at, found) in (first..).zip(&mut classes[first..=last]) {
                assert_eq!(*found, class::OTHER, "U+{at:04X} is in two classes");
                *found = class;
            }
        }
    }
    for at in [0x0a, 0x0d] {
        assert_eq!(classes[at], class::SPACE);
        classes[at] = class::NEWLINE;
    }
    for at in (0x5000..0xa000).chain(0xb000..0xd000) {
        assert_eq!(
            classes[at],
            class::BOTH,
            "U+{at:04X} is no letter, the counter takes it for one"
        );
    }
    check_contractions();

    let mut numbers: HashMap<&[u8], u16> = HashMap::new();
    let mut stages = Vec::new();
    let mut blocks: Vec<u8> = Vec::new();
    for block in classes.chunks(BLOCK) {
        let next = u16::try_from(numbers.len()).expect("fewer than 17,408 blocks");
        let number = *numbers.entry(block).or_insert_with(|| {
            blocks.extend(block);
            next
        });
        stages.extend(number.to_le_bytes());
    }
    stages.extend(blocks);
    stages
}

/// `(?i:'s)` and its like: the only letter outside ASCII that folds into one is U+017F.
fn check_contractions() {
    let folded = ranges("(?i:[sdmtlver])");
    let beyond: Vec<_> = folded
        .into_iter()
        .filter(|&(_, last)| last > 0x7f)
        .collect();
    assert_eq!(
        beyond,
        [(0x17f, 0x17f)],
        "another letter folds into a contraction"
    );
}

fn ranges(pattern: &str) -> Vec<(usize, usize)> {
    let hir = regex_syntax::Parser::new()
        .parse(pattern)
        .expect("a valid class");
    let HirKind::Class(Class::Unicode(class)) = hir.kind() else {
        panic!("{pattern} is a class of characters")
    };
    class
        .iter()
        .map(|range| (range.start() as usize, range.end() as usize))
        .collect()
}
