//! What a request to Converse may have.
//! <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html>

use super::super::shape::{Field, Kind, fields};

/// `/converse`, `/converse-stream`.
pub fn converse() -> &'static [Field] {
    fields! {
        must "messages": Kind::List(&Kind::Object(message)), may "system": Kind::List(&Kind::Object(system)),
        may "inferenceConfig": Kind::Object(inference), may "toolConfig": Kind::Object(tool_config),
        may "guardrailConfig": Kind::Map, may "additionalModelRequestFields": Kind::Map,
        may "promptVariables": Kind::Map, may "additionalModelResponseFieldPaths": Kind::List(&Kind::Text),
        may "requestMetadata": Kind::MapOf(&Kind::Text), may "performanceConfig": Kind::Object(performance),
        may "serviceTier": Kind::Object(tier), may "outputConfig": Kind::Object(output),
    }
}

fn message() -> &'static [Field] {
    fields! { must "role": Kind::Word(&["user", "assistant"]), must "content": Kind::List(&Kind::Object(block)) }
}

fn block() -> &'static [Field] {
    fields! {
        may "text": Kind::Text, may "image": Kind::Object(image), may "document": Kind::Object(document),
        may "video": Kind::Object(video), may "audio": Kind::Object(audio), may "toolUse": Kind::Object(tool_use),
        may "toolResult": Kind::Object(tool_result), may "guardContent": Kind::Map, may "cachePoint": Kind::Object(point),
        may "reasoningContent": Kind::Object(reasoning), may "citationsContent": Kind::Map, may "searchResult": Kind::Map,
    }
}

fn system() -> &'static [Field] {
    fields! { may "text": Kind::Text, may "guardContent": Kind::Map, may "cachePoint": Kind::Object(point) }
}

fn point() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["default"]), may "ttl": Kind::Word(&["5m", "1h"]) }
}

fn image() -> &'static [Field] {
    fields! { must "format": Kind::Word(&["png", "jpeg", "gif", "webp"]), must "source": Kind::Object(source) }
}

fn document() -> &'static [Field] {
    fields! { may "format": Kind::Word(&["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"]),
    must "name": Kind::Text, must "source": Kind::Object(document_source), may "context": Kind::Text,
    may "citations": Kind::Object(citations) }
}

fn video() -> &'static [Field] {
    fields! { must "format": Kind::Text, must "source": Kind::Object(source) }
}

fn audio() -> &'static [Field] {
    fields! { must "format": Kind::Text, must "source": Kind::Object(source) }
}

fn source() -> &'static [Field] {
    fields! { may "bytes": Kind::Text, may "s3Location": Kind::Object(bucket) }
}

fn document_source() -> &'static [Field] {
    fields! { may "bytes": Kind::Text, may "s3Location": Kind::Object(bucket), may "text": Kind::Text,
    may "content": Kind::List(&Kind::Object(system)) }
}

fn bucket() -> &'static [Field] {
    fields! { must "uri": Kind::Text, may "bucketOwner": Kind::Text }
}

fn citations() -> &'static [Field] {
    fields! { must "enabled": Kind::Flag }
}

fn tool_use() -> &'static [Field] {
    fields! { must "toolUseId": Kind::Text, must "name": Kind::Text, must "input": Kind::Any, may "type": Kind::Text }
}

fn tool_result() -> &'static [Field] {
    fields! { must "toolUseId": Kind::Text, must "content": Kind::List(&Kind::Object(result)),
    may "status": Kind::Word(&["success", "error"]), may "type": Kind::Text }
}

fn result() -> &'static [Field] {
    fields! { may "json": Kind::Any, may "text": Kind::Text, may "image": Kind::Object(image),
    may "document": Kind::Object(document), may "video": Kind::Object(video), may "searchResult": Kind::Map }
}

fn reasoning() -> &'static [Field] {
    fields! { may "reasoningText": Kind::Object(reasoning_text), may "redactedContent": Kind::Text }
}

fn reasoning_text() -> &'static [Field] {
    fields! { must "text": Kind::Text, may "signature": Kind::Text }
}

fn inference() -> &'static [Field] {
    fields! { may "maxTokens": Kind::Whole, may "temperature": Kind::Number, may "topP": Kind::Number,
    may "stopSequences": Kind::List(&Kind::Text) }
}

fn tool_config() -> &'static [Field] {
    fields! { must "tools": Kind::List(&Kind::Object(tool)), may "toolChoice": Kind::Object(choice) }
}

fn tool() -> &'static [Field] {
    fields! { may "toolSpec": Kind::Object(spec), may "cachePoint": Kind::Object(point), may "systemTool": Kind::Map }
}

fn spec() -> &'static [Field] {
    fields! { must "name": Kind::Text, may "description": Kind::Text, must "inputSchema": Kind::Object(schema),
    may "strict": Kind::Flag }
}

fn schema() -> &'static [Field] {
    fields! { must "json": Kind::Map }
}

fn choice() -> &'static [Field] {
    fields! { may "auto": Kind::Object(nothing), may "any": Kind::Object(nothing), may "tool": Kind::Object(named) }
}

fn nothing() -> &'static [Field] {
    &[]
}

fn named() -> &'static [Field] {
    fields! { must "name": Kind::Text }
}

fn performance() -> &'static [Field] {
    fields! { may "latency": Kind::Word(&["standard", "optimized"]) }
}

fn tier() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["priority", "default", "flex", "reserved"]) }
}

fn output() -> &'static [Field] {
    fields! { may "textFormat": Kind::Object(format), may "effort": Kind::Text }
}

fn format() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["json_schema"]), must "structure": Kind::Object(structure) }
}

fn structure() -> &'static [Field] {
    fields! { may "jsonSchema": Kind::Object(json_schema) }
}

fn json_schema() -> &'static [Field] {
    fields! { must "schema": Kind::Text, may "name": Kind::Text, may "description": Kind::Text }
}
