use proptest::prelude::*;
use regex::Regex;

use super::*;

/// Numbers behind a dash are replaced, keys from `BEGIN` to `END` too; `halt` stops.
struct Rules {
    patterns: [Regex; 3],
    reach: usize,
    found: Vec<String>,
}

impl Rules {
    fn new(reach: usize) -> Self {
        let pattern = |text| Regex::new(text).unwrap();
        Self {
            patterns: [
                pattern(r"-\d+( \d+)?\b"),
                pattern(r"BEGIN(?s:.*?)END"),
                pattern(r"\bhalt\b"),
            ],
            reach,
            found: Vec::new(),
        }
    }
}

impl Search for Rules {
    type What = usize;

    fn search(&mut self, text: &str) -> Hits<usize> {
        let all = self.patterns.iter().enumerate();
        let hits = |(what, pattern): (usize, &Regex)| {
            let found = pattern.find_iter(text).map(|found| found.range());
            found.map(move |at| Hit { at, what }).collect::<Vec<_>>()
        };
        let last = text.rfind("END").unwrap_or(0);
        let open = text[last..].find("BEGIN").map(|at| last + at);
        Hits {
            all: all.flat_map(hits).collect(),
            open,
        }
    }

    fn reach(&self) -> usize {
        self.reach
    }

    fn judge(&mut self, what: &usize, value: &str) -> Verdict {
        self.found.push(value.to_owned());
        match what {
            2 => Verdict::Stop,
            _ => Verdict::Replace("<\"n\">".to_owned()),
        }
    }
}

/// What is told of a text that comes in these parts.
fn told<'a>(
    parts: impl Iterator<Item = &'a str>,
    form: Form,
    reach: usize,
) -> Result<String, String> {
    let mut rules = Rules::new(reach);
    let mut window = Window::new(form);
    let mut out = String::new();
    for part in parts {
        match window.push(part, &mut rules) {
            Ok(text) => out += &text,
            Err(Stopped) => return Err(out),
        }
        assert!(window.held() <= MOST + part.len());
    }
    match window.finish(&mut rules) {
        Ok(text) => Ok(out + &text),
        Err(Stopped) => Err(out),
    }
}

#[test]
fn a_find_is_replaced_wherever_the_text_is_cut() {
    let rows = [
        ("a -12 34 b, x-1.", "a <\"n\"> b, x<\"n\">."),
        ("é-7é -8 9", "é-7é <\"n\">"),
        ("key BEGIN a b c\n-1 END.", "key <\"n\">."),
        (
            "nothing at all, and more of it",
            "nothing at all, and more of it",
        ),
    ];
    for (said, meant) in rows {
        let places = said.char_indices().map(|(place, _)| place);
        for cut in places.chain([said.len()]) {
            let parts = [&said[..cut], &said[cut..]];
            let out = told(parts.into_iter(), Form::Plain, 8);
            assert_eq!(out.as_deref(), Ok(meant), "{said} cut at {cut}");
        }
        let each = said.char_indices();
        let each = each.map(|(place, char)| &said[place..place + char.len_utf8()]);
        assert_eq!(told(each, Form::Plain, 8).as_deref(), Ok(meant));
    }
}

#[test]
fn nothing_follows_a_stop_and_nothing_of_it_has_gone() {
    let said = "please do halt -7";
    for cut in 0..said.len() {
        let parts = [&said[..cut], &said[cut..]];
        let before = told(parts.into_iter(), Form::Plain, 6).unwrap_err();
        assert!("please do ".starts_with(&before), "{before:?}");
    }
    assert_eq!(
        told(["halting"].into_iter(), Form::Plain, 6).as_deref(),
        Ok("halting")
    );
}

#[test]
fn ordinary_text_waits_for_no_more_than_the_reach_and_a_word() {
    let mut rules = Rules::new(8);
    let mut window = Window::new(Form::Plain);
    for _ in 0..1000 {
        window.push("words of ten ", &mut rules).unwrap();
        assert!(window.held() <= 8 + "words".len(), "{}", window.held());
    }
    assert!(window.text.len() < 3 * CONTEXT);
}

#[test]
fn a_find_without_end_is_replaced_once_and_its_rest_dropped() {
    let digits = "7".repeat(3 * MOST);
    let said = ["go -", &digits, " on"].concat();
    let parts = said
        .as_bytes()
        .chunks(100)
        .map(|part| str::from_utf8(part).unwrap());
    assert_eq!(told(parts, Form::Plain, 8).as_deref(), Ok("go <\"n\"> on"));
    // A long word in which nothing is found is not held for ever.
    let word = "x".repeat(3 * MOST);
    let parts = word
        .as_bytes()
        .chunks(100)
        .map(|part| str::from_utf8(part).unwrap());
    assert_eq!(told(parts, Form::Plain, 8).as_deref(), Ok(word.as_str()));
}

#[test]
fn json_stays_json() {
    let said = r#"{"a": "x -1 \" -2", "b": -3 }"#;
    let meant = r#"{"a": "x <\"n\"> \" <\"n\">", "b": "<\"n\">" }"#;
    for cut in 0..said.len() {
        let parts = [&said[..cut], &said[cut..]];
        let out = told(parts.into_iter(), Form::Json, 6);
        assert_eq!(out.as_deref(), Ok(meant), "cut at {cut}");
    }
}

#[test]
fn json_that_is_whole_is_not_held() {
    let mut rules = Rules::new(100);
    let mut window = Window::new(Form::Json);
    assert_eq!(window.push("{\"a\":[1", &mut rules).as_deref(), Ok(""));
    assert_eq!(window.push("]}", &mut rules).as_deref(), Ok("{\"a\":[1]}"));
    assert!(window.is_empty());
}

/// Finds nine digits and more, without their sign.
struct Digits(Regex);

impl Search for Digits {
    type What = ();

    fn search(&mut self, text: &str) -> Hits<()> {
        let found = self.0.find_iter(text).map(|found| found.range());
        Hits {
            all: found.map(|at| Hit { at, what: () }).collect(),
            open: None,
        }
    }

    fn reach(&self) -> usize {
        16
    }

    fn judge(&mut self, (): &(), _: &str) -> Verdict {
        Verdict::Replace("[N]".to_owned())
    }
}

#[test]
fn the_sign_of_a_number_goes_with_it() {
    let said = r#"{"a":-123456789,"b":"-123456789","c":[-1,-123456789],"d":"{\"e\":-123456789}","f":"x-123456789"}"#;
    let meant = r#"{"a":"[N]","b":"-[N]","c":[-1,"[N]"],"d":"{\"e\":\"[N]\"}","f":"x-[N]"}"#;
    let mut rules = Digits(Regex::new(r"\d{9,}").unwrap());
    for cut in 0..said.len() {
        let mut window = Window::new(Form::Json);
        let (first, second) = said.split_at(cut);
        let parts = [
            window.push(first, &mut rules).unwrap(),
            window.push(second, &mut rules).unwrap(),
            window.finish(&mut rules).unwrap(),
        ];
        assert_eq!(parts.concat(), meant, "cut at {cut}");
    }
}

fn parts() -> impl Strategy<Value = Vec<String>> {
    let part = prop_oneof![
        4 => "[a-c é\"\\\\.]{0,5}",
        2 => "-[0-9 ]{0,4}",
        1 => Just("BEGIN".to_owned()),
        1 => Just("END".to_owned()),
        1 => prop_oneof![Just("ha".to_owned()), Just("lt".to_owned())],
    ];
    prop::collection::vec(part, 0..24)
}

proptest! {
    /// What has gone is always the beginning of what a look at the whole text would have let go.
    #[test]
    fn any_cut_gives_the_same(parts in parts(), json in any::<bool>()) {
        let form = if json { Form::Json } else { Form::Plain };
        let text = parts.concat();
        let whole = told([text.as_str()].into_iter(), form, 64);
        let cut = told(parts.iter().map(String::as_str), form, 64);
        match (whole, cut) {
            (Ok(whole), Ok(cut)) => prop_assert_eq!(whole, cut),
            (Err(_), Err(_)) => {}
            (whole, cut) => prop_assert!(false, "{:?} {:?}", whole, cut),
        }
    }
}
