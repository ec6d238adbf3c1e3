//! What is done about each finding of a request.

use std::collections::HashSet;

use super::fake::Forge;
use super::ids;
use super::search::{Search, Spot};
use super::{Findings, Redacted};
use crate::dialect::splice::{Passage, Place};
use crate::json::{Edit, Text, apply, quote, quote_into};
use crate::mask::{Vault, partial};
use crate::policy::{Action, Mode, Redact, Rule};
use crate::refusal::Refusal;
use crate::tokens::Encoding;

/// What is said of a finding that stands where nothing can be changed.
const LEFT: &str = "left";

/// A request's findings while they are gone through.
pub(super) struct Work<'r> {
    rules: &'r Redact,
    /// Every value of the request.
    values: HashSet<String>,
    vault: Vault,
    forge: Forge<'r>,
    findings: Findings,
    blocked: Vec<String>,
    in_ids: Vec<String>,
    edits: Vec<Edit>,
}

impl<'r> Work<'r> {
    pub(super) fn new(rules: &'r Redact, values: HashSet<String>) -> Self {
        Self {
            rules,
            values,
            vault: Vault::new(rules.key),
            forge: Forge::new(&rules.detector, rules.key),
            findings: Findings::default(),
            blocked: Vec::new(),
            in_ids: Vec::new(),
            edits: Vec::new(),
        }
    }

    /// The request, if nothing forbids it.
    pub(super) fn finish(self) -> Result<Redacted, (Findings, Refusal)> {
        if !self.blocked.is_empty() {
            return Err((self.findings, Refusal::Blocked(self.blocked)));
        }
        if !self.in_ids.is_empty() {
            return Err((self.findings, Refusal::BlockedIds(self.in_ids)));
        }
        Ok(Redacted {
            edits: self.edits,
            vault: self.vault,
            findings: self.findings,
        })
    }

    pub(super) fn passage(&mut self, passage: &mut Passage<'_>, spots: &[Spot]) {
        let mut edits: Vec<Edit> = spots.iter().filter_map(|spot| self.edit(spot)).collect();
        if edits.is_empty() {
            return;
        }
        let inner = passage.inner();
        let place = match passage.place {
            // Nothing is found there that can be changed.
            Place::Fixed => return,
            Place::Text => None,
            Place::Number | Place::Base64 => Some(inner.clone()),
        };
        if place.is_none() {
            let source = Text::unescape(passage.raw());
            let at = |at: usize| inner.start.saturating_add(source.source(at));
            let raw = |edit: &Edit| {
                let mut with = String::new();
                quote_into(&String::from_utf8_lossy(&edit.with), &mut with);
                Edit::new(at(edit.at.start)..at(edit.at.end), with)
            };
            self.edits.extend(edits.iter().map(raw));
        }
        let text = apply(passage.text().as_bytes(), &mut edits);
        let text = String::from_utf8(text).unwrap_or_default();
        if let Some(whole) = place {
            let with = passage.written(&text);
            self.edits.push(Edit::new(whole, with));
        }
        passage.mask(text);
    }

    /// Notes a finding; the edit to its text, if there is one.
    fn edit(&mut self, spot: &Spot) -> Option<Edit> {
        let rules = self.rules;
        let (name, rule) = rules.rule(spot.finding.kind);
        if spot.rest {
            let changes = !matches!(rule.action, Action::Block | Action::Observe);
            let goes = changes && rule.mode == Mode::Enforce;
            return goes.then(|| Edit::new(spot.at.clone(), ""));
        }
        let mut done = rule.action.done(rule.mode);
        let changes = !matches!(rule.action, Action::Block | Action::Observe);
        if spot.fixed && changes {
            done = LEFT;
        }
        let mut with = None;
        if !spot.fixed && changes && rule.mode == Mode::Enforce {
            let (made, really) = self.stand_in(name, rule, spot);
            done = really;
            with = Some(made);
        }
        self.findings.add(name, done);
        self.findings.add_rule(&spot.finding);
        if done == "blocked" {
            note(&mut self.blocked, name);
        }
        let with = with?;
        Some(match spot.number {
            true => Edit::new(spot.at.clone(), number(&with)),
            false => Edit::new(spot.at.clone(), with),
        })
    }

    /// What stands in the value's place, and what is said of it: where there is no fake, it is a placeholder.
    fn stand_in(&mut self, name: &str, rule: &Rule, spot: &Spot) -> (String, &'static str) {
        let value = spot.value.as_str();
        let label = name.to_ascii_uppercase();
        let done = rule.action.done(Mode::Enforce);
        match &rule.action {
            Action::Replace(with) => (with.clone(), done),
            Action::Hash => (self.rules.key.hash(&label, value), done),
            Action::Partial => (partial(value), done),
            Action::Fake => match self.fake(name, spot) {
                Some(fake) => (fake, done),
                None => {
                    let masked = Action::Mask.done(Mode::Enforce);
                    (self.vault.placeholder(&label, value), masked)
                }
            },
            _ => (self.vault.placeholder(&label, value), done),
        }
    }

    fn fake(&mut self, name: &str, spot: &Spot) -> Option<String> {
        if let Some(fake) = self.vault.fake(&spot.value) {
            return Some(fake.to_owned());
        }
        let (vault, values) = (&mut self.vault, &self.values);
        let take = |made: &str| !values.contains(made) && vault.take_fake(&spot.value, made);
        self.forge.fake(name, spot, take)
    }

    /// Looks through input that is given in tokens: nothing can be changed in it.
    pub(super) fn ids(
        &mut self,
        search: &mut Search<'_>,
        encodings: &[Encoding],
        lists: &[Vec<u32>],
    ) {
        if encodings.is_empty() {
            // Whose they are is not known: they are not read.
            self.findings.add("token_ids", LEFT);
        }
        let mut spots = Vec::new();
        for text in encodings.iter().map(|own| ids::text(*own, lists)) {
            search.plain(&text, &mut spots);
        }
        for spot in spots {
            let (name, rule) = self.rules.rule(spot.finding.kind);
            let action = match rule.action {
                Action::Observe => &Action::Observe,
                _ => &Action::Block,
            };
            let done = action.done(rule.mode);
            self.findings.add(name, done);
            self.findings.add_rule(&spot.finding);
            if done == "blocked" {
                let list = match rule.action {
                    Action::Block => &mut self.blocked,
                    _ => &mut self.in_ids,
                };
                note(list, name);
            }
        }
    }
}

/// What stands in place of a JSON number: a number if it can, else a string.
pub(super) fn number(with: &str) -> String {
    let digits = with.bytes().all(|byte| byte.is_ascii_digit());
    match digits && !with.starts_with('0') && !with.is_empty() {
        true => with.to_owned(),
        false => quote(with),
    }
}

fn note(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}
