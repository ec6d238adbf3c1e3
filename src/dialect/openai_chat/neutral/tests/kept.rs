//! What is read and written again for the same dialect is what it was.

use super::*;

#[test]
fn requests() {
    let schema = json!({"type": "object", "properties": {"b": {"type": "number", "minimum": 0.10}, "a": {}}});
    let head = json!({
        "model": "theirs", "temperature": 0.7, "top_p": 1, "frequency_penalty": -0.5, "presence_penalty": 1e-3,
        "seed": 3, "logit_bias": {"50256": -100}, "logprobs": true, "top_logprobs": 2, "n": 2,
        "max_completion_tokens": 9, "stop": ["a", "b"], "user": "u", "service_tier": "flex",
        "parallel_tool_calls": false, "reasoning_effort": "high", "verbosity": "high",
        "prompt_cache_key": "k", "prompt_cache_retention": "24h", "prediction": {"type": "content", "content": "x"},
        "modalities": ["text"],
    });
    let rows = [
        json!({"messages": [
            {"role": "developer", "content": "d"},
            {"role": "system", "name": "boss", "content": "s"},
            {"role": "user", "name": "Ann", "content": [
                {"type": "text", "text": "é\u{0000}\n\"q\""},
                {"type": "image_url", "image_url": {"url": "https://i/x.png", "detail": "low"}},
                {"type": "image_url", "image_url": {"url": "data:image/webp;base64,AA=="}},
                {"type": "image_url", "image_url": {"url": "data:image/svg+xml,%3Csvg/%3E"}},
                {"type": "input_audio", "input_audio": {"data": "AA==", "format": "mp3"}},
                {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,AA=="}},
                {"type": "file", "file": {"file_id": "file-1"}}]},
            {"role": "assistant", "name": "bot", "content": "c", "refusal": "no"},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{ \"a\":1.0 }"}},
                {"id": "c2", "type": "custom", "custom": {"name": "g", "input": "free"}},
                {"id": "c3", "type": "function", "function": {"name": "f", "arguments": "not JSON"}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "1"},
            {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "2"}, {"type": "text", "text": "3"}]},
            {"role": "tool", "tool_call_id": "c3", "content": ""}]}),
        json!({"tools": [
            {"type": "function", "function": {"name": "f", "description": "", "parameters": schema, "strict": true}},
            {"type": "function", "function": {"name": "bare"}},
            {"type": "custom", "custom": {"name": "g", "description": "d", "format": {"type": "text"}}}],
            "tool_choice": {"type": "custom", "custom": {"name": "g"}}}),
        json!({"response_format": {"type": "json_schema", "json_schema":
            {"name": "n", "description": "d", "schema": schema, "strict": false}}, "stream": true,
            "stream_options": {"include_usage": true}}),
        json!({"response_format": {"type": "json_object"}, "tools": [{"type": "function", "function": {"name": "f"}}],
            "tool_choice": "none"}),
    ];
    for row in rows {
        let mut body = head.clone();
        body["messages"] = json!([{"role": "user", "content": "hi"}]);
        if row.get("tools").is_none() {
            body.as_object_mut()
                .unwrap()
                .shift_remove("parallel_tool_calls");
        }
        body.as_object_mut()
            .unwrap()
            .extend(row.as_object().unwrap().clone());
        let (written, dropped) = through(&body, "openai").unwrap();
        assert_eq!(written, body);
        assert_eq!(dropped, []);
        let places = ["\"minimum\":0.10", "\"temperature\":0.7,"];
        let text = written.to_string();
        assert!(text.contains(places[1]), "{text}");
    }
}

#[test]
fn numbers_and_the_order_of_keys_stay() {
    let body = r#"{"messages":[{"role":"user","content":"x"}],"temperature":1.0e0,"top_p":0.10,
        "tools":[{"type":"function","function":{"name":"f","parameters":{"z":1.50,"a":12345678901234567890123}}}]}"#;
    let request = read_request(body).unwrap();
    let aim = Aim {
        model: "m",
        kind: "openai",
        mark_cache: false,
    };
    let written = String::from_utf8(write_request(&request, &aim).unwrap().body).unwrap();
    for place in [
        "\"temperature\":1.0e",
        "\"top_p\":0.10",
        r#"{"z":1.50,"a":12345678901234567890123}"#,
    ] {
        assert!(written.contains(place), "{written}");
    }
}

#[test]
fn the_prefix_of_a_conversation_keeps_its_bytes() {
    let turn = |nth: usize| {
        [
            json!({"role": "user", "content": [{"type": "text", "text": format!("q{nth}")}, {"type": "text", "text": "b"}]}),
            json!({"role": "assistant", "content": "a", "reasoning_content": "t", "tool_calls": [
            {"id": format!("call_{nth}_long"), "type": "function", "function": {"name": "f", "arguments": "{}"}}]}),
            json!({"role": "tool", "tool_call_id": format!("call_{nth}_long"), "content": "r"}),
        ]
    };
    for kind in [
        "openai",
        "groq",
        "deepseek",
        "openrouter",
        "mistral",
        "vllm",
    ] {
        let of = |count: usize| {
            let turns: Vec<Value> = (0..count).flat_map(turn).collect();
            let body = through(&json!({"messages": turns}), kind).unwrap().0;
            body.to_string().trim_end_matches("]}").to_owned()
        };
        let (short, long) = (of(2), of(3));
        assert!(long.starts_with(&short), "{kind}: {short} {long}");
    }
}

#[test]
fn replies() {
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
        "prompt_tokens_details": {"cached_tokens": 3, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 2, "audio_tokens": 0,
            "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}});
    let message = |fields: Value| {
        let mut message = json!({"role": "assistant", "content": null, "refusal": null});
        message
            .as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        message
    };
    let calls = json!([
        {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\"a\": 1}"}},
        {"id": "c2", "type": "custom", "custom": {"name": "g", "input": "x"}}]);
    let cite = json!([{"type": "url_citation", "url_citation": {"url": "http://u", "title": "T", "start_index": 1, "end_index": 2}}]);
    let rows = [
        (
            message(json!({"content": "Hé"})),
            json!({"content": [{"token": "H", "logprob": -0.10}], "refusal": null}),
            "stop",
        ),
        (message(json!({"content": ""})), Value::Null, "length"),
        (message(json!({"refusal": "no"})), Value::Null, "stop"),
        (
            message(json!({"tool_calls": calls})),
            Value::Null,
            "tool_calls",
        ),
        (
            message(json!({"content": "x", "reasoning_content": "t"})),
            Value::Null,
            "content_filter",
        ),
        (
            message(
                json!({"content": "x", "reasoning_content": "t", "reasoning_details": [
            {"type": "reasoning.text", "text": "t", "signature": "s"},
            {"type": "reasoning.encrypted", "data": "d", "id": "i"}]}),
            ),
            Value::Null,
            "stop",
        ),
        (
            message(json!({"content": "x", "annotations": cite})),
            Value::Null,
            "stop",
        ),
        (
            message(
                json!({"content": "", "images": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]}),
            ),
            Value::Null,
            "stop",
        ),
    ];
    for (message, logprobs, reason) in rows {
        let choice = |index: u32| json!({"index": index, "message": message, "logprobs": logprobs, "finish_reason": reason});
        let body = json!({"id": "chatcmpl-1", "object": "chat.completion", "created": 5, "model": "asked",
            "choices": [choice(0), choice(1)], "usage": usage, "service_tier": "default"});
        let reply = read_reply(&body.to_string()).unwrap();
        assert_eq!(parsed(&write_reply(&reply, &told())), body);
    }
}

#[test]
fn streams() {
    let chunk = |choices: Value, usage: Value| {
        json!({"id": "c", "object": "chat.completion.chunk", "created": 5,
        "model": "asked", "choices": choices, "usage": usage})
    };
    let delta = |delta: Value| {
        chunk(
            json!([{"index": 0, "delta": delta, "finish_reason": null}]),
            Value::Null,
        )
    };
    let call = |index: u32, id: &str| {
        delta(json!({"tool_calls": [
        {"index": index, "id": id, "type": "function", "function": {"name": "f", "arguments": ""}}]}))
    };
    let piece = |index: u32, text: &str| {
        delta(json!({"tool_calls": [{"index": index, "function": {"arguments": text}}]}))
    };
    let lines = [
        delta(json!({"role": "assistant", "content": ""})),
        delta(json!({"reasoning_content": "th"})),
        delta(json!({"reasoning_content": "ought"})),
        delta(json!({"content": "He"})),
        chunk(
            json!([{"index": 0, "delta": {"content": "y"}, "finish_reason": null,
            "logprobs": {"content": [{"token": "y", "logprob": -0.5}], "refusal": null}}]),
            Value::Null,
        ),
        delta(
            json!({"annotations": [{"type": "url_citation", "url_citation":
            {"url": "u", "title": "T", "start_index": 0, "end_index": 2}}]}),
        ),
        delta(json!({"refusal": "no"})),
        call(0, "a"),
        piece(0, "{\"x\":"),
        piece(0, "1}"),
        call(1, "b"),
        piece(1, "{}"),
        chunk(
            json!([{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]),
            Value::Null,
        ),
        chunk(
            json!([]),
            json!({"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 1, "audio_tokens": 0,
                "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}}),
        ),
    ];
    let texts: Vec<String> = lines.iter().map(Value::to_string).collect();
    let mut wire: Vec<&str> = texts.iter().map(String::as_str).collect();
    wire.push("[DONE]");
    let written = stream(&deltas(&wire), told());
    assert_eq!(written, lines);
}
