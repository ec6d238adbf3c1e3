//! The access log's object, written member by member: every request writes one, so nothing stands between
//! its members and the bytes.

use super::{Record, UsageSource};
use crate::dialect::Usage;
use crate::json::quote_into;
use crate::policy::Policy;
use crate::units::Moment;

impl Record {
    /// The access log's object, at the request's end.
    pub fn line(&self, policy: &Policy, now: Moment) -> Vec<u8> {
        let usage = self.usage();
        let amount = |of: fn(Usage) -> u64| usage.map(|(usage, _)| of(usage));
        let counted = self.counted.map(|own| own.tokens);
        let (model, provider) = match &self.target {
            Some((model, provider)) => (Some(model), Some(provider.as_str())),
            None => (None, None),
        };
        let target = model.zip(provider);
        let target = target.map(|(model, provider)| [model, "/", provider].concat());
        let first_byte = self.first_byte;
        let mut line = Object::new();
        line.text("dialect", Some(self.dialect.name()));
        line.text("model", self.model.as_deref());
        line.text("provider", provider);
        line.text("target", target.as_deref());
        line.number("attempts", Some(self.attempts));
        line.flag("stream", Some(self.stream));
        line.number("input_tokens", amount(|usage| usage.input).or(counted));
        line.number("counted_tokens", counted);
        line.flag("counted_estimated", self.counted.map(|own| own.estimated));
        line.number("output_tokens", amount(|usage| usage.output));
        line.number("cached_tokens", amount(|usage| usage.cached));
        line.number("reasoning_tokens", amount(|usage| usage.reasoning));
        line.text("usage_source", usage.map(|(_, source)| source.name()));
        line.plain("cost_usd", self.cost(policy).map(|cost| cost.to_string()));
        line.plain(
            "saved_usd",
            self.saved(policy).map(|saved| saved.to_string()),
        );
        let caller = &self.caller;
        line.text("key", caller.key.as_deref());
        line.text("team", caller.team.as_deref());
        line.text("user", caller.user.as_deref());
        line.text("plan", caller.plan.as_deref());
        line.object("tags", |tags| {
            for (tag, value) in &caller.tags {
                tags.text(tag, Some(value));
            }
        });
        line.number(
            "ttft_ms",
            first_byte.map(|at| at.millis_since(self.started)),
        );
        line.number("duration_ms", Some(now.millis_since(self.started)));
        line.text("finish_reason", self.finish_reason.as_deref());
        line.object("findings", |findings| {
            for (kind, count) in self.findings_by_kind() {
                findings.number(kind, Some(count));
            }
        });
        if !self.findings.1.is_empty() {
            line.object("credentials", |rules| {
                for (rule, count) in &self.findings.1 {
                    rules.number(rule, Some(*count));
                }
            });
        }
        if let Some(attack) = &self.attack {
            line.object("injection", |line| {
                line.plain("score", Some(attack.score()));
                line.text("rule", Some(attack.verdict.rule.name()));
                line.text("source", Some(attack.source_name()));
            });
        }
        line.text("cache", None);
        line.text("refusal", self.refusal);
        line.text("decision", Some(&self.decision()));
        line.close().into_bytes()
    }

    fn findings_by_kind(&self) -> std::collections::BTreeMap<&str, u64> {
        let mut kinds = std::collections::BTreeMap::new();
        for ((kind, _), count) in &self.findings.0 {
            let sum: &mut u64 = kinds.entry(kind.as_str()).or_default();
            *sum = sum.saturating_add(*count);
        }
        kinds
    }
}

impl UsageSource {
    fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Counted => "counted",
            Self::Partial => "partial",
        }
    }
}

/// A JSON object on its way; `None` becomes `null`.
struct Object(String);

impl Object {
    fn new() -> Self {
        let mut out = String::with_capacity(640);
        out.push('{');
        Self(out)
    }

    fn close(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn name(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.quote(name);
        self.0.push(':');
    }

    fn quote(&mut self, text: &str) {
        self.0.push('"');
        quote_into(text, &mut self.0);
        self.0.push('"');
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(text) => {
                self.name(name);
                self.quote(text);
            }
            None => self.plain(name, None::<&str>),
        }
    }

    fn number(&mut self, name: &str, value: Option<u64>) {
        self.plain(name, value.map(|number| number.to_string()));
    }

    fn flag(&mut self, name: &str, value: Option<bool>) {
        self.plain(name, value.map(|flag| if flag { "true" } else { "false" }));
    }

    /// A value that is JSON as it stands.
    fn plain(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        self.name(name);
        self.0
            .push_str(value.as_ref().map_or("null", AsRef::as_ref));
    }

    fn object(&mut self, name: &str, members: impl FnOnce(&mut Self)) {
        self.name(name);
        self.0.push('{');
        members(self);
        self.0.push('}');
    }
}
