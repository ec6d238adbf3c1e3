//! Streams of providers, read.

use super::*;

/// A chunk with one choice of this delta.
fn delta(delta: &str) -> String {
    format!(r#"{{"id":"r","created":5,"model":"m","choices":[{{"index":0,"delta":{delta}}}]}}"#)
}

const STOP: &str = r#"{"id":"r","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

/// What is said, in short: `t` text, `r` thought, `n` refusal, `c:NAME` call, `s` sealed; blocks in brackets.
fn sketch(deltas: &[Delta]) -> String {
    let mut out = String::new();
    for delta in deltas {
        match delta {
            Delta::Begin { .. } => {}
            Delta::Open { block, kind, .. } => {
                out += &match kind {
                    BlockKind::Text => format!("<{block}t "),
                    BlockKind::Thought => format!("<{block}r "),
                    BlockKind::Refusal => format!("<{block}n "),
                    BlockKind::Sealed { data, .. } => format!("<{block}s:{data}"),
                    BlockKind::Call { name, .. } => format!("<{block}c:{name} "),
                }
            }
            Delta::Say { block, text, .. } => out += &format!("{block}:{text} "),
            Delta::Sign {
                block, signature, ..
            } => out += &format!("{block}!{signature} "),
            Delta::Cite { .. } => out += "cite ",
            Delta::Close { block, .. } => out += &format!("{block}> "),
            Delta::Finish { stop, .. } => out += &format!("{stop:?} "),
            Delta::Usage(usage) => {
                out += &format!("u{}/{} ", usage.input.unwrap(), usage.output.unwrap())
            }
            Delta::End => out += "end",
            Delta::Error(error) => out += &format!("error {}", error.message),
        }
    }
    out
}

fn run(pieces: &[&str]) -> String {
    let chunks: Vec<String> = pieces.iter().map(|piece| delta(piece)).collect();
    let mut chunks: Vec<&str> = chunks.iter().map(String::as_str).collect();
    chunks.extend([STOP, "[DONE]"]);
    sketch(&deltas(&chunks))
}

#[test]
fn texts_and_thoughts() {
    let rows: [(&[&str], &str); 10] = [
        (
            &[
                r#"{"role":"assistant","content":""}"#,
                r#"{"content":"a"}"#,
                r#"{"content":"b"}"#,
            ],
            "<0t 0:a 0:b 0> End end",
        ),
        (
            &[
                r#"{"reasoning_content":"t"}"#,
                r#"{"reasoning_content":"","content":"a"}"#,
            ],
            "<0r 0:t 0> <1t 1:a 1> End end",
        ),
        (
            &[
                r#"{"reasoning":"t"}"#,
                r#"{"reasoning":null,"content":"a"}"#,
            ],
            "<0r 0:t 0> <1t 1:a 1> End end",
        ),
        (
            &[
                r#"{"reasoning":"t","reasoning_details":[{"type":"reasoning.text","text":"t","index":0}]}"#,
                r#"{"reasoning_details":[{"type":"reasoning.text","signature":"s","index":0}]}"#,
                r#"{"reasoning_details":[{"type":"reasoning.text","text":"u","index":1}]}"#,
                r#"{"reasoning_details":[{"type":"reasoning.encrypted","data":"d","index":2}]}"#,
                r#"{"content":"a"}"#,
            ],
            "<0r 0:t 0!s 0> <1r 1:u 1> <2s:d2> <3t 3:a 3> End end",
        ),
        (&[r#"{"refusal":"no"}"#], "<0n 0:no 0> End end"),
        (
            &[
                r#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"t"}]}]}"#,
                r#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"u"}],"closed":true},{"type":"text","text":"a"}]}"#,
                r#"{"content":"b"}"#,
            ],
            "<0r 0:t 0:u 0> <1t 1:a 1:b 1> End end",
        ),
        (
            &[
                r#"{"content":"a","annotations":[{"type":"url_citation","url_citation":{"url":"u"}}]}"#,
            ],
            "<0t 0:a cite 0> End end",
        ),
        (
            &[
                r#"{"content":7,"reasoning_details":"x","tool_calls":{}}"#,
                "null",
                "5",
                "[]",
            ],
            "End end",
        ),
        (&[r#"{"content":"\u0000é"}"#], "<0t 0:\u{0}é 0> End end"),
        (&[], "End end"),
    ];
    for (pieces, expected) in rows {
        assert_eq!(run(pieces), expected, "{pieces:?}");
    }
}

#[test]
fn calls_in_the_habits_of_providers() {
    let rows: [(&str, &[&str], &str); 11] = [
        (
            "parallel",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#,
                r#"{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}"#,
            ],
            r#"<0c:f 0:{"x": 0:1} 0> <1c:g 1:{} 1> Tool end"#,
        ),
        (
            "index always 0, new ids",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}"#,
                r#"{"tool_calls":[{"index":0,"id":"b","function":{"name":"g","arguments":"{\"x\":"}}]}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#,
            ],
            r#"<0c:f 0:{} 0> <1c:g 1:{"x": 1:1} 1> Tool end"#,
        ),
        (
            "neither index nor id",
            &[
                r#"{"tool_calls":[{"function":{"name":"f","arguments":"{}"}},{"function":{"name":"f","arguments":"{\"x\":1}"}}]}"#,
            ],
            r#"<0c:f 0:{} 0> <1c:f 1:{"x":1} 1> Tool end"#,
        ),
        (
            "index 0 and an empty id, whole calls",
            &[
                r#"{"tool_calls":[{"index":0,"id":"","function":{"name":"f","arguments":"{}"}}]}"#,
                r#"{"tool_calls":[{"index":0,"id":"","function":{"name":"f","arguments":"{\"x\":1}"}}]}"#,
            ],
            r#"<0c:f 0:{} 0> <1c:f 1:{"x":1} 1> Tool end"#,
        ),
        (
            "missing index, ids once",
            &[
                r#"{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}"#,
                r#"{"tool_calls":[{"function":{"arguments":"1}"}}]}"#,
                r#"{"tool_calls":[{"id":"b","function":{"name":"g","arguments":"{}"}}]}"#,
            ],
            r#"<0c:f 0:{"x": 0:1} 0> <1c:g 1:{} 1> Tool end"#,
        ),
        (
            "interleaved",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}},{"index":1,"id":"b","function":{"name":"g","arguments":"{\"y\""}}]}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},{"index":1,"function":{"arguments":":2}"}}]}"#,
            ],
            r#"<0c:f 0:{"x" <1c:g 1:{"y" 0::1} 1::2} 0> 1> Tool end"#,
        ),
        (
            "a new id in every fragment, the name once",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}"#,
                r#"{"tool_calls":[{"index":0,"id":"b","function":{"arguments":"1}"}}]}"#,
            ],
            r#"<0c:f 0:{"x": 0:1} 0> Tool end"#,
        ),
        (
            "cut inside an escape",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":\"\\"}}]}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":"\"}\\"}}]}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":"\\\"}"}}]}"#,
                r#"{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}"#,
            ],
            r#"<0c:f 0:{"x":"\ 0:"}\ 0:\"} 0> <1c:g 1:{} 1> Tool end"#,
        ),
        (
            "text, then a call with a signature, then text",
            &[
                r#"{"content":"a"}"#,
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"s"}}}]}"#,
                r#"{"content":"b"}"#,
            ],
            "<0t 0:a 0> <1c:f 1!s 1:{} 1> <2t 2:b 2> Tool end",
        ),
        (
            "text in the midst of arguments",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}"#,
                r#"{"content":"a"}"#,
                r#"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#,
                r#"{"content":"b"}"#,
            ],
            r#"<0c:f 0:{"x": 0:1} 0> <1t 1:a 1:b 1> Tool end"#,
        ),
        (
            "an object for arguments, a custom call",
            &[
                r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}]}"#,
                r#"{"tool_calls":[{"index":1,"id":"b","type":"custom","custom":{"name":"g","input":"x {"}}]}"#,
            ],
            r#"<0c:f 0:{"x":1} 0> <1c:g 1:x { 1> Tool end"#,
        ),
    ];
    for (name, pieces, expected) in rows {
        assert_eq!(run(pieces), expected, "{name}");
    }
}

#[test]
fn usage_beginnings_and_ends() {
    let text = delta(r#"{"content":"a"}"#);
    let each = |tokens: u32| {
        format!(
            r#"{{"choices":[{{"index":0,"delta":{{"content":"a"}}}}],"usage":{{"prompt_tokens":1,"completion_tokens":{tokens}}}}}"#
        )
    };
    let azure = r#"{"id":"","created":0,"model":"","choices":[],"prompt_filter_results":[]}"#;
    let last = r#"{"id":"r","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#;
    let groq = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":1,"completion_tokens":2}}}"#;
    let moonshot = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":1,"completion_tokens":2}}]}"#;
    let empty = r#"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":""}]}"#;
    let vllm = r#"{"object":"error","message":"boom","code":500}"#;
    let router = r#"{"id":"r","error":{"code":502,"message":"boom"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#;
    let inner = r#"{"id":"r","choices":[{"index":0,"delta":{},"finish_reason":"error","error":{"message":"boom"}}]}"#;
    let cut = "error The provider's stream ended before it was complete.";
    let rows: [(&str, &[&str], String); 16] = [
        (
            "in the last chunk",
            &[&text, STOP, last, "[DONE]"],
            "<0t 0:a 0> End u1/2 end".into(),
        ),
        (
            "in every chunk",
            &[&each(1), &each(2), STOP, "[DONE]"],
            "<0t 0:a u1/1 0:a u1/2 0> End end".into(),
        ),
        (
            "x_groq",
            &[&text, groq, "[DONE]"],
            "<0t 0:a 0> End u1/2 end".into(),
        ),
        (
            "in the choice",
            &[&text, moonshot, "[DONE]"],
            "<0t 0:a 0> End u1/2 end".into(),
        ),
        (
            "an empty reason in every chunk",
            &[empty, empty, STOP, "[DONE]"],
            "<0t 0:a 0:a 0> End end".into(),
        ),
        ("no [DONE]", &[&text, STOP], "<0t 0:a 0> End end".into()),
        ("no reason", &[&text, "[DONE]"], "<0t 0:a 0> End end".into()),
        (
            "Azure's first chunk",
            &[azure, &text, STOP, "[DONE]"],
            "<0t 0:a 0> End end".into(),
        ),
        (
            "more after the end",
            &[&text, STOP, &text, STOP, "[DONE]", &text],
            "<0t 0:a 0> End end".into(),
        ),
        ("cut", &[&text], format!("<0t 0:a {cut}")),
        ("nothing", &[], cut.to_owned()),
        ("only [DONE]", &["[DONE]"], cut.to_owned()),
        (
            "an error first",
            &[r#"{"error":{"message":"boom"}}"#, &text],
            "error boom".into(),
        ),
        (
            "an error in the midst",
            &[&text, router, "[DONE]"],
            "<0t 0:a error boom".into(),
        ),
        (
            "an error in a choice",
            &[&text, inner],
            "<0t 0:a error boom".into(),
        ),
        ("no JSON", &[&text, "{\"id"], "<0t 0:a error {\"id".into()),
    ];
    for (name, chunks, expected) in rows {
        assert_eq!(sketch(&deltas(chunks)), expected, "{name}");
    }
    assert!(matches!(
        deltas(&[&text, vllm]).last(),
        Some(Delta::Error(_))
    ));
    let begin = deltas(&[azure, &text, STOP]).swap_remove(0);
    let expected = Delta::Begin {
        id: Some("r".to_owned()),
        model: Some("m".to_owned()),
        created: Some(5),
    };
    assert_eq!(begin, expected);
    let mut out = Vec::new();
    StreamReader::default().event("error", r#"{"error":{"message":"boom"}}"#, &mut out);
    assert_eq!(sketch(&out), "error boom");
}

#[test]
fn several_choices() {
    let chunks = [
        r#"{"id":"r","choices":[{"index":1,"delta":{"content":"b"}}]}"#,
        r#"{"id":"r","choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{},"finish_reason":"length"}]}"#,
        r#"{"id":"r","choices":[{"index":0,"delta":{"tool_calls":[{"id":"x","function":{"name":"f"}}]},"finish_reason":"stop"}]}"#,
        "[DONE]",
    ];
    let read = deltas(&chunks);
    assert_eq!(
        sketch(&read),
        "<0t 0:b <0t 0:a 0> Length 0> <1c:f 1> Tool end"
    );
    let written = stream(&read, told());
    assert_eq!(
        checker::message(&written, 1),
        (
            json!({"role": "assistant", "content": "b"}),
            json!("length")
        )
    );
    let (message, reason) = checker::message(&written, 0);
    assert_eq!(
        (&message["content"], reason),
        (&json!("a"), json!("tool_calls"))
    );
    assert_eq!(
        message["tool_calls"][0]["function"],
        json!({"name": "f", "arguments": "{}"})
    );
}

#[test]
fn logprobs_come_with_their_words() {
    let logprobs = json!({"content": [{"token": "a"}], "refusal": null});
    let empty = r#"{"content":[],"refusal":null}"#;
    let first = format!(
        r#"{{"id":"r","choices":[{{"index":0,"delta":{{"content":""}},"logprobs":{empty}}}]}}"#
    );
    let next =
        format!(r#"{{"choices":[{{"index":0,"delta":{{"content":"a"}},"logprobs":{logprobs}}}]}}"#);
    let read = deltas(&[&first, &next, STOP]);
    let said: Vec<_> = read
        .iter()
        .filter_map(|delta| match delta {
            Delta::Say { text, logprobs, .. } => Some((text.as_str(), logprobs.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(said, [("a", Some(logprobs))]);
}
