//! Sampling, thinking, format, tiers, metadata.

use super::*;

const OPUS: &str = "anthropic.claude-opus-4-7";
const COMMAND: &str = "cohere.command-r-v1:0";

fn number(text: &str) -> Option<serde_json::Number> {
    Some(serde_json::from_str(text).unwrap())
}

fn sampled(sampling: Sampling) -> Request {
    Request { sampling, ..hi() }
}

#[test]
fn inference() {
    let request = Request {
        max_output_tokens: Some(u64::MAX),
        stop: vec!["a".to_owned(), String::new(), "b".to_owned()],
        ..sampled(Sampling {
            temperature: number("1.7"),
            top_p: number("0.90"),
            ..Sampling::default()
        })
    };
    let body = body(&request, NOVA);
    assert_eq!(
        body["inferenceConfig"].to_string(),
        r#"{"maxTokens":2147483647,"temperature":1,"topP":0.90,"stopSequences":["a","b"]}"#
    );
    for (text, expected) in [
        ("-1", "0"),
        ("1e999", "1"),
        ("-1e999", "0"),
        ("0.10", "0.10"),
    ] {
        let request = sampled(Sampling {
            temperature: number(text),
            ..Sampling::default()
        });
        let written = written(&request, NOVA).0;
        let found = written["inferenceConfig"]["temperature"].to_string();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn newer_claudes_take_one_of_two() {
    let rows = [
        ("0.5", "1", json!({"temperature": 0.5})),
        ("1", "0.5", json!({"topP": 0.5})),
        ("0.5", "0.5", json!({"temperature": 0.5, "topP": 0.5})),
    ];
    for (temperature, top_p, expected) in rows {
        let request = sampled(Sampling {
            temperature: number(temperature),
            top_p: number(top_p),
            ..Sampling::default()
        });
        assert_eq!(body(&request, CLAUDE)["inferenceConfig"], expected);
    }
}

#[test]
fn fields_of_some_models() {
    let all = || Sampling {
        top_k: number("7"),
        frequency_penalty: number("0.5"),
        presence_penalty: number("0.25"),
        seed: number("42"),
        ..Sampling::default()
    };
    let more =
        |sampling, model| body(&sampled(sampling), model)["additionalModelRequestFields"].clone();
    assert_eq!(
        more(all(), COMMAND),
        json!({"k": 7, "frequency_penalty": 0.5, "presence_penalty": 0.25, "seed": 42})
    );
    let only = || Sampling {
        top_k: number("7"),
        frequency_penalty: number("0"),
        presence_penalty: number("0.0"),
        logprobs: Some(false),
        top_logprobs: Some(0),
        logit_bias: Some(json!({})),
        ..Sampling::default()
    };
    assert_eq!(more(only(), CLAUDE), json!({"top_k": 7}));
    assert_eq!(more(only(), NOVA), json!({"inferenceConfig": {"topK": 7}}));
    let llama = "meta.llama3-3-70b-instruct-v1:0";
    let rows = [
        (only(), llama, Field::TopK),
        (
            Sampling {
                top_k: None,
                ..all()
            },
            CLAUDE,
            Field::FrequencyPenalty,
        ),
        (
            Sampling {
                logprobs: Some(true),
                ..Sampling::default()
            },
            NOVA,
            Field::Logprobs,
        ),
        (
            Sampling {
                top_logprobs: Some(2),
                ..Sampling::default()
            },
            NOVA,
            Field::TopLogprobs,
        ),
        (
            Sampling {
                logit_bias: Some(json!({"1": 2})),
                ..Sampling::default()
            },
            NOVA,
            Field::LogitBias,
        ),
    ];
    for (sampling, model, field) in rows {
        assert_eq!(
            refused(&sampled(sampling), model).place,
            Place::Field(field)
        );
    }
    let several = Request {
        candidates: Some(2),
        ..hi()
    };
    assert_eq!(
        refused(&several, NOVA).place,
        Place::Field(Field::Candidates)
    );
}

#[test]
fn which_stop_text_came_is_asked_of_claude() {
    let request = Request {
        stop: vec!["a".to_owned()],
        ..hi()
    };
    let paths = "additionalModelResponseFieldPaths";
    assert_eq!(
        body(&request, CLAUDE)[paths],
        json!(["/stop_sequence", "/delta/stop_sequence"])
    );
    assert!(body(&request, NOVA).get(paths).is_none());
    assert!(body(&hi(), CLAUDE).get(paths).is_none());
}

fn effort(effort: Effort) -> Reasoning {
    Reasoning {
        effort: Some(effort),
        ..Reasoning::default()
    }
}

fn budget(budget: u64) -> Reasoning {
    Reasoning {
        budget: Some(budget),
        ..Reasoning::default()
    }
}

#[test]
fn thinking_by_family() {
    let enabled = |budget: u64| json!({"thinking": {"type": "enabled", "budget_tokens": budget}});
    let adaptive = || json!({"thinking": {"type": "adaptive"}});
    let nova =
        |word: &str| json!({"reasoningConfig": {"type": "enabled", "maxReasoningEffort": word}});
    let (null, either) = (Value::Null, "anthropic.claude-opus-4-6-v1");
    let shown = Reasoning {
        shown: Some(true),
        ..effort(Effort::Max)
    };
    let free = Reasoning {
        adaptive: true,
        ..Reasoning::default()
    };
    let rows = [
        (CLAUDE, budget(5000), enabled(5000), ""),
        (CLAUDE, budget(10), enabled(1024), ""),
        (CLAUDE, effort(Effort::Low), enabled(2048), ""),
        (CLAUDE, effort(Effort::None), null.clone(), ""),
        (CLAUDE, budget(0), null.clone(), ""),
        (CLAUDE, Reasoning::default(), null.clone(), ""),
        (either, budget(5000), enabled(5000), ""),
        (either, effort(Effort::XHigh), adaptive(), "high"),
        (either, free.clone(), adaptive(), ""),
        (OPUS, effort(Effort::Minimal), adaptive(), "low"),
        (OPUS, effort(Effort::XHigh), adaptive(), "xhigh"),
        (OPUS, budget(5000), adaptive(), "medium"),
        (OPUS, free, adaptive(), ""),
        (
            OPUS,
            shown,
            json!({"thinking": {"type": "adaptive", "display": "summarized"}}),
            "max",
        ),
        (
            "us.amazon.nova-2-lite-v1:0",
            effort(Effort::High),
            nova("high"),
            "",
        ),
        ("us.amazon.nova-2-lite-v1:0", budget(1), nova("low"), ""),
        (
            "openai.gpt-oss-120b-1:0",
            effort(Effort::Medium),
            json!({"reasoning_effort": "medium"}),
            "",
        ),
        ("deepseek.r1-v1:0", effort(Effort::High), null.clone(), ""),
        ("zai.glm-4.6", effort(Effort::High), null.clone(), ""),
        ("abc123def456", budget(2000), enabled(2000), ""),
        ("abc123def456", effort(Effort::High), null, "high"),
    ];
    for (model, reasoning, more, effort) in rows {
        let request = Request {
            reasoning: Some(reasoning.clone()),
            ..hi()
        };
        let body = body(&request, model);
        let found = body.get("additionalModelRequestFields");
        assert_eq!(
            found.cloned().unwrap_or_default(),
            more,
            "{model} {reasoning:?}"
        );
        let found = body.pointer("/outputConfig/effort").and_then(Value::as_str);
        assert_eq!(found.unwrap_or_default(), effort, "{model} {reasoning:?}");
    }
    for model in [NOVA, COMMAND, "anthropic.claude-3-haiku-20240307-v1:0"] {
        let request = Request {
            reasoning: Some(effort(Effort::Low)),
            ..hi()
        };
        assert_eq!(
            refused(&request, model).place,
            Place::Field(Field::Reasoning)
        );
    }
}

#[test]
fn a_budget_leaves_room_for_the_answer() {
    let thinks = |most: u64| {
        let request = Request {
            reasoning: Some(effort(Effort::High)),
            max_output_tokens: Some(most),
            ..hi()
        };
        let (body, dropped) = written(&request, CLAUDE);
        let budget = body.pointer("/additionalModelRequestFields/thinking/budget_tokens");
        (budget.and_then(Value::as_u64), dropped.len())
    };
    assert_eq!(thinks(64_000), (Some(16_384), 0));
    assert_eq!(thinks(4000), (Some(3999), 0));
    assert_eq!(thinks(1025), (Some(1024), 0));
    assert_eq!(thinks(1024), (None, 1));
    assert_eq!(thinks(0), (None, 1));
}

#[test]
fn thinking_and_tools() {
    let mut request = Request {
        reasoning: Some(effort(Effort::High)),
        tools: vec![tool("look")],
        tool_choice: Some(ToolChoice::Required),
        ..hi()
    };
    assert_eq!(
        refused(&request, CLAUDE).place,
        Place::Field(Field::ToolChoice)
    );
    request.tool_choice = None;
    request
        .turns
        .push(turn(Role::Assistant, vec![call("c", "look", "{}")]));
    request.turns.push(turn(Role::Tool, vec![gave("c", "1")]));
    let (body, dropped) = written(&request, CLAUDE);
    assert!(body.get("additionalModelRequestFields").is_none());
    assert_eq!(dropped, [Place::Field(Field::Reasoning)]);
    assert_eq!(written(&request, OPUS).1, [], "it thinks as it likes");
}

#[test]
fn formats() {
    let schema = Request {
        format: Format::JsonSchema {
            name: Some("answer".to_owned()),
            description: None,
            schema: json!({"type": "object", "z": 1, "a": 2}),
            strict: Some(true),
        },
        ..hi()
    };
    assert_eq!(
        body(&schema, CLAUDE)["outputConfig"],
        json!({"textFormat": {"type": "json_schema", "structure": {"jsonSchema": {
            "schema": "{\"type\":\"object\",\"z\":1,\"a\":2}", "name": "answer"}}}})
    );
    assert_eq!(refused(&schema, NOVA).place, Place::Field(Field::Format));
    let object = Request {
        format: Format::JsonObject,
        ..hi()
    };
    assert_eq!(body(&object, NOVA)["system"].as_array().unwrap().len(), 1);
}

#[test]
fn tiers_metadata_and_user() {
    let request = Request {
        service_tier: Some("flex".to_owned()),
        metadata: Some(json!({"team": "a b", "mail": "x@y.z", "umlaut": "ä", "n": 1})),
        user: Some("u1".to_owned()),
        ..hi()
    };
    let (body, dropped) = written(&request, NOVA);
    assert_eq!(body["serviceTier"], json!({"type": "flex"}));
    assert_eq!(
        body["requestMetadata"],
        json!({"team": "a b", "mail": "x@y.z"})
    );
    assert_eq!(dropped, [Field::User.into(), Field::Metadata.into()]);
    for (word, left) in [("auto", 0), ("scale", 1)] {
        let request = Request {
            service_tier: Some(word.to_owned()),
            ..hi()
        };
        let (body, dropped) = written(&request, NOVA);
        assert_eq!((body.get("serviceTier"), dropped.len()), (None, left));
    }
}
