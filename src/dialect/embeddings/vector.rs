//! A vector in either of its two encodings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Encoding;
use crate::json;

/// A vector, as the provider wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vector {
    encoding: Encoding,
    text: String,
}

impl Vector {
    /// A JSON array of numbers. That it is one is for the reader to know.
    pub(super) fn of_floats(text: &str) -> Self {
        Self {
            encoding: Encoding::Float,
            text: text.to_owned(),
        }
    }

    /// 32-bit floats in base64; `None` when it is none, or holds what JSON has no number for.
    pub fn of_base64(text: &str) -> Option<Self> {
        let finite = floats(text)?.all(f32::is_finite);
        finite.then(|| Self {
            encoding: Encoding::Base64,
            text: text.to_owned(),
        })
    }

    /// The vector as JSON in this encoding. Numbers that the provider wrote stay as they are; of those that
    /// are made, each is the shortest that means the same 32-bit float.
    pub fn json(&self, encoding: Encoding) -> String {
        match (self.encoding, encoding) {
            (Encoding::Float, Encoding::Float) => self.text.clone(),
            (Encoding::Base64, Encoding::Base64) => json::quote(&self.text),
            (Encoding::Float, Encoding::Base64) => {
                let bytes: Vec<u8> = numbers(&self.text).flat_map(f32::to_le_bytes).collect();
                json::quote(&STANDARD.encode(bytes))
            }
            (Encoding::Base64, Encoding::Float) => {
                let floats = floats(&self.text).into_iter().flatten();
                let texts: Vec<String> = floats.map(|float| format!("{float:?}")).collect();
                format!("[{}]", texts.join(","))
            }
        }
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        match self.encoding {
            Encoding::Float => numbers(&self.text).count(),
            Encoding::Base64 => floats(&self.text).map_or(0, Iterator::count),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The numbers of a JSON array. A number beyond a 32-bit float's range is the largest there is.
fn numbers(text: &str) -> impl Iterator<Item = f32> + '_ {
    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
    let numbers = inner
        .split(',')
        .filter_map(|number| number.trim().parse().ok());
    numbers.map(|number: f32| number.clamp(f32::MIN, f32::MAX))
}

fn floats(text: &str) -> Option<impl Iterator<Item = f32>> {
    let bytes = STANDARD.decode(text).ok()?;
    let (words, rest) = bytes.as_chunks::<4>();
    let floats: Vec<f32> = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
    rest.is_empty().then(|| floats.into_iter())
}
