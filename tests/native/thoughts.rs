//! Conversations in which a model thinks and calls a tool: what proves its thoughts comes back to it with the
//! next turn, and to no other provider, whatever the client speaks.

use serde_json::{Value, json};

use crate::matrix::{ask, config, reply};
use crate::rig::{Answer, Outcome, run, runtime};

/// As the providers' replies have them.
const CLAUDE: &str = "EqQBCkgIChABGAIiQHk5WmFzZGY0=";
const GEMINI: &str = "EtkBCtYBAXLI2nzGoldenThought==";

const CLIENTS: [&str; 4] = ["openai-chat", "openai-responses", "anthropic", "gemini"];

/// A client's conversation so far, as its application keeps it.
struct Talk {
    client: &'static str,
    streamed: bool,
    history: Vec<Value>,
}

impl Talk {
    fn new(client: &'static str, streamed: bool) -> Self {
        let words = "What is the weather in Paris?";
        let first = match client {
            "gemini" => json!({"role": "user", "parts": [{"text": words}]}),
            _ => json!({"role": "user", "content": words}),
        };
        Self {
            client,
            streamed,
            history: vec![first],
        }
    }

    fn body(&self) -> String {
        let schema = json!({"type": "object", "properties": {"city": {"type": "string"}}});
        let (history, stream) = (&self.history, self.streamed);
        let body = match self.client {
            "openai-chat" => json!({
                "model": "assistant", "messages": history, "reasoning_effort": "low", "stream": stream,
                "tools": [{"type": "function", "function": {"name": "get_weather", "parameters": schema}}]}),
            "openai-responses" => json!({
                "model": "assistant", "input": history, "reasoning": {"effort": "low"}, "stream": stream,
                "store": false, "include": ["reasoning.encrypted_content"],
                "tools": [{"type": "function", "name": "get_weather", "parameters": schema}]}),
            "anthropic" => json!({
                "model": "assistant", "max_tokens": 9000, "messages": history, "stream": stream,
                "thinking": {"type": "enabled", "budget_tokens": 2000},
                "tools": [{"name": "get_weather", "input_schema": schema}]}),
            _ => json!({
                "contents": history,
                "generationConfig": {"thinkingConfig": {"includeThoughts": true, "thinkingLevel": "low"}},
                "tools": [{"functionDeclarations": [{"name": "get_weather", "parametersJsonSchema": schema}]}]}),
        };
        body.to_string()
    }

    /// Sends a turn; `answers` are the providers that reply to the attempts, "" for one that does not.
    fn turn(&mut self, config: &str, answers: &[&str]) -> Outcome {
        let case = ["reasoning-tools", "stream-reasoning-tools"][usize::from(self.streamed)];
        let request = ask(self.client, &self.body(), self.streamed);
        let outcome = run(&runtime(config), request, |attempt, _| {
            match answers[attempt] {
                "" => Answer::Refuse,
                provider => Answer::Reply(reply(provider, case)),
            }
        });
        assert_eq!(outcome.reply.status(), 200, "{}", outcome.reply.body());
        self.keep(&outcome.reply.body());
        outcome
    }

    /// Keeps a reply as the client's library does, and the result of the tool that it calls.
    fn keep(&mut self, reply: &str) {
        let events = || {
            let data = reply.lines().filter_map(|line| line.strip_prefix("data: "));
            let data = data.filter(|data| *data != "[DONE]");
            data.map(|data| serde_json::from_str::<Value>(data).unwrap())
        };
        let whole = || serde_json::from_str::<Value>(reply).unwrap();
        match (self.client, self.streamed) {
            ("openai-chat", streamed) => {
                let message = match streamed {
                    true => chat_message(events()),
                    false => whole()["choices"][0]["message"].clone(),
                };
                let id = message["tool_calls"][0]["id"].clone();
                self.history.push(message);
                self.history
                    .push(json!({"role": "tool", "tool_call_id": id, "content": "18"}));
            }
            ("openai-responses", streamed) => {
                let response = match streamed {
                    true => events().next_back().unwrap()["response"].clone(),
                    false => whole(),
                };
                let output = response["output"].as_array().unwrap().clone();
                let call = output.iter().find(|item| item["type"] == "function_call");
                let id = call.unwrap()["call_id"].clone();
                self.history.extend(output);
                self.history
                    .push(json!({"type": "function_call_output", "call_id": id, "output": "18"}));
            }
            ("anthropic", streamed) => {
                let content = match streamed {
                    true => blocks(events()),
                    false => whole()["content"].clone(),
                };
                let blocks = content.as_array().unwrap();
                let call = blocks
                    .iter()
                    .find(|block| block["type"] == "tool_use")
                    .unwrap();
                let result =
                    json!({"type": "tool_result", "tool_use_id": call["id"], "content": "18"});
                self.history
                    .push(json!({"role": "assistant", "content": content}));
                self.history
                    .push(json!({"role": "user", "content": [result]}));
            }
            (_, streamed) => {
                let parts: Vec<Value> = match streamed {
                    true => events().collect(),
                    false => vec![whole()],
                }
                .iter()
                .filter_map(|chunk| chunk["candidates"][0]["content"]["parts"].as_array())
                .flatten()
                .cloned()
                .collect();
                let call = parts.iter().find(|part| part.get("functionCall").is_some());
                let call = call.unwrap()["functionCall"].clone();
                let mut result = json!({"name": call["name"], "response": {"output": "18"}});
                if !call["id"].is_null() {
                    result["id"] = call["id"].clone();
                }
                self.history.push(json!({"role": "model", "parts": parts}));
                self.history
                    .push(json!({"role": "user", "parts": [{"functionResponse": result}]}));
            }
        }
    }
}

/// The sum of a stream's deltas, as applications of OpenAI's dialect that know thoughts make it.
fn chat_message(chunks: impl Iterator<Item = Value>) -> Value {
    let mut message = json!({"role": "assistant", "content": null});
    let mut details = Vec::new();
    for chunk in chunks {
        let delta = &chunk["choices"][0]["delta"];
        for key in ["content", "reasoning_content"] {
            if let Some(words) = delta[key].as_str() {
                let so_far = message[key].as_str().unwrap_or_default().to_owned();
                message[key] = (so_far + words).into();
            }
        }
        details.extend(
            delta["reasoning_details"]
                .as_array()
                .into_iter()
                .flatten()
                .cloned(),
        );
        for call in delta["tool_calls"].as_array().into_iter().flatten() {
            if message["tool_calls"].is_null() {
                message["tool_calls"] = json!([call]);
                continue;
            }
            let kept = &mut message["tool_calls"][0];
            let more = call["function"]["arguments"].as_str().unwrap_or_default();
            let so_far = kept["function"]["arguments"].as_str().unwrap().to_owned();
            kept["function"]["arguments"] = (so_far + more).into();
            if !call["extra_content"].is_null() {
                kept["extra_content"] = call["extra_content"].clone();
            }
        }
    }
    if !details.is_empty() {
        message["reasoning_details"] = details.into();
    }
    message
}

/// The blocks of a stream, as Anthropic's library gathers them.
fn blocks(events: impl Iterator<Item = Value>) -> Value {
    let mut blocks: Vec<Value> = Vec::new();
    let mut input = String::new();
    for event in events {
        let delta = &event["delta"];
        match event["type"].as_str().unwrap() {
            "content_block_start" => {
                blocks.push(event["content_block"].clone());
                input.clear();
            }
            "content_block_delta" => {
                let block = blocks.last_mut().unwrap();
                for key in ["text", "thinking", "signature"] {
                    if let Some(words) = delta[key].as_str() {
                        block[key] = (block[key].as_str().unwrap().to_owned() + words).into();
                    }
                }
                if let Some(json) = delta["partial_json"].as_str() {
                    input += json;
                    block["input"] = serde_json::from_str(&input).unwrap_or(json!({}));
                }
            }
            _ => {}
        }
    }
    blocks.into()
}

#[test]
fn a_provider_gets_its_own_proof_back() {
    let proofs = [
        ("anthropic", CLAUDE),
        ("bedrock", CLAUDE),
        ("gemini", GEMINI),
        ("deepseek", "I need the weather."),
    ];
    for (provider, proof) in proofs {
        for client in CLIENTS {
            for streamed in [false, true] {
                let config = config(client, provider, "");
                let mut talk = Talk::new(client, streamed);
                talk.turn(&config, &[provider]);
                for _ in 0..2 {
                    let second = talk.turn(&config, &[provider]);
                    let body = second.sent[0].1.body();
                    let how = format!("{client} {provider} streamed {streamed}: {body}");
                    assert!(body.contains(proof), "{how}");
                }
            }
        }
    }
}

/// Claude thinks and calls, Gemini takes over, and Claude comes back.
#[test]
fn no_provider_gets_anothers_proof() {
    let config = r#"{"providers": {"anthropic": {"kind": "anthropic", "api_key": {"env": "A_KEY"}},
        "gemini": {"kind": "gemini", "api_key": {"env": "G_KEY"}}},
        "models": {"assistant": ["claude-sonnet-4-5/anthropic", "gemini-3-pro-preview/gemini"]}}"#;
    for client in CLIENTS {
        for streamed in [false, true] {
            let mut talk = Talk::new(client, streamed);
            talk.turn(config, &["anthropic"]);
            let second = talk.turn(config, &["", "gemini"]);
            let third = talk.turn(config, &["anthropic"]);
            let fourth = talk.turn(config, &["", "gemini"]);
            let sent = |outcome: &Outcome, attempt: usize| outcome.sent[attempt].1.body();
            let how = |body: &str| format!("{client} streamed {streamed}: {body}");

            let claude = sent(&second, 0);
            assert!(claude.contains(CLAUDE), "{}", how(&claude));
            let gemini = sent(&second, 1);
            assert!(!gemini.contains(CLAUDE), "{}", how(&gemini));
            assert!(!gemini.contains("dG9sbGdhdGU6"), "{}", how(&gemini));
            assert!(
                gemini.contains("skip_thought_signature_validator"),
                "{}",
                how(&gemini)
            );

            let claude = sent(&third, 0);
            assert!(claude.contains(CLAUDE), "{}", how(&claude));
            assert!(!claude.contains("Golden"), "{}", how(&claude));
            assert!(!claude.contains(r#""signature":"""#), "{}", how(&claude));

            let body: Value = serde_json::from_str(&claude).unwrap();
            assert_ne!(body["thinking"]["type"], "enabled", "{}", how(&claude));

            let gemini = sent(&fourth, 1);
            assert!(gemini.contains(GEMINI), "{}", how(&gemini));
            assert!(!gemini.contains(CLAUDE), "{}", how(&gemini));
            for (body, key) in [(claude, "messages"), (gemini, "contents")] {
                let body: Value = serde_json::from_str(&body).unwrap();
                assert!(!body[key].as_array().unwrap().is_empty());
            }
        }
    }
}
