//! How much of an answer a request allows.

use super::draft::{Draft, Stop};
use crate::dialect::Tier;
use crate::json::Kind;

/// What a request says of the answer's length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The most tokens that one answer may have; of several such fields the larger.
    pub tokens: Option<u64>,
    /// How many answers, when it says so.
    pub answers: Option<u64>,
    /// How many prompts are answered, where a request may have several.
    pub prompts: Option<u64>,
    /// The tier that it is to be served at.
    pub tier: Tier,
}

impl Wanted {
    /// The most tokens of all answers together.
    pub fn most(&self) -> Option<u64> {
        Some(self.tokens?.saturating_mul(self.replies()))
    }
}

impl Wanted {
    /// How many texts come back.
    pub fn replies(&self) -> u64 {
        let answers = self.answers.unwrap_or(1).max(1);
        answers.saturating_mul(self.prompts.unwrap_or(1).max(1))
    }
}

impl Draft<'_> {
    /// The value is the most tokens of an answer. One that is no number is for the provider to refuse.
    pub(in crate::dialect) fn most_tokens(&mut self) -> Result<(), Stop> {
        self.wanted.tokens = self.wanted.tokens.max(self.figure()?);
        Ok(())
    }

    /// The value is how many answers are wanted.
    pub(in crate::dialect) fn answers(&mut self) -> Result<(), Stop> {
        self.wanted.answers = self.wanted.answers.max(self.figure()?);
        Ok(())
    }

    /// The value is the tier that is wanted.
    pub(in crate::dialect) fn tier(&mut self) -> Result<(), Stop> {
        match self.reader.kind()? {
            Kind::String => {
                let token = self.reader.string()?;
                self.wanted.tier = Tier::of(&token.text(self.reader.json()));
            }
            _ => {
                self.reader.skip()?;
            }
        }
        Ok(())
    }

    fn figure(&mut self) -> Result<Option<u64>, Stop> {
        match self.reader.kind()? {
            Kind::Number => Ok(figure(self.reader.number()?)),
            // Google's JSON has whole numbers as texts too, and others may read what is meant.
            Kind::String => {
                let json = self.reader.json();
                let text = self.reader.string()?.text(json).into_owned();
                Ok(figure(text.trim()))
            }
            _ => {
                self.reader.skip()?;
                Ok(None)
            }
        }
    }
}

/// A figure of any size and spelling; one that is too large is the largest. One that is none, or below 0, is for the
/// provider to refuse.
fn figure(written: &str) -> Option<u64> {
    let number: f64 = written.parse().ok().filter(|number| *number >= 0.0)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is larger becomes the largest"
    )]
    let rounded = number.ceil() as u64;
    Some(written.parse().unwrap_or(rounded))
}

#[cfg(test)]
mod tests {
    use crate::dialect::Dialect;
    use crate::dialect::splice::Request;

    #[test]
    fn every_dialect_says_how_much_may_be_answered() {
        use Dialect::{Anthropic, Gemini, OpenAiChat, OpenAiCompletions, OpenAiResponses};
        let rows = [
            (OpenAiChat, r#""messages":[],"max_tokens":7"#, Some(7)),
            (
                OpenAiChat,
                r#""messages":[],"max_completion_tokens":9,"max_tokens":7,"n":3"#,
                Some(27),
            ),
            (OpenAiChat, r#""messages":[],"n":3"#, None),
            (
                OpenAiChat,
                r#""messages":[],"max_tokens":null,"n":null"#,
                None,
            ),
            (OpenAiChat, r#""messages":[],"max_tokens":"7""#, Some(7)),
            (OpenAiChat, r#""messages":[],"max_tokens":"many""#, None),
            (OpenAiChat, r#""messages":[],"max_tokens":-7"#, None),
            (
                OpenAiChat,
                r#""messages":[],"max_tokens":1000000000000"#,
                Some(1_000_000_000_000),
            ),
            (
                OpenAiChat,
                r#""messages":[],"max_tokens":1e300,"n":"3""#,
                Some(u64::MAX),
            ),
            (
                OpenAiCompletions,
                r#""prompt":["a","b",[1,2]],"max_tokens":8,"n":2"#,
                Some(48),
            ),
            (
                OpenAiCompletions,
                r#""prompt":[1,2,3],"max_tokens":8"#,
                Some(8),
            ),
            (
                OpenAiResponses,
                r#""input":"a","max_output_tokens":8"#,
                Some(8),
            ),
            (
                OpenAiCompletions,
                r#""prompt":"a","max_tokens":8,"n":2,"best_of":4"#,
                Some(32),
            ),
            (
                Anthropic,
                r#""messages":[],"max_tokens":1024.0"#,
                Some(1024),
            ),
            (
                Gemini,
                r#""contents":[],"generationConfig":{"maxOutputTokens":5,"candidateCount":2}"#,
                Some(10),
            ),
            (
                Gemini,
                r#""contents":[],"generation_config":{"max_output_tokens":5}"#,
                Some(5),
            ),
        ];
        for (dialect, members, most) in rows {
            let body = format!("{{\"model\":\"m\",{members}}}");
            let request = Request::read(dialect, body.as_bytes()).unwrap();
            assert_eq!(request.wanted.most(), most, "{body}");
        }
    }
}
