//! Wire texts in both directions.

mod count;
mod error;
mod odd;
mod read;
mod refuse;
mod reply;
mod round;
mod stream_read;
mod stream_write;
mod thinking;
mod write;

use serde_json::Value;

use crate::dialect::neutral::{Part, PartKind, Role, Told, Turn};

fn json(bytes: impl AsRef<[u8]>) -> Value {
    serde_json::from_slice(bytes.as_ref()).unwrap()
}

fn told() -> Told {
    Told {
        model: "asked-for".to_owned(),
        random: 7,
        ..Told::default()
    }
}

fn turn(role: Role, parts: Vec<PartKind>) -> Turn {
    Turn {
        at: "messages[1]".to_owned(),
        role,
        name: None,
        parts: parts.into_iter().map(Part::from).collect(),
    }
}

fn user(text: &str) -> Turn {
    turn(Role::User, vec![PartKind::text(text)])
}
