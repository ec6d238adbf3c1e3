//! The pass: from trigger to trigger, each looked at once.

use std::ops::Range;

use super::base64::{self, Runs};
use super::class;
use super::digits::{self, Groups};
use super::kind::{Finding, Kind};
use super::secret::Hit;
use super::text::Text;
use super::trigger::{AT, CAPITAL, COLON, DIGIT, FOLD, MAC, PLUS, SECRET, Triggers};
use super::{email, fold, iban, ids, ip, mac, phone, secret, url};

/// One walk over one text.
pub(super) struct Pass<'t> {
    text: &'t Text<'t>,
    triggers: &'t Triggers,
    runs: Runs,
    candidates: Vec<Finding>,
    skipped: Vec<Range<usize>>,
    /// A character was met that stands for another.
    disguised: bool,
}

/// The longest word that a code can be.
const LONGEST_WORD: usize = 128;

/// The shortest: a vehicle's number.
const SHORTEST_CODE: usize = 17;

/// More digits than any kind needs.
const MOST_COUNTED: usize = 12;

impl<'t> Pass<'t> {
    pub(super) fn new(text: &'t Text<'t>, triggers: &'t Triggers) -> Self {
        Pass {
            text,
            triggers,
            runs: Runs::default(),
            candidates: Vec::new(),
            skipped: Vec::new(),
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
            at = self.look(i, woken).max(i.saturating_add(1));
            if self.disguised && !folded {
                return true;
            }
        }
        false
    }

    /// Looks around the trigger at `i`; answers where to go on, if that is further on.
    fn look(&mut self, i: usize, woken: u8) -> usize {
        // Digits by themselves, because they are the most.
        if woken == DIGIT {
            return self.digit(i);
        }
        let mut next = 0;
        if woken & FOLD != 0 {
            self.disguised |= fold::is_disguise(self.text, i);
        }
        if woken & AT != 0 {
            next = next.max(self.at_sign(i));
        }
        if woken & SECRET != 0 {
            next = next.max(self.secret(i));
        }
        if woken & COLON != 0 {
            next = next.max(self.colon(i));
        }
        if woken & PLUS != 0 {
            next = next.max(self.plus(i));
        }
        if woken & MAC != 0 {
            next = next.max(self.mac(i));
        }
        if woken & CAPITAL != 0 {
            next = next.max(self.capital(i));
        }
        next
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
        if self.text.at(i) == b'@' && self.triggers.has(Kind::UrlCredentials) {
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

    /// Looks at the word of letters and digits whose first digit stands at `i`. No later digit of it can begin
    /// anything, so the walk goes on behind it.
    fn digit(&mut self, i: usize) -> usize {
        let (text, triggers) = (self.text, self.triggers);
        let end = text.run(i, |b| class::is(b, class::ALNUM));
        let start = if class::is(text.before(i), class::ALNUM) {
            text.run_back(i, LONGEST_WORD, |b| class::is(b, class::ALNUM))
        } else {
            i
        };
        let inside = text.word_before(i);
        let long = end.saturating_sub(start) >= SHORTEST_CODE && !triggers.codes.is_empty();
        let ids = triggers.ids.as_ref();
        let ids = ids.filter(|ids| ids::starts(text, start, i).any(|at| ids.may_begin(text, at)));
        let bank = inside && triggers.has(Kind::Iban) && start.saturating_add(2) == i;
        let bank = bank && text.at(i.saturating_add(1)).is_ascii_digit();
        let digits = match inside {
            true => 0,
            false => digits::coming(text, i, MOST_COUNTED),
        };
        let number = !inside && digits >= triggers.fewest;
        if !(long || ids.is_some() || bank || number) {
            // Nothing can be found here, but data may have to be left out.
            return match base64::may_be_long(text, i) {
                true => self.data(i).max(end),
                false => end,
            };
        }
        let data = self.data(i);
        if data > 0 {
            return data;
        }
        if long {
            let code = self.code(start..end);
            if code > 0 {
                return code.max(end);
            }
        }
        if let Some(ids) = ids {
            let found = ids::starts(text, start, i).find_map(|at| ids.at(text, at));
            if let Some((kind, found)) = found {
                self.claim(kind, Some(found));
            }
        }
        if bank {
            let found = iban::around(text, i);
            return self.claim(Kind::Iban, found).max(end);
        }
        if number {
            return self.number(i, digits).max(end);
        }
        end
    }

    /// Leaves out the base64 that `i` lies in; answers where to go on.
    fn data(&mut self, i: usize) -> usize {
        let run = self.runs.around(self.text, i);
        run.map_or(0, |run| self.skip(run))
    }

    /// The word, if it is one of the codes that are words.
    fn code(&mut self, word: Range<usize>) -> usize {
        let (text, mut next) = (self.text, 0);
        let short = word.end.saturating_sub(word.start) <= LONGEST_WORD;
        if short && !text.word_before(word.start) && !text.word_at(word.end) {
            for (kind, look) in &self.triggers.codes {
                let found = look(text, &word);
                next = next.max(self.claim(*kind, found));
            }
        }
        next
    }

    /// The number that begins at `i` and has about so many digits.
    fn number(&mut self, i: usize, digits: usize) -> usize {
        let (text, triggers) = (self.text, self.triggers);
        let groups = Groups::parse(text, i);
        if let Some(half) = groups.list_half() {
            return half;
        }
        let mut next = groups.first_end();
        if triggers.has(Kind::Ip) {
            let found = ip::v4::at(text, i);
            next = next.max(self.ip(found));
        }
        for number in &triggers.numbers {
            if digits >= number.fewest {
                let found = (number.look)(text, &groups);
                next = next.max(self.claim(number.kind, found));
            }
        }
        if let Some(plan) = triggers.region
            && triggers.has(Kind::Phone)
        {
            let found = phone::regional(text, &groups, plan);
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
