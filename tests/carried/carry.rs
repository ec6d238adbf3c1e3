//! What becomes of what a probe asks, on its way to a provider.

use serde_json::Value;
use tollgate::dialect::neutral::Aim;
use tollgate::dialect::row;
use tollgate::dialect::{Dialect, translate};

use super::probes::{Client, Probe};

/// A model at a kind of provider.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The kind.
    pub kind: &'static str,
    /// What the provider calls the model.
    pub model: &'static str,
}

/// The targets of the tables.
pub const TARGETS: &[Target] = &[
    target("openai", "gpt-5.1"),
    target("anthropic", "claude-sonnet-4-5"),
    target("gemini", "gemini-2.5-flash"),
    target("bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
    target("cohere", "command-a-reasoning-08-2025"),
    target("mistral", "mistral-large-latest"),
    target("groq", "openai/gpt-oss-120b"),
    target("deepseek", "deepseek-chat"),
    target("openrouter", "anthropic/claude-sonnet-4.5"),
    target("vllm", "qwen3-32b"),
];

const fn target(kind: &'static str, model: &'static str) -> Target {
    Target { kind, model }
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is sent in the client's own words.
    Yes,
    /// It is sent in the provider's words.
    Mapped,
    /// Nothing is sent: the provider does so without being asked.
    Usual,
    /// It is sent in part; these fields are not, because the answer is the same without them.
    Part(Vec<String>),
    /// It is not sent, because the answer is the same without it.
    Dropped,
    /// The target is left out: the field, and the reason.
    Refused(String, String),
}

impl Fate {
    /// In one word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Mapped => "mapped",
            Self::Usual => "usual",
            Self::Part(_) => "in part",
            Self::Dropped => "dropped",
            Self::Refused(..) => "refused",
        }
    }
}

impl Target {
    /// What the target is spoken to in by such a client.
    pub fn dialect(self, client: &Client) -> Dialect {
        let row = row::of(self.kind).unwrap();
        row.dialect(client.dialect, self.model).unwrap()
    }

    /// Whether the body goes out as the client wrote it.
    pub fn takes_as_is(self, client: &Client) -> bool {
        self.dialect(client) == client.dialect
    }

    /// A request as this target gets it: the body, and what is dropped.
    pub fn written(
        self,
        client: &Client,
        request: &Value,
    ) -> Result<(Value, Vec<String>), translate::Refused> {
        let aim = Aim {
            model: self.model,
            kind: self.kind,
            mark_cache: false,
        };
        let (body, dropped) = translate::request(
            &client.call(),
            &request.to_string(),
            self.dialect(client),
            &aim,
        )?;
        Ok((serde_json::from_slice(&body).unwrap(), dropped))
    }

    /// The path that it goes to, behind the provider's prefix.
    fn path(self, client: &Client, request: &Value) -> String {
        let stream = request["stream"] == true;
        let row = row::of(self.kind).unwrap();
        row.path(self.dialect(client), self.model, stream)
            .into_owned()
    }

    /// What becomes of what the probe asks.
    ///
    /// # Panics
    /// When the probe's other request is refused, which asks for less.
    pub fn fate(self, client: &Client, probe: &Probe) -> Fate {
        let (body, dropped) = match self.written(client, &probe.with) {
            Ok(written) => written,
            Err(refused) => return Fate::Refused(refused.path, refused.reason),
        };
        let without = self.written(client, &probe.without);
        let (plain, usual) =
            without.unwrap_or_else(|refused| panic!("{}: {refused:?}", probe.feature));
        let dropped: Vec<String> = dropped
            .into_iter()
            .filter(|path| !usual.contains(path))
            .collect();
        let mut asked = added(&probe.with, &probe.without);
        let sent = added(&body, &plain);
        let same =
            body == plain && self.path(client, &probe.with) == self.path(client, &probe.without);
        match (dropped.is_empty(), same) {
            (true, true) => Fate::Usual,
            (false, true) => Fate::Dropped,
            (false, false) => Fate::Part(dropped),
            (true, false) => {
                asked.retain(|leaf| !sent.contains(leaf));
                if asked.is_empty() {
                    Fate::Yes
                } else {
                    Fate::Mapped
                }
            }
        }
    }
}

/// The leaves of `value`, with the key that they stand under, that `without` does not have.
fn added(value: &Value, without: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    leaves("", value, &mut found);
    let mut less = Vec::new();
    leaves("", without, &mut less);
    for leaf in less {
        if let Some(at) = found.iter().position(|own| *own == leaf) {
            found.swap_remove(at);
        }
    }
    found
}

fn leaves(key: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                leaves(key, value, found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                leaves(key, item, found);
            }
        }
        leaf => found.push((key.to_owned(), leaf.to_string())),
    }
}
