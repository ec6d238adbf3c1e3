//! Which limits apply to a request, and what is wanted of each.

use super::Estimate;
use super::whose::Whose;
use crate::ledger::{Amounts, Claim, Every, Unit, Window};
use crate::policy::{Limit, Policy, Store, Target, measure};
use crate::stage::admit::Caller;
use crate::stage::route::Chain;
use crate::units::{Moment, PicoUsd};

/// A limit that applies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Applied<'p> {
    /// Its place in the policy.
    pub(super) nth: usize,
    pub(super) limit: &'p Limit,
    /// The target's place in the chain, for a limit on targets.
    pub(super) target: Option<usize>,
}

/// The limits that apply to a request of this caller, those on targets once for each that they apply to.
pub(super) fn applied<'p>(
    policy: &'p Policy,
    caller: &'p Caller,
    chain: &Chain,
) -> Vec<Applied<'p>> {
    let mut all = Vec::new();
    for (nth, limit) in policy.limits.of(caller.limits()) {
        if !limit.is_of_target() {
            let whose = Whose {
                caller,
                target: None,
            };
            let target = None;
            all.extend(whose.fits(limit).then_some(Applied { nth, limit, target }));
            continue;
        }
        for (place, target) in chain.targets.iter().enumerate() {
            let whose = Whose {
                caller,
                target: named(policy, target),
            };
            let target = Some(place);
            all.extend(whose.fits(limit).then_some(Applied { nth, limit, target }));
        }
    }
    all
}

/// A target's model and provider.
pub(super) fn named<'a>(policy: &'a Policy, target: &'a Target) -> Option<(&'a str, &'a str)> {
    let provider = policy.providers.get(target.provider)?;
    Some((&target.model, &provider.name))
}

impl<'p> Applied<'p> {
    /// What is wanted of its counter. `cost` is the most that the request may cost.
    pub(super) fn claim(
        &self,
        whose: Whose<'_>,
        estimate: Estimate,
        cost: u64,
        (now, longest): (u64, u64),
        store: &Store,
    ) -> Claim<'p> {
        let window = window(self.limit, now, longest);
        Claim {
            name: whose.counter(self.limit),
            // Whoever must wait longest is told for how long.
            rank: self.limit.every.map_or(0, |_| window.until),
            window,
            bounds: &self.limit.bounds,
            amounts: match self.limit.every {
                Some(_) => self.amounts(estimate, cost),
                None => Amounts::default().with(measure::RUNNING, 1),
            },
            observed: self.limit.observe || self.limit.is_shared(store),
        }
    }
}

impl Applied<'_> {
    /// What the request may come to. A guess at its output is not what it fails on: where a bound is smaller than it, as
    /// much is held as the bound has room for.
    fn amounts(&self, estimate: Estimate, cost: u64) -> Amounts {
        let mut amounts = Amounts::default()
            .with(measure::REQUESTS, 1)
            .with(measure::INPUT, estimate.input)
            .with(measure::OUTPUT, estimate.output)
            .with(measure::COST, cost);
        for bound in self.limit.bounds.iter().filter(|_| !estimate.set) {
            let excess = amounts.sum(bound.of).saturating_sub(bound.most);
            for guessed in [measure::OUTPUT, measure::COST] {
                if bound.of & guessed.bit() != 0 {
                    let less = amounts.of(guessed).saturating_sub(excess);
                    amounts = amounts.with(guessed, less);
                }
            }
        }
        amounts
    }
}

/// The window that a limit counts in now.
///
/// What is under way has none. But a worker that dies gives nothing back: so its holds are dropped when the longest
/// request that there can be (`longest`, in seconds) is over for certain, by windows that overlap.
pub(super) fn window(limit: &Limit, now: u64, longest: u64) -> Window {
    let Some(every) = limit.every else {
        let every = Every {
            count: u32::try_from(longest).unwrap_or(u32::MAX),
            unit: Unit::Second,
        };
        let window = every.window(now);
        let until = window.until.saturating_add(longest);
        return Window { until, ..window };
    };
    every.window(now)
}

/// The most that a target asks for this much, in pico-dollars; `None` when its price is not known.
pub(super) fn most(
    policy: &Policy,
    (model, provider): (&str, &str),
    estimate: Estimate,
    at: Moment,
) -> Option<u64> {
    let provider = policy.provider(provider)?;
    let price = policy.prices.find(model, provider, at)?;
    let PicoUsd(cost) = price.most(estimate.tier, estimate.input, estimate.output)?;
    Some(cost)
}
