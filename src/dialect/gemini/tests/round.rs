//! What is read from a Gemini client and written for Gemini is the same.

use super::super::{read_request, write_request};
use super::json;
use crate::dialect::neutral::Aim;

pub(super) const SAME: [(&str, &str); 18] = [
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}"#,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"a"},{"text":"b"}]},{"role":"model","parts":[{"text":"c"}]},
            {"role":"user","parts":[{"text":"ü ☃ 💧"}]}],"systemInstruction":{"parts":[{"text":"be brief"},{"text":"be kind"}]}}"#,
    ),
    // Calls and results without ids.
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"weather?"}]},
            {"role":"model","parts":[{"functionCall":{"name":"w","args":{"at":"B","n":1.50}}},{"functionCall":{"name":"w","args":{}}}]},
            {"role":"user","parts":[{"functionResponse":{"name":"w","response":{"t":1}}},{"functionResponse":{"name":"w","response":{"error":"no"}}}]}]}"#,
    ),
    // With ids, and what is said beside results.
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"model","parts":[{"functionCall":{"id":"c1","name":"w","args":{}}}]},
            {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"w","response":{"result":"sunny"}}},{"text":"and?"}]}]}"#,
    ),
    // Answers with more fields stay as they are.
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"model","parts":[{"functionCall":{"name":"w","args":{}}}]},
            {"role":"user","parts":[{"functionResponse":{"name":"w","response":{"output":"x","error":null}}}]}]}"#,
    ),
    // Signatures at a call, a text, an image, and on their own.
    (
        "gemini-3-pro-preview",
        r#"{"contents":[{"role":"model","parts":[{"text":"hm","thought":true},{"text":"so","thoughtSignature":"QUJD"},
            {"functionCall":{"name":"w","args":{}},"thoughtSignature":"REVG"},{"functionCall":{"name":"v","args":{}}}]},
            {"role":"user","parts":[{"text":"go"}]},
            {"role":"model","parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw=="},"thoughtSignature":"R0hJ"},{"text":"","thoughtSignature":"SktM"}]},
            {"role":"user","parts":[{"text":"go"}]},
            {"role":"model","parts":[{"text":"deep","thought":true,"thoughtSignature":"TU5P"}]}]}"#,
    ),
    // Media.
    (
        "gemini-2.5-pro",
        r#"{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"audio/wav","data":"UklGRg=="}},
            {"inlineData":{"mimeType":"application/pdf","data":"JVBERg=="}},
            {"fileData":{"mimeType":"video/mp4","fileUri":"gs://b/v.mp4"}},
            {"fileData":{"fileUri":"https://www.youtube.com/watch?v=1"}},
            {"fileData":{"mimeType":"image/png","fileUri":"https://example.org/a.png"}}]}]}"#,
    ),
    // Media in a result.
    (
        "gemini-3-flash-preview",
        r#"{"contents":[{"role":"model","parts":[{"functionCall":{"name":"shot","args":{}},"thoughtSignature":"QUJD"}]},
            {"role":"user","parts":[{"functionResponse":{"name":"shot","response":{"result":"here"},
              "parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw=="}}]}}]}]}"#,
    ),
    (
        "gemini-2.5-flash",
        r##"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],
            "tools":[{"functionDeclarations":[{"name":"w","description":"d","parametersJsonSchema":{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":["string","null"]}},"additionalProperties":false}},{"name":"none"}]},
                     {"googleSearch":{}},{"codeExecution":{}}],
            "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["w","none"]},"retrievalConfig":{"languageCode":"de"}}}"##,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"tools":[{"functionDeclarations":[{"name":"w"}]}],
            "toolConfig":{"functionCallingConfig":{"mode":"VALIDATED","allowedFunctionNames":["w"]}}}"#,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"tools":[{"functionDeclarations":[{"name":"w"}]}],
            "toolConfig":{"functionCallingConfig":{"mode":"VALIDATED"}}}"#,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],
            "generationConfig":{"temperature":0.70,"topP":0.9,"topK":40,"candidateCount":2,"maxOutputTokens":100,"stopSequences":["X","Y"],
              "presencePenalty":-0.5,"frequencyPenalty":1,"seed":-7,"responseLogprobs":true,"logprobs":3,
              "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},
              "thinkingConfig":{"thinkingBudget":2048,"includeThoughts":true}}}"#,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"responseMimeType":"application/json","thinkingConfig":{"thinkingBudget":0}}}"#,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"thinkingBudget":-1}}}"#,
    ),
    (
        "gemini-3.1-pro-preview",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"thinkingLevel":"MEDIUM","includeThoughts":false}}}"#,
    ),
    // What only Gemini has.
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],
            "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_LOW_AND_ABOVE"}],"cachedContent":"cachedContents/1",
            "generationConfig":{"responseModalities":["TEXT","IMAGE"],"speechConfig":{"languageCode":"de"},"imageConfig":{"aspectRatio":"1:1"},"mediaResolution":"MEDIA_RESOLUTION_LOW"}}"#,
    ),
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"serviceTier":"flex"}"#,
    ),
    // A form that only Gemini has.
    (
        "gemini-2.5-flash",
        r#"{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"responseMimeType":"text/x.enum","responseSchema":{"type":"STRING","enum":["a"]}}}"#,
    ),
];

#[test]
fn a_request_of_gemini_survives() {
    for (model, text) in SAME {
        let request = read_request(text, model, false).unwrap();
        let aim = Aim {
            model,
            kind: "gemini",
            ..Aim::default()
        };
        let written = write_request(&request, &aim).unwrap();
        assert_eq!(json(&written.body), json(text), "{text}");
        assert_eq!(written.dropped, [], "{text}");
    }
}

#[test]
fn turns_begin_with_the_same_bytes() {
    // Every prefix of a conversation is written as the beginning of the whole.
    let whole = r#"{"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"w"}},{"functionCall":{"name":"w"}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"w","response":{}}},{"functionResponse":{"name":"w","response":{}}}]},
        {"role":"model","parts":[{"functionCall":{"name":"w"}}]},{"role":"user","parts":[{"functionResponse":{"name":"w","response":{}}}]}]}"#;
    let request = read_request(whole, "gemini-3-pro", false).unwrap();
    let aim = Aim {
        model: "gemini-3-pro",
        ..Aim::default()
    };
    let all = String::from_utf8(write_request(&request, &aim).unwrap().body).unwrap();
    for turns in 1..request.turns.len() {
        let mut part = request.clone();
        part.turns.truncate(turns);
        let body = String::from_utf8(write_request(&part, &aim).unwrap().body).unwrap();
        let prefix = body.strip_suffix("]}").unwrap();
        assert!(all.starts_with(prefix), "{prefix}\n{all}");
    }
}
