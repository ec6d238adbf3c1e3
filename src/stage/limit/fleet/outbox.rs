//! What is to be reported to the service, and when.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::call;
use crate::host::CallOut;
use crate::policy::Fleet;
use crate::rls::Descriptor;

/// Counters that wait for the service, at the most; what is used of others is lost.
const MOST: usize = 4096;

/// A report is not cut up while so many times of it are left.
const AMPLE: u64 = 4;

/// Reports of one worker. While the service does not answer they are kept.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: RefCell<BTreeMap<Descriptor, Due>>,
    /// The last question had no answer.
    away: Cell<bool>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Due {
    hits: u64,
    /// Some of it came with much room left, as far as is known.
    ample: bool,
}

impl Outbox {
    /// The service was asked, and was there or not.
    pub(super) fn answered(&self, there: bool) {
        self.away.set(!there);
    }

    /// So many hits of a counter; `room` is what the service said is left.
    pub(super) fn add(&self, descriptor: &Descriptor, hits: u64, room: Option<u64>) {
        if hits == 0 {
            return;
        }
        let mut waiting = self.waiting.borrow_mut();
        if waiting.len() >= MOST && !waiting.contains_key(descriptor) {
            log::warn!(
                "limit_store: more than {MOST} counters wait for the service; a report is lost"
            );
            return;
        }
        let due = waiting.entry(descriptor.clone()).or_default();
        let alone = due.hits == 0;
        due.hits = due.hits.saturating_add(hits);
        due.ample = alone && room.is_some_and(|room| room / AMPLE >= hits);
    }

    /// The hits that wait, of each counter.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> Vec<u64> {
        self.waiting.borrow().values().map(|due| due.hits).collect()
    }

    /// The calls that report what waits; none while the service is away. Counters with the same hits share one.
    pub fn calls(&self, fleet: &Fleet) -> Vec<CallOut> {
        if self.away.get() {
            return Vec::new();
        }
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        let mut together: BTreeMap<(u64, bool), Vec<&Descriptor>> = BTreeMap::new();
        for (descriptor, due) in &waiting {
            together
                .entry((due.hits, due.ample))
                .or_default()
                .push(descriptor);
        }
        let mut calls = Vec::new();
        for ((hits, ample), descriptors) in &together {
            let pieces = if *ample { whole(*hits) } else { halves(*hits) };
            let size = if fleet.apart { 1 } else { descriptors.len() };
            for descriptors in descriptors.chunks(size.max(1)) {
                calls.extend(pieces.iter().map(|hits| call(fleet, descriptors, *hits)));
            }
        }
        calls
    }
}

fn whole(mut hits: u64) -> Vec<u32> {
    let mut pieces = Vec::new();
    while hits > 0 {
        let piece = u32::try_from(hits).unwrap_or(u32::MAX);
        pieces.push(piece);
        hits = hits.saturating_sub(piece.into());
    }
    pieces
}

/// Pieces of which each is at most one more than those behind it together. Limitador counts nothing of what passes a
/// limit: so cut, a report fills what is left of it, and the next question finds it full.
fn halves(mut hits: u64) -> Vec<u32> {
    let mut pieces = Vec::new();
    while hits > 0 {
        let piece = u32::try_from(hits.div_ceil(2)).unwrap_or(u32::MAX);
        pieces.push(piece);
        hits = hits.saturating_sub(piece.into());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fill_whatever_is_left() {
        for hits in 0..300_u64 {
            let pieces = halves(hits);
            let sum: u64 = pieces.iter().map(|piece| u64::from(*piece)).sum();
            assert_eq!(sum, hits);
            for left in 0..=hits {
                let filled = pieces.iter().fold(0, |filled, piece| {
                    let more = filled + u64::from(*piece);
                    if more <= left { more } else { filled }
                });
                assert_eq!(filled, left, "{hits} {pieces:?}");
            }
        }
        let large = u64::from(u32::MAX) * 3;
        assert_eq!(whole(large), [u32::MAX; 3]);
        let sum: u64 = halves(large).iter().map(|piece| u64::from(*piece)).sum();
        assert_eq!(sum, large);
    }
}
