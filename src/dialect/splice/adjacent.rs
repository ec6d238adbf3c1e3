//! Which texts of a request go on where another ends: parts of one message, one right behind the other, which a
//! model reads as one text.

use std::ops::Range;

use super::passage::{Passage, Place};
use crate::mask::Form;

/// More than this stands between two parts only where one is no text, in bytes.
const BETWEEN: usize = 512;

/// The passages of each text that is told in several parts, by their indexes.
pub(super) fn adjacent(json: &str, passages: &[Passage<'_>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut last: Option<(usize, &Passage<'_>)> = None;
    for (nth, passage) in passages.iter().enumerate() {
        if !is_part(json, passage) {
            continue;
        }
        let before = last.replace((nth, passage));
        let Some((own, before)) = before.filter(|(own, _)| own.saturating_add(1) == nth) else {
            continue;
        };
        let between = json.get(before.token.end..passage.token.start);
        if !between.is_some_and(are_neighbours) {
            continue;
        }
        match runs.last_mut().filter(|run| run.end == nth) {
            Some(run) => run.end = nth.saturating_add(1),
            None => runs.push(own..nth.saturating_add(1)),
        }
    }
    runs
}

/// The value of a member `text`.
fn is_part(json: &str, passage: &Passage<'_>) -> bool {
    let before = json.get(..passage.token.start).unwrap_or_default();
    let key = before.trim_ascii_end().strip_suffix(':');
    let is_text = key.is_some_and(|key| key.trim_ascii_end().ends_with("\"text\""));
    is_text && passage.place == Place::Text && passage.form == Form::Plain
}

/// What stands between two strings leaves one object of an array and goes into the next.
fn are_neighbours(between: &str) -> bool {
    if between.len() > BETWEEN {
        return false;
    }
    let (mut depth, mut lowest, mut left) = (0_i32, 0_i32, 0_u32);
    let (mut inside, mut escaped) = (false, false);
    for byte in between.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            _ if inside => {}
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                lowest = lowest.min(depth);
                left = left.saturating_add(u32::from(depth < 0));
            }
            _ => {}
        }
    }
    (depth, lowest, left) == (0, -1, 1)
}

#[cfg(test)]
mod tests {
    use crate::dialect::Dialect;
    use crate::dialect::splice::Request;

    #[test]
    fn parts_of_a_message_are_one_text() {
        let rows = [
            (
                Dialect::OpenAiChat,
                r#"{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type" : "text", "text" : "b"},
                 {"text":"c","type":"text"},{"type":"image_url","image_url":{"url":"data:x"}},{"type":"text","text":"d"}]},
                 {"role":"user","content":[{"type":"text","text":"e"}]},{"role":"user","content":"f"}]}"#,
                vec!["abc"],
            ),
            (
                Dialect::Anthropic,
                r#"{"system":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}],
                 "messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[
                 {"type":"text","text":"c"},{"type":"text","text":"d"}]},{"type":"text","text":"e"}]}]}"#,
                vec!["ab", "cd"],
            ),
            (
                Dialect::Gemini,
                r#"{"contents":[{"parts":[{"text":"a"},{"text":"b\"}{"}]},{"parts":[{"text":"c"},{"text":"d"}]}]}"#,
                vec!["ab\"}{", "cd"],
            ),
            (
                Dialect::OpenAiResponses,
                r#"{"input":[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_text","text":"b"}]}]}"#,
                vec!["ab"],
            ),
            (Dialect::OpenAiEmbeddings, r#"{"input":["a","b"]}"#, vec![]),
        ];
        for (dialect, body, expected) in rows {
            let request = Request::read(dialect, body.as_bytes()).unwrap();
            let runs = request.adjacent().into_iter();
            let texts = runs.map(|run| {
                let own = request.passages[run].iter();
                own.map(|own| own.text().to_owned()).collect::<String>()
            });
            assert_eq!(texts.collect::<Vec<_>>(), expected, "{body}");
        }
    }
}
