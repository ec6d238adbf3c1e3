//! Whether two tokens may stand side by side: the test that makes longest-match encoding exact.
//!
//! A sequence of tokens is the byte-pair encoding of its bytes if and only if each adjacent pair is the
//! encoding of its own bytes ("So many tokens, so little time",
//! <https://github.blog/ai-and-ml/llms/so-many-tokens-so-little-time-introducing-a-faster-more-flexible-byte-pair-tokenizer/>).
//! A pair is, unless some merge across its seam comes before the merges that made the two tokens.

use super::{
    tables::{Seam, Tables},
    trie::Node,
};

/// A rank behind all ranks.
const NO_RANK: u32 = 1 << 18;

impl Tables {
    /// Whether the encoding of the bytes of `left` and `right` is those two tokens, which meet at `seam`.
    #[inline(always)]
    pub(super) fn adjacent(&self, left: Node, right: Node, seam: Seam) -> bool {
        self.never_merges(seam) || self.outlast(left, right, seam)
    }

    /// Whether both tokens are made before any merge across their seam could be.
    ///
    /// The merges of both are undone, the latest first; at every step the two parts at the seam must not
    /// merge earlier than what was undone last. Of equal merges the leftmost comes first. Once no merge
    /// across such a seam comes early enough there is nothing left to ask.
    fn outlast(&self, left: Node, right: Node, seam: Seam) -> bool {
        let first_merge = self.first_merge_across(seam);
        let known = |node: Node| {
            let token = self.token(node);
            (token, self.entry(token))
        };
        let (mut left, mut right) = (known(left), known(right));
        let mut limit = NO_RANK;
        while first_merge < limit {
            if self.merge_rank(left, right) < limit {
                return false;
            }
            let (left_rank, right_rank) = (left.1.rank(), right.1.rank());
            if left_rank.max(right_rank) < 256 {
                return true;
            }
            let undo_left = left_rank > right_rank;
            limit = if undo_left {
                left_rank
            } else {
                right_rank.wrapping_add(1)
            };
            let part = if undo_left {
                left.1.right()
            } else {
                right.1.left()
            };
            let entry = self.entry(part);
            if undo_left {
                left = (part, entry);
            } else {
                right = (part, entry);
            }
        }
        true
    }
}
