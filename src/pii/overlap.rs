//! Who wins where two findings share bytes: the kind of lower rank, longer before shorter, earlier before
//! later.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::kind::Finding;

/// Sorts by start and leaves of every overlapping group those that win.
pub(super) fn resolve(found: &mut Vec<Finding>) {
    found.sort_by_key(|f| (f.start, f.end));
    let clear = found
        .iter()
        .zip(found.iter().skip(1))
        .all(|(a, b)| a.end <= b.start);
    if clear {
        return;
    }
    found.sort_by_key(|f| (f.kind.rank(), Reverse(f.len()), f.start));
    let mut kept: BTreeMap<usize, Finding> = BTreeMap::new();
    for finding in found.drain(..) {
        let rival = kept.range(..finding.end).next_back();
        if rival.is_none_or(|(_, before)| before.end <= finding.start) {
            kept.insert(finding.start, finding);
        }
    }
    found.extend(kept.into_values());
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind::{self, *};
    use super::*;

    type Claim = (Kind, usize, usize);

    #[test]
    fn the_better_claim_wins() {
        let cases: &[(&[Claim], &[Claim])] = &[
            (
                &[(Phone, 4, 9), (Email, 0, 3)],
                &[(Email, 0, 3), (Phone, 4, 9)],
            ),
            (&[(Phone, 0, 20), (CreditCard, 3, 9)], &[(CreditCard, 3, 9)]),
            (&[(Ip, 5, 9), (Email, 0, 12)], &[(Email, 0, 12)]),
            (
                &[(Custom(1), 0, 5), (Custom(0), 2, 9)],
                &[(Custom(0), 2, 9)],
            ),
            // The middle one loses to the right one, so the left one stays.
            (
                &[(Phone, 0, 5), (Custom(0), 4, 10), (Email, 9, 15)],
                &[(Phone, 0, 5), (Email, 9, 15)],
            ),
            (&[(Phone, 0, 5), (Custom(0), 0, 5)], &[(Phone, 0, 5)]),
        ];
        let build = |rows: &[Claim]| -> Vec<Finding> {
            rows.iter()
                .map(|&(kind, start, end)| Finding {
                    kind,
                    rule: kind.name(),
                    start,
                    end,
                })
                .collect()
        };
        for (given, want) in cases {
            let mut found = build(given);
            resolve(&mut found);
            assert_eq!(found, build(want), "{given:?}");
        }
    }
}
