//! The dialects that clients speak, and a provider of each that says what a test wants it to say.

use serde_json::{Value, json};
use tollgate::dialect::Dialect;

use crate::rig::Exchange;

/// A client's dialect: its path, its body, and a provider that speaks it.
pub struct Tongue {
    pub dialect: Dialect,
    path: &'static str,
    stream_path: &'static str,
}

pub const TONGUES: [Tongue; 5] = [
    Tongue {
        dialect: Dialect::OpenAiChat,
        path: "/v1/chat/completions",
        stream_path: "/v1/chat/completions",
    },
    Tongue {
        dialect: Dialect::OpenAiCompletions,
        path: "/v1/completions",
        stream_path: "/v1/completions",
    },
    Tongue {
        dialect: Dialect::OpenAiResponses,
        path: "/v1/responses",
        stream_path: "/v1/responses",
    },
    Tongue {
        dialect: Dialect::Anthropic,
        path: "/v1/messages",
        stream_path: "/v1/messages",
    },
    Tongue {
        dialect: Dialect::Gemini,
        path: "/v1beta/models/m%2Fg:generateContent",
        stream_path: "/v1beta/models/m%2Fg:streamGenerateContent?alt=sse",
    },
];

impl Tongue {
    pub fn request(&self, stream: bool, says: &str) -> Exchange {
        let body = match self.dialect {
            Dialect::OpenAiChat => {
                json!({"model": "gpt-4o/a", "stream": stream, "messages": [{"role": "user", "content": says}]})
            }
            Dialect::OpenAiCompletions => {
                json!({"model": "gpt-3.5-turbo-instruct/a", "stream": stream, "prompt": says})
            }
            Dialect::OpenAiResponses => {
                json!({"model": "gpt-4o/a", "stream": stream, "input": says})
            }
            Dialect::Anthropic => {
                json!({"model": "claude/c", "stream": stream, "max_tokens": 9, "messages": [{"role": "user", "content": says}]})
            }
            _ => json!({"contents": [{"role": "user", "parts": [{"text": says}]}]}),
        };
        let path = if stream { self.stream_path } else { self.path };
        let head = [
            (":method", "POST"),
            (":path", path),
            ("content-type", "application/json"),
        ];
        Exchange::new(&head, &body.to_string())
    }

    pub fn whole(&self, text: &str) -> Exchange {
        let body = match self.dialect {
            Dialect::OpenAiChat => {
                json!({"choices": [{"index": 0, "message": {"role": "assistant", "content": text},
                    "logprobs": {"content": [{"token": text}]}, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 5, "completion_tokens": 7}})
            }
            Dialect::OpenAiCompletions => {
                json!({"choices": [{"index": 0, "text": text, "logprobs": {"tokens": [text]}, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 5, "completion_tokens": 7}})
            }
            Dialect::OpenAiResponses => {
                json!({"status": "completed", "output": [{"type": "message", "content": [
                    {"type": "output_text", "text": text, "logprobs": [{"token": text}]}]}],
                    "usage": {"input_tokens": 5, "output_tokens": 7}})
            }
            Dialect::Anthropic => {
                json!({"type": "message", "role": "assistant", "content": [{"type": "text", "text": text}],
                    "stop_reason": "end_turn", "usage": {"input_tokens": 5, "output_tokens": 7}})
            }
            _ => {
                json!({"candidates": [{"content": {"role": "model", "parts": [{"text": text}]},
                    "logprobsResult": {"chosenCandidates": [{"token": text}]}, "finishReason": "STOP"}],
                    "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 7, "totalTokenCount": 12}})
            }
        };
        let head = [(":status", "200"), ("content-type", "application/json")];
        Exchange::new(&head, &body.to_string())
    }

    /// The events of a stream that says these words.
    fn events(&self, words: &[&str]) -> Vec<String> {
        let data = |value: Value| format!("data: {value}\n\n");
        let named = |value: Value| {
            format!(
                "event: {}\ndata: {value}\n\n",
                value["type"].as_str().unwrap()
            )
        };
        let text = words.concat();
        let mut events = Vec::new();
        match self.dialect {
            Dialect::OpenAiChat => {
                let choice = |delta: Value, finish: Value| {
                    data(
                        json!({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}),
                    )
                };
                events.push(choice(
                    json!({"role": "assistant", "content": ""}),
                    Value::Null,
                ));
                events.extend(
                    words
                        .iter()
                        .map(|word| choice(json!({"content": word}), Value::Null)),
                );
                events.push(choice(json!({}), "stop".into()));
                events.push(data(
                    json!({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 7}}),
                ));
                events.push("data: [DONE]\n\n".to_owned());
            }
            Dialect::OpenAiCompletions => {
                let choice = |text: &str, finish: Value| {
                    data(json!({"choices": [{"index": 0, "text": text, "finish_reason": finish}]}))
                };
                events.extend(words.iter().map(|word| choice(word, Value::Null)));
                events.push(choice("", "stop".into()));
                events.push(data(
                    json!({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 7}}),
                ));
                events.push("data: [DONE]\n\n".to_owned());
            }
            Dialect::OpenAiResponses => {
                let place = |mut value: Value, nth: usize| {
                    let fields = value.as_object_mut().unwrap();
                    fields.insert("sequence_number".into(), nth.into());
                    fields.insert("output_index".into(), 0.into());
                    fields.insert("content_index".into(), 0.into());
                    fields.insert("item_id".into(), "m".into());
                    named(value)
                };
                let part = json!({"type": "output_text", "text": text});
                let item = json!({"type": "message", "id": "m", "content": [part]});
                let delta =
                    |word: &&str| json!({"type": "response.output_text.delta", "delta": word});
                let mut all: Vec<Value> = words.iter().map(delta).collect();
                all.push(json!({"type": "response.output_text.done", "text": text}));
                all.push(json!({"type": "response.content_part.done", "part": part}));
                all.push(json!({"type": "response.output_item.done", "item": item}));
                all.push(
                    json!({"type": "response.completed", "response": {"status": "completed",
                    "output": [item], "usage": {"input_tokens": 5, "output_tokens": 7}}}),
                );
                events.extend(
                    all.into_iter()
                        .enumerate()
                        .map(|(nth, value)| place(value, nth)),
                );
            }
            Dialect::Anthropic => {
                events.push(named(
                    json!({"type": "message_start", "message": {"usage": {"input_tokens": 5}}}),
                ));
                events.push(named(json!({"type": "content_block_start", "index": 0,
                    "content_block": {"type": "text", "text": ""}})));
                events.extend(words.iter().map(|word| {
                    named(json!({"type": "content_block_delta", "index": 0,
                        "delta": {"type": "text_delta", "text": word}}))
                }));
                events.push(named(json!({"type": "content_block_stop", "index": 0})));
                events.push(named(
                    json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"},
                    "usage": {"output_tokens": 7}}),
                ));
                events.push(named(json!({"type": "message_stop"})));
            }
            _ => {
                let candidate = |word: &str| json!({"candidates": [{"index": 0, "content": {"role": "model", "parts": [{"text": word}]}}]});
                events.extend(words.iter().map(|word| data(candidate(word))));
                let mut last = candidate("");
                last["candidates"][0]["finishReason"] = "STOP".into();
                last["usageMetadata"] = json!({"promptTokenCount": 5, "candidatesTokenCount": 7, "totalTokenCount": 12});
                events.push(data(last));
            }
        }
        events
    }

    pub fn stream(&self, words: &[&str]) -> Exchange {
        let head = [(":status", "200"), ("content-type", "text/event-stream")];
        let mut reply = Exchange::new(&head, "");
        reply.chunks = self
            .events(words)
            .into_iter()
            .map(String::into_bytes)
            .collect();
        reply
    }

    /// What a reply's body says, as its client would put it together, and what its events repeat.
    pub fn said(&self, reply: &Exchange) -> (String, Vec<String>) {
        let (mut said, mut again) = (String::new(), Vec::new());
        let body = reply.body();
        let read = |data: &str, said: &mut String, again: &mut Vec<String>| {
            let chunk = self.dialect.read_chunk(data).unwrap();
            for piece in &chunk.said {
                let text = piece.token.text(data);
                match piece.runs() {
                    true => said.push_str(&text),
                    false => again.push(text.into_owned()),
                }
            }
        };
        match body.starts_with('{') {
            true => read(&body, &mut said, &mut again),
            false => {
                let data = body.lines().filter_map(|line| line.strip_prefix("data: "));
                data.for_each(|data| read(data, &mut said, &mut again));
            }
        }
        (said, again)
    }
}
