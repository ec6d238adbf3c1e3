//! The usage object of chat completions, and the habits of those who write it.

use serde_json::{Value, json};

use crate::dialect::Reported;
use crate::json::{Scalar, Tree};
use crate::units::PicoUsd;

/// Reads a usage object; `None` when it says nothing.
pub(in crate::dialect) fn read(usage: &dyn Tree) -> Option<Reported> {
    let number = |path: &str| Reported::count(usage, path);
    let input = number("/prompt_tokens");
    let mut output = number("/completion_tokens");
    let reasoning = number("/completion_tokens_details/reasoning_tokens").unwrap_or_default();
    // xAI counts reasoning beside the completion; only the total tells (docs.x.ai, "Reasoning").
    let beside = input
        .zip(output)
        .map(|(input, output)| input.saturating_add(output).saturating_add(reasoning));
    if reasoning > 0 && beside.is_some() && beside == number("/total_tokens") {
        output = output.map(|output| output.saturating_add(reasoning));
    }
    let reported = Reported {
        input,
        output,
        cached: number("/prompt_tokens_details/cached_tokens")
            .or_else(|| number("/prompt_cache_hit_tokens"))
            .or_else(|| number("/cached_tokens"))
            .unwrap_or_default(),
        cache_write: number("/prompt_tokens_details/cache_write_tokens").unwrap_or_default(),
        reasoning,
        audio_input: number("/prompt_tokens_details/audio_tokens").unwrap_or_default(),
        audio_output: number("/completion_tokens_details/audio_tokens").unwrap_or_default(),
        audio_cached: number("/prompt_tokens_details/cached_tokens_details/audio_tokens")
            .unwrap_or_default(),
        image_input: number("/prompt_tokens_details/image_tokens").unwrap_or_default(),
        image_output: number("/completion_tokens_details/image_tokens").unwrap_or_default(),
        charged: charged(usage),
        ..Reported::default()
    };
    Some(reported).filter(|reported| !reported.is_empty())
}

/// What the provider says that it charges: OpenRouter as a number ("Usage accounting"), Perplexity as a sum
/// with its parts, xAI in ticks of 10⁻¹⁰ USD. With a key of the client's own at OpenRouter it is not all.
pub(in crate::dialect) fn charged(usage: &dyn Tree) -> Option<PicoUsd> {
    if usage.scalar("/is_byok") == Some(Scalar::Bool(true)) {
        return None;
    }
    let ticks = || {
        let ticks: u64 = usage.number("/cost_in_usd_ticks")?.parse().ok()?;
        ticks.checked_mul(100).map(PicoUsd)
    };
    let sum = Reported::charge(usage, "/cost/total_cost");
    sum.or_else(|| Reported::charge(usage, "/cost"))
        .or_else(ticks)
}

/// Writes a usage object.
pub(super) fn write(usage: &Reported) -> Value {
    let (input, output) = (usage.input.unwrap_or(0), usage.output.unwrap_or(0));
    let mut input_details =
        json!({"cached_tokens": usage.cached, "audio_tokens": usage.audio_input});
    if let (true, Some(fields)) = (usage.cache_write > 0, input_details.as_object_mut()) {
        fields.insert("cache_write_tokens".to_owned(), usage.cache_write.into());
    }
    json!({
        "prompt_tokens": input,
        "completion_tokens": output,
        "total_tokens": input.saturating_add(output),
        "prompt_tokens_details": input_details,
        "completion_tokens_details": {
            "reasoning_tokens": usage.reasoning,
            "audio_tokens": usage.audio_output,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    })
}
