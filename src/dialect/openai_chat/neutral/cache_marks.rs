//! Marks for the provider's prompt cache, where the client set none (openrouter.ai/docs, "Prompt caching").

use serde_json::{Map, Value, json};

use crate::dialect::neutral::{CacheMark, Part, PartKind, Request};

/// `cache_control` as Anthropic writes it.
pub(super) fn mark(mark: &CacheMark) -> Value {
    match &mark.ttl {
        Some(ttl) => json!({"type": "ephemeral", "ttl": ttl}),
        None => json!({"type": "ephemeral"}),
    }
}

/// Whether the client set marks itself.
pub(super) fn any(request: &Request) -> bool {
    fn marked(part: &Part) -> bool {
        let inner = match &part.kind {
            PartKind::Result(result) => result.parts.iter().any(marked),
            _ => false,
        };
        inner || part.cache.is_some()
    }
    let mut parts = request.turns.iter().flat_map(|turn| &turn.parts);
    request.tools.iter().any(|tool| tool.cache.is_some()) || parts.any(marked)
}

/// Marks the end of the instructions and that of the last message but one. Only texts can be marked. All
/// texts become lists, so that a message looks the same whether or not the mark stands on it.
pub(super) fn place(messages: &mut [Value]) {
    for message in &mut *messages {
        if let Some(content) = message.get_mut("content")
            && let Some(text) = content.as_str().filter(|text| !text.is_empty())
        {
            *content = json!([{"type": "text", "text": text}]);
        }
    }
    let is_instruction = |message: &&mut Value| {
        let role = message.get("role").and_then(Value::as_str);
        matches!(role, Some("system" | "developer"))
    };
    let leading = messages.iter_mut().take_while(is_instruction).count();
    let (head, tail) = messages.split_at_mut(leading);
    set_last(head);
    if let Some((_, before)) = tail.split_last_mut() {
        set_last(before);
    }
}

/// Marks the last text.
fn set_last(messages: &mut [Value]) {
    if let Some(fields) = messages.iter_mut().rev().find_map(last_text) {
        fields.insert("cache_control".to_owned(), json!({"type": "ephemeral"}));
    }
}

fn last_text(message: &mut Value) -> Option<&mut Map<String, Value>> {
    let parts = message.get_mut("content")?.as_array_mut()?;
    let texts = parts.iter_mut().rev().filter_map(Value::as_object_mut);
    let mut full = texts.filter(|part| {
        let text = part.get("text").and_then(Value::as_str);
        text.is_some_and(|text| !text.is_empty())
    });
    full.next()
}
