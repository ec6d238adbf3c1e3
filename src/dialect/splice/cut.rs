//! Items taken out of a body's arrays, so that the rest can go on byte for byte.

use crate::json::{Edit, Fault, Reader};

/// Goes through the array that comes next; the items that are `out` are cut, each with a comma.
pub(in crate::dialect) fn cut(
    reader: &mut Reader<'_>,
    edits: &mut Vec<Edit>,
    mut out: impl FnMut(&str) -> bool,
) -> Result<(), Fault> {
    let json = reader.json();
    reader.enter_array()?;
    let mut kept = false;
    // Where the last item ended: what is cut begins there, its comma with it.
    let mut open = reader.end_of_last();
    while reader.next_item()? {
        let at = reader.skip()?;
        if !out(json.get(at.clone()).unwrap_or_default()) {
            kept = true;
            open = at.end;
            continue;
        }
        let end = match kept {
            true => at.end,
            // With nothing before it, the comma behind goes.
            false => behind_comma(json, at.end),
        };
        edits.push(Edit::new(open..end, ""));
        open = end;
    }
    Ok(())
}

fn behind_comma(json: &str, end: usize) -> usize {
    let rest = json.get(end..).unwrap_or_default();
    let space = rest.len().saturating_sub(rest.trim_start().len());
    let comma = end.saturating_add(space);
    match json.as_bytes().get(comma) {
        Some(b',') => comma.saturating_add(1),
        _ => end,
    }
}
