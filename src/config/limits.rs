//! `limits`: how much may be used.

use std::ops::RangeInclusive;

use super::node::{Faults, Fields, Node, meant};
use crate::fnv::fnv;
use crate::ledger::{Bound, Every, Unit};
use crate::policy::{Condition, Dimension, Limit, Per, measure};
use crate::units::PicoUsd;

const KEYS: [&str; 12] = [
    "name",
    "per",
    "when",
    "requests",
    "tokens",
    "input_tokens",
    "output_tokens",
    "usd",
    "concurrent",
    "every",
    "mode",
    "warn_at",
];

/// Limits that apply to one request, at the most.
const MOST: usize = 64;

/// The whole-number amounts: their keys and what they are of.
const AMOUNTS: [(&str, u8); 5] = [
    ("requests", measure::REQUESTS.bit()),
    ("tokens", measure::TOKENS),
    ("input_tokens", measure::INPUT.bit()),
    ("output_tokens", measure::OUTPUT.bit()),
    ("concurrent", measure::RUNNING.bit()),
];

/// The list that stands at the top.
pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Vec<Limit> {
    let mut list = Vec::new();
    for node in node.items(faults) {
        list.extend(limit(&node, None, faults));
    }
    if list.len() > MOST {
        faults.add(node, format!("at most {MOST} limits are allowed"));
    }
    for (nth, one) in list.iter().enumerate() {
        let mut before = list.iter().take(nth);
        if !one.bounds.is_empty() && before.any(|other| other.name == one.name) {
            let message = format!("two limits have the name {:?}; give one a name", one.name);
            faults.add(node, message);
        }
    }
    list
}

/// The list of one key: each limit is for that key alone.
pub(super) fn of_key(node: &Node<'_>, key: &str, faults: &mut Faults) -> Vec<Limit> {
    let mut list: Vec<Limit> = Vec::new();
    for node in node.items(faults) {
        if let Some(own) = limit(&node, Some(key), faults) {
            if list.iter().any(|other| other.name == own.name) {
                faults.add(&node, format!("two limits have the name {:?}", own.name));
            }
            list.push(own);
        }
    }
    list
}

fn limit(node: &Node<'_>, key: Option<&str>, faults: &mut Faults) -> Option<Limit> {
    let fields = node.fields(faults, &KEYS, &[])?;
    let per = match (fields.get("per"), key) {
        (Some(list), _) => per(&list, faults),
        (None, _) => Per::new(),
    };
    let mut when = match fields.get("when") {
        Some(node) => conditions(&node, faults),
        None => Vec::new(),
    };
    when.extend(key.map(|key| Condition {
        of: Dimension::Key,
        one_of: vec![key.to_owned()],
    }));
    let bounds = bounds(node, &fields, faults);
    let running = bounds
        .iter()
        .any(|bound| bound.of == measure::RUNNING.bit());
    if running && bounds.len() > 1 {
        faults.add(node, "concurrent stands alone: it has no window");
    }
    let every = fields.get("every").and_then(|node| every(&node, faults));
    match (running, fields.get("every")) {
        (true, Some(node)) => faults.add(&node, "concurrent counts at each moment, without every"),
        (false, None) => {
            let what = "is required: such as 1m, 1h, 1d, 1w, 1mo";
            faults.add(&node.child("every"), what);
        }
        _ => {}
    }
    let mode = fields.get("mode");
    let mode = mode.and_then(|node| node.one_of(faults, "mode", &["enforce", "observe"]));
    let warn_at = fields.get("warn_at").and_then(|node| {
        if running {
            faults.add(&node, "does not go with concurrent");
        }
        percent(&node, faults)
    });
    let named = fields.get("name").and_then(|node| node.name(faults));
    let name = named.unwrap_or_else(|| derived(&per, &bounds, every));
    let name = match key {
        Some(key) => format!("{key}.{name}"),
        None => name,
    };
    if name.contains([';', '=', ',']) {
        faults.add(node, "a limit's name has no ';', '=' or ','");
    }
    let words: Vec<String> = per.iter().map(Dimension::word).collect();
    let window = every.map_or_else(String::new, |every| every.to_string());
    let identity = [&name, "\n", &words.join("\n"), "\n", &window].concat();
    Some(Limit {
        rule: fnv(identity.bytes()),
        name,
        per,
        when,
        every,
        bounds,
        observe: mode == Some("observe"),
        warn_at,
    })
}

fn per(node: &Node<'_>, faults: &mut Faults) -> Per {
    let mut per = Per::new();
    for node in node.items(faults) {
        let Some(own) = node
            .text(faults)
            .and_then(|text| dimension(text, &node, faults))
        else {
            continue;
        };
        if per.contains(&own) {
            faults.add(&node, "stands here twice");
        }
        per.push(own);
    }
    per
}

fn dimension(text: &str, node: &Node<'_>, faults: &mut Faults) -> Option<Dimension> {
    let known = Dimension::WORDS.iter().find(|(word, _)| *word == text);
    if let Some((_, known)) = known {
        return Some(known.clone());
    }
    if let Some(tag) = text.strip_prefix("tag:").filter(|tag| !tag.is_empty()) {
        return Some(Dimension::Tag(tag.to_ascii_lowercase()));
    }
    let words: Vec<&str> = Dimension::WORDS.iter().map(|(word, _)| *word).collect();
    let all = [words.as_slice(), &["tag:NAME"]].concat();
    faults.add(
        node,
        format!("unknown dimension {text:?}; {}", meant(text, &all)),
    );
    None
}

fn conditions(node: &Node<'_>, faults: &mut Faults) -> Vec<Condition> {
    let mut all = Vec::new();
    for (word, node) in node.entries(faults) {
        let of = dimension(word, &node, faults);
        let values = match node.is_list() {
            true => node.items(faults),
            false => vec![node],
        };
        let one_of: Vec<String> = values
            .iter()
            .filter_map(|node| node.text(faults))
            .map(str::to_owned)
            .collect();
        all.extend(of.map(|of| Condition { of, one_of }));
    }
    all
}

fn bounds(node: &Node<'_>, fields: &Fields<'_, '_>, faults: &mut Faults) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for (key, of) in AMOUNTS {
        if let Some(node) = fields.get(key)
            && let Some(most) = whole(&node, faults)
        {
            bounds.push(Bound { of, most });
        }
    }
    if let Some(node) = fields.get("usd")
        && let Some(most) = usd(&node, faults)
    {
        let of = measure::COST.bit();
        bounds.push(Bound { of, most });
    }
    let mut amounts = AMOUNTS.iter().map(|(key, _)| *key).chain(["usd"]);
    if amounts.all(|key| fields.get(key).is_none()) {
        let what =
            "one of requests, tokens, input_tokens, output_tokens, usd, concurrent is required";
        faults.add(node, what);
    }
    bounds
}

/// A whole number up to 10^15, also with `_` between its digits.
fn whole(node: &Node<'_>, faults: &mut Faults) -> Option<u64> {
    let found = node
        .as_number()
        .and_then(|number| integer(number, 0.0..=1e15));
    if found.is_none() {
        node.expected(faults, "a whole number from 0 to 1000000000000000");
    }
    found
}

/// A number that is whole, within a range that `u64` has too.
fn integer(number: f64, range: RangeInclusive<f64>) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range"
    )]
    let found = number as u64;
    (number.fract() == 0.0 && range.contains(&number)).then_some(found)
}

/// US dollars, in pico-dollars; from the digits as they are written, so that nothing is rounded.
fn usd(node: &Node<'_>, faults: &mut Faults) -> Option<u64> {
    let found = node.decimal().and_then(|text| PicoUsd::decimal(&text));
    if found.is_none() {
        node.expected(faults, "US dollars from 0 to 10000000");
    }
    found.map(|PicoUsd(amount)| amount)
}

fn every(node: &Node<'_>, faults: &mut Faults) -> Option<Every> {
    let found = node.as_text().and_then(|text| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, word) = text.split_at_checked(digits)?;
        let count: u32 = count.parse().ok()?;
        let row = Unit::ALL.iter().find(|(_, own, _)| *own == word)?;
        let (unit, _, most) = *row;
        (1..=most).contains(&count).then_some(Every { count, unit })
    });
    if found.is_none() {
        node.expected(
            faults,
            "a window such as 1s, 10m, 1h, 1d, 1w or 1mo, at most a year",
        );
    }
    found
}

/// `80%`, or 80.
fn percent(node: &Node<'_>, faults: &mut Faults) -> Option<u32> {
    let text = node.as_text().map(|text| text.trim_end_matches('%'));
    let number = text.and_then(|text| text.parse().ok()).or(node.as_number());
    let found = number.and_then(|number| integer(number, 1.0..=100.0));
    if found.is_none() {
        node.expected(faults, "a percentage from 1% to 100%");
    }
    found.and_then(|number| u32::try_from(number).ok())
}

/// The name of a limit that has none: what each counter is for, what is counted, and in which time.
fn derived(per: &[Dimension], bounds: &[Bound], every: Option<Every>) -> String {
    let all = AMOUNTS
        .iter()
        .copied()
        .chain([("usd", measure::COST.bit())]);
    let counted = all.filter(|(_, of)| bounds.iter().any(|bound| bound.of == *of));
    let counted: Vec<&str> = counted.map(|(key, _)| key).collect();
    let mut parts: Vec<String> = per.iter().map(Dimension::word).collect();
    if parts.is_empty() {
        parts.push("all".to_owned());
    }
    parts.extend([counted.join("+")]);
    parts.extend(every.map(|every| every.to_string()));
    parts.join(".")
}
