//! From Gemini's request to the neutral one.

use serde_json::Value;

use super::super::names::Names;
use super::super::{config, ids, media, result, signature, tools};
use super::join;
use crate::dialect::neutral::{
    Cannot, Media, Part, PartKind, Request, Rest, Role, Thought, ToolCall, Turn, tree,
};

/// Fields without which the answer is the same. The model stands in the path.
const IDLE: [&str; 3] = ["model", "labels", "store"];

/// What an application keeps with a part for itself.
const IDLE_IN_PART: [&str; 1] = ["partMetadata"];

/// Reads a request; the model and whether it streams stand in the path.
///
/// # Errors
///
/// It is no such body.
pub fn read_request(json: &str, model: &str, stream: bool) -> Result<Request, Cannot> {
    let value = tree(json)?;
    let mut body = Names::of(value, "")?;
    let mut request = Request {
        model: model.to_owned(),
        stream,
        ..Request::default()
    };
    let mut reader = Reader::default();
    let path = body.path("systemInstruction");
    if let Some(content) = body.take("systemInstruction") {
        reader.content(content, path, Some(Role::System))?;
    }
    for (path, content) in body.list("contents")? {
        reader.content(content, path, None)?;
    }
    request.turns = reader.turns;
    request.rest = reader.rest;
    for (path, item) in body.list("tools")? {
        tools::read(item, path, &mut request.tools, &mut request.rest)?;
    }
    if let Some(mut all) = body.object("toolConfig")? {
        if let Some(choice) = all.object("functionCallingConfig")? {
            let (tools, rest) = (&mut request.tools, &mut request.rest);
            request.tool_choice = tools::read_choice(choice, tools, rest)?;
        }
        request.rest.extend(all.rest(&[]));
    }
    if let Some(all) = body.object("generationConfig")? {
        config::read(all, &mut request)?;
    }
    request.service_tier =
        body.string("serviceTier")?
            .map(|tier| match tier.to_ascii_lowercase().as_str() {
                "standard" | "unspecified" => "default".to_owned(),
                _ => tier.to_ascii_lowercase(),
            });
    safety(&mut body, &mut request.rest);
    request.rest.extend(body.rest(&IDLE));
    Ok(request)
}

/// Settings that only turn Google's filter off ask nothing of others, which do not have it.
fn safety(body: &mut Names, rest: &mut Vec<Rest>) {
    let path = body.path("safetySettings");
    let Some(value) = body.take("safetySettings") else {
        return;
    };
    let is_off = |setting: &Value| {
        let threshold = setting.get("threshold").and_then(Value::as_str);
        threshold.is_some_and(|word| ["OFF", "BLOCK_NONE"].contains(&word))
    };
    let idle = match &value {
        Value::Array(settings) => settings.iter().all(is_off),
        setting => is_off(setting),
    };
    rest.push(Rest { path, value, idle });
}

#[derive(Default)]
struct Reader {
    turns: Vec<Turn>,
    rest: Vec<Rest>,
    /// How many calls there were.
    calls: usize,
    /// Calls without a result yet: id and name.
    open: Vec<(String, String)>,
}

/// The parts of one content: what is said, and results of tools, which are a turn of their own.
#[derive(Default)]
struct Sorted {
    said: Vec<Part>,
    results: Vec<Part>,
}

impl Reader {
    fn content(&mut self, content: Value, at: String, role: Option<Role>) -> Result<(), Cannot> {
        let mut content = Names::of(content, at.clone())?;
        let path = content.path("role");
        let word = content.string("role")?.unwrap_or_default();
        let role = match (role, word.as_str()) {
            (Some(role), _) => role,
            (None, "user" | "function" | "") => Role::User,
            (None, "model") => Role::Assistant,
            (None, _) => return Err(Cannot::new(path, "expected 'user' or 'model'")),
        };
        let mut sorted = Sorted::default();
        for (path, part) in content.list("parts")? {
            self.part(part, path, role, &mut sorted)?;
        }
        self.rest.extend(content.rest(&[]));
        let turns = [(Role::Tool, sorted.results), (role, sorted.said)];
        for (role, parts) in turns {
            if !parts.is_empty() {
                let turn = Turn {
                    at: at.clone(),
                    role,
                    name: None,
                    parts,
                };
                join::push(&mut self.turns, turn);
            }
        }
        Ok(())
    }

    fn part(
        &mut self,
        value: Value,
        path: String,
        role: Role,
        to: &mut Sorted,
    ) -> Result<(), Cannot> {
        let mut part = Names::of(value, path.clone())?;
        let is_thought = part.bool("thought")?.unwrap_or(false);
        let mut seal = part.string("thoughtSignature")?;
        let detail = self.detail(&mut part)?;
        if let Some(text) = part.string("text")? {
            let seal = seal.take();
            if is_thought {
                let thought = signature::thought(text, seal);
                to.say(PartKind::Thought(thought));
            } else {
                let signed = seal.is_some();
                to.say_signed(seal);
                if !signed || !text.is_empty() {
                    to.say(PartKind::text(text));
                }
            }
        }
        let inline = part.object("inlineData")?;
        let inline = inline.map(|data| media::read_inline(data, &mut self.rest));
        let file = part.object("fileData")?;
        let file = file.map(|data| media::read_file(data, &mut self.rest));
        for media in [inline, file].into_iter().flatten() {
            to.say_signed(seal.take());
            let detail = detail.clone();
            to.say(PartKind::Media(Media { detail, ..media? }));
        }
        if let Some(call) = part.object("functionCall")? {
            if role != Role::Assistant {
                return Err(Cannot::new(path, "only the model calls functions"));
            }
            let call = self.call(call, seal.take())?;
            to.say(PartKind::Call(call));
        }
        if let Some(body) = part.object("functionResponse")? {
            if role != Role::User {
                return Err(Cannot::new(path, "only the user's side gives results"));
            }
            let (id, mut result) = result::read(body, &mut self.rest)?;
            result.id = self.answered(id, result.name.as_deref());
            to.results.push(Part::from(PartKind::Result(result)));
        }
        self.rest.extend(part.rest(&IDLE_IN_PART));
        to.say_signed(seal);
        Ok(())
    }

    /// `mediaResolution`, in OpenAI's words.
    fn detail(&mut self, part: &mut Names) -> Result<Option<String>, Cannot> {
        let Some(mut resolution) = part.object("mediaResolution")? else {
            return Ok(None);
        };
        let level = resolution.string("level")?.unwrap_or_default();
        self.rest.extend(resolution.rest(&[]));
        Ok(Some(
            match level.as_str() {
                "MEDIA_RESOLUTION_LOW" => "low",
                "MEDIA_RESOLUTION_HIGH" | "MEDIA_RESOLUTION_ULTRA_HIGH" => "high",
                _ => "auto",
            }
            .to_owned(),
        ))
    }

    fn call(&mut self, mut call: Names, signature: Option<String>) -> Result<ToolCall, Cannot> {
        let path = call.path("name");
        let Some(name) = call.string("name")? else {
            return Err(Cannot::new(path, "expected the function's name"));
        };
        let id = call.string("id")?.filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| ids::of_history(self.calls, &name));
        self.calls = self.calls.saturating_add(1);
        let arguments = call.object_value("args")?.unwrap_or_default();
        self.open.push((id.clone(), name.clone()));
        self.rest.extend(call.rest(&[]));
        Ok(ToolCall {
            id,
            name,
            arguments: Value::Object(arguments).to_string(),
            custom: false,
            signature: signature::of_call(signature),
        })
    }

    /// The id of the call that a result belongs to: by its id, else the first open one of its name.
    fn answered(&mut self, id: Option<String>, name: Option<&str>) -> String {
        let id = id.filter(|id| !id.is_empty());
        let by_id = self
            .open
            .iter()
            .position(|(open, _)| Some(open) == id.as_ref());
        let by_name = self.open.iter().position(|(open, of)| {
            Some(of.as_str()) == name && (id.is_none() || ids::written(open).is_none())
        });
        match (by_id.or(by_name), id) {
            (Some(at), _) => self.open.remove(at).0,
            (None, Some(id)) => id,
            (None, None) => ids::of_history(self.calls, name.unwrap_or_default()),
        }
    }
}

impl Sorted {
    fn say(&mut self, kind: PartKind) {
        self.said.push(Part::from(kind));
    }

    /// A signature at something that is neither a thought nor a call.
    fn say_signed(&mut self, seal: Option<String>) {
        if seal.is_some() {
            let thought: Thought = signature::thought(String::new(), seal);
            self.say(PartKind::Thought(thought));
        }
    }
}
