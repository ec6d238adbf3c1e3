//! In what the providers that speak chat completions differ, as data of their rows.

/// What a provider takes, and by which names, when a request is translated for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quirks {
    /// The name of the limit of output tokens.
    pub max_tokens: &'static str,
    /// It knows the role `developer`; else that is `system`.
    pub developer: bool,
    /// It takes OpenAI's own fields: `user`, `service_tier`, `verbosity`, custom tools.
    pub house: bool,
    /// It takes `top_k`.
    pub top_k: bool,
    /// How effort is asked for.
    pub effort: EffortForm,
    /// Where thoughts of earlier turns are put.
    pub thoughts: ThoughtsForm,
    /// It takes `cache_control` on parts.
    pub cache_marks: bool,
    /// It takes `file` parts.
    pub files: bool,
    /// How it takes sounds.
    pub sound: SoundForm,
    /// It takes lists of texts everywhere; else texts alone are joined to one string.
    pub text_lists: bool,
    /// It takes the `name` of a speaker.
    pub names: bool,
    /// The name of the seed.
    pub seed: &'static str,
    /// It takes `logit_bias`, `logprobs` and `top_logprobs`.
    pub odds: bool,
    /// It holds an answer to a JSON Schema.
    pub schemas: bool,
    /// Ids of tool calls have nine letters or digits.
    pub short_ids: bool,
    /// How many stop texts it takes.
    pub stops: usize,
    /// The highest temperature, in tenths.
    pub hottest: u8,
}

/// How a provider is told how much to think.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffortForm {
    /// `reasoning_effort`.
    Effort,
    /// OpenRouter's `reasoning: {effort | max_tokens}`.
    Object,
    /// `thinking: {type: enabled | disabled}`, without an amount (DeepSeek, Moonshot, Z.ai).
    Switch,
    /// It cannot be told.
    Nothing,
}

/// Where an assistant's message carries thoughts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThoughtsForm {
    /// Nowhere: they are left out, as the provider itself does with those of earlier turns.
    Nowhere,
    /// `reasoning_content`.
    Content,
    /// `reasoning_details`.
    Details,
}

/// How a sound stands in a part `input_audio`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundForm {
    /// As `{data, format}`.
    Object,
    /// As its base64 alone (Mistral).
    Plain,
    /// Not at all.
    Nothing,
}

impl Quirks {
    /// What most have in common.
    pub const COMMON: Self = Self {
        max_tokens: "max_tokens",
        developer: false,
        house: false,
        top_k: false,
        effort: EffortForm::Effort,
        thoughts: ThoughtsForm::Nowhere,
        cache_marks: false,
        files: false,
        sound: SoundForm::Object,
        text_lists: false,
        names: true,
        seed: "seed",
        odds: true,
        schemas: true,
        short_ids: false,
        stops: usize::MAX,
        hottest: 20,
    };

    /// OpenAI and Azure OpenAI.
    pub const OPENAI: Self = Self {
        max_tokens: "max_completion_tokens",
        developer: true,
        house: true,
        files: true,
        text_lists: true,
        stops: 4,
        ..Self::COMMON
    };

    /// Groq (console.groq.com/docs/api-reference).
    pub const GROQ: Self = Self {
        sound: SoundForm::Nothing,
        ..Self::COMMON
    };

    /// Servers for open models: vLLM and those who run the like.
    pub const OPEN: Self = Self {
        top_k: true,
        ..Self::COMMON
    };

    /// Providers whose thinking models want their thoughts back while tools are called.
    pub const THINKING: Self = Self {
        effort: EffortForm::Switch,
        thoughts: ThoughtsForm::Content,
        ..Self::COMMON
    };

    /// The same, without `response_format: json_schema` (DeepSeek, Z.ai).
    pub const SCHEMALESS: Self = Self {
        schemas: false,
        ..Self::THINKING
    };

    /// Mistral, which refuses every field that it does not know (docs.mistral.ai/api).
    pub const MISTRAL: Self = Self {
        effort: EffortForm::Nothing,
        names: false,
        sound: SoundForm::Plain,
        seed: "random_seed",
        odds: false,
        short_ids: true,
        hottest: 15,
        ..Self::COMMON
    };

    /// OpenRouter (openrouter.ai/docs/api-reference).
    pub const OPENROUTER: Self = Self {
        top_k: true,
        effort: EffortForm::Object,
        thoughts: ThoughtsForm::Details,
        cache_marks: true,
        files: true,
        text_lists: true,
        ..Self::COMMON
    };
}
