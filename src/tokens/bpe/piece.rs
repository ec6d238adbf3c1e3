//! The encoding of one piece: longest match, taken back where two tokens may not stand side by side.
//!
//! *Never* knows how a text falls into pieces.

use super::{
    runs::{self, Positions, Steady},
    tables::{Seam, Tables},
    trie::Node,
};

/// Places for choices made before.
const CHOICES: usize = 1 << 10;

/// Memory used over again from piece to piece.
#[derive(Default)]
pub(super) struct Scratch {
    /// The tokens of the piece last encoded.
    pub(super) tokens: Vec<Node>,
    /// The tokens a token begins with, shortest first.
    prefixes: Vec<(Node, usize)>,
    /// Positions from which no encoding of the rest leads on.
    dead_ends: Positions,
    /// Positions where a shorter token was taken before the longest was tried.
    leaps: Positions,
    steady: Steady,
    /// Answers of [`Scratch::shorter`], each where its question's hash says.
    choices: Vec<Choice>,
    /// The vocabulary that `choices` are about, by its seed.
    vocabulary: u64,
}

/// The longest token that `than` begins with, shorter than it, that may follow `last`; of length 0 if none may.
#[derive(Clone, Copy)]
struct Choice {
    last: Node,
    than: Node,
    chosen: (Node, usize),
}

impl Scratch {
    /// As [`Scratch::encode_from`].
    pub(super) fn encode(&mut self, tables: &Tables, piece: &[u8]) {
        self.encode_from(tables, piece, tables.longest(piece));
    }

    /// Leaves the encoding of `piece` in `self.tokens`. Steps grow linearly with the piece: a position is
    /// given up at most once, and at most a token's length of candidates is tried on each visit.
    ///
    /// `first` is the longest token the piece begins with.
    #[inline(always)]
    pub(super) fn encode_from(&mut self, tables: &Tables, piece: &[u8], first: (Node, usize)) {
        self.tokens.clear();
        self.dead_ends.clear();
        self.leaps.clear();
        let (mut last, mut at) = self.start(tables, piece, first);
        while let Some(rest) = piece.get(at..)
            && !rest.is_empty()
        {
            let (token, length) = tables.longest(rest);
            let end = at.wrapping_add(length);
            if length >= runs::LONG {
                (last, at) = self.step(tables, piece, at, (token, length));
            } else if tables.adjacent(last, token, Seam::of(piece, at))
                && !self.dead_ends.contains(end)
            {
                self.tokens.push(token);
                last = token;
                at = end;
            } else {
                (last, at) = self.go_back(tables, piece, at, (token, length));
            }
        }
    }

    /// Pushes the first token; it and where it ends.
    #[inline(always)]
    fn start(&mut self, tables: &Tables, piece: &[u8], first: (Node, usize)) -> (Node, usize) {
        if first.1 >= runs::LONG {
            return self.step(tables, piece, 0, first);
        }
        self.tokens.push(first.0);
        first
    }

    /// Pushes a token that may stand at `at`, where `longest` is the longest match: in a run the one that the
    /// run goes on with. As [`Scratch::go_back`] if there is none.
    #[inline(never)]
    fn step(
        &mut self,
        tables: &Tables,
        piece: &[u8],
        at: usize,
        longest: (Node, usize),
    ) -> (Node, usize) {
        let steady = self
            .steady
            .token(tables, piece.get(at..).unwrap_or_default(), longest);
        if let Some(token) = steady
            && self.push(tables, piece, at, token)
        {
            self.leaps.insert(at, piece.len());
            return (token.0, at.wrapping_add(token.1));
        }
        if self.push(tables, piece, at, longest) {
            return (longest.0, at.wrapping_add(longest.1));
        }
        self.go_back(tables, piece, at, longest)
    }

    /// Pushes `token` if it may stand at `at`.
    fn push(&mut self, tables: &Tables, piece: &[u8], at: usize, token: (Node, usize)) -> bool {
        let follows = self
            .tokens
            .last()
            .is_none_or(|&last| tables.adjacent(last, token.0, Seam::of(piece, at)));
        let fits = follows && !self.dead_ends.contains(at.wrapping_add(token.1));
        if fits {
            self.tokens.push(token.0);
        }
        fits
    }

    /// Pushes the longest token shorter than `than` that may stand at `at`, or at the closest position before
    /// it where there is one; that token and where it ends.
    #[inline(never)]
    fn go_back(
        &mut self,
        tables: &Tables,
        piece: &[u8],
        at: usize,
        than: (Node, usize),
    ) -> (Node, usize) {
        let (mut at, mut than) = (at, than);
        loop {
            let last = self.tokens.last().copied();
            while let Some((token, length)) = self.shorter(tables, piece, at, last, than) {
                let end = at.wrapping_add(length);
                if !self.dead_ends.contains(end) {
                    self.tokens.push(token);
                    return (token, end);
                }
                than = (token, length);
            }
            self.dead_ends.insert(at, piece.len());
            let Some(taken) = self.tokens.pop() else {
                // Every text has an encoding, so this is not reached; going on behind the end ends it all.
                return (Node::NONE, piece.len());
            };
            than = (taken, tables.length(taken));
            at = at.wrapping_sub(than.1);
            if self.leaps.remove(at) {
                // What is longer than the token taken there was not tried.
                than = tables.longest(piece.get(at..).unwrap_or_default());
                if self.push(tables, piece, at, than) {
                    return (than.0, at.wrapping_add(than.1));
                }
            }
        }
    }

    /// The longest token shorter than `than`, both at position `at`, that may follow `last`.
    #[inline(always)]
    fn shorter(
        &mut self,
        tables: &Tables,
        piece: &[u8],
        at: usize,
        last: Option<Node>,
        than: (Node, usize),
    ) -> Option<(Node, usize)> {
        let nothing = Choice {
            last: Node::NONE,
            than: Node::NONE,
            chosen: (Node::NONE, 0),
        };
        if self.choices.is_empty() || self.vocabulary != tables.seed {
            self.choices.clear();
            self.choices.resize(CHOICES, nothing);
            self.vocabulary = tables.seed;
        }
        let question = Choice {
            last: last.unwrap_or(Node::NONE),
            than: than.0,
            ..nothing
        };
        let place = question.last.mix(question.than) & CHOICES.wrapping_sub(1);
        let mut choice = self.choices.get(place).copied().unwrap_or(nothing);
        if choice.last != question.last || choice.than != question.than {
            choice = Choice {
                chosen: self.search(tables, piece, at, last, than.1),
                ..question
            };
            if let Some(known) = self.choices.get_mut(place) {
                *known = choice;
            }
        }
        (choice.chosen.1 > 0).then_some(choice.chosen)
    }

    #[inline(never)]
    fn search(
        &mut self,
        tables: &Tables,
        piece: &[u8],
        at: usize,
        last: Option<Node>,
        below: usize,
    ) -> (Node, usize) {
        self.prefixes.clear();
        let reach = at.wrapping_add(below).wrapping_sub(1);
        tables.prefixes(piece.get(at..reach).unwrap_or_default(), |token, length| {
            self.prefixes.push((token, length))
        });
        let seam = Seam::of(piece, at);
        let fits = |&(token, _): &(Node, usize)| {
            last.is_none_or(|last| tables.adjacent(last, token, seam))
        };
        self.prefixes
            .iter()
            .rev()
            .copied()
            .find(fits)
            .unwrap_or((Node::NONE, 0))
    }
}
