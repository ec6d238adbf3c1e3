//! Everything in a request that is neither conversation nor tools, as it is read.

use serde_json::Value;

use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Effort, Format, Reasoning, Request, Rest};

/// What `include` may name that only matters with tools that OpenAI runs, or repeats the input.
const INCLUDE_IDLE: [&str; 7] = [
    "reasoning.encrypted_content",
    "file_search_call.results",
    "web_search_call.results",
    "web_search_call.action.sources",
    "message.input_image.image_url",
    "computer_call_output.output.image_url",
    "code_interpreter_call.outputs",
];

/// Each effort and its word.
const EFFORTS: [(&str, Effort); 7] = [
    ("none", Effort::None),
    ("minimal", Effort::Minimal),
    ("low", Effort::Low),
    ("medium", Effort::Medium),
    ("high", Effort::High),
    ("xhigh", Effort::XHigh),
    ("max", Effort::Max),
];

/// Reads them.
pub(super) fn read(fields: &mut Fields, request: &mut Request) -> Result<(), Cannot> {
    text(fields, request)?;
    reasoning(fields, request)?;
    include(fields, request)?;
    let sampling = &mut request.sampling;
    sampling.temperature = fields.number("temperature")?;
    sampling.top_p = fields.number("top_p")?;
    match fields.whole("top_logprobs")? {
        // What the SDKs send when nobody asked.
        Some(0) if sampling.logprobs.is_none() => {}
        Some(most) => {
            sampling.top_logprobs = Some(most);
            sampling.logprobs = Some(true);
        }
        None => {}
    }
    request.max_output_tokens = fields.whole("max_output_tokens")?;
    request.stream = fields.bool("stream")?.unwrap_or(false);
    request.user = fields.string("user")?;
    request.service_tier = fields.string("service_tier")?;
    request.metadata = fields.take("metadata");
    if fields.peek("truncation").and_then(Value::as_str) == Some("disabled") {
        fields.take("truncation");
    }
    if let Some(options) = fields.object("stream_options")? {
        request.rest.extend(options.rest(&["include_obfuscation"]));
    }
    Ok(())
}

fn text(fields: &mut Fields, request: &mut Request) -> Result<(), Cannot> {
    let Some(mut text) = fields.object("text")? else {
        return Ok(());
    };
    if let Some(mut format) = text.object("format")? {
        let at = format.path("type");
        let kind = format.string("type")?;
        request.format = match kind.as_deref() {
            Some("text") => Format::Text,
            Some("json_object") => Format::JsonObject,
            Some("json_schema") => Format::JsonSchema {
                name: format.string("name")?,
                description: format.string("description")?,
                schema: format.take("schema").unwrap_or_default(),
                strict: format.bool("strict")?,
            },
            _ => {
                let reason = "expected 'text', 'json_object' or 'json_schema'";
                return Err(Cannot::new(at, reason));
            }
        };
        request.rest.extend(format.rest(&[]));
    }
    // "medium" is what a model does without it.
    let medium = text.peek("verbosity").and_then(Value::as_str) == Some("medium");
    request
        .rest
        .extend(text.rest(if medium { &["verbosity"] } else { &[] }));
    Ok(())
}

fn reasoning(fields: &mut Fields, request: &mut Request) -> Result<(), Cannot> {
    let Some(mut reasoning) = fields.object("reasoning")? else {
        return Ok(());
    };
    let at = reasoning.path("effort");
    let effort = reasoning.string("effort")?;
    let effort = effort.map(|word| {
        let known = EFFORTS.iter().find(|(name, _)| *name == word);
        known.map(|(_, effort)| *effort).ok_or_else(|| {
            let names = EFFORTS.map(|(name, _)| name).join(", ");
            Cannot::new(at, format!("'{word}' is not one of {names}"))
        })
    });
    let effort = effort.transpose()?;
    let summary = reasoning.string("summary")?;
    let older = reasoning.string("generate_summary")?;
    let summary = summary.or(older);
    if effort.is_some() || summary.is_some() {
        request.reasoning = Some(Reasoning {
            effort,
            shown: summary.is_some().then_some(true),
            summary,
            ..Reasoning::default()
        });
    }
    let auto = |key: &&str| reasoning.peek(key).and_then(Value::as_str) == Some("auto");
    let idle: Vec<&str> = ["context"].into_iter().filter(auto).collect();
    request.rest.extend(reasoning.rest(&idle));
    Ok(())
}

fn include(fields: &mut Fields, request: &mut Request) -> Result<(), Cannot> {
    let mut names = fields.array("include")?;
    let all = names.len();
    names.retain(|name| name.as_str() != Some("message.output_text.logprobs"));
    if names.len() < all {
        request.sampling.logprobs = Some(true);
    }
    let idle = |name: &Value| {
        name.as_str()
            .is_some_and(|name| INCLUDE_IDLE.contains(&name))
    };
    if !names.is_empty() {
        request.rest.push(Rest {
            path: "include".to_owned(),
            idle: names.iter().all(idle),
            value: Value::Array(names),
        });
    }
    Ok(())
}

/// The word of an effort.
pub(super) fn word(effort: Effort) -> &'static str {
    let known = EFFORTS.iter().find(|(_, known)| *known == effort);
    known.map_or("medium", |(name, _)| *name)
}
