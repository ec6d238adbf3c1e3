//! What the scripted provider says to a request: text or tool calls, cut into tokens, and what they cost.

use serde::Serialize;
use serde_json::{Value, json};

use super::schema;
use super::script::Script;
use super::wish::{Format, Function, Wish};

/// One answer; every choice of a request gets the same.
pub struct Answer {
    /// What is thought before anything is said, in the pieces that a stream brings it in.
    pub thoughts: Vec<String>,
    /// The text, in the pieces that a stream brings it in.
    pub pieces: Vec<String>,
    /// Tool calls; then there is no text but the script's preface.
    pub calls: Vec<Call>,
    /// Why it ends.
    pub end: End,
    /// The script's own word for why it ends.
    pub finish: Option<String>,
    /// Does it come with log probabilities?
    pub logprobs: bool,
    /// Usage, all choices together.
    pub usage: Usage,
}

/// Why an answer ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// All is said.
    Stop,
    /// It is as long as it may be.
    Length,
    /// Tools are called.
    Calls,
    /// This stop sequence would have come next.
    Sequence(String),
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
    /// Makes up the answer to `wish` from the model called `model`.
    pub fn to(wish: &Wish, model: &str, script: &Script) -> Self {
        let calls = calls(wish, script);
        let (mut pieces, mut end) = (Vec::new(), End::Calls);
        if calls.is_empty() {
            let (text, stop) = stopped(text(wish, model, script), &wish.stops);
            pieces = tokens(&text, script);
            end = match stop {
                _ if pieces.len() > wish.most_tokens => End::Length,
                Some(stop) => End::Sequence(stop),
                None => End::Stop,
            };
            pieces.truncate(wish.most_tokens);
        } else if let Some(preface) = &script.preface {
            pieces = words(preface);
        }
        let thoughts = match (&script.think, wish.thinks) {
            (Some(thought), _) => words(thought),
            (None, true) => words(THOUGHT),
            (None, false) => Vec::new(),
        };
        let said = calls
            .iter()
            .map(|call| call.fragments.len().saturating_add(1));
        let said = said
            .fold(pieces.len(), usize::saturating_add)
            .saturating_mul(wish.choices);
        Self {
            usage: Usage::new(wish, said, thoughts.len(), script),
            thoughts,
            pieces,
            calls,
            end,
            finish: script.finish.clone(),
            logprobs: script.logprobs || wish.logprobs,
        }
    }

    /// The dialect's word for why it ends, or the script's own.
    pub fn finish<'a>(&'a self, stop: &'a str, length: &'a str, calls: &'a str) -> &'a str {
        match (&self.finish, &self.end) {
            (Some(own), _) => own,
            (None, End::Stop | End::Sequence(_)) => stop,
            (None, End::Length) => length,
            (None, End::Calls) => calls,
        }
    }

    /// What is said, whole.
    pub fn text(&self) -> String {
        self.pieces.concat()
    }

    /// What is thought, whole.
    pub fn thought(&self) -> String {
        self.thoughts.concat()
    }

    /// The tokens of one choice.
    pub fn tokens(&self) -> usize {
        self.calls
            .iter()
            .map(|call| call.fragments.len())
            .fold(self.pieces.len(), usize::saturating_add)
            .saturating_add(self.thoughts.len())
    }
}

impl Usage {
    fn new(wish: &Wish, said: usize, thought: usize, script: &Script) -> Self {
        let prompt = script.prompt.unwrap_or(wish.prompt_tokens);
        let reasoning = u64::try_from(thought)
            .unwrap_or(u64::MAX)
            .saturating_add(script.reasoning);
        let said = u64::try_from(said)
            .unwrap_or(u64::MAX)
            .saturating_add(reasoning);
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
                reasoning_tokens: reasoning.min(completion.max(script.reasoning)),
                audio_tokens: 0,
                accepted_prediction_tokens: 0,
                rejected_prediction_tokens: 0,
            },
        }
    }

    /// Prompt tokens that were not read from a cache, nor written to one.
    pub fn fresh(&self, script: &Script) -> u64 {
        self.prompt_tokens
            .saturating_sub(script.cached)
            .saturating_sub(script.cache_write)
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

/// What is thought when the request wants thoughts and the script has none.
const THOUGHT: &str = "The user wants an answer, so let me think of one.";

fn text(wish: &Wish, model: &str, script: &Script) -> String {
    if let Some(text) = &script.say {
        return text.clone();
    }
    match &wish.format {
        Format::Schema(schema) => {
            let word = if script.echo { &wish.said } else { "text" };
            schema::instance(schema, word).to_string()
        }
        Format::Object => json!({ "answer": wish.said }).to_string(),
        Format::Text if script.echo => wish.said.clone(),
        Format::Text if wish.placeholder => {
            format!(
                "Hello from the scripted provider, answering as {model}. You said: \"{}\"",
                wish.said
            )
        }
        Format::Text => format!(
            "Hello from the scripted provider, answering as {model}. How can I help you today?"
        ),
    }
}

/// `text` before the first of the stop sequences, and which it was.
fn stopped(text: String, stops: &[String]) -> (String, Option<String>) {
    let found = stops.iter().filter(|stop| !stop.is_empty());
    let found = found.filter_map(|stop| Some((text.split_once(stop.as_str())?.0, stop)));
    match found.min_by_key(|(before, _)| before.len()) {
        Some((before, stop)) => (before.to_owned(), Some(stop.clone())),
        None => (text, None),
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

fn calls(wish: &Wish, script: &Script) -> Vec<Call> {
    let offered = &wish.functions;
    let functions: Vec<&Function> = if wish.after_tool {
        Vec::new()
    } else if script.parallel && !offered.is_empty() {
        // A request with one tool gets it called twice.
        offered.iter().cycle().take(2).collect()
    } else if script.parallel || script.tools {
        offered.iter().take(1).collect()
    } else {
        wish.demanded_function().into_iter().collect()
    };
    functions
        .into_iter()
        .map(|function| call(function, wish, script))
        .collect()
}

fn call(function: &Function, wish: &Wish, script: &Script) -> Call {
    let word = if script.echo {
        wish.said.clone()
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
    use super::super::ask::Ask;
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
        let ask = Ask::read(
            br#"{"model":"m","messages":[{"role":"user","content":"hi"}]}"#,
            "",
        )
        .unwrap();
        let script = Script {
            reasoning: 5,
            ..Script::default()
        };
        let answer = Answer::to(&ask.wish(), "m", &script);
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
