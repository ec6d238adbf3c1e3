//! Requests, both ways.

mod blocks;
mod cache;
mod format;
mod media;
mod read;
mod read_config;
mod read_part;
mod read_tool;
mod sampling;
mod schema;
mod thinking;
mod tools;
mod turns;
mod write;

use crate::dialect::neutral::Field;

pub use read::read_request;
pub use write::write_request;

/// The name of a neutral field in this dialect.
pub fn field_path(field: Field) -> &'static str {
    match field {
        Field::Tools => "tools",
        Field::ToolChoice => "tool_choice",
        Field::ParallelToolCalls => "tool_choice.disable_parallel_tool_use",
        Field::Format => "output_config.format",
        Field::Reasoning => "thinking",
        Field::Temperature => "temperature",
        Field::TopP => "top_p",
        Field::TopK => "top_k",
        Field::FrequencyPenalty => "frequency_penalty",
        Field::PresencePenalty => "presence_penalty",
        Field::Seed => "seed",
        Field::LogitBias => "logit_bias",
        Field::Logprobs => "logprobs",
        Field::TopLogprobs => "top_logprobs",
        Field::MaxOutputTokens => "max_tokens",
        Field::Stop => "stop_sequences",
        Field::Candidates => "n",
        Field::User => "metadata.user_id",
        Field::Metadata => "metadata",
        Field::ServiceTier => "service_tier",
        Field::CacheMark => "cache_control",
    }
}
