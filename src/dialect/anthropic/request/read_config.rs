//! Format, thinking and user of a client's request.

use serde_json::Value;

use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Effort, Format, Reasoning, Rest};

/// `output_config.format`, or `output_format` as it was called before.
pub fn read_format(
    body: &mut Fields,
    config: Option<&mut Fields>,
    rest: &mut Vec<Rest>,
) -> Result<Format, Cannot> {
    let format = match config.map(|config| config.object("format")).transpose()? {
        Some(Some(format)) => Some(format),
        _ => body.object("output_format")?,
    };
    let Some(mut format) = format else {
        return Ok(Format::Text);
    };
    match format.string("type")?.as_deref() {
        Some("json_schema") => {}
        _ => return Err(Cannot::new(format.path("type"), "expected 'json_schema'")),
    }
    let Some(schema) = format.take("schema") else {
        return Err(Cannot::new(format.path("schema"), "the field is required"));
    };
    rest.extend(format.rest(&[]));
    Ok(Format::JsonSchema {
        name: None,
        description: None,
        schema,
        // Anthropic always holds the model to the schema.
        strict: Some(true),
    })
}

/// `thinking` and `output_config.effort`.
pub fn read_reasoning(
    body: &mut Fields,
    config: Option<&mut Fields>,
    rest: &mut Vec<Rest>,
) -> Result<Option<Reasoning>, Cannot> {
    let effort = config.map(read_effort).transpose()?.flatten();
    let Some(mut thinking) = body.object("thinking")? else {
        return Ok(effort.map(|effort| Reasoning {
            effort: Some(effort),
            ..Reasoning::default()
        }));
    };
    let mut reasoning = Reasoning {
        effort,
        shown: match thinking.string("display")?.as_deref() {
            None => None,
            Some("omitted") => Some(false),
            Some(_) => Some(true),
        },
        ..Reasoning::default()
    };
    match thinking.string("type")?.as_deref() {
        Some("enabled") => {
            reasoning.budget = thinking.whole("budget_tokens")?;
            // Models with budgets show what they think.
            reasoning.shown = reasoning.shown.or(Some(true));
        }
        Some("adaptive") => reasoning.adaptive = true,
        // Both keep the model from thinking before it answers.
        Some("disabled" | "between_tools") if effort.is_some() => reasoning.budget = Some(0),
        Some("disabled" | "between_tools") => reasoning.effort = Some(Effort::None),
        _ => {
            let reason = "expected 'enabled', 'adaptive', 'disabled' or 'between_tools'";
            return Err(Cannot::new(thinking.path("type"), reason));
        }
    }
    rest.extend(thinking.rest(&[]));
    Ok(Some(reasoning))
}

fn read_effort(config: &mut Fields) -> Result<Option<Effort>, Cannot> {
    let Some(word) = config.string("effort")? else {
        return Ok(None);
    };
    Ok(Some(match word.as_str() {
        "low" => Effort::Low,
        "medium" => Effort::Medium,
        "high" => Effort::High,
        "xhigh" => Effort::XHigh,
        "max" => Effort::Max,
        _ => {
            let reason = "expected 'low', 'medium', 'high', 'xhigh' or 'max'";
            return Err(Cannot::new(config.path("effort"), reason));
        }
    }))
}

/// `metadata.user_id`; what else stands in `metadata` is for the provider's records.
pub fn read_user(body: &mut Fields, rest: &mut Vec<Rest>) -> Result<Option<String>, Cannot> {
    let Some(mut metadata) = body.object("metadata")? else {
        return Ok(None);
    };
    let user = metadata.string("user_id")?;
    let mut left = metadata.rest(&[]);
    left.iter_mut().for_each(|rest| rest.idle = true);
    rest.append(&mut left);
    Ok(user)
}

/// A value that a client set to what it is anyway.
pub fn is_false(value: &Value) -> bool {
    *value == Value::Bool(false)
}
