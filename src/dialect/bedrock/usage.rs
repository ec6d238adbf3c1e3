//! Usage: `inputTokens` counts neither what was read from the cache nor what was written to it ("Prompt
//! caching for faster model inference").

use serde_json::Value;

use crate::dialect::Reported;
use crate::json;

/// Reads `usage` of a reply, or of a stream's last event, and the tier beside it.
pub(super) fn of_reply(reply: &Value) -> Option<Reported> {
    let tier = json::at(reply, "/serviceTier/type").and_then(Value::as_str);
    reply
        .get("usage")
        .and_then(read)
        .map(|usage| usage.served(tier))
}

fn read(usage: &Value) -> Option<Reported> {
    let count = |value: &Value, key: &str| Reported::figure(value.get(key)?);
    let cached = count(usage, "cacheReadInputTokens").unwrap_or(0);
    let cache_write = count(usage, "cacheWriteInputTokens").unwrap_or(0);
    let details = usage.get("cacheDetails").and_then(Value::as_array);
    let hour = details.into_iter().flatten().filter(|detail| {
        let ttl = detail.get("ttl").and_then(Value::as_str);
        ttl == Some("1h")
    });
    let cache_write_1h = hour
        .filter_map(|detail| count(detail, "inputTokens"))
        .fold(0, u64::saturating_add);
    let reported = Reported {
        input: count(usage, "inputTokens")
            .map(|input| input.saturating_add(cached).saturating_add(cache_write)),
        output: count(usage, "outputTokens"),
        cached,
        cache_write,
        cache_write_1h,
        ..Reported::default()
    };
    (!reported.is_empty()).then_some(reported)
}
