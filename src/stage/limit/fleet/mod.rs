//! Limits that many proxies share, counted by a service that speaks Envoy's rate limit protocol.
//!
//! The protocol knows one question: whether there is room for so many hits, which counts them; nothing can be given back.
//! So a request is asked about with one hit, before it goes out: that is the request itself, and one of its tokens. It goes
//! out if what is left covers what this process has in flight for the counter, itself included. What it really used is
//! reported when it is over, without that hit. Requests are so exact; of tokens and money the fleet can use more than a
//! limit by what the *other* processes had in flight when the last request was let through, and by what requests
//! used beyond what was held for them.
//!
//! ```text
//! hold (here) ──▶ ask, 1 hit ──▶ room? ──▶ request ──▶ settle (here) ──▶ report, the rest
//! ```

mod outbox;

pub use outbox::Outbox;

use super::hold::Seen;
use super::whose::values;
use super::{Limited, told};
use crate::dialect::Dialect;
use crate::host::{Answer, Ask, CallOut};
use crate::ledger::{Bound, Every, Unit};
use crate::policy::{Fleet, Limit, OnStoreError, measure};
use crate::refusal::{Reached, Refusal, Scarce};
use crate::rls::{self, Descriptor, Response, Status};

/// One bound that the service counts, of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The limit's name.
    pub limit: String,
    /// It refuses nothing.
    pub observe: bool,
    /// What is bounded.
    pub bound: Bound,
    /// What the service knows the counter by.
    pub descriptor: Descriptor,
    /// What is held for this request, in the bound's measure.
    pub own: u64,
    /// What this process holds for the counter, this request included.
    pub held: u64,
    /// By this process's own count, the request passes the bound.
    pub over: bool,
    /// Seconds until the window here is over.
    pub wait: u64,
    /// The service has counted its hit.
    pub counted: bool,
    /// What the service said is left, in hits.
    pub left: Option<u64>,
    /// What it said is allowed, in hits.
    pub most: Option<u64>,
}

/// Pico-dollars in a micro-dollar, and in a milli-dollar.
const SCALES: [(u64, &str); 2] = [(1_000_000, "usd_micro"), (1_000_000_000, "usd_milli")];

/// The largest budget that is counted in micro-dollars: 4,000 USD.
const MOST_IN_MICRO: u64 = 4_000_000_000_000_000;

/// How a bound is counted by the service: under which word, and how much of it is one hit. Counters of the protocol
/// have 32 bits: so a budget above 4,000 USD is counted in thousandths.
pub fn counted(bound: &Bound) -> (&'static str, u64) {
    let (input, output) = (measure::INPUT.bit(), measure::OUTPUT.bit());
    match bound.of {
        of if of == measure::REQUESTS.bit() => ("requests", 1),
        of if of == measure::COST.bit() => {
            let [micro, milli] = SCALES;
            let fits = bound.most <= MOST_IN_MICRO;
            let (scale, word) = if fits { micro } else { milli };
            (word, scale)
        }
        of if of == input => ("input_tokens", 1),
        of if of == output => ("output_tokens", 1),
        _ => ("tokens", 1),
    }
}

/// What the service knows a counter by: the limit, what is counted, and the values of its dimensions.
pub fn descriptor(limit: &Limit, bound: &Bound, values: &[String]) -> Descriptor {
    let (word, scale) = counted(bound);
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let mut entries = vec![pair("limit", &limit.name), pair("counts", word)];
    for (of, value) in limit.per.iter().zip(values) {
        let value = if value.is_empty() { "none" } else { value };
        entries.push((of.word(), value.to_owned()));
    }
    let unit = limit.every.and_then(unit);
    let most = bound.most.checked_div(scale).unwrap_or_default();
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    Descriptor {
        entries,
        limit: unit.map(|unit| (most, unit)),
    }
}

/// The protocol's unit for a window; it has none for two of one.
fn unit(every: Every) -> Option<rls::Unit> {
    let unit = match every.unit {
        Unit::Second => rls::Unit::Second,
        Unit::Minute => rls::Unit::Minute,
        Unit::Hour => rls::Unit::Hour,
        Unit::Day => rls::Unit::Day,
        Unit::Month => rls::Unit::Month,
        Unit::Week => return None,
    };
    (every.count == 1).then_some(unit)
}

/// What the service counts of a limit that applies: one for each bound.
pub(super) fn shares<'s>(
    (own, claim, standing): &'s Seen<'_, '_>,
    now: u64,
) -> impl Iterator<Item = Share> + 's {
    let values = values(&claim.name.whose);
    let (limit, claim, standing) = (own.limit, *claim, *standing);
    claim.bounds.iter().enumerate().map(move |(nth, bound)| {
        let wanted = claim.amounts.sum(bound.of);
        Share {
            limit: limit.name.clone(),
            observe: limit.observe,
            bound: *bound,
            descriptor: descriptor(limit, bound, &values),
            own: wanted,
            held: standing.held.sum(bound.of).saturating_add(wanted),
            over: standing.over == Some(nth),
            wait: claim.window.until.saturating_sub(now),
            counted: false,
            left: None,
            most: None,
        }
    })
}

/// The next question whether the service has room for a request, when so many were answered; `None`: all were.
pub fn ask(fleet: &Fleet, shares: &[Share], answered: usize) -> Option<CallOut> {
    let asked = match fleet.apart {
        true => shares.get(answered).map(std::slice::from_ref)?,
        false if answered == 0 => shares,
        false => return None,
    };
    let descriptors: Vec<&Descriptor> = asked.iter().map(|share| &share.descriptor).collect();
    (!asked.is_empty()).then(|| call(fleet, &descriptors, 1))
}

fn call(fleet: &Fleet, descriptors: &[&Descriptor], hits: u32) -> CallOut {
    CallOut {
        cluster: fleet.cluster.clone(),
        timeout: fleet.timeout,
        ask: Ask::Grpc {
            service: rls::SERVICE,
            method: rls::METHOD,
            message: rls::request(&fleet.domain, descriptors, hits),
        },
    }
}

/// What becomes of the request by the service's answers to all questions, and what its client is told in `dialect`, `now` in
/// seconds since 1970. Whether the service was there is kept in
/// `outbox`.
///
/// # Errors
///
/// A refusal.
pub fn judge(
    fleet: &Fleet,
    outbox: &Outbox,
    limited: &mut Limited,
    answers: &[&Answer],
    (dialect, now): (Dialect, u64),
) -> Result<(), Refusal> {
    let responses = answers.iter().map(|answer| match answer {
        Answer::Grpc(bytes) => Response::read(bytes),
        _ => None,
    });
    let responses: Vec<Option<Response>> = responses.collect();
    outbox.answered(responses.iter().all(Option::is_some));
    let mut refused = None;
    let mut silent = false;
    for (nth, share) in limited.shares.iter_mut().enumerate() {
        let (response, place) = match fleet.apart {
            true => (responses.get(nth), 0),
            false => (responses.first(), nth),
        };
        let Some(Some(response)) = response else {
            silent = true;
            continue;
        };
        let status = match response.statuses.get(place) {
            Some(status) => *status,
            // Limitador speaks of all that it was asked about in one: the least that is left, in a header.
            None => Status {
                over: response.over,
                limited: fleet.apart && response.left.is_some(),
                left: response.left.unwrap_or_default(),
                most: response.most.unwrap_or_default(),
                wait: response.wait,
            },
        };
        share.counted = true;
        share.left = status.limited.then_some(status.left);
        share.most = status.limited.then_some(status.most);
        share.wait = status.wait.unwrap_or(share.wait);
        if share.is_full(&status) {
            match share.observe {
                true => limited.would_refuse.push(share.limit.clone()),
                false => {
                    refused.get_or_insert((share.limit.clone(), share.reached(status.left)));
                }
            }
        }
    }
    told::shared(limited, dialect, now);
    match refused {
        Some((limit, reached)) => {
            limited.refused = Some(limit);
            Err(Refusal::Limited(reached))
        }
        None if silent => without(fleet, limited),
        None => Ok(()),
    }
}

/// The service did not answer.
fn without(fleet: &Fleet, limited: &mut Limited) -> Result<(), Refusal> {
    match fleet.on_error {
        OnStoreError::Allow => Ok(()),
        OnStoreError::Refuse => Err(Refusal::LimitStore),
        OnStoreError::Local => {
            let mut over = limited
                .shares
                .iter()
                .filter(|share| share.over && !share.counted);
            let names = over.clone().filter(|share| share.observe);
            let names: Vec<String> = names.map(|share| share.limit.clone()).collect();
            let refused = over.find(|share| !share.observe);
            let refused = refused.map(|share| (share.limit.clone(), share.reached(0)));
            limited.would_refuse.extend(names);
            match refused {
                None => Ok(()),
                Some((limit, reached)) => {
                    limited.refused = Some(limit);
                    Err(Refusal::Limited(reached))
                }
            }
        }
    }
}

impl Share {
    /// There is no room for the request: what is left, with the hit that the question was, does not cover what is in
    /// flight here. The hits of others in flight are counted by both, which errs on the side of the limit.
    fn is_full(&self, status: &Status) -> bool {
        if self.bound.of == measure::REQUESTS.bit() {
            // The question has counted it, as those of the others in flight have counted them.
            return status.over;
        }
        let (_, scale) = counted(&self.bound);
        let left = status.left.saturating_add(1).saturating_mul(scale);
        status.over || (status.limited && left < self.held)
    }

    /// What is allowed and what is left of it, when what is in flight here is taken off; where the service says.
    pub(super) fn stands(&self) -> Option<(u64, u64)> {
        let (_, scale) = counted(&self.bound);
        let own = self.bound.most.checked_div(scale).unwrap_or_default();
        let (most, left) = (
            self.most.filter(|most| *most > 0).unwrap_or(own),
            self.left?,
        );
        let held = match self.bound.of == measure::REQUESTS.bit() {
            // The questions of all in flight have counted them.
            true => 0,
            false => self
                .held
                .checked_div(scale)
                .unwrap_or_default()
                .saturating_sub(1),
        };
        let left = left.saturating_sub(held).saturating_mul(scale);
        Some((most.saturating_mul(scale), left))
    }

    fn reached(&self, left: u64) -> Reached {
        let (_, scale) = counted(&self.bound);
        Reached {
            limit: self.limit.clone(),
            scarce: match self.bound.of {
                of if of == measure::REQUESTS.bit() => Scarce::Requests,
                of if of == measure::COST.bit() => Scarce::Money,
                _ => Scarce::Tokens,
            },
            most: self.bound.most,
            left: left.saturating_mul(scale),
            asked: self.own,
            wait: self.wait,
        }
    }
}

/// Notes what a request used, to be reported.
pub fn used(outbox: &Outbox, shares: &[Share], amount: impl Fn(u8) -> u64) {
    for share in shares {
        let (_, scale) = counted(&share.bound);
        let used = amount(share.bound.of);
        if used == 0 {
            continue;
        }
        let hits = used
            .div_ceil(scale)
            .saturating_sub(u64::from(share.counted));
        let room = share.left.map(|left| {
            let held = share.held.checked_div(scale).unwrap_or_default();
            left.saturating_sub(held)
        });
        outbox.add(&share.descriptor, hits, room);
    }
}

#[cfg(test)]
mod tests;
