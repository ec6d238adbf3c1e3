//! Any value of a request, looked through for text.

use super::draft::{Draft, Stop};
use crate::json::Kind;
use crate::mask::Form;

/// Reads the value of `key`: its strings are passages that are not counted, but for those under a
/// key that is `not_text`.
pub(in crate::dialect) fn read(
    draft: &mut Draft<'_>,
    key: &str,
    not_text: &[&str],
) -> Result<(), Stop> {
    match draft.reader.kind()? {
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
                read(draft, inner, not_text)?;
            }
        }
        Kind::Array => {
            draft.reader.enter_array()?;
            while draft.reader.next_item()? {
                read(draft, key, not_text)?;
            }
        }
        _ => {
            draft.reader.skip()?;
        }
    }
    Ok(())
}
