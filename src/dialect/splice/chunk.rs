//! What a reply or an event of a streamed reply says: its texts and where they stand, why it ended, what
//! was used.

use std::borrow::Cow;
use std::ops::Range;

use crate::dialect::Reported;
use crate::json::{Edit, Token, plain, quote};
use crate::mask::Form;

/// What kind of running text of a reply a piece belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// The answer.
    Content,
    /// The model's reasoning, as far as it is shown.
    Reasoning,
    /// Why the model declines.
    Refusal,
    /// The words of an audio answer.
    Transcript,
    /// Reasoning in another of its dialect's places for it, and the index there.
    Thought(Thought, u32),
    /// The arguments of the tool call with this index.
    Arguments(u32),
    /// Words that stand beside the answer: citations, titles, code that was run and what came of it.
    Aside,
}

/// Where chat completions have reasoning, beside `reasoning_content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thought {
    /// `reasoning` (Groq, OpenRouter, vLLM).
    Plain,
    /// A part of `content` (Mistral).
    Part,
    /// `text` of `reasoning_details` (OpenRouter).
    Detail,
    /// `summary` of `reasoning_details`.
    Summary,
    /// `thinking_blocks` (LiteLLM).
    Block,
}

impl Voice {
    /// The same words are told in `reasoning_content` or `reasoning` too, where those are there.
    pub fn repeats(self, other: Self) -> bool {
        let twice = matches!(
            self,
            Self::Thought(Thought::Detail | Thought::Summary | Thought::Block, _)
        );
        let both = self == Self::Thought(Thought::Plain, 0) && other == Self::Reasoning;
        let plain = matches!(other, Self::Reasoning | Self::Thought(Thought::Plain, _));
        both || twice && plain
    }
}

/// How a text stands in its reply or event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A piece of a running text.
    Piece,
    /// Such a piece, with which the text ends.
    Last,
    /// A text of its own.
    Whole,
    /// The event repeats a text that its stream has brought before.
    Again,
    /// The client's own words, told back.
    Echo,
}

/// A piece of text that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Which part of the reply: the choice's index in dialects of choices, the block's or item's
    /// index in dialects of blocks.
    pub lane: u32,
    /// Which of its texts.
    pub voice: Voice,
    /// Where.
    pub token: Token,
    /// Whether the token is no string but any other value, which is looked at as it is written.
    pub bare: bool,
    /// How it stands there.
    pub way: Way,
}

impl Said {
    /// It belongs to a text that comes in pieces.
    pub fn runs(&self) -> bool {
        matches!(self.way, Way::Piece | Way::Last)
    }

    /// The model said it, and here for the first time: `all` is what else is said with it.
    pub fn counts(&self, all: &[Self]) -> bool {
        let mut own = all.iter().filter(|other| other.lane == self.lane);
        let told = matches!(self.way, Way::Again | Way::Echo) || self.voice == Voice::Aside;
        !told && !own.any(|other| self.voice.repeats(other.voice))
    }

    /// What it says; `json` is what it was read from. A value that is no string is JSON.
    pub fn text<'j>(&self, json: &'j str) -> Cow<'j, str> {
        match self.bare {
            true => plain(json.get(self.token.span()).unwrap_or_default()),
            false => self.token.text(json),
        }
    }

    /// The edit after which it says this.
    pub fn edit(&self, told: &str) -> Edit {
        match self.bare {
            true => Edit::new(self.token.span(), told),
            false => Edit::new(self.token.span(), quote(told)),
        }
    }

    /// What the text is, if that does not depend on the request.
    pub fn form(&self) -> Option<Form> {
        match (self.bare, self.voice) {
            (true, _) | (_, Voice::Arguments(_)) => Some(Form::Json),
            (_, Voice::Content) => None,
            _ => Some(Form::Plain),
        }
    }
}

/// A whole reply, or one event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chunk {
    /// What is said, in the order of the bytes.
    pub said: Vec<Said>,
    /// Where the words stand once more token by token, with figures for each (`logprobs`), and what stands there
    /// where nobody may read them.
    pub echoes: Vec<(Range<usize>, &'static str)>,
    /// The lanes that end here.
    pub closed: Vec<u32>,
    /// Where the model's name stands.
    pub model: Option<Token>,
    /// Why the reply ends, in the provider's word.
    pub finish_reason: Option<String>,
    /// What was used, as far as is known here.
    pub usage: Option<Reported>,
    /// The event reports usage and nothing else, to those who asked for it.
    pub usage_only: bool,
    /// The stream is complete with this event.
    pub ends: bool,
    /// Where an error object stands.
    pub error: Option<Range<usize>>,
    /// Where the event's number in its stream stands, in dialects that number them.
    pub number: Option<Range<usize>>,
}
