//! Whole bodies: requests, replies, errors, events in place; read in one dialect and written in all others.

use serde::de::IgnoredAny;
use tollgate::dialect::endpoint::Call;
use tollgate::dialect::neutral::{Aim, Told};
use tollgate::dialect::splice::Request;
use tollgate::dialect::{Dialect, ROWS};

use super::{CLIENTS, pick};

/// The first byte chooses the dialect, the second a kind of provider and a status.
pub fn bodies(data: &[u8]) {
    let [dialect, row, body @ ..] = data else {
        return;
    };
    let (dialect, row) = (pick(Dialect::ALL, *dialect), usize::from(*row));
    let text = String::from_utf8_lossy(body);
    request(dialect, row, &text);
    let _ = Request::read(dialect, body);
    let _ = dialect.read_chunk(&text);
    reply(dialect, &text);
    let status = 400 + u16::from(body.len() as u8 % 130);
    let error = dialect.read_error(status, &text);
    for client in CLIENTS {
        is_json(&client.write_error(&error));
        super::output::check(client, &client.error_event(&error, 0)).unwrap_or_else(|why| {
            panic!(
                "{} from {}: {why}: {error:?}",
                client.name(),
                dialect.name()
            )
        });
    }
}

fn request(dialect: Dialect, row: usize, text: &str) {
    let call = Call {
        dialect,
        model: Some("m".to_owned()),
        stream: Some(false),
        ..Call::default()
    };
    let Ok(request) = dialect.read_request(&call, text) else {
        return;
    };
    let aim = Aim {
        model: pick(&MODELS, row as u8),
        kind: ROWS[row % ROWS.len()].kind,
        mark_cache: row.is_multiple_of(2),
    };
    for provider in Dialect::ALL {
        if let Ok(written) = provider.write_request(&request, &aim) {
            is_json(&written.body);
        }
    }
}

/// One of each family that is written to in its own way.
const MODELS: [&str; 6] = [
    "gpt-5.1",
    "claude-sonnet-4-5",
    "claude-opus-4-7",
    "gemini-3-pro",
    "amazon.nova-pro-v1:0",
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
];

fn reply(dialect: Dialect, text: &str) {
    let Ok(reply) = dialect.read_reply(text) else {
        return;
    };
    for client in CLIENTS {
        is_json(&client.write_reply(&reply, &Told::default()));
    }
}

fn is_json(body: &[u8]) {
    let read = serde_json::from_slice::<IgnoredAny>(body);
    assert!(read.is_ok(), "{}", String::from_utf8_lossy(body));
}
