//! What Tollgate refuses, how it says so, and that it goes on as if nothing had been.

use crate::checks::assert_refused;
use crate::stand::{Stand, house, run, strict};
use crate::support::ask::Ask;
use crate::support::client::{Wire, raw};

const GOOD: &str = r#"{"model":"gpt-4o/local","messages":[{"role":"user","content":"hi"}]}"#;

/// Body, status, code, and what the sentence must have in it.
fn bodies() -> Vec<(Vec<u8>, u16, &'static str, &'static str)> {
    let json = "invalid_json";
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!(r#"{{"model":"gpt-4o/local","messages":[],"deep":{open}{close}}}"#).into_bytes()
    };
    let mut rows: Vec<(Vec<u8>, u16, &str, &str)> = [
        (r#"{"model":"a/local","model":"b/local","messages":[]}"#, json, "\"model\""),
        (r#"{"model":"a/local","mod\u0065l":"b/local","messages":[]}"#, json, "\"model\""),
        (r#"{"model":"a/local","messages":[],"messages":[]}"#, json, "\"messages\""),
        (r#"{"messages":[],"model":"a/local","\u006dessages":[]}"#, json, "\"messages\""),
        (r#"{"model":"a/local","messages":[]}x"#, json, "byte 33"),
        (r#"{"model":"a/local","messages":[]}{}"#, json, "byte 33"),
        (r#"{"model":"a/local","messages":["#, json, "byte 31"),
        ("{\n\"model\":\"a/local\",\n\"messages\":[}", json, "line 3"),
        (r#"{"model":"a/local","messages":[],}"#, json, "byte"),
        (r#"{"model":"a/local","messages":[],"x":1e}"#, json, "byte"),
        (r#"{"model":"a/local","messages":[],"x":NaN}"#, json, "byte"),
        (r#"{"model":"a/local","messages":[],"x":01}"#, json, "byte"),
        (r#"{'model':'a/local'}"#, json, "byte 1"),
        ("{\"model\":\"a\nb\",\"messages\":[]}", json, "byte"),
        (r#"{"model":"a/local","messages":[],"x":"\x"}"#, json, "byte"),
        ("\u{feff}{\"model\":\"gpt-4o/local\",\"messages\":[]}", json, "byte order mark"),
        ("", json, ""),
        (" \n ", json, ""),
        ("[]", json, "object"),
        ("null", json, "object"),
        ("42", json, "object"),
        ("\"text\"", json, "object"),
        ("model=gpt-4o", json, ""),
        (r#"{"messages":[]}"#, "missing_field", "'model'"),
        (r#"{"model":"gpt-4o/local"}"#, "missing_field", "'messages'"),
        ("{}", "missing_field", "'messages'"),
        (r#"{"model":7,"messages":[]}"#, "invalid_field", "'model'"),
        (r#"{"model":null,"messages":[]}"#, "invalid_field", "'model'"),
        (r#"{"model":["gpt-4o/local"],"messages":[]}"#, "invalid_field", "'model'"),
        (r#"{"model":"gpt-4o/local","messages":"hi"}"#, "invalid_field", "'messages'"),
        (r#"{"model":"gpt-4o/local","messages":{}}"#, "invalid_field", "'messages'"),
        (r#"{"model":"gpt-4o/local","messages":[7]}"#, "invalid_field", "messages[0]"),
        (r#"{"model":"gpt-4o/local","messages":[],"stream":"yes"}"#, "invalid_field", "'stream'"),
        (r#"{"model":"gpt-4o/local","messages":[],"stream":1}"#, "invalid_field", "'stream'"),
        (r#"{"model":"gpt-4o/local","messages":[],"stream":true,"stream_options":true}"#, "invalid_field", "stream_options"),
        (r#"{"model":"gpt-4o/local","messages":[{"role":"user","content":"My SSN is 536-22-8145."}]}"#, "personal_data_blocked", "us_ssn"),
        (r#"{"model":"gpt-4o/local","messages":[{"role":"user","content":"Project Bluebird"}]}"#, "personal_data_blocked", "project"),
    ]
    .into_iter()
    .map(|(body, code, says)| (body.into(), 400, code, says))
    .collect();
    rows.push((
        b"{\"model\":\"gpt-4o/local\",\"messages\":[],\"x\":\"\xff\"}".to_vec(),
        400,
        json,
        "byte 43",
    ));
    rows.push((
        b"{\"model\":\"gpt-4o/local\",\"messages\":[],\"x\":\"\xed\xa0\x80\"}".to_vec(),
        400,
        json,
        "UTF-8",
    ));
    let wide: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    rows.push((
        [b"\xff\xfe".to_vec(), wide.clone()].concat(),
        400,
        json,
        "UTF-8",
    ));
    rows.push((wide, 400, json, ""));
    rows.push((nested(128), 400, json, "128"));
    rows.push((nested(100_000), 400, json, "128"));
    rows
}

#[test]
fn bodies_that_are_refused() {
    run(async {
        let gate = house().await;
        let (mut one, mut two) = (
            gate.connect().await,
            Wire::connect_two(gate.envoy.port()).await,
        );
        for (nth, (body, status, code, says)) in bodies().into_iter().enumerate() {
            let shown = String::from_utf8_lossy(&body)
                .chars()
                .take(120)
                .collect::<String>();
            let asks = [Ask::raw(body.clone()), Ask::raw(body).chunked(11)];
            for ask in asks {
                for wire in [&mut one, &mut two] {
                    let reply = wire.ask(&ask).await;
                    assert_eq!(reply.status, status, "{shown}: {}", reply.text());
                    let message = assert_refused(&reply, status, code);
                    assert!(message.contains(says), "{shown}: {message}");
                    assert!(!message.contains("8145"), "{message}");
                    assert_eq!(reply.header("x-tollgate-provider"), None, "{shown}");
                }
            }
            if nth % 5 == 0 {
                // The connections are still good.
                for wire in [&mut one, &mut two] {
                    let reply = wire.ask(&Ask::raw(GOOD)).await;
                    assert_eq!(reply.status, 200, "after {shown}: {}", reply.text());
                }
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_depth_of_128_is_taken() {
    run(async {
        let gate = house().await;
        let (open, close) = ("[".repeat(127), "]".repeat(127));
        let body = GOOD.replace("}]}", &format!("}}],\"deep\":{open}{close}}}"));
        let reply = gate.ask(&Ask::raw(body)).await;
        assert!(
            !reply.headers.contains_key("x-tollgate-refusal"),
            "{}",
            reply.text()
        );
    });
}

#[test]
fn compressed_bodies_are_refused() {
    run(async {
        let gate = house().await;
        for how in ["gzip", "br", "deflate, gzip"] {
            let reply = gate
                .ask(&Ask::raw(GOOD).header("content-encoding", how))
                .await;
            let message = assert_refused(&reply, 415, "unsupported_content_encoding");
            assert!(message.contains(how), "{message}");
        }
        let reply = gate
            .ask(&Ask::raw(GOOD).header("content-encoding", "identity"))
            .await;
        assert_eq!(reply.status, 200);
        gate.assert_well().await;
    });
}

fn head(more: &str) -> String {
    format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway.test\r\ncontent-type: application/json\r\n{more}\r\n\r\n"
    )
}

async fn assert_too_large(gate: &Stand, head: &str, pieces: usize, piece: &[u8]) {
    let said = raw(gate.envoy.port(), head.as_bytes(), pieces, piece).await;
    let (head, body) = said
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no reply: {said}"));
    assert!(head.starts_with("HTTP/1.1 413"), "{said}");
    assert!(
        head.contains("x-tollgate-refusal: body_too_large"),
        "{said}"
    );
    assert!(
        head.contains("application/json") && body.contains(r#""code":"body_too_large""#),
        "{said}"
    );
}

#[test]
fn bodies_that_are_too_large() {
    run(async {
        let chunk = [
            format!("{:x}\r\n", 1 << 20).into_bytes(),
            vec![b' '; 1 << 20],
            b"\r\n".to_vec(),
        ]
        .concat();
        let plain = vec![b' '; 1 << 20];
        let gate = house().await;
        // Refused by its length alone, before any of it has come.
        assert_too_large(gate, &head("content-length: 7000000"), 0, b"").await;
        assert_too_large(gate, &head("content-length: 7340032"), 7, &plain).await;
        assert_too_large(gate, &head("transfer-encoding: chunked"), 9, &chunk).await;
        gate.assert_well().await;
        // Here `max_body` is above Envoy's buffers.
        let gate = strict().await;
        assert_too_large(gate, &head("transfer-encoding: chunked"), 20, &chunk).await;
        assert_too_large(gate, &head("content-length: 20971520"), 20, &plain).await;
        let reply = gate.ask(&Ask::chat("only")).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn inputs_with_too_many_tokens() {
    run(async {
        let gate = strict().await;
        let ask = Ask::say("only", &"word ".repeat(400));
        let reply = gate.ask(&ask).await;
        let message = assert_refused(&reply, 400, "context_length_exceeded");
        assert!(message.contains("300"), "{message}");
        assert!(gate.heard(&ask).await.is_empty());
        assert_eq!(
            gate.ask(&Ask::say("only", &"word ".repeat(200)))
                .await
                .status,
            200
        );
    });
}

#[test]
fn request_trailers_are_taken() {
    run(async {
        let gate = house().await;
        for wire in [
            &mut gate.connect().await,
            &mut Wire::connect_two(gate.envoy.port()).await,
        ] {
            for ask in [
                Ask::chat("alias"),
                Ask::chat("gpt-4o+status=500/openai,gpt-4o/local"),
                Ask::stream("gpt-4o/local"),
            ] {
                let ask = ask.chunked(9).trailer("x-checksum", "abc");
                let reply = wire.ask(&ask).await;
                assert_eq!(
                    (reply.status, &reply.broken),
                    (200, &None),
                    "{}",
                    reply.text()
                );
                let heard = gate.heard(&ask).await;
                assert_eq!(heard.last().unwrap().by, "local");
            }
            let reply = wire
                .ask(&Ask::raw("{").chunked(9).trailer("x-checksum", "abc"))
                .await;
            assert_refused(&reply, 400, "invalid_json");
        }
        gate.assert_well().await;
    });
}
