//! The steps that a request goes through, one file each: functions on a request and the policy.
//!
//! *Never*: knows phases, buffers or header maps.

mod across;
pub mod admit;
pub mod audit;
pub mod calibration;
pub mod carry;
pub mod count;
pub mod fit;
pub mod guard;
pub mod injection;
pub mod limit;
pub mod meters;
pub mod opinion;
pub mod record;
pub mod redact;
pub mod review;
pub mod route;
pub mod typical;

#[cfg(test)]
mod tests;
