//! Chat requests of a given size, made beforehand.

use bytes::Bytes;
use serde_json::{Value, json};

use super::text::{Dice, prose};

/// Whom the personal ones name: what stands for it is known to the replies.
pub const ADDRESS: &str = "anna.schmidt@example.org";

/// A request body length that is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// As in the table.
    pub name: &'static str,
    /// Bytes, about.
    pub bytes: usize,
    /// How many different bodies are made.
    pub kinds: usize,
}

/// The lengths that are measured.
pub const SIZES: [Size; 4] = [
    Size {
        name: "1 KB",
        bytes: 1 << 10,
        kinds: 512,
    },
    Size {
        name: "10 KB",
        bytes: 10 << 10,
        kinds: 384,
    },
    Size {
        name: "100 KB",
        bytes: 100 << 10,
        kinds: 192,
    },
    Size {
        name: "1 MB",
        bytes: 1 << 20,
        kinds: 48,
    },
];

/// Bodies of this size. One in four has an e-mail address and a phone number in its last message.
pub fn bodies(size: Size, stream: bool, seed: u64) -> Vec<Bytes> {
    let mut dice = Dice::new(seed ^ u64::try_from(size.bytes).unwrap());
    (0..size.kinds)
        .map(|nth| body(&mut dice, size.bytes, stream, nth % 4 == 0))
        .collect()
}

fn body(dice: &mut Dice, bytes: usize, stream: bool, personal: bool) -> Bytes {
    let mut messages = vec![
        json!({"role": "system", "content": "You are a helpful assistant. Answer in plain English."}),
    ];
    // What is not text: the object's own bytes, about, and those of each message.
    let mut left = bytes.saturating_sub(260);
    let turns = 1 + 2 * (bytes / 4000).min(12);
    for turn in 0..turns {
        let role = if turn % 2 == 0 { "user" } else { "assistant" };
        let share = (left / (turns - turn)).saturating_sub(40);
        let mut text = prose(dice, share);
        let over = share.max(8);
        text.truncate(text.floor_char_boundary(over));
        if personal && turn + 1 == turns {
            let contact = format!(
                " Write to {ADDRESS} or call +49 30 {}.",
                23_125_000 + dice.below(999)
            );
            text.truncate(text.floor_char_boundary(text.len().saturating_sub(contact.len())));
            text.push_str(&contact);
        }
        let message = json!({"role": role, "content": text});
        left = left.saturating_sub(message.to_string().len());
        messages.push(message);
    }
    let mut request =
        json!({"model": "gpt-4o", "temperature": 0.7, "max_tokens": 1024, "messages": messages});
    if stream {
        request["stream"] = Value::Bool(true);
    }
    Bytes::from(request.to_string())
}
