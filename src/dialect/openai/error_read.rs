//! An error of any provider that is compatible with OpenAI, whatever it looks like: OpenAI's own shape,
//! other JSON, a page of a proxy, plain text.

use serde_json::{Map, Value};

use super::words::kind_of;
use crate::dialect::neutral::{Error, ErrorKind};

/// The most characters that are kept of a text that is no error of a known shape.
const LONGEST: usize = 1000;

/// Reads the body of an error reply. `status` is the reply's; the words of a body are only trusted where
/// the status leaves the kind open, but for a quota that is used up, which comes as a 429.
pub fn read_error(status: u16, body: &str) -> Error {
    let mut error = match serde_json::from_str::<Value>(body) {
        Ok(value) => error_of(&value, Some(status)),
        Err(_) => error_of(&Value::String(plain(body)), Some(status)),
    };
    if error.message.is_empty() {
        error.message = format!("the provider answered with status {status} and no message");
    }
    error
}

/// Reads an error that is JSON, as in a body or an event. Without a status of its own the error gets
/// the one that its words stand for.
pub fn error_of(value: &Value, status: Option<u16>) -> Error {
    let mut found = Found::default();
    found.value(value, 0);
    let word = [&found.code, &found.kind]
        .into_iter()
        .flatten()
        .find_map(|word| kind_of(word));
    let status = status.or(found.status).filter(|status| *status >= 400);
    let kind = match (status, word) {
        (Some(402 | 429), Some(ErrorKind::Billing)) => ErrorKind::Billing,
        (Some(400 | 403), Some(kind @ (ErrorKind::NotFound | ErrorKind::Authentication))) => kind,
        (Some(500), Some(kind @ (ErrorKind::Overloaded | ErrorKind::RateLimit))) => kind,
        (Some(status), _) => ErrorKind::of_status(status),
        (None, word) => word.unwrap_or(ErrorKind::Server),
    };
    Error {
        status: status.unwrap_or(kind.status()),
        kind,
        code: found.code.or_else(|| {
            // A type that is more than the kind's own word says what a code would.
            found.kind.filter(|word| kind_of(word).is_none())
        }),
        message: found.message.unwrap_or_default(),
        param: found.param,
    }
}

#[derive(Debug, Default)]
struct Found {
    message: Option<String>,
    kind: Option<String>,
    code: Option<String>,
    param: Option<String>,
    status: Option<u16>,
}

impl Found {
    fn value(&mut self, value: &Value, depth: usize) {
        if depth > 4 {
            return;
        }
        match value {
            Value::String(text) => self.say(text),
            Value::Array(items) => {
                for item in items {
                    self.value(item, depth.saturating_add(1));
                }
            }
            Value::Object(map) => self.object(map, depth.saturating_add(1)),
            _ => {}
        }
    }

    fn object(&mut self, map: &Map<String, Value>, depth: usize) {
        let own = ["message", "msg", "error_message", "error_description"];
        for key in own {
            if let Some(text) = map.get(key).and_then(Value::as_str) {
                self.say(text);
                break;
            }
        }
        first(&mut self.kind, map.get("type").and_then(word));
        first(&mut self.code, map.get("code").and_then(word));
        first(&mut self.param, map.get("param").and_then(word));
        let status = ["status", "status_code", "code"].map(|key| map.get(key).and_then(number));
        if self.status.is_none() {
            self.status = status.into_iter().flatten().next();
        }
        // FastAPI names the place of a fault: `{"detail": [{"loc": ["body", "model"], "msg": …}]}`.
        if let Some(Value::Array(place)) = map.get("loc") {
            let place: Vec<String> = place.iter().filter_map(word).collect();
            let skip = usize::from(place.first().is_some_and(|part| part == "body"));
            let path = place.get(skip..).unwrap_or_default().join(".");
            first(&mut self.param, Some(path).filter(|path| !path.is_empty()));
        }
        for key in ["error", "errors", "detail", "details", "message"] {
            match map.get(key) {
                // What is said inside only counts where nothing was said outside.
                Some(inner @ (Value::Object(_) | Value::Array(_))) => self.value(inner, depth),
                Some(Value::String(text)) if self.message.is_none() => self.say(text),
                _ => {}
            }
        }
    }

    fn say(&mut self, text: &str) {
        let text = text.trim();
        if self.message.is_none() && !text.is_empty() {
            self.message = Some(text.chars().take(LONGEST.saturating_mul(4)).collect());
        }
    }
}

fn first(slot: &mut Option<String>, found: Option<String>) {
    if slot.is_none() {
        *slot = found;
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<u16> {
    let number = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    number
        .and_then(|number| u16::try_from(number).ok())
        .filter(|status| (400..=599).contains(status))
}

/// The words of a text that is no JSON; of a page of HTML, its title.
fn plain(body: &str) -> String {
    let body = body.trim();
    if !body.starts_with('<') {
        return body.chars().take(LONGEST).collect();
    }
    let title = ["title", "h1"].into_iter().find_map(|tag| inner(body, tag));
    match title {
        Some(title) => title.chars().take(LONGEST).collect(),
        None => String::new(),
    }
}

fn inner<'a>(page: &'a str, tag: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("<{tag}"))?;
    let (_, rest) = rest.split_once('>')?;
    let (text, _) = rest.split_once("</")?;
    Some(text.trim()).filter(|text| !text.is_empty())
}
