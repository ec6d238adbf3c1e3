//! `identity`: the attributes of Envoy's that say who calls.

use super::node::{Faults, Node};
use crate::policy::{Attribute, Identity};

const FORM: &str = "a path such as request.headers.x-user or metadata.filter_metadata[\"a.b\"].payload.sub, or the list \
                    of its parts";

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Identity {
    let known = ["key", "team", "user", "plan"];
    let Some(fields) = node.fields(faults, &known, &[]) else {
        return Identity::default();
    };
    let mut path = |name| {
        let node = fields.get(name)?;
        attribute(&node, faults)
    };
    let [key, team, user, plan] = known.map(|name| path(name).unwrap_or_default());
    if known.iter().all(|name| fields.get(name).is_none()) {
        let message = "is empty; expected one or more of: key, team, user, plan";
        faults.add(node, message);
    }
    Identity {
        key,
        team,
        user,
        plan,
    }
}

fn attribute(node: &Node<'_>, faults: &mut Faults) -> Option<Attribute> {
    let path = match node.is_list() {
        true => {
            let parts = node.items(faults);
            let parts: Option<Vec<String>> = parts
                .iter()
                .map(|part| part.text(faults).map(str::to_owned))
                .collect();
            parts?
        }
        false => match node.as_text().and_then(split) {
            Some(path) => path,
            None => {
                node.expected(faults, FORM);
                return None;
            }
        },
    };
    // A NUL ends a part where the proxy takes paths.
    let whole = |part: &String| !part.is_empty() && !part.contains('\0');
    if path.len() < 2 || !path.iter().all(whole) {
        node.expected(faults, FORM);
        return None;
    }
    // Names of headers are in lower case wherever Envoy has them.
    let of_header = matches!(path.as_slice(), [request, headers, _] if request == "request" && headers == "headers");
    let lower = |part: String| {
        if of_header {
            part.to_ascii_lowercase()
        } else {
            part
        }
    };
    Some(path.into_iter().map(lower).collect())
}

/// A path taken apart at its dots; what stands in `["…"]` is one part.
fn split(path: &str) -> Option<Attribute> {
    let mut parts = Vec::new();
    let mut rest = path;
    loop {
        let (part, after) = match rest.strip_prefix("[\"") {
            Some(quoted) => quoted.split_once("\"]")?,
            None => {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                rest.split_at_checked(end)?
            }
        };
        if part.is_empty() {
            return None;
        }
        parts.push(part.to_owned());
        rest = match after.strip_prefix('.') {
            Some(next) => next,
            None if after.is_empty() => return Some(parts),
            None if after.starts_with("[\"") => after,
            None => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn names_with_dots_stand_in_brackets() {
        let rows: [(&str, &[&str]); 4] = [
            ("request.headers.x-user", &["request", "headers", "x-user"]),
            (
                r#"metadata.filter_metadata["envoy.filters.http.jwt_authn"].payload.sub"#,
                &[
                    "metadata",
                    "filter_metadata",
                    "envoy.filters.http.jwt_authn",
                    "payload",
                    "sub",
                ],
            ),
            (r#"a["b.c"]["d"]"#, &["a", "b.c", "d"]),
            ("a", &["a"]),
        ];
        for (path, parts) in rows {
            assert_eq!(split(path).unwrap(), parts);
        }
        for wrong in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            r#"a[""]"#,
            r#"a["b"#,
            r#"a["b"]c"#,
            "a[b]",
            "a[0].b",
        ] {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }
}
