//! Credentials: forms that say what they are, JSON web tokens (RFC 7519), private keys (RFC 7468, PuTTY's own),
//! passwords of connection strings, and what is assigned to a name that says so.
//!
//! | file | owns |
//! | --- | --- |
//! | `rules`, `form` | the table of forms, and how one is read |
//! | `runs` | the hunt for the long runs that all forms have |
//! | `drawn`, `placeholder` | whether a string is a credential or stands for one |
//! | `assigned`, `looks`, `names`, `url` | passwords and keys that only their surroundings announce |
//! | `pem`, `putty`, `jwt`, `crc` | the formats of others |

mod assigned;
mod crc;
mod drawn;
mod form;
mod jwt;
mod looks;
mod names;
mod pem;
mod placeholder;
mod putty;
mod rules;
mod runs;
#[cfg(test)]
mod tests;
mod url;

use std::ops::Range;

use super::text::Text;

pub(super) use runs::hunt;

/// Bytes at which a credential without a form may be announced.
pub(super) const TRIGGERS: &[u8] = b"-=:>|~";

/// A credential and the rule that found it.
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) range: Range<usize>,
}

/// What a trigger turned out to be.
pub(super) enum Hit {
    /// A credential.
    Credential(Found),
    /// Armoured data that is public, such as a certificate.
    Public(Range<usize>),
}

/// Looks around the trigger at `i`.
pub(super) fn around(text: &Text<'_>, i: usize) -> Option<Hit> {
    let byte = text.at(i);
    if byte == b'-' {
        match (text.before(i), text.at(i.saturating_add(1))) {
            (b'-', _) => {}
            (_, b'-') if text.has(i, pem::BEGIN) => return pem::block(text, i),
            _ => return None,
        }
    }
    if byte == b'~' {
        return runs::azure_at(text, i).map(Hit::Credential);
    }
    let found = assigned::at(text, i).or_else(|| {
        (byte == b':')
            .then(|| {
                url::password(text, i)
                    .or_else(|| url::option(text, i))
                    .or_else(|| putty::key(text, i))
            })
            .flatten()
    });
    found.map(Hit::Credential)
}
