//! `usage`: OpenAI's `input_tokens` include those of the cache, `output_tokens` those of reasoning.

use serde_json::{Value, json};

use crate::dialect::{Reported, openai_chat};
use crate::json::{self, Tree};

/// Reads `usage`; `None` when it says nothing.
pub(in crate::dialect) fn read(usage: &dyn Tree) -> Option<Reported> {
    let count = |path: &str| Reported::count(usage, path);
    let reasoning = count("/output_tokens_details/reasoning_tokens").unwrap_or(0);
    let input = count("/input_tokens");
    let mut output = count("/output_tokens");
    // Some compatible providers leave reasoning out of the output; their total tells.
    if let (Some(from), Some(to), Some(total)) = (input, output, count("/total_tokens")) {
        let with = to.saturating_add(reasoning);
        if reasoning > 0 && from.saturating_add(with) == total {
            output = Some(with);
        }
    }
    let reported = Reported {
        input,
        output,
        cached: count("/input_tokens_details/cached_tokens").unwrap_or(0),
        cache_write: count("/input_tokens_details/cache_write_tokens").unwrap_or(0),
        reasoning,
        audio_input: count("/input_tokens_details/audio_tokens").unwrap_or(0),
        audio_output: count("/output_tokens_details/audio_tokens").unwrap_or(0),
        image_input: count("/input_tokens_details/image_tokens").unwrap_or(0),
        image_output: count("/output_tokens_details/image_tokens").unwrap_or(0),
        charged: openai_chat::charged(usage),
        ..Reported::default()
    };
    Some(reported).filter(|reported| !reported.is_empty())
}

/// An item of the output is a search of the web that is charged: pages that are opened or looked through are
/// not (platform.openai.com/docs/pricing, "Built-in tools").
pub(in crate::dialect) fn is_search(item: &Value) -> bool {
    let text = |path: &str| json::at(item, path).and_then(Value::as_str);
    text("/type") == Some("web_search_call")
        && text("/action/type").is_none_or(|action| action == "search")
}

/// What a response says of its usage, beside `usage` itself.
pub(in crate::dialect) fn of_response(response: &Value) -> Option<Reported> {
    let usage = read(response.get("usage")?)?;
    let output = response.get("output").and_then(Value::as_array);
    let searches = output.into_iter().flatten().filter(|item| is_search(item));
    let searches = u64::try_from(searches.count()).unwrap_or(u64::MAX);
    let tier = response.get("service_tier").and_then(Value::as_str);
    Some(Reported { searches, ..usage }.served(tier))
}

/// Writes `usage`; `null` when nothing is known.
pub(super) fn write(usage: Option<&Reported>) -> Value {
    let Some(usage) = usage.filter(|usage| !usage.is_empty()) else {
        return Value::Null;
    };
    let (input, output) = (usage.input.unwrap_or(0), usage.output.unwrap_or(0));
    json!({
        "input_tokens": input,
        "input_tokens_details": {
            "cached_tokens": usage.cached,
            "cache_write_tokens": usage.cache_write,
        },
        "output_tokens": output,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning},
        "total_tokens": input.saturating_add(output),
    })
}
