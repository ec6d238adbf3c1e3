//! What Responses calls the fields of a request.

use crate::dialect::neutral::Field;

/// The name of a field. Those that Responses does not have keep the name they have in chat.
pub fn field_path(field: Field) -> &'static str {
    match field {
        Field::Tools => "tools",
        Field::ToolChoice => "tool_choice",
        Field::ParallelToolCalls => "parallel_tool_calls",
        Field::Format => "text.format",
        Field::Reasoning => "reasoning",
        Field::Temperature => "temperature",
        Field::TopP => "top_p",
        Field::TopK => "top_k",
        Field::FrequencyPenalty => "frequency_penalty",
        Field::PresencePenalty => "presence_penalty",
        Field::Seed => "seed",
        Field::LogitBias => "logit_bias",
        Field::Logprobs => "include",
        Field::TopLogprobs => "top_logprobs",
        Field::MaxOutputTokens => "max_output_tokens",
        Field::Stop => "stop",
        Field::Candidates => "n",
        Field::User => "user",
        Field::Metadata => "metadata",
        Field::ServiceTier => "service_tier",
        Field::CacheMark => "cache_control",
    }
}
