//! A stream counts what the whole text counts, wherever it is cut.

use crate::{Random, texts};
use tollgate::tokens::{Counter, Encoding, Stream};

const ENCODINGS: &[Encoding] = &[
    Encoding::O200kBase,
    Encoding::Cl100kBase,
    #[cfg(feature = "p50k")]
    Encoding::P50kBase,
    #[cfg(feature = "p50k")]
    Encoding::R50kBase,
];

fn parts<'a>(text: &'a str, random: &mut Random, most: usize) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = (1 + random.below(most)).min(rest.len());
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        let (part, others) = rest.split_at(cut);
        parts.push(part);
        rest = others;
    }
    parts
}

fn check(counter: &mut Counter, encoding: Encoding, text: &str, parts: &[&str], what: &str) {
    let mut stream = Stream::new(encoding);
    let mut before = 0;
    for part in parts {
        let now = stream.push(counter, part);
        assert!(now >= before);
        before = now;
    }
    let whole = counter.count(encoding, text);
    assert_eq!(stream.finish(counter), whole, "{what} under {encoding:?}");
    assert!(before <= whole);
}

#[test]
fn cut_anywhere_the_sum_is_the_count() {
    let mut counter = Counter::new();
    let mut random = Random::new(7);
    for number in 0..30_000 {
        let text = texts::case(number);
        let parts = parts(&text, &mut random, [1, 3, 20][number as usize % 3]);
        for &encoding in ENCODINGS {
            check(
                &mut counter,
                encoding,
                &text,
                &parts,
                &format!("case {number} in {parts:?}"),
            );
        }
    }
}

#[test]
fn long_pieces_are_let_go_and_still_counted() {
    let mut counter = Counter::new();
    let mut random = Random::new(8);
    let letters: String = (0..150_000)
        .map(|_| char::from(b'a' + random.below(26) as u8))
        .collect();
    let capitals = letters.to_uppercase();
    let han: String = (0..60_000)
        .map(|_| char::from_u32(0x4e00 + random.below(3_000) as u32).unwrap())
        .collect();
    let mixed: String = (0..100_000)
        .map(|_| random.of(&['文', 'A', 'b', '\u{301}', 'é']))
        .collect();
    let blanks: String = (0..100_000)
        .map(|_| random.of(&[' ', ' ', ' ', '\t', '\u{3000}', '\n']))
        .collect();
    let symbols: String = (0..100_000)
        .map(|_| random.of(&['!', '/', '-', '🙂', '"', '\u{301}']))
        .collect();
    let cases = [
        letters.clone(),
        capitals.clone(),
        han.clone(),
        blanks,
        symbols,
        mixed,
        "a".repeat(200_000),
        "A".repeat(100_000) + "a",
        "A".repeat(100_000),
        " ".repeat(100_000),
        "\n".repeat(100_000),
        "\t".repeat(70_000) + "x",
        " ".repeat(70_000) + "\n" + &" ".repeat(70_000) + "x",
        "-".repeat(100_000),
        "-".repeat(40_000) + &"\n/".repeat(40_000) + "!x",
        han.clone() + &capitals + "a",
        han.clone() + &capitals,
        letters.clone() + "'s",
        capitals + "'ll x",
        "\u{301}".repeat(50_000) + "A",
        "1".repeat(100_000),
        "\0".repeat(100_000),
        "ſ".repeat(50_000),
        format!("{han}{letters}{han}A"),
    ];
    for text in cases {
        for &encoding in ENCODINGS {
            for most in [700, 30_000] {
                let parts = parts(&text, &mut random, most);
                let start: String = text.chars().take(20).collect();
                check(
                    &mut counter,
                    encoding,
                    &text,
                    &parts,
                    &format!("{start:?}… in parts of up to {most}"),
                );
            }
        }
    }
}

#[test]
fn megabytes_of_one_piece_are_held_in_little_memory() {
    let mut counter = Counter::new();
    let mut random = Random::new(9);
    let texts = [
        (0..2_000_000)
            .map(|_| char::from(b'a' + random.below(26) as u8))
            .collect::<String>(),
        "a".repeat(2_000_000),
        "A".repeat(1_000_000),
        " ".repeat(1_000_000),
        "\n \n".repeat(300_000),
        "-".repeat(1_000_000),
        "中文字".repeat(100_000),
        "日A".repeat(200_000),
        "\0".repeat(1_000_000),
        "🙂".repeat(200_000),
    ];
    for text in &texts {
        for &encoding in ENCODINGS {
            let mut stream = Stream::new(encoding);
            let mut most = 0;
            for part in parts(text, &mut random, 4_000) {
                stream.push(&mut counter, part);
                most = most.max(stream.held_back());
            }
            let start: String = text.chars().take(9).collect();
            assert!(
                most < 40_000,
                "{most} bytes of {start:?} under {encoding:?}"
            );
            assert_eq!(
                stream.finish(&mut counter),
                counter.count(encoding, text),
                "{start:?} under {encoding:?}"
            );
            assert_eq!(stream.held_back(), 0);
        }
    }
}
