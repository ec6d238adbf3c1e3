//! What replies cost: usage as each provider documents it, through the reader of its dialect.

use super::super::{Above, Price, Rates, line};
use crate::dialect::{Dialect, Reported, Tier, Usage};
use crate::units::PicoUsd;

/// The usage of a reply, read in place as the gateway does, and for a client of another dialect.
fn both(dialect: Dialect, reply: &str) -> [Option<Reported>; 2] {
    let whole = dialect
        .read_reply(reply)
        .unwrap_or_else(|why| panic!("{why}: {reply}"));
    let in_place = match dialect {
        Dialect::Bedrock | Dialect::Cohere => whole.usage,
        _ => dialect.read_chunk(reply).unwrap().usage,
    };
    [in_place, whole.usage]
}

fn usage_of(reported: Reported) -> Usage {
    reported.completed(reported.input.unwrap(), reported.output.unwrap())
}

fn chat(more: &str) -> String {
    format!(
        r#"{{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{{"index":0,"message":
        {{"role":"assistant","content":"Hi"}},"finish_reason":"stop"}}],{more}}}"#
    )
}

fn responses(items: &str, more: &str) -> String {
    format!(
        r#"{{"id":"r1","object":"response","created_at":1,"status":"completed","model":"m","output":[{items}
        {{"type":"message","id":"m1","status":"completed","role":"assistant","content":
        [{{"type":"output_text","text":"Hi","annotations":[]}}]}}],{more}}}"#
    )
}

fn anthropic(usage: &str) -> String {
    format!(
        r#"{{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{{"type":"text","text":"Hi"}}],
        "stop_reason":"end_turn","stop_sequence":null,"usage":{usage}}}"#
    )
}

fn gemini(grounding: &str, usage: &str) -> String {
    format!(
        r#"{{"candidates":[{{"content":{{"role":"model","parts":[{{"text":"Hi"}}]}},"finishReason":"STOP",
        "index":0{grounding}}}],"usageMetadata":{usage},"modelVersion":"m"}}"#
    )
}

fn bedrock(more: &str) -> String {
    format!(
        r#"{{"output":{{"message":{{"role":"assistant","content":[{{"text":"Hi"}}]}}}},"stopReason":"end_turn",
        "metrics":{{"latencyMs":5}},{more}}}"#
    )
}

/// One price for all: a figure that is read as another kind of token changes the sum.
const LINE: &str = "i2 c.2 w2.5 W4 o10 r12 a6 x.6 A20 m3 M30 s10 @f*.5 @p*2";

/// (dialect, reply, nano-dollars)
fn rows() -> Vec<(Dialect, String, Option<u64>)> {
    let plain = 100 * 2_000 + 20 * 10_000;
    vec![
        // OpenAI, "Prompt caching", "Audio", "Service tiers".
        (
            Dialect::OpenAiChat,
            chat(r#""usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}"#),
            Some(plain),
        ),
        (
            Dialect::OpenAiChat,
            chat(
                r#""service_tier":"default","usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
                "prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},"completion_tokens_details":
                {"reasoning_tokens":200,"audio_tokens":40,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}"#,
            ),
            Some(86 * 2_000 + 1920 * 200 + 60 * 10_000 + 200 * 12_000 + 40 * 20_000),
        ),
        (
            Dialect::OpenAiChat,
            chat(
                r#""service_tier":"flex","usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,
                "prompt_tokens_details":{"audio_tokens":30}}"#,
            ),
            Some((70 * 2_000 + 30 * 6_000 + 20 * 10_000) / 2),
        ),
        (
            Dialect::OpenAiChat,
            chat(r#""service_tier":"scale","usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}"#),
            None,
        ),
        // DeepSeek, "Context caching".
        (
            Dialect::OpenAiChat,
            chat(
                r#""usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,
                "prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36}"#,
            ),
            Some(36 * 2_000 + 64 * 200 + 20 * 10_000),
        ),
        // xAI, "Reasoning": beside the completion.
        (
            Dialect::OpenAiChat,
            chat(
                r#""usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":420,
                "completion_tokens_details":{"reasoning_tokens":300}}"#,
            ),
            Some(100 * 2_000 + 20 * 10_000 + 300 * 12_000),
        ),
        // OpenAI, "Responses" and "Web search": pages that are opened are not charged.
        (
            Dialect::OpenAiResponses,
            responses(
                r#"{"type":"web_search_call","id":"w1","status":"completed","action":{"type":"search","query":"a"}},
                {"type":"web_search_call","id":"w2","status":"completed","action":{"type":"open_page","url":"b"}},
                {"type":"web_search_call","id":"w3","status":"completed"},"#,
                r#""service_tier":"priority","usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60},
                "output_tokens":50,"output_tokens_details":{"reasoning_tokens":30},"total_tokens":150}"#,
            ),
            Some(2 * (40 * 2_000 + 60 * 200 + 20 * 10_000 + 30 * 12_000) + 2 * 10_000_000),
        ),
        // Anthropic, "Prompt caching", "Web search", "Fast mode".
        (
            Dialect::Anthropic,
            anthropic(
                r#"{"input_tokens":50,"cache_creation_input_tokens":248,"cache_read_input_tokens":1800,
                "cache_creation":{"ephemeral_5m_input_tokens":148,"ephemeral_1h_input_tokens":100},
                "output_tokens":503,"service_tier":"standard","server_tool_use":{"web_search_requests":1}}"#,
            ),
            Some(50 * 2_000 + 148 * 2_500 + 100 * 4_000 + 1800 * 200 + 503 * 10_000 + 10_000_000),
        ),
        (
            Dialect::Anthropic,
            anthropic(r#"{"input_tokens":50,"output_tokens":503,"service_tier":"standard","speed":"fast"}"#),
            None,
        ),
        // Google, "UsageMetadata", "Grounding with Google Search".
        (
            Dialect::Gemini,
            gemini(
                r#","groundingMetadata":{"webSearchQueries":["a","b",""],"groundingChunks":[]}"#,
                r#"{"promptTokenCount":100,"cachedContentTokenCount":40,"candidatesTokenCount":20,"thoughtsTokenCount":10,
                "toolUsePromptTokenCount":5,"totalTokenCount":135,"trafficType":"ON_DEMAND",
                "promptTokensDetails":[{"modality":"TEXT","tokenCount":70},{"modality":"AUDIO","tokenCount":30}],
                "cacheTokensDetails":[{"modality":"TEXT","tokenCount":30},{"modality":"AUDIO","tokenCount":10}],
                "candidatesTokensDetails":[{"modality":"TEXT","tokenCount":20}]}"#,
            ),
            // 45 fresh texts, 20 fresh audio, 30 and 10 of them cached.
            Some(45 * 2_000 + 20 * 6_000 + 30 * 200 + 10 * 600 + 20 * 10_000 + 10 * 12_000 + 2 * 10_000_000),
        ),
        (
            Dialect::Gemini,
            gemini(
                "",
                r#"{"promptTokenCount":100,"candidatesTokenCount":1310,"totalTokenCount":1410,
                "promptTokensDetails":[{"modality":"TEXT","tokenCount":100}],
                "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1290}]}"#,
            ),
            Some(100 * 2_000 + 20 * 10_000 + 1290 * 30_000),
        ),
        (
            Dialect::Gemini,
            gemini("", r#"{"promptTokenCount":100,"candidatesTokenCount":20,"trafficType":"PROVISIONED_THROUGHPUT"}"#),
            None,
        ),
        // AWS, "Converse", "Prompt caching", "Service tiers".
        (
            Dialect::Bedrock,
            bedrock(
                r#""serviceTier":{"type":"flex"},"usage":{"inputTokens":100,"outputTokens":20,"totalTokens":1220,
                "cacheReadInputTokens":1000,"cacheWriteInputTokens":100,"cacheDetails":
                [{"ttl":"1h","inputTokens":40},{"ttl":"5m","inputTokens":60}]}"#,
            ),
            Some((100 * 2_000 + 1000 * 200 + 60 * 2_500 + 40 * 4_000 + 20 * 10_000) / 2),
        ),
        // Cohere, "Chat": what is billed, not what was read.
        (
            Dialect::Cohere,
            r#"{"id":"c","finish_reason":"COMPLETE","message":{"role":"assistant","content":[{"type":"text","text":"Hi"}]},
            "usage":{"billed_units":{"input_tokens":100,"output_tokens":20},"tokens":{"input_tokens":500,"output_tokens":25}}}"#
                .to_owned(),
            Some(plain),
        ),
        (
            Dialect::OpenAiCompletions,
            r#"{"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"text":"Hi","index":0,
            "finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}"#
                .to_owned(),
            Some(plain),
        ),
    ]
}

#[test]
fn every_dialect_says_what_is_charged() {
    let price: Price = line::read(LINE, "2026-01-01", true).unwrap();
    for (dialect, reply, nano) in rows() {
        for reported in both(dialect, &reply) {
            let cost = price.of(&usage_of(reported.unwrap()));
            assert_eq!(
                cost.map(|cost| cost.0),
                nano.map(|nano| nano * 1000),
                "{dialect:?}: {reply}"
            );
        }
    }
}

/// What a provider says that it charges.
#[test]
fn a_charge_is_read_as_it_is_written() {
    let rows = [
        (r#""cost":0.00014"#, Some(140_000_000)),
        (r#""cost":1.2e-05,"is_byok":false"#, Some(12_000_000)),
        (r#""cost":0.0001,"is_byok":true"#, None),
        (
            r#""cost":{"input_tokens_cost":0.0,"output_tokens_cost":0.002,"request_cost":0.006,"total_cost":0.008}"#,
            Some(8_000_000_000),
        ),
        (r#""cost_in_usd_ticks":318319000"#, Some(31_831_900_000)),
        (r#""cost":"free""#, None),
        (r#""cost":-1"#, None),
        (r#""x":1"#, None),
    ];
    for (more, charged) in rows {
        let reply = chat(&format!(
            r#""usage":{{"prompt_tokens":1,"completion_tokens":1,{more}}}"#
        ));
        for reported in both(Dialect::OpenAiChat, &reply) {
            let told = reported.unwrap().charged.map(|charged| charged.0);
            assert_eq!(told, charged, "{more}");
        }
    }
}

#[test]
fn who_asks_to_be_served_before_others_is_held_at_that_price() {
    let rates = |input| Rates {
        input: PicoUsd(input),
        output: Some(PicoUsd(10 * input)),
        ..Rates::default()
    };
    let above = |tier| Above { tier, tokens: 0 };
    let mut price = Price {
        rates: vec![
            (above(Tier::Standard), rates(2)),
            (above(Tier::Flex), rates(1)),
        ],
        ..Price::default()
    };
    let most = |price: &Price, tier| price.most(tier, 5, 1);
    // A tier without a price is held at the usual one; a cheaper one may turn out to be the usual.
    for tier in Tier::ALL {
        assert_eq!(most(&price, tier), Some(PicoUsd(30)), "{tier:?}");
    }
    price.rates.push((above(Tier::Priority), rates(4)));
    for tier in Tier::ALL {
        let dear = tier == Tier::Priority;
        assert_eq!(
            most(&price, tier),
            Some(PicoUsd(if dear { 60 } else { 30 })),
            "{tier:?}"
        );
    }
}
