//! Personal data on its way out: found, masked, refused, or only counted.

use serde_json::{Value, json};

use crate::checks::assert_refused;
use crate::stand::{house, observing, run, strict};
use crate::support::ask::Ask;
use crate::support::numbered::numbered;

/// Kind, and values of that kind.
const KINDS: [(&str, &[&str]); 7] = [
    (
        "email",
        &["ada@example.com", "Ada.Lovelace+x@mail.example.co.uk"],
    ),
    (
        "phone",
        &[
            "+44 20 7946 0958",
            "+14155552671",
            "(415) 555-2671",
            "+49 (0)30 901820",
        ],
    ),
    (
        "credit_card",
        &[
            "4111 1111 1111 1111",
            "5555-5555-5555-4444",
            "378282246310005",
        ],
    ),
    (
        "iban",
        &["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000"],
    ),
    ("ip", &["192.168.17.23", "2001:db8:85a3::8a2e:370:7334"]),
    ("secret", &["ghp_16C7e42F292c6912E7710c838347Ae178B4a"]),
    ("employee_id", &["EMP-123456"]),
];

#[test]
fn each_kind_is_masked_and_restored() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        for (kind, values) in KINDS {
            for value in values {
                let text = format!("Please note: {value}, thank you.");
                let ask = Ask::say("gpt-4o+echo/local", &text);
                let reply = wire.ask(&ask).await;
                assert_eq!(reply.status, 200, "{}", reply.text());
                let heard = gate.heard_once(&ask).await;
                let masked = text.replace(value, &format!("[{}_1]", kind.to_uppercase()));
                let sent = &heard.json()["messages"][0]["content"];
                assert_eq!(numbered(sent.as_str().unwrap()), masked, "{kind}");
                assert_eq!(reply.content(), text, "{kind}");
                let own = gate.line(&ask).await;
                assert_eq!(own.tollgate["findings"][kind], 1, "{own:?}");
                assert!(!own.envoy.to_string().contains(value), "{own:?}");
                let decision = reply.header("x-tollgate-decision").unwrap();
                assert!(
                    decision.contains(kind) && !decision.contains(value),
                    "{decision}"
                );
            }
        }
    });
}

#[test]
fn a_credential_is_named_by_its_rule_and_never_told() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        let value = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
        let ask = Ask::say("gpt-4o+echo/local", &format!("Use {value} and {value}."));
        let reply = wire.ask(&ask).await;
        let decision = reply.header("x-tollgate-decision").unwrap();
        let words: Vec<&str> = decision.split("; ").collect();
        assert!(words.contains(&"secret=masked:2"), "{decision}");
        assert!(words.contains(&"credential=github:2"), "{decision}");
        let own = gate.line(&ask).await;
        assert_eq!(own.tollgate["credentials"], json!({"github": 2}), "{own:?}");
        assert!(!own.envoy.to_string().contains(value), "{own:?}");
    });
}

#[test]
fn what_only_looks_like_it_passes() {
    run(async {
        let gate = house().await;
        for text in [
            "Order 1234567890123456 of 2024-05-20T12:34:56Z, total 1,234.56 EUR.",
            "timestamp 1716239022 and 1716239022123, build 20240520.3",
            "uuid 550e8400-e29b-41d4-a716-446655440000, version 1.2.3",
            "4111111111111112 is no card and GB82WEST12345698765433 no account",
            "invoice no. 4155552671234 and user@localhost, @ada, ada@",
            "fn main() { let x = a[0]; } // [NOTE_1] array[1]",
        ] {
            let ask = Ask::say("gpt-4o+echo/local", text);
            let reply = gate.ask(&ask).await;
            assert_eq!(
                gate.heard_once(&ask).await.json()["messages"][0]["content"],
                text
            );
            assert_eq!(reply.content(), text);
        }
    });
}

/// Every place in a request where there is text, with an address of its own in each.
fn everywhere() -> Value {
    json!({
        "messages": [
            {"role": "system", "content": "system a0@example.com"},
            {"role": "developer", "content": [{"type": "text", "text": "part a1@example.com"}]},
            {"role": "user", "name": "u", "content": [
                {"type": "text", "text": "part a2@example.com and a0@example.com"},
                {"type": "text", "text": "part a3@example.com"}]},
            {"role": "assistant", "content": "said a4@example.com", "refusal": "not a5@example.com", "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "f",
                    "arguments": "{\"to\":\"a6@example.com\",\"n\":[\"\\u0061\\u0037@example.com\"]}"}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "{\"found\":\"a8@example.com\"}"},
            {"role": "tool", "tool_call_id": "c1", "content": [{"type": "text", "text": "a9@example.com"}]},
            {"role": "user", "content": "end b0@example.com"},
        ],
        "tools": [{"type": "function", "function": {"name": "f", "description": "mails b1@example.com",
            "parameters": {"type": "object", "properties": {"to": {"type": "string", "description": "as b2@example.com"}}}}}],
    })
}

#[test]
fn every_text_is_looked_at() {
    run(async {
        let gate = house().await;
        let ask = Ask::with("gpt-4o/local", everywhere());
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let heard = gate.heard_once(&ask).await;
        assert!(!heard.text().contains("example.com"), "{}", heard.text());
        let body = heard.json();
        let first = body["messages"][0]["content"].as_str().unwrap().to_owned();
        let third = body["messages"][2]["content"][0]["text"].as_str().unwrap();
        let placeholder = first.strip_prefix("system ").unwrap();
        assert!(
            third.ends_with(placeholder),
            "the same value, the same placeholder: {first} | {third}"
        );
        let arguments = body["messages"][3]["tool_calls"][0]["function"]["arguments"]
            .as_str()
            .unwrap();
        let arguments: Value = serde_json::from_str(arguments).unwrap();
        assert!(
            arguments["to"].as_str().unwrap().starts_with("[EMAIL_"),
            "{arguments}"
        );
        assert!(
            arguments["n"][0].as_str().unwrap().starts_with("[EMAIL_"),
            "{arguments}"
        );
        assert_eq!(body["messages"][3]["tool_calls"][0]["id"], "c1");
        assert_eq!(gate.line(&ask).await.tollgate["findings"]["email"], 14);
    });
}

#[test]
fn base64_is_not_scanned() {
    run(async {
        let gate = house().await;
        let data = "data:image/png;base64,iVBORw0KGgo4111111111111111AAAA+14155552671/ghp+DE89370400440532013000==";
        let parts = json!([
            {"type": "text", "text": "see"},
            {"type": "image_url", "image_url": {"url": data}},
            {"type": "input_audio", "input_audio": {"data": "4111111111111111DE89370400440532013000", "format": "wav"}},
            {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0+14155552671"}},
        ]);
        let ask = Ask::with(
            "gpt-4o/local",
            json!({"messages": [{"role": "user", "content": parts}]}),
        );
        assert_eq!(gate.ask(&ask).await.status, 200);
        assert_eq!(
            gate.heard_once(&ask).await.json()["messages"][0]["content"],
            parts
        );
        assert_eq!(gate.line(&ask).await.tollgate["findings"], json!({}));
    });
}

#[test]
fn blocked_kinds_are_refused() {
    run(async {
        let gate = house().await;
        for (text, kind) in [
            ("My social security number is 536-22-8145.", "us_ssn"),
            ("About PROJECT bluebird", "project"),
        ] {
            for stream in [false, true] {
                let messages = json!([{"role": "user", "content": text}]);
                let ask = Ask::with(
                    "gpt-4o/local",
                    json!({"messages": messages, "stream": stream}),
                );
                let reply = gate.ask(&ask).await;
                let message = assert_refused(&reply, 400, "personal_data_blocked");
                assert!(
                    message.contains(kind)
                        && !message.contains("8145")
                        && !message.contains("bluebird"),
                    "{message}"
                );
                assert!(gate.heard(&ask).await.is_empty());
                let own = gate.line(&ask).await.tollgate;
                assert_eq!(
                    (&own["refusal"], &own["findings"][kind]),
                    (&json!("personal_data_blocked"), &json!(1))
                );
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn observed_kinds_are_only_counted() {
    run(async {
        let gate = house().await;
        let text = "See TCK-42 and TCK-43.";
        let ask = Ask::say("gpt-4o/local", text);
        assert_eq!(gate.ask(&ask).await.status, 200);
        assert_eq!(
            gate.heard_once(&ask).await.json()["messages"][0]["content"],
            text
        );
        assert_eq!(gate.line(&ask).await.tollgate["findings"]["ticket"], 2);
    });
}

#[test]
fn mode_observe_changes_nothing() {
    run(async {
        let gate = observing().await;
        let text = "ada@example.com, my SSN is 536-22-8145, +44 20 7946 0958, 192.168.17.23";
        let ask = Ask::say("gpt-4o+echo/local", text);
        let reply = gate.ask(&ask).await;
        assert_eq!((reply.status, reply.content().as_str()), (200, text));
        assert_eq!(
            gate.heard_once(&ask).await.text(),
            String::from_utf8(ask.body()).unwrap().replace("/local", "")
        );
        let findings = gate.line(&ask).await.tollgate["findings"].clone();
        assert_eq!(
            findings,
            json!({"email": 1, "us_ssn": 1}),
            "phone and ip are off"
        );
    });
}

#[test]
fn without_restore_the_placeholders_stay() {
    run(async {
        let gate = strict().await;
        let ask = Ask::say("echoing", "ada@example.com and +44 20 7946 0958");
        let reply = gate.ask(&ask).await;
        assert_eq!(
            (reply.status, numbered(&reply.content()).as_str()),
            (200, "[EMAIL_1] and +44 20 7946 0958"),
            "{}",
            reply.text()
        );
    });
}
