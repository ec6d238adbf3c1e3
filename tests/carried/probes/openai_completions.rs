//! What a client of OpenAI's legacy completions can ask.

use serde_json::json;

use super::{Probe, over};

pub fn probes() -> Vec<Probe> {
    let base = json!({"model": "assistant", "prompt": "Hi"});
    let none = || json!({});
    over(
        &base,
        vec![
            ("several prompts", json!({"prompt": ["Hi", "Ho"]}), none()),
            ("prompt of tokens", json!({"prompt": [1, 2]}), none()),
            ("text behind the answer", json!({"suffix": "there"}), none()),
            ("prompt in the answer", json!({"echo": true}), none()),
            ("best of several", json!({"best_of": 2}), none()),
            ("temperature 0.7", json!({"temperature": 0.7}), none()),
            ("temperature 1.7", json!({"temperature": 1.7}), none()),
            ("top_p", json!({"top_p": 0.9}), none()),
            ("seed", json!({"seed": 7}), none()),
            (
                "frequency penalty",
                json!({"frequency_penalty": 0.5}),
                none(),
            ),
            ("presence penalty", json!({"presence_penalty": 0.5}), none()),
            (
                "bias of tokens",
                json!({"logit_bias": {"50256": -100}}),
                none(),
            ),
            ("log probabilities", json!({"logprobs": 3}), none()),
            ("one answer", json!({"n": 1}), none()),
            ("several answers", json!({"n": 2}), none()),
            ("most output tokens", json!({"max_tokens": 100}), none()),
            ("stop texts", json!({"stop": ["END", "STOP"]}), none()),
            ("stream", json!({"stream": true}), none()),
            (
                "usage in the stream",
                json!({"stream": true, "stream_options": {"include_usage": true}}),
                json!({"stream": true}),
            ),
            ("user", json!({"user": "u-17"}), none()),
            ("unknown field", json!({"zeal": 11}), none()),
        ],
    )
}
