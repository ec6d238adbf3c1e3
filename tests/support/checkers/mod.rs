//! Strict checkers of streams, one for each client dialect: what a client may rely on, as a pure function of the text.
//!
//! Each takes the whole text of a stream and says what is wrong with it first. They know nothing of how a stream is
//! made, by Tollgate or by the scripted provider. A stream that ends in the dialect's own error is right if all before
//! it is: what was open then stays open.

pub mod anthropic;
pub mod gemini;
pub mod openai_chat;
pub mod openai_responses;
pub mod sse;
#[cfg(test)]
mod tests;

/// What was wrong, or nothing.
pub type Checked = Result<(), String>;

/// What has to hold, and what is said when it does not.
pub fn must(holds: bool, why: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(why()) }
}
