//! What a model's id tells of what the model can.

/// Whose models share their fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Anthropic's, with the version.
    Claude(u32, u32),
    /// Amazon's.
    Nova {
        /// The second generation, which thinks.
        second: bool,
    },
    Mistral,
    Command,
    Jamba,
    Llama,
    GptOss,
    Titan,
    /// Other models, mostly open ones, that think as they are made to: DeepSeek, Qwen, Kimi, GLM, Gemma.
    Open,
    /// An id or ARN that does not tell the model.
    Unknown,
}

/// How Claude is asked to think.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thinking {
    /// It cannot.
    No,
    /// By a budget.
    Budget,
    /// By a budget, or as much as it likes.
    Either,
    /// As much as it likes, guided by an effort.
    Adaptive,
}

const WORDS: [(&str, Family); 17] = [
    ("nova-2", Family::Nova { second: true }),
    ("nova", Family::Nova { second: false }),
    ("mistral", Family::Mistral),
    ("mixtral", Family::Mistral),
    ("pixtral", Family::Mistral),
    ("magistral", Family::Mistral),
    ("voxtral", Family::Mistral),
    ("devstral", Family::Mistral),
    ("cohere.", Family::Command),
    ("jamba", Family::Jamba),
    ("llama", Family::Llama),
    ("gpt-oss", Family::GptOss),
    ("titan", Family::Titan),
    ("deepseek", Family::Open),
    ("qwen", Family::Open),
    ("kimi", Family::Open),
    ("minimax", Family::Open),
];

impl Family {
    /// The family of a model's id or ARN.
    pub(super) fn of(model: &str) -> Self {
        let model = model.to_ascii_lowercase();
        if let Some((_, after)) = model.split_once("claude") {
            let (major, minor) = version(after);
            return Self::Claude(major, minor);
        }
        let found = WORDS.iter().find(|(word, _)| model.contains(word));
        match found {
            Some((_, family)) => *family,
            // A maker's name stands before the first dot.
            None if model.contains('.') && !model.starts_with("arn:") => Self::Open,
            None => Self::Unknown,
        }
    }

    pub(super) fn is_claude(self) -> bool {
        matches!(self, Self::Claude(..))
    }

    /// It takes marks for the prompt cache.
    pub(super) fn caches(self) -> bool {
        match self {
            Self::Claude(major, minor) => (major, minor) >= (3, 5),
            Self::Nova { .. } | Self::Unknown => true,
            _ => false,
        }
    }

    /// It takes a schema for its answer, and `strict` tools.
    pub(super) fn takes_schema(self) -> bool {
        match self {
            Self::Claude(major, minor) => (major, minor) >= (4, 5),
            Self::Nova { .. } | Self::Llama | Self::Titan | Self::Command | Self::Jamba => false,
            Self::Mistral | Self::GptOss | Self::Open | Self::Unknown => true,
        }
    }

    pub(super) fn thinking(self) -> Thinking {
        match self {
            Self::Claude(major, minor) => match (major, minor) {
                (0..=2, _) | (3, 0..=6) => Thinking::No,
                (3, _) | (4, 0..=5) => Thinking::Budget,
                (4, 6) => Thinking::Either,
                _ => Thinking::Adaptive,
            },
            _ => Thinking::No,
        }
    }
}

/// The version in `-sonnet-4-5-20250929-v1:0` or `-3-7-sonnet-20250219-v1:0`. A name without one is newer than
/// this table.
fn version(after: &str) -> (u32, u32) {
    let number = |word: &str| match word.len() {
        0..=2 => word.trim_start_matches('v').parse::<u32>().ok(),
        _ => None,
    };
    let mut words = after.split(['-', '.', ':', '/']);
    if after.starts_with("-instant") {
        return (1, 0);
    }
    let Some(major) = words.find_map(number) else {
        return (5, 0);
    };
    (major, words.next().and_then(number).unwrap_or(0))
}
