//! IP addresses, each family in its own file.
//!
//! Not found but where they are asked for, because they name no one's machine and stand in every configuration: the
//! loopback, unspecified and broadcast addresses (`127.0.0.0/8`, `0.0.0.0`, `255.255.255.255`, `::1`, `::/0`).
//! Never found are netmasks, and `::` by itself. Private and documentation ranges are found, unless they are left out.
//! A prefix length (`/24`) belongs to the finding.

mod ranges;
pub(super) mod v4;
pub(super) mod v6;

#[cfg(test)]
mod tests;

pub use ranges::IpRanges;

use super::text::Text;

/// Where the address that ends at `end` ends with its prefix length, if one of at most `most`
/// follows.
fn with_prefix_length(text: &Text<'_>, end: usize, most: u32) -> usize {
    let digits = end.saturating_add(1);
    let after = text.run_to(digits, 4, |b| b.is_ascii_digit());
    let length = text.slice(digits, after).parse::<u32>();
    let fits = text.at(end) == b'/' && length.is_ok_and(|length| length <= most);
    if fits && !text.word_at(after) && text.at(after) != b'/' {
        after
    } else {
        end
    }
}
