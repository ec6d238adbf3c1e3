//! The ledger itself: claims are granted, holds are settled or released.

use std::cell::{OnceCell, RefCell};
use std::hash::{BuildHasher, RandomState};

use xxhash_rust::xxh3::xxh3_128_with_secret;

use super::amounts::{Amounts, Bound};
use super::claim::{Claim, Denied, Granted, Hold, Row, Standing};
use super::page::{CROWD, Page};
use super::{Name, Shared};

/// Rounds after which a claim is denied, or what is to be settled waits: each is lost to another worker that won.
pub const TRIES: usize = 64;

/// Counters on one page, at the most.
pub const ROOM: usize = 64;

/// Pages of each kind of names.
const PAGES: u32 = 1024;

/// The version of no value: one that is written with it must be new. Versions count up from 1.
const NEW: u32 = u32::MAX;

const SECRET: &str = "tollgate.ledger.secret";
const SECRET_BYTES: usize = 192;

/// One worker's way to the counters.
#[derive(Debug)]
pub struct Ledger {
    pages: u32,
    secret: OnceCell<Vec<u8>>,
    /// What could not be settled yet.
    waiting: RefCell<Vec<(Hold, Amounts)>>,
}

/// A claim that was looked at: its page as it was read.
struct Draft {
    place: String,
    page: Page,
    version: u32,
    name: Name,
    standing: Standing,
}

impl Default for Ledger {
    fn default() -> Self {
        Self::with_pages(PAGES)
    }
}

impl Ledger {
    /// A way to a ledger of so many pages of each kind.
    pub(super) fn with_pages(pages: u32) -> Self {
        Self {
            pages,
            secret: OnceCell::new(),
            waiting: RefCell::default(),
        }
    }

    /// Holds what all claims want, or nothing. `now` is in seconds since 1970.
    ///
    /// # Errors
    ///
    /// Why nothing is held.
    pub fn hold(
        &self,
        shared: &dyn Shared,
        claims: &[Claim<'_>],
        now: u64,
    ) -> Result<Vec<Granted>, Denied> {
        self.settle_waiting(shared, now);
        // All are looked at before any is held, so that a claim that is refused does not stand in another's way.
        let mut drafts = Vec::with_capacity(claims.len());
        for claim in claims {
            drafts.push(self.draft(shared, claim, now).ok_or(Denied::Busy)?);
        }
        let refused = claims.iter().zip(&drafts).enumerate();
        let refused = refused.filter(|(_, (claim, draft))| is_refused(claim, draft));
        if let Some((nth, (_, draft))) = refused.max_by_key(|(_, (claim, _))| claim.rank) {
            let (claim, standing) = (nth, Box::new(draft.standing));
            return Err(Denied::Over { claim, standing });
        }
        let mut granted: Vec<Granted> = Vec::with_capacity(claims.len());
        for (nth, (claim, draft)) in claims.iter().zip(drafts).enumerate() {
            match self.hold_one(shared, claim, draft, now) {
                Ok(own) => granted.push(own),
                Err(why) => {
                    for (hold, _) in granted {
                        self.release(shared, hold, now);
                    }
                    return Err(match why {
                        Some(standing) => Denied::Over {
                            claim: nth,
                            standing,
                        },
                        None => Denied::Busy,
                    });
                }
            }
        }
        Ok(granted)
    }

    /// What was held was used so far. What is used and was used before, of the counter; `None` when its window
    /// is over, or when that must wait.
    pub fn settle(
        &self,
        shared: &dyn Shared,
        hold: Hold,
        used: Amounts,
        now: u64,
    ) -> Option<(Amounts, Amounts)> {
        self.settle_waiting(shared, now);
        let tried = self.try_settle(shared, &hold, used, now);
        tried.unwrap_or_else(|| {
            self.waiting.borrow_mut().push((hold, used));
            None
        })
    }

    /// Nothing of what was held was used.
    pub fn release(&self, shared: &dyn Shared, hold: Hold, now: u64) {
        self.settle(shared, hold, Amounts::default(), now);
    }

    /// Settles what had to wait; whether nothing waits any more.
    pub fn is_settled(&self, shared: &dyn Shared, now: u64) -> bool {
        self.settle_waiting(shared, now);
        self.waiting.borrow().is_empty()
    }

    /// How the counter of a claim stands; nothing is held.
    pub fn look(&self, shared: &dyn Shared, claim: &Claim<'_>, now: u64) -> Standing {
        self.settle_waiting(shared, now);
        let own = self.place(shared, &claim.name);
        let (page, _) = read(shared, &own);
        let found = page.find(claim.name.rule, &claim.name.whose, now);
        let crowd = found.is_none() && page.crowded(claim.name.rule, now).is_some();
        let found = match crowd {
            true => read(shared, &crowd_place(claim.name.rule))
                .0
                .find(claim.name.rule, CROWD, now),
            false => found,
        };
        standing(claim, found.unwrap_or_default(), crowd)
    }

    /// Every counter, those of `rules` that are one for many among them.
    pub fn rows(&self, shared: &dyn Shared, rules: &[u64], now: u64) -> Vec<Row> {
        self.settle_waiting(shared, now);
        let pages = (0..self.pages).flat_map(|nth| [page_name(false, nth), page_name(true, nth)]);
        let crowds = rules.iter().map(|rule| crowd_place(*rule));
        let mut rows = Vec::new();
        for (place, crowd) in pages
            .map(|page| (page, false))
            .chain(crowds.map(|page| (page, true)))
        {
            let Some((bytes, _)) = shared.read(&place) else {
                continue;
            };
            let page = Page::read(bytes);
            let own = page.rows(now).filter(|row| (row.whose == CROWD) == crowd);
            rows.extend(own.map(|row| {
                let (used, held) = row.amounts();
                Row {
                    rule: row.rule,
                    whose: (!crowd).then(|| row.whose.to_vec()),
                    window: row.window,
                    used,
                    held,
                }
            }));
        }
        rows
    }

    fn hold_one(
        &self,
        shared: &dyn Shared,
        claim: &Claim<'_>,
        mut draft: Draft,
        now: u64,
    ) -> Result<Granted, Option<Box<Standing>>> {
        for _ in 0..TRIES {
            if is_refused(claim, &draft) {
                return Err(Some(Box::new(draft.standing)));
            }
            let bytes = draft.page.changed(&draft.name, claim.window, now, |known| {
                let (used, held) = known.unwrap_or_default();
                Some((used, held.plus(claim.amounts)))
            });
            if shared.write(&draft.place, &bytes, draft.version) {
                let hold = Hold {
                    name: draft.name,
                    place: draft.place,
                    window: claim.window,
                    amounts: claim.amounts,
                };
                return Ok((hold, draft.standing));
            }
            draft = self.draft(shared, claim, now).ok_or(None)?;
        }
        Err(None)
    }

    /// Looks at a claim: on its own page, or on that of the crowd when there is no room; `None` when others changed the
    /// page again and again.
    fn draft(&self, shared: &dyn Shared, claim: &Claim<'_>, now: u64) -> Option<Draft> {
        let (rule, whose) = (claim.name.rule, &claim.name.whose);
        let place = self.place(shared, &claim.name);
        for _ in 0..TRIES {
            let (page, version) = read(shared, &place);
            let found = page.find(rule, whose, now);
            let crowded = page.crowded(rule, now);
            if found.is_some() || crowded.is_none() && page.len(now) < ROOM {
                return Some(Draft {
                    standing: standing(claim, found.unwrap_or_default(), false),
                    name: claim.name.clone(),
                    place,
                    page,
                    version,
                });
            }
            let crowd = Name {
                rule,
                whose: CROWD.to_vec(),
                open: claim.name.open,
            };
            // The page says so itself, for as long as anything is held of the crowd: whoever was counted there once is
            // not counted here until then.
            if crowded.is_none_or(|until| until < claim.window.until) {
                let nothing = Some((Amounts::default(), Amounts::default()));
                let bytes = page.changed(&crowd, claim.window, now, |_| nothing);
                if !shared.write(&place, &bytes, version) {
                    continue;
                }
            }
            let place = crowd_place(rule);
            let (page, version) = read(shared, &place);
            let found = page.find(rule, CROWD, now);
            return Some(Draft {
                standing: standing(claim, found.unwrap_or_default(), true),
                name: crowd,
                place,
                page,
                version,
            });
        }
        None
    }

    /// `None`: others changed the page again and again.
    fn try_settle(
        &self,
        shared: &dyn Shared,
        hold: &Hold,
        more: Amounts,
        now: u64,
    ) -> Option<Option<(Amounts, Amounts)>> {
        for _ in 0..TRIES {
            let (page, version) = read(shared, &hold.place);
            let mut turn = None;
            let bytes = page.changed(&hold.name, hold.window, now, |known| {
                let (used, held) = known?;
                let now_used = used.plus(more);
                turn = Some((now_used, used));
                let now_held = held.minus(hold.amounts);
                let is_empty = now_used.is_nothing() && now_held.is_nothing();
                (!is_empty).then_some((now_used, now_held))
            });
            if turn.is_none() || shared.write(&hold.place, &bytes, version) {
                return Some(turn);
            }
        }
        None
    }

    fn settle_waiting(&self, shared: &dyn Shared, now: u64) {
        if self.waiting.borrow().is_empty() {
            return;
        }
        let waiting = self.waiting.take();
        let left = waiting.into_iter();
        let left = left.filter(|(hold, used)| self.try_settle(shared, hold, *used, now).is_none());
        let left: Vec<(Hold, Amounts)> = left.collect();
        self.waiting.borrow_mut().extend(left);
    }

    /// The page of a name.
    fn place(&self, shared: &dyn Shared, name: &Name) -> String {
        let secret = self.secret.get_or_init(|| secret(shared));
        let named = [&name.rule.to_le_bytes(), name.whose.as_slice()].concat();
        let nth = xxh3_128_with_secret(&named, secret).checked_rem(self.pages.into());
        page_name(
            name.open,
            nth.map_or(0, |nth| u32::try_from(nth).unwrap_or(0)),
        )
    }
}

fn is_refused(claim: &Claim<'_>, draft: &Draft) -> bool {
    draft.standing.over.is_some() && !claim.observed
}

fn standing(claim: &Claim<'_>, (used, held): (Amounts, Amounts), crowd: bool) -> Standing {
    let passes = |bound: &Bound| {
        let wanted = claim.amounts.sum(bound.of);
        let sum = used.sum(bound.of).saturating_add(held.sum(bound.of));
        wanted > 0 && sum.saturating_add(wanted) > bound.most
    };
    Standing {
        used,
        held,
        over: claim.bounds.iter().position(passes),
        crowd,
    }
}

fn read(shared: &dyn Shared, place: &str) -> (Page, u32) {
    match shared.read(place) {
        Some((bytes, version)) => (Page::read(bytes), version),
        None => (Page::default(), NEW),
    }
}

fn page_name(open: bool, nth: u32) -> String {
    let kind = match open {
        true => "tollgate.ledger.open.",
        false => "tollgate.ledger.listed.",
    };
    [kind, &nth.to_string()].concat()
}

fn crowd_place(rule: u64) -> String {
    format!("tollgate.ledger.crowd.{rule:x}")
}

/// The process's secret, which the first worker draws.
fn secret(shared: &dyn Shared) -> Vec<u8> {
    for _ in 0..TRIES {
        if let Some((bytes, _)) = shared.read(SECRET) {
            return bytes;
        }
        // The standard library's own source of keys: the proxy's random numbers.
        let random = RandomState::new();
        let words = (0..SECRET_BYTES / 8).map(|nth| random.hash_one(nth).to_le_bytes());
        let drawn: Vec<u8> = words.flatten().collect();
        if shared.write(SECRET, &drawn, NEW) {
            return drawn;
        }
    }
    // Shared data that neither has a value nor takes one: every worker comes to the same.
    vec![0; SECRET_BYTES]
}
