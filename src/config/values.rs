//! Times and sizes as operators write them.

use std::time::Duration;

use super::node::{Faults, Node};
use crate::policy::Timeouts;

/// `{first_token, idle, total}`.
pub(super) fn timeouts(node: &Node<'_>, faults: &mut Faults) -> Timeouts {
    let known = ["first_token", "idle", "total"];
    let Some(fields) = node.fields(faults, &known, &[]) else {
        return Timeouts::default();
    };
    let mut read = |key| fields.get(key).and_then(|node| duration(&node, faults));
    let (first_token, idle, total) = (read("first_token"), read("idle"), read("total"));
    if let (Some(first), Some(all)) = (first_token, total)
        && first > all
    {
        faults.add(&node.child("first_token"), "is longer than total");
    }
    Timeouts {
        first_token,
        idle,
        total,
    }
}

/// A time from a millisecond to a day: `250ms`, `30s`, `10m`, `1h`.
pub(super) fn duration(node: &Node<'_>, faults: &mut Faults) -> Option<Duration> {
    const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
    const DAY: u64 = 86_400_000;
    let millis = node.as_text().and_then(|text| scaled(text, &UNITS));
    let found = millis.filter(|millis| (1..=DAY).contains(millis));
    if found.is_none() {
        node.expected(faults, "a time such as 500ms, 30s, 10m or 1h, at most 24h");
    }
    found.map(Duration::from_millis)
}

/// A size in bytes: `8MiB`, `512KiB`, `1MB`, `1000000`.
pub(super) fn size(node: &Node<'_>, faults: &mut Faults) -> Option<u64> {
    const UNITS: [(&str, u64); 6] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("KB", 1000),
        ("MB", 1_000_000),
        ("B", 1),
    ];
    const MOST: u64 = 1 << 30;
    let plain = node.as_number().map(|number| number.to_string());
    let text = plain.as_deref().or(node.as_text());
    let bytes = text.and_then(|text| text.parse().ok().or_else(|| scaled(text, &UNITS)));
    let found = bytes.filter(|bytes| (1..=MOST).contains(bytes));
    if found.is_none() {
        node.expected(faults, "a size such as 512KiB or 8MiB, at most 1GiB");
    }
    found
}

fn scaled(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let (_, scale) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
    number.parse::<u64>().ok()?.checked_mul(*scale)
}
