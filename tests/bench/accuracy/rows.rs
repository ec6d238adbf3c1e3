//! The forms of rows that are read, and how.

use std::fs;
use std::ops::Range;

use serde_json::Value;
use tollgate::injection::Source;

/// What is said when no file is named.
pub const FORMS: &str = r#"  {"type": "IBAN", "value": "AD12…", "valid": true}                    a value, valid or not
  {"text": "…", "entities": ["PHONE"], "expected_positions": [[3, 15]]}  a text and where the entity is, in characters
  {"text": "…", "secret": "…"}                                          a text and the credential in it; null: none
  {"text": "…", "label": "benign"}                                      a harmless prompt, or an attack by any other label;
                                                                        "source": "user", "tool" or "document": only as that one's words"#;

/// A value or text, and where in it the entity is, in bytes.
#[derive(Debug)]
pub struct Case {
    pub entity: String,
    /// What the file says that it is.
    pub described: Option<String>,
    pub text: String,
    pub wanted: Vec<Range<usize>>,
}

/// One line of a file.
#[derive(Debug)]
pub enum Row {
    Entity(Case),
    /// A text, the credential in it, and the name of its rule if the row has one.
    Secret(String, Option<String>, String),
    /// A prompt, whether it is an attack, and whose words it is if the row says so.
    Prompt(String, bool, Option<Source>),
}

/// All rows of `file`, or which line is of no known form.
pub fn read(file: &str) -> Result<Vec<Row>, String> {
    let content = fs::read_to_string(file).map_err(|fault| format!("{file}: {fault}"))?;
    let mut rows = Vec::new();
    for (number, line) in content
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let value: Value = serde_json::from_str(line)
            .map_err(|fault| format!("{file}:{}: {fault}", number + 1))?;
        rows.push(
            row(&value)
                .ok_or_else(|| format!("{file}:{}: of no known form:\n{FORMS}", number + 1))?,
        );
    }
    Ok(rows)
}

fn row(value: &Value) -> Option<Row> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    if let (Some(entity), Some(text)) = (text("type"), text("value")) {
        let valid = value.get("valid")?.as_bool()?;
        let wanted = valid.then_some(0..text.len()).into_iter().collect();
        return Some(Row::Entity(Case {
            entity,
            described: value.get("desc").and_then(Value::as_str).map(str::to_owned),
            text,
            wanted,
        }));
    }
    let prompt = text("text")?;
    if let Some(label) = text("label") {
        let source = match text("source").as_deref() {
            None => None,
            Some("user") => Some(Source::User),
            Some("tool") => Some(Source::Tool),
            Some("document") => Some(Source::Document),
            Some(_) => return None,
        };
        return Some(Row::Prompt(prompt, label != "benign", source));
    }
    if let Some(secret) = value.get("secret") {
        let rule = text("rule").unwrap_or_default();
        return Some(Row::Secret(
            prompt,
            secret.as_str().map(str::to_owned),
            rule,
        ));
    }
    let entity = value.get("entities")?.get(0)?.as_str()?.to_owned();
    let wanted = match spans(value.get("expected_positions")) {
        Some(spans) => spans
            .iter()
            .map(|&(start, end)| byte(&prompt, start)..byte(&prompt, end))
            .collect(),
        // Without positions the whole text is the entity, or nothing in it is.
        None if matches!(value.get("expected_len"), Some(Value::Bool(true))) => {
            std::iter::once(0..prompt.len()).collect()
        }
        None => Vec::new(),
    };
    Some(Row::Entity(Case {
        entity,
        described: None,
        text: prompt,
        wanted,
    }))
}

/// `[[a, b], …]`, or `[a, b]` for one.
fn spans(value: Option<&Value>) -> Option<Vec<(usize, usize)>> {
    let list = value?.as_array()?;
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    if let [start, end] = list.as_slice()
        && let (Some(start), Some(end)) = (number(start), number(end))
    {
        return Some(vec![(start, end)]);
    }
    list.iter()
        .map(|pair| Some((number(pair.get(0)?)?, number(pair.get(1)?)?)))
        .collect()
}

fn byte(text: &str, character: usize) -> usize {
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(at, _)| at)
}
