//! What is compared: Envoy alone, with an empty filter, with Tollgate in several sizes.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::built;
use super::config::Config;

/// What placeholders are made under.
pub const KEY: &str = "bench";

/// One of the columns.
#[derive(Clone)]
pub struct Variant {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub about: String,
    filter: Filter,
}

#[derive(Clone)]
enum Filter {
    None,
    Empty,
    Calls,
    Tollgate(Value),
}

/// The first columns, by their places.
pub const BARE: usize = 0;
/// Two roles that do nothing.
pub const EMPTY: usize = 1;
/// Two roles that make Tollgate's host calls and compute nothing: what no filter that does Tollgate's work can go below.
pub const CALLS: usize = 2;
/// Parse, route, usage.
pub const MINIMAL: usize = 3;
/// Everything on.
pub const EVERYTHING: usize = 4;

/// All columns; a switch that this version of Tollgate does not know gets none.
pub fn variants() -> Vec<Variant> {
    let all = everything();
    let mut list = vec![
        Variant {
            name: "bare",
            about: "the shipped Envoy configuration without the filters".into(),
            filter: Filter::None,
        },
        Variant {
            name: "empty",
            about: "two Wasm roles that do nothing".into(),
            filter: Filter::Empty,
        },
        Variant {
            name: "calls",
            about: "two Wasm roles that make the host calls of a plain request and compute nothing"
                .into(),
            filter: Filter::Calls,
        },
        Variant {
            name: "minimal",
            about: format!("Tollgate: {}", minimal()),
            filter: Filter::Tollgate(minimal()),
        },
        Variant {
            name: "everything",
            about: format!("Tollgate: {all}"),
            filter: Filter::Tollgate(all.clone()),
        },
    ];
    let off: [(&'static str, &str, Value); 7] = [
        ("− redact", "/redact", Value::Null),
        ("− restore", "/redact/restore", json!(false)),
        (
            "− decision header",
            "/observe/decision_header",
            json!(false),
        ),
        ("− overhead stats", "/observe/overhead", json!(false)),
        ("− prices", "/prices", Value::Null),
        // What three limits cost; and the look-up of a key beside them.
        ("− limits", "/limits", Value::Null),
        ("− keys", "/keys", Value::Null),
    ];
    for (name, place, value) in off {
        let mut config = all.clone();
        set(&mut config, place, value);
        if config != all && is_known(&config) {
            let about = format!("everything, but {place} off");
            list.push(Variant {
                name,
                about,
                filter: Filter::Tollgate(config),
            });
        }
    }
    list
}

/// The least that answers: providers, a model, nothing looked for, nothing shown.
fn minimal() -> Value {
    let with =
        json!({"providers": providers(), "models": models(), "observe": {"overhead": false}});
    if is_known(&with) {
        with
    } else {
        json!({"providers": providers(), "models": models()})
    }
}

/// Every part of the contract that this version knows.
pub fn everything() -> Value {
    let key = json!({"id": "bench", "team": "bench", "plan": "pro",
        "sha256": "b0962662e937d44c699c8305d90cbf190b3150c59b13863d1380b5cc3c711bb7"});
    let parts = [
        (
            "prices",
            json!({"gpt-4o/local": {"input": 2.5, "cached_input": 1.25, "output": 10}}),
        ),
        (
            "redact",
            json!({"key": {"value": KEY}, "entities": {"email": "mask", "phone": "mask", "credit_card": "mask", "iban": "mask",
            "us_ssn": "block", "secret": "mask", "ip": "mask"}, "restore": true}),
        ),
        (
            "guard",
            json!({"max_body": "8MiB", "max_input_tokens": 4_000_000}),
        ),
        ("observe", json!({"decision_header": true})),
        (
            "observe",
            json!({"decision_header": true, "overhead": true}),
        ),
        ("keys", json!({"required": true, "list": [key]})),
        (
            "limits",
            json!([{"per": ["key"], "requests": 100_000_000_u64, "every": "1m"},
            {"per": ["team"], "tokens": 1_000_000_000_000_u64, "every": "1d"},
            {"per": ["team"], "usd": 10_000_000, "every": "1mo"}]),
        ),
    ];
    let mut config = json!({"providers": providers(), "models": models()});
    for (name, part) in parts {
        let mut with = config.clone();
        with[name] = part;
        if is_known(&with) {
            config = with;
        }
    }
    config
}

fn providers() -> Value {
    json!({"local": {"kind": "openai", "host": "127.0.0.1", "api_key": {"env": "LOCAL_API_KEY"}}})
}

fn models() -> Value {
    json!({"gpt-4o": ["gpt-4o/local"]})
}

fn is_known(config: &Value) -> bool {
    let bytes = config.to_string().into_bytes();
    tollgate::config::load(&bytes, &|_| Some("key-of-local".to_owned())).is_ok()
}

/// Sets the value at a place, or takes it out.
fn set(config: &mut Value, place: &str, value: Value) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    let Some(parent) = config.pointer_mut(parent).and_then(Value::as_object_mut) else {
        return;
    };
    if value.is_null() {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), value);
    }
}

impl Variant {
    /// The Envoy configuration, with the provider at this port.
    pub fn config(&self, provider: u16) -> String {
        let mut config = Config::shipped(provider);
        match &self.filter {
            Filter::None => config.without_filters(),
            Filter::Empty => {
                config.tollgate("{}");
                config.fix_cluster();
                config.load(&empty());
            }
            Filter::Calls => {
                config.tollgate("calls");
                config.load(&empty());
            }
            Filter::Tollgate(own) => {
                config.tollgate(&own.to_string());
                config.load(&built(
                    "TOLLGATE_WASM",
                    "wasm32-wasip1/release/tollgate.wasm",
                ));
            }
        }
        config.text().to_owned()
    }
}

/// The filter that does nothing.
fn empty() -> PathBuf {
    built("EMPTY_WASM", "bench-empty/wasm32-wasip1/release/empty.wasm")
}
