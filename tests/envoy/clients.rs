//! The dialects that clients speak: how each asks, what it is told, and what it may rely on.

use serde_json::{Map, Value, json};

use crate::support::ask::{Ask, mark};
use crate::support::checkers::{anthropic, gemini, openai_chat, openai_responses};
use crate::support::client::Reply;

/// A client's dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    Chat,
    Responses,
    Completions,
    Anthropic,
    Gemini,
}

pub use Client::{Anthropic, Chat, Completions, Gemini, Responses};

/// Those that can call tools.
pub const CLIENTS: [Client; 4] = [Chat, Responses, Anthropic, Gemini];

/// All of them.
pub const ALL: [Client; 5] = [Chat, Responses, Completions, Anthropic, Gemini];

/// The tool that every request offers which offers one.
pub const TOOL: &str = "get_weather";

fn schema() -> Value {
    json!({"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]})
}

impl Client {
    /// The path of a request.
    pub fn path(self, model: &str, stream: bool) -> String {
        match (self, stream) {
            (Chat, _) => "/v1/chat/completions".to_owned(),
            (Responses, _) => "/v1/responses".to_owned(),
            (Completions, _) => "/v1/completions".to_owned(),
            (Anthropic, _) => "/v1/messages".to_owned(),
            (Gemini, true) => format!(
                "/v1beta/models/{}:streamGenerateContent?alt=sse",
                encoded(model)
            ),
            (Gemini, false) => format!("/v1beta/models/{}:generateContent", encoded(model)),
        }
    }

    /// The body of a request with this text of the user's.
    pub fn body(self, model: &str, text: &str, stream: bool) -> Value {
        let user = json!({"role": "user", "content": text});
        match self {
            Chat => json!({"model": model, "messages": [user], "stream": stream}),
            Responses => json!({"model": model, "input": text, "stream": stream}),
            Completions => json!({"model": model, "prompt": text, "stream": stream}),
            Anthropic => {
                json!({"model": model, "max_tokens": 4096, "messages": [user], "stream": stream})
            }
            Gemini => json!({"contents": [{"role": "user", "parts": [{"text": text}]}]}),
        }
    }

    /// A request with this body, with what the dialect's own clients send beside it.
    pub fn ask(self, model: &str, body: &Value, stream: bool) -> Ask {
        let ask = Ask {
            mark: mark(),
            ..Ask::raw(body.to_string())
        };
        let ask = ask.at(&self.path(model, stream));
        match self {
            Anthropic => ask
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", "fine-grained-tool-streaming-2025-05-14")
                .header("x-stainless-lang", "js"),
            Gemini => ask
                .header("x-goog-api-client", "google-genai-sdk/1.0")
                .header("x-goog-api-key", "private-to-the-client"),
            _ => ask
                .header("openai-beta", "assistants=v2")
                .header("x-stainless-lang", "python"),
        }
    }

    /// A request with this text of the user's.
    pub fn say(self, model: &str, text: &str, stream: bool) -> Ask {
        self.ask(model, &self.body(model, text, stream), stream)
    }

    /// A request that offers a tool.
    pub fn with_tool(self, model: &str, text: &str, stream: bool) -> Ask {
        let mut body = self.body(model, text, stream);
        let (name, about) = (TOOL, "The weather in a city.");
        body["tools"] = match self {
            Chat => {
                json!([{"type": "function", "function": {"name": name, "description": about, "parameters": schema()}}])
            }
            Responses => {
                json!([{"type": "function", "name": name, "description": about, "parameters": schema(), "strict": false}])
            }
            Anthropic => {
                json!([{"name": name, "description": about, "input_schema": schema()}])
            }
            Gemini => {
                json!([{"functionDeclarations": [{"name": name, "description": about, "parametersJsonSchema": schema()}]}])
            }
            Completions => panic!("it has no tools"),
        };
        self.ask(model, &body, stream)
    }

    /// A conversation in which a tool was called, with `result`.
    pub fn with_result(self, model: &str, text: &str, result: &str, stream: bool) -> Ask {
        let ask = self.with_tool(model, text, stream);
        let mut body: Value = serde_json::from_slice(&ask.body()).unwrap();
        let arguments = json!({"city": text});
        let quoted = arguments.to_string();
        match self {
            Chat => body["messages"].as_array_mut().unwrap().extend([
                json!({"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": TOOL, "arguments": quoted}}]}),
                json!({"role": "tool", "tool_call_id": "call_1", "content": result}),
            ]),
            Responses => {
                body["input"] = json!([
                    {"role": "user", "content": text},
                    {"type": "function_call", "call_id": "call_1", "name": TOOL, "arguments": quoted},
                    {"type": "function_call_output", "call_id": "call_1", "output": result}
                ]);
            }
            Anthropic => body["messages"].as_array_mut().unwrap().extend([
                json!({"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": TOOL, "input": arguments}]}),
                json!({"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": result}]}),
            ]),
            Gemini => body["contents"].as_array_mut().unwrap().extend([
                json!({"role": "model", "parts": [{"functionCall": {"name": TOOL, "args": arguments}}]}),
                json!({"role": "user", "parts": [{"functionResponse": {"name": TOOL, "response": {"output": result}}}]}),
            ]),
            Completions => panic!("it has no tools"),
        }
        Ask {
            pieces: vec![body.to_string().into()],
            ..ask
        }
    }

    /// The same request with instructions before it.
    pub fn instructed(self, ask: Ask, text: &str) -> Ask {
        let mut body: Value = serde_json::from_slice(&ask.body()).unwrap();
        match self {
            Chat => body["messages"]
                .as_array_mut()
                .unwrap()
                .insert(0, json!({"role": "system", "content": text})),
            Responses => body["instructions"] = text.into(),
            Anthropic => body["system"] = text.into(),
            Gemini => body["systemInstruction"] = json!({"parts": [{"text": text}]}),
            Completions => panic!("it has no instructions"),
        }
        Ask {
            pieces: vec![body.to_string().into()],
            ..ask
        }
    }

    /// Asserts that a stream is what the dialect's clients rely on.
    pub fn assert_stream(self, reply: &Reply, what: &str) {
        let text = reply.text();
        let checked = match self {
            Chat => openai_chat::check(&text, false),
            Responses => openai_responses::check(&text),
            Anthropic => anthropic::check(&text),
            Gemini => gemini::check(&text),
            Completions => match text.trim_end().ends_with("data: [DONE]") {
                true => Ok(()),
                false => Err("no [DONE]".to_owned()),
            },
        };
        assert_eq!(checked, Ok(()), "{what}: {text}");
    }

    /// What was said.
    pub fn said(self, reply: &Reply, stream: bool) -> String {
        let pieces = match stream {
            true => reply.chunks(),
            false => vec![reply.json()],
        };
        let one = |json: &Value| -> String {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            match (self, stream) {
                (Chat, true) => text(&json["choices"][0]["delta"]["content"]),
                (Chat, false) => text(&json["choices"][0]["message"]["content"]),
                (Completions, _) => text(&json["choices"][0]["text"]),
                (Responses, true) if json["type"] == "response.output_text.delta" => {
                    text(&json["delta"])
                }
                (Responses, true) => String::new(),
                (Responses, false) => {
                    let items = list(&json["output"]).iter();
                    let parts = items.flat_map(|item| list(&item["content"]));
                    parts.map(|part| text(&part["text"])).collect()
                }
                (Anthropic, true) => text(&json["delta"]["text"]),
                (Anthropic, false) => list(&json["content"])
                    .iter()
                    .map(|block| text(&block["text"]))
                    .collect(),
                (Gemini, _) => list(&json["candidates"][0]["content"]["parts"])
                    .iter()
                    .filter(|part| part["thought"] != true)
                    .map(|part| text(&part["text"]))
                    .collect(),
            }
        };
        pieces.iter().map(one).collect()
    }

    /// The calls of tools: names and arguments.
    pub fn calls(self, reply: &Reply, stream: bool) -> Vec<(String, Value)> {
        let pieces = match stream {
            true => reply.chunks(),
            false => vec![reply.json()],
        };
        let mut calls: Vec<(u64, String, String)> = Vec::new();
        let mut whole = |name: &Value, arguments: String| {
            calls.push((u64::MAX, name.as_str().unwrap().to_owned(), arguments));
        };
        match (self, stream) {
            (Chat, false) => {
                for call in list(&pieces[0]["choices"][0]["message"]["tool_calls"]) {
                    let function = &call["function"];
                    whole(
                        &function["name"],
                        function["arguments"].as_str().unwrap().to_owned(),
                    );
                }
            }
            (Responses, _) => {
                let last = pieces.last().unwrap();
                let reply = if stream { &last["response"] } else { last };
                for item in list(&reply["output"]) {
                    if item["type"] == "function_call" {
                        whole(
                            &item["name"],
                            item["arguments"].as_str().unwrap().to_owned(),
                        );
                    }
                }
            }
            (Anthropic, false) => {
                for block in list(&pieces[0]["content"]) {
                    if block["type"] == "tool_use" {
                        whole(&block["name"], block["input"].to_string());
                    }
                }
            }
            (Gemini, _) => {
                for piece in &pieces {
                    for part in list(&piece["candidates"][0]["content"]["parts"]) {
                        if part["functionCall"].is_object() {
                            let call = &part["functionCall"];
                            whole(&call["name"], call["args"].to_string());
                        }
                    }
                }
            }
            (Chat, true) => {
                for piece in &pieces {
                    for call in list(&piece["choices"][0]["delta"]["tool_calls"]) {
                        let name = call["function"]["name"].as_str();
                        let arguments = call["function"]["arguments"].as_str();
                        gather(&mut calls, &call["index"], name, arguments);
                    }
                }
            }
            (Anthropic, true) => {
                for piece in &pieces {
                    if piece["content_block"]["type"] == "tool_use" {
                        let name = piece["content_block"]["name"].as_str();
                        gather(&mut calls, &piece["index"], name, None);
                    } else if piece["delta"]["type"] == "input_json_delta" {
                        let arguments = piece["delta"]["partial_json"].as_str();
                        gather(&mut calls, &piece["index"], None, arguments);
                    }
                }
            }
            (Completions, _) => {}
        }
        let read = |(_, name, arguments): (u64, String, String)| {
            let arguments = if arguments.is_empty() {
                json!({})
            } else {
                serde_json::from_str(&arguments).unwrap_or_else(|why| panic!("{why}: {arguments}"))
            };
            (name, arguments)
        };
        calls.into_iter().map(read).collect()
    }

    /// Asserts that a reply is an error in the dialect's form; its message.
    pub fn assert_error(self, reply: &Reply, what: &str) -> String {
        let body = reply.json();
        let content = reply.header("content-type").unwrap_or_default();
        assert!(content.starts_with("application/json"), "{what}: {content}");
        assert_eq!(reply.broken, None, "{what}");
        self.assert_error_object(&body, reply.status, what)
    }

    /// Asserts that an object is an error in the dialect's form; its message.
    pub fn assert_error_object(self, body: &Value, status: u16, what: &str) -> String {
        let error = &body["error"];
        let has = |names: &[&str]| {
            let object = error.as_object().cloned().unwrap_or_else(Map::new);
            assert!(
                names.iter().all(|name| object.contains_key(*name)),
                "{what}: {body}"
            );
        };
        match self {
            Anthropic => {
                assert_eq!(body["type"], "error", "{what}: {body}");
                has(&["type", "message"]);
            }
            Gemini => {
                has(&["code", "message", "status"]);
                assert_eq!(error["code"], status, "{what}: {body}");
            }
            _ => has(&["message", "type", "param", "code"]),
        }
        let message = error["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty(), "{what}: {body}");
        message.to_owned()
    }
}

fn gather(
    calls: &mut Vec<(u64, String, String)>,
    index: &Value,
    name: Option<&str>,
    arguments: Option<&str>,
) {
    let index = index.as_u64().unwrap();
    if !calls.iter().any(|(own, ..)| *own == index) {
        calls.push((index, String::new(), String::new()));
    }
    let (_, own, said) = calls.iter_mut().find(|(own, ..)| *own == index).unwrap();
    own.push_str(name.unwrap_or_default());
    said.push_str(arguments.unwrap_or_default());
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A model's name in a path, as clients write it.
pub fn encoded(model: &str) -> String {
    model
        .replace('%', "%25")
        .replace('/', "%2F")
        .replace(' ', "%20")
}
