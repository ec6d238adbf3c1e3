//! What a request may come to is held, or it is refused.

use super::claims::{Applied, applied, most, named};
use super::fleet;
use super::told;
use super::whose::Whose;
use super::{Estimate, Held, Limited};
use crate::dialect::Dialect;
use crate::ledger::{Claim, Denied, Granted, Shared, Standing};
use crate::policy::{Policy, Target};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::admit::Caller;
use crate::stage::route::Chain;
use crate::units::{Moment, beginning};

/// A request that is to go out.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// Who asks.
    pub caller: &'a Caller,
    /// In which dialect.
    pub dialect: Dialect,
    /// The targets.
    pub chain: &'a Chain,
    /// What it may come to.
    pub estimate: Estimate,
    /// When it came.
    pub now: Moment,
}

/// What is held, and the targets that are left out.
#[derive(Debug, Default)]
pub struct Holding {
    /// What is held and what is told.
    pub limited: Limited,
    /// Targets at their limit, or without a price, and the limit that says so.
    pub full: Vec<(Target, String)>,
}

/// Nothing is held: why, and what is to be told with it.
pub type Refused = Box<(Limited, Refusal)>;

/// A limit that applies, what was wanted of it, and how it stood before.
pub(super) type Seen<'a, 'p> = (Applied<'p>, &'a Claim<'p>, Standing);

/// Holds what the request may come to of every limit that applies.
///
/// # Errors
///
/// A refusal; nothing is held then.
pub fn hold(
    runtime: &Runtime,
    shared: &dyn Shared,
    planned: &Planned<'_>,
) -> Result<Holding, Refused> {
    let policy = &runtime.policy;
    let applied = applied(policy, planned.caller, planned.chain);
    let mut holding = Holding::default();
    holding.limited.estimate = planned.estimate;
    if applied.is_empty() {
        return Ok(holding);
    }
    let costs = costs(policy, planned, &applied);
    let mut full = leave_out_unpriced(policy, planned, &applied, &costs, &mut holding)?;
    let now = planned.now.0 / 1_000_000_000;
    loop {
        let left = |place: usize| !full.contains(&place);
        let dearest = (0..).zip(&costs).filter(|(place, _)| left(*place));
        let dearest = dearest.filter_map(|(_, cost)| *cost).max();
        let chosen = applied.iter().filter(|own| own.target.is_none_or(left));
        let chosen: Vec<Applied<'_>> = chosen.copied().collect();
        let claims = chosen.iter().map(|own| {
            let whose = Whose {
                caller: planned.caller,
                target: target(policy, planned, own),
            };
            let own_cost = |place: usize| costs.get(place).copied().flatten();
            let cost = own.target.map_or(dearest, own_cost).unwrap_or_default();
            own.claim(
                whose,
                planned.estimate,
                cost,
                (now, runtime.longest),
                &policy.limits.store,
            )
        });
        let claims: Vec<Claim<'_>> = claims.collect();
        match runtime.ledger.hold(shared, &claims, now) {
            Ok(granted) => {
                let seen = chosen.iter().zip(&claims).zip(&granted);
                let seen = seen.map(|((own, claim), (_, standing))| (*own, claim, *standing));
                let seen: Vec<Seen<'_, '_>> = seen.collect();
                let (fleets, own): (Vec<_>, Vec<_>) = seen
                    .into_iter()
                    .partition(|(own, _, _)| own.limit.is_shared(&policy.limits.store));
                told::granted(&mut holding.limited, planned.dialect, &own, now);
                let shares = fleets.iter().flat_map(|seen| fleet::shares(seen, now));
                holding.limited.shares = shares.collect();
                holding.limited.holds = held(policy, planned, &chosen, granted);
                return Ok(holding);
            }
            Err(Denied::Over { claim, standing }) => {
                let (Some(own), Some(wanted)) = (chosen.get(claim), claims.get(claim)) else {
                    return Err(Box::new((holding.limited, Refusal::LimitsBusy)));
                };
                let targets = planned.chain.targets.len();
                match own.target {
                    Some(place) if targets.saturating_sub(full.len()) > 1 => {
                        full.push(place);
                        leave_out(planned, place, own, &mut holding);
                    }
                    _ => {
                        let seen = (*own, wanted, *standing);
                        let refusal =
                            told::refused(&mut holding.limited, planned.dialect, seen, now);
                        return Err(Box::new((holding.limited, refusal)));
                    }
                }
            }
            Err(Denied::Busy) => return Err(Box::new((holding.limited, Refusal::LimitsBusy))),
        }
    }
}

fn held(
    policy: &Policy,
    planned: &Planned<'_>,
    chosen: &[Applied<'_>],
    granted: Vec<Granted>,
) -> Vec<Held> {
    let held = |(own, (hold, _)): (&Applied<'_>, Granted)| {
        let target = target(policy, planned, own);
        Held {
            limit: own.nth,
            target: target.map(|(model, provider)| {
                // As records have it.
                (beginning(model, 200).to_owned(), provider.to_owned())
            }),
            hold,
        }
    };
    chosen.iter().zip(granted).map(held).collect()
}

/// The target that a limit is about.
fn target<'a>(
    policy: &'a Policy,
    planned: &Planned<'a>,
    own: &Applied<'_>,
) -> Option<(&'a str, &'a str)> {
    named(policy, planned.chain.targets.get(own.target?)?)
}

/// The most that the request may cost at each target, when any limit bounds money.
fn costs(policy: &Policy, planned: &Planned<'_>, applied: &[Applied<'_>]) -> Vec<Option<u64>> {
    if !applied.iter().any(|own| own.limit.bounds_money()) {
        return Vec::new();
    }
    let targets = planned.chain.targets.iter();
    targets
        .map(|target| {
            let target = named(policy, target)?;
            most(policy, target, planned.estimate, planned.now)
        })
        .collect()
}

/// A target whose price is not known cannot be kept within a budget. Gives the places of those.
fn leave_out_unpriced(
    policy: &Policy,
    planned: &Planned<'_>,
    applied: &[Applied<'_>],
    costs: &[Option<u64>],
    holding: &mut Holding,
) -> Result<Vec<usize>, Refused> {
    let mut full = Vec::new();
    for (place, _) in (0..).zip(costs).filter(|(_, cost)| cost.is_none()) {
        let budget = applied.iter().find(|own| {
            let binds = own.limit.bounds_money() && !own.limit.observe;
            binds && own.target.is_none_or(|target| target == place)
        });
        if let Some(budget) = budget {
            full.push(place);
            leave_out(planned, place, budget, holding);
        }
    }
    match holding.full.first() {
        Some((target, limit)) if full.len() == planned.chain.targets.len() => {
            let refusal = Refusal::PriceUnknown {
                target: target.name(&policy.providers),
                limit: limit.clone(),
            };
            Err(Box::new((Limited::default(), refusal)))
        }
        _ => Ok(full),
    }
}

fn leave_out(planned: &Planned<'_>, place: usize, own: &Applied<'_>, holding: &mut Holding) {
    let target = planned.chain.targets.get(place).cloned();
    let name = own.limit.name.clone();
    holding.full.extend(target.map(|target| (target, name)));
}
