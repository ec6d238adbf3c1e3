//! Names, days and sums.

mod usage;

use super::*;

use crate::dialect::{ROWS, Tier, Usage};
use crate::units::{Moment, PicoUsd};

fn day(text: &str) -> Option<Moment> {
    Moment::read(&format!("{text}T00:00:00Z"))
}

/// After every dated price of the tables as they are.
fn now() -> Moment {
    day("2026-11-20").unwrap()
}

fn rates_of(kind: &str, model: &str, region: Option<&str>) -> Option<(u64, u64)> {
    let price = builtin(kind, model, region, now())?;
    let each =
        |input, output| price.most(Tier::Standard, input, output).unwrap().0 - price.request.0;
    Some((each(1, 0), each(0, 1)))
}

/// Two names of one model, which cost the same.
#[test]
fn names_match_as_the_providers_write_them() {
    let rows = [
        ("openai", "gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("openai", "GPT-4o", "gpt-4o"),
        ("openai", "gpt-4.1-2025-04-14", "gpt-4.1"),
        (
            "openai",
            "ft:gpt-4o-mini-2024-07-18:acme:tickets:Ab1",
            "ft:gpt-4o-mini-2024-07-18",
        ),
        (
            "anthropic",
            "claude-sonnet-4-5-20250929",
            "claude-sonnet-4-5",
        ),
        ("anthropic", "claude-opus-4-1-latest", "claude-opus-4-1"),
        ("gemini", "models/gemini-2.5-pro", "gemini-2.5-pro"),
        ("vertex", "claude-sonnet-4-5@20250929", "claude-sonnet-4-5"),
        ("vertex", "claude-sonnet-4-5@default", "claude-sonnet-4-5"),
        (
            "vertex",
            "publishers/google/models/gemini-2.5-pro",
            "gemini-2.5-pro",
        ),
        ("azure", "gpt-4o-2024-11-20", "gpt-4o"),
        ("xai", "grok-4-latest", "grok-4"),
        (
            "fireworks",
            "accounts/fireworks/models/gpt-oss-120b",
            "gpt-oss-120b",
        ),
        (
            "together",
            "meta-llama/Llama-3.3-70B-Instruct-Turbo",
            "meta-llama/llama-3.3-70b-instruct-turbo",
        ),
        (
            "bedrock",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        ),
        (
            "bedrock",
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
            "amazon.nova-pro-v1:0",
        ),
        (
            "bedrock",
            "amazon.nova-pro-v1:0:300k",
            "amazon.nova-pro-v1:0",
        ),
        ("bedrock", "us.amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"),
    ];
    for (kind, written, listed) in rows {
        let found = rates_of(kind, written, None);
        assert!(found.is_some(), "{kind} {written}");
        assert_eq!(found, rates_of(kind, listed, None), "{kind} {written}");
    }
}

/// A model's price is not that of another, and what is not listed has none.
#[test]
fn no_price_is_taken_from_another_model() {
    let differ = [
        ("openai", "gpt-4o-mini", "gpt-4o"),
        ("openai", "gpt-4o-2024-05-13", "gpt-4o"),
        ("openai", "ft:gpt-4o-mini-2024-07-18:a::b", "gpt-4o-mini"),
        ("anthropic", "claude-opus-4-5", "claude-opus-4"),
        ("gemini", "gemini-2.5-flash-lite", "gemini-2.5-flash"),
        (
            "bedrock",
            "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
        ),
    ];
    for (kind, one, other) in differ {
        let found = rates_of(kind, one, None);
        assert!(found.is_some(), "{kind} {one}");
        assert_ne!(found, rates_of(kind, other, None), "{kind} {one}");
    }
    let unknown = [
        ("openai", "gpt-4o-turbo"),
        ("openai", "gpt-"),
        ("openai", "my-gpt-4o"),
        ("openai", "gpt-4o-minimal"),
        ("openai", "ft:gpt-5:acme::x"),
        ("openai", ""),
        ("openai", "gpt-4o\n"),
        ("openai", "gpt-4o i2.5"),
        ("anthropic", "claude-sonnet-4-5-fast"),
        ("anthropic", "gpt-4o"),
        ("azure", "prod-deployment"),
        (
            "bedrock",
            "arn:aws:bedrock:us-east-1:1:application-inference-profile/ab12",
        ),
        // Geographies of this one differ, and this is none of those that are listed.
        ("bedrock", "ca.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ("openrouter", "gpt-4o"),
        ("openrouter", "openai/gpt-4o:nitro"),
        ("fireworks", "accounts/acme/models/gpt-oss-120b"),
        ("huggingface", "openai/gpt-oss-120b"),
        ("ollama", "llama3"),
        ("vllm", "gpt-4o"),
        ("no such kind", "gpt-4o"),
    ];
    for (kind, model) in unknown {
        assert_eq!(builtin(kind, model, None, now()), None, "{kind} {model}");
    }
    let free = builtin("openrouter", "someone/new-model:free", None, now()).unwrap();
    assert_eq!(free.most(Tier::Standard, 1000, 1000), Some(PicoUsd(0)));
}

#[test]
fn prices_change_on_their_day_and_outside_the_global_location() {
    let on = |date: &str| {
        let price = builtin("openai", "o3", None, day(date).unwrap()).unwrap();
        price.most(Tier::Standard, 0, 1).unwrap().0
    };
    assert_eq!(
        (on("2025-06-09"), on("2025-06-10")),
        (40_000_000, 8_000_000)
    );
    let vertex = |region| {
        rates_of("vertex", "claude-sonnet-4-5", Some(region))
            .unwrap()
            .1
    };
    assert_eq!(
        (vertex("global"), vertex("us-east5")),
        (15_000_000, 16_500_000)
    );
}

/// Every line of every table is understood, in order, and found under its own name.
#[test]
fn every_line_is_found_and_read() {
    let mut bytes = 0;
    let mut all = 0;
    for (kind, count) in names() {
        assert!(ROWS.iter().any(|row| row.kind == kind), "{kind}");
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/prices/tables");
        let text = std::fs::read_to_string(format!("{root}/{kind}.txt")).unwrap();
        bytes += text.len();
        all += count;
        let mut last = "";
        for row in text.lines() {
            let (name, line) = row.split_once(' ').unwrap();
            assert!(last < name, "{kind}: {last} before {name}");
            last = name;
            let price = super::line::read(line, "9999-12-31", false);
            let price = price.unwrap_or_else(|| panic!("{kind}: {row}"));
            assert!(price.most(Tier::Standard, 1, 0).is_some(), "{kind}: {row}");
            assert!(builtin(kind, name, None, now()).is_some(), "{kind}: {row}");
        }
    }
    assert!(all >= 400, "{all} models");
    assert!(bytes < 150_000, "{bytes} bytes");
    assert!(day(DATE.trim()).is_some());
}

fn price(line: &str) -> Price {
    super::line::read(line, "2026-01-01", true).unwrap()
}

#[test]
fn every_token_is_charged_once() {
    let full =
        price("i2 c.2 w2.5 W4 o10 r12 a6 x.6 A20 m3 M30 q5 s10 >200000 i4 o15 @f*.5 @p i4 o20");
    let usage = Usage {
        input: 1000,
        ..Usage::default()
    };
    let rows = [
        (Usage::default(), 5_000_000_000),
        (usage, 5_000_000_000 + 1000 * 2_000_000),
        (
            Usage {
                cached: 400,
                cache_write: 100,
                cache_write_1h: 40,
                ..usage
            },
            5_000_000_000 + 500 * 2_000_000 + 400 * 200_000 + 60 * 2_500_000 + 40 * 4_000_000,
        ),
        (
            Usage {
                audio_input: 300,
                image_input: 100,
                ..usage
            },
            5_000_000_000 + 600 * 2_000_000 + 300 * 6_000_000 + 100 * 3_000_000,
        ),
        (
            Usage {
                audio_input: 300,
                cached: 200,
                audio_cached: 50,
                ..usage
            },
            5_000_000_000 + 550 * 2_000_000 + 250 * 6_000_000 + 150 * 200_000 + 50 * 600_000,
        ),
        // More parts than the whole are no more than the whole.
        (
            Usage {
                cached: 5000,
                ..usage
            },
            5_000_000_000 + 1000 * 200_000,
        ),
        (
            Usage {
                cached: 900,
                audio_input: 500,
                ..usage
            },
            5_000_000_000 + 900 * 200_000 + 100 * 6_000_000,
        ),
        (
            Usage {
                output: 100,
                reasoning: 30,
                audio_output: 20,
                image_output: 10,
                ..Usage::default()
            },
            5_000_000_000 + 40 * 10_000_000 + 30 * 12_000_000 + 20 * 20_000_000 + 10 * 30_000_000,
        ),
        (
            Usage {
                searches: 3,
                ..Usage::default()
            },
            35_000_000_000,
        ),
        // Just not long, and long.
        (
            Usage {
                input: 200_000,
                ..usage
            },
            5_000_000_000 + 200_000 * 2_000_000,
        ),
        (
            Usage {
                input: 200_001,
                output: 1,
                ..usage
            },
            5_000_000_000 + 200_001 * 4_000_000 + 15_000_000,
        ),
        (
            Usage {
                tier: Tier::Flex,
                output: 2,
                ..usage
            },
            5_000_000_000 + 1_000_000_000 + 10_000_000,
        ),
        (
            Usage {
                tier: Tier::Priority,
                output: 2,
                ..usage
            },
            5_000_000_000 + 4_000_000_000 + 40_000_000,
        ),
    ];
    for (usage, cost) in rows {
        assert_eq!(full.of(&usage), Some(PicoUsd(cost)), "{usage:?}");
    }
    let unknown = [
        Usage {
            tier: Tier::Batch,
            ..usage
        },
        Usage {
            tier: Tier::Other,
            ..usage
        },
        // A long request of a tier that says nothing of long ones.
        Usage {
            tier: Tier::Priority,
            input: 200_001,
            ..usage
        },
    ];
    for usage in unknown {
        assert_eq!(full.of(&usage), None, "{usage:?}");
    }
    let plain = price("i1");
    assert_eq!(
        plain.of(&Usage {
            searches: 1,
            ..usage
        }),
        None
    );
    assert_eq!(
        plain.of(&Usage { output: 1, ..usage }),
        None,
        "no price of output"
    );
    assert_eq!(plain.of(&usage), Some(PicoUsd(1_000_000_000)));
    let grounded = price("i1 o1 g35");
    assert_eq!(
        grounded.of(&Usage {
            searches: 4,
            ..Usage::default()
        }),
        Some(PicoUsd(35_000_000_000))
    );
}

/// The cost of any usage is the sum of what its parts cost alone, and what is held before is enough for it.
#[test]
fn the_whole_is_the_sum_of_its_parts_and_no_more_than_is_held() {
    let model = price("i2.123456 c.2 w2.5 W4 o10.000001 r12 a6 x.6 A20 m3 M30 q5");
    let mut seed = 7_u64;
    let mut draw = |most: u64| {
        seed = crate::fnv::fnv(seed.to_le_bytes());
        seed % (most + 1)
    };
    for _ in 0..20_000 {
        let (input, output) = (draw(100_000), draw(100_000));
        let usage = Usage {
            input,
            output,
            cached: draw(input),
            cache_write: draw(input),
            cache_write_1h: draw(input),
            audio_input: draw(input),
            audio_cached: draw(input),
            image_input: draw(input),
            reasoning: draw(output),
            audio_output: draw(output),
            image_output: draw(output),
            ..Usage::default()
        };
        let cost = model.of(&usage).unwrap();
        let of_input = model.of(&Usage { output: 0, ..usage }).unwrap();
        let of_output = model.of(&Usage { input: 0, ..usage }).unwrap();
        assert_eq!(cost.0 + model.request.0, of_input.0 + of_output.0);
        assert!(
            cost <= model.most(Tier::Standard, input, output).unwrap(),
            "{usage:?}"
        );
    }
}

#[test]
fn nonsense_is_no_price() {
    for line in [
        "i",
        "ix",
        "i1 z2",
        "i1.0000001",
        "@b*.5",
        "i1 @q i2",
        "i1 >x i2",
        "i-1",
        "i1 o99999999999999999999",
    ] {
        assert_eq!(super::line::read(line, "2026-01-01", true), None, "{line}");
    }
}
