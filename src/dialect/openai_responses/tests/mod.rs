//! Tables of wire texts, and a strict checker of streams.

mod checker;
mod foreign;
mod generated;
mod reply;
mod request_options;
mod request_read;
mod request_refused;
mod request_thoughts;
mod request_turns;
mod request_write;
mod stream_read;
mod stream_write;
mod written;

use serde_json::Value;

use crate::dialect::neutral::Told;

fn told() -> Told {
    Told {
        model: "asked".to_owned(),
        random: 0xabc,
        now: 1_700_000_000,
        usage: false,
        ..Told::default()
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|fault| panic!("{fault}: {text}"))
}
