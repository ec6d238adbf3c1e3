//! Each checker passes what is right and catches each single thing that is wrong: a right stream, and edits of it.

use super::*;

type Check = fn(&str) -> Checked;

/// A right stream, and edits of it with a part of what is to be said about each.
struct Case {
    check: Check,
    right: &'static str,
    wrong: &'static [(&'static str, &'static str, &'static str)],
}

fn tried(cases: &[Case]) {
    for (number, case) in cases.iter().enumerate() {
        assert_eq!((case.check)(case.right), Ok(()), "case {number}");
        for (from, to, why) in case.wrong {
            assert!(case.right.contains(from), "case {number} has no {from:?}");
            let wrong = case.right.replacen(from, to, 1);
            let said =
                (case.check)(&wrong).expect_err(&format!("case {number}, {from:?} -> {to:?}"));
            assert!(
                said.contains(why),
                "case {number}, {from:?} -> {to:?}: {said}"
            );
        }
        // A stream that is cut after any event but the last does not pass.
        for (at, _) in case.right.match_indices("\n\n") {
            let cut = &case.right[..at + 2];
            assert!(
                cut == case.right || (case.check)(cut).is_err(),
                "case {number}, cut: {cut}"
            );
            assert!(
                (case.check)(&case.right[..at + 1]).is_err(),
                "case {number}, cut within: {cut}"
            );
        }
    }
}

const CHAT: &str = r#"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}

: ping

data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}

data: [DONE]

"#;

const CHAT_CALLS: &str = r#"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}

data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]},"finish_reason":null}]}

data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]},"finish_reason":null}]}

data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

data: [DONE]

"#;

#[test]
fn chat() {
    tried(&[
        Case {
            check: |text| openai_chat::check(text, true),
            right: CHAT,
            wrong: &[
                (r#""role":"assistant","#, "", "no role in the first chunk"),
                (
                    r#""delta":{"content":"Hi"}"#,
                    r#""delta":{"role":"assistant","content":"Hi"}"#,
                    "a role again",
                ),
                (r#"{"id":"c","#, r#"{"id":"d","#, "another id"),
                (
                    r#""created":1,"model":"m","choices":[]"#,
                    r#""created":2,"model":"m","choices":[]"#,
                    "another id",
                ),
                (
                    r#""finish_reason":"stop""#,
                    r#""finish_reason":null"#,
                    "no finish reason",
                ),
                (
                    r#""finish_reason":"stop""#,
                    r#""finish_reason":"end_turn""#,
                    "not one of OpenAI's",
                ),
                (
                    r#""finish_reason":"stop""#,
                    r#""finish_reason":"tool_calls""#,
                    "with 0 calls",
                ),
                (
                    r#""delta":{"content":"Hi"},"finish_reason":null"#,
                    r#""delta":{"content":"Hi"},"finish_reason":"stop""#,
                    "behind the finish",
                ),
                (
                    r#"{"content":"Hi"},"finish_reason":null"#,
                    r#"{"content":"Hi"}"#,
                    "not even null",
                ),
                (
                    r#""index":0,"delta":{"content":"Hi"}"#,
                    r#""index":2,"delta":{"role":"assistant"}"#,
                    "choice 1 is missing",
                ),
                (r#""choices":[],"#, "", "no choices"),
                (
                    r#""total_tokens":3"#,
                    r#""total_tokens":4"#,
                    "does not add up",
                ),
                (
                    "data: [DONE]\n\n",
                    "data: [DONE]\n\ndata: [DONE]\n\n",
                    "[DONE] before the end",
                ),
                (": ping", "event: ping\ndata: {}", "has a name"),
                (
                    "data: [DONE]\n\n",
                    "data: [DONE]\n",
                    "not ended by an empty line",
                ),
                (": ping", "ping", "no field"),
                ("\n\n", "\r\n\r\n", "CR"),
                (
                    r#""object":"chat.completion.chunk""#,
                    r#""object":"chat.completion""#,
                    "not a chat.completion.chunk",
                ),
            ],
        },
        Case {
            check: |text| openai_chat::check(text, false),
            right: CHAT_CALLS,
            wrong: &[
                (r#""id":"b","type""#, r#""type""#, "without an id"),
                (r#""id":"b""#, r#""id":"a""#, "two calls with the id"),
                (r#""index":1,"id""#, r#""index":2,"id""#, "begins before"),
                (
                    r#""index":0,"function""#,
                    r#""index":0,"id":"a","function""#,
                    "id again",
                ),
                (
                    r#"{"index":0,"function""#,
                    r#"{"function""#,
                    "without an index",
                ),
                (
                    r#""function":{"arguments":"{\"x\""#,
                    r#""function":{"name":"f","arguments":"{\"x\""#,
                    "name again",
                ),
                (r#"{\"x\":1}"#, r#"{\"x\":"#, "no object"),
                (
                    r#""finish_reason":"tool_calls""#,
                    r#""finish_reason":"function_call""#,
                    "with 2 calls",
                ),
                (
                    r#""id":"a","type":"function","#,
                    r#""id":"a","#,
                    "without its type",
                ),
                (
                    "data: [DONE]",
                    r#"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[]}"#,
                    "neither [DONE]",
                ),
            ],
        },
    ]);
    assert!(openai_chat::check(CHAT, false).is_err_and(|why| why.contains("nobody asked for")));
    assert!(openai_chat::check(CHAT_CALLS, true).is_err_and(|why| why.contains("no usage chunk")));
    let broken = CHAT.split("data: [DONE]").next().unwrap().to_owned()
        + "data: {\"error\":{\"message\":\"no\"}}\n\n";
    assert_eq!(openai_chat::check(&broken, true), Ok(()));
    assert!(openai_chat::check("", true).is_err());
}

const MESSAGE: &str = r#"event: message_start
data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":2,"output_tokens":1}}}

event: ping
data: {"type":"ping"}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}

event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: content_block_start
data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}

event: content_block_delta
data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

event: content_block_stop
data: {"type":"content_block_stop","index":1}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":3}}

event: message_stop
data: {"type":"message_stop"}

"#;

#[test]
fn messages() {
    tried(&[Case {
        check: anthropic::check,
        right: MESSAGE,
        wrong: &[
            ("event: message_start\n", "", "its event line"),
            ("event: ping", "event: pong", "its event line"),
            (
                r#""content":[],"#,
                r#""content":[{}],"#,
                "does not begin empty",
            ),
            (r#""input_tokens":2,"#, "", "no usage at the start"),
            (r#""stop_reason":null,"#, "", "not null at the start"),
            (
                r#""index":1,"content_block""#,
                r#""index":2,"content_block""#,
                "not the index 1",
            ),
            (
                r#""index":0,"delta":{"type":"thinking_delta""#,
                r#""index":1,"delta":{"type":"thinking_delta""#,
                "another block",
            ),
            (
                r#"{"type":"thinking_delta","thinking":"Hm"}"#,
                r#"{"type":"text_delta","text":"Hm"}"#,
                "does not fit",
            ),
            (
                r#"{"type":"signature_delta","signature":"s"}"#,
                r#"{"type":"input_json_delta","partial_json":""}"#,
                "does not fit",
            ),
            (
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
                "",
                "begins in another",
            ),
            (
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n",
                "",
                "while a block is open",
            ),
            (
                r#""partial_json":"{}""#,
                r#""partial_json":"{""#,
                "no object",
            ),
            (
                r#""input":{}"#,
                r#""input":{"a":1}"#,
                "does not begin as {}",
            ),
            (r#""name":"f","#, "", "without id or name"),
            (
                r#""stop_reason":"tool_use""#,
                r#""stop_reason":"tool_calls""#,
                "not one of Anthropic's",
            ),
            (
                r#""stop_reason":"tool_use""#,
                r#""stop_reason":"stop_sequence""#,
                "does not fit the reason",
            ),
            (
                r#""usage":{"output_tokens":3}"#,
                r#""usage":{}"#,
                "no output_tokens",
            ),
            (
                "event: message_stop\ndata: {\"type\":\"message_stop\"}",
                "event: ping\ndata: {\"type\":\"ping\"}",
                "without message_stop",
            ),
            (
                "data: {\"type\":\"message_stop\"}\n\n",
                "data: {\"type\":\"message_stop\"}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n",
                "behind the end",
            ),
        ],
    }]);
    let error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"no\"}}\n\n";
    let broken = MESSAGE
        .split("event: content_block_stop")
        .next()
        .unwrap()
        .to_owned()
        + error;
    assert_eq!(anthropic::check(&broken), Ok(()));
    assert!(anthropic::check(&(broken + error)).is_err());
    assert!(anthropic::check("").is_err());
}

const CHUNKS: &str = r#"data: {"candidates":[{"content":{"parts":[{"text":"Hm","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":2,"thoughtsTokenCount":1,"totalTokenCount":3},"modelVersion":"g","responseId":"r"}

data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{}}}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":2,"thoughtsTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":4},"modelVersion":"g","responseId":"r"}

"#;

#[test]
fn gemini_chunks() {
    tried(&[Case {
        check: gemini::check,
        right: CHUNKS,
        wrong: &[
            (r#""finishReason":"STOP","#, "", "no finishReason"),
            (
                r#""finishReason":"STOP""#,
                r#""finishReason":"stop""#,
                "none of Google's",
            ),
            (
                r#""role":"model"},"index":0}"#,
                r#""role":"model"},"finishReason":"STOP","index":0}"#,
                "says more behind",
            ),
            (
                r#""role":"model""#,
                r#""role":"assistant""#,
                "not the model's",
            ),
            (
                r#""totalTokenCount":4"#,
                r#""totalTokenCount":5"#,
                "does not add up",
            ),
            (
                r#""responseId":"r""#,
                r#""responseId":"s""#,
                "another responseId",
            ),
            (r#","responseId":"r""#, "", "no responseId"),
            (
                r#""text":"Hm","thought":true"#,
                r#""thought":true"#,
                "0 things in it",
            ),
            (r#""args":{}"#, r#""args":"{}""#, "no object"),
            (
                r#"{"name":"f","args":{}}"#,
                r#"{"args":{}}"#,
                "without a name",
            ),
            (
                r#"[{"text":"Hm","thought":true}]"#,
                "[]",
                "empty list of parts",
            ),
            (
                "data: {\"candidates\"",
                "event: x\ndata: {\"candidates\"",
                "with a name",
            ),
            (
                r#"data: {"candidates""#,
                r#"data: {"candidates":[],"x""#,
                "no candidates",
            ),
        ],
    }]);
    let first = CHUNKS.split("\n\n").next().unwrap().to_owned();
    let error =
        "\n\ndata: {\"error\":{\"code\":503,\"message\":\"no\",\"status\":\"UNAVAILABLE\"}}\n\n";
    assert_eq!(gemini::check(&(first.clone() + error)), Ok(()));
    assert!(gemini::check(&(first + error + &error[2..])).is_err());
    assert!(gemini::check("").is_err());
}

/// A stream of Responses from the data of its events.
fn responses(events: &[&str]) -> String {
    let event = |data: &&str| {
        let kind = data.split('"').nth(3).unwrap();
        format!("event: {kind}\ndata: {data}\n\n")
    };
    events.iter().map(event).collect()
}

const RESPONSE: &[&str] = &[
    r#"{"type":"response.created","sequence_number":0,"response":{"id":"r","object":"response","model":"m","status":"in_progress","output":[]}}"#,
    r#"{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg","type":"message","role":"assistant","content":[]}}"#,
    r#"{"type":"response.content_part.added","sequence_number":2,"item_id":"msg","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}"#,
    r#"{"type":"response.output_text.delta","sequence_number":3,"item_id":"msg","output_index":0,"content_index":0,"delta":"Hi"}"#,
    r#"{"type":"response.output_text.done","sequence_number":4,"item_id":"msg","output_index":0,"content_index":0,"text":"Hi"}"#,
    r#"{"type":"response.content_part.done","sequence_number":5,"item_id":"msg","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hi"}}"#,
    r#"{"type":"response.output_item.done","sequence_number":6,"output_index":0,"item":{"id":"msg","type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}}"#,
    r#"{"type":"response.output_item.added","sequence_number":7,"output_index":1,"item":{"id":"fc","type":"function_call","arguments":"","call_id":"c","name":"f"}}"#,
    r#"{"type":"response.function_call_arguments.delta","sequence_number":8,"item_id":"fc","output_index":1,"delta":"{}"}"#,
    r#"{"type":"response.function_call_arguments.done","sequence_number":9,"item_id":"fc","output_index":1,"arguments":"{}"}"#,
    r#"{"type":"response.output_item.done","sequence_number":10,"output_index":1,"item":{"id":"fc","type":"function_call","arguments":"{}","call_id":"c","name":"f"}}"#,
    r#"{"type":"response.completed","sequence_number":11,"response":{"id":"r","object":"response","model":"m","status":"completed","output":[{"id":"msg","type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi"}]},{"id":"fc","type":"function_call","arguments":"{}","call_id":"c","name":"f"}],"usage":{"input_tokens":2,"output_tokens":1,"total_tokens":3}}}"#,
];

#[test]
fn response_events() {
    let right: &'static str = responses(RESPONSE).leak();
    tried(&[Case {
        check: openai_responses::check,
        right,
        wrong: &[
            (
                r#""sequence_number":3"#,
                r#""sequence_number":4"#,
                "not the sequence number 3",
            ),
            (
                "event: response.created",
                "event: response.x",
                "its event line",
            ),
            (
                r#""delta":"Hi""#,
                r#""delta":"Ho""#,
                "not the sum of its deltas",
            ),
            (
                r#""text":"Hi"}}"#,
                r#""text":"Ho"}}"#,
                "not the text that is done",
            ),
            (
                r#""content":[{"type":"output_text","text":"Hi"}]"#,
                r#""content":[{"type":"output_text","text":"Ho"}]"#,
                "not the sum",
            ),
            (
                r#""content":[{"type":"output_text","text":"Hi"}]"#,
                r#""content":[]"#,
                "not the sum",
            ),
            (r#""item_id":"fc","#, "", "no item_id"),
            (r#""item_id":"fc""#, r#""item_id":"msg""#, "item_id is not"),
            (
                r#""output_index":1,"item":{"id":"fc","type":"function_call","arguments":"""#,
                r#""output_index":2,"item":{"id":"fc","type":"function_call","arguments":"""#,
                "not the item 1",
            ),
            (
                r#""id":"fc","type":"function_call","arguments":"""#,
                r#""id":"msg","type":"function_call","arguments":"""#,
                "an id of two items",
            ),
            (
                r#""arguments":"","#,
                r#""arguments":"{","#,
                "begin without arguments",
            ),
            (
                r#""content_index":0,"delta""#,
                r#""content_index":1,"delta""#,
                "not open",
            ),
            (
                r#""status":"completed""#,
                r#""status":"in_progress""#,
                "the status is not",
            ),
            (
                r#""output":[{"id":"msg""#,
                r#""output":[{"id":"other""#,
                "not the items",
            ),
            (
                r#""total_tokens":3"#,
                r#""total_tokens":4"#,
                "does not add up",
            ),
            (
                r#""response":{"id":"r","object":"response","model":"m","status":"completed""#,
                r#""response":{"id":"s","object":"response","model":"m","status":"completed""#,
                "another response's id",
            ),
            (
                r#""status":"in_progress","output":[]"#,
                r#""status":"in_progress","output":[{}]"#,
                "begin empty",
            ),
        ],
    }]);
    let without = |at: usize| {
        let mut left: Vec<String> = RESPONSE.iter().map(|data| (*data).to_owned()).collect();
        left.remove(at);
        for (number, data) in left.iter_mut().enumerate().skip(at) {
            *data = data.replace(
                &format!("\"sequence_number\":{}", number + 1),
                &format!("\"sequence_number\":{number}"),
            );
        }
        responses(&left.iter().map(String::as_str).collect::<Vec<_>>())
    };
    // No event can be left out.
    for at in 0..RESPONSE.len() {
        assert!(
            openai_responses::check(&without(at)).is_err(),
            "without event {at}"
        );
    }
    let error =
        "event: error\ndata: {\"type\":\"error\",\"sequence_number\":4,\"message\":\"no\"}\n\n";
    let broken = responses(&RESPONSE[..4]) + error;
    assert_eq!(openai_responses::check(&broken), Ok(()));
    assert!(
        openai_responses::check(
            &(broken + "event: ping\ndata: {\"type\":\"ping\",\"sequence_number\":5}\n\n")
        )
        .is_err()
    );
}
