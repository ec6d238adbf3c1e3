use super::{Request, Voice};
use crate::dialect::Dialect;
use crate::dialect::row;
use crate::json::apply;

fn suited(dialect: Dialect, body: &str, model: &str, kind: &str, mark_cache: bool) -> String {
    let request = Request::read(dialect, body.as_bytes()).unwrap();
    let mut edits = request.suited(model, row::of(kind).unwrap(), mark_cache);
    String::from_utf8(apply(body.as_bytes(), &mut edits)).unwrap()
}

#[test]
fn a_body_is_made_a_targets_by_a_few_bytes() {
    use Dialect::{Anthropic, Gemini, OpenAiChat, OpenAiResponses};
    let rows = [
        (
            Anthropic,
            "anthropic",
            false,
            r#"{ "model":"a", "x" : 1,"messages":[]}"#,
            r#"{ "model":"m", "x" : 1,"messages":[]}"#,
        ),
        (
            Anthropic,
            "anthropic",
            true,
            r#"{"model":"m","messages":[]}"#,
            r#"{"cache_control":{"type":"ephemeral"},"model":"m","messages":[]}"#,
        ),
        (
            Anthropic,
            "anthropic",
            true,
            r#"{"model":"m","messages":[],"cache_control":null}"#,
            r#"{"model":"m","messages":[],"cache_control":null}"#,
        ),
        (
            Anthropic,
            "vertex",
            true,
            r#"{"max_tokens":1, "model" : "a","messages":[]}"#,
            r#"{"max_tokens":1, "anthropic_version":"vertex-2023-10-16","messages":[]}"#,
        ),
        (
            OpenAiChat,
            "azure",
            false,
            r#"{"messages":[],"stream":true}"#,
            r#"{"model":"m","stream_options":{"include_usage":true},"messages":[],"stream":true}"#,
        ),
        (
            OpenAiResponses,
            "openai",
            false,
            r#"{"model":"a","stream":true,"input":"x"}"#,
            r#"{"model":"m","stream":true,"input":"x"}"#,
        ),
        (
            Gemini,
            "gemini",
            false,
            r#"{"contents":[{"parts":[{"text":"x"}]}]}"#,
            r#"{"contents":[{"parts":[{"text":"x"}]}]}"#,
        ),
    ];
    for (dialect, kind, mark_cache, body, expected) in rows {
        assert_eq!(suited(dialect, body, "m", kind, mark_cache), expected);
    }
}

#[test]
fn texts_are_found_in_every_dialect() {
    let rows = [
        (
            Dialect::Anthropic,
            r#"{"model":"m","system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"messages":[
              {"role":"user","content":"u"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"no"},
                {"type":"tool_use","id":"no","name":"no","input":{"id":"i","to":["j"]}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"no","content":[{"type":"text","text":"r"},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"NONONONONONONONONONONONONONONONONONONONONONONONONONONONONONONONO"}}]},
                {"type":"document","source":{"type":"text","media_type":"text/plain","data":"c"}},
                {"type":"new","words":"w"}]}],
              "tools":[{"name":"no","description":"d","input_schema":{"type":"object","properties":{"a":{"description":"p"}}}}],
              "metadata":{"user_id":"me"}}"#,
            "s u t i j r c w d p me",
        ),
        (
            Dialect::Gemini,
            r#"{"system_instruction":{"parts":[{"text":"s"}]},"contents":[{"role":"user","parts":[{"text":"u"},
              {"inlineData":{"mimeType":"image/png","data":"NONONONONONONONONONONONONONONONONONONONONONONONONONONONONONONONO"}}]},
              {"role":"model","parts":[{"functionCall":{"name":"no","args":{"name":"i"}},"thoughtSignature":"no"}]},
              {"role":"user","parts":[{"functionResponse":{"name":"no","response":{"type":"r"}}}]}],
              "tools":[{"functionDeclarations":[{"name":"no","description":"d","parameters":{"type":"OBJECT"}}]}],
              "labels":{"k":"l"}}"#,
            "s u i r d l",
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"model":"m","instructions":"s","input":[{"role":"user","content":[{"type":"input_text","text":"u"},
              {"type":"input_image","image_url":"data:image/png;base64,no","detail":"low"}]},
              {"type":"reasoning","id":"no","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"no"},
              {"type":"function_call","call_id":"no","name":"no","arguments":"{\"a\":1}"},
              {"type":"function_call_output","call_id":"no","output":"r"}],
              "tools":[{"type":"function","name":"no","description":"d"}],"user":"me"}"#,
            "s u t {\"a\":1} r d me",
        ),
        (
            Dialect::OpenAiCompletions,
            r#"{"model":"m","prompt":["a","b"],"suffix":"c","user":"me"}"#,
            "a b c me",
        ),
        (
            Dialect::OpenAiEmbeddings,
            r#"{"model":"m","input":["a",[1,2],"b"]}"#,
            "a b",
        ),
        (
            Dialect::GeminiEmbeds,
            r#"{"requests":[{"model":"no","content":{"parts":[{"text":"a"}]},"title":"t"}]}"#,
            "a t",
        ),
    ];
    for (dialect, body, expected) in rows {
        let request = Request::read(dialect, body.as_bytes()).unwrap();
        let texts: Vec<&str> = request.passages.iter().map(|own| own.text()).collect();
        assert_eq!(texts.join(" "), expected, "{dialect:?}");
    }
}

#[test]
fn events_are_understood_in_every_dialect() {
    use Voice::{Arguments, Content, Reasoning};
    let (no, yes) = (false, true);
    let rows = [
        (
            Dialect::Anthropic,
            r#"{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"x"}}"#,
            vec![(2, Content, no)],
            no,
        ),
        (
            Dialect::Anthropic,
            r#"{"index":1,"delta":{"type":"input_json_delta","partial_json":"x"},"type":"content_block_delta"}"#,
            vec![(1, Arguments(0), no)],
            no,
        ),
        (
            Dialect::Anthropic,
            r#"{"type":"message_stop"}"#,
            vec![],
            yes,
        ),
        (
            Dialect::Anthropic,
            r#"{"type":"message","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"x"},
              {"type":"tool_use","input":{"a":"b"}}],"stop_reason":"end_turn"}"#,
            vec![(0, Reasoning, no), (1, Content, no), (2, Arguments(0), yes)],
            no,
        ),
        (
            Dialect::Gemini,
            r#"{"candidates":[{"content":{"parts":[{"text":"t","thought":true},{"text":"x"}]},"finishReason":"STOP"}]}"#,
            vec![(0, Reasoning, no), (0, Content, no)],
            yes,
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"type":"response.output_text.delta","output_index":1,"delta":"x"}"#,
            vec![(1, Content, no)],
            no,
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"type":"response.function_call_arguments.done","output_index":1,"arguments":"x"}"#,
            vec![(1, Arguments(0), yes)],
            no,
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"type":"response.completed","response":{"output":[{"type":"message","content":[{"text":"x"}]}]}}"#,
            vec![(0, Content, yes)],
            yes,
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"object":"response","output":[{"type":"message","content":[{"text":"x"}]}]}"#,
            vec![(0, Content, no)],
            no,
        ),
        (Dialect::OpenAiCompletions, "[DONE]", vec![], yes),
        (
            Dialect::OpenAiCompletions,
            r#"{"choices":[{"index":1,"text":"x","finish_reason":null}]}"#,
            vec![(1, Content, no)],
            no,
        ),
    ];
    for (dialect, data, expected, ends) in rows {
        let chunk = dialect.read_chunk(data).unwrap();
        let said = chunk
            .said
            .iter()
            .map(|own| (own.lane, own.voice, !own.runs()));
        assert_eq!(said.collect::<Vec<_>>(), expected, "{data}");
        assert_eq!(chunk.ends, ends, "{data}");
    }
}

#[test]
fn the_model_may_say_what_its_provider_is_spoken_to_in() {
    let rows = [
        ("openai", "gpt-4o", Dialect::Anthropic, Dialect::OpenAiChat),
        (
            "openai",
            "gpt-4o",
            Dialect::OpenAiResponses,
            Dialect::OpenAiResponses,
        ),
        (
            "openai",
            "o3-pro",
            Dialect::OpenAiChat,
            Dialect::OpenAiResponses,
        ),
        (
            "azure",
            "gpt-5-codex",
            Dialect::Gemini,
            Dialect::OpenAiResponses,
        ),
        (
            "openrouter",
            "o3-pro",
            Dialect::OpenAiChat,
            Dialect::OpenAiChat,
        ),
        (
            "vertex",
            "claude-x",
            Dialect::OpenAiChat,
            Dialect::Anthropic,
        ),
        ("vertex", "gemini-x", Dialect::Anthropic, Dialect::Gemini),
        (
            "bedrock",
            "cohere.embed",
            Dialect::OpenAiEmbeddings,
            Dialect::CohereEmbed,
        ),
        (
            "bedrock",
            "amazon.titan",
            Dialect::OpenAiEmbeddings,
            Dialect::TitanEmbed,
        ),
    ];
    for (kind, model, client, expected) in rows {
        let spoken = row::of(kind).unwrap().dialect(client, model);
        assert_eq!(spoken, Some(expected), "{kind} {model}");
    }
    assert_eq!(
        row::of("anthropic")
            .unwrap()
            .dialect(Dialect::OpenAiEmbeddings, "x"),
        None
    );
}
