use proptest::prelude::*;

use super::fake::{self, Seed};
use super::*;

/// A key under which nothing is hidden: what comes out is written down here.
fn key() -> Key {
    Key::new(b"key of the tests")
}

fn vault() -> Vault {
    let mut vault = Vault::new(key());
    for (label, value) in [
        ("EMAIL", "a@b.com"),
        ("EMAIL", "c@d.com"),
        ("NOTE", "say \"hi\"\n"),
        ("US_SSN", "536-22-8145"),
    ] {
        let placeholder = vault.placeholder(label, value);
        assert_eq!(vault.placeholder(label, value), placeholder);
    }
    assert!(vault.take_fake("+1 415 555 2671", "+1 415 555 0142"));
    assert!(vault.take_fake("real@corp.io", "mara.berg7@example.com"));
    vault
}

/// The name between the brackets.
fn name(label: &str, value: &str) -> String {
    let placeholder = Vault::new(key()).placeholder(label, value);
    placeholder[1..placeholder.len() - 1].to_owned()
}

/// Puts values back, cut at every place.
fn restored(vault: &Vault, said: &str) -> String {
    let whole = Lane::whole(said, Form::Plain, vault);
    let places = said.char_indices().map(|(place, _)| place);
    for cut in places.chain([said.len()]) {
        let mut lane = Lane::default();
        let mut out = lane.push(&said[..cut], Form::Plain, vault);
        out += &lane.push(&said[cut..], Form::Plain, vault);
        out += &lane.finish();
        assert_eq!(out, whole, "{said} cut at {cut}");
    }
    let mut lane = Lane::default();
    let ones = said
        .chars()
        .map(|char| lane.push(&char.to_string(), Form::Plain, vault));
    let ones: String = ones.collect();
    assert_eq!(ones + &lane.finish(), whole, "{said} by characters");
    whole
}

#[test]
fn a_placeholder_is_made_of_the_value_alone() {
    let (mut one, mut other) = (Vault::new(key()), Vault::new(key()));
    other.placeholder("EMAIL", "first@b.com");
    let placeholder = one.placeholder("EMAIL", "a@b.com");
    assert_eq!(placeholder, other.placeholder("EMAIL", "a@b.com"));
    assert_eq!(placeholder, "[EMAIL_598E]");
    let foreign = Vault::new(Key::new(b"another")).placeholder("EMAIL", "a@b.com");
    assert_ne!(placeholder, foreign);
    assert_ne!(one.placeholder("PHONE", "a@b.com")[6..], placeholder[6..]);
    assert_eq!(format!("{:?}", key()), "Key(…)");
}

#[test]
fn placeholders_that_would_be_alike_are_longer() {
    let mut vault = Vault::new(key());
    let mut all = std::collections::HashMap::new();
    let mut longer = 0;
    for nth in 0..3000 {
        let value = format!("{nth}@b.com");
        let placeholder = vault.placeholder("EMAIL", &value);
        longer += usize::from(placeholder.len() > "[EMAIL_0000]".len());
        assert!(all.insert(placeholder, value).is_none());
    }
    assert!(longer > 0);
    for (placeholder, value) in &all {
        assert_eq!(&Lane::whole(placeholder, Form::Plain, &vault), value);
    }
}

#[test]
fn values_come_back_however_the_model_writes() {
    let vault = vault();
    let (a, c, ssn) = (
        name("EMAIL", "a@b.com"),
        name("EMAIL", "c@d.com"),
        name("US_SSN", "536-22-8145"),
    );
    let hash = |name: &str| name.rsplit_once('_').unwrap().1.to_owned();
    let (ha, hs) = (hash(&a), hash(&ssn));
    let lower = a.to_ascii_lowercase();
    let rows = [
        (format!("to [{a}], cc [{c}]."), "to a@b.com, cc c@d.com."),
        (format!("[[{a}]]"), "[a@b.com]"),
        (format!("[{lower}]"), "a@b.com"),
        (format!("[EMAIL {ha}]"), "a@b.com"),
        (format!("[email-{ha}]"), "a@b.com"),
        (format!("[EMAIL{ha}]"), "a@b.com"),
        (format!("[ {a} ]"), "a@b.com"),
        (format!("\\[EMAIL\\_{ha}\\]"), "a@b.com"),
        (format!("\\\\[EMAIL\\\\_{ha}\\\\]"), "a@b.com"),
        (format!("[EMAIL\\_{ha}]"), "a@b.com"),
        (format!("[US SSN {hs}]"), "536-22-8145"),
        (format!("[us-ssn_{hs}]"), "536-22-8145"),
        (format!("us\\_ssn\\_{hs}"), "536-22-8145"),
        (format!("mail {a} now"), "mail a@b.com now"),
        (a.to_string(), "a@b.com"),
        (format!("**{a}**, `{lower}`"), "**a@b.com**, `a@b.com`"),
        (format!("<{a}> ({a})"), "<a@b.com> (a@b.com)"),
        (format!("[{a}, {c}]"), "[a@b.com, c@d.com]"),
        (format!("[{a}](mailto:{a})"), "a@b.com(mailto:a@b.com)"),
        (format!("EMAIL\\_{ha}\\n"), "a@b.com\\n"),
        (format!("[{a}"), "[a@b.com"),
        (format!("请联系{a}。"), "请联系a@b.com。"),
        (format!("é[{a}]é"), "éa@b.comé"),
        ("call +1 415 555 0142!".to_owned(), "call +1 415 555 2671!"),
        ("mara.berg7@example.comx".to_owned(), "real@corp.iox"),
    ];
    for (said, meant) in rows {
        assert_eq!(restored(&vault, &said), meant, "{said}");
    }
}

#[test]
fn what_is_none_stays() {
    let vault = vault();
    let (a, ssn) = (name("EMAIL", "a@b.com"), name("US_SSN", "536-22-8145"));
    for said in [
        "[EMAIL_0000] [EMAIL_1] [x".to_owned(),
        format!("x{a} {a}x _{a} {a}_ {a}0"),
        format!("[EMAIL_[EMAIL_{}", &a[..3]),
        format!("[{}", &a[..a.len() - 1]),
        "- [ ] mail \\ \\\\[ \\[x\\] a[0] [".to_owned(),
        format!("us ssn {}", ssn.rsplit_once('_').unwrap().1),
        "+1 415 555 0143 mara.berg@example.com".to_owned(),
        "EMAIL_".to_owned(),
        "e".to_owned(),
    ] {
        assert_eq!(restored(&vault, &said), said);
    }
}

#[test]
fn inside_json_a_value_is_escaped() {
    let vault = vault();
    let said = format!("{{\"t\":\"[{}]\"}}", name("NOTE", "say \"hi\"\n"));
    let whole = Lane::whole(&said, Form::Json, &vault);
    let value: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(value["t"], "say \"hi\"\n");
}

#[test]
fn only_what_is_alive_is_held() {
    let vault = vault();
    let mut lane = Lane::default();
    let rows = [
        ("a [EMA", "a "),
        ("x", "[EMAx"),
        (" [", " "),
        ("1]", "[1]"),
        (" e", " "),
        ("m", ""),
        ("pty", "empty"),
        (" mara.berg7@example.co", " "),
        (".uk", "mara.berg7@example.co.uk"),
        ("\\", ""),
        ("x", "\\x"),
    ];
    for (part, told) in rows {
        assert_eq!(lane.push(part, Form::Plain, &vault), told, "{part}");
    }
    assert!(lane.is_empty());
}

/// As README says: a placeholder's length and 10 characters more, or a fake's length.
#[test]
fn no_more_is_held_than_is_told() {
    let vault = vault();
    let longest = "[US_SSN_0000]".len() + 10;
    let longest = longest.max("mara.berg7@example.com".len());
    for said in [
        "[        ".repeat(9),
        "\\\\[ - _ - US - SSN - ".to_owned() + &name("US_SSN", "536-22-8145"),
        "[E-M-A-I-L-_-".to_owned(),
    ] {
        let mut lane = Lane::default();
        let (mut pushed, mut told) = (0, 0);
        for char in said.chars() {
            pushed += char.len_utf8();
            told += lane.push(&char.to_string(), Form::Plain, &vault).len();
            assert!(pushed - told <= longest, "{said} at {pushed}");
        }
    }
}

#[test]
fn fakes_have_the_form_and_the_check_of_their_kind() {
    let seed = |value: &str| Seed::new(key(), "KIND", value);
    for value in [
        "4111 1111 1111 1111",
        "378282246310005",
        "5555-5555-5555-4444",
    ] {
        let made = fake::luhn(value, 6, &mut seed(value));
        assert_ne!(made, value);
        let digits: Vec<u32> = made.chars().filter_map(|char| char.to_digit(10)).collect();
        let sum: u32 = (digits.iter().rev().enumerate())
            .map(|(nth, digit)| {
                if nth % 2 == 1 {
                    digit * 2 / 10 + digit * 2 % 10
                } else {
                    *digit
                }
            })
            .sum();
        assert_eq!(sum % 10, 0, "{made}");
        assert_eq!(made.len(), value.len());
        assert_eq!(made[..6], value[..6]);
    }
    for value in ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000"] {
        let made = fake::mod97(value, &mut seed(value));
        let said: String = made.chars().filter(char::is_ascii_alphanumeric).collect();
        let turned = format!("{}{}", &said[4..], &said[..4]);
        let rest = turned.chars().fold(0, |rest, char| {
            let number = char.to_digit(36).unwrap();
            (rest * if number > 9 { 100 } else { 10 } + number) % 97
        });
        assert_eq!(rest, 1, "{made}");
        assert_eq!((&made[..2], made.len()), (&value[..2], value.len()));
    }
    let spaced = fake::luhn("4111 1111 1111 1111", 6, &mut seed("4111 1111 1111 1111"));
    let joined = fake::luhn("4111111111111111", 6, &mut seed("4111111111111111"));
    assert_eq!(spaced.replace(' ', ""), joined);
    let phone = fake::north_american("+1 (415) 555-2671", &mut seed("x")).unwrap();
    assert!(phone.starts_with("+1 (415) 555-01"), "{phone}");
    assert_eq!(
        fake::north_american("+44 20 7946 0958", &mut seed("x")),
        None
    );
    assert_eq!(
        fake::person("Ada King Lovelace", &mut seed("x"))
            .split(' ')
            .count(),
        3
    );
}

#[test]
fn no_fake_is_taken_for_another() {
    let mut vault = Vault::new(key());
    assert!(vault.take_fake("a", "xyz"));
    for (value, fake) in [
        ("b", "xyz"),
        ("b", "xy"),
        ("b", "xyzz"),
        ("b", "b"),
        ("b", ""),
    ] {
        assert!(!vault.take_fake(value, fake), "{fake}");
    }
    assert!(vault.take_fake("b", "xz"));
    assert_eq!((vault.fake("a"), vault.fake("c")), (Some("xyz"), None));
}

#[test]
fn what_looks_like_a_placeholder_is_seen() {
    let text = "[EMAIL_7F3A] [email_7f3a99aa] [X_1] [EMAIL_7F3G] a[0] [A_B_0000] [_0000]";
    let seen: Vec<&str> = placeholders(text).map(|(_, found)| found).collect();
    assert_eq!(seen, ["[EMAIL_7F3A]", "[email_7f3a99aa]", "[A_B_0000]"]);
}

#[test]
fn placeholders_of_ones_own_are_taken_out() {
    let mut vault = Vault::new(Key::default());
    let (one, other) = (
        vault.placeholder("EMAIL", "a@b.com"),
        vault.placeholder("PHONE", "+1"),
    );
    let text = format!("é{one}{one} [EMAIL_0000] {other}, [x {one}");
    assert_eq!(vault.without_placeholders(&text), "é [EMAIL_0000] , [x ");
    assert_eq!(Vault::default().without_placeholders(&text), text);
}

proptest! {
    #[test]
    fn any_cut_gives_the_same(parts in prop::collection::vec(
        prop_oneof![
            "[\\[\\]\\\\EMAILemail_598Eé -]{0,6}",
            Just(name("EMAIL", "a@b.com")),
            Just("mara.berg7@example.com".to_owned()),
            "[mara.berg7@exmplco+1 45]{0,8}",
        ], 0..8,
    )) {
        let vault = vault();
        let mut lane = Lane::default();
        let mut out = String::new();
        for part in &parts {
            out += &lane.push(part, Form::Plain, &vault);
        }
        out += &lane.finish();
        prop_assert_eq!(&out, &Lane::whole(&parts.concat(), Form::Plain, &vault));
        prop_assert_eq!(out, restored(&vault, &parts.concat()));
    }

    #[test]
    fn what_is_masked_comes_back(words in prop::collection::vec(
        prop_oneof!["[^\\x00]{0,6}", "[\\[\\]\\\\ _]{0,3}", "[a-z]{1,6}@b\\.com"], 0..8,
    )) {
        let mut vault = Vault::new(key());
        let masked: String = words
            .iter()
            .map(|word| match word.contains('@') {
                true => vault.placeholder("EMAIL", word),
                false => word.clone(),
            })
            .collect();
        prop_assert_eq!(restored(&vault, &masked), words.concat());
    }
}
