//! A chat completion request, as far as the scripted provider looks into it.

use serde::Deserialize;
use serde_json::Value;

use super::wish::{Format, Function, Wish};

/// The request's body. Fields that are not named here are accepted and not looked at.
#[derive(Deserialize)]
pub struct Ask {
    /// The model's name, switches and all.
    #[serde(default)]
    pub model: Option<String>,
    messages: Vec<Message>,
    #[serde(default)]
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    n: Option<u64>,
    max_tokens: Option<u64>,
    max_completion_tokens: Option<u64>,
    #[serde(default)]
    tools: Option<Vec<Tool>>,
    tool_choice: Option<Value>,
    response_format: Option<ResponseFormat>,
    logprobs: Option<bool>,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: Option<Content>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    text: Option<String>,
}

#[derive(Deserialize)]
struct StreamOptions {
    include_usage: Option<bool>,
}

#[derive(Deserialize)]
struct Tool {
    function: Option<Function>,
}

#[derive(Deserialize)]
struct ResponseFormat {
    r#type: String,
    json_schema: Option<JsonSchema>,
}

#[derive(Deserialize)]
struct JsonSchema {
    schema: Option<Value>,
}

/// The most choices of one request, as at OpenAI.
const MOST_CHOICES: u64 = 128;

impl Ask {
    /// Reads a body. If the path names the `model`, the body need not.
    ///
    /// # Errors
    /// A sentence for the client on what is not as it should be.
    pub fn read(body: &[u8], model: &str) -> Result<Self, String> {
        let ask: Self = serde_json::from_slice(body).map_err(|fault| {
            format!("We could not parse the JSON body of your request: {fault}")
        })?;
        if ask.model.is_none() && model.is_empty() {
            return Err(
                "We could not parse the JSON body of your request: missing field `model`"
                    .to_owned(),
            );
        }
        if ask.messages.is_empty() {
            return Err(
                "Invalid 'messages': empty array. Expected at least one message.".to_owned(),
            );
        }
        if !(1..=MOST_CHOICES).contains(&ask.n.unwrap_or(1)) {
            return Err(format!("Invalid 'n': not from 1 to {MOST_CHOICES}."));
        }
        Ok(ask)
    }

    /// Is the reply wanted as an event stream?
    pub fn stream(&self) -> bool {
        self.stream.unwrap_or(false)
    }

    /// Does the request have `stream_options`?
    pub fn has_stream_options(&self) -> bool {
        self.stream_options.is_some()
    }

    /// Does it ask for the extra usage chunk?
    pub fn include_usage(&self) -> bool {
        self.stream_options
            .as_ref()
            .and_then(|options| options.include_usage)
            .unwrap_or(false)
    }

    /// The number of choices wanted.
    pub fn choices(&self) -> usize {
        self.n.and_then(|n| usize::try_from(n).ok()).unwrap_or(1)
    }

    /// What is wanted of the reply.
    pub fn wish(&self) -> Wish {
        let mut wish = Wish {
            choices: self.choices(),
            most_tokens: self.most_tokens(),
            format: self.format(),
            functions: self.functions().cloned().collect(),
            demanded: self
                .demanded_function()
                .map(|function| function.name.clone()),
            logprobs: self.logprobs.unwrap_or(false),
            ..Wish::default()
        };
        for message in &self.messages {
            let texts: Vec<&str> = message.texts().collect();
            wish.hear(message.role == "user", &texts);
        }
        wish.after_tool = self.messages.last().is_some_and(|last| last.role == "tool");
        wish
    }

    /// The most tokens of a choice.
    fn most_tokens(&self) -> usize {
        let most = self.max_completion_tokens.or(self.max_tokens);
        most.and_then(|most| usize::try_from(most).ok())
            .unwrap_or(usize::MAX)
    }

    /// What the reply's text has to be.
    fn format(&self) -> Format {
        let Some(format) = &self.response_format else {
            return Format::Text;
        };
        let schema = format
            .json_schema
            .as_ref()
            .and_then(|json| json.schema.as_ref());
        match (format.r#type.as_str(), schema) {
            ("json_schema", Some(schema)) => Format::Schema(schema.clone()),
            ("json_schema" | "json_object", _) => Format::Object,
            _ => Format::Text,
        }
    }

    /// The functions offered.
    fn functions(&self) -> impl Iterator<Item = &Function> + Clone {
        self.tools
            .iter()
            .flatten()
            .filter_map(|tool| tool.function.as_ref())
    }

    /// The function that `tool_choice` insists on.
    fn demanded_function(&self) -> Option<&Function> {
        let choice = self.tool_choice.as_ref()?;
        if choice.as_str() == Some("required") {
            return self.functions().next();
        }
        let name = choice.get("function")?.get("name")?.as_str()?;
        self.functions().find(|function| function.name == name)
    }
}

impl Message {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let (text, parts) = match &self.content {
            None => (None, None),
            Some(Content::Text(text)) => (Some(text.as_str()), None),
            Some(Content::Parts(parts)) => (None, Some(parts)),
        };
        text.into_iter().chain(
            parts
                .into_iter()
                .flatten()
                .filter_map(|part| part.text.as_deref()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read() {
        let ask = Ask::read(
            br#"{"model":"m","n":2,"unknown":[1],"stream_options":null,"messages":[{"role":"system","content":"be brief"},
            {"role":"user","content":[{"type":"text","text":"one two"},{"type":"image_url","image_url":{"url":"data:"}},
            {"type":"text","text":"three"}]},{"role":"assistant","content":null,"tool_calls":[]}]}"#,
            "",
        )
        .unwrap();
        assert_eq!(
            (ask.choices(), ask.stream(), ask.has_stream_options()),
            (2, false, false)
        );
        assert_eq!(ask.wish().said, "one two\nthree");
        assert_eq!(ask.wish().prompt_tokens, 2 + 3 + 3 + 3 + 3);
        assert!(
            Ask::read(br#"{"messages":[]}"#, "")
                .is_err_and(|why| why.contains("missing field `model`"))
        );
        assert!(Ask::read(br#"{"model":"m","messages":[]}"#, "").is_err());
    }
}
