//! Every place in which a reply has words: in each, values are found, and put back.

use serde_json::{Value, json};
use tollgate::dialect::Dialect;

use super::tongues::{TONGUES, Tongue};
use super::{CONFIG, ask};
use crate::rig::{Answer, Exchange, Outcome, run, runtime};

fn tongue(dialect: Dialect) -> &'static Tongue {
    TONGUES.iter().find(|own| own.dialect == dialect).unwrap()
}

fn whole(body: &Value) -> Exchange {
    let head = [(":status", "200"), ("content-type", "application/json")];
    Exchange::new(&head, &body.to_string())
}

fn stream(events: &[Value]) -> Exchange {
    let head = [(":status", "200"), ("content-type", "text/event-stream")];
    let mut reply = Exchange::new(&head, "");
    let event = |event: &Value| {
        let name = event["type"].as_str();
        let name = name
            .map(|name| format!("event: {name}\n"))
            .unwrap_or_default();
        format!("{name}data: {event}\n\n").into_bytes()
    };
    reply.chunks = events.iter().map(event).collect();
    reply
}

/// Whole replies with `@` in every place of words that is not the answer, and how many there are.
fn wholes() -> Vec<(Dialect, Value, u64)> {
    let chat = |message: Value| json!({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]});
    let claude = |content: Value| json!({"type": "message", "role": "assistant", "content": content, "stop_reason": "end_turn"});
    let gemini = |candidate: Value| json!({"candidates": [candidate]});
    let parts = |parts: Value| {
        gemini(json!({"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}))
    };
    let responses =
        |item: Value| json!({"object": "response", "status": "completed", "output": [item]});
    use Dialect::{Anthropic, Gemini, OpenAiChat, OpenAiCompletions, OpenAiResponses};
    vec![
        (
            OpenAiChat,
            chat(json!({"content": null, "reasoning_details": [
            {"type": "reasoning.text", "text": "@", "signature": "c2ln"}, {"type": "reasoning.summary", "summary": "@"}]})),
            2,
        ),
        (
            OpenAiChat,
            chat(
                json!({"reasoning": "@", "reasoning_details": [{"type": "reasoning.text", "text": "@"}]}),
            ),
            1,
        ),
        (
            OpenAiChat,
            chat(json!({"reasoning_content": "@", "reasoning": "@"})),
            1,
        ),
        (
            OpenAiChat,
            chat(
                json!({"thinking_blocks": [{"type": "thinking", "thinking": "@", "signature": "c2ln"}]}),
            ),
            1,
        ),
        (
            OpenAiChat,
            chat(
                json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "@"}]},
            {"type": "text", "text": "@"}, {"type": "later", "words": ["@"]}]}),
            ),
            3,
        ),
        (
            OpenAiChat,
            chat(json!({"content": "x", "annotations": [
            {"type": "url_citation", "url_citation": {"url": "https://x.test/?q=@", "title": "@", "content": "@"}}]})),
            3,
        ),
        (
            OpenAiChat,
            chat(json!({"content": "x", "audio": {"id": "a", "data": "QUJD", "transcript": "@"}})),
            1,
        ),
        (
            OpenAiChat,
            chat(
                json!({"content": "x", "images": [{"image_url": {"url": "data:image/png;base64,QUJD"}}], "later": {"deep": ["@"]}}),
            ),
            1,
        ),
        (
            OpenAiChat,
            chat(
                json!({"tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": {"@": 4111111111111111_u64}}}]}),
            ),
            2,
        ),
        (
            OpenAiChat,
            json!({"choices": [], "citations": ["https://x.test/@"], "search_results": [{"title": "@"}]}),
            2,
        ),
        (
            OpenAiCompletions,
            json!({"choices": [{"index": 0, "text": "x", "later": "@"}]}),
            1,
        ),
        (
            Anthropic,
            claude(json!([{"type": "text", "text": "x", "citations": [
            {"type": "char_location", "cited_text": "@", "document_title": "@", "document_index": 0, "file_id": "f"}]}])),
            2,
        ),
        (
            Anthropic,
            claude(json!([{"type": "tool_use", "id": "t", "name": "f", "input":
            {"@": [4111111111111111_u64, {"deep": "@"}], "n": 7}}])),
            3,
        ),
        (
            Anthropic,
            claude(
                json!([{"type": "server_tool_use", "id": "t", "name": "web_search", "input": {"query": "@"}},
            {"type": "web_search_tool_result", "tool_use_id": "t", "content": [
                {"type": "web_search_result", "title": "@", "url": "https://x.test", "encrypted_content": "QUJD"}]},
            {"type": "bash_code_execution_tool_result", "tool_use_id": "t", "content": {"stdout": "@", "stderr": "@"}},
            {"type": "mcp_tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "@"}]},
            {"type": "redacted_thinking", "data": "QUJD"}]),
            ),
            5,
        ),
        (
            Gemini,
            parts(
                json!([{"executableCode": {"language": "PYTHON", "code": "@"}},
            {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "@"}}, {"text": "x", "thoughtSignature": "c2ln"}]),
            ),
            2,
        ),
        (
            Gemini,
            parts(
                json!([{"functionCall": {"name": "f", "args": {"@": 4111111111111111_u64, "b": ["@"]}}}]),
            ),
            3,
        ),
        (
            Gemini,
            gemini(
                json!({"content": {"parts": [{"text": "x"}]}, "finishReason": "STOP", "finishMessage": "@",
            "citationMetadata": {"citationSources": [{"uri": "https://x.test", "title": "@"}]},
            "groundingMetadata": {"webSearchQueries": ["@"], "groundingChunks": [{"web": {"uri": "u", "title": "@"}}],
                "groundingSupports": [{"segment": {"text": "@"}}], "searchEntryPoint": {"renderedContent": "@"}}}),
            ),
            6,
        ),
        (
            Gemini,
            json!({"promptFeedback": {"blockReason": "SAFETY", "blockReasonMessage": "@"}}),
            1,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "mcp_call", "id": "m", "name": "f", "server_label": "s",
            "arguments": "{\"@\":1}", "output": "{\"a\":4111111111111111,\"b\":\"@\"}", "error": "@"}),
            ),
            4,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "code_interpreter_call", "id": "m", "code": "@", "container_id": "c",
            "outputs": [{"type": "logs", "logs": "@"}]}),
            ),
            2,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "image_generation_call", "id": "m", "result": "QUJD", "revised_prompt": "@"}),
            ),
            1,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "file_search_call", "queries": ["@"], "results": [
            {"file_id": "f", "filename": "@", "text": "@", "attributes": {"a": "@"}}]}),
            ),
            4,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "web_search_call", "action": {"type": "search", "query": "@"}}),
            ),
            1,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "reasoning", "summary": [{"type": "summary_text", "text": "@"}],
            "content": [{"type": "reasoning_text", "text": "@"}], "encrypted_content": "QUJD"}),
            ),
            2,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "message", "content": [{"type": "output_text", "text": "x",
            "annotations": [{"type": "url_citation", "title": "@", "url": "https://x.test"}]},
            {"type": "refusal", "refusal": "@"}]}),
            ),
            2,
        ),
        (
            OpenAiResponses,
            responses(json!({"type": "custom_tool_call", "name": "f", "input": "@"})),
            1,
        ),
        (
            OpenAiResponses,
            responses(
                json!({"type": "local_shell_call", "action": {"type": "exec", "command": ["@"]}}),
            ),
            1,
        ),
    ]
}

/// The value `@` is in all of it.
fn with(body: &Value, value: &str) -> Value {
    serde_json::from_str(&body.to_string().replace('@', value)).unwrap()
}

#[test]
fn a_whole_reply_is_looked_through_everywhere() {
    for (dialect, body, count) in wholes() {
        let tongue = tongue(dialect);
        let out = ask(
            tongue,
            "enforce",
            "hi",
            whole(&with(&body, "bob@corp.example")),
            false,
        );
        let masked = with(&body, "[EMAIL]").to_string();
        let masked = masked.replace("4111111111111111", "\"[CREDIT_CARD]\"");
        let masked = masked.replace(
            "\\\"a\\\":\"[CREDIT_CARD]\"",
            "\\\"a\\\":\\\"[CREDIT_CARD]\\\"",
        );
        let told: Value = serde_json::from_str(&out.reply.body()).unwrap();
        let meant: Value = serde_json::from_str(&masked).unwrap();
        assert_eq!(told, meant, "{body}");
        let found = |name: &str| out.log["findings"][name].as_u64().unwrap_or_default();
        assert_eq!(found("email") + found("credit_card"), count, "{body}");
        let out = ask(
            tongue,
            "enforce",
            "hi",
            whole(&with(&body, "a Blue Heron")),
            false,
        );
        assert_eq!(out.log["refusal"], "content_denied", "{body}");
        assert!(!out.reply.body().contains("Heron"), "{}", out.reply.body());
    }
}

const MASKING: &str = r#"{"providers": {
    "a": {"kind": "openai", "host": "a.test", "api_key": {"env": "A_KEY"}},
    "c": {"kind": "anthropic", "host": "c.test", "api_key": {"env": "C_KEY"}},
    "g": {"kind": "gemini", "host": "g.test", "api_key": {"env": "G_KEY"}}},
  "redact": {"entities": {"email": "mask"}, "custom": [{"name": "note", "pattern": "«[^»]*»", "action": "mask"}]}}"#;

/// Asks with two values, and is answered what becomes of what was sent for them.
fn echoed(tongue: &Tongue, streams: bool, reply: impl Fn(&str, &str) -> Exchange) -> Outcome {
    let runtime = runtime(MASKING);
    let says = "ada@example.com «a \"b\"\n\\c»";
    run(&runtime, tongue.request(streams, says), |_, request| {
        let sent = request.body();
        let placeholder = |label: &str| {
            let start = sent.find(label).unwrap();
            let end = sent[start..].find(']').unwrap();
            sent[start..=start + end].to_owned()
        };
        Answer::Reply(reply(&placeholder("[EMAIL_"), &placeholder("[NOTE_")))
    })
}

#[test]
fn values_come_back_everywhere() {
    for (dialect, body, _) in wholes() {
        let out = echoed(tongue(dialect), false, |email, _| {
            whole(&with(&body, email))
        });
        let told: Value = serde_json::from_str(&out.reply.body()).unwrap();
        assert_eq!(told, with(&body, "ada@example.com"), "{body}");
    }
}

#[test]
fn what_a_response_repeats_of_its_request_is_put_back_and_not_judged() {
    let tongue = tongue(Dialect::OpenAiResponses);
    let body = json!({"object": "response", "status": "completed", "output": [],
        "instructions": "Never say Blue Heron to @", "tools": [{"type": "function", "description": "@"}], "metadata": {"a": "@"}});
    let out = ask(
        tongue,
        "enforce",
        "hi",
        whole(&with(&body, "bob@corp.example")),
        false,
    );
    assert_eq!(out.reply.status(), 200, "{}", out.reply.body());
    let out = echoed(tongue, false, |email, _| whole(&with(&body, email)));
    assert!(
        out.reply.body().contains("Heron to ada@example.com"),
        "{}",
        out.reply.body()
    );
    assert!(!out.reply.body().contains("[EMAIL_"));
}

/// A call whose one argument holds JSON, which holds JSON.
fn nested(email: &str, note: &str) -> (Value, Value) {
    let inner = |email: &str, note: &str| {
        json!({"to": email, "note": note, "n": [1, {"x": note}]}).to_string()
    };
    let value = |email: &str, note: &str| {
        let inner = inner(email, note);
        json!({"body": json!({"deep": inner, "note": note}).to_string(), "plain": format!("say \"{note}\""), "note": note})
    };
    (
        value(email, note),
        value("ada@example.com", "«a \"b\"\n\\c»"),
    )
}

#[test]
fn json_within_json_is_restored_at_its_depth() {
    let chat = tongue(Dialect::OpenAiChat);
    let call = |arguments: &str| {
        json!({"choices": [{"index": 0, "message": {"tool_calls": [
        {"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}}]}, "finish_reason": "tool_calls"}]})
    };
    let out = echoed(chat, false, |email, note| {
        whole(&call(&nested(email, note).0.to_string()))
    });
    let told: Value = serde_json::from_str(&out.reply.body()).unwrap();
    let told = told["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]
        .as_str()
        .unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(told).unwrap(),
        nested("", "").1,
        "{told}"
    );

    let claude = tongue(Dialect::Anthropic);
    let out = echoed(claude, false, |email, note| {
        whole(
            &json!({"type": "message", "content": [{"type": "tool_use", "id": "t", "name": "f", "input": nested(email, note).0}]}),
        )
    });
    let told: Value = serde_json::from_str(&out.reply.body()).unwrap();
    assert_eq!(told["content"][0]["input"], nested("", "").1, "{told}");

    for size in [1, 2, 3, 7, 1000] {
        let out = echoed(claude, true, |email, note| {
            let text = nested(email, note).0.to_string();
            let text: Vec<char> = text.chars().collect();
            let mut events = vec![
                json!({"type": "content_block_start", "index": 0, "content_block":
                {"type": "tool_use", "id": "t", "name": "f", "input": {}}}),
            ];
            events.extend(text.chunks(size).map(|piece| json!({"type": "content_block_delta", "index": 0,
                "delta": {"type": "input_json_delta", "partial_json": piece.iter().collect::<String>()}})));
            events.push(json!({"type": "content_block_stop", "index": 0}));
            events.push(json!({"type": "message_stop"}));
            stream(&events)
        });
        let body = out.reply.body();
        let data = body.lines().filter_map(|line| line.strip_prefix("data: "));
        let told: String = data
            .filter_map(|data| {
                let event: Value = serde_json::from_str(data).unwrap();
                Some(event["delta"]["partial_json"].as_str()?.to_owned())
            })
            .collect();
        assert_eq!(
            serde_json::from_str::<Value>(&told).unwrap(),
            nested("", "").1,
            "{told}"
        );
    }
}

/// What comes before it, the event of a piece, the path of that, and what comes behind it.
type Running = (Dialect, Vec<Value>, Value, &'static str, Vec<Value>);

/// Where running texts stand in the events of a stream, by dialect: an event with `@` for a piece, and the path of
/// that.
fn running() -> Vec<Running> {
    let delta = |delta: Value, finish: Value| json!({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]});
    let piece = |own: Value| delta(own, Value::Null);
    let ends = vec![delta(json!({}), "stop".into())];
    let code = |kind: &str| json!({"type": format!("response.{kind}"), "sequence_number": 0, "output_index": 0, "item_id": "m"});
    let of = |kind: &str, key: &str| {
        let mut event = code(kind);
        event[key] = "@".into();
        event
    };
    use Dialect::{OpenAiChat, OpenAiResponses};
    vec![
        (
            OpenAiChat,
            vec![],
            piece(json!({"reasoning": "@"})),
            "/choices/0/delta/reasoning",
            ends.clone(),
        ),
        (
            OpenAiChat,
            vec![],
            piece(
                json!({"reasoning_details": [{"type": "reasoning.text", "text": "@", "index": 0}]}),
            ),
            "/choices/0/delta/reasoning_details/0/text",
            vec![
                piece(
                    json!({"reasoning_details": [{"type": "reasoning.text", "text": "", "signature": "c2ln", "index": 0}]}),
                ),
                delta(json!({"content": "done"}), "stop".into()),
            ],
        ),
        (
            OpenAiChat,
            vec![],
            piece(
                json!({"reasoning": "@", "reasoning_content": "@", "reasoning_details": [{"type": "reasoning.summary", "summary": "@", "index": 2}]}),
            ),
            "/choices/0/delta/reasoning_details/0/summary",
            ends.clone(),
        ),
        (
            OpenAiChat,
            vec![],
            piece(json!({"thinking_blocks": [{"type": "thinking", "thinking": "@"}]})),
            "/choices/0/delta/thinking_blocks/0/thinking",
            ends.clone(),
        ),
        (
            OpenAiChat,
            vec![],
            piece(
                json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "@"}]}]}),
            ),
            "/choices/0/delta/content/0/thinking/0/text",
            vec![delta(json!({"content": "done"}), "stop".into())],
        ),
        (
            OpenAiChat,
            vec![],
            piece(json!({"audio": {"transcript": "@"}})),
            "/choices/0/delta/audio/transcript",
            ends,
        ),
        (
            OpenAiResponses,
            vec![],
            of("code_interpreter_call_code.delta", "delta"),
            "/delta",
            vec![
                of("code_interpreter_call_code.done", "code"),
                json!({"type": "response.completed", "response": {"status": "completed", "output": []}}),
            ],
        ),
        (
            OpenAiResponses,
            vec![],
            of("reasoning_summary_text.delta", "delta"),
            "/delta",
            vec![
                of("reasoning_summary_text.done", "text"),
                json!({"type": "response.completed", "response": {"status": "completed", "output": []}}),
            ],
        ),
    ]
}

#[test]
fn a_stream_is_looked_through_everywhere() {
    let text = "It is bob@corp.example, and then it goes on for so long that something of it must have gone by then, or so one says; \
                card 4111 1111 1111 1111.";
    let meant = text
        .replace("bob@corp.example", "[EMAIL]")
        .replace("4111 1111 1111 1111", "[CREDIT_CARD]");
    for (dialect, before, event, path, after) in running() {
        for words in super::cuts(text) {
            let mut events = before.clone();
            events.extend(words.iter().map(|word| with(&event, word)));
            events.extend(after.iter().map(|event| with(event, text)));
            let out = ask(tongue(dialect), "enforce", "hi", stream(&events), true);
            let body = out.reply.body();
            assert!(
                !body.contains("corp.ex") && !body.contains("1111"),
                "{path} {words:?} {body}"
            );
            let data = body.lines().filter_map(|line| line.strip_prefix("data: "));
            let told: String = data
                .filter_map(|data| {
                    let event: Value = serde_json::from_str(data).unwrap();
                    let whole = event["type"]
                        .as_str()
                        .is_some_and(|kind| kind.ends_with(".done"));
                    Some(event.pointer(path).filter(|_| !whole)?.as_str()?.to_owned())
                })
                .collect();
            assert_eq!(told, meant, "{path} {words:?} {body}");
            assert_eq!(
                out.log["findings"],
                json!({"email": 1, "credit_card": 1}),
                "{path}"
            );
            assert!(
                !body.contains("c2ln")
                    || body.find("[CREDIT").unwrap() < body.find("c2ln").unwrap()
            );
        }
    }
}

#[test]
fn a_block_that_begins_with_its_words_is_looked_through() {
    let claude = tongue(Dialect::Anthropic);
    let events = [
        json!({"type": "content_block_start", "index": 0, "content_block": {"type": "tool_use", "id": "t", "name": "f",
            "input": {"bob@corp.example": 4111111111111111_u64, "n": "eve@corp.example"}}}),
        json!({"type": "content_block_stop", "index": 0}),
        json!({"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": "ask bob@corp."}}),
        json!({"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "example now"}}),
        json!({"type": "content_block_delta", "index": 1, "delta": {"type": "citations_delta", "citation":
            {"type": "page_location", "cited_text": "eve@corp.example"}}}),
        json!({"type": "content_block_stop", "index": 1}),
        json!({"type": "message_stop"}),
    ];
    let out = ask(claude, "enforce", "hi", stream(&events), true);
    let body = out.reply.body();
    assert!(!body.contains("corp.") && !body.contains("4111"), "{body}");
    assert_eq!(out.log["findings"], json!({"email": 4, "credit_card": 1}));
    assert!(
        body.contains(r#"{"[EMAIL]":"[CREDIT_CARD]","n":"[EMAIL]"}"#),
        "{body}"
    );
}

#[test]
fn errors_of_providers_are_looked_through() {
    for tongue in &TONGUES {
        for (status, kind, said) in [
            (
                "400",
                "application/json",
                r#"{"error":{"message":"no @ here","type":"x","code":"y"}}"#,
            ),
            ("500", "text/plain", "no @ here"),
        ] {
            let head = [(":status", status), ("content-type", kind)];
            let reply = |value: &str| Exchange::new(&head, &said.replace('@', value));
            let out = ask(tongue, "enforce", "hi", reply("bob@corp.example"), false);
            let body = out.reply.body();
            assert!(
                body.contains("no [EMAIL] here"),
                "{:?} {body}",
                tongue.dialect
            );
            assert_eq!(out.log["findings"], json!({"email": 1}));
            let out = ask(tongue, "enforce", "hi", reply("a Blue Heron"), false);
            assert!(!out.reply.body().contains("Heron"), "{}", out.reply.body());
            assert_eq!(out.log["refusal"], "content_denied");
            let out = ask(tongue, "observe", "hi", reply("bob@corp.example"), false);
            assert!(out.reply.body().contains("bob@corp.example"));
            assert_eq!(out.log["findings"], json!({"email": 1}));
            let out = echoed(tongue, false, |email, _| reply(email));
            assert!(
                out.reply.body().contains("no ada@example.com here"),
                "{}",
                out.reply.body()
            );
        }
        // And in a stream.
        let error = |value: &str| {
            let own = match tongue.dialect {
                Dialect::Anthropic => {
                    json!({"type": "error", "error": {"type": "x", "message": format!("no {value} here")}})
                }
                Dialect::OpenAiResponses => {
                    json!({"type": "error", "code": "x", "message": format!("no {value} here")})
                }
                _ => json!({"error": {"message": format!("no {value} here"), "code": 500}}),
            };
            stream(&[own])
        };
        let out = ask(tongue, "enforce", "hi", error("bob@corp.example"), true);
        assert!(
            out.reply.body().contains("no [EMAIL] here"),
            "{}",
            out.reply.body()
        );
        let out = echoed(tongue, true, |email, _| error(email));
        assert!(
            out.reply.body().contains("no ada@example.com here"),
            "{}",
            out.reply.body()
        );
    }
    assert!(CONFIG.contains("heron"));
}
