//! Wire texts in both directions.

use serde_json::{Value, json};

use super::*;
use crate::dialect::neutral::{
    Aim, BlockKind, Cannot, Citation, Delta, DeltaReader, DeltaWriter, Error, ErrorKind, Field,
    Part, PartKind, Place, Reply, Request, Stop, Told,
};

mod any;
mod checker;
mod kept;
mod replies;
mod requests;
mod streams_in;
mod streams_out;
mod written;

fn told() -> Told {
    Told {
        model: "asked".to_owned(),
        random: 7,
        now: 1_700_000_000,
        usage: true,
        ..Told::default()
    }
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Reads a client's request and writes it for a kind of provider.
fn through(body: &Value, kind: &str) -> Result<(Value, Vec<Place>), Cannot> {
    let request = read_request(&body.to_string())?;
    let aim = Aim {
        model: "theirs",
        kind,
        mark_cache: false,
    };
    let written = write_request(&request, &aim)?;
    assert_eq!(written, write_request(&request, &aim)?, "not deterministic");
    Ok((parsed(&written.body), written.dropped))
}

/// All deltas of a stream of these chunks.
fn deltas(chunks: &[&str]) -> Vec<Delta> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for chunk in chunks {
        reader.event("", chunk, &mut out);
    }
    reader.end(&mut out);
    checker::order(&out);
    out
}

/// A stream as a client sees it, checked.
fn stream(deltas: &[Delta], told: Told) -> Vec<Value> {
    let usage = told.usage;
    let mut writer = StreamWriter::new(told);
    let mut out = Vec::new();
    for delta in deltas {
        writer.delta(delta, &mut out);
    }
    checker::chunks(&String::from_utf8(out).unwrap(), usage)
}
