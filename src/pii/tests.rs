//! The whole detector: tables that name every kind, and properties that hold for any text.

use std::fmt::Write;

use proptest::prelude::*;
use regex::Regex;

use super::text::Text;
use super::*;

/// Checks rows whose findings are marked `«so»`, and rows in which nothing may be found.
pub(super) fn expect(kinds: &[Kind], marked: &[&str], untouched: &[&str]) {
    expect_of(&Detector::new(kinds, Vec::new()), marked, untouched);
}

/// As [`expect`], of a detector that is more than its kinds.
pub(super) fn expect_of(detector: &Detector, marked: &[&str], untouched: &[&str]) {
    let mut faults = String::new();
    for row in marked.iter().chain(untouched) {
        let text = row.replace(['«', '»'], "");
        let mut found = Vec::new();
        detector.scan(&text, &mut found);
        let mut seen = text.clone();
        for finding in found.iter().rev() {
            seen.insert(finding.end, '»');
            seen.insert(finding.start, '«');
        }
        if seen != **row {
            writeln!(faults, "wanted {row}\n   saw {seen}").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn kinds_have_names() {
    for kind in Kind::BUILT_IN {
        assert_eq!(Kind::from_name(kind.name()), Some(kind));
    }
    assert_eq!(
        (Kind::from_name("custom"), Kind::from_name("Email")),
        (None, None)
    );
    assert_eq!(Kind::Custom(3).name(), "custom");
}

#[test]
fn all_kinds_in_one_text() {
    expect(
        &Kind::BUILT_IN,
        &[
            "Mail «alice@example.com», call «+1 415 555 2671», pay «4111 1111 1111 1111» or \
             «DE89370400440532013000», SSN «536-90-4399», from «192.0.2.1» or «2001:db8::1».",
            "«4111111111111111@example.com» is one address",
            "«415-555-2671@example.com» too",
            "user@«192.0.2.1»",
            "{\"to\":\"«bob@example.org»\",\"ip\":\"«192.0.2.1»\"}",
        ],
        &["Nothing here: 12 apples, 3.5 pears, 2026-11-20, v1.2.3, a::b, sk-learn, foo@1.2.3."],
    );
}

#[test]
fn only_wanted_kinds_are_found() {
    let text = "alice@example.com 4111111111111111 +14155552671 DE89370400440532013000 536-90-4399 192.0.2.1";
    let there = [
        Kind::Email,
        Kind::CreditCard,
        Kind::Phone,
        Kind::Iban,
        Kind::UsSsn,
        Kind::Ip,
    ];
    for kind in Kind::BUILT_IN {
        let mut found = Vec::new();
        Detector::new(&[kind], Vec::new()).scan(text, &mut found);
        assert_eq!(found.len(), usize::from(there.contains(&kind)), "{kind:?}");
        assert!(found.iter().all(|finding| finding.kind == kind));
    }
}

#[test]
fn nothing_wanted_nothing_done() {
    let mut found = Vec::new();
    Detector::new(&[], Vec::new()).scan("alice@example.com", &mut found);
    assert!(found.is_empty());
}

#[test]
fn custom_patterns() {
    let patterns = ["EMP-\\d{6}", "x*", "(?i)alice"].map(|p| Regex::new(p).unwrap());
    let detector = Detector::new(&[Kind::Email], patterns.to_vec());
    let mut found = vec![Finding {
        kind: Kind::Ip,
        rule: "ip",
        start: 0,
        end: 0,
    }];
    detector.scan("Alice: EMP-123456, xx, alice@example.com", &mut found);
    let seen: Vec<_> = found.iter().map(|f| (f.kind, f.start, f.end)).collect();
    let want = [
        (Kind::Ip, 0, 0),
        (Kind::Custom(2), 0, 5),
        (Kind::Custom(0), 7, 17),
        (Kind::Custom(1), 19, 21),
        (Kind::Email, 23, 40),
    ];
    assert_eq!(seen, want);
}

#[test]
fn base64_is_passed_over() {
    // Data in which AKIA…, digits and a custom match stand between `/` and `+`.
    let noise =
        "iVBORw0KGgo/AKIAQ3ERT5UYUIOP2ASD+5366904399/4111111111111111+EMP-123456/".repeat(8);
    let detector = Detector::new(&Kind::BUILT_IN, vec![Regex::new("EMP-\\d{6}").unwrap()]);
    let texts = [
        format!("{noise} then alice@example.com"),
        format!(
            "data:image/png;base64,{} then alice@example.com",
            noise.get(..90).unwrap()
        ),
        format!("{{\"url\":\"data:audio/wav;codecs=1;base64,{noise}==\"}} then alice@example.com"),
    ];
    for text in texts {
        let mut found = Vec::new();
        detector.scan(&text, &mut found);
        let seen: Vec<_> = found
            .iter()
            .map(|f| text.get(f.start..f.end).unwrap())
            .collect();
        assert_eq!(seen, ["alice@example.com"], "{text}");
    }
}

/// Pieces that wake every detector, so that random texts of them reach the far corners.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,20}",
        "[ .:/()+@_-]{1,4}",
        "[a-zA-Z]{1,8}",
        "\\PC{1,4}",
        prop::sample::select(vec![
            "alice@example.com",
            "+1 415 555 2671",
            "(415) 555-2671",
            "4111 1111 1111 1111",
            "DE89370400440532013000",
            "536-90-4399",
            "192.0.2.1",
            "2001:db8::1",
            "tel ",
            "ssn ",
            "card ",
            "cpf 39053344705",
            "12345678Z",
            "RSS MRA 85T10 A562S",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "00:1A:2B:3C:4D:5E",
            "https://a:b@c.de",
            "48.85837, 2.29448",
            "1HGCM82633A004352",
            "BIC DEUTDEFF",
            "\u{200b}",
            "４",
            "٤",
            "::",
            "sk-",
            "AKIA",
            "ghp_",
            "eyJ",
            "data:a;base64,",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "é",
            "漢",
            "😀",
            "\u{a0}",
            "\u{2011}",
            "\u{301}",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_sound(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let detector = Detector::new(&Kind::BUILT_IN, vec![Regex::new("[a-z]+ [0-9]+|é").unwrap()]);
        let (mut found, mut again) = (Vec::new(), Vec::new());
        detector.scan(&text, &mut found);
        detector.scan(&text, &mut again);
        prop_assert_eq!(&found, &again);
        let mut floor = 0;
        for finding in &found {
            prop_assert!(finding.start >= floor && finding.start < finding.end, "{:?}", found);
            prop_assert!(text.get(finding.start..finding.end).is_some(), "{:?}", finding);
            floor = finding.end;
        }
    }

    #[test]
    fn any_text_is_scanned(text in any::<String>()) {
        let mut found = Vec::new();
        Detector::new(&Kind::BUILT_IN, Vec::new()).scan(&text, &mut found);
    }

    #[test]
    fn nothing_is_found_inside_base64(data in "[A-Za-z0-9+/]{256,400}", tail in "[^A-Za-z0-9+/=_-]") {
        prop_assume!(!data.starts_with("eyJ") && !data.starts_with("sk") && !data.starts_with("hf"));
        let text = format!("«{data}{tail}");
        let mut found = Vec::new();
        Detector::new(&Kind::BUILT_IN, Vec::new()).scan(&text, &mut found);
        prop_assert!(found.is_empty(), "{:?}", found);
    }
}

/// What makes each detector look far, over and over.
const HOSTILE: &[&str] = &[
    "@",
    "1",
    "a@",
    "1.",
    "1.1.1.1",
    ":",
    "::",
    "a:",
    "1:2",
    "+",
    "+1",
    "+49 ",
    "(",
    "1 ",
    "1-",
    "12 34 56 78 ",
    "4111 ",
    "4111-",
    "tel 123456 ",
    "a@a.",
    "@a.a",
    "é@é.",
    "sk-",
    "sk-ant-",
    "ghp_",
    "_",
    "-",
    "eyJ",
    "eyJ.",
    "eyJaaaaaaaaaa.",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\n-",
    "data:",
    "data:;base64,",
    "data:a;base64,a",
    "AKIA",
    "DE89",
    "DE89 ",
    "de89a",
    "GB82 WEST 1234 5698 ",
    "536-90-4399 ",
    "0044 ",
    "2001:db8:",
    "fe80::1%",
    "漢",
    "漢1",
    "\u{a0}1",
    "\u{2011}1",
    "+1 415 555 2671 ",
    "a.b.c.d@",
    "SG.",
    "aaaaaaaaaaaaaaaaaaaa1/ ",
    "=",
    "a=",
    "password=",
    "password: x1",
    "token=\"",
    "--password ",
    "<token>",
    "postgres://a:",
    "Bearer ",
    "0000000000000001|",
    "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q",
    "hooks.slack.com/services/",
    "Private-Lines: 9\n",
    "ghp_ghp_ghp_ghp_ghp_",
    "eyJaaaaaaaaaaaaaaa.",
];

/// One value of each kind that is told by its form, with what announces it.
const VALUES: &[(Kind, &str)] = &[
    (Kind::Email, "alice@example.com"),
    (Kind::CreditCard, "4111111111111111"),
    (Kind::CreditCard, "4111 1111 1111 1111"),
    (Kind::Iban, "DE89370400440532013000"),
    (Kind::NationalId, "390.533.447-05"),
    (Kind::NationalId, "RSSMRA85T10A562S"),
    (Kind::TaxId, "DE136695976"),
    (Kind::MedicalId, "1EG4-TE5-MK73"),
    (Kind::UsSsn, "536-90-4399"),
    (Kind::UsItin, "912-70-3456"),
    (Kind::Mac, "00:1A:2B:3C:4D:5E"),
    (Kind::Crypto, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    (Kind::Vin, "1HGCM82633A004352"),
];

#[test]
fn what_nobody_sees_hides_nothing() {
    for (kind, value) in VALUES {
        let detector = Detector::new(&[*kind], Vec::new());
        for (cut, _) in value.char_indices() {
            for unseen in ["", "\u{200b}", "\u{ad}\u{feff}"] {
                let (front, back) = value.split_at(cut);
                let text = format!("x {front}{unseen}{back}, y");
                let mut found = Vec::new();
                detector.scan(&text, &mut found);
                let seen: Vec<_> = found
                    .iter()
                    .map(|f| text[f.start..f.end].replace(unseen, ""))
                    .collect();
                let whole = if unseen.is_empty() {
                    vec![text[2..text.len() - 3].to_owned()]
                } else {
                    vec![(*value).to_owned()]
                };
                assert_eq!(seen, whole, "{text:?}");
            }
        }
        let wide: String = value
            .chars()
            .map(|c| {
                char::from_u32(u32::from(c) + 0xfee0)
                    .filter(|_| c.is_ascii_alphanumeric())
                    .unwrap_or(c)
            })
            .collect();
        let mut found = Vec::new();
        detector.scan(&wide, &mut found);
        assert_eq!(found.len(), 1, "{wide}");
        assert_eq!((found[0].start, found[0].end), (0, wide.len()), "{wide}");
    }
}

#[test]
fn work_is_linear() {
    const BYTES: usize = 40_000;
    let detector = Detector::new(&Kind::BUILT_IN, Vec::new());
    let steps = |text: &str| {
        let text = Text::new(text);
        detector.pass(&text, &mut Vec::new());
        text.steps.get()
    };
    for unit in HOSTILE {
        let once = unit.repeat(BYTES / unit.len());
        let (small, large) = (steps(&once), steps(&once.repeat(4)));
        assert!(
            large <= small * 5 + 1000,
            "{unit:?}: {small} steps, four times the text: {large}"
        );
        assert!(
            small <= BYTES * 300,
            "{unit:?}: {} steps a byte",
            small / BYTES
        );
    }
}
