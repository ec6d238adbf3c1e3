//! The pass: from trigger to trigger, each looked at once.

use std::ops::Range;

use super::base64::{self, Runs};
use super::digits::Groups;
use super::kind::{Finding, Kind};
use super::secret::Hit;
use super::text::Text;
use super::trigger::{AT, CAPITAL, COLON, DIGIT, FOLD, MAC, PLUS, SECRET, Triggers};
use super::{email, fold, iban, ids, ip, mac, phone, secret, url};

/// What looks around the offset of a trigger; answers where to go on, if that is further on.
type Look = for<'p, 't> fn(&'p mut Pass<'t>, usize) -> usize;

/// What each trigger wakes.
const LOOKS: [(u8, Look); 8] = [
    (FOLD, |pass, i| pass.disguise(i)),
    (AT, |pass, i| pass.at_sign(i)),
    (SECRET, |pass, i| pass.secret(i)),
    (DIGIT, |pass, i| pass.digit(i)),
    (COLON, |pass, i| pass.colon(i)),
    (PLUS, |pass, i| pass.plus(i)),
    (MAC, |pass, i| pass.mac(i)),
    (CAPITAL, |pass, i| pass.capital(i)),
];

/// One walk over one text.
pub(super) struct Pass<'t> {
    text: &'t Text<'t>,
    triggers: &'t Triggers,
    runs: Runs,
    candidates: Vec<Finding>,
    skipped: Vec<Range<usize>>,
    /// Where the word ends whose first digit was looked at last.
    word_end: usize,
    /// A character was met that stands for another.
    disguised: bool,
}

/// How much of a word is looked past at once.
const LONGEST_WORD: usize = 128;

impl<'t> Pass<'t> {
    pub(super) fn new(text: &'t Text<'t>, triggers: &'t Triggers) -> Self {
        Pass {
            text,
            triggers,
            runs: Runs::default(),
            candidates: Vec::new(),
            skipped: Vec::new(),
            word_end: 0,
            disguised: false,
        }
    }

    /// The candidates, and the ranges of base64 in which nothing may start.
    pub(super) fn finish(self) -> (Vec<Finding>, Vec<Range<usize>>) {
        (self.candidates, self.skipped)
    }

    /// Walks the text; whether it has to be folded first. In a folded one nothing is left to fold.
    pub(super) fn run(&mut self, folded: bool) -> bool {
        let mut at = 0;
        while let Some((i, woken)) = self.next_trigger(at) {
            let mut next = i.saturating_add(1);
            for (trigger, look) in LOOKS {
                if woken & trigger != 0 {
                    next = next.max(look(self, i));
                }
            }
            if self.disguised && !folded {
                return true;
            }
            at = next;
        }
        false
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

    fn disguise(&mut self, i: usize) -> usize {
        self.disguised |= fold::is_disguise(self.text, i);
        0
    }

    fn at_sign(&mut self, i: usize) -> usize {
        if self.triggers.has(Kind::UrlCredentials) {
            let found = url::before(self.text, i);
            self.claim(Kind::UrlCredentials, found);
        }
        if !self.triggers.has(Kind::Email) {
            return 0;
        }
        let found = email::around(self.text, i);
        self.claim(Kind::Email, found)
    }

    fn ip(&mut self, found: Option<Range<usize>>) -> usize {
        let end = found.as_ref().map_or(0, |found| found.end);
        let wanted = found.filter(|found| {
            let written = self.text.slice(found.start, found.end);
            self.triggers.ip.has(written)
        });
        self.claim(Kind::Ip, wanted).max(end)
    }

    fn mac(&mut self, i: usize) -> usize {
        let found = mac::around(self.text, i);
        self.claim(Kind::Mac, found)
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
            Ok(found) => self.ip(Some(found)),
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
        let code = self.word(i);
        if code > 0 {
            return code;
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
            next = next.max(self.ip(found));
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

    /// The word with the digit at `i` in it, unless an earlier digit of it was seen: codes, and numbers of
    /// countries.
    fn word(&mut self, i: usize) -> usize {
        let triggers = self.triggers;
        if i < self.word_end || triggers.codes.is_empty() && triggers.ids.is_none() {
            return 0;
        }
        let end = self
            .text
            .run_to(i, LONGEST_WORD, |b| b.is_ascii_alphanumeric());
        self.word_end = end;
        let mut next = 0;
        if !triggers.codes.is_empty() {
            let start = self
                .text
                .run_back(i, LONGEST_WORD, |b| b.is_ascii_alphanumeric());
            let whole = !self.text.word_before(start) && !self.text.word_at(end);
            for (kind, look) in triggers.codes.iter().filter(|_| whole) {
                let found = look(self.text, &(start..end));
                next = next.max(self.claim(*kind, found));
            }
        }
        if let Some(ids) = triggers.ids.as_ref().filter(|_| next == 0) {
            let found = ids::starts(self.text, i).find_map(|start| ids.at(self.text, start));
            if let Some((kind, found)) = found {
                self.claim(kind, Some(found));
            }
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
