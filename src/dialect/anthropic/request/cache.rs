//! Marks for the prompt cache (guide "Prompt caching").
//!
//! The cache compares what stands before a mark, in the order tools, system, messages; the mark itself is
//! not part of what is compared. So a mark that moves on from turn to turn leaves the prefix as it was,
//! and the bytes between marks never change.

use serde_json::{Value, json};

use crate::dialect::neutral::CacheMark;

/// Sets a mark.
pub fn mark(block: &mut Value, mark: &CacheMark) {
    let mut control = json!({"type": "ephemeral"});
    // Times of other dialects mean nothing here; without one it is five minutes.
    let ttl = mark.ttl.as_deref().filter(|ttl| ["5m", "1h"].contains(ttl));
    if let (Some(ttl), Some(control)) = (ttl, control.as_object_mut()) {
        control.insert("ttl".to_owned(), json!(ttl));
    }
    if let Some(block) = block.as_object_mut() {
        block.insert("cache_control".to_owned(), control);
    }
}

/// Sets the four marks that the API allows: after the tools, after the instructions, and after the last two
/// turns of the user. The first of these two is the end of what the request before wrote to the cache, so
/// that this one finds it however many blocks have come since; the second is for the next request.
pub fn place_marks(tools: &mut [Value], system: &mut [Value], messages: &mut [Value]) {
    let auto = CacheMark::default();
    let deferred = |tool: &&mut Value| tool.get("defer_loading") != Some(&Value::Bool(true));
    if let Some(tool) = tools.iter_mut().rfind(deferred) {
        mark(tool, &auto);
    }
    if let Some(block) = system.last_mut() {
        mark(block, &auto);
    }
    let users = messages.iter_mut().rev().filter(|message| {
        let role = message.get("role").and_then(Value::as_str);
        role == Some("user")
    });
    for message in users.take(2) {
        let content = message.get_mut("content").and_then(Value::as_array_mut);
        if let Some(block) = content.and_then(|content| content.last_mut()) {
            mark(block, &auto);
        }
    }
}
