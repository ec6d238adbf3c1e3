//! What a model says, looked through: personal data and secrets are replaced or end the reply, and so does
//! what may not be said.

use std::rc::Rc;

use super::redact::{Findings, Search as Scan};
use crate::json::Text;
use crate::mask::{Form, Vault, partial};
use crate::pii::Kind;
use crate::policy::{Action, Deny, Mode, Policy, Redact};
use crate::refusal::Refusal;
use crate::window::{Hit, Hits, Search, Verdict};

/// How long a value with spaces in it may be, with the words behind it that say what it is, in bytes. Longer
/// ones have no spaces, or an end of their own.
const REACH: usize = 128;

/// The same where the operator has patterns, which may match anything.
const CUSTOM_REACH: usize = 256;

/// How a private key begins, and how it ends (RFC 7468).
const KEY: (&str, &str) = ("-----BEGIN ", "-----END ");

/// The review of a reply.
#[derive(Debug)]
pub struct Review<'a> {
    redact: Option<&'a Redact>,
    deny: &'a Deny,
    findings: &'a mut Findings,
    /// What stands for values that the client sent: none of it is found.
    known: Option<Rc<Vault>>,
    /// What the text is that is looked at.
    pub form: Form,
    /// What is found is not counted: it was before.
    pub again: bool,
    /// Why the reply must end, once it must.
    pub refusal: Option<Refusal>,
}

/// Something that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Personal data or a secret of this kind.
    Kind(Kind),
    /// What the rule with this index forbids.
    Rule(usize),
}

/// What is done about replies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reviews {
    /// They are not looked at.
    #[default]
    Nothing,
    /// What is found is counted.
    Watches,
    /// What is found may not pass.
    Holds,
}

impl Reviews {
    /// What the operator wants done.
    pub fn of(policy: &Policy) -> Self {
        let (redact, deny) = (rules(policy), &policy.guard.deny);
        let holds = redact.is_some_and(holds) || deny.holds_replies();
        match (holds, redact.is_none() && deny.ignores_replies()) {
            (true, _) => Self::Holds,
            (false, false) => Self::Watches,
            (false, true) => Self::Nothing,
        }
    }
}

fn rules(policy: &Policy) -> Option<&Redact> {
    policy.redact.as_ref().filter(|own| own.replies)
}

impl<'a> Review<'a> {
    /// A review by a policy. What it finds goes to `findings`.
    pub fn new(policy: &'a Policy, findings: &'a mut Findings) -> Self {
        Self {
            redact: rules(policy),
            deny: &policy.guard.deny,
            findings,
            known: None,
            form: Form::Plain,
            again: false,
            refusal: None,
        }
    }

    /// The same, by which nothing is found that this vault has put into the request.
    pub fn knowing(self, vault: &Rc<Vault>) -> Self {
        let known = Some(Rc::clone(vault));
        Self { known, ..self }
    }

    fn note(&mut self, name: &str, done: &'static str) {
        if !self.again {
            self.findings.add(name, done);
        }
    }
}

impl Search for Review<'_> {
    type What = Found;

    fn search(&mut self, text: &str) -> Hits<Found> {
        let mut hits = Hits::default();
        if let Some(rules) = self.redact {
            let mut spots = Vec::new();
            Scan::new(rules).plain(text, &mut spots);
            let form = self.form;
            // What goes over the end of a string is no value, and could not be replaced.
            let within = |at: &std::ops::Range<usize>| {
                form == Form::Plain || !ends_a_string(text.get(at.clone()).unwrap_or_default())
            };
            let spots = spots.into_iter().filter(|spot| within(&spot.at));
            hits.all.extend(spots.map(|spot| Hit {
                at: spot.at,
                what: Found::Kind(spot.finding.kind),
            }));
            let begun = text.rfind(KEY.0);
            hits.open = begun.filter(|at| {
                let rest = text.get(*at..).unwrap_or_default();
                !rest.contains(KEY.1)
            });
        }
        if self.form == Form::Json && text.contains('\\') {
            let said = Text::unescape_loosely(text);
            let found = self.deny.in_reply(&said.chars).into_iter();
            hits.all.extend(found.map(|(at, rule)| Hit {
                at: said.source(at.start)..said.source(at.end),
                what: Found::Rule(rule),
            }));
        } else {
            let found = self.deny.in_reply(text).into_iter();
            hits.all.extend(found.map(|(at, rule)| Hit {
                at,
                what: Found::Rule(rule),
            }));
            hits.open = match (hits.open, self.deny.begun(text)) {
                (Some(key), Some(word)) => Some(key.min(word)),
                (key, word) => key.or(word),
            };
        }
        hits
    }

    fn reach(&self) -> usize {
        let own = self
            .redact
            .map_or(0, |rules| match rules.custom.is_empty() {
                true => REACH,
                false => CUSTOM_REACH,
            });
        own.max(self.deny.reach())
    }

    fn judge(&mut self, what: &Found, value: &str) -> Verdict {
        let kind = match *what {
            Found::Kind(kind) => kind,
            Found::Rule(rule) => {
                let deny = self.deny;
                let Some(rule) = deny.rule(rule) else {
                    return Verdict::Pass;
                };
                if rule.mode == Mode::Observe {
                    self.note(&rule.name, "reply_would_block");
                    return Verdict::Pass;
                }
                self.findings.add(&rule.name, "reply_blocked");
                self.refusal = Some(Refusal::ReplyDenied(rule.name.clone()));
                return Verdict::Stop;
            }
        };
        let Some(rules) = self.redact else {
            return Verdict::Pass;
        };
        let (name, rule) = rules.rule(kind);
        let label = name.to_ascii_uppercase();
        let with = match &rule.action {
            _ if self.known.as_ref().is_some_and(|own| own.is_fake(value)) => return Verdict::Pass,
            Action::Replace(with) => with.clone(),
            Action::Hash => rules.key.hash(&label, value),
            Action::Partial => partial(value),
            // There is nothing to put back into what the client sends next.
            Action::Mask | Action::Fake => ["[", &label, "]"].concat(),
            Action::Block | Action::Observe => String::new(),
        };
        let done = match rule.action {
            Action::Fake => Action::Mask.done(rule.mode),
            ref own => own.done(rule.mode),
        };
        if rule.action == Action::Block && rule.mode == Mode::Enforce {
            self.again = false;
        }
        self.note(name, in_reply(done));
        match (&rule.action, rule.mode) {
            (Action::Observe, _) | (_, Mode::Observe) => Verdict::Pass,
            (Action::Block, Mode::Enforce) => {
                self.refusal = Some(Refusal::ReplyBlocked(name.to_owned()));
                Verdict::Stop
            }
            (_, Mode::Enforce) => Verdict::Replace(with),
        }
    }
}

/// What is said of a finding in a reply.
fn in_reply(done: &'static str) -> &'static str {
    match done {
        "masked" => "reply_masked",
        "replaced" => "reply_replaced",
        "hashed" => "reply_hashed",
        "shortened" => "reply_shortened",
        "blocked" => "reply_blocked",
        "would_mask" => "reply_would_mask",
        "would_replace" => "reply_would_replace",
        "would_hash" => "reply_would_hash",
        "would_shorten" => "reply_would_shorten",
        "would_block" => "reply_would_block",
        _ => "reply_observed",
    }
}

/// Some rule is enforced that changes or ends a reply.
fn holds(rules: &Redact) -> bool {
    let own = rules.rules.iter().map(|(_, rule)| rule);
    let mut all = own.chain(rules.custom.iter().map(|custom| &custom.rule));
    all.any(|rule| rule.mode == Mode::Enforce && rule.action != Action::Observe)
}

/// A string of JSON ends within this piece of it.
fn ends_a_string(piece: &str) -> bool {
    let mut escaped = false;
    piece.bytes().any(|byte| {
        let quote = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        quote
    })
}

#[cfg(test)]
mod tests;
