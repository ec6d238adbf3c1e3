//! The results as one Markdown table: a column for each variant.

use super::kit::provider::Provider;
use super::kit::reply::Kind;
use super::kit::tidy::{figures, markdown};
use super::kit::variant::{BARE, EMPTY, Variant};
use super::measure::{Figures, Results};
use super::plan::{Scenario, times};

/// The table, with what one must know to read it.
pub fn table(
    results: &Results,
    scenarios: &[Scenario],
    variants: &[Variant],
    provider: &Provider,
    pinned: bool,
) -> String {
    let mut head = vec![String::new()];
    head.extend(variants.iter().map(|variant| variant.name.to_owned()));
    let table = Table {
        results,
        columns: variants.len(),
    };
    let mut rows = Vec::new();
    for (nth, scenario) in scenarios.iter().enumerate() {
        rows.extend(table.scenario(nth, scenario));
    }
    rows.extend(table.processes());
    markdown(&head, &rows) + "\n" + &legend(results, scenarios, variants, provider, pinned)
}

struct Table<'a> {
    results: &'a Results,
    columns: usize,
}

impl Table<'_> {
    fn scenario(&self, nth: usize, scenario: &Scenario) -> Vec<Vec<String>> {
        let saturated = |of: fn(&Figures) -> f64| {
            move |column| self.results.median((nth, Some(column), false), of)
        };
        let fixed = |of: fn(&Figures) -> f64| {
            move |column| self.results.median((nth, Some(column), true), of)
        };
        let (rate, work) = (saturated(|it| it.rate), saturated(|it| it.work));
        let (p50, p99) = (fixed(|it| it.p50), fixed(|it| it.p99));
        let half = self.results.rates.get(&nth).copied().unwrap_or(f64::NAN);
        let name = scenario.name();
        let mut rows = vec![
            self.row(&format!("**{name}**: requests/s"), |column| {
                figures(rate(column))
            }),
            self.row("share of bare Envoy's", |column| {
                figures(rate(column) / rate(BARE))
            }),
            self.row("Envoy's core busy", |column| {
                percent(saturated(|it| it.busy)(column))
            }),
            self.row("processor time, µs/request", |column| {
                figures(work(column))
            }),
            self.row(&format!("p50 at {}/s, µs", figures(half)), |column| {
                figures(p50(column))
            }),
            self.row("p99, µs", |column| figures(p99(column))),
            self.row("added at p50, µs", |column| {
                over(column, BARE, p50(column) - p50(BARE))
            }),
        ];
        if let Kind::Stream(chunks @ 2..) = scenario.reply {
            let chunks = chunks as f64;
            let added = |column| (work(column) - work(BARE)) / chunks;
            rows.push(self.row("added per chunk, µs", |column| {
                over(column, BARE, added(column))
            }));
            let own = |column| (work(column) - work(EMPTY)) / chunks;
            rows.push(self.row("… over the empty roles", |column| {
                over(column, EMPTY, own(column))
            }));
        }
        rows
    }

    fn processes(&self) -> Vec<Vec<String>> {
        let memory = &self.results.memory;
        let starts = &self.results.starts;
        vec![
            self.row("**Process**: ready after, ms", |column| {
                figures(starts[column].as_secs_f64() * 1e3)
            }),
            self.row("resident before, MiB", |column| {
                figures(memory[column].0.resident)
            }),
            self.row("resident after, MiB", |column| {
                figures(memory[column].1.resident)
            }),
            self.row("/memory allocated before, MiB", |column| {
                figures(memory[column].0.allocated)
            }),
            self.row("/memory allocated after, MiB", |column| {
                figures(memory[column].1.allocated)
            }),
        ]
    }

    fn row(&self, name: &str, cell: impl Fn(usize) -> String) -> Vec<String> {
        let mut row = vec![name.to_owned()];
        row.extend((0..self.columns).map(cell));
        row
    }
}

fn percent(share: f64) -> String {
    if share.is_finite() {
        format!("{:.0} %", share * 100.0)
    } else {
        "–".to_owned()
    }
}

/// A difference to another column, which has none to itself.
fn over(column: usize, other: usize, value: f64) -> String {
    if column <= other {
        "–".to_owned()
    } else {
        figures(value)
    }
}

fn legend(
    results: &Results,
    scenarios: &[Scenario],
    variants: &[Variant],
    provider: &Provider,
    pinned: bool,
) -> String {
    let times = times();
    let mut text = format!(
        "Medians of {} interleaved rounds of {} s saturated and {} s at a fixed rate, one Envoy worker on one core, load \
         generator and provider {}. Latencies count from when a request was due. Streams go in lockstep: a chunk is \
         sent when the client has had the one before ({} were sent without that). \"Added per chunk\" is \
         processor time of Envoy. Replies that were not as they should be: {}.\n\n",
        times.rounds,
        times.saturated.as_secs_f64(),
        times.half.as_secs_f64(),
        if pinned {
            "on the other"
        } else {
            "NOT pinned (no taskset)"
        },
        provider.stalls(),
        results.bad
    );
    text.push_str("The provider and the load generator alone, requests/s: ");
    let own: Vec<String> = scenarios
        .iter()
        .enumerate()
        .map(|(nth, scenario)| {
            let rate = results.median((nth, None, false), |it| it.rate);
            format!("{} {}", scenario.name(), figures(rate))
        })
        .collect();
    text.push_str(&own.join("; "));
    text.push_str(".\n\n");
    for variant in variants {
        text.push_str(&format!("- {}: {}\n", variant.name, variant.about));
    }
    text
}
