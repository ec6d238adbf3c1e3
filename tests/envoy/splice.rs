//! The body that a provider gets is the client's, byte for byte, but for what had to change.

use crate::stand::{Stand, house, run};
use crate::support::ask::Ask;
use crate::support::client::Wire;
use crate::support::numbered::numbered;

/// A body in the client's words; `MODEL`, `MARK` and `TEXT` are put in.
const BODIES: [&str; 6] = [
    r#"{"model":MODEL,"messages":[{"role":"user","content":TEXT}],"x_mark":"MARK"}"#,
    "\r\n{ \t\"x_mark\" : \"MARK\",\n\"messages\" :[ {\"content\":TEXT,\r\n \"role\"\n:\"user\" } ] , \"model\"  :\t MODEL \n }\n\n \t",
    r#"{"seed":123456789012345678901234567890,"temperature":1.0E+2,"top_p":-0.0,"z":{"b":1e400,"a":[1, 2.50,0.10000000000000000555]},"x_mark":"MARK","messages":[{"role":"user","content":TEXT,"name":"caf\u00e9"}],"model":MODEL}"#,
    r#"{"x_mark":"MARK","mod\u0065l":MODEL,"m\u0065ssages":[{"r\u006fle":"user","content":TEXT}],"\ud83d\ude00":"\/\b\f\u0000 é 😀"}"#,
    r#"{"x_mark":"MARK","messages":[{"role":"system","content":[]},{"role":"user","content":[{"type":"text","text":TEXT},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}],"unknown":null}],"tools":[],"tool_choice":"none","model":MODEL,"metadata":{"a":"b"},"logit_bias":{"50256":-100}}"#,
    r#"{"x":[[[[[[[[[[{}]]]]]]]]]],"":"","model":MODEL,"x_mark":"MARK","messages":[{"role":"user","content":TEXT},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\" : \"\\u00e9\"}"}}]},{"role":"tool","tool_call_id":"c","content":"[1,2]"}]}"#,
];

/// What the client writes for the model, the target, and what the target gets.
const MODELS: [(&str, &str); 5] = [
    (r#""alias""#, r#""gpt-4o-mini""#),
    (r#""al\u0069as""#, r#""gpt-4o-mini""#),
    (r#""gpt-4o\/local""#, r#""gpt-4o""#),
    (r#""quo\"te\\d/local""#, r#""quo\"te\\d""#),
    (r#""käse-😀/local""#, r#""käse-😀""#),
];

/// What the client says, and what the provider gets.
const TEXTS: [(&str, &str); 5] = [
    (r#""plain""#, r#""plain""#),
    (
        r#""h\u00e9llo \ud83d\ude00 \/ \t""#,
        r#""h\u00e9llo \ud83d\ude00 \/ \t""#,
    ),
    (
        r#""to ada@example.com, \u00e9""#,
        r#""to [EMAIL_1], \u00e9""#,
    ),
    (r#""to \u0061da\u0040example.com\n""#, r#""to [EMAIL_1]\n""#),
    (
        r#""ada@example.com, bob@example.com; ADA: ada@example.com""#,
        r#""[EMAIL_1], [EMAIL_2]; ADA: [EMAIL_1]""#,
    ),
];

async fn assert_sent(gate: &Stand, wire: &mut Wire, ask: Ask, expected: &str) {
    let reply = wire.ask(&ask).await;
    assert_eq!(
        reply.status,
        200,
        "{}: {}",
        String::from_utf8_lossy(&ask.body()),
        reply.text()
    );
    let expected = expected.replace("MARK", &ask.mark);
    let heard = gate.heard_once(&ask).await;
    assert_eq!(numbered(&heard.text()), expected);
    if let Some(length) = heard.request.header("content-length") {
        assert_eq!(length, heard.text().len().to_string());
    }
}

#[test]
fn bodies_are_spliced() {
    run(async {
        let gate = house().await;
        let (mut one, mut two) = (
            gate.connect().await,
            Wire::connect_two(gate.envoy.port()).await,
        );
        for (nth, body) in BODIES.into_iter().enumerate() {
            for (model, named) in MODELS {
                for (text, sent) in TEXTS {
                    let ask = Ask::text(&body.replace("MODEL", model).replace("TEXT", text));
                    let expected = body.replace("MODEL", named).replace("TEXT", sent);
                    let wire = if nth % 2 == 0 { &mut one } else { &mut two };
                    let ask = if nth % 3 == 0 { ask } else { ask.chunked(7) };
                    assert_sent(gate, wire, ask, &expected).await;
                }
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_body_that_is_right_is_not_touched() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        for (body, model) in BODIES
            .into_iter()
            .flat_map(|body| [(body, r#""gpt-4o""#), (body, r#""gpt\u002d4\u006f""#)])
        {
            let ask = Ask::text(&body.replace("MODEL", model).replace("TEXT", "\"hello\""));
            let reply = wire.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            let heard = gate.heard_once(&ask).await;
            assert_eq!(
                (heard.by, heard.text()),
                ("openai", String::from_utf8(ask.body()).unwrap())
            );
        }
    });
}

#[test]
fn each_attempt_gets_the_clients_body_with_its_own_name() {
    run(async {
        let gate = house().await;
        let chain = r#""a+status=500\/openai,a-longer-name+status=503/azure,b+status=500/mistral,\u0063/local""#;
        for body in BODIES {
            for stream in [false, true] {
                let stream = if stream { r#","stream": true}"# } else { "}" };
                let body = body.trim_end();
                let body = format!("{}{stream}", &body[..body.len() - 1]);
                let ask = Ask::text(
                    &body
                        .replace("MODEL", chain)
                        .replace("TEXT", r#""ada@example.com \u00e9""#),
                );
                assert_eq!(gate.ask(&ask).await.status, 200);
                let heard = gate.heard(&ask).await;
                let names = [
                    "a+status=500",
                    "a-longer-name+status=503",
                    "b+status=500",
                    "c",
                ];
                for (heard, name) in heard.iter().zip(names) {
                    let expected = body
                        .replace("MODEL", &format!("{name:?}"))
                        .replace("MARK", &ask.mark);
                    let expected = expected.replace("TEXT", r#""[EMAIL_1] \u00e9""#);
                    let own = numbered(&heard.text());
                    let own = own.replacen(r#""stream_options":{"include_usage":true},"#, "", 1);
                    // Mistral gets one without what was put in for OpenAI: see the test below.
                    let (own, expected) = match heard.by {
                        "mistral" => (
                            own.replacen("{ \t", "{", 1),
                            // It takes ids of nine letters only.
                            expected
                                .replacen("{ \t", "{", 1)
                                .replace(r#"id":"c""#, r#"id":"GFyU8eZ2b""#),
                        ),
                        _ => (own, expected),
                    };
                    assert_eq!(own, expected, "{}", heard.by);
                    let asked = heard.text().contains("include_usage");
                    assert_eq!(
                        asked,
                        body.contains("\"stream\"") && heard.by != "mistral",
                        "{}",
                        heard.by
                    );
                }
                assert_eq!(heard.len(), 4);
            }
        }
    });
}

#[test]
fn what_was_put_in_is_taken_out_without_a_trace() {
    run(async {
        let gate = house().await;
        let body = r#"{ "model": MODEL, "stream": true, "messages": [{"role": "user", "content": "hi"}], "x_mark": "MARK"}"#;
        let ask = Ask::text(&body.replace("MODEL", r#""a+status=500/openai,b/mistral""#));
        assert_eq!(gate.ask(&ask).await.status, 200);
        let expected = body.replace("MODEL", "\"b\"").replace("MARK", &ask.mark);
        assert_eq!(gate.heard(&ask).await[1].text(), expected);
    });
}

/// The client's `stream_options`, what OpenAI's kind gets, and what Mistral's kind gets, which knows no such option.
const OPTIONS: [(&str, &str, &str); 8] = [
    (
        r#"{"model":"m","stream":true,MESSAGES}"#,
        r#"{"stream_options":{"include_usage":true},"model":"m","stream":true,MESSAGES}"#,
        r#"{"model":"m","stream":true,MESSAGES}"#,
    ),
    (
        r#"{"model":"m","stream":true,"stream_options":{"include_usage":true},MESSAGES}"#,
        r#"{"model":"m","stream":true,"stream_options":{"include_usage":true},MESSAGES}"#,
        r#"{"model":"m","stream":true,MESSAGES}"#,
    ),
    (
        r#"{"stream_options" : { "include_usage" : false , "other":1} ,"model":"m","stream":true,MESSAGES}"#,
        r#"{"stream_options" : { "include_usage" : true , "other":1} ,"model":"m","stream":true,MESSAGES}"#,
        r#"{"model":"m","stream":true,MESSAGES}"#,
    ),
    (
        r#"{"model":"m","stream":true,MESSAGES,"stream_options":{}}"#,
        r#"{"model":"m","stream":true,MESSAGES,"stream_options":{"include_usage":true}}"#,
        r#"{"model":"m","stream":true,MESSAGES}"#,
    ),
    (
        r#"{"model":"m","stream":true,MESSAGES,"stream_options":null}"#,
        r#"{"model":"m","stream":true,MESSAGES,"stream_options":{"include_usage":true}}"#,
        r#"{"model":"m","stream":true,MESSAGES}"#,
    ),
    (
        r#"{"model":"m","stream":true,"stream_options":{"other":[1]},MESSAGES}"#,
        r#"{"model":"m","stream":true,"stream_options":{"include_usage":true,"other":[1]},MESSAGES}"#,
        r#"{"model":"m","stream":true,MESSAGES}"#,
    ),
    (
        r#"{"model":"m","stream":false,MESSAGES}"#,
        r#"{"model":"m","stream":false,MESSAGES}"#,
        r#"{"model":"m","stream":false,MESSAGES}"#,
    ),
    (
        r#"{"model":"m","stream":null,MESSAGES}"#,
        r#"{"model":"m","stream":null,MESSAGES}"#,
        r#"{"model":"m","stream":null,MESSAGES}"#,
    ),
];

#[test]
fn usage_is_asked_for_in_streams() {
    run(async {
        let gate = house().await;
        let messages = r#""messages":[{"role":"user","content":"x"}],"x_mark":"MARK""#;
        let mut wire = gate.connect().await;
        for (body, openai, mistral) in OPTIONS {
            for (provider, expected) in [("openai", openai), ("mistral", mistral)] {
                let body = body
                    .replace("MESSAGES", messages)
                    .replace("\"m\"", &format!("\"m/{provider}\""));
                let expected = expected.replace("MESSAGES", messages);
                assert_sent(gate, &mut wire, Ask::text(&body), &expected).await;
            }
        }
    });
}
