//! What a request's JSON may be, as tables, and the reading of a value by one: strict, as the real services are.
//! Never: how a dialect words a flaw; each does that with what a [`Flaw`] says.

use serde_json::{Map, Value};

/// The members of an object. A function, so that a table can name itself.
pub type Shape = fn() -> &'static [Field];

/// One member.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Must it be there?
    pub needed: bool,
}

/// What a value may be.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Anything at all.
    Any,
    /// Any object.
    Map,
    /// Any object of these.
    MapOf(&'static Kind),
    /// A string.
    Text,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// Null, or this.
    Null(&'static Kind),
    /// An array of these.
    List(&'static Kind),
    /// A string, or else this.
    TextOr(&'static Kind),
    /// An object with these members.
    Object(Shape),
    /// An object whose member of this name says which of these it is.
    Tagged(&'static str, &'static [(&'static str, Shape)]),
    /// The same, but with any other tag it is any object.
    Loose(&'static str, &'static [(&'static str, Shape)]),
}

/// Writes a table: `must` and `may` before the name of each member.
macro_rules! fields {
    (@ must) => { true };
    (@ may) => { false };
    ($($need:ident $name:literal: $kind:expr),* $(,)?) => {
        &[$(Field { name: $name, kind: $kind, needed: fields!(@ $need) }),*]
    };
}
pub(super) use fields;

/// How a dialect reads JSON.
#[derive(Clone, Copy, Default)]
pub struct Rules {
    /// Names in snake case are taken for those in camel case.
    pub snake: bool,
    /// Null is as good as no member.
    pub nulls: bool,
}

/// The way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member.
    Name(String),
    /// An item.
    At(usize),
    /// The variant that a tag names; no part of the JSON's own path.
    Tag(&'static str),
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where; the member itself included.
    pub at: Vec<Step>,
    /// What.
    pub what: What,
}

/// Kinds of flaws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// There is no such member.
    Extra,
    /// It has to be there.
    Missing,
    /// It should have been something else.
    Wrong(&'static str),
    /// It is none of these words.
    NotOf(&'static [&'static str]),
    /// No variant has this tag.
    Tag(String),
}

impl Rules {
    /// `value` as the table says it is, names as the table writes them.
    ///
    /// # Errors
    /// The first flaw.
    pub fn read(self, value: &Value, kind: Kind) -> Result<Value, Flaw> {
        let wrong = |wanted| Err(Flaw::of(What::Wrong(wanted)));
        match kind {
            Kind::Any => Ok(value.clone()),
            Kind::Map if value.is_object() => Ok(value.clone()),
            Kind::Text | Kind::TextOr(_) if value.is_string() => Ok(value.clone()),
            Kind::Whole if value.is_u64() || value.is_i64() => Ok(value.clone()),
            Kind::Number if value.is_number() => Ok(value.clone()),
            Kind::Flag if value.is_boolean() => Ok(value.clone()),
            Kind::Word(words) => match value.as_str() {
                Some(word) if words.contains(&word) => Ok(value.clone()),
                Some(_) => Err(Flaw::of(What::NotOf(words))),
                None => wrong("string"),
            },
            Kind::Null(_) if value.is_null() => Ok(Value::Null),
            Kind::Null(kind) | Kind::TextOr(kind) => self.read(value, *kind),
            Kind::List(kind) => self.list(value, *kind),
            Kind::MapOf(kind) => self.map(value, *kind),
            Kind::Object(shape) => self.object(value, shape),
            Kind::Tagged(tag, shapes) => self.tagged(value, tag, shapes),
            Kind::Loose(tag, shapes) => match self.tagged(value, tag, shapes) {
                Err(Flaw {
                    what: What::Tag(_),
                    at,
                }) if at.is_empty() => Ok(value.clone()),
                read => read,
            },
            Kind::Map => wrong("object"),
            Kind::Text => wrong("string"),
            Kind::Whole => wrong("integer"),
            Kind::Number => wrong("number"),
            Kind::Flag => wrong("boolean"),
        }
    }

    fn list(self, value: &Value, kind: Kind) -> Result<Value, Flaw> {
        let Some(items) = value.as_array() else {
            return Err(Flaw::of(What::Wrong("array")));
        };
        let item = |(at, item)| {
            self.read(item, kind)
                .map_err(|flaw| flaw.under(Step::At(at)))
        };
        items.iter().enumerate().map(item).collect()
    }

    fn map(self, value: &Value, kind: Kind) -> Result<Value, Flaw> {
        let Some(members) = value.as_object() else {
            return Err(Flaw::of(What::Wrong("object")));
        };
        let member = |(name, member): (&String, &Value)| {
            let read = self
                .read(member, kind)
                .map_err(|flaw| flaw.under(Step::Name(name.clone())));
            read.map(|member| (name.clone(), member))
        };
        members
            .iter()
            .map(member)
            .collect::<Result<Map<_, _>, _>>()
            .map(Value::Object)
    }

    fn tagged(
        self,
        value: &Value,
        tag: &str,
        shapes: &'static [(&str, Shape)],
    ) -> Result<Value, Flaw> {
        if !value.is_object() {
            return Err(Flaw::of(What::Wrong("object")));
        }
        let Some(given) = value.get(tag).and_then(Value::as_str) else {
            return Err(Flaw::of(What::Missing).under(Step::Name(tag.to_owned())));
        };
        let Some((name, shape)) = shapes.iter().find(|(name, _)| *name == given) else {
            return Err(Flaw::of(What::Tag(given.to_owned())));
        };
        self.object(value, *shape)
            .map_err(|flaw| flaw.under(Step::Tag(name)))
    }

    fn object(self, value: &Value, shape: Shape) -> Result<Value, Flaw> {
        let Some(members) = value.as_object() else {
            return Err(Flaw::of(What::Wrong("object")));
        };
        let mut read = Map::new();
        for (name, member) in members {
            let field = shape()
                .iter()
                .find(|field| field.name == name || (self.snake && field.name == camel(name)));
            let here = || Step::Name(name.clone());
            let Some(field) = field else {
                return Err(Flaw::of(What::Extra).under(here()));
            };
            if self.nulls && member.is_null() {
                continue;
            }
            let member = self
                .read(member, field.kind)
                .map_err(|flaw| flaw.under(here()))?;
            read.insert(field.name.to_owned(), member);
        }
        let missing = shape()
            .iter()
            .find(|field| field.needed && !read.contains_key(field.name));
        match missing {
            Some(field) => Err(Flaw::of(What::Missing).under(Step::Name(field.name.to_owned()))),
            None => Ok(read.into()),
        }
    }
}

impl Flaw {
    fn of(what: What) -> Self {
        Self {
            at: Vec::new(),
            what,
        }
    }

    fn under(mut self, step: Step) -> Self {
        self.at.insert(0, step);
        self
    }

    /// `messages.0.content`; with `tags`, the variants too: `messages.0.content.0.text.text`.
    pub fn dotted(&self, tags: bool) -> String {
        let steps = self.at.iter().filter_map(|step| match step {
            Step::Name(name) => Some(name.clone()),
            Step::At(at) => Some(at.to_string()),
            Step::Tag(tag) => tags.then(|| (*tag).to_owned()),
        });
        steps.collect::<Vec<_>>().join(".")
    }

    /// `input[0].content`.
    pub fn bracketed(&self) -> String {
        let mut path = String::new();
        for step in &self.at {
            match step {
                Step::Name(name) if path.is_empty() => path.push_str(name),
                Step::Name(name) => path.push_str(&format!(".{name}")),
                Step::At(at) => path.push_str(&format!("[{at}]")),
                Step::Tag(_) => {}
            }
        }
        path
    }
}

/// `max_output_tokens` as `maxOutputTokens`.
fn camel(name: &str) -> String {
    let mut up = false;
    let mut camel = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '_' => up = true,
            letter if std::mem::take(&mut up) => camel.extend(letter.to_uppercase()),
            letter => camel.push(letter),
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree() -> &'static [Field] {
        fields! { must "kind": Kind::Word(&["leaf", "twig"]), may "nodeSize": Kind::Null(&Kind::Whole),
        may "items": Kind::List(&Kind::Object(tree)), may "says": Kind::TextOr(&Kind::Tagged("type", &[("text", text)])) }
    }

    fn text() -> &'static [Field] {
        fields! { must "type": Kind::Text, must "text": Kind::Text }
    }

    #[test]
    fn values_are_read_by_their_table() {
        let (plain, snake) = (
            Rules::default(),
            Rules {
                snake: true,
                nulls: true,
            },
        );
        let read = |rules: Rules, value| rules.read(&value, Kind::Object(tree));
        let good = json!({"kind": "leaf", "items": [{"kind": "twig", "nodeSize": 3}], "says": {"type": "text", "text": "a"}});
        assert_eq!(read(plain, good.clone()).unwrap(), good);
        assert_eq!(
            read(snake, json!({"kind": "leaf", "node_size": 1, "says": null})).unwrap(),
            json!({"kind": "leaf", "nodeSize": 1})
        );
        for (value, path, what) in [
            (json!({"kind": "leaf", "x": 1}), "x", What::Extra),
            (json!({}), "kind", What::Missing),
            (
                json!({"kind": "leaf", "items": [{"kind": "leaf"}, {"kind": 1}]}),
                "items.1.kind",
                What::Wrong("string"),
            ),
            (
                json!({"kind": "bud"}),
                "kind",
                What::NotOf(&["leaf", "twig"]),
            ),
            (
                json!({"kind": "leaf", "says": {"type": "x"}}),
                "says",
                What::Tag("x".to_owned()),
            ),
            (
                json!({"kind": "leaf", "says": {"type": "text"}}),
                "says.text.text",
                What::Missing,
            ),
            (
                json!({"kind": "leaf", "node_size": 1}),
                "node_size",
                What::Extra,
            ),
            (json!([]), "", What::Wrong("object")),
        ] {
            let flaw = read(plain, value).unwrap_err();
            assert_eq!((flaw.dotted(true).as_str(), &flaw.what), (path, &what));
        }
        let flaw = read(plain, json!({"kind": "leaf", "items": [{"kind": 1}]})).unwrap_err();
        assert_eq!(flaw.bracketed(), "items[0].kind");
    }
}
