//! The counter against `tiktoken-rs`, token by token, on generated texts.
//!
//! A tenth of the cases runs by default, the rest with `--ignored`; together 1,000,000 for each encoding.

use crate::texts;
use tiktoken_rs::CoreBPE;
use tollgate::tokens::{Counter, Encoding};

const CASES: u64 = 1_000_000;
const DEFAULT: u64 = CASES / 10;

fn compare(encoding: Encoding, oracle: &CoreBPE, cases: std::ops::Range<u64>) {
    let mut ids = Vec::new();
    let mut counter = Counter::new();
    for number in cases {
        let text = texts::case(number);
        let expected = oracle.encode_ordinary(&text);
        ids.clear();
        counter.encode(encoding, &text, &mut ids);
        assert!(
            ids == expected,
            "case {number} of {encoding:?}: {text:?}\nours   {}\noracle {}",
            pieces(oracle, &ids),
            pieces(oracle, &expected)
        );
        assert_eq!(
            counter.count(encoding, &text),
            expected.len(),
            "count of case {number} of {encoding:?}: {text:?}"
        );
        let limit = (number % 97) as usize;
        assert_eq!(
            counter.count_up_to(encoding, &text, limit).ok(),
            (expected.len() <= limit).then_some(expected.len()),
            "case {number} up to {limit}"
        );
    }
}

fn pieces(oracle: &CoreBPE, ids: &[u32]) -> String {
    ids.iter()
        .map(|&id| {
            format!(
                "{:?} ",
                String::from_utf8_lossy(&oracle.decode_bytes(&[id]).unwrap_or_default())
            )
        })
        .collect()
}

macro_rules! differential {
    ($($name:ident: $encoding:ident, $oracle:ident;)*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn a_tenth() {
                compare(Encoding::$encoding, tiktoken_rs::$oracle(), 0..DEFAULT);
            }

            #[test]
            #[ignore = "the other nine tenths"]
            fn the_rest() {
                let first = std::env::var("TOKENS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(DEFAULT);
                compare(Encoding::$encoding, tiktoken_rs::$oracle(), first..first + CASES - DEFAULT);
            }
        }
    )*};
}

differential! {
    o200k_base: O200kBase, o200k_base_singleton;
    o200k_harmony: O200kHarmony, o200k_harmony_singleton;
    cl100k_base: Cl100kBase, cl100k_base_singleton;
}

#[cfg(feature = "p50k")]
differential! {
    p50k_base: P50kBase, p50k_base_singleton;
    r50k_base: R50kBase, r50k_base_singleton;
}
