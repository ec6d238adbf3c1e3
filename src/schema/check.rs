//! A value beside its schema, keyword by keyword.

use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value};

use super::Unfit;

/// How deep schemas refer to others at the most, and how many are looked at: beyond, a value counts as one that
/// fits, for a schema may refer to itself without end.
const DEEPEST: usize = 128;
const MOST: usize = 200_000;

/// The largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 64 << 10;

/// One look at one value.
pub(super) struct Check<'s> {
    root: &'s Value,
    path: Vec<String>,
    depth: usize,
    steps: usize,
}

type Fits = Result<(), Unfit>;

impl<'s> Check<'s> {
    pub(super) fn new(root: &'s Value) -> Self {
        Self {
            root,
            path: Vec::new(),
            depth: 0,
            steps: 0,
        }
    }

    pub(super) fn fits(mut self, value: &Value) -> Fits {
        self.schema(self.root, value)
    }

    fn unfit(&self, what: impl Into<String>) -> Fits {
        let escape = |name: &String| ["/", &name.replace('~', "~0").replace('/', "~1")].concat();
        Err(Unfit {
            path: self.path.iter().map(escape).collect(),
            what: what.into(),
        })
    }

    fn schema(&mut self, schema: &'s Value, value: &Value) -> Fits {
        let fields = match schema {
            Value::Bool(false) => return self.unfit("a value that is not allowed"),
            Value::Object(fields) => fields,
            _ => return Ok(()),
        };
        self.steps = self.steps.saturating_add(1);
        if self.depth >= DEEPEST || self.steps >= MOST {
            return Ok(());
        }
        self.depth = self.depth.saturating_add(1);
        let fits = self.keywords(fields, value);
        self.depth = self.depth.saturating_sub(1);
        fits
    }

    fn keywords(&mut self, fields: &'s Map<String, Value>, value: &Value) -> Fits {
        if value.is_null() && fields.get("nullable") == Some(&Value::Bool(true)) {
            return Ok(());
        }
        if let Some(to) = fields.get("$ref").and_then(Value::as_str)
            && let Some(to) = to.strip_prefix('#')
            && let Some(schema) = self.root.pointer(to)
        {
            self.schema(schema, value)?;
        }
        if let Some(wanted) = fields.get("type") {
            self.kind(wanted, value)?;
        }
        if let Some(all) = fields.get("enum").and_then(Value::as_array)
            && !all.iter().any(|own| same(own, value))
        {
            return self.unfit("a value that is not in enum");
        }
        if fields.get("const").is_some_and(|own| !same(own, value)) {
            return self.unfit("a value that is not const");
        }
        match value {
            Value::Number(_) => self.number(fields, value)?,
            Value::String(text) => self.text(fields, text)?,
            Value::Array(items) => self.array(fields, items)?,
            Value::Object(members) => self.object(fields, members)?,
            _ => {}
        }
        self.combined(fields, value)
    }

    fn kind(&self, wanted: &Value, value: &Value) -> Fits {
        let is = |name: &str| match name.to_ascii_lowercase().as_str() {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "number" => value.is_number(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            _ => true,
        };
        let (fits, names) = match wanted {
            Value::String(name) => (is(name), name.clone()),
            Value::Array(all) => {
                let mut names = all.iter().filter_map(Value::as_str);
                let told: Vec<&str> = names.clone().collect();
                (names.any(is), told.join(" or "))
            }
            _ => return Ok(()),
        };
        match fits {
            true => Ok(()),
            false => self.unfit(format!("no {}", names.to_ascii_lowercase())),
        }
    }

    fn number(&self, fields: &Map<String, Value>, value: &Value) -> Fits {
        let number = value.as_f64().unwrap_or_default();
        let of = |key: &str| fields.get(key).and_then(amount);
        // Draft 4, and with it OpenAPI 3.0, has a switch in place of a number.
        let strict = |key: &str| fields.get(key) == Some(&Value::Bool(true));
        let low = of("minimum")
            .is_some_and(|least| number < least || strict("exclusiveMinimum") && number <= least);
        let high = of("maximum")
            .is_some_and(|most| number > most || strict("exclusiveMaximum") && number >= most);
        if low || of("exclusiveMinimum").is_some_and(|least| number <= least) {
            return self.unfit("a number that is too small");
        }
        if high || of("exclusiveMaximum").is_some_and(|most| number >= most) {
            return self.unfit("a number that is too large");
        }
        if let Some(step) = of("multipleOf").filter(|step| *step > 0.0) {
            let times = number / step;
            if (times - times.round()).abs() > 1e-9 * times.abs().max(1.0) {
                return self.unfit("a number that is not multipleOf");
            }
        }
        Ok(())
    }

    fn text(&self, fields: &Map<String, Value>, text: &str) -> Fits {
        let length = || text.chars().count();
        if count(fields, "minLength").is_some_and(|least| length() < least) {
            return self.unfit("a text that is too short");
        }
        if count(fields, "maxLength").is_some_and(|most| length() > most) {
            return self.unfit("a text that is too long");
        }
        let own = fields.get("pattern").and_then(Value::as_str);
        if own.and_then(pattern).is_some_and(|own| !own.is_match(text)) {
            return self.unfit("a text that does not match pattern");
        }
        Ok(())
    }

    fn array(&mut self, fields: &'s Map<String, Value>, items: &[Value]) -> Fits {
        if count(fields, "minItems").is_some_and(|least| items.len() < least) {
            return self.unfit("a list that is too short");
        }
        if count(fields, "maxItems").is_some_and(|most| items.len() > most) {
            return self.unfit("a list that is too long");
        }
        if fields.get("uniqueItems") == Some(&Value::Bool(true)) {
            for (nth, item) in items.iter().enumerate() {
                self.steps = self.steps.saturating_add(nth);
                let mut before = items.iter().take(nth);
                if self.steps < MOST && before.any(|other| same(other, item)) {
                    return self.unfit("a list that says something twice");
                }
            }
        }
        let own = fields.get("items");
        let first = fields
            .get("prefixItems")
            .or(own.filter(|own| own.is_array()));
        let first = first.and_then(Value::as_array);
        let first = first.map(Vec::as_slice).unwrap_or_default();
        let rest = own.filter(|own| !own.is_array());
        for (nth, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(nth).or(rest) {
                self.within(&nth.to_string(), schema, item)?;
            }
        }
        if let Some(schema) = fields.get("contains") {
            let fitting = items.iter().filter(|item| self.aside(schema, item).is_ok());
            let fitting = fitting.count();
            let least = count(fields, "minContains").unwrap_or(1);
            let most = count(fields, "maxContains").unwrap_or(usize::MAX);
            if fitting < least || fitting > most {
                return self.unfit("a list without what it must contain");
            }
        }
        Ok(())
    }

    fn object(&mut self, fields: &'s Map<String, Value>, members: &Map<String, Value>) -> Fits {
        if count(fields, "minProperties").is_some_and(|least| members.len() < least) {
            return self.unfit("an object with too few members");
        }
        if count(fields, "maxProperties").is_some_and(|most| members.len() > most) {
            return self.unfit("an object with too many members");
        }
        self.required(fields.get("required"), members)?;
        let named = fields.get("properties").and_then(Value::as_object);
        let patterns = fields.get("patternProperties").and_then(Value::as_object);
        for (name, value) in members {
            let mut known = false;
            if let Some(schema) = named.and_then(|named| named.get(name)) {
                known = true;
                self.within(name, schema, value)?;
            }
            for (own, schema) in patterns.into_iter().flatten() {
                if pattern(own).is_some_and(|own| own.is_match(name)) {
                    known = true;
                    self.within("*", schema, value)?;
                }
            }
            if let Some(schema) = fields.get("propertyNames") {
                self.schema(schema, &Value::String(name.clone()))?;
            }
            match fields.get("additionalProperties") {
                Some(Value::Bool(false)) if !known => {
                    return self.unfit("an object with a member that is not allowed");
                }
                Some(schema) if !known => self.within("*", schema, value)?,
                _ => {}
            }
        }
        let needs = fields.get("dependentRequired").and_then(Value::as_object);
        for (name, needed) in needs.into_iter().flatten() {
            if members.contains_key(name) {
                self.required(Some(needed), members)?;
            }
        }
        let schemas = fields.get("dependentSchemas").and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
            if members.contains_key(name) {
                self.schema(schema, &Value::Object(members.clone()))?;
            }
        }
        Ok(())
    }

    fn required(&self, names: Option<&Value>, members: &Map<String, Value>) -> Fits {
        let names = names.and_then(Value::as_array).into_iter().flatten();
        let mut names = names.filter_map(Value::as_str);
        match names.find(|name| !members.contains_key(*name)) {
            Some(name) => self.unfit(format!("an object without its member {name:?}")),
            None => Ok(()),
        }
    }

    fn combined(&mut self, fields: &'s Map<String, Value>, value: &Value) -> Fits {
        let all = |key: &str| fields.get(key).and_then(Value::as_array);
        for schema in all("allOf").into_iter().flatten() {
            self.schema(schema, value)?;
        }
        if let Some(any) = all("anyOf") {
            let mut last = Ok(());
            let found = any.iter().any(|schema| {
                last = self.aside(schema, value);
                last.is_ok()
            });
            if !found && !any.is_empty() {
                return match any.len() {
                    1 => last,
                    _ => self.unfit("a value that fits none of anyOf"),
                };
            }
        }
        if let Some(one) = all("oneOf") {
            let fitting = one
                .iter()
                .filter(|schema| self.aside(schema, value).is_ok());
            if fitting.count() != 1 {
                return self.unfit("a value that does not fit exactly one of oneOf");
            }
        }
        if let Some(schema) = fields.get("not")
            && self.aside(schema, value).is_ok()
        {
            return self.unfit("a value that not forbids");
        }
        if let Some(schema) = fields.get("if") {
            let branch = match self.aside(schema, value).is_ok() {
                true => "then",
                false => "else",
            };
            if let Some(schema) = fields.get(branch) {
                self.schema(schema, value)?;
            }
        }
        Ok(())
    }

    /// A schema that may be unfit without harm.
    fn aside(&mut self, schema: &'s Value, value: &Value) -> Fits {
        let (path, depth) = (self.path.len(), self.depth);
        let fits = self.schema(schema, value);
        self.path.truncate(path);
        self.depth = depth;
        fits
    }

    fn within(&mut self, name: &str, schema: &'s Value, value: &Value) -> Fits {
        self.path.push(name.to_owned());
        self.schema(schema, value)?;
        self.path.pop();
        Ok(())
    }
}

/// Compiles a pattern, which JSON Schema writes in ECMA's form; `None` where this engine has none for it.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(text)
        .size_limit(PATTERN_SIZE)
        .build()
        .ok()
}

/// A number; Google's JSON writes 64-bit ones as texts.
fn amount(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count above 2^52 is as good as none"
)]
fn count(fields: &Map<String, Value>, key: &str) -> Option<usize> {
    let number = fields.get(key).and_then(amount)?;
    (number >= 0.0).then_some(number as usize)
}

/// Whether two values are the same: 1 is 1.0.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let of_other = |(key, one): (&String, &Value)| {
                other.get(key).is_some_and(|other| same(one, other))
            };
            one.len() == other.len() && one.iter().all(of_other)
        }
        (one, other) => one == other,
    }
}
