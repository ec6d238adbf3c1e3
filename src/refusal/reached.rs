//! A limit that is reached, in words.

use std::fmt;

use crate::units::PicoUsd;

/// A limit that is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Its name.
    pub limit: String,
    /// What there is too little of.
    pub scarce: Scarce,
    /// What it allows; money in pico-dollars.
    pub most: u64,
    /// What is left of it.
    pub left: u64,
    /// What the request asks for.
    pub asked: u64,
    /// In how many seconds there is more.
    pub wait: u64,
}

/// What there is too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scarce {
    /// Requests.
    Requests,
    /// Tokens.
    Tokens,
    /// Money.
    Money,
    /// Requests at one time.
    Concurrent,
}

impl Reached {
    /// The request would be refused at any time.
    pub fn is_too_large(&self) -> bool {
        self.asked > self.most
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |amount: u64| match self.scarce {
            Scarce::Money => format!("{} USD", PicoUsd(amount)),
            Scarce::Tokens => format!("{amount} tokens"),
            Scarce::Requests | Scarce::Concurrent => format!("{amount} requests"),
        };
        let (limit, most) = (&self.limit, shown(self.most));
        if self.scarce == Scarce::Concurrent {
            return write!(
                f,
                "The limit '{limit}' of {most} at one time is reached; try again when one has ended."
            );
        }
        let (left, asked) = (shown(self.left), shown(self.asked));
        if self.is_too_large() && self.scarce != Scarce::Requests {
            return write!(
                f,
                "The limit '{limit}' allows {most} and this request alone may take {asked}; shorten it or \
                 lower its max_tokens."
            );
        }
        write!(
            f,
            "The limit '{limit}' of {most} has {left} left and this request may take {asked}; try again in \
             {} s.",
            self.wait
        )
    }
}
