//! What was used in each window, from the counters that the limits are kept by.

use serde_json::{Map, Value, json};

use super::claims::window;
use super::whose::{Whose, values};
use crate::ledger::{Amounts, Measure, Row, Shared, Window};
use crate::policy::keys::Keys;
use crate::policy::{Dimension, Limit, measure};
use crate::runtime::Runtime;
use crate::stage::admit::Caller;
use crate::units::{Moment, PicoUsd, rfc3339};

/// A counter as it is shown.
#[derive(Debug, Clone)]
pub struct Counter<'p> {
    limit: &'p Limit,
    /// In the order of the limit's dimensions; `None`: one counter for many that found no room.
    values: Option<Vec<String>>,
    window: Window,
    used: Amounts,
    held: Amounts,
}

const KINDS: [(&str, Measure); 6] = [
    ("requests", measure::REQUESTS),
    ("input_tokens", measure::INPUT),
    ("output_tokens", measure::OUTPUT),
    ("cached_tokens", measure::CACHED),
    ("cache_write_tokens", measure::CACHE_WRITE),
    ("reasoning_tokens", measure::REASONING),
];

/// What a limit may bound.
const BOUNDED: [(&str, u8); 6] = [
    ("requests", measure::REQUESTS.bit()),
    ("tokens", measure::TOKENS),
    ("input_tokens", measure::INPUT.bit()),
    ("output_tokens", measure::OUTPUT.bit()),
    ("usd", measure::COST.bit()),
    ("concurrent", measure::RUNNING.bit()),
];

/// The counters that a caller may see: an administrator all, others those of their own key, team and user.
pub fn counters<'p>(
    runtime: &'p Runtime,
    shared: &dyn Shared,
    caller: &'p Caller,
    now: Moment,
) -> Vec<Counter<'p>> {
    let keys = runtime.policy.keys.iter().flat_map(Keys::all);
    let keys = keys.filter(|_| caller.is_admin());
    let mine = if caller.is_admin() {
        &[]
    } else {
        caller.limits()
    };
    let own = keys.flat_map(|key| &key.limits).chain(mine);
    let limits: Vec<&Limit> = runtime.policy.limits.list.iter().chain(own).collect();
    let seconds = now.0 / 1_000_000_000;
    let rules: Vec<u64> = limits.iter().map(|limit| limit.rule).collect();
    let mut rows = runtime.ledger.rows(shared, &rules, seconds);
    rows.sort_by(|one, other| one.whose.cmp(&other.whose));
    let mut shown: Vec<Counter<'p>> = Vec::new();
    for limit in limits {
        let own = rows.iter().filter(|row| row.rule == limit.rule);
        let mut own: Vec<Counter<'p>> = own.fold(Vec::new(), |list, row| with(list, limit, row));
        if !caller.is_admin() {
            own.retain(|counter| counter.is_of(caller));
            own.extend(unused(runtime, limit, caller, &own, seconds));
        }
        shown.extend(own);
    }
    shown
}

/// A row of the ledger; what is under way has two that overlap.
fn with<'p>(mut list: Vec<Counter<'p>>, limit: &'p Limit, row: &Row) -> Vec<Counter<'p>> {
    let values = row.whose.as_deref().map(values);
    match list.last_mut().filter(|last| last.values == values) {
        Some(last) => {
            last.used = last.used.plus(row.used);
            last.held = last.held.plus(row.held);
        }
        None => list.push(Counter {
            limit,
            values,
            window: row.window,
            used: row.used,
            held: row.held,
        }),
    }
    list
}

/// The caller's counter of a limit, when nothing was counted yet.
fn unused<'p>(
    runtime: &Runtime,
    limit: &'p Limit,
    caller: &Caller,
    known: &[Counter<'p>],
    now: u64,
) -> Option<Counter<'p>> {
    let whose = Whose {
        caller,
        target: None,
    };
    if limit.is_of_target() || !whose.fits(limit) {
        return None;
    }
    let values = values(&whose.counter(limit).whose);
    let counter = Counter {
        limit,
        window: window(limit, now, runtime.longest),
        used: Amounts::default(),
        held: Amounts::default(),
        values: Some(values),
    };
    let is_known = known.iter().any(|known| known.values == counter.values);
    (!is_known && counter.is_of(caller)).then_some(counter)
}

impl Counter<'_> {
    /// The dimensions with their values.
    fn per(&self) -> impl Iterator<Item = (&Dimension, &str)> {
        let values = self.values.as_deref().unwrap_or_default();
        self.limit.per.iter().zip(values.iter().map(String::as_str))
    }

    /// It is the caller's own: the limit is of the caller's key, or tells keys, teams or users apart, and this is the
    /// caller's.
    fn is_of(&self, caller: &Caller) -> bool {
        let mine = |of: &Dimension| match of {
            Dimension::Key => Some(caller.key.as_deref()),
            Dimension::Team => Some(caller.team.as_deref()),
            Dimension::User => Some(caller.user.as_deref()),
            _ => None,
        };
        let apart = self
            .per()
            .filter_map(|(of, value)| Some((mine(of)?, value)));
        let apart: Vec<bool> = apart.map(|(mine, value)| mine == Some(value)).collect();
        let of_key = self.limit.when.iter().any(|condition| {
            let key = caller.key.as_deref();
            condition.of == Dimension::Key && key.is_some_and(|key| condition.fits(key))
        });
        (of_key || !apart.is_empty()) && apart.iter().all(|own| *own)
    }

    /// Start and end; what is under way has none.
    fn ends(&self) -> [Option<String>; 2] {
        let Window { start, until } = self.window;
        let windowed = self.limit.every.is_some();
        [start, until].map(|end| windowed.then(|| rfc3339(end)))
    }

    fn mode(&self) -> &'static str {
        if self.limit.observe {
            "observe"
        } else {
            "enforce"
        }
    }

    /// What the limit allows of each thing, and what is left of it.
    fn bounds(&self) -> impl Iterator<Item = (&'static str, u64, u64)> {
        let total = self.used.plus(self.held);
        self.limit.bounds.iter().filter_map(move |bound| {
            let (name, _) = BOUNDED.iter().find(|(_, of)| *of == bound.of)?;
            let left = bound.most.saturating_sub(total.sum(bound.of));
            Some((*name, bound.most, left))
        })
    }
}

/// An amount as it is written: money in dollars.
fn written(name: &str, amount: u64) -> String {
    match name {
        "usd" => PicoUsd(amount).to_string(),
        _ => amount.to_string(),
    }
}

fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn amounts(amounts: Amounts, running: bool) -> Value {
    let mut all = Map::new();
    if running {
        all.insert("concurrent".into(), amounts.of(measure::RUNNING).into());
        return Value::Object(all);
    }
    for (name, of) in KINDS {
        all.insert(name.into(), amounts.of(of).into());
    }
    let cost = PicoUsd(amounts.of(measure::COST)).to_string();
    all.insert("cost_usd".into(), number(&cost));
    Value::Object(all)
}

/// As JSON.
pub fn as_json(counters: &[Counter<'_>], now: Moment) -> Vec<u8> {
    let row = |counter: &Counter<'_>| {
        let per = counter.per();
        let per: Map<String, Value> = per.map(|(of, value)| (of.word(), value.into())).collect();
        let bounds = || counter.bounds();
        let allowed: Map<String, Value> = bounds()
            .map(|(name, most, _)| (name.into(), number(&written(name, most))))
            .collect();
        let left: Map<String, Value> = bounds()
            .map(|(name, _, left)| (name.into(), number(&written(name, left))))
            .collect();
        let [start, end] = counter.ends();
        let running = counter.limit.every.is_none();
        json!({
            "limit": counter.limit.name,
            "mode": counter.mode(),
            "per": per,
            "shared": counter.values.is_none(),
            "start": start,
            "end": end,
            "used": if running { Value::Null } else { amounts(counter.used, false) },
            "held": amounts(counter.held, running),
            "allowed": allowed,
            "remaining": left,
        })
    };
    let data: Vec<Value> = counters.iter().map(row).collect();
    let at = rfc3339(now.0 / 1_000_000_000);
    json!({"object": "list", "at": at, "data": data})
        .to_string()
        .into_bytes()
}

/// As CSV (RFC 4180), a line for each counter.
pub fn as_csv(counters: &[Counter<'_>]) -> Vec<u8> {
    let words = Dimension::WORDS.map(|(word, _)| word);
    let mut out = String::from("limit,mode,");
    out.push_str(&words.join(","));
    out.push_str(",tags,start,end,");
    for (name, _) in KINDS {
        out.push_str(name);
        out.push(',');
    }
    out.push_str("cost_usd,concurrent");
    for (name, _) in BOUNDED {
        out.push_str(&[",allowed_", name, ",remaining_", name].concat());
    }
    out.push_str("\r\n");
    for counter in counters {
        let mut cells = vec![counter.limit.name.clone(), counter.mode().to_owned()];
        for (word, _) in Dimension::WORDS {
            let value = counter.per().find(|(of, _)| of.word() == word);
            cells.push(value.map_or(String::new(), |(_, value)| value.to_owned()));
        }
        let tags = counter.per().filter_map(|(of, value)| match of {
            Dimension::Tag(name) => Some([name, "=", value].concat()),
            _ => None,
        });
        cells.push(tags.collect::<Vec<_>>().join(" "));
        cells.extend(counter.ends().map(Option::unwrap_or_default));
        cells.extend(KINDS.map(|(_, of)| counter.used.of(of).to_string()));
        cells.push(PicoUsd(counter.used.of(measure::COST)).to_string());
        cells.push(counter.held.of(measure::RUNNING).to_string());
        for (name, _) in BOUNDED {
            let bound = counter.bounds().find(|(own, ..)| *own == name);
            let both = bound.map(|(_, most, left)| [written(name, most), written(name, left)]);
            cells.extend(both.unwrap_or_default());
        }
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// A cell. One that a spreadsheet would take for a formula begins with an apostrophe: values may come from clients.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = match formula {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match cell.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}
