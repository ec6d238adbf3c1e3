//! What the scripted provider says to a request: text or tool calls, cut into tokens, and what they cost.

use serde::Serialize;
use serde_json::{Value, json};

use super::ask::{Ask, Format, Function};
use super::schema;
use super::script::Script;

/// One answer; every choice of a request gets the same.
pub struct Answer {
    /// The text, in the pieces that a stream brings it in.
    pub pieces: Vec<String>,
    /// Tool calls; then there is no text.
    pub calls: Vec<Call>,
    /// Why it ends.
    pub finish: String,
    /// Does it come with log probabilities?
    pub logprobs: bool,
    /// Usage, all choices together.
    pub usage: Usage,
}

/// A tool call.
pub struct Call {
    /// The function's name.
    pub name: String,
    /// Its arguments, JSON, in the pieces that a stream brings them in.
    pub fragments: Vec<String>,
}

/// OpenAI's usage object.
#[derive(Clone, Serialize)]
pub struct Usage {
    pub prompt_tokens: u64,
    pub completion_tokens: u64,
    pub total_tokens: u64,
    pub prompt_tokens_details: PromptDetails,
    pub completion_tokens_details: CompletionDetails,
}

/// Kinds of tokens in a prompt.
#[derive(Clone, Serialize)]
pub struct PromptDetails {
    pub cached_tokens: u64,
    pub audio_tokens: u64,
}

/// Kinds of tokens in a completion.
#[derive(Clone, Serialize)]
pub struct CompletionDetails {
    pub reasoning_tokens: u64,
    pub audio_tokens: u64,
    pub accepted_prediction_tokens: u64,
    pub rejected_prediction_tokens: u64,
}

impl Answer {
    /// Makes up the answer to `ask` from the model called `model`.
    pub fn to(ask: &Ask, model: &str, script: &Script) -> Self {
        let calls = calls(ask, script);
        let mut pieces = Vec::new();
        let mut finish = "tool_calls";
        if calls.is_empty() {
            pieces = tokens(&text(ask, model, script), script);
            finish = if pieces.len() > ask.most_tokens() {
                "length"
            } else {
                "stop"
            };
            pieces.truncate(ask.most_tokens());
        }
        let said = calls
            .iter()
            .map(|call| call.fragments.len().saturating_add(1));
        let said = said
            .fold(pieces.len(), usize::saturating_add)
            .saturating_mul(ask.choices());
        Self {
            pieces,
            calls,
            finish: script.finish.clone().unwrap_or_else(|| finish.to_owned()),
            logprobs: script.logprobs || ask.logprobs(),
            usage: Usage::new(ask, said, script),
        }
    }

    /// The tokens of one choice.
    pub fn tokens(&self) -> usize {
        self.calls
            .iter()
            .map(|call| call.fragments.len())
            .fold(self.pieces.len(), usize::saturating_add)
    }
}

impl Usage {
    fn new(ask: &Ask, said: usize, script: &Script) -> Self {
        let prompt = script.prompt.unwrap_or_else(|| ask.prompt_tokens());
        let said = u64::try_from(said)
            .unwrap_or(u64::MAX)
            .saturating_add(script.reasoning);
        let completion = script.completion.unwrap_or(said);
        Self {
            prompt_tokens: prompt,
            completion_tokens: completion,
            total_tokens: prompt.saturating_add(completion),
            prompt_tokens_details: PromptDetails {
                cached_tokens: script.cached,
                audio_tokens: 0,
            },
            completion_tokens_details: CompletionDetails {
                reasoning_tokens: script.reasoning,
                audio_tokens: 0,
                accepted_prediction_tokens: 0,
                rejected_prediction_tokens: 0,
            },
        }
    }

    /// What it was when `done` of `all` tokens had been said.
    pub fn so_far(&self, done: usize, all: usize) -> Self {
        let (done, all) = (
            u64::try_from(done).unwrap_or(u64::MAX),
            u64::try_from(all).unwrap_or(u64::MAX),
        );
        let part = self
            .completion_tokens
            .saturating_mul(done.min(all))
            .checked_div(all);
        let completion = part.unwrap_or(self.completion_tokens);
        let mut usage = self.clone();
        usage.completion_tokens = completion;
        usage.total_tokens = usage.prompt_tokens.saturating_add(completion);
        usage.completion_tokens_details.reasoning_tokens = self
            .completion_tokens_details
            .reasoning_tokens
            .min(completion);
        usage
    }
}

fn text(ask: &Ask, model: &str, script: &Script) -> String {
    if let Some(text) = &script.say {
        return text.clone();
    }
    match ask.format() {
        Format::Schema(schema) => {
            let word = if script.echo {
                ask.last_user_text()
            } else {
                "text".to_owned()
            };
            schema::instance(schema, &word).to_string()
        }
        Format::Object => json!({ "answer": ask.last_user_text() }).to_string(),
        Format::Text if script.echo => ask.last_user_text(),
        Format::Text if ask.has_placeholder() => {
            format!(
                "Hello from the scripted provider, answering as {model}. You said: \"{}\"",
                ask.last_user_text()
            )
        }
        Format::Text => format!(
            "Hello from the scripted provider, answering as {model}. How can I help you today?"
        ),
    }
}

/// Cuts `text` as the script says: into pieces of so many characters, else into words with the space before.
fn tokens(text: &str, script: &Script) -> Vec<String> {
    let pieces = match script.split {
        Some(length) => characters(text, length),
        None => words(text),
    };
    match script.tokens {
        Some(count) if !pieces.is_empty() => pieces.iter().cycle().take(count).cloned().collect(),
        _ => pieces,
    }
}

fn characters(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters
        .chunks(length.max(1))
        .map(String::from_iter)
        .collect()
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_space = true;
    for character in text.chars() {
        let space = character.is_whitespace();
        match words.last_mut() {
            Some(word) if !space || after_space => word.push(character),
            _ => words.push(character.to_string()),
        }
        after_space = space;
    }
    words
}

fn calls(ask: &Ask, script: &Script) -> Vec<Call> {
    let functions: Vec<&Function> = if ask.ends_with_tool_result() {
        Vec::new()
    } else if script.parallel {
        // A request with one tool gets it called twice.
        ask.functions()
            .cycle()
            .take(if ask.functions().next().is_some() {
                2
            } else {
                0
            })
            .collect()
    } else if script.tools {
        ask.functions().take(1).collect()
    } else {
        ask.demanded_function().into_iter().collect()
    };
    functions
        .into_iter()
        .map(|function| call(function, ask, script))
        .collect()
}

fn call(function: &Function, ask: &Ask, script: &Script) -> Call {
    let word = if script.echo {
        ask.last_user_text()
    } else {
        "text".to_owned()
    };
    let mut arguments = match &function.parameters {
        Some(schema) => schema::instance(schema, &word),
        None => json!({}),
    };
    let says_it = |value: &Value| value.as_str() == Some(&word);
    if let Some(members) = arguments
        .as_object_mut()
        .filter(|m| script.echo && !m.values().any(says_it))
    {
        members.insert("text".to_owned(), word.into());
    }
    Call {
        name: function.name.clone(),
        fragments: characters(&arguments.to_string(), script.split.unwrap_or(5)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_every_character() {
        for text in ["", "one", " two  words\n", "a b c.", "žluťoučký kůň"] {
            assert_eq!(words(text).concat(), text);
        }
        assert_eq!(words("a bc  d"), ["a", " bc", "  d"]);
        assert_eq!(characters("žlu", 2), ["žl", "u"]);
    }

    #[test]
    fn usage_so_far_reaches_usage() {
        let ask =
            Ask::read(br#"{"model":"m","messages":[{"role":"user","content":"hi"}]}"#).unwrap();
        let script = Script {
            reasoning: 5,
            ..Script::default()
        };
        let answer = Answer::to(&ask, "m", &script);
        let all = answer.tokens();
        assert_eq!(
            answer.usage.completion_tokens,
            u64::try_from(all).unwrap() + 5
        );
        assert_eq!(
            answer.usage.so_far(all, all).total_tokens,
            answer.usage.total_tokens
        );
        assert_eq!(answer.usage.so_far(0, all).completion_tokens, 0);
        assert_eq!(answer.usage.prompt_tokens, 4);
    }
}
