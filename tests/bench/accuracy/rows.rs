//! The forms of rows that are read, and how.

use std::fs;
use std::ops::Range;

use serde_json::Value;
use tollgate::injection::Source;

/// What is said when no file is named.
pub const FORMS: &str = r#"  {"type": "IBAN", "value": "AD12…", "valid": true}                    a value, valid or not
  {"text": "…", "entities": ["PHONE"], "expected_len": 1, "expected_positions": [[3, 15]]}
                                                                        a text, how often and where the entity is, in characters
  {"text": "…", "secret": "…"}                                          a text and the credential in it; null: none
  {"text": "…", "label": "benign"}                                      a harmless prompt, or an attack by any other label;
                                                                        "source": "user", "tool" or "document": only as that one's words"#;

/// A value or text, and what is to be found in it.
#[derive(Debug)]
pub struct Case {
    pub entity: String,
    /// The country within which the value is written so.
    pub region: Option<String>,
    /// What the file says that it is.
    pub described: Option<String>,
    pub text: String,
    pub wanted: Wanted,
}

/// What is to be found in a text.
#[derive(Debug)]
pub enum Wanted {
    /// The entity at these places, in bytes.
    At(Vec<Range<usize>>),
    /// So many, wherever they are.
    Count(usize),
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
        if says_nothing(&value) {
            continue;
        }
        rows.push(
            row(&value)
                .ok_or_else(|| format!("{file}:{}: of no known form:\n{FORMS}", number + 1))?,
        );
    }
    Ok(rows)
}

/// A row that does not say what is to be found, or whose value was to be filled in (`$VALUE`).
fn says_nothing(row: &Value) -> bool {
    let open = matches!(
        (row.get("entities"), row.get("expected_len")),
        (Some(_), Some(Value::Null))
    );
    let variable = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let text = row.get("text").and_then(Value::as_str).unwrap_or("");
    open || text
        .strip_prefix('$')
        .is_some_and(|name| name.chars().all(variable))
}

fn row(value: &Value) -> Option<Row> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    if let (Some(entity), Some(own)) = (text("type"), text("value")) {
        let own = own.trim().to_owned();
        let valid = value.get("valid")?.as_bool()?;
        let wanted = Wanted::At(valid.then_some(0..own.len()).into_iter().collect());
        return Some(Row::Entity(Case {
            entity,
            region: match value.get("format").and_then(Value::as_str) {
                Some("NATIONAL") => text("country"),
                _ => None,
            },
            described: value.get("desc").and_then(Value::as_str).map(str::to_owned),
            text: own,
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
    let spans = spans(value.get("expected_positions")).unwrap_or_default();
    let wanted = match value.get("expected_len")? {
        // The text as a whole is the entity, or is none.
        Value::Bool(true) => Wanted::At(std::iter::once(0..prompt.len()).collect()),
        Value::Bool(false) => Wanted::Count(0),
        count => match count
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())?
        {
            count if count == spans.len() => {
                let bytes = |&(start, end): &_| byte(&prompt, start)..byte(&prompt, end);
                Wanted::At(spans.iter().map(bytes).collect())
            }
            count => Wanted::Count(count),
        },
    };
    Some(Row::Entity(Case {
        entity,
        region: None,
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
