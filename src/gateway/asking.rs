//! The request waits for the answer of a service beside the providers.

use super::State;
use super::gathering::Gathering;
use crate::host::{Answer, Host};
use crate::runtime::Runtime;
use crate::step::Body;

/// What a service is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Who the caller is: `keys.source`.
    Key,
    /// Whether a text is an attack: `guard.injection.second_opinion`.
    Opinion,
    /// Whether a limit of the fleet is reached: `limit_store`.
    Limits,
}

/// The answers so far. With each the pipeline runs again from its start.
#[derive(Debug, Default)]
pub(super) struct Answers(Vec<(Question, Answer)>);

impl Answers {
    /// The answers to a question that is asked in several parts, in their order.
    pub(super) fn all(&self, question: Question) -> impl Iterator<Item = &Answer> {
        let own = self.0.iter().filter(move |(asked, _)| *asked == question);
        own.map(|(_, answer)| answer)
    }

    /// The answer to a question, once it was asked.
    pub(super) fn to(&self, question: Question) -> Option<&Answer> {
        let mut own = self.0.iter().filter(|(asked, _)| *asked == question);
        own.next().map(|(_, answer)| answer)
    }
}

/// A complete request whose head is still held.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) gathering: Gathering,
    pub(super) question: Question,
}

impl Asking {
    pub(super) fn on_answer(
        self,
        runtime: &Runtime,
        host: &dyn Host,
        answer: Answer,
    ) -> (State, Body) {
        let mut gathering = self.gathering;
        gathering.answers.0.push((self.question, answer));
        gathering.proceed(runtime, host)
    }
}
