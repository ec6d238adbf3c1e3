//! One line of a table, behind its name: figures, marks, days. What they mean, `build/generate.py` says.

use super::price::{Above, Price, Rates};
use crate::dialect::Tier;
use crate::units::PicoUsd;

/// A geography before the name has another price.
pub(super) const GEOGRAPHIC: &str = "!";

/// The prices of a line on a day (`YYYY-MM-DD`); outside the `global` place they are those of a region.
/// `None` when the line is not understood.
pub(super) fn read(line: &str, day: &str, global: bool) -> Option<Price> {
    let mut price = None;
    for period in line.split(" | ") {
        let (from, words) = match period.split_once(' ') {
            Some((from, words)) if from.starts_with(|first: char| first.is_ascii_digit()) => {
                (from, words)
            }
            _ => ("", period),
        };
        if from <= day {
            price = Some(words);
        }
    }
    prices(price?, global)
}

fn prices(words: &str, global: bool) -> Option<Price> {
    if !words.starts_with('i') {
        return None;
    }
    let mut price = Price::default();
    let (mut above, mut rates) = (Above::default(), Rates::default());
    let mut uplift = 1000;
    for word in words.split(' ').filter(|word| *word != GEOGRAPHIC) {
        let (letter, rest) = word.split_at_checked(1)?;
        match letter {
            "@" | ">" => {
                price.rates.push((above, rates));
                let (mark, factor) = match word.split_once('*') {
                    Some((mark, factor)) => (mark, Some(millionths(factor)? / 1000)),
                    None => (word, None),
                };
                above = mark_of(mark)?;
                let (_, base) = price.rates.first()?;
                rates = factor.map_or_else(Rates::default, |factor| base.scaled(factor));
            }
            "u" => uplift = millionths(rest)? / 1000,
            // USD for a thousand.
            "q" | "s" | "g" => {
                let each = PicoUsd(millionths(rest)?.checked_mul(1000)?);
                match letter {
                    "q" => price.request = each,
                    "s" => price.search = Some(each),
                    _ => price.searching = Some(each),
                }
            }
            _ => {
                let each = PicoUsd(millionths(rest)?);
                *match letter {
                    "i" => {
                        rates.input = each;
                        continue;
                    }
                    "c" => &mut rates.cached_input,
                    "w" => &mut rates.cache_write,
                    "W" => &mut rates.cache_write_1h,
                    "o" => &mut rates.output,
                    "r" => &mut rates.reasoning,
                    "a" => &mut rates.audio_input,
                    "x" => &mut rates.cached_audio_input,
                    "A" => &mut rates.audio_output,
                    "m" => &mut rates.image_input,
                    "M" => &mut rates.image_output,
                    _ => return None,
                } = Some(each);
            }
        }
    }
    price.rates.push((above, rates));
    if !global && uplift != 1000 {
        for (_, rates) in &mut price.rates {
            *rates = rates.scaled(uplift);
        }
    }
    Some(price)
}

/// `@b`, `>200000`, `@b>200000`.
fn mark_of(mark: &str) -> Option<Above> {
    let (tier, tokens) = mark.split_once('>').unwrap_or((mark, "0"));
    let tier = match tier {
        "" => Tier::Standard,
        "@b" => Tier::Batch,
        "@f" => Tier::Flex,
        "@p" => Tier::Priority,
        _ => return None,
    };
    let tokens = tokens.parse().ok()?;
    Some(Above { tier, tokens })
}

/// A decimal number in millionths: of USD for a million tokens, these are pico-dollars for one.
fn millionths(text: &str) -> Option<u64> {
    if text.is_empty() || text == "." {
        return None;
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| match text {
        "" => Some(0),
        text => text.parse::<u64>().ok(),
    };
    let scale = 10_u64.checked_pow(6_u32.checked_sub(u32::try_from(part.len()).ok()?)?)?;
    let part = digits(part)?.checked_mul(scale)?;
    digits(whole)?.checked_mul(1_000_000)?.checked_add(part)
}
