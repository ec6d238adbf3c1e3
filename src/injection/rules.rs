//! The rules with names: concepts that stand near each other, in any order, for languages order words differently.

use super::concept::{
    ALL, ARE, ASSISTANT, AUTHORITY, Concepts, DO, FENCE, FOLLOW, FREE, HARM, HIDDEN, IGNORE, IMAGE,
    LIMITS, LINK, MATTER, MENTION, MODE, MUST, NEW, NOT, PRIOR, PROMPT, READ, REFUSE, REVEAL, ROLE,
    RULES, SAY, SECRET, SEND, STOP, SYSTEM, TALK, TEMPLATE, TOOL, USER, YOUR,
};

/// A rule that can speak. The order is that of [`RULES_OF`] and of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Rule {
    /// Instructions that came before are to be ignored.
    InstructionOverride,
    /// What was said before is to be forgotten.
    ContextOverride,
    /// Instructions are not to be followed.
    Disobedience,
    /// Instructions of a system are to be shown.
    PromptExtraction,
    /// A new role, from now on, beside the rules.
    RoleChange,
    /// No limits, no ethics.
    Unrestricted,
    /// A model that never refuses.
    NeverRefuse,
    /// A mode with a name that lifts limits.
    Mode,
    /// Marks of a chat template.
    ChatTemplate,
    /// A line that ends a part of a prompt, and new instructions after it.
    Fence,
    /// Instructions where a page does not show them.
    HiddenInstruction,
    /// Data to be sent away by a link or an image.
    Exfiltration,
    /// Secrets to be sent.
    SecretRequest,
    /// Something the user is not to be told.
    Concealment,
    /// A document that speaks to who reads it.
    AddressedToModel,
    /// New instructions or a new task.
    NewInstructions,
    /// Just this is to be said.
    ForcedOutput,
    /// Said to come from an authority.
    Authority,
    /// The text was hidden: tag characters, base64, hexadecimal digits, ROT13, letters apart.
    Disguise,
    /// None of the above: the words themselves.
    Wording,
}

impl Rule {
    /// How many rules stand in [`RULES_OF`].
    pub(super) const COUNT: usize = 18;

    /// Every rule.
    pub const ALL: [Self; 20] = [
        Self::InstructionOverride,
        Self::ContextOverride,
        Self::Disobedience,
        Self::PromptExtraction,
        Self::RoleChange,
        Self::Unrestricted,
        Self::NeverRefuse,
        Self::Mode,
        Self::ChatTemplate,
        Self::Fence,
        Self::HiddenInstruction,
        Self::Exfiltration,
        Self::SecretRequest,
        Self::Concealment,
        Self::AddressedToModel,
        Self::NewInstructions,
        Self::ForcedOutput,
        Self::Authority,
        Self::Disguise,
        Self::Wording,
    ];

    /// Its name, as the log has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::InstructionOverride => "instruction_override",
            Self::ContextOverride => "context_override",
            Self::Disobedience => "disobedience",
            Self::PromptExtraction => "prompt_extraction",
            Self::RoleChange => "role_change",
            Self::Unrestricted => "unrestricted",
            Self::NeverRefuse => "never_refuse",
            Self::Mode => "mode",
            Self::ChatTemplate => "chat_template",
            Self::Fence => "fence",
            Self::HiddenInstruction => "hidden_instruction",
            Self::Exfiltration => "exfiltration",
            Self::SecretRequest => "secret_request",
            Self::Concealment => "concealment",
            Self::AddressedToModel => "addressed_to_model",
            Self::NewInstructions => "new_instructions",
            Self::ForcedOutput => "forced_output",
            Self::Authority => "authority",
            Self::Disguise => "disguise",
            Self::Wording => "wording",
        }
    }

    pub(super) fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

/// Concepts of which one of each set must stand within so many words.
struct Pattern {
    rule: Rule,
    sets: &'static [Concepts],
    within: u32,
}

const fn pattern(rule: Rule, within: u32, sets: &'static [Concepts]) -> Pattern {
    Pattern { rule, sets, within }
}

/// Several patterns may be of one rule.
const RULES_OF: [Pattern; 29] = [
    pattern(
        Rule::InstructionOverride,
        9,
        &[IGNORE, PRIOR | ALL | YOUR, RULES],
    ),
    pattern(
        Rule::ContextOverride,
        8,
        &[IGNORE, PRIOR | ALL, MATTER | PRIOR],
    ),
    pattern(
        Rule::Disobedience,
        8,
        &[NOT, FOLLOW, PRIOR | ALL | YOUR, RULES],
    ),
    pattern(Rule::Disobedience, 8, &[STOP, FOLLOW, RULES]),
    pattern(
        Rule::PromptExtraction,
        9,
        &[REVEAL, SYSTEM | PRIOR | YOUR, PROMPT],
    ),
    pattern(
        Rule::PromptExtraction,
        9,
        &[REVEAL, SYSTEM | PRIOR, YOUR | ALL, RULES | MATTER],
    ),
    pattern(
        Rule::RoleChange,
        14,
        &[ROLE, NEW, ARE | YOUR, ASSISTANT | FREE],
    ),
    pattern(Rule::RoleChange, 10, &[ROLE | ARE, FREE, ASSISTANT | YOUR]),
    pattern(
        Rule::Unrestricted,
        6,
        &[NOT | IGNORE | FREE, LIMITS, HARM | ASSISTANT | ALL | LIMITS],
    ),
    pattern(Rule::Unrestricted, 12, &[FREE, LIMITS, ASSISTANT | YOUR]),
    pattern(Rule::NeverRefuse, 6, &[NOT, REFUSE]),
    pattern(Rule::Mode, 4, &[MODE, FREE | AUTHORITY]),
    pattern(Rule::ChatTemplate, 1, &[TEMPLATE]),
    pattern(
        Rule::Fence,
        14,
        &[FENCE, NEW | IGNORE | RULES, SAY | REVEAL | RULES | ARE],
    ),
    pattern(
        Rule::HiddenInstruction,
        24,
        &[
            HIDDEN,
            IGNORE | ASSISTANT | PROMPT | MUST,
            RULES | MENTION | SAY | SEND,
        ],
    ),
    pattern(
        Rule::Exfiltration,
        24,
        &[IMAGE, SEND, TALK | SECRET | MATTER],
    ),
    pattern(
        Rule::Exfiltration,
        18,
        &[LINK, SEND, SECRET | TALK, ALL | YOUR | USER],
    ),
    pattern(
        Rule::SecretRequest,
        9,
        &[
            SEND | REVEAL,
            SECRET,
            SYSTEM | ALL | YOUR,
            USER | AUTHORITY | LINK,
        ],
    ),
    pattern(Rule::Concealment, 6, &[NOT, MENTION, USER]),
    pattern(
        Rule::AddressedToModel,
        9,
        &[ASSISTANT, READ | MATTER, MUST | FOLLOW | RULES | IGNORE],
    ),
    pattern(
        Rule::AddressedToModel,
        6,
        &[ASSISTANT, RULES, MUST | NEW | TOOL],
    ),
    pattern(
        Rule::AddressedToModel,
        7,
        &[
            IGNORE | STOP | NOT,
            USER,
            MATTER | RULES,
            SAY | SEND | NEW | DO,
        ],
    ),
    pattern(Rule::NewInstructions, 4, &[NEW, RULES]),
    pattern(
        Rule::NewInstructions,
        8,
        &[NEW, MATTER, IGNORE | PRIOR, SAY | ARE | YOUR],
    ),
    pattern(Rule::ForcedOutput, 5, &[MUST, SAY, NOT | IGNORE]),
    pattern(Rule::ForcedOutput, 5, &[IGNORE | STOP, SAY, MUST | NEW]),
    pattern(
        Rule::Authority,
        8,
        &[AUTHORITY, MODE | FREE, ARE | NEW | YOUR],
    ),
    pattern(Rule::Authority, 8, &[AUTHORITY, IGNORE | MUST, RULES]),
    pattern(
        Rule::NeverRefuse,
        8,
        &[DO, ALL, NEW, ASSISTANT | ROLE | FREE],
    ),
];

/// Where each concept stood last.
#[derive(Debug)]
pub(super) struct Nearby {
    /// The place of the word, from 1.
    last: [u32; 64],
}

impl Nearby {
    pub(super) fn new() -> Self {
        Self { last: [0; 64] }
    }

    /// The word at `nth` (each word takes two places, from 1) stands for these; the rules that hold now, one bit each, and
    /// those that hold within a quotation that begins after `quote`.
    pub(super) fn hold(&mut self, concepts: Concepts, nth: u32, quote: Option<u32>) -> (u32, u32) {
        let mut rest = concepts;
        while rest != 0 {
            if let Some(last) = self.last.get_mut(lowest(rest)) {
                *last = nth;
            }
            rest &= rest.wrapping_sub(1);
        }
        let (mut held, mut quoted) = (0, 0);
        for pattern in &RULES_OF {
            if held & pattern.rule.bit() == 0 && pattern.sets.iter().any(|set| set & concepts != 0)
            {
                let from = nth.saturating_sub(pattern.within.saturating_mul(2)).max(1);
                let since = |from| pattern.sets.iter().all(|set| self.since(*set, from));
                if quote.is_some_and(|quote| since(from.max(quote.saturating_add(1)))) {
                    quoted |= pattern.rule.bit();
                } else if since(from) {
                    held |= pattern.rule.bit();
                }
            }
        }
        (held, quoted)
    }

    fn since(&self, set: Concepts, from: u32) -> bool {
        let mut rest = set;
        while rest != 0 {
            let last = self.last.get(lowest(rest));
            if last.is_some_and(|last| *last >= from) {
                return true;
            }
            rest &= rest.wrapping_sub(1);
        }
        false
    }
}

fn lowest(set: Concepts) -> usize {
    usize::try_from(set.trailing_zeros()).unwrap_or_default()
}
