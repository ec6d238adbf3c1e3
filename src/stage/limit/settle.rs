//! What was held becomes what was used, when a request is over.

use super::claims::most;
use super::{Estimate, fleet};
use crate::dialect::Usage;
use crate::ledger::{Amounts, Shared};
use crate::policy::{Limit, measure};
use crate::runtime::Runtime;
use crate::stage::record::Record;
use crate::units::Moment;

/// Settles or releases everything that is held for a request that is over, in whatever way: what the record says was
/// used, of the limits on its target and of those on all; nothing of the others.
pub fn settle(runtime: &Runtime, shared: &dyn Shared, record: &mut Record, now: Moment) {
    let holds = std::mem::take(&mut record.limited.holds);
    if holds.is_empty() {
        return;
    }
    let seconds = now.0 / 1_000_000_000;
    let used = used(runtime, record);
    let caller = std::mem::take(&mut record.caller);
    for held in holds {
        let Some(limit) = runtime.policy.limits.get(caller.limits(), held.limit) else {
            runtime.ledger.release(shared, held.hold, seconds);
            continue;
        };
        let mine = held.target.is_none() || held.target == record.target;
        let used = used.filter(|_| mine && limit.every.is_some());
        let used = used.unwrap_or_default();
        let turn = runtime.ledger.settle(shared, held.hold, used, seconds);
        if let Some((after, before)) = turn
            && passes(limit, before, after)
        {
            record.limited.warned.push(limit.name.clone());
        }
    }
    record.caller = caller;
    let used = used.unwrap_or_default();
    fleet::used(&runtime.outbox, &record.limited.shares, |of| used.sum(of));
}

/// What the request came to; `None` when no provider was asked.
fn used(runtime: &Runtime, record: &Record) -> Option<Amounts> {
    if !record.went_out() || record.attempts == 0 {
        return None;
    }
    learn(runtime, record);
    let once = Amounts::default().with(measure::REQUESTS, 1);
    let Some((usage, _)) = record.usage() else {
        return Some(once);
    };
    // Who leaves before anything has come does not know what the provider goes on to write: that counts as expected.
    let said = record.reported.and_then(|reported| reported.output);
    let unknown = !record.complete && said.is_none() && record.heard == 0;
    let usage = Usage {
        output: match unknown {
            true => record.limited.estimate.output,
            false => usage.output,
        },
        ..usage
    };
    let target = record.target.as_ref();
    let cost = target.and_then(|(model, provider)| {
        let target = (model.as_str(), provider.as_str());
        let (policy, at) = (&runtime.policy, record.started);
        let cost = policy.cost(target, &usage, at).map(|cost| cost.0);
        // Where the tier that served it has no price, what is held for such a request stands.
        let estimate = Estimate {
            input: usage.input,
            output: usage.output,
            ..record.limited.estimate
        };
        cost.or_else(|| most(policy, target, estimate, at))
    });
    Some(
        once.with(measure::INPUT, usage.input)
            .with(measure::OUTPUT, usage.output)
            .with(measure::CACHED, usage.cached)
            .with(measure::CACHE_WRITE, usage.cache_write)
            .with(measure::REASONING, usage.reasoning)
            .with(measure::COST, cost.unwrap_or_default()),
    )
}

/// How long the answer was, for the next request that does not say.
fn learn(runtime: &Runtime, record: &Record) {
    if let (true, Some((usage, _)), Some(target)) =
        (record.complete, record.usage(), &record.target)
    {
        runtime.typical.learn(target, usage.output);
    }
}

/// Whether the use of a limit has passed the share at which it is told. Use only grows, so that this happens once in
/// each window.
fn passes(limit: &Limit, before: Amounts, after: Amounts) -> bool {
    let Some(percent) = limit.warn_at else {
        return false;
    };
    limit.bounds.iter().any(|bound| {
        let share = u128::from(bound.most).saturating_mul(percent.into()) / 100;
        let is_there = |used: Amounts| u128::from(used.sum(bound.of)) >= share;
        is_there(after) && !is_there(before)
    })
}
