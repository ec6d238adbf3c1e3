//! Whether a reply's answers fit the schema that the request itself asked for.

use std::collections::BTreeMap;

use crate::dialect::Dialect;
use crate::dialect::splice::{Said, Voice};
use crate::policy::ReplySchema;
use crate::schema::{Schema, Unfit};

/// The longest answer that is kept to be checked, in bytes.
const LONGEST: usize = 1 << 20;

/// How a reply ends that is no answer: a call of a tool, or the model or a filter declines.
const NO_ANSWER: [&str; 13] = [
    "tool_calls",
    "function_call",
    "tool_use",
    "pause_turn",
    "refusal",
    "content_filter",
    "SAFETY",
    "RECITATION",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "MALFORMED_FUNCTION_CALL",
    "failed",
];

/// A schema, and the answers so far.
#[derive(Debug)]
pub struct Fit {
    schema: Schema,
    /// What is done about a reply that does not fit.
    pub rule: ReplySchema,
    dialect: Dialect,
    answers: BTreeMap<u32, Answer>,
}

#[derive(Debug, Default)]
struct Answer {
    text: String,
    /// A tool is called, or the text is too long: it is not checked.
    exempt: bool,
}

impl Fit {
    /// Holds replies in a dialect to a schema.
    pub fn new(schema: Schema, rule: ReplySchema, dialect: Dialect) -> Self {
        Self {
            schema,
            rule,
            dialect,
            answers: BTreeMap::new(),
        }
    }

    /// The keywords that are not checked.
    pub fn unchecked(&self) -> impl Iterator<Item = &str> {
        self.schema.unchecked()
    }

    /// Takes in what is said next.
    pub fn hear(&mut self, said: &Said, text: &str) {
        let answer = self
            .answers
            .entry(choice(self.dialect, said.lane))
            .or_default();
        match said.voice {
            // Some tell again what they have told.
            Voice::Content if !said.runs() => {}
            Voice::Content if answer.text.len().saturating_add(text.len()) <= LONGEST => {
                answer.text.push_str(text);
            }
            Voice::Content | Voice::Arguments(_) => answer.exempt = true,
            _ => {}
        }
    }

    /// Whether what was said in these lanes, which end for this reason, fits. `restored` puts the client's own
    /// values in. What says nothing is no answer.
    ///
    /// # Errors
    ///
    /// How it does not.
    pub fn judge(
        &mut self,
        lanes: &[u32],
        reason: Option<&str>,
        restored: impl Fn(&str) -> String,
    ) -> Result<(), Unfit> {
        if reason.is_some_and(|reason| NO_ANSWER.contains(&reason)) {
            return Ok(());
        }
        let dialect = self.dialect;
        let mut ended: Vec<u32> = match by_choice(dialect) {
            true => lanes.to_vec(),
            false => vec![0],
        };
        ended.dedup();
        for lane in ended {
            let Some(answer) = self.answers.remove(&lane) else {
                continue;
            };
            if !answer.exempt && !answer.text.is_empty() {
                self.schema.fits(&restored(&answer.text))?;
            }
        }
        Ok(())
    }
}

/// Which of the answers a lane belongs to: dialects of blocks have one.
fn choice(dialect: Dialect, lane: u32) -> u32 {
    if by_choice(dialect) { lane } else { 0 }
}

fn by_choice(dialect: Dialect) -> bool {
    !matches!(dialect, Dialect::Anthropic | Dialect::OpenAiResponses)
}
