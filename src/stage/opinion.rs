//! A second opinion about a text: how it is asked for, and what the answer says.
//!
//! The moderation endpoint and chat completions are OpenAI's (API reference, "Create moderation", "Create chat
//! completion"); Llama Guard answers `safe`, or `unsafe` and the kinds of what it found (its model card).

use serde_json::{Value, json};

use crate::host::{Answer, Ask, CallOut};
use crate::injection::{Source, Verdict};
use crate::json;
use crate::policy::{Opinion, OpinionForm};

/// What somebody else said of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is an attack.
    Attack,
    /// It is none.
    Harmless,
}

/// How much text is sent, in bytes.
const MOST: usize = 32 << 10;

/// The texts that are asked about, as one, as far as it goes.
pub fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.push_str("\n\n");
        }
        let room = MOST.saturating_sub(all.len());
        let part = text.get(..text.floor_char_boundary(room));
        all.push_str(part.unwrap_or_default());
        if all.len() >= MOST {
            break;
        }
    }
    all
}

/// The call that asks about `text`.
pub fn question(opinion: &Opinion, text: &str, verdict: Verdict, source: Source) -> CallOut {
    let body = match &opinion.form {
        OpinionForm::Moderation(None) => json!({"input": text}),
        OpinionForm::Moderation(Some(model)) => json!({"model": model, "input": text}),
        OpinionForm::Chat(model) => json!({
            "model": model, "messages": [{"role": "user", "content": text}], "temperature": 0,
            "max_tokens": 32, "stream": false,
        }),
        OpinionForm::Webhook => json!({
            "text": text, "score": f64::from(verdict.score) / 1000.0, "rule": verdict.rule.name(),
            "source": match source {
                Source::User => "user",
                Source::Tool => "tool",
                Source::Document => "document",
            },
        }),
    };
    let body = body.to_string().into_bytes();
    let mut headers = vec![
        (":method".to_owned(), "POST".to_owned()),
        (":path".to_owned(), opinion.path.clone()),
        (":authority".to_owned(), opinion.host.clone()),
        ("content-type".to_owned(), "application/json".to_owned()),
        ("content-length".to_owned(), body.len().to_string()),
    ];
    if let Some(key) = &opinion.key {
        let bearer = ["Bearer ", key.reveal()].concat();
        headers.push(("authorization".to_owned(), bearer));
    }
    CallOut {
        cluster: opinion.cluster.clone(),
        timeout: opinion.timeout,
        ask: Ask::Http { headers, body },
    }
}

/// What the answer says; `None` when it is none, or none that can be read.
pub fn read(opinion: &Opinion, answer: &Answer) -> Option<Said> {
    let Answer::Http { status: 200, body } = answer else {
        return None;
    };
    let reply: Value = serde_json::from_slice(body).ok()?;
    let attack = match &opinion.form {
        OpinionForm::Webhook => reply.get("attack")?.as_bool()?,
        OpinionForm::Moderation(_) => {
            let results = reply.get("results")?.as_array()?;
            let flags = results
                .iter()
                .map(|result| result.get("flagged")?.as_bool());
            let flags: Vec<bool> = flags.collect::<Option<_>>()?;
            (!flags.is_empty()).then(|| flags.contains(&true))?
        }
        OpinionForm::Chat(_) => {
            let content = json::at(&reply, "/choices/0/message/content")?;
            word(content.as_str()?)?
        }
    };
    Some(match attack {
        true => Said::Attack,
        false => Said::Harmless,
    })
}

/// What a model that classifies says first: a word, or how likely an attack is.
fn word(text: &str) -> Option<bool> {
    let first = text.split_whitespace().next()?;
    let first = first.trim_matches(|char: char| !char.is_alphanumeric());
    if let Ok(chance) = first.parse::<f64>() {
        return (0.0..=1.0).contains(&chance).then_some(chance >= 0.5);
    }
    let first = first.to_ascii_lowercase();
    match first.as_str() {
        word if word.strip_prefix("un") == Some("safe") => Some(true),
        "yes" | "true" | "attack" | "injection" | "jailbreak" | "malicious" => Some(true),
        "safe" | "no" | "false" | "benign" | "harmless" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Said, joined, question, read};
    use crate::host::{Answer, Ask};
    use crate::injection::{Rule, Source, Verdict};
    use crate::policy::{OnError, Opinion, OpinionForm, Secret};

    fn opinion(form: OpinionForm) -> Opinion {
        Opinion {
            form,
            cluster: "guard".into(),
            host: "guard.internal".into(),
            path: "/p".into(),
            key: Some(Secret::new("k-1")),
            timeout: Duration::from_secs(1),
            on_error: OnError::Local,
            zone: (500, 900),
        }
    }

    #[test]
    fn answers() {
        let chat = |text: &str| format!(r#"{{"choices":[{{"message":{{"content":"{text}"}}}}]}}"#);
        let (attack, harmless) = (Some(Said::Attack), Some(Said::Harmless));
        for (form, body, expected) in [
            (OpinionForm::Webhook, r#"{"attack":true}"#.into(), attack),
            (
                OpinionForm::Webhook,
                r#"{"attack":false,"more":1}"#.into(),
                harmless,
            ),
            (OpinionForm::Webhook, r#"{"attack":"no"}"#.into(), None),
            (OpinionForm::Webhook, "yes".into(), None),
            (
                OpinionForm::Moderation(None),
                r#"{"results":[{"flagged":false},{"flagged":true}]}"#.into(),
                attack,
            ),
            (
                OpinionForm::Moderation(None),
                r#"{"results":[{"flagged":false}]}"#.into(),
                harmless,
            ),
            (
                OpinionForm::Moderation(None),
                r#"{"results":[]}"#.into(),
                None,
            ),
            (
                OpinionForm::Moderation(None),
                r#"{"results":[{}]}"#.into(),
                None,
            ),
            (
                OpinionForm::Chat("g".into()),
                chat(r"\n\nunsafe\nS1"),
                attack,
            ),
            (OpinionForm::Chat("g".into()), chat("safe"), harmless),
            (OpinionForm::Chat("g".into()), chat("0.97"), attack),
            (OpinionForm::Chat("g".into()), chat("0.03"), harmless),
            (OpinionForm::Chat("g".into()), chat("I cannot say"), None),
            (OpinionForm::Chat("g".into()), chat("7"), None),
            (OpinionForm::Chat("g".into()), chat(""), None),
        ] {
            let answer = Answer::Http {
                status: 200,
                body: String::into_bytes(body),
            };
            assert_eq!(read(&opinion(form), &answer), expected, "{answer:?}");
        }
        let failed = Answer::Http {
            status: 500,
            body: br#"{"attack":false}"#.to_vec(),
        };
        for answer in [failed, Answer::Nothing, Answer::Grpc(Vec::new())] {
            assert_eq!(read(&opinion(OpinionForm::Webhook), &answer), None);
        }
    }

    #[test]
    fn a_question_carries_the_text_and_the_key() {
        let verdict = Verdict {
            score: 612,
            rule: Rule::Wording,
        };
        let call = question(
            &opinion(OpinionForm::Webhook),
            "a \"b\"",
            verdict,
            Source::Tool,
        );
        let Ask::Http { headers, body } = call.ask else {
            panic!();
        };
        assert!(headers.contains(&("authorization".into(), "Bearer k-1".into())));
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let expected = serde_json::json!({"text": "a \"b\"", "score": 0.612, "rule": "wording", "source": "tool"});
        assert_eq!(body, expected);
    }

    #[test]
    fn texts_are_joined_as_far_as_it_goes() {
        assert_eq!(joined(["a", "b"].into_iter()), "a\n\nb");
        let long = "x".repeat(40_000);
        assert!(joined([long.as_str(), "b"].into_iter()).len() <= 32 << 10);
    }
}
