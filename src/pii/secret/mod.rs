//! Credentials that say what they are: documented prefixes with their lengths and alphabets, JSON
//! web tokens (RFC 7519) and PEM private keys (RFC 7468).
//!
//! Every prefix has one *hook*, a byte rare in prose (`-`, `_`, a capital), which wakes the detector.

mod jwt;
mod pem;
mod prefixes;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text::Text;
use prefixes::Prefix;

/// The hooks of all forms.
pub(super) const TRIGGERS: &[u8] = b"-_KSGzJ";

/// A prefix that stands where a credential may begin.
pub(super) struct Lead {
    /// Where the credential would begin.
    pub(super) start: usize,
    form: Form,
}

enum Form {
    Prefixed(&'static Prefix),
    WebToken,
    Pem,
}

/// What a lead turned out to be.
pub(super) enum Hit {
    /// A credential.
    Credential(Range<usize>),
    /// Armoured data that is public, such as a certificate.
    Public(Range<usize>),
}

/// The prefix whose hook stands at `hook`.
pub(super) fn lead(text: &Text<'_>, hook: usize) -> Option<Lead> {
    match text.at(hook) {
        b'-' if text.before(hook) != b'-' && text.has(hook, pem::BEGIN) => {
            return Some(Lead {
                start: hook,
                form: Form::Pem,
            });
        }
        b'J' => {
            let start = hook.checked_sub(2)?;
            let token = text.has(start, jwt::BEGIN) && !text.word_before(start);
            return token.then_some(Lead {
                start,
                form: Form::WebToken,
            });
        }
        _ => {}
    }
    let (start, prefix) = prefixes::hooked(text, hook)?;
    (!text.before(start).is_ascii_alphanumeric()).then_some(Lead {
        start,
        form: Form::Prefixed(prefix),
    })
}

/// Reads what the lead promises.
pub(super) fn read(text: &Text<'_>, lead: &Lead) -> Option<Hit> {
    match lead.form {
        Form::Prefixed(prefix) => {
            let end = prefix.end(text, lead.start)?;
            Some(Hit::Credential(lead.start..end))
        }
        Form::WebToken => Some(Hit::Credential(lead.start..jwt::end(text, lead.start)?)),
        Form::Pem => pem::block(text, lead.start),
    }
}
