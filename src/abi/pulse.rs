//! Which replies have gone silent. Time is told in ticks, so that a chunk costs no host call.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use super::calls;
use super::host;
use crate::step::LocalReply;

thread_local! {
    static PULSES: RefCell<HashMap<u32, Rc<Pulse>>> = RefCell::new(HashMap::new());
    static TICK: Cell<Tick> = const { Cell::new(Tick { number: 0, length: Duration::from_secs(1) }) };
}

#[derive(Clone, Copy)]
struct Tick {
    number: u32,
    length: Duration,
}

/// Signs of life of one stream.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    last: Cell<u32>,
    limit: Cell<Option<Duration>>,
}

impl Pulse {
    /// The pulse of a stream, watched until [`forget`].
    pub(super) fn of(context: u32) -> Rc<Self> {
        let pulse = Rc::new(Self::default());
        PULSES.with_borrow_mut(|pulses| pulses.insert(context, Rc::clone(&pulse)));
        pulse
    }

    /// Something has come; silence may last this long from here.
    pub(super) fn beat(&self, limit: Option<Duration>) {
        self.last.set(TICK.get().number);
        self.limit.set(limit);
    }
}

/// The stream has ended.
pub(super) fn forget(context: u32) {
    PULSES.with_borrow_mut(|pulses| pulses.remove(&context));
}

/// Watches for silences of `shortest` and more.
pub(super) fn watch(shortest: Duration) {
    let length = shortest
        .checked_div(4)
        .unwrap_or_default()
        .clamp(Duration::from_millis(50), Duration::from_secs(1));
    TICK.set(Tick {
        length: length.min(TICK.get().length),
        ..TICK.get()
    });
    calls::tick_every(u32::try_from(TICK.get().length.as_millis()).unwrap_or(1000));
}

/// A tick has passed: replies that were silent for too long are cut.
pub(super) fn tick() {
    let tick = TICK.get();
    let tick = Tick {
        number: tick.number.wrapping_add(1),
        ..tick
    };
    TICK.set(tick);
    let silent = |pulse: &Pulse| {
        let ticks = tick.number.wrapping_sub(pulse.last.get());
        // The tick that runs when something comes is not silence.
        let silence = tick.length.saturating_mul(ticks.saturating_sub(1));
        pulse.limit.get().is_some_and(|limit| silence >= limit)
    };
    let cut: Vec<u32> = PULSES.with_borrow(|pulses| {
        let silent = pulses.iter().filter(|(_, pulse)| silent(pulse));
        silent.map(|(context, _)| *context).collect()
    });
    for context in cut {
        forget(context);
        if calls::speak_for(context).is_ok() {
            host::answer(&gone_silent(), "tollgate_idle_timeout");
        }
    }
}

/// What a client gets whose reply had not begun; one that had is reset.
fn gone_silent() -> LocalReply {
    let message = "The provider's reply stopped in the middle (timeouts.idle).";
    LocalReply {
        status: 504,
        headers: vec![("content-type".into(), b"text/plain".to_vec())],
        // The gateway words it anew, in the client's dialect.
        body: message.as_bytes().to_vec(),
        states: Vec::new(),
    }
}
