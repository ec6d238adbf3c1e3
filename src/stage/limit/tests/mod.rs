//! What is held, settled and refused.

mod told;

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::*;
use crate::config;
use crate::dialect::{Dialect, Reported};
use crate::ledger::{Row, Shared};
use crate::policy::{Limit, measure};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::admit::Caller;
use crate::stage::count::Counted;
use crate::stage::meters::Meters;
use crate::stage::record::Record;
use crate::stage::route::{self, Chain};
use crate::units::Moment;

/// 2026-03-04T10:20:30Z, a Wednesday.
const NOW: Moment = Moment(1_772_619_630_000_000_000);

pub(super) fn limit(name: &str) -> Limit {
    Limit {
        name: name.to_owned(),
        rule: 1,
        per: Vec::new(),
        when: Vec::new(),
        every: None,
        bounds: Vec::new(),
        observe: false,
        warn_at: None,
    }
}

/// Versioned values, as the proxy keeps them.
#[derive(Default)]
struct Values(RefCell<HashMap<String, (Vec<u8>, u32)>>);

impl Shared for Values {
    fn read(&self, name: &str) -> Option<(Vec<u8>, u32)> {
        self.0.borrow().get(name).cloned()
    }
    fn write(&self, name: &str, value: &[u8], version: u32) -> bool {
        let mut values = self.0.borrow_mut();
        let known = values.get(name).map(|(_, own)| *own);
        if known.is_some_and(|own| own != version) {
            return false;
        }
        let next = known.unwrap_or_default() + 1;
        values.insert(name.to_owned(), (value.to_vec(), next));
        true
    }
}

struct Bench {
    runtime: Runtime,
    shared: Values,
    caller: Caller,
    now: Moment,
    set: bool,
}

impl Bench {
    fn new(limits: Value) -> Self {
        let config = json!({
            "providers": {
                "a": {"kind": "openai", "api_key": "none"},
                "b": {"kind": "openai", "api_key": "none"},
            },
            "models": {"m": ["cheap/a", "dear/b"], "free": ["nobody-knows/a", "cheap/a"]},
            "allow_unlisted": true,
            "prices": {"cheap": {"input": 1, "output": 2}, "dear": {"input": 10, "output": 20}},
            "limits": limits,
        });
        let loaded = config::load(config.to_string().as_bytes(), &|_| None).unwrap();
        Self {
            runtime: Runtime::new(loaded.policy, Meters::default(), NOW),
            shared: Values::default(),
            caller: Caller {
                key: Some("k1".into()),
                team: Some("red".into()),
                user: Some("ann".into()),
                plan: Some("free".into()),
                ..Caller::default()
            },
            now: NOW,
            set: true,
        }
    }

    fn chain(&self, name: &str) -> Chain {
        route::chain(&self.runtime.policy, name, None, 0).unwrap()
    }

    #[expect(clippy::result_large_err, reason = "of a test")]
    fn hold(&self, model: &str, input: u64, output: u64) -> Result<Holding, (Limited, Refusal)> {
        let chain = self.chain(model);
        let planned = Planned {
            caller: &self.caller,
            dialect: Dialect::OpenAiChat,
            chain: &chain,
            estimate: Estimate {
                tier: Tier::Standard,
                input,
                output,
                set: self.set,
            },
            now: self.now,
        };
        hold(&self.runtime, &self.shared, &planned).map_err(|refused| *refused)
    }

    fn refused(&self, model: &str, input: u64, output: u64) -> (Limited, Refusal) {
        match self.hold(model, input, output) {
            Ok(holding) => panic!("it goes out: {holding:?}"),
            Err(refused) => refused,
        }
    }

    /// Ends a request that `target` has answered, in the way that `end` says.
    fn end(&self, holding: Holding, target: &str, end: impl FnOnce(&mut Record)) -> Record {
        let (model, provider) = target.split_once('/').unwrap();
        let mut record = Record {
            limited: holding.limited,
            counted: Some(Counted {
                tokens: 100,
                ..Counted::default()
            }),
            target: Some((model.into(), provider.into())),
            attempts: 1,
            status: Some(200),
            complete: true,
            ..Record::default()
        };
        end(&mut record);
        settle(&self.runtime, &self.shared, &mut record, self.now);
        assert!(record.limited.holds.is_empty());
        record
    }

    fn rows(&self) -> Vec<Row> {
        let limits = self.runtime.policy.limits.list.iter();
        let rules: Vec<u64> = limits.map(|limit| limit.rule).collect();
        let seconds = self.now.0 / 1_000_000_000;
        self.runtime.ledger.rows(&self.shared, &rules, seconds)
    }

    fn shown(&self) -> Value {
        let counters = usage::counters(&self.runtime, &self.shared, &self.caller, self.now);
        serde_json::from_slice(&usage::as_json(&counters, self.now)).unwrap()
    }
}

fn said(input: u64, output: u64) -> Option<Reported> {
    Some(Reported {
        input: Some(input),
        output: Some(output),
        ..Reported::default()
    })
}

fn answered(record: &mut Record) {
    record.reported = said(90, 30);
}

#[test]
fn what_was_held_becomes_what_was_used_however_a_request_ends() {
    // (how it ends, what it counts: requests, input, output)
    type End = fn(&mut Record);
    let rows: [(&str, End, [u64; 3]); 9] = [
        ("answered", answered, [1, 90, 30]),
        ("no figures", |record| record.heard = 17, [1, 100, 17]),
        (
            "a stream dies",
            |record| (record.complete, record.heard) = (false, 5),
            [1, 100, 5],
        ),
        (
            "gone before a word",
            |record| (record.complete, record.status) = (false, None),
            [1, 100, 40],
        ),
        (
            "gone in the midst",
            |record| {
                (record.complete, record.reported) = (false, said(90, 3));
            },
            [1, 90, 3],
        ),
        ("failed", |record| record.status = Some(500), [1, 0, 0]),
        ("nobody was asked", |record| record.attempts = 0, [0, 0, 0]),
        (
            "refused later",
            |record| record.refusal = Some("personal_data_blocked"),
            [0, 0, 0],
        ),
        (
            "nothing is known",
            |record| (record.counted, record.target) = (None, None),
            [0, 0, 0],
        ),
    ];
    for (what, end, used) in rows {
        let bench = Bench::new(json!([
            {"per": ["key"], "requests": 5, "tokens": 1000, "every": "1m"},
            {"concurrent": 3},
        ]));
        let holding = bench.hold("cheap/a", 100, 40).unwrap();
        assert_eq!(bench.rows().len(), 2, "{what}");
        bench.end(holding, "cheap/a", end);
        let rows = bench.rows();
        let is = rows.first().map(|row| {
            assert!(row.held.is_nothing(), "{what}");
            [measure::REQUESTS, measure::INPUT, measure::OUTPUT].map(|of| row.used.of(of))
        });
        assert_eq!(is.unwrap_or_default(), used, "{what}");
        assert!(rows.len() <= 1, "{what}: nothing is under way");
    }
}

#[test]
fn every_limit_must_allow_and_a_refused_one_leaves_nothing_on_the_others() {
    let bench = Bench::new(json!([
        {"requests": 100, "every": "1m"},
        {"per": ["team"], "tokens": 500, "every": "1h"},
        {"per": ["user"], "output_tokens": 100, "every": "1d"},
        {"per": ["key"], "requests": 0, "every": "1d", "when": {"plan": "pro"}},
        {"per": ["key"], "requests": 0, "every": "1d", "mode": "observe", "name": "seen"},
    ]));
    let first = bench.hold("cheap/a", 100, 60).unwrap();
    assert_eq!(first.limited.would_refuse, ["seen"]);
    let held = bench.rows();
    let (limited, refusal) = bench.refused("cheap/a", 100, 60);
    assert_eq!(bench.rows(), held);
    assert_eq!(limited.refused.as_deref(), Some("user.output_tokens.1d"));
    let answer = refusal.answer();
    assert_eq!((answer.status, answer.code), (429, "rate_limit_exceeded"));
    assert!(
        answer.message.contains("'user.output_tokens.1d'")
            && answer.message.contains("40 tokens left")
    );
    let Refusal::Limited(reached) = refusal else {
        panic!()
    };
    assert_eq!(reached.wait, 13 * 3600 + 39 * 60 + 30, "until midnight");
    // Another user of the team has an own counter of the third limit, and shares that of the second.
    let mut other = Bench {
        caller: Caller {
            user: Some("bob".into()),
            ..bench.caller.clone()
        },
        ..bench
    };
    let second = other.hold("cheap/a", 100, 100).unwrap();
    assert_eq!(
        other.refused("cheap/a", 141, 0).0.refused.as_deref(),
        Some("team.tokens.1h")
    );
    other.caller.team = None;
    let third = other.hold("cheap/a", 500, 0).unwrap();
    other.caller.plan = Some("pro".into());
    let (_, refusal) = other.refused("cheap/a", 1, 0);
    let Refusal::Limited(reached) = refusal else {
        panic!()
    };
    assert!(reached.is_too_large());
    for holding in [first, second, third] {
        other.end(holding, "cheap/a", answered);
    }
}

#[test]
fn the_dearest_target_is_held_and_the_one_that_answers_is_paid() {
    let bench =
        Bench::new(json!([{"per": ["team"], "usd": 0.01, "every": "1mo", "warn_at": "10%"}]));
    // At most 100 × 10 + 400 × 20 = 9000 millionths of a dollar at the dearer, a tenth at the cheaper.
    let holding = bench.hold("m", 100, 400).unwrap();
    let (_, refusal) = bench.refused("m", 100, 1);
    let answer = refusal.answer();
    assert_eq!((answer.status, answer.code), (429, "budget_exceeded"));
    assert!(
        answer.message.contains("0.01 USD has 0.001 USD left"),
        "{}",
        answer.message
    );
    let small = bench.hold("cheap/a", 100, 450).unwrap();
    let record = bench.end(small, "cheap/a", |record| record.reported = said(100, 50));
    assert!(record.limited.warned.is_empty());
    let record = bench.end(holding, "cheap/a", |record| {
        record.reported = said(100, 400)
    });
    assert_eq!(record.limited.warned, ["team.usd.1mo"]);
    // 200 + 900 millionths.
    assert_eq!(bench.rows()[0].used.of(measure::COST), 1_100_000_000);
    let more = bench.hold("cheap/a", 0, 0).unwrap();
    let record = bench.end(more, "cheap/a", answered);
    assert!(record.limited.warned.is_empty(), "it is told once");
}

#[test]
fn a_budget_cannot_be_kept_where_the_price_is_unknown() {
    let bench = Bench::new(json!([{"usd": 1, "every": "1d"}]));
    let holding = bench.hold("free", 10, 10).unwrap();
    let full: Vec<String> = holding
        .full
        .iter()
        .map(|(target, _)| target.model.clone())
        .collect();
    assert_eq!(full, ["nobody-knows"]);
    bench.end(holding, "cheap/a", answered);
    let (_, refusal) = bench.refused("nobody-knows/a", 10, 10);
    assert_eq!(
        (refusal.answer().status, refusal.answer().code),
        (403, "price_unknown")
    );
    let observed = Bench::new(json!([{"usd": 1, "every": "1d", "mode": "observe"}]));
    let holding = observed.hold("nobody-knows/a", 10, 10).unwrap();
    observed.end(holding, "nobody-knows/a", answered);
}

#[test]
fn a_target_at_its_limit_is_left_out_and_the_one_that_served_is_charged() {
    let bench = Bench::new(json!([
        {"per": ["provider"], "requests": 2, "every": "1m"},
        {"per": ["model"], "concurrent": 2},
        {"per": ["team"], "requests": 10, "every": "1m"},
        {"requests": 5, "every": "1m", "when": {"provider": "b"}},
    ]));
    let [first, second] = [(); 2].map(|()| bench.hold("m", 10, 10).unwrap());
    assert!(first.full.is_empty());
    // Both targets are held by both requests.
    let (limited, _) = bench.refused("m", 10, 10);
    assert_eq!(limited.refused.as_deref(), Some("provider.requests.1m"));
    bench.end(first, "cheap/a", answered);
    bench.end(second, "cheap/a", answered);
    // Provider a has served twice; b has its room back.
    let third = bench.hold("m", 10, 10).unwrap();
    assert_eq!(third.full.len(), 1);
    assert_eq!(
        (third.full[0].0.model.as_str(), third.full[0].1.as_str()),
        ("cheap", "provider.requests.1m")
    );
    bench.end(third, "dear/b", answered);
    let team = bench
        .rows()
        .into_iter()
        .filter(|row| row.whose.as_deref() == Some(b"\0\x03red"));
    let used: Vec<u64> = team.map(|row| row.used.of(measure::REQUESTS)).collect();
    assert_eq!(used, [3]);
    assert!(bench.rows().iter().all(|row| row.held.is_nothing()));
}

#[test]
fn a_guess_at_the_output_alone_refuses_nothing() {
    let mut bench = Bench::new(json!([
        {"tokens": 500, "every": "1m"},
        {"output_tokens": 300, "every": "1h"},
        {"usd": 0.0005, "every": "1d"},
    ]));
    let (_, refusal) = bench.refused("cheap/a", 100, 1024);
    assert!(matches!(refusal, Refusal::Limited(reached) if reached.is_too_large()));
    bench.set = false;
    let holding = bench.hold("cheap/a", 100, 1024).unwrap();
    let mut held: Vec<u64> = bench
        .rows()
        .iter()
        .map(|row| row.held.of(measure::OUTPUT))
        .collect();
    held.sort_unstable();
    assert_eq!(held, [300, 400, 1024]);
    bench.end(holding, "cheap/a", answered);
    assert_eq!(
        bench.runtime.typical.expected("cheap", "a"),
        64,
        "30 were learnt"
    );
}

#[test]
fn an_answer_without_bounds_passes_no_limit() {
    for limits in [
        json!([{"per": ["key"], "tokens": 5000, "every": "1d"}]),
        json!([{"output_tokens": 5000, "every": "1d"}]),
        json!([{"usd": 5, "every": "1d"}]),
    ] {
        let bench = Bench::new(limits);
        for output in [1 << 40, u64::MAX - 1, u64::MAX] {
            let (_, refusal) = bench.refused("cheap/a", 10, output);
            assert_eq!(refusal.answer().status, 429, "{output}");
        }
        assert!(bench.rows().iter().all(|row| row.held.is_nothing()));
    }
}
