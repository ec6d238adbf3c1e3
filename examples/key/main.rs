//! Makes a key, and prints it with the row that makes it known to Tollgate:
//! `cargo run --example key -- search-prod team=search plan=pro`.
//!
//! The row is YAML for `keys.list`, and JSON for a `keys.source` without its `sha256`.

use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

use serde_json::{Map, Value};
use tollgate::digest::Digest;

/// Characters of a key behind its prefix: 43 of 62 are 256 bits.
const LENGTH: usize = 43;
const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(id) = arguments.next().filter(|id| !id.starts_with('-')) else {
        eprintln!(
            "usage: key ID [NAME=VALUE …], such as: key search-prod team=search plan=pro admin=true"
        );
        return ExitCode::FAILURE;
    };
    let key = match make() {
        Ok(key) => key,
        Err(error) => {
            eprintln!("/dev/urandom: {error}");
            return ExitCode::FAILURE;
        }
    };
    let digest = Digest::of(&[key.as_bytes()]);
    let mut row = Map::new();
    row.insert("id".to_owned(), Value::String(id));
    row.insert("sha256".to_owned(), Value::String(digest.hex()));
    for argument in arguments {
        let Some((name, value)) = argument.split_once('=') else {
            eprintln!("{argument}: expected NAME=VALUE");
            return ExitCode::FAILURE;
        };
        // A value that is JSON is taken as that: models='["gpt-4o"]'.
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        row.insert(name.to_owned(), value);
    }
    let row = Value::Object(row);
    if let Err(faults) = tollgate::config::key(&row, &digest) {
        for fault in faults {
            eprintln!("{fault}");
        }
        return ExitCode::FAILURE;
    }
    println!("key: {key}");
    println!("row: {row}");
    ExitCode::SUCCESS
}

/// A new key. Bytes that would make some letters likelier are left out.
fn make() -> io::Result<String> {
    let mut source = File::open("/dev/urandom")?;
    let mut key = "tg-".to_owned();
    let mut left = LENGTH;
    while left > 0 {
        let mut byte = [0];
        source.read_exact(&mut byte)?;
        let fair = byte.iter().find(|byte| **byte < 248);
        if let Some(letter) = fair.and_then(|byte| LETTERS.get(usize::from(byte % 62))) {
            key.push(char::from(*letter));
            left = left.saturating_sub(1);
        }
    }
    Ok(key)
}
