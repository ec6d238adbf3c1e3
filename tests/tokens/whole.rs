//! Whole sets against `tiktoken-rs`: every character, every token, long pieces, and what makes it panic.

use crate::Random;
use tiktoken_rs::CoreBPE;
use tollgate::tokens::{Counter, Encoding, OverLimit};

fn encodings() -> Vec<(Encoding, &'static CoreBPE, u32)> {
    vec![
        (
            Encoding::O200kBase,
            tiktoken_rs::o200k_base_singleton(),
            199_998,
        ),
        (
            Encoding::Cl100kBase,
            tiktoken_rs::cl100k_base_singleton(),
            100_256,
        ),
        #[cfg(feature = "p50k")]
        (
            Encoding::P50kBase,
            tiktoken_rs::p50k_base_singleton(),
            50_281,
        ),
        #[cfg(feature = "p50k")]
        (
            Encoding::R50kBase,
            tiktoken_rs::r50k_base_singleton(),
            50_256,
        ),
    ]
}

fn same(counter: &mut Counter, encoding: Encoding, oracle: &CoreBPE, text: &str) {
    let expected = oracle.encode_ordinary(text);
    let mut ids = Vec::new();
    counter.encode(encoding, text, &mut ids);
    let start: String = text.chars().take(60).collect();
    assert!(ids == expected, "{encoding:?}: {start:?}");
    assert_eq!(
        counter.count(encoding, text),
        expected.len(),
        "count under {encoding:?}: {start:?}"
    );
}

#[test]
fn every_character_is_in_its_class() {
    let mut counter = Counter::new();
    for (encoding, oracle, _) in encodings() {
        let all: Vec<char> = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        for block in all.chunks(16) {
            let text: String = block
                .iter()
                .map(|c| format!("{c}aB{c}{c}A{c} {c}1{c}\n{c}'s!{c}{c} "))
                .collect();
            same(&mut counter, encoding, oracle, &text);
        }
    }
}

#[test]
fn every_token_is_decoded_and_encoded_as_itself() {
    let mut counter = Counter::new();
    for (encoding, oracle, ranks) in encodings() {
        let ids: Vec<u32> = (0..ranks)
            .filter(|&id| id != 50_256 || ranks != 50_281)
            .collect();
        assert_eq!(encoding.decode(&ids), oracle.decode_bytes(&ids).unwrap());
        assert_eq!(encoding.decode(&[u32::MAX, 300_000]), b"");
        for &id in &ids {
            if let Ok(text) = String::from_utf8(oracle.decode_bytes(&[id]).unwrap()) {
                same(&mut counter, encoding, oracle, &text);
            }
        }
    }
}

#[test]
fn long_pieces() {
    let mut random = Random::new(3);
    let mut of = |alphabet: &[&str], times: usize| {
        (0..times).map(|_| random.of(alphabet)).collect::<String>()
    };
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let mut texts = vec![
        of(&letters, 100_000),
        of(&["a", "b"], 60_000),
        of(&["-", "="], 60_000),
        of(&["中", "文", "字", "的", "是"], 40_000),
        of(&[" ", "\t", "\u{a0}", "\u{3000}", "\n"], 60_000),
        of(&["\0", "\u{1}", "!"], 60_000),
        of(&["🙂", "\u{200d}", "\u{fe0f}", "👩"], 30_000),
        of(&["é", "ß", "a", "а", "中"], 40_000),
    ];
    for one in [
        "a", "A", " ", "\t", "\n", "-", "=", "*", "#", "/", "_", ".", "中", "é", "\0", "ab", "aA",
        "=-", "\u{3000}", "─", "\u{301}",
    ] {
        for length in [100, 127, 129, 300, 1_000, 16_384, 16_385, 40_000, 70_001] {
            texts.push(one.repeat(length));
            texts.push(format!("x{}y", one.repeat(length / 7)));
        }
    }
    let mut counter = Counter::new();
    for (encoding, oracle, _) in encodings() {
        for text in &texts {
            same(&mut counter, encoding, oracle, text);
        }
    }
}

#[test]
fn a_million_blanks_are_counted() {
    let mut counter = Counter::new();
    let text = " ".repeat(1_200_000);
    assert_eq!(counter.count(Encoding::O200kBase, &text), 9_375);
    let before_last = counter.count(Encoding::O200kBase, &" ".repeat(1_199_999));
    let with_letter = counter.count(Encoding::O200kBase, &(text.clone() + "a"));
    assert_eq!(with_letter, before_last + 1);
    assert_eq!(counter.count(Encoding::Cl100kBase, &text), 9_375);
}

#[test]
fn a_limit_is_a_count_or_a_refusal() {
    let mut counter = Counter::new();
    let text = "one two three ".repeat(1_000);
    let whole = counter.count(Encoding::O200kBase, &text);
    for (limit, expected) in [
        (0, Err(OverLimit)),
        (whole - 1, Err(OverLimit)),
        (whole, Ok(whole)),
        (usize::MAX, Ok(whole)),
    ] {
        assert_eq!(
            counter.count_up_to(Encoding::O200kBase, &text, limit),
            expected
        );
    }
    assert_eq!(counter.count_up_to(Encoding::O200kBase, "", 0), Ok(0));
}
