//! The turns of a neutral request, written as messages of a chat completion.

use serde_json::{Map, Value, json};

use super::cache_marks::mark;
use super::{call_id, thoughts};
use crate::dialect::neutral::{
    Cannot, Field, Media, MediaKind, Part, PartKind, Place, Role, Source, Thought, ToolCall,
    ToolResult, Turn,
};
use crate::dialect::quirks::{Quirks, ThoughtsForm};

/// Writes the turns.
pub(super) fn messages(
    turns: &[Turn],
    quirks: &Quirks,
    dropped: &mut Vec<Place>,
) -> Result<Vec<Value>, Cannot> {
    let mut writer = Writer {
        quirks,
        dropped,
        out: Vec::with_capacity(turns.len()),
    };
    for turn in turns {
        match turn.role {
            Role::Tool => writer.results(turn)?,
            Role::Assistant => writer.assistant(turn)?,
            Role::System | Role::Developer | Role::User => writer.plain(turn)?,
        }
    }
    Ok(writer.out)
}

/// A cache mark is left out; that is said once.
pub(super) fn drop_mark(dropped: &mut Vec<Place>) {
    if !dropped.contains(&Field::CacheMark.into()) {
        dropped.push(Field::CacheMark.into());
    }
}

struct Writer<'a> {
    quirks: &'a Quirks,
    dropped: &'a mut Vec<Place>,
    out: Vec<Value>,
}

impl Writer<'_> {
    fn push(&mut self, role: &str, turn: &Turn, fields: Map<String, Value>) -> Result<(), Cannot> {
        let mut message = Map::new();
        message.insert("role".to_owned(), role.into());
        if let Some(name) = &turn.name {
            if !self.quirks.names {
                let what = "this provider takes no names of speakers";
                return Err(Cannot::new(format!("{}.name", turn.at), what));
            }
            message.insert("name".to_owned(), name.as_str().into());
        }
        message.extend(fields);
        self.out.push(Value::Object(message));
        Ok(())
    }

    fn plain(&mut self, turn: &Turn) -> Result<(), Cannot> {
        let role = match turn.role {
            Role::Developer if self.quirks.developer => "developer",
            Role::System | Role::Developer => "system",
            _ => "user",
        };
        let parts: Vec<&Part> = turn.parts.iter().collect();
        let content = self.content(turn, &parts)?;
        let mut fields = Map::new();
        fields.insert("content".to_owned(), content);
        self.push(role, turn, fields)
    }

    fn assistant(&mut self, turn: &Turn) -> Result<(), Cannot> {
        let (mut said, mut calls, mut thoughts) = (Vec::new(), Vec::new(), Vec::new());
        let mut refusals = String::new();
        for part in &turn.parts {
            match &part.kind {
                PartKind::Call(call) => calls.push(thoughts::call(&ToolCall {
                    id: self.id(&call.id),
                    // Nobody else takes a proof at a call.
                    signature: match self.quirks.thoughts {
                        ThoughtsForm::Details => call.signature.clone(),
                        ThoughtsForm::Nowhere | ThoughtsForm::Content => None,
                    },
                    ..call.clone()
                })),
                PartKind::Thought(thought) => thoughts.push(thought),
                PartKind::Refusal(refusal) => refusals.push_str(refusal),
                PartKind::Media(_) => {
                    let what = "this provider takes no media from the model's own side";
                    return Err(Cannot::new(turn.at.as_str(), what));
                }
                _ => {
                    said.push(part);
                    continue;
                }
            }
            if part.cache.is_some() {
                drop_mark(self.dropped);
            }
        }
        let mut fields = Map::new();
        let content = match said.is_empty() {
            // Without calls the content is required.
            true if calls.is_empty() && refusals.is_empty() => "".into(),
            true => Value::Null,
            false => self.content(turn, &said)?,
        };
        fields.insert("content".to_owned(), content);
        if !refusals.is_empty() {
            fields.insert("refusal".to_owned(), refusals.into());
        }
        self.thoughts(turn, &thoughts, &mut fields);
        if !calls.is_empty() {
            fields.insert("tool_calls".to_owned(), calls.into());
        }
        self.push("assistant", turn, fields)
    }

    fn thoughts(&mut self, turn: &Turn, thoughts: &[&Thought], fields: &mut Map<String, Value>) {
        let text: String = thoughts
            .iter()
            .map(|thought| thought.text.as_str())
            .collect();
        let unread = |thought: &&Thought| thought.sealed.is_some();
        let is_left = match self.quirks.thoughts {
            ThoughtsForm::Nowhere => !text.is_empty() || thoughts.iter().any(unread),
            _ => text.is_empty() && thoughts.iter().any(unread),
        };
        match self.quirks.thoughts {
            ThoughtsForm::Nowhere | ThoughtsForm::Content if is_left => {
                self.dropped.push(turn.at.as_str().into());
            }
            ThoughtsForm::Content if !text.is_empty() => {
                fields.insert("reasoning_content".to_owned(), text.into());
            }
            ThoughtsForm::Details => {
                let details: Vec<Value> = thoughts
                    .iter()
                    .filter_map(|thought| thoughts::detail(thought))
                    .collect();
                if !details.is_empty() {
                    fields.insert("reasoning_details".to_owned(), details.into());
                } else if !text.is_empty() {
                    fields.insert("reasoning".to_owned(), text.into());
                }
            }
            ThoughtsForm::Nowhere | ThoughtsForm::Content => {}
        }
    }

    /// Tool messages carry text only; an image that a tool gave follows in a user's message.
    fn results(&mut self, turn: &Turn) -> Result<(), Cannot> {
        let mut pictures = Vec::new();
        for part in &turn.parts {
            let PartKind::Result(result) = &part.kind else {
                continue;
            };
            let (texts, other): (Vec<&Part>, Vec<&Part>) = result.parts.iter().partition(|part| {
                matches!(&part.kind, PartKind::Text { .. })
                    || matches!(&part.kind, PartKind::Media(media) if matches!(media.source, Source::Text(_)))
            });
            let content = self.result_text(turn, result, &texts)?;
            let mut message =
                json!({"role": "tool", "tool_call_id": self.id(&result.id), "content": content});
            if let (Some(name), Some(fields)) = (&result.name, message.as_object_mut()) {
                fields.insert("name".to_owned(), name.as_str().into());
            }
            self.out.push(message);
            if part.cache.is_some() {
                drop_mark(self.dropped);
            }
            if !other.is_empty() {
                let label = format!("The result of the tool call {} continues:", result.id);
                pictures.push(json!({"type": "text", "text": label}));
                for part in other {
                    pictures.push(self.part(turn, part)?);
                }
            }
        }
        if !pictures.is_empty() {
            self.out.push(json!({"role": "user", "content": pictures}));
        }
        Ok(())
    }

    /// There is no mark for a failed call but its words.
    fn result_text(
        &mut self,
        turn: &Turn,
        result: &ToolResult,
        texts: &[&Part],
    ) -> Result<Value, Cannot> {
        let content = match texts {
            [] => Value::String(String::new()),
            texts => self.content(turn, texts)?,
        };
        Ok(match (result.is_error, content) {
            (true, Value::String(text)) if text.is_empty() => "Error".into(),
            (true, Value::String(text)) => format!("Error: {text}").into(),
            (true, Value::Array(mut parts)) => {
                parts.insert(0, json!({"type": "text", "text": "Error: "}));
                parts.into()
            }
            (_, content) => content,
        })
    }

    /// An id of a call. Ids that another provider gave are made to fit, each to one and the same.
    fn id(&self, id: &str) -> String {
        let fits = id.len() == 9 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match self.quirks.short_ids && !fits {
            true => call_id::short(id),
            false => id.to_owned(),
        }
    }

    /// One text is a string, anything else a list of parts. Several texts are one string, line by
    /// line, for providers that take lists for images only.
    fn content(&mut self, turn: &Turn, parts: &[&Part]) -> Result<Value, Cannot> {
        let text = |part: &&Part| match &part.kind {
            PartKind::Text { text, .. } => Some(text.clone()),
            _ => None,
        };
        let texts: Option<Vec<String>> = parts.iter().map(text).collect();
        let marked = parts.iter().any(|part| part.cache.is_some());
        let plain = parts.len() < 2 || !self.quirks.text_lists;
        if let (Some(texts), true, false) = (texts, plain, marked && self.quirks.cache_marks) {
            if marked {
                drop_mark(self.dropped);
            }
            return Ok(texts.join("\n").into());
        }
        let parts: Result<Vec<Value>, Cannot> =
            parts.iter().map(|part| self.part(turn, part)).collect();
        Ok(Value::Array(parts?))
    }

    fn part(&mut self, turn: &Turn, part: &Part) -> Result<Value, Cannot> {
        let mut value = match &part.kind {
            PartKind::Text { text, .. } => json!({"type": "text", "text": text}),
            PartKind::Refusal(refusal) => json!({"type": "refusal", "refusal": refusal}),
            PartKind::Media(media) => self.media(turn, media)?,
            PartKind::Thought(_) | PartKind::Call(_) | PartKind::Result(_) => {
                let what = "thoughts, calls and results cannot stand in this message";
                return Err(Cannot::new(turn.at.as_str(), what));
            }
        };
        match (&part.cache, value.as_object_mut()) {
            (Some(own), Some(fields)) if self.quirks.cache_marks => {
                fields.insert("cache_control".to_owned(), mark(own));
            }
            (Some(_), _) => drop_mark(self.dropped),
            (None, _) => {}
        }
        Ok(value)
    }

    fn media(&self, turn: &Turn, media: &Media) -> Result<Value, Cannot> {
        let cannot = |what: &str| Err(Cannot::new(turn.at.as_str(), what));
        let media_type = media.media_type.as_deref();
        match (media.kind, &media.source) {
            (_, Source::Text(text)) => Ok(json!({"type": "text", "text": text})),
            (MediaKind::Image, Source::Url(url)) => Ok(image(url, media)),
            (MediaKind::Image, Source::Base64(data)) => {
                let media_type = media_type.unwrap_or("image/png");
                Ok(image(&format!("data:{media_type};base64,{data}"), media))
            }
            (MediaKind::Audio, Source::Base64(data)) => {
                let format = match media_type.unwrap_or("audio/wav") {
                    "audio/mpeg" | "audio/mp3" => "mp3",
                    "audio/wave" | "audio/vnd.wave" => "wav",
                    other => other.strip_prefix("audio/").unwrap_or(other),
                };
                let format = format.strip_prefix("x-").unwrap_or(format);
                Ok(json!({"type": "input_audio", "input_audio": {"data": data, "format": format}}))
            }
            (MediaKind::Document, _) if !self.quirks.files => {
                cannot("this provider takes no documents")
            }
            (MediaKind::Document, Source::Base64(data)) => {
                let media_type = media_type.unwrap_or("application/pdf");
                let name = media.name.as_deref().unwrap_or("document.pdf");
                let data = format!("data:{media_type};base64,{data}");
                Ok(json!({"type": "file", "file": {"filename": name, "file_data": data}}))
            }
            // Ids of OpenAI's own files begin so.
            (MediaKind::Document, Source::FileId(id))
                if self.quirks.house && id.starts_with("file-") =>
            {
                Ok(json!({"type": "file", "file": {"file_id": id}}))
            }
            (MediaKind::Document, Source::FileId(_)) => {
                cannot("the file is kept by another provider")
            }
            (MediaKind::Document, Source::Url(_)) => {
                cannot("this provider takes no documents by address")
            }
            (MediaKind::Image, Source::FileId(_)) => cannot("this provider takes no images by id"),
            (MediaKind::Audio, _) => cannot("this provider takes sound in the body only"),
            (MediaKind::Video, _) => cannot("this provider takes no video"),
        }
    }
}

fn image(url: &str, media: &Media) -> Value {
    match &media.detail {
        Some(detail) => json!({"type": "image_url", "image_url": {"url": url, "detail": detail}}),
        None => json!({"type": "image_url", "image_url": {"url": url}}),
    }
}
