//! A text for each case number.

use super::{Random, alphabet};

const WORDS: &[&str] = &[
    "the",
    "The",
    "THE",
    "gateway",
    "counting",
    "International",
    "responsibilities",
    "don't",
    "I'LL",
    "we've",
    "it's",
    "naïve",
    "Straße",
    "ÉCOLE",
    "Москва",
    "привет",
    "Ελλάδα",
    "ελληνικά",
    "שלום",
    "العربية",
    "हिन्दी",
    "தமிழ்",
    "ภาษาไทย",
    "日本語",
    "カタカナ",
    "中文字符",
    "한국어",
    "Tiếng",
    "Việt",
    "İstanbul",
    "ﬁne",
    "fn",
    "let",
    "mut",
    "self.value",
    "return;",
    "HttpResponse",
    "snake_case_name",
    "camelCaseName",
    "XMLHttpRequest",
    "0x1F600",
    "3.14159",
    "1234567",
    "2026-11-20T10:00:00Z",
    "https://example.com/a?b=c&d=%20",
    "<div class=\"x\">",
    "</div>",
    "{\"key\":",
    "[1,2,3]",
    "#include",
    "//",
    "/*",
    "*/",
    "```rust",
    "->",
    "=>",
    "!=",
    "&&",
    "||",
    "    ",
    "\t\t",
    "\n\n",
    "\r\n",
    "\n    ",
    "antidisestablishmentarianism",
    "llanfairpwllgwyngyll",
    "👩\u{200d}💻",
];

/// The text of case `number`.
pub fn case(number: u64) -> String {
    let mut random = Random::new(number);
    let mut text = String::new();
    let parts = 1 + random.below(5);
    for _ in 0..parts {
        part(&mut random, &mut text);
    }
    text
}

fn part(random: &mut Random, text: &mut String) {
    let length = 1 + random.below(24);
    match random.below(13) {
        // Turns of the patterns, any order.
        0..=2 => repeat(length, || text.push_str(random.of(alphabet::TURNS))),
        // Few of them, often repeated.
        3 => {
            let few = [
                random.of(alphabet::TURNS),
                random.of(alphabet::TURNS),
                random.of(alphabet::TURNS),
            ];
            repeat(length, || text.push_str(random.of(&few)));
        }
        // Any character of any script.
        4 => repeat(length, || text.push(alphabet::any(random))),
        // One script, with marks and spaces.
        5 => {
            let (first, last) = random.of(alphabet::RANGES);
            repeat(length, || match random.below(8) {
                0 => text.push(random.of(alphabet::WHITE)),
                1 => text.push(alphabet::from(random, 0x300, 0x36f)),
                _ => text.push(alphabet::from(random, first, last)),
            });
        }
        // A run of one thing.
        6 => {
            let length = if random.one_in(20) {
                random.below(600)
            } else {
                length * 4
            };
            let one = if random.one_in(2) {
                random.of(alphabet::TURNS)
            } else {
                random.of(WORDS)
            };
            repeat(length, || text.push_str(one));
        }
        // White space of every kind.
        7 => repeat(length, || text.push(random.of(alphabet::WHITE))),
        // Words and code.
        8 | 9 => repeat(length, || {
            text.push_str(random.of(WORDS));
            if !random.one_in(4) {
                text.push(' ');
            }
        }),
        // Letters without sense, of mixed case.
        10 => repeat(length * 3, || {
            let base = if random.one_in(4) { b'A' } else { b'a' };
            text.push(char::from(base + random.below(26) as u8));
        }),
        // Base64.
        11 => repeat(length * 4, || {
            let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            text.push(char::from(random.of(alphabet)));
        }),
        // Digits and what stands between them.
        _ => repeat(length, || {
            text.push_str(random.of(&[
                "0", "1", "9", "12", "345", ".", ",", " ", "-", ":", "e", "²", "٣", "\n",
            ]))
        }),
    }
}

fn repeat(times: usize, mut each: impl FnMut()) {
    for _ in 0..times {
        each();
    }
}
