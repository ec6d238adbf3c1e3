//! What a request wants of its reply, whatever the dialect: as much as it takes to make up an answer.

use serde::Deserialize;
use serde_json::Value;

/// What is wanted.
pub struct Wish {
    /// The last message of the user; text parts are joined by line feeds.
    pub said: String,
    /// Tokens of the prompt, by this provider's own measure: a word is one, a message three more.
    pub prompt_tokens: u64,
    /// Is there a placeholder such as `[EMAIL_7F3A]` in a message?
    pub placeholder: bool,
    /// The most tokens of a choice.
    pub most_tokens: usize,
    /// The number of choices.
    pub choices: usize,
    /// What the reply's text has to be.
    pub format: Format,
    /// The functions offered.
    pub functions: Vec<Function>,
    /// The name of the function that has to be called.
    pub demanded: Option<String>,
    /// Texts before which the reply ends.
    pub stops: Vec<String>,
    /// Is the last message the result of a tool?
    pub after_tool: bool,
    /// Are log probabilities wanted?
    pub logprobs: bool,
    /// Are thoughts wanted?
    pub thinks: bool,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            said: String::new(),
            prompt_tokens: 0,
            placeholder: false,
            most_tokens: usize::MAX,
            choices: 1,
            format: Format::Text,
            functions: Vec::new(),
            demanded: None,
            stops: Vec::new(),
            after_tool: false,
            logprobs: false,
            thinks: false,
        }
    }
}

/// A function that the model may call.
#[derive(Clone, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The JSON schema of its arguments.
    pub parameters: Option<Value>,
}

/// What the reply's text has to be.
#[derive(Clone)]
pub enum Format {
    /// Any text.
    Text,
    /// Any JSON object.
    Object,
    /// An instance of this schema.
    Schema(Value),
}

impl Wish {
    /// Takes in one more message of the conversation.
    pub fn hear(&mut self, user: bool, texts: &[&str]) {
        let words = texts.iter().map(|text| text.split_whitespace().count());
        let words = words.fold(3, usize::saturating_add);
        let words = u64::try_from(words).unwrap_or(u64::MAX);
        self.prompt_tokens = self.prompt_tokens.saturating_add(words);
        self.placeholder |= texts.iter().any(|text| has_placeholder(text));
        if user {
            self.said = texts.join("\n");
        }
    }

    /// The function that has to be called.
    pub fn demanded_function(&self) -> Option<&Function> {
        let name = self.demanded.as_deref()?;
        self.functions.iter().find(|function| function.name == name)
    }

    /// Demands the first function, if there is one.
    pub fn demand_any(&mut self) {
        self.demanded = self.functions.first().map(|first| first.name.clone());
    }
}

fn has_placeholder(text: &str) -> bool {
    text.split('[').skip(1).any(|rest| {
        let inside = rest
            .split(']')
            .next()
            .filter(|inside| inside.len() < rest.len());
        inside
            .and_then(|inside| inside.rsplit_once('_'))
            .is_some_and(|(kind, number)| {
                let upper = kind
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
                !kind.is_empty()
                    && upper
                    && number.len() >= 4
                    && number
                        .bytes()
                        .all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_seen() {
        for (text, seen) in [
            ("to [EMAIL_7F3A], please", true),
            ("[CREDIT_CARD_12345678]", true),
            ("[[PHONE_0003]]", true),
            ("a[1] [email_1] [EMAIL_] [_1] [EMAIL_1", false),
        ] {
            assert_eq!(has_placeholder(text), seen, "{text}");
        }
    }
}
