//! The body of a reply: carries out a plan, step by step, as the connection asks for bytes.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::plan::{Plan, Step};
use super::socket::Fuse;
use super::state::Turn;

/// A reply's body.
pub struct Reply {
    plan: Plan,
    sleep: Option<Pin<Box<Sleep>>>,
    /// When the last wait was to end.
    waited: Option<Instant>,
    fuse: Option<Fuse>,
    /// Dropped with the body.
    _turn: Turn,
}

impl Reply {
    /// A body after this plan. A reset blows `fuse`, if there is one, and takes the connection down; without, it
    /// is the stream's alone. `turn` lives as long as the body.
    pub fn new(plan: Plan, fuse: Option<Fuse>, turn: Turn) -> Self {
        Self {
            plan,
            sleep: None,
            waited: None,
            fuse,
            _turn: turn,
        }
    }
}

/// What a connection is told when the script wants it reset.
pub fn reset() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "reset, as the script says")
}

impl Body for Reply {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        loop {
            if let Some(sleep) = &mut self.sleep {
                let until = sleep.deadline();
                std::task::ready!(sleep.as_mut().poll(task));
                self.waited = Some(until);
                self.sleep = None;
            }
            match self.plan.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Bytes(bytes)) => {
                    let given = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    self.plan.length = self.plan.length.map(|left| left.saturating_sub(given));
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Step::Flush) => {
                    // A connection writes out what it has whenever its body has nothing for it.
                    task.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(step @ (Step::Wait(time) | Step::Pace(time))) => {
                    let last = self.waited.filter(|_| step == Step::Pace(time));
                    let from = last.unwrap_or_else(Instant::now);
                    self.sleep = from
                        .checked_add(time)
                        .map(|until| Box::pin(sleep_until(until)));
                }
                Some(Step::Reset) => {
                    self.fuse.iter().for_each(Fuse::blow);
                    return Poll::Ready(Some(Err(reset())));
                }
                Some(Step::Stall) => {
                    // Nothing wakes the task for the body again; it ends with the connection.
                    self.plan.steps.push_front(Step::Stall);
                    return Poll::Pending;
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.plan.length.is_some() && self.plan.steps.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.plan
            .length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
