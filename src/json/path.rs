//! A member of a JSON tree by its path.

use serde_json::Value;

/// The value at a path such as `/choices/0/message`. Names stand in it as they are: unlike those of a JSON Pointer
/// (RFC 6901) they have no escapes, so that looking needs no memory.
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('/')
        .skip(1)
        .try_fold(value, |within, name| match within {
            Value::Object(members) => members.get(name),
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::at;

    #[test]
    fn paths() {
        let value = json!({"a": [{"b": 7}], "": 1, "0": 2});
        for (path, found) in [
            ("", Some(value.clone())),
            ("/a/0/b", Some(json!(7))),
            ("/0", Some(json!(2))),
            ("/", Some(json!(1))),
            ("/a/1", None),
            ("/a/b", None),
            ("/a/0/b/c", None),
        ] {
            assert_eq!(at(&value, path), found.as_ref(), "{path}");
        }
    }
}
