//! What a Claude model takes, by its name (guides "Models overview", "Troubleshooting thinking", "Effort",
//! "Structured outputs", "Mid-conversation system messages", and each model's migration guide).

use crate::dialect::neutral::Effort;

/// How a model is made to think.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thinking {
    /// It does not.
    None,
    /// With a budget of tokens.
    Budget,
    /// With a budget, or as it likes.
    Either,
    /// As it likes, and by effort.
    Adaptive,
}

/// How a model is kept from thinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// By saying nothing.
    Silent,
    /// By `disabled`.
    Disabled,
    /// By `between_tools`.
    BetweenTools,
    /// Not at all.
    Never,
}

/// Which sampling a model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// Any.
    Free,
    /// Either `temperature` or `top_p`.
    One,
    /// Its own only.
    Fixed,
}

/// What a model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// The most tokens that it writes; `None`: not known.
    pub most: Option<u64>,
    pub thinking: Thinking,
    /// It thinks when nothing is said.
    pub thinks: bool,
    pub off: Off,
    pub efforts: &'static [Effort],
    pub sampling: Sampling,
    /// It has `output_config.format`.
    pub formats: bool,
    /// It takes messages of the role `system`.
    pub system_turns: bool,
    /// It can be made to call a tool.
    pub forced_tools: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tier {
    Opus,
    Sonnet,
    Haiku,
    /// Fable and Mythos.
    Above,
}

const THREE: &[Effort] = &[Effort::Low, Effort::Medium, Effort::High];
const FOUR: &[Effort] = &[Effort::Low, Effort::Medium, Effort::High, Effort::Max];
const FIVE: &[Effort] = &[
    Effort::Low,
    Effort::Medium,
    Effort::High,
    Effort::XHigh,
    Effort::Max,
];

impl Model {
    /// The model of this name, with whatever a platform puts before and after it. A Claude of unknown
    /// version counts as the newest.
    pub fn of(name: &str) -> Self {
        match read(&name.to_ascii_lowercase()) {
            Some((tier, version)) => Self::claude(tier, version),
            None => Self::other(),
        }
    }

    /// The default of `max_tokens`, which the API requires.
    pub fn default_output(&self) -> u64 {
        self.most.unwrap_or(8192).min(64_000)
    }

    /// The effort that the model takes and that is nearest, the lower one of two.
    pub fn effort(&self, wanted: Effort) -> Option<Effort> {
        let below = self.efforts.iter().rfind(|effort| **effort <= wanted);
        below.or(self.efforts.first()).copied()
    }

    /// `version` is 405 for 4.5.
    fn claude(tier: Tier, version: u32) -> Self {
        let opus = tier == Tier::Opus;
        Self {
            most: Some(match version {
                ..=304 => 4096,
                305..=306 => 8192,
                307..=404 if opus => 32_000,
                307..=405 => 64_000,
                _ => 128_000,
            }),
            thinking: match version {
                ..=306 => Thinking::None,
                307..=405 => Thinking::Budget,
                406 => Thinking::Either,
                _ => Thinking::Adaptive,
            },
            thinks: version >= 500,
            off: match (tier, version) {
                (_, ..=306) => Off::Silent,
                (Tier::Above, _) | (Tier::Opus, 505..) => Off::Never,
                (Tier::Sonnet, 505..) => Off::BetweenTools,
                _ => Off::Disabled,
            },
            efforts: match version {
                405 if opus => THREE,
                ..=405 => &[],
                406 => FOUR,
                _ => FIVE,
            },
            sampling: match version {
                ..=400 => Sampling::Free,
                401..=406 => Sampling::One,
                _ => Sampling::Fixed,
            },
            formats: version >= 405 || opus && version >= 401,
            system_turns: version >= 500 || opus && version >= 408,
            forced_tools: match tier {
                Tier::Opus | Tier::Sonnet => version < 505,
                Tier::Above => version < 501,
                Tier::Haiku => true,
            },
        }
    }

    /// A model of another maker behind the same API.
    fn other() -> Self {
        Self {
            most: None,
            thinking: Thinking::Budget,
            thinks: false,
            off: Off::Disabled,
            efforts: &[],
            sampling: Sampling::Free,
            formats: false,
            system_turns: false,
            forced_tools: true,
        }
    }
}

/// The tier and the version: `claude-opus-4-1-20250805`, `claude-3-5-sonnet@20240620`, `claude-opus-4.7`.
fn read(name: &str) -> Option<(Tier, u32)> {
    let (_, rest) = name.split_once("claude")?;
    let words: Vec<&str> = rest
        .split(|character: char| !character.is_ascii_alphanumeric())
        .collect();
    let tier = match () {
        () if words.contains(&"opus") => Tier::Opus,
        () if words.contains(&"haiku") => Tier::Haiku,
        () if words.contains(&"fable") || words.contains(&"mythos") => Tier::Above,
        () => Tier::Sonnet,
    };
    // A date has eight digits; a version has one or two.
    let number = |word: &&str| word.parse::<u32>().ok().filter(|_| word.len() <= 2);
    let mut rest = words.iter().skip_while(|word| number(word).is_none());
    let version = match rest.next().and_then(number) {
        Some(major) => {
            let minor = rest.next().and_then(number).unwrap_or(0);
            major.saturating_mul(100).saturating_add(minor)
        }
        None if words.contains(&"preview") => 500,
        None => u32::MAX,
    };
    Some((tier, version))
}
