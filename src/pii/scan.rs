//! The pass: from trigger to trigger, each looked at once.

use std::ops::Range;

use super::base64::{self, Runs};
use super::digits::Groups;
use super::kind::{Finding, Kind};
use super::secret::Hit;
use super::text::Text;
use super::trigger::{AT, CAPITAL, COLON, DIGIT, PLUS, SECRET, Triggers};
use super::{email, iban, ip, phone, secret};

/// What looks around the offset of a trigger; answers where to go on, if that is further on.
type Look = for<'p, 't> fn(&'p mut Pass<'t>, usize) -> usize;

/// What each trigger wakes.
const LOOKS: [(u8, Look); 6] = [
    (AT, |pass, i| pass.at_sign(i)),
    (SECRET, |pass, i| pass.secret(i)),
    (DIGIT, |pass, i| pass.digit(i)),
    (COLON, |pass, i| pass.colon(i)),
    (PLUS, |pass, i| pass.plus(i)),
    (CAPITAL, |pass, i| pass.capital(i)),
];

/// One walk over one text.
pub(super) struct Pass<'t> {
    text: &'t Text<'t>,
    triggers: &'t Triggers,
    runs: Runs,
    candidates: Vec<Finding>,
    skipped: Vec<Range<usize>>,
}

impl<'t> Pass<'t> {
    pub(super) fn new(text: &'t Text<'t>, triggers: &'t Triggers) -> Self {
        Pass {
            text,
            triggers,
            runs: Runs::default(),
            candidates: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// The candidates, and the ranges of base64 in which nothing may start.
    pub(super) fn finish(self) -> (Vec<Finding>, Vec<Range<usize>>) {
        (self.candidates, self.skipped)
    }

    pub(super) fn run(&mut self) {
        let mut at = 0;
        while let Some((i, woken)) = self.next_trigger(at) {
            let mut next = i.saturating_add(1);
            for (trigger, look) in LOOKS {
                if woken & trigger != 0 {
                    next = next.max(look(self, i));
                }
            }
            at = next;
        }
    }

    #[inline]
    fn next_trigger(&self, from: usize) -> Option<(usize, u8)> {
        let rest = self.text.as_str().as_bytes().get(from..)?;
        let offset = rest.iter().position(|&byte| self.triggers.of(byte) != 0)?;
        let byte = rest.get(offset)?;
        Some((from.saturating_add(offset), self.triggers.of(*byte)))
    }

    /// Notes a candidate; answers where to go on.
    fn claim(&mut self, kind: Kind, found: Option<Range<usize>>) -> usize {
        found.map_or(0, |range| self.claim_by(kind, kind.name(), range))
    }

    /// As [`claim`](Self::claim), with the rule that found it.
    fn claim_by(&mut self, kind: Kind, rule: &'static str, found: Range<usize>) -> usize {
        let Range { start, end } = found;
        if self
            .skipped
            .last()
            .is_some_and(|skipped| skipped.contains(&start))
        {
            return 0;
        }
        self.candidates.push(Finding {
            kind,
            rule,
            start,
            end,
        });
        end
    }

    /// Leaves a range of base64 out; answers where to go on.
    fn skip(&mut self, range: Range<usize>) -> usize {
        let end = range.end;
        self.skipped.push(range);
        end
    }

    fn at_sign(&mut self, i: usize) -> usize {
        let found = email::around(self.text, i);
        self.claim(Kind::Email, found)
    }

    fn plus(&mut self, i: usize) -> usize {
        if let Some(run) = self.runs.around(self.text, i) {
            return self.skip(run);
        }
        let found = phone::international(self.text, i);
        self.claim(Kind::Phone, found)
    }

    fn colon(&mut self, i: usize) -> usize {
        let after = self.text.at(i.saturating_add(1));
        if after.is_ascii_alphabetic()
            && let Some(payload) = base64::data_uri(self.text, i)
        {
            return self.skip(payload);
        }
        if !self.triggers.has(Kind::Ip) || !(after == b':' || after.is_ascii_hexdigit()) {
            return 0;
        }
        match ip::v6::around(self.text, i) {
            Ok(found) => self.claim(Kind::Ip, Some(found)),
            Err(next) => next,
        }
    }

    fn secret(&mut self, i: usize) -> usize {
        match secret::around(self.text, i) {
            Some(Hit::Credential(found)) => self.claim_by(Kind::Secret, found.rule, found.range),
            Some(Hit::Public(range)) => self.skip(range),
            None => 0,
        }
    }

    fn digit(&mut self, i: usize) -> usize {
        if let Some(run) = self.runs.around(self.text, i) {
            return self.skip(run);
        }
        if self.text.word_before(i) {
            let wanted = self.triggers.has(Kind::Iban);
            let found = wanted.then(|| iban::around(self.text, i)).flatten();
            return self
                .claim(Kind::Iban, found)
                .max(self.text.run(i, |b| b.is_ascii_digit()));
        }
        let groups = Groups::parse(self.text, i);
        if let Some(half) = groups.list_half() {
            return half;
        }
        let mut next = groups.first_end();
        if self.triggers.has(Kind::Ip) {
            let found = ip::v4::at(self.text, i);
            next = next.max(self.claim(Kind::Ip, found));
        }
        let triggers = self.triggers;
        for (kind, look) in &triggers.numbers {
            let found = look(self.text, &groups);
            next = next.max(self.claim(*kind, found));
        }
        if let Some(plan) = triggers.region
            && triggers.has(Kind::Phone)
        {
            let found = phone::regional(self.text, &groups, plan);
            next = next.max(self.claim(Kind::Phone, found));
        }
        next
    }

    fn capital(&mut self, i: usize) -> usize {
        if self.text.word_before(i) {
            return 0;
        }
        let (triggers, mut next) = (self.triggers, 0);
        for (kind, look) in &triggers.words {
            let found = look(self.text, i);
            next = next.max(self.claim(*kind, found));
        }
        next
    }
}
