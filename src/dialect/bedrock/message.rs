//! The conversation: `system` and `messages`.

use serde_json::{Value, json};

use super::draft::Draft;
use super::family::Family;
use super::{media, naming};
use crate::dialect::neutral::{
    Cannot, MediaKind, Part, PartKind, Role, Thought, ToolCall, ToolResult, Turn,
};

/// A conversation as Bedrock wants it.
#[derive(Default)]
pub(super) struct Conversation {
    pub(super) system: Vec<Value>,
    pub(super) messages: Vec<Message>,
    /// The tools that were called, each once, in their order.
    pub(super) called: Vec<String>,
    /// There are calls or results.
    pub(super) has_tools: bool,
    /// The names of documents so far.
    names: Vec<String>,
}

/// A message; the two sides take turns.
pub(super) struct Message {
    pub(super) role: &'static str,
    /// Where its first part stands in the client's request.
    at: String,
    pub(super) content: Vec<Value>,
}

/// Writes the turns.
pub(super) fn write(draft: &mut Draft<'_>) -> Result<Conversation, Cannot> {
    let mut talk = Conversation::default();
    for turn in &draft.request.turns {
        let instructs = matches!(turn.role, Role::System | Role::Developer);
        let mut blocks = Vec::new();
        match turn.speaker() {
            Some(speaker) => blocks.extend(words(&speaker)),
            None if turn.name.is_some() => draft.leave(format!("{}.name", turn.at)),
            None => {}
        }
        for part in &turn.parts {
            if let Some(block) = block(draft, &mut talk, turn, part)? {
                blocks.push(block);
            }
            if let Some(mark) = &part.cache {
                draft.mark(mark, &mut blocks);
            }
        }
        if instructs && talk.messages.is_empty() {
            talk.system.append(&mut blocks);
        } else if !blocks.is_empty() {
            talk.add(turn, blocks);
        }
    }
    talk.check()?;
    Ok(talk)
}

impl Conversation {
    fn add(&mut self, turn: &Turn, mut blocks: Vec<Value>) {
        let role = match turn.role {
            Role::Assistant => "assistant",
            Role::User | Role::Tool | Role::System | Role::Developer => "user",
        };
        match self.messages.last_mut() {
            Some(last) if last.role == role => last.content.append(&mut blocks),
            _ => self.messages.push(Message {
                role,
                at: turn.at.clone(),
                content: blocks,
            }),
        }
    }

    fn check(&self) -> Result<(), Cannot> {
        if let Some(first) = self.messages.first().filter(|one| one.role != "user") {
            let reason = "AWS Bedrock wants a conversation to begin with the user's words";
            return Err(Cannot::new(first.at.clone(), reason));
        }
        for message in &self.messages {
            let holds = |key| message.content.iter().any(|block| block.get(key).is_some());
            if holds("document") && !holds("text") {
                let reason = "AWS Bedrock wants words beside a document";
                return Err(Cannot::new(message.at.clone(), reason));
            }
        }
        Ok(())
    }

    /// The model's last message calls a tool without a thought before it. Claude does not go on thinking by a
    /// budget after such a message.
    pub(super) fn calls_unthought(&self) -> bool {
        let last = self
            .messages
            .iter()
            .rfind(|message| message.role == "assistant");
        last.is_some_and(|message| {
            let holds = |key: &str| message.content.iter().any(|block| block.get(key).is_some());
            holds("toolUse") && !holds("reasoningContent")
        })
    }
}

fn block(
    draft: &mut Draft<'_>,
    talk: &mut Conversation,
    turn: &Turn,
    part: &Part,
) -> Result<Option<Value>, Cannot> {
    let at = turn.at.as_str();
    let model = turn.role == Role::Assistant;
    Ok(match &part.kind {
        PartKind::Text { text, citations } => {
            if !citations.is_empty() {
                draft.leave(at);
            }
            words(text)
        }
        PartKind::Refusal(text) => words(text),
        PartKind::Thought(thought) if model => {
            let block = thought_block(thought, draft.family);
            if block.is_none() {
                draft.leave(at);
            }
            block
        }
        PartKind::Media(media) if matches!(turn.role, Role::User | Role::Tool) => {
            if media.detail.as_deref().is_some_and(|word| word != "auto") {
                draft.leave(at);
            }
            Some(media::block(media, at, &mut talk.names)?)
        }
        PartKind::Call(call) if model => {
            if !talk.called.contains(&call.name) {
                talk.called.push(call.name.clone());
            }
            talk.has_tools = true;
            Some(call_block(call, at)?)
        }
        PartKind::Result(result) if !model => {
            talk.has_tools = true;
            Some(result_block(draft, talk, result, at)?)
        }
        PartKind::Media(_) => {
            let reason = "AWS Bedrock takes images and files from the user only";
            return Err(Cannot::new(at, reason));
        }
        PartKind::Thought(_) | PartKind::Call(_) | PartKind::Result(_) => {
            let reason = "AWS Bedrock does not take such a part from this role";
            return Err(Cannot::new(at, reason));
        }
    })
}

/// Words, if there are any.
fn words(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| json!({"text": text}))
}

/// A thought that the model takes back. One with OpenAI's id is not from Bedrock, nor is a proof with the mark
/// of another provider, which ends in a colon: Bedrock's are base64.
fn thought_block(thought: &Thought, family: Family) -> Option<Value> {
    let takes = matches!(
        family,
        Family::Claude(..) | Family::Nova { .. } | Family::Unknown
    );
    let proof = thought.sealed.as_ref().or(thought.signature.as_ref());
    if !takes || thought.id.is_some() || proof.is_some_and(|proof| proof.contains(':')) {
        return None;
    }
    if let Some(sealed) = &thought.sealed {
        return Some(json!({"reasoningContent": {"redactedContent": sealed}}));
    }
    let signature = thought.signature.as_ref()?;
    let text = json!({"text": thought.text, "signature": signature});
    Some(json!({"reasoningContent": {"reasoningText": text}}))
}

fn call_block(call: &ToolCall, at: &str) -> Result<Value, Cannot> {
    if !naming::is_tool_name(&call.name) {
        return Err(Cannot::new(at, bad_name(&call.name)));
    }
    Ok(json!({"toolUse": {
        "toolUseId": naming::id(&call.id),
        "name": call.name,
        "input": input(&call.arguments),
    }}))
}

/// Why a tool's name cannot be carried.
pub(super) fn bad_name(name: &str) -> String {
    format!("AWS Bedrock takes no tool of the name '{name}': up to 64 letters, digits, _ and -")
}

/// The arguments as an object. What is no object is not lost: it becomes the field `input` of one.
fn input(arguments: &str) -> Value {
    match serde_json::from_str(arguments) {
        Ok(Value::Object(object)) => Value::Object(object),
        Ok(Value::Null) => json!({}),
        _ if arguments.trim().is_empty() => json!({}),
        _ => json!({"input": arguments}),
    }
}

fn result_block(
    draft: &mut Draft<'_>,
    talk: &mut Conversation,
    result: &ToolResult,
    at: &str,
) -> Result<Value, Cannot> {
    let mut content = Vec::new();
    for part in &result.parts {
        if part.cache.is_some() {
            // A mark stands behind the whole result, if at all.
            draft.leave(at);
        }
        match &part.kind {
            PartKind::Text { text, .. } => content.extend(words(text)),
            PartKind::Media(media) if media.kind != MediaKind::Audio => {
                content.push(media::block(media, at, &mut talk.names)?);
            }
            _ => {
                let reason =
                    "AWS Bedrock takes words, images, documents and videos as a tool's result";
                return Err(Cannot::new(at, reason));
            }
        }
    }
    let mut block = json!({"toolUseId": naming::id(&result.id), "content": content});
    if let (true, Some(fields)) = (result.is_error, block.as_object_mut()) {
        fields.insert("status".into(), "error".into());
    }
    Ok(json!({"toolResult": block}))
}
