//! What a request to generateContent and its relatives may have. <https://ai.google.dev/api/generate-content>

use super::super::shape::{Field, Kind, fields};

/// `:generateContent`, `:streamGenerateContent`.
pub fn generate() -> &'static [Field] {
    fields! {
        must "contents": CONTENTS, may "systemInstruction": Kind::Object(content), may "tools": Kind::List(&Kind::Object(tool)),
        may "toolConfig": Kind::Object(tool_config), may "safetySettings": Kind::List(&Kind::Object(safety)),
        may "generationConfig": Kind::Object(config), may "cachedContent": Kind::Text, may "labels": Kind::Map,
        may "model": Kind::Text, may "store": Kind::Flag, may "serviceTier": Kind::Text,
    }
}

/// `:countTokens`; the Gemini API has the request within, Vertex beside.
pub fn count() -> &'static [Field] {
    fields! {
        may "contents": CONTENTS, may "generateContentRequest": Kind::Object(generate),
        may "systemInstruction": Kind::Object(content), may "tools": Kind::List(&Kind::Object(tool)),
        may "generationConfig": Kind::Object(config), may "model": Kind::Text,
    }
}

/// `:embedContent`.
pub fn embed() -> &'static [Field] {
    fields! {
        must "content": Kind::Object(content), may "model": Kind::Text, may "taskType": TASK, may "title": Kind::Text,
        may "outputDimensionality": Kind::Whole, may "embedContentConfig": Kind::Object(embed_config),
    }
}

/// `:batchEmbedContents`.
pub fn batch_embed() -> &'static [Field] {
    fields! { must "requests": Kind::List(&Kind::Object(embed)) }
}

/// `:predict` of Vertex's embedding models.
pub fn predict() -> &'static [Field] {
    fields! { must "instances": Kind::List(&Kind::Object(instance)), may "parameters": Kind::Object(parameters) }
}

const CONTENTS: Kind = Kind::List(&Kind::Object(content));
const TASK: Kind = Kind::Word(&[
    "TASK_TYPE_UNSPECIFIED",
    "RETRIEVAL_QUERY",
    "RETRIEVAL_DOCUMENT",
    "SEMANTIC_SIMILARITY",
    "CLASSIFICATION",
    "CLUSTERING",
    "QUESTION_ANSWERING",
    "FACT_VERIFICATION",
    "CODE_RETRIEVAL_QUERY",
]);

fn embed_config() -> &'static [Field] {
    fields! { may "taskType": TASK, may "title": Kind::Text, may "outputDimensionality": Kind::Whole,
    may "autoTruncate": Kind::Flag }
}

fn instance() -> &'static [Field] {
    fields! { must "content": Kind::Text, may "task_type": TASK, may "title": Kind::Text }
}

fn parameters() -> &'static [Field] {
    fields! { may "outputDimensionality": Kind::Whole, may "autoTruncate": Kind::Flag }
}

fn content() -> &'static [Field] {
    fields! { may "role": Kind::Text, may "parts": Kind::List(&Kind::Object(part)) }
}

fn part() -> &'static [Field] {
    fields! {
        may "text": Kind::Text, may "thought": Kind::Flag, may "thoughtSignature": Kind::Text,
        may "inlineData": Kind::Object(blob), may "fileData": Kind::Object(file), may "functionCall": Kind::Object(call),
        may "functionResponse": Kind::Object(response), may "executableCode": Kind::Map,
        may "codeExecutionResult": Kind::Map, may "videoMetadata": Kind::Map, may "mediaResolution": Kind::Any,
        may "partMetadata": Kind::Map,
    }
}

fn blob() -> &'static [Field] {
    fields! { must "mimeType": Kind::Text, must "data": Kind::Text, may "displayName": Kind::Text }
}

fn file() -> &'static [Field] {
    fields! { must "fileUri": Kind::Text, may "mimeType": Kind::Text, may "displayName": Kind::Text }
}

fn call() -> &'static [Field] {
    fields! { must "name": Kind::Text, may "args": Kind::Map, may "id": Kind::Text }
}

fn response() -> &'static [Field] {
    fields! { must "name": Kind::Text, must "response": Kind::Map, may "id": Kind::Text, may "willContinue": Kind::Flag,
    may "scheduling": Kind::Text, may "parts": Kind::List(&Kind::Object(response_part)) }
}

fn response_part() -> &'static [Field] {
    fields! { may "inlineData": Kind::Object(blob), may "fileData": Kind::Object(file) }
}

fn tool() -> &'static [Field] {
    fields! {
        may "functionDeclarations": Kind::List(&Kind::Object(declaration)), may "googleSearch": Kind::Map,
        may "googleSearchRetrieval": Kind::Map, may "codeExecution": Kind::Map, may "urlContext": Kind::Map,
        may "computerUse": Kind::Map, may "fileSearch": Kind::Map, may "googleMaps": Kind::Map,
    }
}

fn declaration() -> &'static [Field] {
    fields! { must "name": Kind::Text, may "description": Kind::Text, may "parameters": Kind::Object(schema),
    may "parametersJsonSchema": Kind::Any, may "response": Kind::Object(schema), may "responseJsonSchema": Kind::Any,
    may "behavior": Kind::Text }
}

/// Google's own schema, of which much of JSON Schema is no part.
fn schema() -> &'static [Field] {
    fields! {
        may "type": Kind::Word(&["STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL",
            "string", "number", "integer", "boolean", "array", "object", "null"]),
        may "format": Kind::Text, may "title": Kind::Text, may "description": Kind::Text, may "nullable": Kind::Flag,
        may "enum": Kind::List(&Kind::Text), may "maxItems": Kind::Any, may "minItems": Kind::Any,
        may "properties": Kind::MapOf(&Kind::Object(schema)), may "required": Kind::List(&Kind::Text),
        may "minProperties": Kind::Any, may "maxProperties": Kind::Any, may "minLength": Kind::Any,
        may "maxLength": Kind::Any, may "pattern": Kind::Text, may "example": Kind::Any,
        may "anyOf": Kind::List(&Kind::Object(schema)), may "propertyOrdering": Kind::List(&Kind::Text),
        may "default": Kind::Any, may "items": Kind::Object(schema), may "minimum": Kind::Number,
        may "maximum": Kind::Number,
    }
}

fn tool_config() -> &'static [Field] {
    fields! { may "functionCallingConfig": Kind::Object(calling), may "retrievalConfig": Kind::Map }
}

fn calling() -> &'static [Field] {
    fields! { may "mode": Kind::Word(&["MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED"]),
    may "allowedFunctionNames": Kind::List(&Kind::Text), may "streamFunctionCallArguments": Kind::Flag }
}

fn safety() -> &'static [Field] {
    fields! { must "category": Kind::Text, must "threshold": Kind::Text, may "method": Kind::Text }
}

fn config() -> &'static [Field] {
    fields! {
        may "stopSequences": Kind::List(&Kind::Text), may "responseMimeType": Kind::Word(
            &["text/plain", "application/json", "text/x.enum"]), may "responseSchema": Kind::Object(schema),
        may "responseJsonSchema": Kind::Any, may "responseModalities": Kind::List(&Kind::Text),
        may "candidateCount": Kind::Whole, may "maxOutputTokens": Kind::Whole, may "temperature": Kind::Number,
        may "topP": Kind::Number, may "topK": Kind::Number, may "seed": Kind::Whole, may "presencePenalty": Kind::Number,
        may "frequencyPenalty": Kind::Number, may "responseLogprobs": Kind::Flag, may "logprobs": Kind::Whole,
        may "enableEnhancedCivicAnswers": Kind::Flag, may "speechConfig": Kind::Map, may "imageConfig": Kind::Map,
        may "thinkingConfig": Kind::Object(thinking), may "mediaResolution": Kind::Text,
        may "audioTimestamp": Kind::Flag, may "routingConfig": Kind::Map,
    }
}

fn thinking() -> &'static [Field] {
    fields! { may "includeThoughts": Kind::Flag, may "thinkingBudget": Kind::Whole,
    may "thinkingLevel": Kind::Word(&["THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH",
        "minimal", "low", "medium", "high"]) }
}
