//! The measurements: saturated, then at a rate that every column stands.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::kit::body::bodies;
use super::kit::envoy::{Envoy, Memory};
use super::kit::load::{Job, Sample, closed, open};
use super::kit::provider::Provider;
use super::kit::reply::Kind;
use super::kit::tidy::median;
use super::kit::variant::EVERYTHING;
use super::plan::{Scenario, Times, times};

/// What one measurement gave.
#[derive(Clone, Copy)]
pub struct Figures {
    /// Requests a second.
    pub rate: f64,
    /// Processor time of Envoy for a request, in microseconds.
    pub work: f64,
    /// The share of the time in which Envoy had its core.
    pub busy: f64,
    /// Latencies in microseconds.
    pub p50: f64,
    /// The slowest hundredth's begin.
    pub p99: f64,
}

/// A figure's place: scenario, column (the provider itself: none), and whether at a fixed rate.
type Place = (usize, Option<usize>, bool);

/// All that was measured.
pub struct Results {
    all: HashMap<Place, Vec<Figures>>,
    /// The fixed rate of each scenario.
    pub rates: HashMap<usize, f64>,
    /// Memory of each Envoy before and after.
    pub memory: Vec<(Memory, Memory)>,
    /// Start of each Envoy until it was ready.
    pub starts: Vec<Duration>,
    /// Replies that were not as they should be.
    pub bad: usize,
}

impl Results {
    /// Nothing yet.
    pub fn new(envoys: &[Envoy]) -> Self {
        Self {
            all: HashMap::new(),
            rates: HashMap::new(),
            memory: envoys
                .iter()
                .map(|envoy| (envoy.memory(), Memory::default()))
                .collect(),
            starts: envoys.iter().map(|envoy| envoy.started_in).collect(),
            bad: 0,
        }
    }

    /// After the last request.
    pub fn close(&mut self, envoys: &[Envoy]) {
        for ((_, after), envoy) in self.memory.iter_mut().zip(envoys) {
            *after = envoy.memory();
        }
    }

    /// The median of a figure; not a number where it was not measured.
    pub fn median(&self, place: Place, of: impl Fn(&Figures) -> f64) -> f64 {
        median(self.all.get(&place).into_iter().flatten().map(of))
    }

    fn add(&mut self, place: Place, sample: &Sample, work: Duration, wall: Duration) {
        self.bad += sample.bad;
        let figures = Figures {
            rate: sample.rate(),
            // All that was answered from the first request to the last, warm-up included.
            work: work.as_secs_f64() * 1e6 / sample.all.max(1) as f64,
            busy: work.as_secs_f64() / wall.as_secs_f64(),
            p50: sample.quantile(0.5),
            p99: sample.quantile(0.99),
        };
        self.all.entry(place).or_default().push(figures);
    }
}

struct Bench<'a> {
    times: Times,
    scenarios: &'a [Scenario],
    envoys: &'a [Envoy],
    jobs: Vec<Job>,
}

impl<'a> Bench<'a> {
    fn new(scenarios: &'a [Scenario], envoys: &'a [Envoy], provider: &Provider) -> Self {
        let job = |scenario: &Scenario| Job {
            port: provider.port(),
            bodies: Arc::new(bodies(scenario.size, scenario.reply != Kind::Plain, 1)),
            reply: scenario.reply,
            connections: scenario.connections,
            lanes: provider.lanes(),
        };
        Self {
            times: times(),
            scenarios,
            envoys,
            jobs: scenarios.iter().map(job).collect(),
        }
    }

    /// Every scenario with every column that it has.
    fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = self.envoys.len();
        let scenarios = self.scenarios;
        (0..scenarios.len())
            .flat_map(move |scenario| (0..columns).map(move |variant| (scenario, variant)))
            .filter(move |(scenario, variant)| scenarios[*scenario].has(*variant))
    }

    async fn one(&self, results: &mut Results, scenario: usize, variant: usize, rate: Option<f64>) {
        let envoy = &self.envoys[variant];
        let job = Job {
            port: envoy.port,
            ..self.jobs[scenario].clone()
        };
        let (begin, before) = (Instant::now(), envoy.processor_time());
        let sample = match rate {
            Some(rate) => open(&job, rate, self.times.warm, self.times.half).await,
            None => closed(&job, self.times.warm, self.times.saturated).await,
        };
        let work = envoy.processor_time() - before;
        results.add(
            (scenario, Some(variant), rate.is_some()),
            &sample,
            work,
            begin.elapsed(),
        );
    }
}

/// As much as goes through.
pub async fn saturate(
    results: &mut Results,
    scenarios: &[Scenario],
    envoys: &[Envoy],
    provider: &Provider,
) {
    let bench = Bench::new(scenarios, envoys, provider);
    for round in 0..bench.times.rounds {
        eprintln!("saturated: round {} of {}", round + 1, bench.times.rounds);
        for (nth, job) in bench.jobs.iter().enumerate() {
            let sample = closed(job, bench.times.warm, bench.times.saturated / 2).await;
            results.add(
                (nth, None, false),
                &sample,
                Duration::ZERO,
                bench.times.saturated,
            );
        }
        for (scenario, variant) in bench.places() {
            bench.one(results, scenario, variant, None).await;
        }
    }
}

/// At half of what Tollgate with everything on can do.
pub async fn at_half(
    results: &mut Results,
    scenarios: &[Scenario],
    envoys: &[Envoy],
    provider: &Provider,
) {
    let bench = Bench::new(scenarios, envoys, provider);
    for nth in 0..scenarios.len() {
        let slowest = results.median((nth, Some(EVERYTHING), false), |figures| figures.rate);
        results.rates.insert(nth, slowest / 2.0);
    }
    for round in 0..bench.times.rounds {
        eprintln!(
            "at a fixed rate: round {} of {}",
            round + 1,
            bench.times.rounds
        );
        for (scenario, variant) in bench.places().filter(|(_, variant)| *variant <= EVERYTHING) {
            let rate = results.rates[&scenario];
            bench.one(results, scenario, variant, Some(rate)).await;
        }
    }
}
