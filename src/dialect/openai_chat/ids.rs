//! Ids of tool calls in a client's body, made to fit a provider that takes no others (Mistral): a conversation that
//! another provider began goes on there.

use super::neutral::fitting;
use crate::json::{Edit, Fault, Kind, Reader, mentions, quote};

/// The edits that make the ids fit. None for a body without calls, which is most of them.
///
/// # Errors
///
/// The body is not JSON.
pub fn shorten(json: &str) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    if !mentions(json, "tool_call") {
        return Ok(edits);
    }
    let mut reader = Reader::new(json);
    members(&mut reader, &mut |reader, key| match key {
        "messages" => items(reader, &mut |reader| {
            members(reader, &mut |reader, key| match key {
                "tool_call_id" => id(reader, &mut edits),
                "tool_calls" => items(reader, &mut |reader| {
                    members(reader, &mut |reader, key| match key {
                        "id" => id(reader, &mut edits),
                        _ => reader.skip().map(drop),
                    })
                }),
                _ => reader.skip().map(drop),
            })
        }),
        _ => reader.skip().map(drop),
    })?;
    Ok(edits)
}

type Step<'s, 'a> = &'s mut dyn FnMut(&mut Reader<'a>) -> Result<(), Fault>;
type Member<'s, 'a> = &'s mut dyn FnMut(&mut Reader<'a>, &str) -> Result<(), Fault>;

fn members<'a>(reader: &mut Reader<'a>, each: Member<'_, 'a>) -> Result<(), Fault> {
    if reader.kind()? != Kind::Object {
        return reader.skip().map(drop);
    }
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        let key = key.text(reader.json());
        each(reader, &key)?;
    }
    Ok(())
}

fn items<'a>(reader: &mut Reader<'a>, each: Step<'_, 'a>) -> Result<(), Fault> {
    if reader.kind()? != Kind::Array {
        return reader.skip().map(drop);
    }
    reader.enter_array()?;
    while reader.next_item()? {
        each(reader)?;
    }
    Ok(())
}

fn id(reader: &mut Reader<'_>, edits: &mut Vec<Edit>) -> Result<(), Fault> {
    if reader.kind()? != Kind::String {
        return reader.skip().map(drop);
    }
    let token = reader.string()?;
    if let Some(new) = fitting(&token.text(reader.json())) {
        edits.push(Edit::new(token.span(), quote(&new)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::apply;

    #[test]
    fn calls_and_their_results_keep_together_and_all_else_stays() {
        let body = |id: &str| {
            format!(
                r#"{{ "model":"m","messages":[ {{"role":"assistant","tool_calls":[{{"id":"{id}","type":"function","function":{{"name":"f","arguments":"{{}}"}}}},{{"id":"abcdefgh1"}}]}},{{"tool_call_id" : "{id}","id":"call_1"}}, 7], "id":"call_1"}}"#
            )
        };
        let before = body("call_1");
        let mut edits = shorten(&before).unwrap();
        assert_eq!(edits.len(), 2);
        let new = fitting("call_1").unwrap();
        assert_eq!(new.len(), 9);
        let after = apply(before.as_bytes(), &mut edits);
        assert_eq!(String::from_utf8(after).unwrap(), body(&new));
        assert!(shorten(&body("abcdefgh2")).unwrap().is_empty());
        assert!(shorten(r#"{"messages":"tool_call"}"#).unwrap().is_empty());
    }
}
