//! The form of the answer.

use serde_json::{Value, json};

use super::schema::fit;
use crate::dialect::anthropic::model::Model;
use crate::dialect::neutral::{Cannot, Field, Format};

/// Where there is no mode for JSON, the model is told. OpenAI wants the prompt to say so anyway.
const JSON: &str =
    "Answer with one JSON object and nothing else: no words around it, no code fence.";

/// `output_config.format`, or an instruction in its place.
pub fn write_format(
    format: &Format,
    model: &Model,
) -> Result<(Option<Value>, Option<String>), Cannot> {
    match format {
        Format::Text => Ok((None, None)),
        Format::JsonObject => Ok((None, Some(JSON.to_owned()))),
        Format::JsonSchema { schema, .. } if model.formats => {
            let schema = fit(schema);
            let format = json!({"type": "json_schema", "schema": schema});
            Ok((Some(format), None))
        }
        Format::JsonSchema {
            strict: Some(true), ..
        } => {
            let reason = "this model cannot be held to a schema";
            Err(Cannot::new(Field::Format, reason))
        }
        Format::JsonSchema { schema, .. } => {
            let told = format!("{JSON} It must be valid against this JSON Schema:\n{schema}");
            Ok((None, Some(told)))
        }
    }
}
