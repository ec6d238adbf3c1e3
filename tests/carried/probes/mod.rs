//! One request for each thing that a client can ask: with it, and without it.

mod anthropic;
mod gemini;
mod openai_chat;
mod openai_completions;
mod openai_responses;
mod samples;

use serde_json::{Map, Value};
use tollgate::dialect::Dialect;
use tollgate::dialect::endpoint::Call;

/// A request that asks one thing more than another.
#[derive(Debug, Clone)]
pub struct Probe {
    /// What it asks, in the same words for every dialect.
    pub feature: &'static str,
    /// The request.
    pub with: Value,
    /// The same without it.
    pub without: Value,
}

/// What a client of one dialect asks.
#[derive(Debug)]
pub struct Client {
    /// Its dialect.
    pub dialect: Dialect,
    /// What it asks, in the order of the table.
    pub probes: Vec<Probe>,
}

impl Client {
    /// The call of such a client.
    pub fn call(&self) -> Call {
        let gemini = self.dialect == Dialect::Gemini;
        Call {
            dialect: self.dialect,
            model: gemini.then(|| "assistant".to_owned()),
            stream: gemini.then_some(false),
            ..Call::default()
        }
    }
}

/// Every client.
pub fn clients() -> Vec<Client> {
    [
        (Dialect::OpenAiChat, openai_chat::probes()),
        (Dialect::OpenAiResponses, openai_responses::probes()),
        (Dialect::OpenAiCompletions, openai_completions::probes()),
        (Dialect::Anthropic, anthropic::probes()),
        (Dialect::Gemini, gemini::probes()),
    ]
    .map(|(dialect, probes)| Client { dialect, probes })
    .into()
}

/// The probes of a dialect: what is asked, what it adds to `base`, and what its counterpart adds.
fn over(base: &Value, rows: Vec<(&'static str, Value, Value)>) -> Vec<Probe> {
    let probe = |(feature, with, without)| Probe {
        feature,
        with: joined(base, &with),
        without: joined(base, &without),
    };
    rows.into_iter().map(probe).collect()
}

fn joined(base: &Value, more: &Value) -> Value {
    let mut whole: Map<String, Value> = base.as_object().cloned().unwrap_or_default();
    whole.extend(more.as_object().cloned().unwrap_or_default());
    Value::Object(whole)
}
