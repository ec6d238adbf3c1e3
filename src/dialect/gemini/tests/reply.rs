//! Whole replies in both directions.

use serde_json::{Value, json};

use super::super::{read_reply, write_reply};
use super::{json, told};
use crate::dialect::Reported;
use crate::dialect::neutral::{Choice, Citation, Part, PartKind, Reply, Stop, Thought, ToolCall};

/// Candidates that are the same when they are written again.
pub(super) const SAME: [&str; 7] = [
    r#"[{"content":{"parts":[{"text":"hi"}],"role":"model"},"finishReason":"STOP","index":0}]"#,
    r#"[{"content":{"parts":[{"text":"a"}],"role":"model"},"finishReason":"MAX_TOKENS","index":0},
        {"content":{"parts":[{"text":"b"}],"role":"model"},"finishReason":"SAFETY","index":1}]"#,
    r#"[{"content":{"parts":[{"text":"hm","thought":true},{"text":"so","thoughtSignature":"QUJD"},
        {"functionCall":{"name":"f","args":{"x":1.50}},"thoughtSignature":"REVG"},{"functionCall":{"id":"own","name":"g","args":{}},"thoughtSignature":"dG9sbGdhdGU6e30="}],"role":"model"},"finishReason":"STOP","index":0}]"#,
    r#"[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="},"thoughtSignature":"QUJD"},{"text":"","thoughtSignature":"REVG"}],"role":"model"},"finishReason":"STOP","index":0}]"#,
    r#"[{"content":{"parts":[],"role":"model"},"finishReason":"MALFORMED_FUNCTION_CALL","index":0}]"#,
    r#"[{"content":{"parts":[{"text":"wörld is round. Yes."}],"role":"model"},"finishReason":"STOP","index":0,
        "groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a","title":"A"}},{"web":{"uri":"https://b","title":"B"}}],
          "groundingSupports":[{"segment":{"startIndex":0,"endIndex":16,"text":"wörld is round."},"groundingChunkIndices":[0]},
                               {"segment":{"startIndex":17,"endIndex":21,"text":"Yes."},"groundingChunkIndices":[1]}]}}]"#,
    r#"[{"content":{"parts":[{"text":"a"}],"role":"model"},"finishReason":"STOP","index":0,
        "logprobsResult":{"chosenCandidates":[{"token":"a","logProbability":-0.1}],"topCandidates":[{"candidates":[{"token":"a","logProbability":-0.1},{"token":"b","logProbability":-2}]}]}}]"#,
];

#[test]
fn a_reply_of_gemini_survives() {
    for candidates in SAME {
        let usage = r#"{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":7,"totalTokenCount":22,
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":7},{"modality":"AUDIO","tokenCount":3}]}"#;
        let text = format!(
            r#"{{"candidates":{candidates},"usageMetadata":{usage},"modelVersion":"asked-for","responseId":"r1"}}"#
        );
        let reply = read_reply(&text).unwrap();
        assert_eq!(
            json(write_reply(&reply, &told())),
            json(&text),
            "{candidates}"
        );
    }
}

#[test]
fn stops_are_read() {
    let call = r#"{"functionCall":{"name":"f"}}"#;
    let rows = [
        ("STOP", "", Stop::End),
        ("STOP", call, Stop::Tool),
        ("MAX_TOKENS", call, Stop::Length),
        ("SAFETY", "", Stop::Filter),
        ("RECITATION", "", Stop::Filter),
        ("BLOCKLIST", "", Stop::Filter),
        ("PROHIBITED_CONTENT", "", Stop::Filter),
        ("SPII", "", Stop::Filter),
        ("IMAGE_SAFETY", "", Stop::Filter),
        ("LANGUAGE", "", Stop::Other("LANGUAGE".to_owned())),
        ("NEW_ONE", "", Stop::Other("NEW_ONE".to_owned())),
    ];
    for (reason, part, stop) in rows {
        let text = format!(
            r#"{{"candidates":[{{"content":{{"parts":[{part}]}},"finishReason":"{reason}"}}]}}"#
        );
        assert_eq!(read_reply(&text).unwrap().choices[0].stop, stop, "{reason}");
    }
    let blocked =
        r#"{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":3}}"#;
    let reply = read_reply(blocked).unwrap();
    assert_eq!(
        (reply.choices.len(), &reply.choices[0].stop),
        (1, &Stop::Filter)
    );
    assert_eq!(reply.usage.unwrap().output, Some(0));
}

#[test]
fn stops_are_written() {
    let rows = [
        (Stop::Sequence(None), "STOP"),
        (Stop::Tool, "STOP"),
        (Stop::Refusal, "SAFETY"),
        (Stop::Pause, "OTHER"),
        (Stop::Other("LANGUAGE".to_owned()), "LANGUAGE"),
        (Stop::Other("strange".to_owned()), "OTHER"),
    ];
    for (stop, word) in rows {
        let choice = Choice {
            stop,
            ..Choice::default()
        };
        let reply = Reply {
            choices: vec![choice],
            ..Reply::default()
        };
        let body = json(write_reply(&reply, &told()));
        assert_eq!(body["candidates"][0]["finishReason"], word);
        assert_eq!(body["responseId"], "0000000000000007");
    }
}

#[test]
fn usage_has_one_form() {
    let rows = [
        (
            r#"{"promptTokenCount":100,"toolUsePromptTokenCount":20,"candidatesTokenCount":5,"thoughtsTokenCount":7,"cachedContentTokenCount":60,"totalTokenCount":132}"#,
            Some((120, 12, 60, 7)),
        ),
        (
            r#"{"promptTokenCount":100,"totalTokenCount":100}"#,
            Some((100, 0, 0, 0)),
        ),
        (r#"{"trafficType":"ON_DEMAND"}"#, None),
        (r#"{"promptTokenCount":"x"}"#, None),
        (r#"{"promptTokenCount":99999999999}"#, None),
    ];
    for (usage, wanted) in rows {
        let text = format!(r#"{{"candidates":[{{}}],"usageMetadata":{usage}}}"#);
        let found = read_reply(&text).unwrap().usage;
        let wanted = wanted.map(|(input, output, cached, reasoning)| Reported {
            input: Some(input),
            output: Some(output),
            cached,
            reasoning,
            ..Reported::default()
        });
        assert_eq!(found, wanted, "{usage}");
    }
}

#[test]
fn what_is_no_reply_says_so() {
    for text in [
        "",
        "[]",
        "{}",
        "null",
        "{\"candidates\":[]}",
        "{\"error\":{\"message\":\"m\"}}",
    ] {
        assert!(read_reply(text).is_err(), "{text}");
    }
    // Odd, but no reason to fail.
    for text in [
        r#"{"candidates":[{}]}"#,
        r#"{"candidates":[null]}"#,
        r#"{"candidates":[{"content":{"parts":[null,1,{"text":7},{"functionCall":[]},{"inlineData":1}]},"index":-1}]}"#,
        r#"{"candidates":[{"groundingMetadata":{"groundingChunks":[{}],"groundingSupports":[{"groundingChunkIndices":[9]}]}}]}"#,
    ] {
        assert!(read_reply(text).is_ok(), "{text}");
    }
}

#[test]
fn ids_differ_between_replies_and_calls() {
    let text = |id: &str| {
        let call = r#"{"functionCall":{"name":"f","args":{}}}"#;
        format!(
            r#"{{"responseId":"{id}","candidates":[{{"content":{{"parts":[{call},{call}]}}}}]}}"#
        )
    };
    let ids = |text: String| {
        let reply = read_reply(&text).unwrap();
        let parts = reply.choices[0].parts.clone();
        let id = |part: Part| match part.kind {
            PartKind::Call(call) => call.id,
            _ => panic!(),
        };
        parts.into_iter().map(id).collect::<Vec<_>>()
    };
    assert_eq!(ids(text("a.b/c")), ["gcall_abc_0", "gcall_abc_1"]);
    let made = ids(text(""));
    assert_ne!(made[0], made[1]);
    assert_eq!(made, ids(text("")));
    let long = ids(text(&"x".repeat(100)));
    assert!(long.iter().all(|id| id.len() <= 40));
}

#[test]
fn what_others_sealed_comes_back() {
    let thought = |signature: Option<&str>, sealed: Option<&str>| {
        PartKind::Thought(Thought {
            text: "hm".to_owned(),
            signature: signature.map(str::to_owned),
            sealed: sealed.map(str::to_owned),
            id: sealed.map(|_| "rs_1".to_owned()),
        })
    };
    for kind in [
        thought(Some("Eq+/=="), None),
        thought(None, Some("gAAA")),
        thought(Some("gemini:QUJD"), None),
    ] {
        let reply = Reply {
            choices: vec![Choice {
                parts: vec![Part::from(kind.clone())],
                ..Choice::default()
            }],
            ..Reply::default()
        };
        let body = json(write_reply(&reply, &told()));
        let mut content = body["candidates"][0]["content"].clone();
        // The Python SDK changes the alphabet.
        let seal = content["parts"][0]["thoughtSignature"]
            .as_str()
            .unwrap()
            .to_owned();
        content["parts"][0]["thoughtSignature"] =
            Value::from(seal.replace('+', "-").replace('/', "_"));
        let request = json!({ "contents": [content] }).to_string();
        let request = super::super::read_request(&request, "m", false).unwrap();
        assert_eq!(request.turns[0].parts[0].kind, kind);
    }
}

#[test]
fn replies_of_others_are_written() {
    let reply = Reply {
        choices: vec![Choice {
            parts: vec![
                Part::from(PartKind::Text {
                    text: "see".to_owned(),
                    citations: vec![
                        Citation {
                            url: Some("https://a".to_owned()),
                            ..Citation::default()
                        },
                        Citation::default(),
                    ],
                }),
                Part::from(PartKind::Refusal("no".to_owned())),
                Part::from(PartKind::Call(ToolCall {
                    id: "toolu_1".to_owned(),
                    name: "f".to_owned(),
                    arguments: String::new(),
                    ..ToolCall::default()
                })),
            ],
            stop: Stop::Tool,
            ..Choice::default()
        }],
        usage: Some(Reported {
            input: Some(9),
            output: Some(4),
            ..Reported::default()
        }),
        ..Reply::default()
    };
    assert_eq!(
        json(write_reply(&reply, &told())),
        json!({
            "candidates": [{
                "content": {"parts": [{"text": "see"}, {"text": "no"}, {"functionCall": {"id": "toolu_1", "name": "f", "args": {}}, "thoughtSignature": "dG9sbGdhdGU6e30="}], "role": "model"},
                "finishReason": "STOP", "index": 0,
                "groundingMetadata": {"groundingChunks": [{"web": {"uri": "https://a"}}]},
            }],
            "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 4, "totalTokenCount": 13},
            "modelVersion": "asked-for", "responseId": "0000000000000007",
        })
    );
}
