//! What is measured, and for how long.

use std::time::Duration;

use super::kit::body::{SIZES, Size};
use super::kit::quick;
use super::kit::reply::Kind;
use super::kit::variant::EVERYTHING;

/// A request and the reply to it.
pub struct Scenario {
    /// The request's body.
    pub size: Size,
    /// The reply.
    pub reply: Kind,
    /// Measured also with each stage switched off.
    pub stages: bool,
    /// Connections, saturated.
    pub connections: usize,
}

impl Scenario {
    /// As in the table.
    pub fn name(&self) -> String {
        format!("{}, {}", self.size.name, self.reply.name())
    }

    /// Whether a column has a figure here.
    pub fn has(&self, variant: usize) -> bool {
        self.stages || variant <= EVERYTHING
    }
}

/// All of them; a few when it must go fast.
pub fn scenarios() -> Vec<Scenario> {
    let of = |size: usize, reply, stages| Scenario {
        size: SIZES[size],
        reply,
        stages,
        connections: match (size, reply) {
            (3, _) => 8,
            (_, Kind::Stream(2..)) => 24,
            _ => 32,
        },
    };
    if quick() {
        return vec![
            of(0, Kind::Plain, true),
            of(2, Kind::Plain, false),
            of(0, Kind::Stream(100), false),
        ];
    }
    vec![
        of(0, Kind::Plain, true),
        of(1, Kind::Plain, false),
        of(2, Kind::Plain, true),
        of(3, Kind::Plain, false),
        of(0, Kind::Stream(1), false),
        of(0, Kind::Stream(100), true),
        of(0, Kind::Stream(1000), false),
    ]
}

/// How long, how often.
pub struct Times {
    /// Before counting begins.
    pub warm: Duration,
    /// One measurement.
    pub saturated: Duration,
    /// One measurement at a fixed rate.
    pub half: Duration,
    /// Rounds of each.
    pub rounds: usize,
}

/// The times of this run; `ROUNDS=N` sets how many rounds.
pub fn times() -> Times {
    let millis = Duration::from_millis;
    let (warm, saturated, half, rounds) = match quick() {
        true => (millis(150), millis(600), millis(800), 3),
        false => (millis(300), millis(1700), millis(2000), 5),
    };
    let wanted = std::env::var("ROUNDS").ok();
    Times {
        warm,
        saturated,
        half,
        rounds: wanted.map_or(rounds, |number| number.parse().unwrap()),
    }
}
