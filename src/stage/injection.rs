//! Prompt attacks: every text of a user, a tool or a document is scored, and held to the threshold of its kind.

use super::opinion::{self, Said};
use super::redact::Findings;
use crate::dialect::splice::{Passage, Request, Speaker};
use crate::host::{Answer, CallOut};
use crate::injection::{Source, Verdict};
use crate::mask::Vault;
use crate::policy::{Bar, Injection, Mode, OnError, Response};
use crate::refusal::Refusal;
use crate::seen::Seen;

/// The text that is most of an attack, measured by its own threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attack {
    /// Score and rule.
    pub verdict: Verdict,
    /// Whose words they are.
    pub source: Source,
    /// It is over its threshold, or somebody else called it an attack.
    pub counts: bool,
    /// The reply is to say so.
    pub tagged: bool,
}

/// What came of a look at all texts.
#[derive(Debug, Default)]
pub struct Judged {
    /// The worst text.
    pub attack: Option<Attack>,
    /// Attacks, by what was done.
    pub findings: Findings,
    /// Why the request may not go on.
    pub refusal: Option<Refusal>,
}

/// A judgement, or a question to somebody else that comes first.
#[derive(Debug)]
pub enum Outcome {
    /// All is known.
    Judged(Judged),
    /// The answer to this is wanted.
    Ask(CallOut),
}

/// The name of attacks among the findings.
const KIND: &str = "prompt_attack";

/// A text and what it scores.
struct Scored<'p, 'a> {
    passage: &'p Passage<'a>,
    source: Source,
    verdict: Verdict,
    /// Somebody else found it harmless, now or before.
    cleared: bool,
    /// Somebody else called it an attack.
    confirmed: bool,
}

/// Scores every text that is not the application's or the model's own, without the placeholders of `vault`: the
/// word that names a secret is not its writer's. `answer` is what the second opinion said, once it was asked.
pub fn judge(
    rules: &Injection,
    seen: &Seen,
    request: &Request<'_>,
    vault: &Vault,
    answer: Option<&Answer>,
) -> Outcome {
    let mut all = scored(rules, seen, request, vault);
    let mut refusal = None;
    let mut unanswered = false;
    if let Some(opinion) = &rules.opinion {
        let (low, high) = opinion.zone;
        let grey =
            |own: &&mut Scored<'_, '_>| !own.cleared && (low..=high).contains(&own.verdict.score);
        let mut doubtful: Vec<_> = all.iter_mut().filter(grey).collect();
        let worst = doubtful.iter().max_by_key(|own| own.verdict.score);
        if let Some(worst) = worst {
            let Some(answer) = answer else {
                let texts = doubtful.iter().map(|own| own.passage.text());
                let text = opinion::joined(texts);
                let call = opinion::question(opinion, &text, worst.verdict, worst.source);
                return Outcome::Ask(call);
            };
            let said = opinion::read(opinion, answer);
            unanswered = said.is_none();
            match (said, opinion.on_error) {
                (Some(said), _) => {
                    for own in &mut doubtful {
                        own.hear(said, seen);
                    }
                }
                (None, OnError::Local) => {}
                (None, OnError::Allow) => {
                    for own in &mut doubtful {
                        own.cleared = true;
                    }
                }
                (None, OnError::Refuse) if rules.mode == Mode::Enforce => {
                    refusal = Some(Refusal::NoOpinion);
                }
                (None, OnError::Refuse) => {}
            }
        }
    }
    let mut judged = decided(rules, &all, refusal);
    if unanswered {
        judged.findings.add("second_opinion", "missing");
    }
    Outcome::Judged(judged)
}

impl Scored<'_, '_> {
    fn hear(&mut self, said: Said, seen: &Seen) {
        match said {
            Said::Attack => self.confirmed = true,
            Said::Harmless => {
                self.cleared = true;
                if let Some(name) = self.passage.name(seen) {
                    seen.keep_attack(name, self.source, self.verdict, true);
                }
            }
        }
    }
}

fn scored<'p, 'a>(
    rules: &Injection,
    seen: &Seen,
    request: &'p Request<'a>,
    vault: &Vault,
) -> Vec<Scored<'p, 'a>> {
    let speakers = request.speakers();
    let said = request.passages.iter().zip(speakers);
    let scored = |(passage, speaker): (&'p Passage<'a>, Speaker)| {
        let source = match speaker {
            Speaker::User => Source::User,
            Speaker::Tool => Source::Tool,
            Speaker::Document => Source::Document,
            Speaker::Application | Speaker::Model => return None,
        };
        let name = passage.name(seen);
        let known = name.and_then(|name| seen.attack(name, source));
        let (verdict, cleared) = known.unwrap_or_else(|| {
            let text = vault.without_placeholders(passage.text());
            let verdict = rules.detector.score(&text, source);
            if let Some(name) = name {
                seen.keep_attack(name, source, verdict, false);
            }
            (verdict, false)
        });
        Some(Scored {
            passage,
            source,
            verdict,
            cleared,
            confirmed: false,
        })
    };
    said.filter_map(scored).collect()
}

fn decided(rules: &Injection, all: &[Scored<'_, '_>], refusal: Option<Refusal>) -> Judged {
    let mut judged = Judged {
        refusal,
        ..Judged::default()
    };
    let mut most = i32::MIN;
    for own in all {
        let bar = rules.bar(own.source);
        let over = own.verdict.score >= bar.threshold;
        let counts = own.confirmed || (over && !own.cleared);
        let done = match (bar.response, rules.mode) {
            (Response::Block, Mode::Enforce) => "blocked",
            (Response::Block, Mode::Observe) => "would_block",
            (Response::Tag, Mode::Enforce) => "tagged",
            (Response::Tag, Mode::Observe) => "would_tag",
            (Response::Observe, _) => "observed",
        };
        if counts {
            let count = judged.findings.0.entry((KIND.to_owned(), done));
            let count = count.or_default();
            *count = count.saturating_add(1);
            if done == "blocked" {
                judged.refusal = Some(Refusal::PromptAttack(place(own.source)));
            }
        }
        // What counts comes before what does not.
        let above = i32::from(own.verdict.score).saturating_sub(i32::from(bar.threshold));
        let weight = above.saturating_add(if counts { 2000 } else { 0 });
        let tagged = judged.attack.is_some_and(|attack| attack.tagged);
        let tagged = tagged || (counts && done == "tagged");
        if weight > most {
            most = weight;
            judged.attack = Some(Attack {
                verdict: own.verdict,
                source: own.source,
                counts,
                tagged,
            });
        } else if let Some(attack) = &mut judged.attack {
            attack.tagged = tagged;
        }
    }
    judged
}

/// Where a text stands, for whoever sent it.
fn place(source: Source) -> &'static str {
    match source {
        Source::User => "What the user says",
        Source::Tool => "What a tool gave back",
        Source::Document => "What a document says",
    }
}

impl Attack {
    /// Whose words, as the log has it.
    pub fn source_name(&self) -> &'static str {
        match self.source {
            Source::User => "user",
            Source::Tool => "tool",
            Source::Document => "document",
        }
    }

    /// The score as a number from 0 to 1.
    pub fn score(&self) -> String {
        match self.verdict.score {
            1000.. => "1.000".to_owned(),
            score => format!("0.{score:03}"),
        }
    }

    /// Score, rule and source in one word, such as `0.970(instruction_override,tool)`.
    pub fn word(&self) -> String {
        let (rule, source) = (self.verdict.rule.name(), self.source_name());
        [&self.score(), "(", rule, ",", source, ")"].concat()
    }
}

impl Injection {
    fn bar(&self, source: Source) -> Bar {
        match source {
            Source::User => self.users,
            Source::Tool => self.tools,
            Source::Document => self.documents,
        }
    }
}

#[cfg(test)]
mod tests;
