//! Any interleaving of steps by any number of workers.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use proptest::prelude::*;

use super::*;

/// A step of one of the workers.
#[derive(Debug, Clone)]
enum Step {
    Hold(Vec<(u8, u64)>),
    Settle(usize, u64),
    Release(usize),
    Wait(u64),
}

/// Workers over shared values, where a write may lose to another worker's whole step, or for no reason.
struct World {
    shared: Mutex<Values>,
    workers: Vec<Ledger>,
    /// Those in the midst of a step.
    busy: RefCell<Vec<usize>>,
    steps: RefCell<VecDeque<Step>>,
    luck: RefCell<VecDeque<u8>>,
    now: Cell<u64>,
    open: RefCell<Vec<(Hold, String, u64, u64)>>,
    used: RefCell<HashMap<(String, u64), u64>>,
}

impl Shared for World {
    fn read(&self, name: &str) -> Option<(Vec<u8>, u32)> {
        self.shared.read(name)
    }

    fn write(&self, name: &str, value: &[u8], version: u32) -> bool {
        let luck = self.luck.borrow_mut().pop_front();
        match luck {
            Some(0..=60) => return false,
            Some(61..=140) => {
                self.step();
            }
            _ => {}
        }
        self.shared.write(name, value, version)
    }
}

impl World {
    /// The next step, by a worker that is free.
    fn step(&self) -> bool {
        let free = (0..self.workers.len()).find(|nth| !self.busy.borrow().contains(nth));
        let Some(nth) = free else { return false };
        let Some(step) = self.steps.borrow_mut().pop_front() else {
            return false;
        };
        self.busy.borrow_mut().push(nth);
        self.take(&self.workers[nth], step);
        self.busy.borrow_mut().retain(|own| *own != nth);
        // Whoever is next is another one.
        true
    }

    fn take(&self, ledger: &Ledger, step: Step) {
        let now = self.now.get();
        let pick = |nth: usize| {
            let mut open = self.open.borrow_mut();
            let length = open.len();
            (length > 0).then(|| open.swap_remove(nth % length))
        };
        match step {
            Step::Hold(wanted) => {
                let claims = wanted
                    .iter()
                    .map(|(whose, amount)| claim(&format!("{whose}"), *amount, now));
                let Ok(granted) = ledger.hold(self, &claims.collect::<Vec<_>>(), now) else {
                    return;
                };
                let start = claim("", 0, now).window.start;
                for ((hold, _), (whose, amount)) in granted.into_iter().zip(wanted) {
                    self.open
                        .borrow_mut()
                        .push((hold, whose.to_string(), start, amount));
                }
            }
            Step::Settle(nth, part) => {
                if let Some((hold, whose, start, amount)) = pick(nth) {
                    let used = amount * part / 100;
                    *self.used.borrow_mut().entry((whose, start)).or_default() += used;
                    ledger.settle(self, hold, Amounts::default().with(ONE, used), now);
                }
            }
            Step::Release(nth) => {
                if let Some((hold, ..)) = pick(nth) {
                    ledger.release(self, hold, now);
                }
            }
            Step::Wait(seconds) => self.now.set(now + seconds),
        }
    }

    /// What a counter says and what is true.
    fn check(&self, at_the_end: bool) -> Result<(), TestCaseError> {
        let now = self.now.get();
        let fresh = Ledger::default();
        for whose in 0..3_u8 {
            let whose = whose.to_string();
            let (used, held) = state(&fresh, &self.shared, &whose, now);
            let start = claim("", 0, now).window.start;
            let truly = self
                .used
                .borrow()
                .get(&(whose.clone(), start))
                .copied()
                .unwrap_or_default();
            let open = self.open.borrow();
            let open = open
                .iter()
                .filter(|(_, own, since, _)| (own, *since) == (&whose, start));
            let open: u64 = open.map(|(.., amount)| amount).sum();
            prop_assert!(
                used <= truly && open <= held && used + held <= LIMIT,
                "{used} {truly} {held} {open}"
            );
            prop_assert!(truly + open <= LIMIT);
            if at_the_end {
                prop_assert_eq!((used, held), (truly, 0));
            }
        }
        Ok(())
    }
}

fn step() -> impl Strategy<Value = Step> {
    let want = (0_u8..3, 0_u64..60);
    prop_oneof![
        4 => proptest::collection::vec(want, 1..4).prop_map(|mut wanted| {
            wanted.sort_unstable();
            wanted.dedup_by_key(|(whose, _)| *whose);
            Step::Hold(wanted)
        }),
        3 => (0_usize..64, 0_u64..101).prop_map(|(nth, part)| Step::Settle(nth, part)),
        1 => (0_usize..64).prop_map(Step::Release),
        1 => (0_u64..4).prop_map(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_interleaving_keeps_the_counters_true(
        steps in proptest::collection::vec(step(), 1..80),
        luck in proptest::collection::vec(any::<u8>(), 0..200),
        workers in 1_usize..6,
    ) {
        let world = World {
            shared: Mutex::default(),
            workers: (0..workers).map(|_| Ledger::default()).collect(),
            busy: RefCell::default(),
            steps: RefCell::new(steps.into()),
            luck: RefCell::new(luck.into()),
            now: Cell::new(5),
            open: RefCell::default(),
            used: RefCell::default(),
        };
        while world.step() {
            world.check(false)?;
        }
        // Nothing is in the way any more: what is left is settled, and so is what has waited.
        world.luck.borrow_mut().clear();
        loop {
            let left = world.open.borrow().len();
            let Some(nth) = left.checked_sub(1) else { break };
            world.take(&world.workers[nth % workers], Step::Settle(nth, 50));
        }
        for worker in &world.workers {
            prop_assert!(worker.is_settled(&world, world.now.get()));
        }
        world.check(true)?;
    }

    #[test]
    fn a_worker_that_always_loses_holds_nothing_and_settles_later(amount in 1_u64..100) {
        let shared = Mutex::<Values>::default();
        struct Lost<'a>(&'a Mutex<Values>);
        impl Shared for Lost<'_> {
            fn read(&self, name: &str) -> Option<(Vec<u8>, u32)> {
                self.0.read(name)
            }
            fn write(&self, _: &str, _: &[u8], _: u32) -> bool {
                false
            }
        }
        let ledger = Ledger::default();
        let mut held = ledger.hold(&shared, &[claim("a", amount, 0)], 0).unwrap();
        let busy = ledger.hold(&Lost(&shared), &[claim("a", 0, 0)], 0);
        prop_assert_eq!(busy.err(), Some(Denied::Busy));
        let (hold, _) = held.remove(0);
        let used = Amounts::default().with(ONE, amount);
        prop_assert_eq!(ledger.settle(&Lost(&shared), hold, used, 0), None);
        prop_assert_eq!(state(&Ledger::default(), &shared, "a", 0), (0, amount));
        prop_assert!(ledger.is_settled(&shared, 0));
        prop_assert_eq!(state(&Ledger::default(), &shared, "a", 0), (amount, 0));
    }
}
