//! Any value of a request, looked through for text.

use super::draft::{Draft, Stop};
use crate::json::Kind;
use crate::mask::Form;

/// Members of a body that name what a provider keeps, or what it may be asked with: they are no texts, and
/// nothing in them may change.
const NAMES: [&str; 5] = [
    "previous_response_id",
    "conversation",
    "container",
    "cachedContent",
    "cached_content",
];

/// Reads the value of `key`: its strings are passages that are not counted, but for those under a
/// key that is `not_text`.
pub(in crate::dialect) fn read(
    draft: &mut Draft<'_>,
    key: &str,
    not_text: &[&str],
) -> Result<(), Stop> {
    value(draft, key, not_text, false)
}

/// Reads a member of a body that Tollgate has no reason to know.
pub(in crate::dialect) fn other(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    if NAMES.contains(&name) {
        draft.reader.skip()?;
        return Ok(());
    }
    // Credentials that stand there are for the provider to use.
    value(draft, name, &[], name == "mcp_servers")
}

fn value(draft: &mut Draft<'_>, key: &str, not_text: &[&str], fixed: bool) -> Result<(), Stop> {
    match draft.reader.kind()? {
        Kind::String if fixed => {
            let token = draft.reader.string()?;
            draft.fixed(token);
        }
        Kind::String if key == "url" && not_text.contains(&key) => {
            let token = draft.reader.string()?;
            if token.text(draft.reader.json()).contains("://") {
                draft.fixed(token);
            }
        }
        Kind::String if !not_text.contains(&key) => {
            draft.passage(Form::Plain)?;
        }
        Kind::Object => {
            draft.reader.enter_object()?;
            while let Some(inner) = draft.next_key()? {
                // A schema's property may be called "name": what it holds is a schema all the same.
                let inner = if key == "properties" {
                    ""
                } else {
                    inner.as_ref()
                };
                value(draft, inner, not_text, fixed)?;
            }
        }
        Kind::Array => {
            draft.reader.enter_array()?;
            while draft.reader.next_item()? {
                value(draft, key, not_text, fixed)?;
            }
        }
        _ => {
            draft.reader.skip()?;
        }
    }
    Ok(())
}
