//! `prices`: what the operator pays, where that is not what the built-in tables say.

use std::rc::Rc;

use super::node::{Faults, Fields, Node};
use crate::dialect::Tier;
use crate::policy::{Dated, Prices};
use crate::prices::{Above, Price, Rates};
use crate::units::{Moment, PicoUsd};

const RATES: [&str; 11] = [
    "input",
    "cached_input",
    "cache_write",
    "cache_write_1h",
    "output",
    "reasoning",
    "audio_input",
    "cached_audio_input",
    "audio_output",
    "image_input",
    "image_output",
];

/// What a price may have beside its rates.
const MORE: [&str; 8] = [
    "per_request",
    "per_search",
    "long",
    "batch",
    "flex",
    "priority",
    "from",
    "until",
];

/// The dearest token: USD per million.
const MOST: u64 = 1_000_000;

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Prices {
    let mut prices = Prices::default();
    for (name, node) in node.entries(faults) {
        if name.matches('*').count() > 1 {
            faults.add(&node, "a name may have one * at most");
        }
        let rows = match node.is_list() {
            true => node.items(faults),
            false => vec![node],
        };
        let rows = rows.iter().filter_map(|node| dated(node, faults));
        prices.add(name, rows.collect());
    }
    prices
}

fn dated(node: &Node<'_>, faults: &mut Faults) -> Option<Dated> {
    let fields = node.fields(faults, &[&RATES[..], &MORE].concat(), &[])?;
    let mut price = Price::default();
    price
        .rates
        .extend(rates(node, &fields, faults).map(|rates| (Above::default(), rates)));
    for (key, tier) in [
        ("batch", Tier::Batch),
        ("flex", Tier::Flex),
        ("priority", Tier::Priority),
    ] {
        let Some(node) = fields.get(key) else {
            continue;
        };
        let own = node.fields(faults, &RATES, &[]);
        let rates = own.and_then(|fields| rates(&node, &fields, faults));
        let above = Above { tier, tokens: 0 };
        price.rates.extend(rates.map(|rates| (above, rates)));
    }
    price.every_tier = price
        .rates
        .iter()
        .all(|(above, _)| above.tier == Tier::Standard);
    if let Some(node) = fields.get("long") {
        price.rates.extend(long(&node, faults));
    }
    if let Some(each) = fields.get("per_request") {
        price.request = amount(&each, faults, "USD for a request").unwrap_or_default();
    }
    let search = fields.get("per_search");
    price.search = search.and_then(|each| amount(&each, faults, "USD for a search"));
    let mut moment = |key: &str| {
        let node = fields.get(key)?;
        let moment = node.as_text().and_then(beginning);
        if moment.is_none() {
            node.expected(faults, "a day such as 2027-01-01, which begins at midnight UTC, or a moment as in RFC 3339");
        }
        moment
    };
    let (from, until) = (moment("from"), moment("until"));
    if let (Some(from), Some(until)) = (from, until)
        && from >= until
    {
        faults.add(&node.child("until"), "is not after from");
    }
    Some(Dated {
        from,
        until,
        price: Rc::new(price),
    })
}

/// The price of long requests.
fn long(node: &Node<'_>, faults: &mut Faults) -> Option<(Above, Rates)> {
    let fields = node.fields(faults, &[&["above"][..], &RATES].concat(), &[])?;
    let Some(above) = fields.get("above") else {
        faults.add(
            &node.child("above"),
            "is required: a number of input tokens",
        );
        return None;
    };
    let tokens = above.whole(faults, 1, 1_000_000_000)?;
    let above = Above {
        tier: Tier::Standard,
        tokens: tokens.into(),
    };
    Some((above, rates(node, &fields, faults)?))
}

fn rates(node: &Node<'_>, fields: &Fields<'_, '_>, faults: &mut Faults) -> Option<Rates> {
    let mut read = |key: &str| {
        let node = fields.get(key)?;
        let found = node
            .decimal()
            .and_then(|text| PicoUsd::per_token(&text, MOST));
        if found.is_none() {
            let what = "USD per million tokens, from 0 to 1000000 with six decimals at most";
            node.expected(faults, what);
        }
        found
    };
    let input = read("input");
    let rates = Rates {
        input: input.unwrap_or_default(),
        cached_input: read("cached_input"),
        cache_write: read("cache_write"),
        cache_write_1h: read("cache_write_1h"),
        output: read("output"),
        reasoning: read("reasoning"),
        audio_input: read("audio_input"),
        cached_audio_input: read("cached_audio_input"),
        audio_output: read("audio_output"),
        image_input: read("image_input"),
        image_output: read("image_output"),
    };
    for (key, found) in [("input", input), ("output", rates.output)] {
        if found.is_none() && fields.get(key).is_none() {
            faults.add(&node.child(key), "is required: USD per million tokens");
        }
    }
    input.map(|_| rates)
}

fn amount(node: &Node<'_>, faults: &mut Faults, what: &str) -> Option<PicoUsd> {
    let found = node.decimal().and_then(|text| PicoUsd::decimal(&text));
    if found.is_none() {
        node.expected(faults, what);
    }
    found
}

/// A moment, or the beginning of a day.
fn beginning(text: &str) -> Option<Moment> {
    Moment::read(text).or_else(|| Moment::read(&[text, "T00:00:00Z"].concat()))
}
