//! A chat completion request, as far as the scripted provider looks into it.

use serde::Deserialize;
use serde_json::Value;

/// The request's body. Fields that are not named here are accepted and not looked at.
#[derive(Deserialize)]
pub struct Ask {
    /// The model's name, switches and all.
    pub model: String,
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

/// A function that the model may call.
#[derive(Deserialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The JSON schema of its arguments.
    pub parameters: Option<Value>,
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

/// What the reply's text has to be.
pub enum Format<'a> {
    /// Any text.
    Text,
    /// Any JSON object.
    Object,
    /// An instance of this schema.
    Schema(&'a Value),
}

/// The most choices of one request, as at OpenAI.
const MOST_CHOICES: u64 = 128;

impl Ask {
    /// Reads a body.
    ///
    /// # Errors
    /// A sentence for the client on what is not as it should be.
    pub fn read(body: &[u8]) -> Result<Self, String> {
        let ask: Self = serde_json::from_slice(body).map_err(|fault| {
            format!("We could not parse the JSON body of your request: {fault}")
        })?;
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

    /// The most tokens of a choice.
    pub fn most_tokens(&self) -> usize {
        let most = self.max_completion_tokens.or(self.max_tokens);
        most.and_then(|most| usize::try_from(most).ok())
            .unwrap_or(usize::MAX)
    }

    /// Are log probabilities wanted?
    pub fn logprobs(&self) -> bool {
        self.logprobs.unwrap_or(false)
    }

    /// What the reply's text has to be.
    pub fn format(&self) -> Format<'_> {
        let Some(format) = &self.response_format else {
            return Format::Text;
        };
        let schema = format
            .json_schema
            .as_ref()
            .and_then(|json| json.schema.as_ref());
        match (format.r#type.as_str(), schema) {
            ("json_schema", Some(schema)) => Format::Schema(schema),
            ("json_schema" | "json_object", _) => Format::Object,
            _ => Format::Text,
        }
    }

    /// The functions offered.
    pub fn functions(&self) -> impl Iterator<Item = &Function> + Clone {
        self.tools
            .iter()
            .flatten()
            .filter_map(|tool| tool.function.as_ref())
    }

    /// The function that `tool_choice` insists on.
    pub fn demanded_function(&self) -> Option<&Function> {
        let choice = self.tool_choice.as_ref()?;
        if choice.as_str() == Some("required") {
            return self.functions().next();
        }
        let name = choice.get("function")?.get("name")?.as_str()?;
        self.functions().find(|function| function.name == name)
    }

    /// Is the last message the result of a tool?
    pub fn ends_with_tool_result(&self) -> bool {
        self.messages.last().is_some_and(|last| last.role == "tool")
    }

    /// The text of the last message of the user; text parts are joined by line feeds.
    pub fn last_user_text(&self) -> String {
        let user = self
            .messages
            .iter()
            .rev()
            .find(|message| message.role == "user");
        let texts: Vec<&str> = user.into_iter().flat_map(Message::texts).collect();
        texts.join("\n")
    }

    /// Tokens of the prompt, by this provider's own measure: a word is one, a message three more.
    pub fn prompt_tokens(&self) -> u64 {
        self.messages
            .iter()
            .flat_map(Message::tokens)
            .fold(0, u64::saturating_add)
    }

    /// Is there a placeholder such as `[EMAIL_1]` in a message?
    pub fn has_placeholder(&self) -> bool {
        self.messages
            .iter()
            .flat_map(Message::texts)
            .any(has_placeholder)
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

    fn tokens(&self) -> impl Iterator<Item = u64> {
        let words = self
            .texts()
            .map(|text| u64::try_from(text.split_whitespace().count()).unwrap_or(u64::MAX));
        words.chain([3])
    }
}

fn has_placeholder(text: &str) -> bool {
    text.split('[').skip(1).any(|rest| {
        let inside = rest
            .split(']')
            .next()
            .filter(|inside| inside.len() < rest.len());
        inside
            .and_then(|inside| inside.rsplit_once('_'))
            .is_some_and(|(kind, number)| {
                let upper = kind
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
                !kind.is_empty()
                    && upper
                    && !number.is_empty()
                    && number.bytes().all(|b| b.is_ascii_digit())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_seen() {
        for (text, seen) in [
            ("to [EMAIL_1], please", true),
            ("[CREDIT_CARD_12]", true),
            ("[[PHONE_3]]", true),
            ("a[1] [email_1] [EMAIL_] [_1] [EMAIL_1", false),
        ] {
            assert_eq!(has_placeholder(text), seen, "{text}");
        }
    }

    #[test]
    fn a_request_is_read() {
        let ask = Ask::read(
            br#"{"model":"m","n":2,"unknown":[1],"stream_options":null,"messages":[{"role":"system","content":"be brief"},
            {"role":"user","content":[{"type":"text","text":"one two"},{"type":"image_url","image_url":{"url":"data:"}},
            {"type":"text","text":"three"}]},{"role":"assistant","content":null,"tool_calls":[]}]}"#,
        )
        .unwrap();
        assert_eq!(
            (ask.choices(), ask.stream(), ask.has_stream_options()),
            (2, false, false)
        );
        assert_eq!(ask.last_user_text(), "one two\nthree");
        assert_eq!(ask.prompt_tokens(), 2 + 3 + 3 + 3 + 3);
        assert!(Ask::read(b"{}").is_err_and(|why| why.contains("missing field `model`")));
        assert!(Ask::read(br#"{"model":"m","messages":[]}"#).is_err());
    }
}
