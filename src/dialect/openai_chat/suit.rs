//! What OpenAI has renamed, by the name that the other providers of chat completions know.

use crate::dialect::quirks::Quirks;
use crate::dialect::splice::{items, object};
use crate::json::{Edit, Fault, Kind, Reader, mentions};

/// The newer name of the limit of output tokens.
const NEWER: &str = "max_completion_tokens";

/// The edits for a provider with these quirks; none for most bodies.
///
/// # Errors
///
/// The body is not JSON.
pub fn suit(json: &str, quirks: &Quirks) -> Result<Vec<Edit>, Fault> {
    let limit = quirks.max_tokens != NEWER && mentions(json, NEWER);
    let roles = !quirks.developer && mentions(json, "\"developer\"");
    let mut edits = Vec::new();
    if !limit && !roles {
        return Ok(edits);
    }
    let (mut newer, mut older) = (None, false);
    let mut reader = Reader::new(json);
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        match key.text(json).as_ref() {
            NEWER => newer = Some(key.span()),
            name if name == quirks.max_tokens => older = true,
            "messages" if roles && reader.kind()? == Kind::Array => {
                items(&mut reader, |reader, _| role(reader, &mut edits))?;
                continue;
            }
            _ => {}
        }
        reader.skip()?;
    }
    if let (Some(at), true, false) = (newer, limit, older) {
        edits.push(Edit::new(at, crate::json::quote(quirks.max_tokens)));
    }
    Ok(edits)
}

fn role(reader: &mut Reader<'_>, edits: &mut Vec<Edit>) -> Result<(), Fault> {
    let json = reader.json();
    object(reader, |reader, key, kind| {
        let role = key == "role" && kind == Kind::String;
        if role {
            let token = reader.string()?;
            if token.text(json) == "developer" {
                edits.push(Edit::new(token.span(), "\"system\""));
            }
        }
        Ok(role)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::apply;

    #[test]
    fn what_openai_renamed_has_its_older_name() {
        let suited = |json: &str, quirks: &Quirks| {
            let mut edits = suit(json, quirks).unwrap();
            String::from_utf8(apply(json.as_bytes(), &mut edits)).unwrap()
        };
        let body = r#"{"max_completion_tokens" : 9, "messages":[{"role":"developer","content":"\"developer\""},{"content":"x","role": "user"}]}"#;
        let plain = r#"{"max_tokens" : 9, "messages":[{"role":"system","content":"\"developer\""},{"content":"x","role": "user"}]}"#;
        assert_eq!(suited(body, &Quirks::COMMON), plain);
        assert_eq!(suited(body, &Quirks::OPENAI), body);
        for own in [plain, r#"{"max_tokens":1,"max_completion_tokens":2}"#] {
            assert_eq!(suited(own, &Quirks::MISTRAL), own);
        }
    }
}
