//! A client's request, read into the neutral form.

use serde_json::Value;

use super::{request_parts, request_tools};
use crate::dialect::Fields;
use crate::dialect::neutral::{
    Cannot, Effort, Field, Format, Reasoning, Request, Rest, Sampling, tree,
};

/// Fields without which the answer is the same: they steer storing, caching, safety reports and speed.
const IDLE: &[&str] = &[
    "store",
    "safety_identifier",
    "prompt_cache_key",
    "prompt_cache_retention",
    "prompt_cache_options",
    "prediction",
];

/// Reads a request.
///
/// # Errors
///
/// A field has a wrong kind of value.
pub fn read_request(json: &str) -> Result<Request, Cannot> {
    let value: Value = tree(json)?;
    let mut body = Fields::of(value, "")?;
    let mut rest = Vec::new();
    let turns = request_parts::turns(body.array("messages")?, &mut rest)?;
    if turns.is_empty() {
        return Err(Cannot::new("messages", "expected at least one message"));
    }
    let request = Request {
        model: body.string("model")?.unwrap_or_default(),
        turns,
        tools: request_tools::tools(&mut body, &mut rest)?,
        tool_choice: request_tools::choice(&mut body)?,
        parallel_tool_calls: body.bool("parallel_tool_calls")?,
        format: format(&mut body, &mut rest)?,
        reasoning: reasoning(&mut body, &mut rest)?,
        sampling: Sampling {
            temperature: body.number("temperature")?,
            top_p: body.number("top_p")?,
            top_k: body.number("top_k")?,
            frequency_penalty: body.number("frequency_penalty")?,
            presence_penalty: body.number("presence_penalty")?,
            seed: body.number("seed")?,
            logit_bias: body.filled("logit_bias"),
            logprobs: body.bool("logprobs")?,
            top_logprobs: body.whole("top_logprobs")?,
        },
        max_output_tokens: max_output(&mut body)?,
        stop: body.texts("stop")?,
        candidates: body.whole("n")?,
        stream: body.bool("stream")?.unwrap_or_default(),
        user: body.string("user")?,
        metadata: body.take("metadata"),
        service_tier: body.string("service_tier")?,
        rest: Vec::new(),
    };
    body.take("stream_options");
    rest.extend(body.rest(IDLE).into_iter().map(|field| Rest {
        idle: field.idle || is_default(&field),
        ..field
    }));
    Ok(Request { rest, ..request })
}

/// What chat completions call a neutral field.
pub fn field_path(field: Field) -> &'static str {
    match field {
        Field::Tools => "tools",
        Field::ToolChoice => "tool_choice",
        Field::ParallelToolCalls => "parallel_tool_calls",
        Field::Format => "response_format",
        Field::Reasoning => "reasoning_effort",
        Field::Temperature => "temperature",
        Field::TopP => "top_p",
        Field::TopK => "top_k",
        Field::FrequencyPenalty => "frequency_penalty",
        Field::PresencePenalty => "presence_penalty",
        Field::Seed => "seed",
        Field::LogitBias => "logit_bias",
        Field::Logprobs => "logprobs",
        Field::TopLogprobs => "top_logprobs",
        Field::MaxOutputTokens => "max_completion_tokens",
        Field::Stop => "stop",
        Field::Candidates => "n",
        Field::User => "user",
        Field::Metadata => "metadata",
        Field::ServiceTier => "service_tier",
        Field::CacheMark => "cache_control",
    }
}

/// A value that says what holds without it.
fn is_default(field: &Rest) -> bool {
    match field.path.as_str() {
        "verbosity" => field.value == "medium",
        "modalities" => field.value == serde_json::json!(["text"]),
        _ => false,
    }
}

/// `max_completion_tokens`, or its older name.
fn max_output(body: &mut Fields) -> Result<Option<u64>, Cannot> {
    let old = body.whole("max_tokens")?;
    Ok(body.whole("max_completion_tokens")?.or(old))
}

fn format(body: &mut Fields, rest: &mut Vec<Rest>) -> Result<Format, Cannot> {
    let Some(mut format) = body.object("response_format")? else {
        return Ok(Format::Text);
    };
    match format.string("type")?.as_deref() {
        Some("json_object") => Ok(Format::JsonObject),
        Some("json_schema") => {
            let mut own = request_parts::required_object(&mut format, "json_schema")?;
            let schema = own.take("schema");
            let read = Format::JsonSchema {
                name: own.string("name")?,
                description: own.string("description")?,
                strict: own.bool("strict")?,
                schema: schema.unwrap_or_else(|| serde_json::json!({})),
            };
            rest.extend(own.rest(&[]));
            rest.extend(format.rest(&[]));
            Ok(read)
        }
        Some("text") | None => Ok(Format::Text),
        Some(other) => Err(Cannot::new(
            "response_format.type",
            format!("'{other}' is not known"),
        )),
    }
}

/// `reasoning_effort`; OpenRouter's `reasoning`; Anthropic's `thinking`, which other providers of this
/// dialect took over.
fn reasoning(body: &mut Fields, rest: &mut Vec<Rest>) -> Result<Option<Reasoning>, Cannot> {
    let mut reasoning = Reasoning::default();
    if let Some(word) = body.string("reasoning_effort")? {
        reasoning.effort = Some(effort("reasoning_effort", &word)?);
    }
    if let Some(mut own) = body.object("reasoning")? {
        let enabled = own.bool("enabled")?;
        if let Some(word) = own.string("effort")? {
            reasoning.effort = Some(effort("reasoning.effort", &word)?);
        }
        reasoning.budget = own.whole("max_tokens")?;
        reasoning.summary = own.string("summary")?;
        reasoning.shown = own.bool("exclude")?.map(|hidden| !hidden);
        match enabled {
            Some(false) => reasoning.effort = Some(Effort::None),
            Some(true) if reasoning.effort.is_none() && reasoning.budget.is_none() => {
                reasoning.adaptive = true;
            }
            _ => {}
        }
        rest.extend(own.rest(&[]));
    }
    if let Some(mut thinking) = body.object("thinking")? {
        match thinking.string("type")?.as_deref() {
            Some("enabled") => {
                reasoning.budget = thinking.whole("budget_tokens")?;
                reasoning.adaptive |= reasoning.budget.is_none();
            }
            Some("disabled") => reasoning.effort = Some(Effort::None),
            Some("adaptive" | "auto") => reasoning.adaptive = true,
            _ => {
                let what = "expected enabled, disabled or adaptive";
                return Err(Cannot::new("thinking.type", what));
            }
        }
        rest.extend(thinking.rest(&[]));
    }
    Ok((reasoning != Reasoning::default()).then_some(reasoning))
}

fn effort(path: &str, word: &str) -> Result<Effort, Cannot> {
    Ok(match word {
        "none" => Effort::None,
        "minimal" => Effort::Minimal,
        "low" => Effort::Low,
        "medium" => Effort::Medium,
        "high" => Effort::High,
        "xhigh" => Effort::XHigh,
        "max" => Effort::Max,
        _ => {
            let what = "expected none, minimal, low, medium, high, xhigh or max";
            return Err(Cannot::new(path, what));
        }
    })
}
