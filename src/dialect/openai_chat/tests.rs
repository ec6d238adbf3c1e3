use super::*;
use crate::dialect::Dialect;
use crate::dialect::splice::{Request, Voice};
use crate::json::{Edit, apply};
use crate::refusal::Refusal;

fn read(body: &str) -> Request<'_> {
    Request::read(Dialect::OpenAiChat, body.as_bytes()).unwrap()
}

fn said(body: &str) -> Vec<String> {
    read(body)
        .passages
        .iter()
        .map(|passage| passage.text().to_owned())
        .collect()
}

#[test]
fn text_is_found_wherever_it_stands() {
    let body = r#"{"model":"m","user":"u1","messages":[
      {"role":"system","content":"s1"},
      {"role":"user","name":"n1","content":[{"type":"text","text":"t1"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
        {"type":"input_audio","input_audio":{"data":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","format":"wav"}},
        {"type":"file","file":{"file_data":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","filename":"f1"}},
        {"type":"new_kind","words":["w1",{"more":"w2"}]}]},
      {"role":"assistant","content":null,"reasoning_content":"r1","tool_calls":[{"id":"c","type":"function",
        "function":{"name":"send","arguments":"{\"to\":\"a1\"}"}}]},
      {"role":"tool","tool_call_id":"c","c\u006fntent":"o1"}],
      "tools":[{"type":"function","function":{"name":"send","description":"d1","parameters":{"type":"object",
        "properties":{"name":{"type":"string","description":"p1","enum":["e1"]},"deep":{"type":"object",
        "properties":{"x":{"type":"string","description":"q1"}}}}}}}],
      "metadata":{"k":"m1"},"stop":["z1"],"seed":4111111111111111,"prompt_cache_key":"c1","conversation":"not text"}"#;
    let expected = [
        "u1",
        "s1",
        "n1",
        "t1",
        "f1",
        "w1",
        "w2",
        "r1",
        "{\"to\":\"a1\"}",
        "o1",
        "d1",
        "p1",
        "e1",
        "q1",
        "m1",
        "z1",
        "c1",
    ];
    assert_eq!(said(body), expected);
}

#[test]
fn usage_is_switched_on_and_taken_out() {
    let asked = r#""stream_options":{"include_usage":true}"#;
    let rows = [
        (r#"{"model":"m","messages":[]}"#, false, None),
        (
            r#"{ "model":"m","messages":[],"stream_options":{} }"#,
            false,
            Some(r#"{ "model":"m","messages":[] }"#),
        ),
        (
            r#"{"stream_options" : null , "model":"m","messages":[]}"#,
            false,
            Some(r#"{ "model":"m","messages":[]}"#),
        ),
        (
            r#"{"model":"m", "stream_options":{"include_usage":false,"x":1}, "messages":[]}"#,
            false,
            Some(r#"{"model":"m", "messages":[]}"#),
        ),
        (
            r#"{"model":"m","stream_options":{"x":1},"messages":[]}"#,
            false,
            Some(r#"{"model":"m","messages":[]}"#),
        ),
        (
            r#"{"model":"m","stream_options":{"include_usage":true},"messages":[]}"#,
            true,
            Some(r#"{"model":"m","messages":[]}"#),
        ),
    ];
    for (body, wanted, without) in rows {
        let options = read(body).stream_options;
        assert_eq!(options.asked, wanted, "{body}");
        let mut edits: Vec<Edit> = options.switch_on().into_iter().collect();
        let on = String::from_utf8(apply(body.as_bytes(), &mut edits)).unwrap();
        let value: serde_json::Value = serde_json::from_str(&on).unwrap();
        assert_eq!(value["stream_options"]["include_usage"], true, "{on}");
        assert!(on.contains(asked) || body.contains("stream_options"));
        let taken = options
            .take_out()
            .map(|edit| String::from_utf8(apply(body.as_bytes(), &mut [edit])).unwrap());
        assert_eq!(taken.as_deref(), without);
    }
}

#[test]
fn what_is_ambiguous_is_refused() {
    let rows = [
        (&b"\xff"[..], "not valid UTF-8 at byte 0"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b"[]", "expected an object, at byte 0"),
        (
            b"{\"model\":\"a\",\"mod\\u0065l\":\"b\"}",
            "\"model\" stands twice",
        ),
        (
            b"{\"messages\":[],\"messages\":[]}",
            "\"messages\" stands twice",
        ),
        (b"{\"model\":\"a\",\"messages\":[]} x", "more text follows"),
        (
            b"{\n \"model\": 'a'}",
            "expected a value, at byte 12 (line 2, column 11)",
        ),
        (
            b"{\"model\":7,\"messages\":[]}",
            "Invalid 'model': expected a string, found a number",
        ),
        (
            b"{\"model\":\"a\",\"messages\":{}}",
            "Invalid 'messages': expected an array",
        ),
        (
            b"{\"model\":\"a\",\"messages\":[1]}",
            "Invalid 'messages[0]': expected an object",
        ),
        (
            b"{\"model\":\"a\",\"messages\":[],\"stream\":\"true\"}",
            "Invalid 'stream'",
        ),
        (b"{\"model\":\"a\"}", "'messages' is missing"),
    ];
    for (body, words) in rows {
        let refusal = Request::read(Dialect::OpenAiChat, body).unwrap_err();
        let answer = refusal.answer();
        assert!(answer.message.contains(words), "{}", answer.message);
        assert_eq!(answer.status, 400);
    }
    let deep = format!(
        "{{\"model\":\"a\",\"messages\":[],\"x\":{}",
        "[".repeat(200)
    );
    let refusal = Request::read(Dialect::OpenAiChat, deep.as_bytes()).unwrap_err();
    assert!(matches!(refusal, Refusal::Json { what, .. } if what.contains("deeper than 128")));
}

#[test]
fn a_chunk_says_what_it_says() {
    let json = r#"{"choices":[{"delta":{"content":"hi","tool_calls":[{"function":{"arguments":"{"},"index":3}]},"index":2,"finish_reason":"stop"}],"usage":null}"#;
    let chunk = read_chunk(json).unwrap();
    let said: Vec<_> = chunk
        .said
        .iter()
        .map(|said| (said.lane, said.voice))
        .collect();
    assert_eq!(said, [(2, Voice::Content), (2, Voice::Arguments(3))]);
    assert_eq!(chunk.closed, [2]);
    assert_eq!(chunk.finish_reason.as_deref(), Some("stop"));
    assert!(!chunk.usage_only);
}

#[test]
fn usage_has_one_form() {
    let json = r#"{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":20.0,"total_tokens":30,
        "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":5}}}"#;
    let chunk = read_chunk(json).unwrap();
    let usage = chunk.usage.unwrap();
    assert_eq!(
        (usage.input, usage.cached, usage.output, usage.reasoning),
        (Some(10), 4, Some(20), 5)
    );
    assert!(chunk.usage_only);
}
