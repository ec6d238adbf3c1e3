//! What a reply says, or an event of a stream. A lane is an item of the output.
//!
//! Events at the end of a text, a part, an item and the whole response bring the text again, as a whole.

use serde_json::{Value, json};

use crate::dialect::Tier;
use crate::dialect::openai_responses::usage;
use crate::dialect::splice::{Chunk, Voice, Way, arguments, aside, body, index, items, object};
use crate::json::{Fault, Kind, Leaves, Reader};
use crate::sse::write_event;

/// What a response tells of its request.
const OF_REQUEST: [&str; 10] = [
    "instructions",
    "input",
    "tools",
    "tool_choice",
    "metadata",
    "prompt",
    "text",
    "user",
    "safety_identifier",
    "prompt_cache_key",
];

/// Reads a whole reply, or the data of an event.
///
/// # Errors
///
/// It is not JSON.
pub fn read_chunk(data: &str) -> Result<Chunk, Fault> {
    let mut event = Event::default();
    body(data, |reader, key, kind| event.member(reader, key, kind))?;
    let Event {
        kind,
        place,
        mut chunk,
        tier,
        searches,
    } = event;
    if let Some(usage) = &mut chunk.usage {
        (usage.tier, usage.searches) = (tier, searches);
    }
    let is_delta = kind.ends_with(".delta");
    let voice = voice_of(&kind);
    for said in &mut chunk.said {
        said.way = match said.way {
            Way::Echo => Way::Echo,
            // What stands beside the answer counts where its item ends.
            _ if said.voice == Voice::Aside && !repeats(&kind) => Way::Whole,
            // All but a delta tells again what its stream has told; a whole reply is no event.
            _ if !kind.is_empty() && !is_delta => Way::Again,
            own => own,
        };
    }
    if let Some(place) = place {
        for said in &mut chunk.said {
            said.lane = place;
            let own = said.voice != Voice::Aside && kind.starts_with("response.");
            if own && !kind.starts_with("response.output_item") {
                said.voice = voice;
            }
        }
        if kind.ends_with(".done") {
            chunk.closed.push(place);
        }
    }
    chunk.ends = matches!(
        kind.as_str(),
        "response.completed" | "response.incomplete" | "response.failed"
    );
    if kind != "error" && kind != "response.failed" {
        // A response that went well says `"error": null`, or tells of a tool's error.
        chunk.error = chunk.error.filter(|_| kind.is_empty());
    }
    Ok(chunk)
}

/// What stands beside the answer in an event of this kind is told once more elsewhere.
fn repeats(kind: &str) -> bool {
    kind.starts_with("response.")
        && kind != "response.output_item.done"
        && kind != "response.failed"
}

/// Whose pieces the event tells.
fn voice_of(kind: &str) -> Voice {
    match kind {
        _ if kind.contains("call_arguments") => Voice::Arguments(0),
        _ if kind.contains("custom_tool_call_input") || kind.contains("refusal") => Voice::Refusal,
        _ if kind.contains("reasoning") => Voice::Reasoning,
        _ => Voice::Content,
    }
}

#[derive(Default)]
struct Event {
    kind: String,
    place: Option<u32>,
    chunk: Chunk,
    tier: Tier,
    searches: u64,
}

impl Event {
    fn member(&mut self, reader: &mut Reader<'_>, key: &str, kind: Kind) -> Result<bool, Fault> {
        match (key, kind) {
            ("type", Kind::String) => {
                self.kind = reader.string()?.text(reader.json()).into_owned();
                if self.kind == "error" {
                    self.chunk.error = Some(0..reader.json().len());
                }
            }
            ("output_index", Kind::Number) => self.place = Some(index(reader)?),
            ("sequence_number", Kind::Number) => self.chunk.number = Some(reader.skip()?),
            // Sound comes in base64.
            ("delta", Kind::String) if self.kind == "response.audio.delta" => {
                reader.skip()?;
            }
            (
                "delta" | "text" | "refusal" | "arguments" | "input" | "code" | "diff"
                | "transcript",
                Kind::String,
            ) => {
                self.chunk.say(reader, 0, Voice::Content, Way::Piece)?;
            }
            ("logprobs", Kind::Array) => self.chunk.echoes.push((reader.skip()?, "[]")),
            ("part", Kind::Object) => self.part(reader, 0)?,
            ("item", Kind::Object) => self.item(reader, 0)?,
            ("response", Kind::Object) => {
                object(reader, |reader, key, kind| self.response(reader, key, kind))?;
            }
            // A whole reply is a response itself.
            _ => return self.response(reader, key, kind),
        }
        Ok(true)
    }

    fn response(&mut self, reader: &mut Reader<'_>, key: &str, kind: Kind) -> Result<bool, Fault> {
        match (key, kind) {
            ("output", Kind::Array) => items(reader, |reader, nth| self.item(reader, nth))?,
            ("model", Kind::String) => self.chunk.model = Some(reader.string()?),
            ("service_tier", Kind::String) => {
                self.tier = Tier::of(&reader.string()?.text(reader.json()));
            }
            ("usage", Kind::Object) => {
                self.chunk.usage = usage::read(&Leaves::read(reader)?);
            }
            ("status", Kind::String) => {
                let status = reader.string()?.text(reader.json()).into_owned();
                if status != "in_progress" && status != "queued" {
                    self.chunk.finish_reason.get_or_insert(status);
                }
            }
            ("incomplete_details", Kind::Object) => object(reader, |reader, key, kind| {
                let reason = key == "reason" && kind == Kind::String;
                if reason {
                    let reason = reader.string()?.text(reader.json()).into_owned();
                    self.chunk.finish_reason = Some(reason);
                }
                Ok(reason)
            })?,
            ("error", Kind::Object) => self.chunk.fail(reader)?,
            (key, _) => {
                let first = self.chunk.said.len();
                aside(reader, key, 0, &mut self.chunk)?;
                let own = self.chunk.said.iter_mut().skip(first);
                if OF_REQUEST.contains(&key) {
                    own.for_each(|said| said.way = Way::Echo);
                }
            }
        }
        Ok(true)
    }

    fn item(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        let first = self.chunk.said.len();
        let mut thought = false;
        let (mut search, mut charged) = (false, true);
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("type", Kind::String) => {
                    let kind = reader.string()?.text(reader.json());
                    search = kind == "web_search_call";
                    thought = kind == "reasoning";
                }
                ("action", Kind::Object) => object(reader, |reader, key, kind| {
                    match (key, kind) {
                        ("type", Kind::String) => {
                            charged = reader.string()?.text(reader.json()) == "search";
                        }
                        _ => aside(reader, key, nth, &mut self.chunk)?,
                    }
                    Ok(true)
                })?,
                ("content" | "summary", Kind::Array) => {
                    items(reader, |reader, _| self.part(reader, nth))?;
                }
                ("arguments", _) => arguments(reader, (nth, 0), &mut self.chunk)?,
                ("input", Kind::String) => self.say(reader, nth, Voice::Refusal)?,
                ("code", Kind::String) => self.say(reader, nth, Voice::Content)?,
                ("name", _) => return Ok(false),
                _ => aside(reader, key, nth, &mut self.chunk)?,
            }
            Ok(true)
        })?;
        // As `usage::is_search`.
        let searches = u64::from(search && charged);
        self.searches = self.searches.saturating_add(searches);
        if thought {
            let own = self.chunk.said.iter_mut().skip(first);
            for said in own.filter(|said| said.voice != Voice::Aside) {
                said.voice = Voice::Reasoning;
            }
        }
        Ok(())
    }

    fn part(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("text", Kind::String) => self.say(reader, nth, Voice::Content)?,
                ("refusal", Kind::String) => self.say(reader, nth, Voice::Refusal)?,
                ("logprobs", Kind::Array) => self.chunk.echoes.push((reader.skip()?, "[]")),
                _ => aside(reader, key, nth, &mut self.chunk)?,
            }
            Ok(true)
        })
    }

    fn say(&mut self, reader: &mut Reader<'_>, nth: u32, voice: Voice) -> Result<(), Fault> {
        self.chunk.say(reader, nth, voice, Way::Piece)
    }
}

/// The kind of the pieces of this very text, if the event is one of them or its end.
fn piece(event: &Value, lane: u32, voice: Voice) -> Option<String> {
    let told = event.get("type").and_then(Value::as_str)?;
    let ends = |text: &str| !text.ends_with("_item") && !text.ends_with("_part");
    let base = match told.strip_suffix(".delta") {
        Some(base) => base,
        None => told.strip_suffix(".done").filter(|base| ends(base))?,
    };
    let own = event.get("output_index").and_then(Value::as_u64);
    let same = own == Some(u64::from(lane)) && voice_of(told) == voice;
    same.then(|| [base, ".delta"].concat())
}

/// A delta of one item that says only this, with this number. `mould` is an event that is about the same text.
pub fn late_event(mould: &str, number: u64, (lane, voice): (u32, Voice), words: &str) -> Vec<u8> {
    let mould: Value = serde_json::from_str(mould).unwrap_or_default();
    let kind = match voice {
        Voice::Arguments(_) => "response.function_call_arguments.delta",
        Voice::Refusal => "response.refusal.delta",
        Voice::Reasoning => "response.reasoning_text.delta",
        _ => "response.output_text.delta",
    };
    let kind = piece(&mould, lane, voice).unwrap_or_else(|| kind.to_owned());
    let mut event = json!({"type": kind, "sequence_number": number});
    if let Some(fields) = event.as_object_mut() {
        for key in ["item_id", "content_index", "summary_index"] {
            if let Some(value) = mould.get(key) {
                fields.insert(key.to_owned(), value.clone());
            }
        }
        fields.insert("output_index".to_owned(), lane.into());
        fields.insert("delta".to_owned(), words.into());
        if kind == "response.output_text.delta" {
            fields.insert("logprobs".to_owned(), json!([]));
        }
    }
    write_event(&kind, event)
}
