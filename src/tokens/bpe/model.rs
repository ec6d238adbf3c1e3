//! The models: a vocabulary and a way to fall into pieces, put together at compile time.

#[cfg(feature = "p50k")]
use super::split_p50k;
use super::{
    short, split_cl100k, split_o200k,
    tables::{self, Tables},
    text::Text,
};

/// One encoding.
pub(in crate::tokens) trait Model {
    /// Its vocabulary.
    const TABLES: &'static Tables;

    /// A number of its own below 16.
    const NUMBER: u8;

    /// Ranks from here on are not in the encoding, though they are in the tables: tokens merged from others
    /// after all merges that are.
    const RANKS: Option<u32> = None;

    /// Where the piece that begins at `start` ends.
    fn piece_end(text: &mut Text<'_>, start: usize) -> usize;

    /// Bits of the piece that begins with `words`, if it is plain and they are enough to say; else 0.
    #[inline(always)]
    fn short_piece(_words: [u64; 2]) -> u32 {
        0
    }
}

/// o200k_base, o200k_harmony.
pub(in crate::tokens) enum O200k {}
/// cl100k_base.
pub(in crate::tokens) enum Cl100k {}
/// p50k_base.
#[cfg(feature = "p50k")]
pub(in crate::tokens) enum P50k {}
/// r50k_base: p50k_base without the runs of spaces it adds behind the last rank of this one.
#[cfg(feature = "p50k")]
pub(in crate::tokens) enum R50k {}

impl Model for O200k {
    const TABLES: &'static Tables = &tables::O200K;
    const NUMBER: u8 = 1;

    fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
        split_o200k::piece_end(text, start)
    }

    #[inline(always)]
    fn short_piece(words: [u64; 2]) -> u32 {
        short::o200k(words)
    }
}

impl Model for Cl100k {
    const TABLES: &'static Tables = &tables::CL100K;
    const NUMBER: u8 = 2;

    fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
        split_cl100k::piece_end(text, start)
    }

    #[inline(always)]
    fn short_piece(words: [u64; 2]) -> u32 {
        short::cl100k(words)
    }
}

#[cfg(feature = "p50k")]
impl Model for P50k {
    const TABLES: &'static Tables = &tables::P50K;
    const NUMBER: u8 = 3;

    fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
        split_p50k::piece_end(text, start)
    }
}

#[cfg(feature = "p50k")]
impl Model for R50k {
    const TABLES: &'static Tables = &tables::P50K;
    const NUMBER: u8 = 4;
    const RANKS: Option<u32> = Some(50_256);

    fn piece_end(text: &mut Text<'_>, start: usize) -> usize {
        split_p50k::piece_end(text, start)
    }
}

/// Evaluates an expression with `$model` as the type of the model of `$encoding`.
macro_rules! with_model {
    ($encoding:expr, $model:ident => $body:expr) => {{
        use $crate::tokens::{Encoding, bpe};
        match $encoding {
            Encoding::O200kBase | Encoding::O200kHarmony => {
                type $model = bpe::O200k;
                $body
            }
            Encoding::Cl100kBase => {
                type $model = bpe::Cl100k;
                $body
            }
            #[cfg(feature = "p50k")]
            Encoding::P50kBase => {
                type $model = bpe::P50k;
                $body
            }
            #[cfg(feature = "p50k")]
            Encoding::R50kBase => {
                type $model = bpe::R50k;
                $body
            }
        }
    }};
}
pub(in crate::tokens) use with_model;
