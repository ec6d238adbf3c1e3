//! Requests, written for providers with habits of their own.

use super::*;

/// `messages` before and after.
fn messages(kind: &str, before: Value) -> Value {
    through(&json!({"messages": before}), kind).unwrap().0["messages"].clone()
}

fn fields(kind: &str, mut fields: Value) -> Result<Value, Cannot> {
    fields["messages"] = json!([{"role": "user", "content": "hi"}]);
    let (mut body, _) = through(&fields, kind)?;
    let own = body.as_object_mut().unwrap();
    own.shift_remove("messages");
    assert_eq!(own.shift_remove("model"), Some(json!("theirs")));
    Ok(body)
}

#[test]
fn fields_by_provider() {
    let effort = || json!({"reasoning_effort": "minimal"});
    let budget = || json!({"thinking": {"type": "enabled", "budget_tokens": 2000}});
    let off = || json!({"thinking": {"type": "disabled"}});
    let switch = |kind: &str| json!({"thinking": {"type": kind}});
    let usage = || json!({"stream": true, "stream_options": {"include_usage": true}});
    let rows = [
        (
            "openai",
            json!({"max_tokens": 5}),
            json!({"max_completion_tokens": 5}),
        ),
        (
            "groq",
            json!({"max_completion_tokens": 5}),
            json!({"max_tokens": 5}),
        ),
        ("openai", effort(), effort()),
        (
            "openai",
            json!({"reasoning_effort": "max"}),
            json!({"reasoning_effort": "max"}),
        ),
        ("groq", effort(), json!({"reasoning_effort": "low"})),
        (
            "groq",
            json!({"reasoning_effort": "max"}),
            json!({"reasoning_effort": "high"}),
        ),
        ("openai", budget(), json!({"reasoning_effort": "medium"})),
        ("openai", off(), json!({"reasoning_effort": "none"})),
        ("deepseek", effort(), switch("enabled")),
        ("deepseek", off(), switch("disabled")),
        (
            "deepseek",
            json!({"reasoning": {"exclude": true}}),
            json!({}),
        ),
        (
            "openrouter",
            effort(),
            json!({"reasoning": {"effort": "low"}}),
        ),
        (
            "openrouter",
            budget(),
            json!({"reasoning": {"max_tokens": 2000}}),
        ),
        (
            "openrouter",
            off(),
            json!({"reasoning": {"effort": "none"}}),
        ),
        (
            "openrouter",
            json!({"reasoning": {"enabled": true, "exclude": true}}),
            json!({"reasoning": {"enabled": true, "exclude": true}}),
        ),
        ("mistral", effort(), json!({})),
        (
            "mistral",
            json!({"seed": 1, "stream": true}),
            json!({"random_seed": 1, "stream": true}),
        ),
        (
            "mistral",
            json!({"temperature": 1.7}),
            json!({"temperature": 1.5}),
        ),
        (
            "zai",
            json!({"temperature": 1.7}),
            json!({"temperature": 1.0}),
        ),
        (
            "groq",
            json!({"temperature": 1.7}),
            json!({"temperature": 1.7}),
        ),
        ("openai", usage(), usage()),
        ("openai", json!({"stream": true}), usage()),
        ("vllm", json!({"top_k": 3}), json!({"top_k": 3})),
        (
            "unheard-of",
            json!({"temperature": 1.5, "logprobs": true, "top_logprobs": 2}),
            json!({"temperature": 1.5, "logprobs": true, "top_logprobs": 2}),
        ),
        (
            "openai",
            json!({"verbosity": "low", "prompt_cache_key": "k"}),
            json!({"verbosity": "low", "prompt_cache_key": "k"}),
        ),
        (
            "groq",
            json!({"verbosity": "medium", "user": "u", "service_tier": "flex", "store": true}),
            json!({}),
        ),
    ];
    for (kind, before, after) in rows {
        assert_eq!(
            fields(kind, before.clone()).unwrap(),
            after,
            "{kind} {before}"
        );
    }
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let schema = json!({"type": "json_schema", "json_schema": {"name": "n", "schema": {}}});
    let custom = json!([{"type": "custom", "custom": {"name": "g"}}]);
    let rows = [
        ("openai", json!({"top_k": 3}), Place::Field(Field::TopK)),
        (
            "openai",
            json!({"stop": ["1", "2", "3", "4", "5"]}),
            Place::Field(Field::Stop),
        ),
        (
            "deepseek",
            json!({"response_format": schema}),
            Place::Field(Field::Format),
        ),
        (
            "mistral",
            json!({"logprobs": true}),
            Place::Field(Field::Logprobs),
        ),
        (
            "mistral",
            json!({"logit_bias": {"1": 2}}),
            Place::Field(Field::LogitBias),
        ),
        ("groq", json!({"verbosity": "low"}), "verbosity".into()),
        (
            "groq",
            json!({"modalities": ["text", "audio"]}),
            "modalities".into(),
        ),
        ("openai", json!({"unheard_of": 1}), "unheard_of".into()),
        ("groq", json!({"tools": custom}), "tools[0]".into()),
        (
            "openai",
            json!({"tools": [{"type": "web_search"}]}),
            "tools[0]".into(),
        ),
    ];
    for (kind, before, place) in rows {
        let cannot = fields(kind, before.clone()).unwrap_err();
        assert_eq!(cannot.place, place, "{kind} {before}");
        assert!(!cannot.reason.is_empty() && !cannot.reason.ends_with('.'));
    }
    let image = json!([{"type": "image_url", "image_url": {"url": "http://i"}}]);
    let pdf = json!([{"type": "file", "file": {"file_data": "data:application/pdf;base64,AA=="}}]);
    let rows = [
        (
            "openai",
            json!({"role": "assistant", "content": image}),
            "messages[0]",
        ),
        (
            "groq",
            json!({"role": "user", "content": pdf}),
            "messages[0]",
        ),
        (
            "mistral",
            json!({"role": "user", "name": "Ann", "content": ""}),
            "messages[0].name",
        ),
    ];
    for (kind, message, path) in rows {
        let cannot = through(&json!({"messages": [message]}), kind).unwrap_err();
        assert_eq!(cannot.place, Place::At(path.to_owned()), "{kind}");
    }
}

#[test]
fn drops_are_listed() {
    let body = json!({
        "messages": [{"role": "user", "content": [{"type": "text", "text": "t", "cache_control": {"type": "ephemeral"}}]}],
        "tools": [{"type": "function", "function": {"name": "f"}, "cache_control": {"type": "ephemeral"}}],
        "user": "u", "metadata": {"a": "b"}, "service_tier": "auto", "store": false, "safety_identifier": "s",
    });
    let (_, dropped) = through(&body, "groq").unwrap();
    let expected: [Place; 6] = [
        Field::CacheMark.into(),
        Field::User.into(),
        Field::Metadata.into(),
        Field::ServiceTier.into(),
        "store".into(),
        "safety_identifier".into(),
    ];
    assert_eq!(dropped, expected);
    let (_, dropped) = through(&body, "openrouter").unwrap();
    assert!(!dropped.contains(&Field::CacheMark.into()));
}

#[test]
fn messages_by_provider() {
    let texts = || json!([{"role": "developer", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]);
    let thought = || json!([{"role": "assistant", "content": "x", "reasoning_content": "t"}]);
    let signed = || {
        json!([{"role": "assistant", "content": "x", "reasoning_details": [
        {"type": "reasoning.text", "text": "t", "signature": "s"}]}])
    };
    let marked = || json!([{"role": "user", "content": [{"type": "text", "text": "t", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]}]);
    let bare = || json!([{"role": "assistant", "content": "x"}]);
    let rows = [
        ("openai", texts(), texts()),
        (
            "deepseek",
            texts(),
            json!([{"role": "system", "content": "a\nb"}]),
        ),
        ("openai", thought(), bare()),
        ("deepseek", thought(), thought()),
        (
            "openrouter",
            thought(),
            json!([{"role": "assistant", "content": "x", "reasoning": "t"}]),
        ),
        ("openrouter", signed(), signed()),
        ("mistral", signed(), bare()),
        ("openrouter", marked(), marked()),
        ("groq", marked(), json!([{"role": "user", "content": "t"}])),
        (
            "groq",
            json!([{"role": "assistant", "content": null, "reasoning_content": "t"}]),
            json!([{"role": "assistant", "content": ""}]),
        ),
        (
            "groq",
            json!([{"role": "user", "content": []}]),
            json!([{"role": "user", "content": ""}]),
        ),
    ];
    for (kind, before, after) in rows {
        assert_eq!(messages(kind, before.clone()), after, "{kind} {before}");
    }
}

#[test]
fn results_with_pictures_follow_in_a_message_of_the_user() {
    let image = json!({"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}});
    let before = json!([
        {"role": "tool", "tool_call_id": "a", "content": [{"type": "text", "text": "1"}, image]},
        {"role": "tool", "tool_call_id": "b", "name": "f", "content": "2"}]);
    let after = json!([
        {"role": "tool", "tool_call_id": "a", "content": "1"},
        {"role": "tool", "tool_call_id": "b", "content": "2"},
        {"role": "user", "content": [{"type": "text", "text": "The result of the tool call a continues:"}, image]}]);
    assert_eq!(messages("openai", before), after);
}

#[test]
fn ids_of_calls_fit_mistral() {
    let before = json!([
        {"role": "assistant", "content": null, "tool_calls": [
            {"id": "call_abcdefghijkl", "type": "function", "function": {"name": "f", "arguments": ""}},
            {"id": "Abcdefgh9", "type": "function", "function": {"name": "f", "arguments": "{\"a\": 1}"}}]},
        {"role": "tool", "tool_call_id": "call_abcdefghijkl", "content": "1"}]);
    let after = messages("mistral", before);
    let ids: Vec<_> = [
        &after[0]["tool_calls"][0]["id"],
        &after[0]["tool_calls"][1]["id"],
        &after[1]["tool_call_id"],
    ]
    .map(|id| id.as_str().unwrap().to_owned())
    .into();
    assert_eq!((ids[0].len(), ids[1].as_str()), (9, "Abcdefgh9"));
    assert!(ids[0].bytes().all(|byte| byte.is_ascii_alphanumeric()));
    assert_eq!(ids[0], ids[2]);
    assert_eq!(after[0]["tool_calls"][0]["function"]["arguments"], "{}");
    assert_eq!(
        after[0]["tool_calls"][1]["function"]["arguments"],
        "{\"a\": 1}"
    );
}

#[test]
fn allowed_tools_are_the_only_ones_elsewhere() {
    let tool = |name: &str| json!({"type": "function", "function": {"name": name}});
    let choice = json!({"type": "allowed_tools", "allowed_tools": {"mode": "required", "tools": [tool("g")]}});
    let body = json!({"tools": [tool("f"), tool("g")], "tool_choice": choice});
    assert_eq!(fields("openai", body.clone()).unwrap(), body);
    let expected = json!({"tools": [tool("g")], "tool_choice": "required"});
    assert_eq!(fields("groq", body).unwrap(), expected);
    let other = json!({"tools": [tool("f")], "tool_choice": choice});
    assert_eq!(
        fields("groq", other).unwrap_err().place,
        Place::Field(Field::ToolChoice)
    );
}

#[test]
fn cache_marks_are_placed_where_the_client_set_none() {
    let marked = |messages: &Value, kind: &str| {
        let request = read_request(&json!({"messages": messages}).to_string()).unwrap();
        let aim = Aim {
            model: "m",
            kind,
            mark_cache: true,
        };
        parsed(&write_request(&request, &aim).unwrap().body)["messages"].clone()
    };
    let text = |text: &str| json!([{"type": "text", "text": text}]);
    let mark = |text: &str| json!([{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]);
    let message = |role: &str, content: Value| json!({"role": role, "content": content});
    let before = json!([
        message("system", json!("a")),
        message("system", json!("b")),
        message("user", json!("c")),
        message("assistant", json!("d")),
        message("user", json!("e"))
    ]);
    let after = json!([
        message("system", text("a")),
        message("system", mark("b")),
        message("user", text("c")),
        message("assistant", mark("d")),
        message("user", text("e"))
    ]);
    assert_eq!(marked(&before, "openrouter"), after);
    assert_eq!(marked(&before, "groq"), before);
    let own = json!([
        message("system", json!("a")),
        message("user", mark("b")),
        message("user", json!("c"))
    ]);
    assert_eq!(marked(&own, "openrouter"), own);
    let calls =
        json!([{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}]);
    let before = json!([message("user", json!("q")), {"role": "assistant", "content": null, "tool_calls": calls},
        {"role": "tool", "tool_call_id": "c", "content": "r"}]);
    assert_eq!(marked(&before, "openrouter")[0], message("user", mark("q")));
    assert_eq!(
        marked(&json!([message("user", json!(""))]), "openrouter"),
        json!([message("user", json!(""))])
    );
}
