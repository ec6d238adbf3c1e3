//! What a client is told of its limits.

use super::Limited;
use super::hold::Seen;
use crate::dialect::{Dialect, limits};
use crate::ledger::{Bound, Claim, Standing};
use crate::policy::measure;
use crate::refusal::{Reached, Refusal, Scarce};

/// One bound as a client sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    counted: &'static str,
    most: u64,
    left: u64,
    until: u64,
}

/// The request goes out.
pub(super) fn granted(limited: &mut Limited, dialect: Dialect, seen: &[Seen<'_, '_>], now: u64) {
    let mut shown = Vec::new();
    for (own, claim, standing) in seen {
        let name = || own.limit.name.clone();
        if standing.crowd {
            limited.crowded.push(name());
        }
        if own.limit.observe {
            limited.would_refuse.extend(standing.over.map(|_| name()));
            continue;
        }
        for bound in claim.bounds {
            let wanted = claim.amounts.sum(bound.of);
            shown.extend(self::shown(dialect, bound, claim, standing, wanted));
        }
    }
    tell(limited, dialect, &shown, now);
    limited.shown = shown;
}

/// What the fleet's service says of its limits, beside those of the process.
pub(super) fn shared(limited: &mut Limited, dialect: Dialect, now: u64) {
    let mut shown = std::mem::take(&mut limited.shown);
    for share in limited.shares.iter().filter(|share| !share.observe) {
        let counted = counted(dialect, share.bound.of);
        shown.extend(
            counted
                .zip(share.stands())
                .map(|(counted, (most, left))| Shown {
                    counted,
                    most,
                    left,
                    until: now.saturating_add(share.wait),
                }),
        );
    }
    limited.told.clear();
    tell(limited, dialect, &shown, now);
}

/// The request is refused by this limit.
pub(super) fn refused(
    limited: &mut Limited,
    dialect: Dialect,
    (own, claim, standing): Seen<'_, '_>,
    now: u64,
) -> Refusal {
    limited.refused = Some(own.limit.name.clone());
    let all = claim.bounds.iter();
    let shown: Vec<Shown> = all
        .filter_map(|bound| self::shown(dialect, bound, claim, &standing, 0))
        .collect();
    tell(limited, dialect, &shown, now);
    let bound = standing.over.and_then(|nth| claim.bounds.get(nth));
    let bound = bound.copied().unwrap_or(Bound { of: 0, most: 0 });
    Refusal::Limited(Reached {
        limit: own.limit.name.clone(),
        scarce: match bound.of {
            of if of == measure::REQUESTS.bit() => Scarce::Requests,
            of if of == measure::COST.bit() => Scarce::Money,
            of if of == measure::RUNNING.bit() => Scarce::Concurrent,
            _ => Scarce::Tokens,
        },
        most: bound.most,
        left: left(&bound, &standing, 0),
        asked: claim.amounts.sum(bound.of),
        wait: match own.limit.every {
            Some(_) => claim.window.until.saturating_sub(now),
            None => 1,
        },
    })
}

fn left(bound: &Bound, standing: &Standing, wanted: u64) -> u64 {
    let taken = standing.used.sum(bound.of);
    let taken = taken.saturating_add(standing.held.sum(bound.of));
    bound.most.saturating_sub(taken).saturating_sub(wanted)
}

/// Money and what is under way have no headers.
fn shown(
    dialect: Dialect,
    bound: &Bound,
    claim: &Claim<'_>,
    standing: &Standing,
    wanted: u64,
) -> Option<Shown> {
    Some(Shown {
        counted: counted(dialect, bound.of)?,
        most: bound.most,
        left: left(bound, standing, wanted),
        until: claim.window.until,
    })
}

fn counted(dialect: Dialect, of: u8) -> Option<&'static str> {
    let (input, output) = (measure::INPUT.bit(), measure::OUTPUT.bit());
    let apart = dialect == Dialect::Anthropic;
    Some(match of {
        of if of == measure::REQUESTS.bit() => "requests",
        of if of == input && apart => "input-tokens",
        of if of == output && apart => "output-tokens",
        of if of == measure::TOKENS || of == input || of == output => "tokens",
        _ => return None,
    })
}

/// Of several limits on one thing, that of which the least is left.
fn tell(limited: &mut Limited, dialect: Dialect, shown: &[Shown], now: u64) {
    for counted in ["requests", "tokens", "input-tokens", "output-tokens"] {
        let own = shown.iter().filter(|shown| shown.counted == counted);
        let Some(least) = own.min_by_key(|shown| (shown.left, u64::MAX.wrapping_sub(shown.until)))
        else {
            continue;
        };
        let headers = limits::headers(dialect, counted, (least.most, least.left), least.until, now);
        limited.told.extend(headers);
    }
}
