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
