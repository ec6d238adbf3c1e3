//! The items of an output, and the response around them, as a client gets them whole and in a stream.

use serde_json::{Value, json};

use super::{error, foreign, usage};
use crate::dialect::Reported;
use crate::dialect::neutral::{Error, Stop, Told};

/// How a response or an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Going,
    Done,
    /// The answer was cut off.
    Cut,
    Failed,
}

impl Status {
    /// The API's word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Going => "in_progress",
            Self::Done => "completed",
            Self::Cut => "incomplete",
            Self::Failed => "failed",
        }
    }

    /// How an answer that stops so stands. `declined`: the model said in words that it declines, which
    /// is a complete answer.
    pub(super) fn of_stop(stop: &Stop, declined: bool) -> Self {
        match stop {
            Stop::Length | Stop::Filter => Self::Cut,
            Stop::Refusal if !declined => Self::Cut,
            _ => Self::Done,
        }
    }
}

/// A response but for its items.
#[derive(Debug)]
pub(super) struct Envelope<'a> {
    pub(super) id: &'a str,
    pub(super) created: u64,
    pub(super) model: &'a str,
    pub(super) status: Status,
    pub(super) stop: &'a Stop,
    pub(super) error: Option<&'a Error>,
    pub(super) usage: Option<&'a Reported>,
    pub(super) service_tier: Option<&'a str>,
}

impl Envelope<'_> {
    /// The whole response. Fields that repeat the request, which is not at hand, have the API's defaults,
    /// or `null` where it allows it.
    pub(super) fn with(&self, output: Vec<Value>) -> Value {
        let why = match (self.status, self.stop) {
            (Status::Cut, Stop::Length) => json!({"reason": "max_output_tokens"}),
            (Status::Cut, _) => json!({"reason": "content_filter"}),
            _ => Value::Null,
        };
        let mut response = json!({
            "id": self.id,
            "object": "response",
            "created_at": self.created,
            "status": self.status.word(),
            "background": false,
            "error": self.error.map(error::response_error),
            "incomplete_details": why,
            "instructions": null,
            "max_output_tokens": null,
            "max_tool_calls": null,
            "model": self.model,
            "output": output,
            "parallel_tool_calls": true,
            "previous_response_id": null,
            "reasoning": {"effort": null, "summary": null},
            "service_tier": self.service_tier,
            "store": false,
            "temperature": null,
            "text": {"format": {"type": "text"}},
            "tool_choice": "auto",
            "tools": [],
            "top_logprobs": 0,
            "top_p": null,
            "truncation": "disabled",
            "metadata": {},
        });
        // The reference does not allow a usage that is null.
        let usage = usage::write(self.usage);
        if let (Some(map), false) = (response.as_object_mut(), usage.is_null()) {
            map.insert("usage".to_owned(), usage);
        }
        response
    }
}

/// The id of a response: the provider's, with the beginning that all of the API's have.
pub(super) fn response_id(id: Option<&str>, told: &Told) -> String {
    match id {
        Some(id) if id.starts_with("resp_") => id.to_owned(),
        Some(id) if !id.is_empty() => format!("resp_{id}"),
        _ => format!("resp_{:016x}", told.random),
    }
}

/// The id of an item.
pub(super) fn item_id(prefix: &str, told: &Told, index: usize) -> String {
    format!("{prefix}_{:016x}{index:04x}", told.random)
}

pub(super) fn message(id: &str, status: Status, content: Vec<Value>) -> Value {
    json!({
        "id": id,
        "type": "message",
        "status": status.word(),
        "role": "assistant",
        "content": content,
    })
}

pub(super) fn output_text(text: &str, annotations: &[Value], logprobs: &[Value]) -> Value {
    json!({
        "type": "output_text",
        "text": text,
        "annotations": annotations,
        "logprobs": logprobs,
    })
}

pub(super) fn refusal(text: &str) -> Value {
    json!({"type": "refusal", "refusal": text})
}

pub(super) fn summary_text(text: &str) -> Value {
    json!({"type": "summary_text", "text": text})
}

/// A reasoning item. No `status`: OpenAI refuses it in an input.
pub(super) fn reasoning(id: &str, text: &str, sealed: Option<&foreign::Sealed>) -> Value {
    let summary = if text.is_empty() {
        Vec::new()
    } else {
        vec![summary_text(text)]
    };
    json!({
        "id": id,
        "type": "reasoning",
        "summary": summary,
        "encrypted_content": sealed.map(foreign::Sealed::write),
    })
}

/// An image that the model made.
pub(super) fn image(id: &str, base64: &str) -> Value {
    json!({
        "id": id,
        "type": "image_generation_call",
        "status": Status::Done.word(),
        "result": base64,
    })
}

/// What a call is, but for what it says.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) call_id: String,
    pub(super) name: String,
    pub(super) custom: bool,
}

impl Call {
    /// The beginning of the item's id.
    pub(super) fn prefix(&self) -> &'static str {
        if self.custom { "ctc" } else { "fc" }
    }

    /// The item.
    pub(super) fn item(&self, id: &str, status: Status, said: &str) -> Value {
        if self.custom {
            return json!({
                "id": id,
                "type": "custom_tool_call",
                "status": status.word(),
                "call_id": self.call_id,
                "name": self.name,
                "input": said,
            });
        }
        json!({
            "id": id,
            "type": "function_call",
            "status": status.word(),
            "call_id": self.call_id,
            "name": self.name,
            "arguments": said,
        })
    }
}

/// How a sealed thought goes to the client, and by which id: OpenAI's own keeps both.
pub(super) fn sealed(data: &str, id: Option<&str>) -> foreign::Sealed {
    if foreign::is_own(data, id) {
        foreign::Sealed::Own(data.to_owned())
    } else {
        foreign::Sealed::Foreign(data.to_owned())
    }
}
