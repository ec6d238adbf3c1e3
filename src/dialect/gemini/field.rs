//! The names that a Gemini client knows neutral fields by.

use crate::dialect::neutral::Field;

/// The path of a field in a Gemini body; for what Gemini does not have, where its like would stand.
pub fn field_path(field: Field) -> &'static str {
    match field {
        Field::Tools => "tools",
        Field::ToolChoice | Field::ParallelToolCalls => "toolConfig.functionCallingConfig",
        Field::Format => "generationConfig.responseMimeType",
        Field::Reasoning => "generationConfig.thinkingConfig",
        Field::Temperature => "generationConfig.temperature",
        Field::TopP => "generationConfig.topP",
        Field::TopK => "generationConfig.topK",
        Field::FrequencyPenalty => "generationConfig.frequencyPenalty",
        Field::PresencePenalty => "generationConfig.presencePenalty",
        Field::Seed => "generationConfig.seed",
        Field::LogitBias => "generationConfig",
        Field::Logprobs => "generationConfig.responseLogprobs",
        Field::TopLogprobs => "generationConfig.logprobs",
        Field::MaxOutputTokens => "generationConfig.maxOutputTokens",
        Field::Stop => "generationConfig.stopSequences",
        Field::Candidates => "generationConfig.candidateCount",
        Field::User | Field::Metadata => "labels",
        Field::ServiceTier => "serviceTier",
        Field::CacheMark => "cachedContent",
    }
}
