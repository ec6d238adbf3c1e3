//! What a model said in a stream, put together again. Clients keep it as the chunks came, each with a piece of a text
//! or of a thought; a thought's signature, in the last of them, is that of the whole thought.

use super::super::signature;
use crate::dialect::neutral::{Part, PartKind, Role, Turn};

/// Adds a turn behind `turns`. The model's turns in a row are one.
pub(super) fn push(turns: &mut Vec<Turn>, turn: Turn) {
    if turn.role != Role::Assistant {
        return turns.push(turn);
    }
    match turns.last_mut() {
        Some(last) if last.role == Role::Assistant => extend(&mut last.parts, turn.parts),
        _ => {
            let mut parts = Vec::with_capacity(turn.parts.len());
            extend(&mut parts, turn.parts);
            turns.push(Turn { parts, ..turn });
        }
    }
}

fn extend(parts: &mut Vec<Part>, more: Vec<Part>) {
    for part in more {
        let rest = match parts.last_mut() {
            Some(before) => continued(before, part),
            None => Some(part),
        };
        parts.extend(rest);
    }
}

/// Makes `next` the continuation of `before`, if that is what it is; else gives it back.
fn continued(before: &mut Part, next: Part) -> Option<Part> {
    match (&mut before.kind, next.kind) {
        (
            PartKind::Text { text, citations },
            PartKind::Text {
                text: more,
                citations: cited,
            },
        ) if citations.is_empty() && cited.is_empty() => {
            text.push_str(&more);
            None
        }
        (PartKind::Thought(thought), PartKind::Thought(more))
            if !thought.text.is_empty()
                // Without words it is a signature of Gemini's at what comes next.
                && (!more.text.is_empty() || signature::own(more.signature.as_deref()).is_none())
                && thought.signature.is_none()
                && thought.sealed.is_none()
                && more.sealed.is_none() =>
        {
            thought.text.push_str(&more.text);
            thought.signature = more.signature;
            thought.id = more.id;
            None
        }
        (_, kind) => Some(Part { kind, ..next }),
    }
}
