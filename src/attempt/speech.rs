//! Who speaks what in an attempt.

use crate::dialect::Dialect;
use crate::dialect::neutral::{Error, Told};

/// The two sides of an attempt.
#[derive(Debug, Clone, Default)]
pub(super) struct Speech {
    /// What the provider is spoken to in.
    pub(super) provider: Dialect,
    /// What the client speaks.
    pub(super) client: Dialect,
    /// What the client is told beside what the provider says.
    pub(super) told: Told,
}

impl Speech {
    /// The two do not speak the same.
    pub(super) fn is_foreign(&self) -> bool {
        self.provider != self.client
    }

    /// An error that Tollgate words itself, for the client.
    pub(super) fn error(&self, status: u16, message: &str, code: &str) -> Vec<u8> {
        self.client.write_error(&Error::new(status, message, code))
    }
}
