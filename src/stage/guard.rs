//! What a request must not exceed.

use crate::policy::Guard;
use crate::refusal::Refusal;

/// A body of `bytes`, so far or in all.
pub fn body(guard: &Guard, bytes: u64) -> Result<(), Refusal> {
    if bytes > guard.max_body {
        return Err(Refusal::BodyTooLarge(guard.max_body));
    }
    Ok(())
}

/// An input of `counted` tokens.
pub fn input(guard: &Guard, counted: u64) -> Result<(), Refusal> {
    match guard.max_input_tokens {
        Some(limit) if counted > limit => Err(Refusal::TooManyTokens { counted, limit }),
        _ => Ok(()),
    }
}
