//! Token counts: Anthropic counts what is read from and written to the cache beside `input_tokens`.

use serde_json::{Value, json};

use crate::dialect::{Reported, Tier};
use crate::json::Tree;

/// What a provider's `usage` objects have said so far. A stream's last one may leave out what the first said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    input: Option<u64>,
    output: Option<u64>,
    read: u64,
    written: u64,
    written_1h: u64,
    thinking: u64,
    searches: u64,
    tier: Tier,
}

impl Figures {
    /// Takes in one more `usage` object. Its figures are running totals.
    pub fn add(&mut self, usage: &dyn Tree) {
        let at = |path: &str| Reported::count(usage, path);
        self.input = self.input.max(at("/input_tokens"));
        self.output = self.output.max(at("/output_tokens"));
        self.read = self.read.max(at("/cache_read_input_tokens").unwrap_or(0));
        self.written_1h = self
            .written_1h
            .max(at("/cache_creation/ephemeral_1h_input_tokens").unwrap_or(0));
        let written_5m = at("/cache_creation/ephemeral_5m_input_tokens");
        let both = written_5m.unwrap_or(0).saturating_add(self.written_1h);
        let written = at("/cache_creation_input_tokens").unwrap_or(0);
        self.written = self.written.max(written).max(both);
        let thinking = at("/output_tokens_details/thinking_tokens");
        self.thinking = self.thinking.max(thinking.unwrap_or(0));
        let searches = at("/server_tool_use/web_search_requests");
        self.searches = self.searches.max(searches.unwrap_or(0));
        let text = |path: &str| usage.text(path);
        // Fast mode and inference in the US only have prices of their own ("Pricing").
        if text("/speed").as_deref() == Some("fast")
            || text("/inference_geo").as_deref() == Some("us")
        {
            self.tier = Tier::Other;
        } else if let (Some(tier), false) = (text("/service_tier"), self.tier == Tier::Other) {
            self.tier = Tier::of(&tier);
        }
    }

    /// In the canonical form.
    pub fn reported(&self) -> Reported {
        let beside = self.read.saturating_add(self.written);
        Reported {
            input: self.input.map(|input| input.saturating_add(beside)),
            output: self.output,
            cached: self.read,
            cache_write: self.written,
            cache_write_1h: self.written_1h,
            reasoning: self.thinking,
            searches: self.searches,
            tier: self.tier,
            ..Reported::default()
        }
    }
}

/// The `usage` of a reply, or of `message_delta`.
pub fn write_usage(usage: &Reported) -> Value {
    let beside = usage.cached.saturating_add(usage.cache_write);
    let input = usage.input.unwrap_or(0).saturating_sub(beside);
    json!({
        "input_tokens": input,
        "cache_creation_input_tokens": usage.cache_write,
        "cache_read_input_tokens": usage.cached,
        "cache_creation": {
            "ephemeral_5m_input_tokens": usage.cache_write.saturating_sub(usage.cache_write_1h),
            "ephemeral_1h_input_tokens": usage.cache_write_1h,
        },
        "output_tokens": usage.output.unwrap_or(0),
        "output_tokens_details": {"thinking_tokens": usage.reasoning},
    })
}

/// `usage.service_tier` in OpenAI's words.
pub fn read_tier(usage: &Value) -> Option<String> {
    let tier = usage.get("service_tier")?.as_str()?;
    Some(if tier == "standard" { "default" } else { tier }.to_owned())
}

/// OpenAI's word for a tier as `usage.service_tier`; `None`: Anthropic has no such tier.
pub fn write_tier(tier: &str) -> Option<&'static str> {
    match tier {
        "default" => Some("standard"),
        "priority" => Some("priority"),
        "batch" => Some("batch"),
        _ => None,
    }
}
