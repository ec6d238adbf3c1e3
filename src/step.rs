//! What a role wants done: one type for each phase, so that what the proxy would trap on (an edit
//! to a head that has gone, a second release) cannot be written.

use std::borrow::Cow;

use crate::host::CallOut;

/// A change to a header map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderEdit {
    /// The header has this value and no other.
    Set(Cow<'static, str>, Vec<u8>),
    /// The header is not there.
    Remove(Cow<'static, str>),
}

/// Changes to a head, and filter state for the other role and the access log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits {
    /// In the order they are made.
    pub headers: Vec<HeaderEdit>,
    /// Filter state by name, readable as `wasm.NAME`.
    pub states: Vec<(&'static str, Vec<u8>)>,
}

impl Edits {
    /// Sets a header.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Vec<u8>>) {
        self.headers
            .push(HeaderEdit::Set(name.into(), value.into()));
    }

    /// Removes a header.
    pub fn remove(&mut self, name: impl Into<Cow<'static, str>>) {
        self.headers.push(HeaderEdit::Remove(name.into()));
    }

    /// Sets a filter state.
    pub fn state(&mut self, name: &'static str, value: impl Into<Vec<u8>>) {
        self.states.push((name, value.into()));
    }
}

/// A reply that the gateway gives itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalReply {
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(Cow<'static, str>, Vec<u8>)>,
    /// Its body.
    pub body: Vec<u8>,
    /// Filter state to set before it is sent.
    pub states: Vec<(&'static str, Vec<u8>)>,
}

/// Proof that a head was held and not yet released. It is made with the step that holds the head
/// and given up in the step that releases it.
#[derive(Debug, PartialEq, Eq)]
pub struct Held(());

/// After a head.
#[derive(Debug, PartialEq, Eq)]
pub enum Head {
    /// It goes on.
    Continue(Edits),
    /// It is changed, and waits for a [`Body::Release`].
    Hold(Edits),
    /// The gateway answers in its place.
    Answer(LocalReply),
    /// It waits for the answer to this.
    Ask(CallOut),
}

impl Head {
    /// Holds a head that no body follows for the answer to a call.
    pub fn ask(call: CallOut) -> (Self, Held) {
        (Self::Ask(call), Held(()))
    }

    /// Holds the head.
    pub fn hold() -> (Self, Held) {
        Self::hold_after(Edits::default())
    }

    /// Changes the head and holds it.
    pub fn hold_after(edits: Edits) -> (Self, Held) {
        (Self::Hold(edits), Held(()))
    }
}

/// After a part of a body.
#[derive(Debug, PartialEq, Eq)]
pub enum Body {
    /// It goes on as it is.
    Pass,
    /// It is kept, to be seen again together with the next part.
    Hold,
    /// It goes on with this in its place.
    Replace(Vec<u8>),
    /// The held head goes on, and the body with it: as it is or with this in its place.
    Release(Held, Edits, Option<Vec<u8>>),
    /// The reply is cut off: reset, not ended.
    Cut,
    /// The gateway answers in place of the held request.
    Answer(Held, LocalReply),
    /// The head stays held until the answer to this has come.
    Ask(CallOut),
}

/// At a request's end, whatever came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// Filter state for the access log.
    pub edits: Edits,
    /// Calls whose answers nobody waits for.
    pub calls: Vec<CallOut>,
}
