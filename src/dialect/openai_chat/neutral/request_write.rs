//! A neutral request, written for a provider of chat completions.

use serde_json::{Map, Number, Value, json};

use super::{cache_marks, turns_write};
use crate::dialect::StreamUsage;
use crate::dialect::neutral::{
    Aim, Cannot, Effort, Field, Format, Place, Reasoning, Request, Sampling, Tool, ToolChoice,
    ToolKind, Written,
};
use crate::dialect::quirks::{EffortForm, Quirks};
use crate::dialect::row;
use crate::json;

/// A budget of thinking in words: up to how many tokens each effort goes. The provider's own scale is
/// not published; these are the budgets that Google documents for the same words
/// (ai.google.dev/gemini-api/docs/openai).
const EFFORTS: [(u64, Effort); 3] = [
    (1024, Effort::Low),
    (8192, Effort::Medium),
    (u64::MAX, Effort::High),
];

/// Fields of OpenAI's own that are carried as they are.
const OWN: &[&str] = &[
    "modalities",
    "prediction",
    "prompt_cache_key",
    "prompt_cache_options",
    "prompt_cache_retention",
    "safety_identifier",
    "web_search_options",
];

/// Writes a request.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let row = row::of(aim.kind);
    let quirks = row.map_or(Quirks::COMMON, |row| row.quirks);
    let usage = row.map_or(StreamUsage::Asked, |row| row.stream_usage);
    let mut draft = Draft {
        body: Map::new(),
        dropped: Vec::new(),
        quirks,
    };
    draft.put("model", aim.model);
    let mut messages = turns_write::messages(&request.turns, &quirks, &mut draft.dropped)?;
    if aim.mark_cache && quirks.cache_marks && !cache_marks::any(request) {
        cache_marks::place(&mut messages);
    }
    draft.put("messages", messages);
    draft.tools(request)?;
    draft.format(&request.format)?;
    draft.reasoning(request.reasoning.as_ref());
    draft.sampling(request)?;
    draft.about(request)?;
    if request.stream {
        draft.put("stream", true);
        if usage == StreamUsage::Asked {
            draft.put("stream_options", json!({"include_usage": true}));
        }
    }
    Ok(Written {
        body: Value::Object(draft.body).to_string().into_bytes(),
        dropped: draft.dropped,
    })
}

struct Draft {
    body: Map<String, Value>,
    dropped: Vec<Place>,
    quirks: Quirks,
}

impl Draft {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.body.insert(key.to_owned(), value.into());
    }

    fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn tools(&mut self, request: &Request) -> Result<(), Cannot> {
        let tools: Result<Vec<Value>, Cannot> = request
            .tools
            .iter()
            .enumerate()
            .map(|(nth, tool)| self.tool(nth, tool))
            .collect();
        let tools = tools?;
        if tools.is_empty() {
            return Ok(());
        }
        self.put("tools", tools);
        match &request.tool_choice {
            None => {}
            Some(ToolChoice::Auto) => self.put("tool_choice", "auto"),
            Some(ToolChoice::None) => self.put("tool_choice", "none"),
            Some(ToolChoice::Required) => self.put("tool_choice", "required"),
            Some(ToolChoice::Named(name)) => self.put("tool_choice", pointer(request, name)),
            Some(ToolChoice::Allowed { names, required }) => {
                self.allow(request, names, *required)?;
            }
        }
        self.put_some("parallel_tool_calls", request.parallel_tool_calls);
        Ok(())
    }

    /// OpenAI takes a list of allowed tools; for others the other tools are left out, which only the
    /// provider's prompt cache can tell.
    fn allow(&mut self, request: &Request, names: &[String], required: bool) -> Result<(), Cannot> {
        let mode = if required { "required" } else { "auto" };
        if self.quirks.house {
            let tools: Vec<Value> = names.iter().map(|name| pointer(request, name)).collect();
            let allowed = json!({"mode": mode, "tools": tools});
            let choice = json!({"type": "allowed_tools", "allowed_tools": allowed});
            self.put("tool_choice", choice);
            return Ok(());
        }
        let is_allowed = |tool: &Value| {
            let name = json::at(tool, "/function/name").and_then(Value::as_str);
            name.is_some_and(|name| names.iter().any(|allowed| allowed == name))
        };
        if let Some(tools) = self.body.get_mut("tools").and_then(Value::as_array_mut) {
            tools.retain(is_allowed);
            if tools.is_empty() {
                let what = "none of the allowed tools is among the tools";
                return Err(Cannot::new(Field::ToolChoice, what));
            }
        }
        self.put("tool_choice", mode);
        Ok(())
    }

    fn tool(&mut self, nth: usize, tool: &Tool) -> Result<Value, Cannot> {
        let mut own = Map::new();
        own.insert("name".to_owned(), tool.name.as_str().into());
        if let Some(description) = &tool.description {
            own.insert("description".to_owned(), description.as_str().into());
        }
        let kind = match &tool.kind {
            ToolKind::Function { parameters, strict } => {
                if let Some(parameters) = parameters {
                    own.insert("parameters".to_owned(), parameters.clone());
                }
                if let Some(strict) = strict {
                    own.insert("strict".to_owned(), (*strict).into());
                }
                "function"
            }
            ToolKind::Custom { format } if self.quirks.house => {
                if let Some(format) = format {
                    own.insert("format".to_owned(), format.clone());
                }
                "custom"
            }
            ToolKind::Custom { .. } => {
                let what = "this provider has no custom tools";
                return Err(Cannot::new(format!("tools[{nth}]"), what));
            }
            ToolKind::Hosted(_) => {
                let what = format!("the tool {} runs at another provider only", tool.name);
                return Err(Cannot::new(format!("tools[{nth}]"), what));
            }
        };
        let mut item = json!({"type": kind});
        if let Some(fields) = item.as_object_mut() {
            fields.insert(kind.to_owned(), Value::Object(own));
            match &tool.cache {
                Some(mark) if self.quirks.cache_marks => {
                    fields.insert("cache_control".to_owned(), cache_marks::mark(mark));
                }
                Some(_) => turns_write::drop_mark(&mut self.dropped),
                None => {}
            }
        }
        Ok(item)
    }

    fn format(&mut self, format: &Format) -> Result<(), Cannot> {
        let format = match format {
            Format::Text => return Ok(()),
            Format::JsonObject => json!({"type": "json_object"}),
            Format::JsonSchema { .. } if !self.quirks.schemas => {
                let what = "this provider cannot hold an answer to a schema";
                return Err(Cannot::new(Field::Format, what));
            }
            Format::JsonSchema {
                name,
                description,
                schema,
                strict,
            } => {
                let mut own = Map::new();
                let name = name.as_deref().unwrap_or("answer");
                own.insert("name".to_owned(), name.into());
                if let Some(description) = description {
                    own.insert("description".to_owned(), description.as_str().into());
                }
                own.insert("schema".to_owned(), schema.clone());
                if let Some(strict) = strict {
                    own.insert("strict".to_owned(), (*strict).into());
                }
                json!({"type": "json_schema", "json_schema": own})
            }
        };
        self.put("response_format", format);
        Ok(())
    }

    fn reasoning(&mut self, reasoning: Option<&Reasoning>) {
        let Some(reasoning) = reasoning else {
            return;
        };
        let effort = reasoning.effort.or_else(|| of_budget(reasoning.budget?));
        let asked = effort.is_some() || reasoning.adaptive;
        match self.quirks.effort {
            EffortForm::Effort => {
                let effort = effort.map(|effort| word(self.known(effort)));
                self.put_some("reasoning_effort", effort);
            }
            EffortForm::Object => {
                let mut own = Map::new();
                match (reasoning.budget, effort) {
                    (Some(budget), _) if budget > 0 => {
                        own.insert("max_tokens".to_owned(), budget.into());
                    }
                    (_, Some(effort)) => {
                        own.insert("effort".to_owned(), word(self.known(effort)).into());
                    }
                    (_, None) if asked => {
                        own.insert("enabled".to_owned(), true.into());
                    }
                    _ => {}
                }
                if reasoning.shown == Some(false) {
                    own.insert("exclude".to_owned(), true.into());
                }
                if !own.is_empty() {
                    self.put("reasoning", own);
                }
            }
            EffortForm::Switch if asked => {
                let kind = match effort {
                    Some(Effort::None) => "disabled",
                    _ => "enabled",
                };
                self.put("thinking", json!({"type": kind}));
            }
            EffortForm::Nothing if asked => self.dropped.push(Field::Reasoning.into()),
            EffortForm::Switch | EffortForm::Nothing => {}
        }
    }

    /// The nearest effort that the provider knows: only OpenAI has the words beyond low and high.
    fn known(&self, effort: Effort) -> Effort {
        match effort {
            effort if self.quirks.house => effort,
            Effort::Minimal => Effort::Low,
            Effort::XHigh | Effort::Max => Effort::High,
            effort => effort,
        }
    }

    fn sampling(&mut self, request: &Request) -> Result<(), Cannot> {
        let sampling = &request.sampling;
        let number = |number: &Option<Number>| number.clone().map(Value::Number);
        self.temperature(sampling.temperature.as_ref());
        self.put_some("top_p", number(&sampling.top_p));
        match &sampling.top_k {
            Some(top_k) if self.quirks.top_k => self.put("top_k", top_k.clone()),
            Some(_) => {
                return Err(Cannot::new(
                    Field::TopK,
                    "this provider has no such parameter",
                ));
            }
            None => {}
        }
        self.put_some("frequency_penalty", number(&sampling.frequency_penalty));
        self.put_some("presence_penalty", number(&sampling.presence_penalty));
        self.put_some(self.quirks.seed, number(&sampling.seed));
        self.odds(sampling)?;
        self.put_some(self.quirks.max_tokens, request.max_output_tokens);
        self.put_some("n", request.candidates);
        if request.stop.len() > self.quirks.stops {
            let most = self.quirks.stops;
            let what = format!("this provider takes at most {most} of them");
            return Err(Cannot::new(Field::Stop, what));
        }
        if !request.stop.is_empty() {
            self.put("stop", request.stop.clone());
        }
        Ok(())
    }

    /// Above its range a provider would refuse it; the meaning stays.
    fn temperature(&mut self, temperature: Option<&Number>) {
        let Some(temperature) = temperature else {
            return;
        };
        let most = f64::from(self.quirks.hottest) / 10.0;
        match temperature.as_f64() {
            Some(value) if value > most => self.put("temperature", most),
            _ => self.put("temperature", temperature.clone()),
        }
    }

    /// What is asked and told about single tokens.
    fn odds(&mut self, sampling: &Sampling) -> Result<(), Cannot> {
        let asked = [
            (Field::LogitBias, sampling.logit_bias.is_some()),
            (Field::Logprobs, sampling.logprobs == Some(true)),
            (Field::TopLogprobs, sampling.top_logprobs.is_some()),
        ];
        if self.quirks.odds {
            self.put_some("logit_bias", sampling.logit_bias.clone());
            self.put_some("logprobs", sampling.logprobs);
            self.put_some("top_logprobs", sampling.top_logprobs);
        } else if let Some((field, _)) = asked.into_iter().find(|(_, asked)| *asked) {
            return Err(Cannot::new(field, "this provider has no such parameter"));
        }
        Ok(())
    }

    /// Fields about the request rather than the answer, and those without a neutral form.
    fn about(&mut self, request: &Request) -> Result<(), Cannot> {
        match (&request.user, self.quirks.house) {
            (Some(user), true) => self.put("user", user.as_str()),
            (Some(_), false) => self.dropped.push(Field::User.into()),
            (None, _) => {}
        }
        if request.metadata.is_some() {
            // OpenAI takes it for stored replies only, and a translated one is not stored.
            self.dropped.push(Field::Metadata.into());
        }
        match (&request.service_tier, self.quirks.house) {
            (Some(tier), true) => self.put("service_tier", tier.as_str()),
            (Some(_), false) => self.dropped.push(Field::ServiceTier.into()),
            (None, _) => {}
        }
        for field in &request.rest {
            match (field.path.as_str(), self.quirks.house) {
                ("verbosity" | "text.verbosity", true) => {
                    self.put("verbosity", field.value.clone());
                }
                (path, true) if OWN.contains(&path) => {
                    self.put(&field.path, field.value.clone());
                }
                (path, _) if field.idle => self.dropped.push(path.into()),
                (path, _) => return Err(Cannot::new(path, "this provider has no counterpart")),
            }
        }
        Ok(())
    }
}

/// A tool, as `tool_choice` names it.
fn pointer(request: &Request, name: &str) -> Value {
    let is_custom = |tool: &Tool| tool.name == name && matches!(tool.kind, ToolKind::Custom { .. });
    match request.tools.iter().any(is_custom) {
        true => json!({"type": "custom", "custom": {"name": name}}),
        false => json!({"type": "function", "function": {"name": name}}),
    }
}

fn of_budget(budget: u64) -> Option<Effort> {
    if budget == 0 {
        return Some(Effort::None);
    }
    let fits = EFFORTS.iter().find(|(most, _)| budget <= *most);
    fits.map(|(_, effort)| *effort)
}

fn word(effort: Effort) -> &'static str {
    match effort {
        Effort::None => "none",
        Effort::Minimal => "minimal",
        Effort::Low => "low",
        Effort::Medium => "medium",
        Effort::High => "high",
        Effort::XHigh => "xhigh",
        Effort::Max => "max",
    }
}
