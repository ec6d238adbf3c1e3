//! An answer in OpenAI's form: one JSON object, or the events of a stream.

use super::answer::Answer;
use super::ask::Ask;
use super::events::Event;
use super::script::{Script, UsageReport};
use super::wire::{
    Choice, Chunk, ChunkChoice, Completion, Delta, FunctionCall, Logprobs, Message, ToolCall, json,
};

/// The data of the event that ends a stream.
const DONE: &str = "[DONE]";

const TIER: &str = "default";
const FINGERPRINT: &str = "fp_scripted";

/// What stands in every object of one reply.
pub struct Head<'a> {
    /// The reply's id.
    pub id: &'a str,
    /// Seconds since 1970.
    pub created: u64,
    /// The model's name.
    pub model: &'a str,
    /// Are a call's ids nine letters and digits, as Mistral has them?
    pub nine: bool,
}

/// The answer as one `chat.completion`.
pub fn whole(head: &Head<'_>, ask: &Ask, answer: &Answer, script: &Script) -> String {
    let calls = || {
        let call = |(at, call): (usize, &super::answer::Call)| ToolCall {
            index: None,
            id: Some(call_id(head, at)),
            kind: Some("function"),
            function: FunctionCall {
                name: Some(call.name.clone()),
                arguments: call.fragments.concat(),
            },
        };
        answer
            .calls
            .iter()
            .enumerate()
            .map(call)
            .collect::<Vec<_>>()
    };
    let text_only = answer.calls.is_empty();
    let choice = |index| Choice {
        index,
        message: Message {
            role: "assistant",
            content: (text_only || !answer.pieces.is_empty()).then(|| answer.text()),
            reasoning_content: (!answer.thoughts.is_empty()).then(|| answer.thought()),
            tool_calls: (!text_only).then(calls),
            refusal: None,
            annotations: [],
        },
        logprobs: answer.logprobs.then(|| Logprobs::of(&answer.pieces)),
        finish_reason: finish(answer),
    };
    json(&Completion {
        id: head.id,
        object: "chat.completion",
        created: head.created,
        model: head.model,
        choices: (0..ask.choices()).map(choice).collect(),
        usage: (script.usage != UsageReport::Never).then_some(&answer.usage),
        service_tier: TIER,
        system_fingerprint: FINGERPRINT,
    })
}

/// The answer as the data of events: role, deltas and finish of every choice, usage if it was asked for, `[DONE]`.
pub fn events(head: &Head<'_>, ask: &Ask, answer: &Answer, script: &Script) -> Vec<Event> {
    let mut stream = Stream {
        head,
        answer,
        report: script.usage,
        include_usage: ask.include_usage() && script.usage != UsageReport::Never,
        said: 0,
        choices: ask.choices(),
        events: Vec::new(),
    };
    let role = if answer.calls.is_empty() {
        Some("")
    } else {
        None
    };
    let opening = || Delta {
        role: Some("assistant"),
        content: Some(role),
        refusal: Some(None),
        ..Delta::default()
    };
    stream.push_for_all(opening, None, None);
    for thought in &answer.thoughts {
        stream.said = stream.said.saturating_add(1);
        let thought = || Delta {
            reasoning_content: Some(thought),
            ..Delta::default()
        };
        stream.push_for_all(thought, None, None);
    }
    for piece in &answer.pieces {
        stream.said = stream.said.saturating_add(1);
        let token = answer.logprobs.then_some(std::slice::from_ref(piece));
        stream.push_for_all(
            || Delta {
                content: Some(Some(piece)),
                ..Delta::default()
            },
            token,
            None,
        );
    }
    stream.calls();
    stream.push_for_all(Delta::default, None, Some(finish(answer)));
    if stream.include_usage {
        let usage = Some(Some(&answer.usage));
        stream.push(&[], usage);
    }
    stream.events.push(Event::unnamed(DONE).last());
    stream.events
}

struct Stream<'a> {
    head: &'a Head<'a>,
    answer: &'a Answer,
    report: UsageReport,
    include_usage: bool,
    said: usize,
    choices: usize,
    events: Vec<Event>,
}

impl<'a> Stream<'a> {
    /// Every call's name, then one fragment of each in turn.
    fn calls(&mut self) {
        let calls = &self.answer.calls;
        for (at, call) in calls.iter().enumerate() {
            let id = call_id(self.head, at);
            let start = || ToolCall {
                index: Some(at),
                id: Some(id.clone()),
                kind: Some("function"),
                function: FunctionCall {
                    name: Some(call.name.clone()),
                    arguments: String::new(),
                },
            };
            self.push_for_all(
                || Delta {
                    tool_calls: Some([start()]),
                    ..Delta::default()
                },
                None,
                None,
            );
        }
        let rounds = calls
            .iter()
            .map(|call| call.fragments.len())
            .max()
            .unwrap_or(0);
        for round in 0..rounds {
            for (at, call) in calls.iter().enumerate() {
                let Some(fragment) = call.fragments.get(round) else {
                    continue;
                };
                let part = || ToolCall {
                    index: Some(at),
                    id: None,
                    kind: None,
                    function: FunctionCall {
                        name: None,
                        arguments: fragment.clone(),
                    },
                };
                self.said = self.said.saturating_add(1);
                self.push_for_all(
                    || Delta {
                        tool_calls: Some([part()]),
                        ..Delta::default()
                    },
                    None,
                    None,
                );
            }
        }
    }

    fn push_for_all<D>(&mut self, delta: D, token: Option<&'a [String]>, finish: Option<&'a str>)
    where
        D: Fn() -> Delta<'a>,
    {
        let so_far = match self.report {
            UsageReport::Every => Some(self.answer.usage.so_far(self.said, self.answer.tokens())),
            UsageReport::Asked | UsageReport::Never => None,
        };
        let usage = match &so_far {
            Some(usage) => Some(Some(usage)),
            None => self.include_usage.then_some(None),
        };
        for index in 0..self.choices {
            let logprobs = token.map(Logprobs::of);
            self.push(
                &[ChunkChoice {
                    index,
                    delta: delta(),
                    logprobs,
                    finish_reason: finish,
                }],
                usage,
            );
        }
    }

    fn push(&mut self, choices: &[ChunkChoice<'_>], usage: Option<Option<&super::answer::Usage>>) {
        self.events.push(Event::unnamed(json(&Chunk {
            id: self.head.id,
            object: "chat.completion.chunk",
            created: self.head.created,
            model: self.head.model,
            service_tier: TIER,
            system_fingerprint: FINGERPRINT,
            choices,
            usage,
        })));
    }
}

fn finish(answer: &Answer) -> &str {
    answer.finish("stop", "length", "tool_calls")
}

fn call_id(head: &Head<'_>, at: usize) -> String {
    let number = head.id.trim_start_matches("chatcmpl-");
    match head.nine {
        true => format!("{number:0>7.7}{at:0>2}"),
        false => format!("call_{number}_{at}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const HEAD: Head<'static> = Head {
        id: "chatcmpl-7",
        created: 1,
        model: "m",
        nine: false,
    };

    fn stream(request: Value, switches: &str) -> Vec<Value> {
        let mut script = Script::default();
        script.read(switches, '+').unwrap();
        let mut request = request;
        request["model"] = json!("m");
        request["messages"] = json!([{"role": "user", "content": "say \"é\""}]);
        let ask = Ask::read(request.to_string().as_bytes(), "").unwrap();
        let mut events = events(&HEAD, &ask, &Answer::to(&ask.wish(), "m", &script), &script);
        assert_eq!(events.pop().unwrap().data, DONE);
        events
            .iter()
            .map(|event| serde_json::from_str(&event.data).unwrap())
            .collect()
    }

    #[test]
    fn a_stream_is_role_deltas_finish_usage() {
        let events = stream(
            json!({"stream_options": {"include_usage": true}}),
            "say=a%20b",
        );
        let choices: Vec<&Value> = events.iter().map(|event| &event["choices"]).collect();
        let choice = |delta: Value, finish: Value| json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}]);
        assert_eq!(
            choices[0],
            &choice(
                json!({"role": "assistant", "content": "", "refusal": null}),
                Value::Null
            )
        );
        assert_eq!(choices[1], &choice(json!({"content": "a"}), Value::Null));
        assert_eq!(choices[2], &choice(json!({"content": " b"}), Value::Null));
        assert_eq!(choices[3], &choice(json!({}), json!("stop")));
        assert_eq!(choices[4], &json!([]));
        assert!(
            events[..4]
                .iter()
                .all(|event| event.get("usage") == Some(&Value::Null))
        );
        assert_eq!(events[4]["usage"]["total_tokens"], 2 + 3 + 2);
    }

    #[test]
    fn usage_is_there_when_asked_for() {
        assert!(
            stream(json!({}), "")
                .iter()
                .all(|event| event.get("usage").is_none())
        );
        assert!(
            stream(
                json!({"stream_options": {"include_usage": true}}),
                "no_usage"
            )
            .iter()
            .all(|e| e.get("usage").is_none())
        );
        let always = stream(json!({}), "usage_always+say=a%20b");
        let said: Vec<_> = always
            .iter()
            .map(|event| event["usage"]["completion_tokens"].clone())
            .collect();
        assert_eq!(said, [0, 1, 2, 2]);
    }

    #[test]
    fn choices_are_interleaved() {
        let events = stream(json!({"n": 2}), "say=a");
        let indices: Vec<_> = events
            .iter()
            .map(|event| event["choices"][0]["index"].clone())
            .collect();
        assert_eq!(indices, [0, 1, 0, 1, 0, 1]);
    }

    #[test]
    fn parallel_calls_are_interleaved_and_whole() {
        let tool = json!({"type": "function", "function": {"name": "f",
            "parameters": {"type": "object", "properties": {"t": {"type": "string"}}}}});
        let events = stream(json!({"tools": [tool]}), "parallel+echo+split=1");
        let mut arguments = [String::new(), String::new()];
        let mut order = Vec::new();
        for call in events
            .iter()
            .flat_map(|event| event["choices"][0]["delta"]["tool_calls"].as_array())
            .flatten()
        {
            let index = usize::try_from(call["index"].as_u64().unwrap()).unwrap();
            arguments[index].push_str(call["function"]["arguments"].as_str().unwrap());
            order.push(index);
        }
        assert_eq!(order[..6], [0, 1, 0, 1, 0, 1]);
        for arguments in arguments {
            assert_eq!(
                serde_json::from_str::<Value>(&arguments).unwrap(),
                json!({"t": "say \"é\""})
            );
        }
        assert_eq!(
            events.last().unwrap()["choices"][0]["finish_reason"],
            "tool_calls"
        );
    }
}
