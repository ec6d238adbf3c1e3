//! What the hand-written splitters were written for; a changed pattern stops the build.
//!
//! `tiktoken-rs` publishes the pattern of the o200k encodings as a constant. The others are known by what
//! they do: the pieces a probe text falls into, taken with the crate's own encoder.

use tiktoken_rs::CoreBPE;

/// <https://github.com/openai/tiktoken/blob/0.12.0/tiktoken_ext/openai_public.py>, `o200k_base`.
const O200K_PATTERN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// Short strings, one or more for each alternative of each pattern; every ordered pair of them is a probe.
const PROBES: [&str; 46] = [
    "a",
    "Z",
    "word",
    "Word",
    "WORD",
    "wordWord",
    "ǅ",
    "ʰ",
    "文",
    "文A",
    "\u{301}",
    "\u{20dd}",
    "é",
    "ſ",
    "K",
    "1",
    "1234567",
    "²",
    "Ⅷ",
    "٣",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\u{85}",
    "\u{2028}",
    "\n",
    "\r\n",
    " \n \n ",
    "\r",
    "'",
    "'s",
    "'S",
    "'ſ",
    "'ll",
    "'Ve",
    "'re",
    "'D",
    "'m",
    "'t",
    "!",
    "?!/",
    "/",
    "🙂\u{200d}\u{fe0f}",
    "\0",
];

/// Stops the build when the encoding does something else with the probe texts than it did: `digest` is that
/// of their tokens.
pub fn check(name: &str, bpe: &CoreBPE, expected: u64) {
    assert_eq!(
        tiktoken_rs::O200K_BASE_PAT_STR,
        O200K_PATTERN,
        "the o200k pattern has changed"
    );
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for first in PROBES {
        let mut text = String::new();
        for second in PROBES {
            for part in [
                first, second, "x", second, first, " ", second, "A", first, second,
            ] {
                text.push_str(part);
            }
        }
        text.push_str(first);
        for token in bpe.encode_ordinary(&text) {
            digest = (digest ^ u64::from(token)).wrapping_mul(0x100_0000_01b3);
        }
    }

    assert_eq!(
        digest, expected,
        "{name}: the probe texts fall into other tokens ({digest:#x}) than the splitter was written for"
    );
}
