//! What a client of Google's Gemini can ask.

use serde_json::{Value, json};

use super::samples::{PDF, PDF_URL, PNG, WAV, answer, arguments};
use super::{Probe, over};

fn says(contents: Value) -> Value {
    json!({"contents": contents})
}

fn user(parts: Value) -> Value {
    json!({"role": "user", "parts": parts})
}

fn model(parts: Value) -> Value {
    json!({"role": "model", "parts": parts})
}

fn parts(part: Value) -> Value {
    says(json!([user(json!([{"text": "Hi"}, part]))]))
}

fn set(config: Value) -> Value {
    json!({"generationConfig": config})
}

fn tooled(more: Value) -> Value {
    let tool = json!({"name": "weather", "description": "The weather.", "parametersJsonSchema": arguments()});
    super::joined(&json!({"tools": [{"functionDeclarations": [tool]}]}), &more)
}

fn calling(config: Value) -> Value {
    tooled(json!({"toolConfig": {"functionCallingConfig": config}}))
}

fn call() -> Value {
    json!({"functionCall": {"name": "weather", "args": {"city": "Oslo"}}})
}

fn called(response: Value) -> Value {
    let response = super::joined(&json!({"name": "weather"}), &response);
    tooled(says(json!([
        user(json!([{"text": "Hi"}])),
        model(json!([call()])),
        user(json!([{"functionResponse": response}]))
    ])))
}

pub fn probes() -> Vec<Probe> {
    let base = json!({"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]});
    let none = || json!({});
    let hi = || user(json!([{"text": "Hi"}]));
    let hello = || model(json!([{"text": "Hello."}]));
    let more = || user(json!([{"text": "Go on."}]));
    let rain = || called(json!({"response": {"result": "Rain"}}));
    let inline = |kind: &str, data: &str| json!({"inlineData": {"mimeType": kind, "data": data}});
    let file = |kind: &str, uri: &str| json!({"fileData": {"mimeType": kind, "fileUri": uri}});
    let signed = json!({"functionCall": {"name": "weather", "args": {"city": "Oslo"}}, "thoughtSignature": "c2ln"});
    over(
        &base,
        vec![
            (
                "system instructions",
                json!({"systemInstruction": {"parts": [{"text": "Be kind."}]}}),
                none(),
            ),
            (
                "several texts in a message",
                parts(json!({"text": "there"})),
                none(),
            ),
            (
                "conversation that ends with the assistant",
                says(json!([hi(), hello()])),
                none(),
            ),
            (
                "image by address",
                parts(file("image/png", "https://example.com/cat.png")),
                none(),
            ),
            ("image in base64", parts(inline("image/png", PNG)), none()),
            (
                "detail of an image",
                super::joined(
                    &parts(inline("image/png", PNG)),
                    &set(json!({"mediaResolution": "MEDIA_RESOLUTION_LOW"})),
                ),
                parts(inline("image/png", PNG)),
            ),
            (
                "PDF in base64",
                parts(inline("application/pdf", PDF)),
                none(),
            ),
            (
                "PDF by address",
                parts(file("application/pdf", PDF_URL)),
                none(),
            ),
            (
                "file by the provider's id",
                parts(file(
                    "application/pdf",
                    "https://generativelanguage.googleapis.com/v1beta/files/abc",
                )),
                none(),
            ),
            ("audio", parts(inline("audio/wav", WAV)), none()),
            ("video", parts(inline("video/mp4", "AAAA")), none()),
            ("tools", tooled(none()), none()),
            (
                "tools by OpenAPI schemas",
                json!({"tools": [{"functionDeclarations": [{"name": "weather", "description": "The weather.",
            "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}}}]}]}),
                none(),
            ),
            (
                "tools that the provider runs",
                json!({"tools": [{"googleSearch": {}}]}),
                none(),
            ),
            (
                "tool choice: auto",
                calling(json!({"mode": "AUTO"})),
                tooled(none()),
            ),
            (
                "tool choice: none",
                calling(json!({"mode": "NONE"})),
                tooled(none()),
            ),
            (
                "tool choice: required",
                calling(json!({"mode": "ANY"})),
                tooled(none()),
            ),
            (
                "tool choice: one tool",
                calling(json!({"mode": "ANY", "allowedFunctionNames": ["weather"]})),
                tooled(none()),
            ),
            ("tool results", rain(), tooled(none())),
            (
                "several tool results in a row",
                tooled(says(json!([
                    hi(),
                    model(json!([call(), call()])),
                    user(
                        json!([{"functionResponse": {"name": "weather", "response": {"result": "Rain"}}},
                {"functionResponse": {"name": "weather", "response": {"result": "Sun"}}}])
                    )
                ]))),
                rain(),
            ),
            (
                "tool result that is an error",
                called(json!({"response": {"error": "No."}})),
                rain(),
            ),
            (
                "tool result with an image",
                called(
                    json!({"response": {"result": "Rain"}, "parts": [inline("image/png", PNG)]}),
                ),
                rain(),
            ),
            (
                "thoughts of earlier turns",
                says(json!([
                    hi(),
                    model(json!([{"text": "A greeting.", "thought": true}, {"text": "Hello."}])),
                    more()
                ])),
                says(json!([hi(), hello(), more()])),
            ),
            (
                "thoughts with signatures",
                tooled(says(json!([
                    hi(),
                    model(json!([signed])),
                    user(
                        json!([{"functionResponse": {"name": "weather", "response": {"result": "Rain"}}}])
                    )
                ]))),
                rain(),
            ),
            (
                "answer by a JSON Schema",
                set(
                    json!({"responseMimeType": "application/json", "responseJsonSchema": answer()}),
                ),
                none(),
            ),
            (
                "answer by an OpenAPI schema",
                set(
                    json!({"responseMimeType": "application/json", "responseSchema": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}, "required": ["city"]}}),
                ),
                none(),
            ),
            (
                "answer in JSON",
                set(json!({"responseMimeType": "application/json"})),
                none(),
            ),
            (
                "reasoning: none",
                set(json!({"thinkingConfig": {"thinkingBudget": 0}})),
                none(),
            ),
            (
                "reasoning: low",
                set(json!({"thinkingConfig": {"thinkingLevel": "LOW"}})),
                none(),
            ),
            (
                "reasoning: high",
                set(json!({"thinkingConfig": {"thinkingLevel": "HIGH"}})),
                none(),
            ),
            (
                "reasoning: a budget of tokens",
                set(json!({"thinkingConfig": {"thinkingBudget": 2048}})),
                none(),
            ),
            (
                "reasoning: as much as it takes",
                set(json!({"thinkingConfig": {"thinkingBudget": -1}})),
                none(),
            ),
            (
                "reasoning: shown",
                set(json!({"thinkingConfig": {"includeThoughts": true}})),
                none(),
            ),
            ("temperature 0.7", set(json!({"temperature": 0.7})), none()),
            ("temperature 1.7", set(json!({"temperature": 1.7})), none()),
            ("top_p", set(json!({"topP": 0.9})), none()),
            ("top_k", set(json!({"topK": 40})), none()),
            ("seed", set(json!({"seed": 7})), none()),
            (
                "frequency penalty",
                set(json!({"frequencyPenalty": 0.5})),
                none(),
            ),
            (
                "presence penalty",
                set(json!({"presencePenalty": 0.5})),
                none(),
            ),
            (
                "log probabilities",
                set(json!({"responseLogprobs": true})),
                none(),
            ),
            (
                "most probable tokens",
                set(json!({"responseLogprobs": true, "logprobs": 3})),
                set(json!({"responseLogprobs": true})),
            ),
            ("one answer", set(json!({"candidateCount": 1})), none()),
            ("several answers", set(json!({"candidateCount": 2})), none()),
            (
                "most output tokens",
                set(json!({"maxOutputTokens": 100})),
                none(),
            ),
            (
                "stop texts",
                set(json!({"stopSequences": ["END", "STOP"]})),
                none(),
            ),
            (
                "five stop texts",
                set(json!({"stopSequences": ["A", "B", "C", "D", "E"]})),
                none(),
            ),
            ("metadata", json!({"labels": {"app": "search"}}), none()),
            (
                "content the provider keeps in a cache",
                json!({"cachedContent": "cachedContents/1"}),
                none(),
            ),
            (
                "safety settings",
                json!({"safetySettings": [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}]}),
                none(),
            ),
            (
                "spoken answer",
                set(
                    json!({"responseModalities": ["AUDIO"], "speechConfig": {"languageCode": "en-US"}}),
                ),
                none(),
            ),
            ("unknown field", json!({"zeal": 11}), none()),
        ],
    )
}
