//! One claim after another, and many at once.

mod interleaved;

use std::collections::HashMap;
use std::sync::Mutex;

use super::*;

const ONE: Measure = Measure(0);
const TWO: Measure = Measure(3);
const LIMIT: u64 = 100;
const BOUNDS: [Bound; 1] = [Bound {
    of: ONE.bit() | TWO.bit(),
    most: LIMIT,
}];

/// Versioned values, as the proxy keeps them.
#[derive(Debug, Default)]
struct Values {
    values: HashMap<String, (Vec<u8>, u32)>,
    version: u32,
}

impl Values {
    fn write(&mut self, name: &str, value: &[u8], version: u32) -> bool {
        let known = self.values.get(name).map(|(_, own)| *own);
        if known.is_some_and(|own| version != 0 && version != own) {
            return false;
        }
        self.version += 1;
        self.values
            .insert(name.to_owned(), (value.to_vec(), self.version));
        true
    }
}

impl Shared for Mutex<Values> {
    fn read(&self, name: &str) -> Option<(Vec<u8>, u32)> {
        self.lock().unwrap().values.get(name).cloned()
    }
    fn write(&self, name: &str, value: &[u8], version: u32) -> bool {
        self.lock().unwrap().write(name, value, version)
    }
}

fn name(whose: &str) -> Name {
    Name {
        rule: 1,
        whose: whose.into(),
        open: whose.starts_with('o'),
    }
}

fn claim(whose: &str, amount: u64, now: u64) -> Claim<'static> {
    let every = Every {
        count: 10,
        unit: Unit::Second,
    };
    Claim {
        name: name(whose),
        window: every.window(now),
        bounds: &BOUNDS,
        amounts: Amounts::default()
            .with(ONE, amount / 2)
            .with(TWO, amount - amount / 2),
        observed: false,
        rank: 0,
    }
}

fn sum((used, held): (Amounts, Amounts)) -> (u64, u64) {
    (used.sum(BOUNDS[0].of), held.sum(BOUNDS[0].of))
}

fn state(ledger: &Ledger, shared: &dyn Shared, whose: &str, now: u64) -> (u64, u64) {
    let standing = ledger.look(shared, &claim(whose, 0, now), now);
    sum((standing.used, standing.held))
}

#[test]
fn four_hundred_at_once_against_a_hundred() {
    let shared = Mutex::<Values>::default();
    let granted: usize = std::thread::scope(|scope| {
        let work = |_| {
            scope.spawn(|| {
                let ledger = Ledger::default();
                let mut mine = Vec::new();
                while mine.len() < 50 {
                    match ledger.hold(&shared, &[claim("a", 1, 5)], 5) {
                        Ok(holds) => mine.push(holds),
                        Err(Denied::Over { .. }) => mine.push(Vec::new()),
                        Err(Denied::Busy) => {}
                    }
                }
                let holds: Vec<Granted> = mine.into_iter().flatten().collect();
                let count = holds.len();
                for (hold, _) in holds {
                    let used = Amounts::default().with(ONE, 1);
                    ledger.settle(&shared, hold, used, 6);
                }
                while !ledger.is_settled(&shared, 6) {}
                count
            })
        };
        let workers: Vec<_> = (0..8).map(work).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });
    assert_eq!(granted, 100);
    assert_eq!(state(&Ledger::default(), &shared, "a", 6), (100, 0));
}

#[test]
fn claims_are_granted_together_or_not_at_all() {
    let (shared, ledger) = (Mutex::<Values>::default(), Ledger::default());
    let both = |one, other| ledger.hold(&shared, &[claim("a", one, 0), claim("b", other, 0)], 0);
    let held = both(60, 10).unwrap();
    for (one, other, refused) in [(41, 1, 0), (1, 91, 1), (41, 91, 1)] {
        let Err(Denied::Over { claim, standing }) = both(one, other) else {
            panic!("{one} {other}");
        };
        assert_eq!((claim, standing.over), (refused, Some(0)));
        assert_eq!(state(&ledger, &shared, "a", 0), (0, 60));
        assert_eq!(state(&ledger, &shared, "b", 0), (0, 10));
    }
    let mut more = claim("a", 41, 0);
    more.observed = true;
    let observed = ledger.hold(&shared, &[more], 0).unwrap();
    assert_eq!(observed[0].1.over, Some(0));
    for (hold, _) in held.into_iter().chain(observed) {
        ledger.release(&shared, hold, 0);
    }
    assert_eq!(state(&ledger, &shared, "a", 0), (0, 0));
    assert!(
        ledger.rows(&shared, &[1], 0).is_empty(),
        "counters at nothing are dropped"
    );
}

#[test]
fn what_is_settled_after_its_window_counts_in_no_other() {
    let (shared, ledger) = (Mutex::<Values>::default(), Ledger::default());
    let mut held = ledger.hold(&shared, &[claim("a", 100, 9)], 9).unwrap();
    assert!(ledger.hold(&shared, &[claim("a", 1, 9)], 9).is_err());
    let next = ledger.hold(&shared, &[claim("a", 100, 10)], 10).unwrap();
    let late = ledger.settle(
        &shared,
        held.remove(0).0,
        Amounts::default().with(ONE, 7),
        10,
    );
    assert_eq!(late, None);
    assert_eq!(state(&ledger, &shared, "a", 10), (0, 100));
    for (hold, _) in next {
        let turn = ledger.settle(&shared, hold, Amounts::default().with(ONE, 120), 11);
        assert_eq!(turn.map(sum), Some((120, 0)));
    }
    assert_eq!(state(&ledger, &shared, "a", 11), (120, 0));
}

#[test]
fn windows_that_overlap_are_summed() {
    let (shared, ledger) = (Mutex::<Values>::default(), Ledger::default());
    let at = |start: u64| Claim {
        window: Window {
            start,
            until: start + 20,
        },
        ..claim("a", 60, start)
    };
    let mut held = ledger.hold(&shared, &[at(0)], 5).unwrap();
    assert!(ledger.hold(&shared, &[at(10)], 12).is_err());
    ledger.release(&shared, held.remove(0).0, 13);
    let kept = ledger.hold(&shared, &[at(10)], 14).unwrap();
    assert!(ledger.hold(&shared, &[at(20)], 29).is_err());
    assert!(
        ledger.hold(&shared, &[at(30)], 30).is_ok(),
        "what nobody gave back is dropped in the end"
    );
    drop(kept);
}

#[test]
fn those_that_find_no_room_share_one_counter_until_the_window_is_over() {
    let shared = Mutex::<Values>::default();
    let ledger = Ledger::with_pages(2);
    let mut own = Vec::new();
    let mut many = Vec::new();
    let mut refused = 0;
    for nth in 0..400 {
        let whose = format!("o{nth}");
        match ledger.hold(&shared, &[claim(&whose, 10, 0)], 0) {
            Ok(mut granted) => {
                let granted = granted.remove(0);
                let list = if granted.1.crowd { &mut many } else { &mut own };
                list.push((whose, granted.0));
            }
            Err(_) => refused += 1,
        }
    }
    assert_eq!(
        (own.len(), many.len(), refused),
        (2 * ROOM, 10, 400 - 2 * ROOM - 10)
    );
    // Names that nobody can invent are not in their way.
    let listed = ledger.hold(&shared, &[claim("listed", 100, 0)], 0).unwrap();
    assert!(!listed[0].1.crowd);
    // A counter of one's own stays one's own, room that is made is for nobody who was counted with the many.
    let (whose, hold) = own.pop().unwrap();
    assert_eq!(state(&ledger, &shared, &whose, 0), (0, 10));
    ledger.release(&shared, hold, 1);
    for nth in 0..400 {
        assert!(
            ledger
                .hold(&shared, &[claim(&format!("o{nth}"), 95, 1)], 1)
                .is_err()
        );
    }
    assert_eq!(ledger.rows(&shared, &[1], 1).len(), 2 * ROOM - 1 + 1 + 1);
    for (_, hold) in many.drain(..3) {
        ledger.settle(&shared, hold, Amounts::default().with(ONE, 1), 1);
    }
    assert_eq!(state(&ledger, &shared, "o9999", 1), (3, 70));
    // The next window begins anew.
    let anew = ledger
        .hold(&shared, &[claim("o9999", 100, 10)], 10)
        .unwrap();
    assert!(!anew[0].1.crowd);
    drop((own, many, listed, anew));
}

#[test]
fn what_is_written_under_a_version_that_none_has_is_new() {
    let shared = Mutex::<Values>::default();
    assert!(shared.write("a", b"1", u32::MAX));
    assert!(!shared.write("a", b"2", u32::MAX));
    let (first, second) = (Ledger::default(), Ledger::default());
    let _one = first.hold(&shared, &[claim("a", 1, 0)], 0).unwrap();
    assert_eq!(
        state(&second, &shared, "a", 0),
        (0, 1),
        "one secret for all"
    );
}
