//! The scalars of a value by their paths: in a tree that is there, or read in place where only a few are wanted.

use std::borrow::Cow;

use serde_json::Value;

use super::fault::{Fault, Kind};
use super::path::at;
use super::reader::Reader;
use super::text::Token;

/// A value without members.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'j> {
    /// As it is written.
    Number(&'j str),
    /// Without its escapes.
    Text(Cow<'j, str>),
    /// `true` or `false`.
    Bool(bool),
}

/// What has scalars at paths such as `/usage/0/count`, names as they are (see [`at`]).
pub trait Tree {
    /// The scalar at a path; `None` when nothing is there, or `null`, or something with members.
    fn scalar(&self, path: &str) -> Option<Scalar<'_>>;

    /// The number at a path, as it is written.
    fn number(&self, path: &str) -> Option<&str> {
        match self.scalar(path)? {
            Scalar::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The string at a path.
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        match self.scalar(path)? {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Tree for Value {
    fn scalar(&self, path: &str) -> Option<Scalar<'_>> {
        match at(self, path)? {
            Value::Number(number) => Some(Scalar::Number(number.as_str())),
            Value::String(text) => Some(Scalar::Text(Cow::Borrowed(text))),
            Value::Bool(bool) => Some(Scalar::Bool(*bool)),
            _ => None,
        }
    }
}

/// A value whose scalars were noted while it was read.
#[derive(Debug)]
pub struct Leaves<'j> {
    json: &'j str,
    nodes: Vec<Node>,
}

/// A member of an object or an item of an array.
#[derive(Debug)]
struct Node {
    /// Of what: 0 is the value itself, else one more than the place of a node.
    of: usize,
    name: Name,
    leaf: Leaf,
}

#[derive(Debug)]
enum Name {
    Key(Token),
    Index(usize),
}

#[derive(Debug)]
enum Leaf {
    Number(usize, usize),
    Text(Token),
    Bool(bool),
    None,
}

impl<'j> Leaves<'j> {
    /// Reads the value that comes next, to its end.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn read(reader: &mut Reader<'j>) -> Result<Self, Fault> {
        let mut leaves = Self {
            json: reader.json(),
            nodes: Vec::with_capacity(16),
        };
        leaves.value(reader, 0)?;
        Ok(leaves)
    }

    /// The value of the node before `of`; how deep values go is bounded by the reader.
    fn value(&mut self, reader: &mut Reader<'j>, of: usize) -> Result<(), Fault> {
        let leaf = match reader.kind()? {
            Kind::Object => {
                reader.enter_object()?;
                while let Some(key) = reader.next_key()? {
                    self.member(reader, of, Name::Key(key))?;
                }
                return Ok(());
            }
            Kind::Array => {
                reader.enter_array()?;
                let mut nth = 0_usize;
                while reader.next_item()? {
                    self.member(reader, of, Name::Index(nth))?;
                    nth = nth.saturating_add(1);
                }
                return Ok(());
            }
            Kind::Number => {
                let start = reader.place();
                reader.number()?;
                Leaf::Number(start, reader.end_of_last())
            }
            Kind::String => Leaf::Text(reader.string()?),
            Kind::Bool => Leaf::Bool(reader.bool()?),
            Kind::Null => {
                reader.skip()?;
                return Ok(());
            }
        };
        if let Some(node) = of.checked_sub(1).and_then(|nth| self.nodes.get_mut(nth)) {
            node.leaf = leaf;
        }
        Ok(())
    }

    fn member(&mut self, reader: &mut Reader<'j>, of: usize, name: Name) -> Result<(), Fault> {
        let leaf = Leaf::None;
        self.nodes.push(Node { of, name, leaf });
        self.value(reader, self.nodes.len())
    }

    fn is(&self, node: &Node, name: &[u8]) -> bool {
        match &node.name {
            Name::Key(key) if !key.escaped => self.json.as_bytes().get(key.inner()) == Some(name),
            Name::Key(key) => key.text(self.json).as_bytes() == name,
            Name::Index(index) => {
                std::str::from_utf8(name).is_ok_and(|name| name.parse() == Ok(*index))
            }
        }
    }
}

impl Tree for Leaves<'_> {
    fn scalar(&self, path: &str) -> Option<Scalar<'_>> {
        let (mut of, mut leaf) = (0, &Leaf::None);
        for name in path.as_bytes().split(|byte| *byte == b'/').skip(1) {
            let mut nodes = self.nodes.iter().enumerate().skip(of);
            let (nth, node) = nodes.find(|(_, node)| node.of == of && self.is(node, name))?;
            (of, leaf) = (nth.saturating_add(1), &node.leaf);
        }
        match leaf {
            Leaf::Number(start, end) => self.json.get(*start..*end).map(Scalar::Number),
            Leaf::Text(token) => Some(Scalar::Text(token.text(self.json))),
            Leaf::Bool(bool) => Some(Scalar::Bool(*bool)),
            Leaf::None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{Leaves, Scalar, Tree};
    use crate::json::Reader;

    fn both<'v>(json: &'v str, value: &'v Value, path: &str) {
        let mut reader = Reader::new(json);
        let leaves = Leaves::read(&mut reader).unwrap();
        reader.end().unwrap();
        assert_eq!(leaves.scalar(path), value.scalar(path), "{json} {path}");
    }

    #[test]
    fn paths() {
        // Exponents are as they are written only in place: a tree has them in a form of its own.
        let json = r#" {"a": [{"b": 7, "c\u0020d": "x\ny"}, -1.50], "": true, "0": null, "a\"": {"a": {"a": 2}}} "#;
        let value = serde_json::from_str(json).unwrap();
        for path in [
            "", "/", "/a", "/a/0", "/a/0/b", "/a/0/c d", "/a/1", "/a/2", "/0", "/a\"/a/a",
            "/a\"/a", "/b", "/a/0/b/c", "/a/a/a",
        ] {
            both(json, &value, path);
        }
        assert_eq!(value.scalar("/a/1"), Some(Scalar::Number("-1.50")));
        assert_eq!(value.text("/a/0/c d").unwrap(), "x\ny");
        both("7", &json!(null), "/a");
    }

    #[test]
    fn what_is_not_json_is_a_fault() {
        for json in ["", "{", "{\"a\": 1", "{\"a\" 1}", "[1,]", "{\"a\": nul}"] {
            assert!(Leaves::read(&mut Reader::new(json)).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn a_tree_and_what_is_read_in_place_agree(
            names in prop::collection::vec("[ab/\"]{0,2}", 1..4),
            path in "(/[ab0]{0,2}){0,4}",
        ) {
            let mut value = json!([1, "x"]);
            for name in names {
                value = json!({"a": value, name: {"b": 2.5}});
            }
            let json = value.to_string();
            both(&json, &value, &path);
        }
    }
}
