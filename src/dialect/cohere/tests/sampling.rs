//! Sampling, limits, format, reasoning.

use super::*;

fn number(text: &str) -> Option<serde_json::Number> {
    Some(serde_json::from_str(text).unwrap())
}

fn sampled(sampling: Sampling) -> Request {
    Request { sampling, ..hi() }
}

#[test]
fn ranges() {
    let put = |key: &str, text: &str| {
        let mut sampling = Sampling::default();
        let field = match key {
            "temperature" => &mut sampling.temperature,
            "p" => &mut sampling.top_p,
            "k" => &mut sampling.top_k,
            "seed" => &mut sampling.seed,
            "frequency_penalty" => &mut sampling.frequency_penalty,
            _ => &mut sampling.presence_penalty,
        };
        *field = number(text);
        body(&sampled(sampling), COMMAND)
            .get(key)
            .map(Value::to_string)
    };
    let rows = [
        ("temperature", "0.70", Some("0.70")),
        ("temperature", "1.5", Some("1")),
        ("temperature", "-1", Some("0")),
        ("p", "1", Some("0.99")),
        ("p", "0", Some("0.01")),
        ("p", "0.5", Some("0.5")),
        ("k", "9999", Some("500")),
        ("k", "1e999", Some("500")),
        ("seed", "42", Some("42")),
        ("frequency_penalty", "2", Some("1")),
        ("presence_penalty", "0.50", Some("0.50")),
        ("presence_penalty", "0.0", None),
        ("presence_penalty", "-0.0", None),
    ];
    for (key, text, expected) in rows {
        assert_eq!(put(key, text).as_deref(), expected, "{key} {text}");
    }
}

#[test]
fn what_cannot_be() {
    let none = Sampling::default;
    let rows = [
        (
            Sampling {
                frequency_penalty: number("-1"),
                ..none()
            },
            Field::FrequencyPenalty,
        ),
        (
            Sampling {
                frequency_penalty: number("0.5"),
                presence_penalty: number("0.5"),
                ..none()
            },
            Field::PresencePenalty,
        ),
        (
            Sampling {
                seed: number("-1"),
                ..none()
            },
            Field::Seed,
        ),
        (
            Sampling {
                logit_bias: Some(json!({"1": 2})),
                ..none()
            },
            Field::LogitBias,
        ),
        (
            Sampling {
                top_logprobs: Some(3),
                ..none()
            },
            Field::TopLogprobs,
        ),
    ];
    for (sampling, field) in rows {
        assert_eq!(
            refused(&sampled(sampling), COMMAND).place,
            Place::Field(field)
        );
    }
    let six = Request {
        stop: vec!["a".to_owned(); 6],
        ..hi()
    };
    assert_eq!(refused(&six, COMMAND).place, Place::Field(Field::Stop));
    let two = Request {
        candidates: Some(2),
        ..hi()
    };
    assert_eq!(
        refused(&two, COMMAND).place,
        Place::Field(Field::Candidates)
    );
}

#[test]
fn limits_and_formats() {
    let schema = json!({"type": "object", "z": 1, "a": 2});
    let request = Request {
        max_output_tokens: Some(100),
        stop: vec!["a".to_owned(), String::new()],
        format: Format::JsonSchema {
            name: Some("x".to_owned()),
            description: None,
            schema: schema.clone(),
            strict: Some(true),
        },
        ..sampled(Sampling {
            logprobs: Some(true),
            ..Sampling::default()
        })
    };
    let found = body(&request, COMMAND);
    assert_eq!(found["max_tokens"], 100);
    assert_eq!(found["stop_sequences"], json!(["a"]));
    assert_eq!(found["logprobs"], true);
    assert_eq!(
        found["response_format"].to_string(),
        r#"{"type":"json_object","json_schema":{"type":"object","z":1,"a":2}}"#
    );
    let request = Request {
        format: Format::JsonObject,
        ..hi()
    };
    assert_eq!(
        body(&request, COMMAND)["response_format"],
        json!({"type": "json_object"})
    );
}

#[test]
fn thinking() {
    let asked = |effort: Option<Effort>, budget: Option<u64>| Request {
        reasoning: Some(Reasoning {
            effort,
            budget,
            ..Reasoning::default()
        }),
        ..hi()
    };
    let rows = [
        (Some(Effort::None), None, json!({"type": "disabled"})),
        (None, Some(0), json!({"type": "disabled"})),
        (
            Some(Effort::Low),
            None,
            json!({"type": "enabled", "token_budget": 2048}),
        ),
        (Some(Effort::High), None, json!({"type": "enabled"})),
        (
            None,
            Some(500),
            json!({"type": "enabled", "token_budget": 500}),
        ),
        (None, None, Value::Null),
    ];
    for (effort, budget, expected) in rows {
        let body = body(&asked(effort, budget), REASONING);
        assert_eq!(body.get("thinking").cloned().unwrap_or_default(), expected);
    }
    let body = body(&asked(Some(Effort::None), None), COMMAND);
    assert_eq!(body.get("thinking"), None);
    assert_eq!(
        refused(&asked(Some(Effort::Low), None), COMMAND).place,
        Place::Field(Field::Reasoning)
    );
}
