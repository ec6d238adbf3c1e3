//! What a request must not exceed, and what it may not say.

use super::across::Across;
use super::redact::{Findings, text_of_ids};
use crate::dialect::shape::Shape;
use crate::dialect::splice::Request;
use crate::json::{Edit, Text};
use crate::policy::{Ceiling, Deny, DenyRule, Guard, Mode, OutputLimit};
use crate::refusal::Refusal;
use crate::tokens::Encoding;

/// A body of `bytes`, so far or in all.
pub fn body(guard: &Guard, bytes: u64) -> Result<(), Refusal> {
    if bytes > guard.max_body {
        return Err(Refusal::BodyTooLarge(guard.max_body));
    }
    Ok(())
}

/// How many messages and tools a request has, and how much it may ask for: the edits after which it asks for
/// no more. `name` is what the first provider calls the field of output.
///
/// # Errors
///
/// A limit that is enforced is passed.
pub fn shape(
    guard: &Guard,
    shape: &Shape,
    name: Option<&str>,
    findings: &mut Findings,
) -> Result<Vec<Edit>, Refusal> {
    if let Some(limit) = passed(guard.max_messages, shape.messages) {
        let refusal = Refusal::TooManyMessages {
            counted: shape.messages,
            limit: limit.most,
        };
        findings.refuse("max_messages", limit.mode, refusal)?;
    }
    if let Some(limit) = passed(guard.max_tools, shape.tools) {
        let refusal = Refusal::TooManyTools {
            counted: shape.tools,
            limit: limit.most,
        };
        findings.refuse("max_tools", limit.mode, refusal)?;
    }
    let Some(OutputLimit { limit, clamps }) = guard.max_output_tokens else {
        return Ok(Vec::new());
    };
    if !clamps {
        if let Some(path) = shape.output.above(limit.most) {
            let refusal = Refusal::OutputTooLong {
                path,
                limit: limit.most,
            };
            findings.refuse("max_output_tokens", limit.mode, refusal)?;
        }
        return Ok(Vec::new());
    }
    let edits = shape.output.clamped(limit.most, name);
    if edits.is_empty() {
        return Ok(edits);
    }
    match limit.mode {
        Mode::Enforce => {
            findings.add("max_output_tokens", "clamped");
            Ok(edits)
        }
        Mode::Observe => {
            findings.add("max_output_tokens", "would_clamp");
            Ok(Vec::new())
        }
    }
}

/// An input of so many tokens, where the limit is only watched: one that is enforced has stopped the count.
pub fn input(guard: &Guard, tokens: u64, findings: &mut Findings) {
    if passed(guard.max_input_tokens, tokens).is_some() {
        findings.add("max_input_tokens", "would_block");
    }
}

fn passed(limit: Option<Ceiling>, counted: u64) -> Option<Ceiling> {
    limit.filter(|limit| counted > limit.most)
}

/// Looks through every text of a request for what may not be said. Each text counts once for each rule.
///
/// # Errors
///
/// A rule that is enforced is broken.
pub fn words(
    deny: &Deny,
    encodings: &[Encoding],
    request: &Request<'_>,
    findings: &mut Findings,
) -> Result<(), Refusal> {
    if deny.ignores_requests() {
        return Ok(());
    }
    let mut all: Vec<Vec<&DenyRule>> = Vec::new();
    for passage in &request.passages {
        all.push(rules(deny, passage.text()));
    }
    for run in request.adjacent() {
        // Some models read parts as one text, some as lines of one.
        let parts = request.passages.get(run.clone()).unwrap_or_default();
        let texts = ["", "\n"].map(|between| Across::new(parts, between));
        let seams = texts.iter().flat_map(Across::seams);
        let mut found: Vec<&DenyRule> = seams.flat_map(|(_, seam)| rules(deny, seam)).collect();
        let known = all.get(run).unwrap_or_default().concat();
        found.retain(|rule| !known.contains(rule));
        found.sort_by_key(|rule| &rule.name);
        found.dedup();
        all.push(found);
    }
    if !request.ids.is_empty() {
        let texts = encodings.iter();
        let texts = texts.map(|own| text_of_ids(*own, &request.ids));
        let mut found: Vec<&DenyRule> = texts.flat_map(|text| rules(deny, &text)).collect();
        found.sort_by_key(|rule| &rule.name);
        found.dedup();
        all.push(found);
    }
    let mut broken: Vec<String> = Vec::new();
    for found in all {
        for rule in found {
            match rule.mode {
                Mode::Observe => findings.add(&rule.name, "would_block"),
                Mode::Enforce => {
                    findings.add(&rule.name, "blocked");
                    if !broken.contains(&rule.name) {
                        broken.push(rule.name.clone());
                    }
                }
            }
        }
    }
    match broken.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Denied(broken)),
    }
}

/// The rules that a text breaks, behind its escapes too.
fn rules<'d>(deny: &'d Deny, text: &str) -> Vec<&'d DenyRule> {
    let said = unescaped(text);
    let also = said.as_deref().map(|said| deny.in_request(said));
    let mut rules: Vec<&DenyRule> = deny.in_request(text).collect();
    rules.extend(also.into_iter().flatten());
    rules.sort_by_key(|rule| &rule.name);
    rules.dedup();
    rules
}

/// What a text says without its escapes, if it has any: arguments and results of tools are JSON mostly.
fn unescaped(text: &str) -> Option<String> {
    memchr::memchr(b'\\', text.as_bytes())?;
    let once = Text::unescape_loosely(text).chars;
    Some(match once.contains('\\') {
        true => Text::unescape_loosely(&once).chars,
        false => once,
    })
}

impl Findings {
    /// These too.
    pub fn merge(&mut self, others: Self) {
        for (key, count) in others.0 {
            let own = self.0.entry(key).or_default();
            *own = own.saturating_add(count);
        }
        for (rule, count) in others.1 {
            let own = self.1.entry(rule).or_default();
            *own = own.saturating_add(count);
        }
    }

    /// Input in tokens, of which nobody knows how it is read, was not looked at.
    pub fn leave_ids(&mut self, deny: &Deny) {
        if !deny.ignores_requests() {
            self.add("token_ids", "left");
        }
    }

    /// A rule is broken: refused, or noted as what would have been.
    fn refuse(&mut self, name: &str, mode: Mode, refusal: Refusal) -> Result<(), Refusal> {
        match mode {
            Mode::Enforce => {
                self.add(name, "blocked");
                Err(refusal)
            }
            Mode::Observe => {
                self.add(name, "would_block");
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    fn limit(most: u64, mode: Mode) -> Option<Ceiling> {
        Some(Ceiling { most, mode })
    }

    #[test]
    fn limits_are_enforced_or_watched() {
        let json = r#"{"messages":[{},{}],"tools":[{},{}],"max_tokens":50}"#;
        let own = Shape::read(Dialect::OpenAiChat, json).unwrap();
        for mode in [Mode::Enforce, Mode::Observe] {
            let output = |clamps| OutputLimit {
                limit: Ceiling { most: 10, mode },
                clamps,
            };
            let messages = Guard {
                max_messages: limit(1, mode),
                ..Guard::default()
            };
            let tools = Guard {
                max_tools: limit(1, mode),
                ..Guard::default()
            };
            let refuse = Guard {
                max_output_tokens: Some(output(false)),
                ..Guard::default()
            };
            let clamp = Guard {
                max_output_tokens: Some(output(true)),
                ..Guard::default()
            };
            let enforced = mode == Mode::Enforce;
            for (guard, name, code) in [
                (messages, "max_messages", "too_many_messages"),
                (tools, "max_tools", "too_many_tools"),
                (refuse, "max_output_tokens", "max_output_tokens_exceeded"),
            ] {
                let mut findings = Findings::default();
                let told = shape(&guard, &own, None, &mut findings);
                let told = told.map_err(|refusal| refusal.answer().code);
                assert_eq!(told, if enforced { Err(code) } else { Ok(vec![]) });
                let done = if enforced { "blocked" } else { "would_block" };
                assert_eq!(findings.0[&(name.to_owned(), done)], 1);
            }
            let mut findings = Findings::default();
            let edits = shape(&clamp, &own, None, &mut findings).unwrap();
            assert_eq!(edits.len(), usize::from(enforced));
            let done = if enforced { "clamped" } else { "would_clamp" };
            assert_eq!(findings.0[&("max_output_tokens".to_owned(), done)], 1);
        }
        let roomy = Guard {
            max_messages: limit(2, Mode::Enforce),
            max_tools: limit(2, Mode::Enforce),
            ..Guard::default()
        };
        assert_eq!(
            shape(&roomy, &own, None, &mut Findings::default()),
            Ok(vec![])
        );
    }

    #[test]
    fn words_are_found_behind_escapes() {
        let rule = |mode| DenyRule {
            name: "fruit".to_owned(),
            mode,
            request: true,
            reply: false,
            patterns: vec!["forbidden\\s+fruit".to_owned()],
            words: Vec::new(),
        };
        let bodies = [
            (
                r#"{"messages":[{"role":"user","content":"a forbidden fruit"}]}"#,
                1,
            ),
            (
                r#"{"messages":[{"role":"tool","content":"{\"a\":\"forbidden\\nfruit\"}"}]}"#,
                1,
            ),
            (
                r#"{"messages":[{"role":"tool","content":"{\"a\":\"\\u0066orbidden fruit\"}"}]}"#,
                1,
            ),
            (
                r#"{"messages":[{"role":"user","content":"forbidden"},{"role":"user","content":"fruit"}]}"#,
                0,
            ),
        ];
        for (body, found) in bodies {
            let request = Request::read(Dialect::OpenAiChat, body.as_bytes()).unwrap();
            for (mode, done) in [(Mode::Enforce, "blocked"), (Mode::Observe, "would_block")] {
                let deny = Deny::new(vec![rule(mode)]).unwrap();
                let mut findings = Findings::default();
                let told = words(&deny, &[Encoding::Cl100kBase], &request, &mut findings);
                let refused = found > 0 && mode == Mode::Enforce;
                assert_eq!(told.is_err(), refused, "{body}");
                let count = findings.0.get(&("fruit".to_owned(), done));
                assert_eq!(count.copied().unwrap_or_default(), found, "{body}");
            }
        }
    }
}
