//! What the model says is looked through: in every dialect, whole and streamed, cut everywhere.

mod places;
mod tongues;

use serde_json::{Value, json};
use tollgate::dialect::Dialect;
use tollgate::dialect::splice::Voice;

use crate::rig::{Answer, Exchange, Outcome, run, runtime};
use tongues::{TONGUES, Tongue};

const CONFIG: &str = r#"{"providers": {
    "a": {"kind": "openai", "host": "a.test", "api_key": {"env": "A_KEY"}},
    "c": {"kind": "anthropic", "host": "c.test", "api_key": {"env": "C_KEY"}},
    "g": {"kind": "gemini", "host": "g.test", "api_key": {"env": "G_KEY"}}},
  "redact": {"mode": "MODE", "replies": true,
    "entities": {"email": "mask", "us_ssn": "block", "credit_card": "mask"}},
  "guard": {"deny": [
    {"name": "heron", "words": ["Blue Heron"], "in": ["reply"], "mode": "MODE"},
    {"name": "watched", "pattern": "w[a]tched", "in": ["reply"], "mode": "observe"}]},
  "observe": {"decision_header": true}}"#;

fn ask(tongue: &Tongue, mode: &str, says: &str, reply: Exchange, stream: bool) -> Outcome {
    let runtime = runtime(&CONFIG.replace("MODE", mode));
    let mut reply = Some(reply);
    run(&runtime, tongue.request(stream, says), |_, _| {
        Answer::Reply(reply.take().unwrap())
    })
}

/// A text cut in two at every character, and into its characters.
fn cuts(text: &str) -> Vec<Vec<&str>> {
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
    let halves = places.iter().map(|cut| vec![&text[..*cut], &text[*cut..]]);
    let each = text.char_indices();
    let each = each.map(|(place, char)| &text[place..place + char.len_utf8()]);
    halves.chain([each.collect()]).collect()
}

const MASKED: (&str, &str) = (
    "Ask bob@corp.example — or é, card 4111 1111 1111 1111; watched. Then go on for a while, so that more \
     is said than is ever held back, and end with eve@corp.example",
    "Ask [EMAIL] — or é, card [CREDIT_CARD]; watched. Then go on for a while, so that more \
     is said than is ever held back, and end with [EMAIL]",
);

#[test]
fn what_is_found_is_masked_in_every_dialect() {
    for tongue in &TONGUES {
        let (text, meant) = MASKED;
        let out = ask(tongue, "enforce", "hi", tongue.whole(text), false);
        assert_eq!(tongue.said(&out.reply).0, meant, "{:?}", tongue.dialect);
        assert!(
            !out.reply.body().contains("corp.example"),
            "{}",
            out.reply.body()
        );
        let decision = out.reply.header("x-tollgate-decision").unwrap();
        for word in [
            "email=reply_masked:2",
            "credit_card=reply_masked:1",
            "watched=reply_would_block:1",
        ] {
            assert!(decision.contains(word), "{decision}");
        }
        for words in cuts(text) {
            let out = ask(tongue, "enforce", "hi", tongue.stream(&words), true);
            let (said, again) = tongue.said(&out.reply);
            assert_eq!(said, meant, "{:?} {words:?}", tongue.dialect);
            assert!(again.iter().all(|text| text == meant), "{again:?}");
            assert_eq!(again.is_empty(), tongue.dialect != Dialect::OpenAiResponses);
            assert!(!out.reply.body().contains("4111"));
            assert_eq!(
                out.log["findings"],
                json!({"credit_card": 1, "email": 2, "watched": 1})
            );
            assert_eq!(
                (&out.log["output_tokens"], &out.log["refusal"]),
                (&json!(7), &Value::Null)
            );
        }
    }
}

#[test]
fn a_block_ends_the_reply_in_every_dialect() {
    let blocked = [
        (
            "My SSN is 536-22-8145, and so on. ",
            "us_ssn",
            "personal_data_blocked",
            "536",
        ),
        (
            "This is a Blue Heron. More of it. ",
            "heron",
            "content_denied",
            "Blue",
        ),
    ];
    for tongue in &TONGUES {
        for (text, rule, code, secret) in blocked {
            let out = ask(tongue, "enforce", "hi", tongue.whole(text), false);
            assert_eq!(out.reply.status(), 400, "{}", out.reply.body());
            assert_eq!(out.reply.header("x-tollgate-refusal"), Some(code));
            let body: Value = serde_json::from_str(&out.reply.body()).unwrap();
            assert!(body["error"]["message"].as_str().unwrap().contains(rule));
            assert!(!out.reply.body().contains(secret));
            assert_eq!(
                (&out.log["refusal"], &out.log["output_tokens"]),
                (&json!(code), &json!(7))
            );
            for words in cuts(text) {
                let out = ask(tongue, "enforce", "hi", tongue.stream(&words), true);
                let body = out.reply.body();
                assert!(
                    !body.contains(secret),
                    "{:?} {words:?} {body}",
                    tongue.dialect
                );
                let (said, _) = tongue.said(&out.reply);
                assert!(text.starts_with(&said), "{said}");
                let last = body.trim_end().rsplit("\n\n").next().unwrap();
                let data = last.lines().find_map(|line| line.strip_prefix("data: "));
                let chunk = tongue.dialect.read_chunk(data.unwrap()).unwrap();
                assert!(chunk.error.is_some() && last.contains(rule), "{last}");
                // What was used after that is used all the same.
                assert_eq!(out.log["output_tokens"], 7);
                assert_eq!(out.log["refusal"], json!(code));
                assert_eq!(out.log["findings"][rule], 1);
            }
        }
    }
}

#[test]
fn a_word_in_disguise_is_held_back_until_it_is_whole() {
    let (start, end) = (
        CONFIG.find("\"redact\"").unwrap(),
        CONFIG.find("\"guard\"").unwrap(),
    );
    let config = [&CONFIG[..start], &CONFIG[end..]].concat();
    let config = config.replace("Blue Heron", "Heron");
    let runtime = runtime(&config.replace("MODE", "enforce"));
    // Nobody sees what stands within the word, and its letters are of other widths and scripts.
    let (before, word) = (
        "This long sentence tells of a ",
        "\u{ff28}\u{200b}\u{200b}\u{ad}er\u{43e}n",
    );
    let text = format!("{before}{word}. More of it, and more.");
    for tongue in &TONGUES {
        for words in cuts(&text) {
            let mut reply = Some(tongue.stream(&words));
            let request = tongue.request(true, "hi");
            let out = run(&runtime, request, |_, _| {
                Answer::Reply(reply.take().unwrap())
            });
            let (said, _) = tongue.said(&out.reply);
            assert!(before.starts_with(&said), "{words:?} {said}");
            assert_eq!(out.log["refusal"], json!("content_denied"));
        }
    }
}

#[test]
fn what_is_only_watched_goes_on_as_it_came() {
    let (text, _) = MASKED;
    let text = format!("{text} Blue Heron, my SSN is 536-22-8145.");
    for tongue in &TONGUES {
        for words in [vec![text.as_str()], text.split_inclusive(' ').collect()] {
            let reply = tongue.stream(&words);
            let sent = reply.body();
            let out = ask(tongue, "observe", "hi", reply, true);
            // Usage that was not asked for is taken out, as always.
            let usage = |event: &&str| event.contains("\"choices\":[]");
            let wanted: Vec<&str> = sent
                .split_inclusive("\n\n")
                .filter(|own| !usage(own))
                .collect();
            assert_eq!(out.reply.body(), wanted.concat());
            let found =
                json!({"credit_card": 1, "email": 2, "heron": 1, "us_ssn": 1, "watched": 1});
            assert_eq!(out.log["findings"], found, "{:?}", tongue.dialect);
        }
        let reply = tongue.whole(&text);
        let sent = reply.body();
        let out = ask(tongue, "observe", "hi", reply, false);
        assert_eq!(out.reply.body(), sent);
        assert!(
            out.log["decision"]
                .as_str()
                .unwrap()
                .contains("us_ssn=reply_would_block:1")
        );
    }
}

#[test]
fn what_the_client_sent_itself_comes_back() {
    let runtime = runtime(&CONFIG.replace("MODE", "enforce"));
    for tongue in &TONGUES {
        let meant = "You wrote me@home.example, I write [EMAIL].";
        for (stream, size) in [(false, 0), (true, 1), (true, 3), (true, 10), (true, 999)] {
            let request = tongue.request(stream, "I am me@home.example");
            let out = run(&runtime, request, |_, sent| {
                let sent = sent.body();
                let start = sent.find("[EMAIL_").unwrap();
                let end = start + sent[start..].find(']').unwrap() + 1;
                let placeholder = &sent[start..end];
                let text = format!("You wrote {placeholder}, I write bob@corp.example.");
                let words: Vec<&str> = match size {
                    0 => return Answer::Reply(tongue.whole(&text)),
                    size => text
                        .as_bytes()
                        .chunks(size)
                        .map(|own| str::from_utf8(own).unwrap())
                        .collect(),
                };
                Answer::Reply(tongue.stream(&words))
            });
            assert_eq!(
                tongue.said(&out.reply).0,
                meant,
                "{:?} {size}",
                tongue.dialect
            );
        }
    }
}

#[test]
fn numbered_events_stay_numbered() {
    let tongue = &TONGUES[2];
    for text in [MASKED.0, "My SSN is 536-22-8145, and so on. "] {
        for words in cuts(text) {
            let out = ask(tongue, "enforce", "hi", tongue.stream(&words), true);
            let body = out.reply.body();
            let data = body.lines().filter_map(|line| line.strip_prefix("data: "));
            let data = data.map(|data| serde_json::from_str::<Value>(data).unwrap());
            for (nth, event) in data.enumerate() {
                assert_eq!(event["sequence_number"], nth, "{event}");
            }
        }
    }
}

#[test]
fn arguments_of_tools_stay_json() {
    let arguments =
        r#"{"to": "bob@corp.example", "card": 4111111111111111, "note": "a \"b\"", "n": 1}"#;
    let meant = json!({"to": "[EMAIL]", "card": "[CREDIT_CARD]", "note": "a \"b\"", "n": 1});
    let chat = &TONGUES[0];
    for words in cuts(arguments) {
        let choice = |delta: Value, finish: Value| {
            let chunk = json!({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]});
            format!("data: {chunk}\n\n").into_bytes()
        };
        let mut reply = chat.stream(&[]);
        reply.chunks = vec![choice(
            json!({"tool_calls": [{"index": 0, "id": "x", "function": {"name": "f", "arguments": ""}}]}),
            Value::Null,
        )];
        reply.chunks.extend(words.iter().map(|word| {
            let call = json!({"index": 0, "function": {"arguments": word}});
            choice(json!({"tool_calls": [call]}), Value::Null)
        }));
        reply.chunks.push(choice(json!({}), "tool_calls".into()));
        reply.chunks.push(b"data: [DONE]\n\n".to_vec());
        let out = ask(chat, "enforce", "hi", reply, true);
        let body = out.reply.body();
        let data = body.lines().filter_map(|line| line.strip_prefix("data: "));
        let mut told = String::new();
        for data in data {
            let chunk = Dialect::OpenAiChat.read_chunk(data).unwrap();
            let own = chunk
                .said
                .iter()
                .filter(|said| matches!(said.voice, Voice::Arguments(0)));
            own.for_each(|said| told += &said.token.text(data));
        }
        let value: Value =
            serde_json::from_str(&told).unwrap_or_else(|why| panic!("{why}: {told}"));
        assert_eq!(value, meant, "{words:?}");
    }
}

#[test]
fn a_thought_is_looked_through_before_it_is_signed() {
    let tongue = &TONGUES[3];
    let named = |value: Value| {
        let kind = value["type"].as_str().unwrap();
        format!("event: {kind}\ndata: {value}\n\n").into_bytes()
    };
    let delta =
        |delta: Value| named(json!({"type": "content_block_delta", "index": 0, "delta": delta}));
    let mut reply = tongue.stream(&[]);
    reply.chunks = vec![
        named(json!({"type": "message_start", "message": {"usage": {"input_tokens": 5}}})),
        named(json!({"type": "content_block_start", "index": 0,
            "content_block": {"type": "thinking", "thinking": "", "signature": ""}})),
        delta(json!({"type": "thinking_delta", "thinking": "It is bob@corp."})),
        delta(json!({"type": "thinking_delta", "thinking": "example then"})),
        delta(json!({"type": "signature_delta", "signature": "c2ln"})),
        named(json!({"type": "content_block_stop", "index": 0})),
        named(
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7}}),
        ),
        named(json!({"type": "message_stop"})),
    ];
    let out = ask(tongue, "enforce", "hi", reply, true);
    let body = out.reply.body();
    assert_eq!(tongue.said(&out.reply).0, "It is [EMAIL] then");
    let (before, after) = body.split_once("\"c2ln\"").unwrap();
    assert!(
        before.contains("[EMAIL]") && !after.contains("thinking_delta"),
        "{body}"
    );
}

#[test]
fn what_cannot_be_read_does_not_pass() {
    for tongue in &TONGUES {
        let head = [(":status", "200"), ("content-type", "application/json")];
        let out = ask(
            tongue,
            "enforce",
            "hi",
            Exchange::new(&head, "mail bob@corp.example"),
            false,
        );
        assert!(out.reply.status() >= 500 && !out.reply.body().contains("bob@"));
        let mut reply = tongue.stream(&["fine "]);
        reply
            .chunks
            .insert(2, b"data: mail bob@corp.example\n\n".to_vec());
        let out = ask(tongue, "enforce", "hi", reply, true);
        assert!(!out.reply.body().contains("bob@"), "{}", out.reply.body());
        assert!(out.reply.body().contains("error"));
    }
}
