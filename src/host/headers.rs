//! A header map as it was when it was read.

use std::ops::Range;

/// Names in lower case, and values, in one piece of memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    bytes: Vec<u8>,
    pairs: Vec<(Range<usize>, Range<usize>)>,
}

impl Headers {
    /// Reads a map as the proxy-wasm ABI serialises it: the number of pairs, the lengths of each pair's
    /// halves, then the halves, each followed by a NUL; numbers are four bytes, little endian. What is cut
    /// short gives an empty map.
    pub fn read(bytes: Vec<u8>) -> Self {
        match places(&bytes) {
            Some(pairs) => Self { bytes, pairs },
            None => Self::default(),
        }
    }

    /// The first value of a header, when it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.bytes(name)
            .and_then(|value| std::str::from_utf8(value).ok())
    }

    /// The first value of a header.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        let is_it = |key: &Range<usize>| self.bytes.get(key.clone()) == Some(name.as_bytes());
        let (_, value) = self.pairs.iter().find(|(key, _)| is_it(key))?;
        self.bytes.get(value.clone())
    }

    /// Every header's name. A name is ASCII (RFC 9110, section 5.1); one that is not is left out.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// Every header.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.pairs.iter().filter_map(|(name, value)| {
            let name = self.bytes.get(name.clone())?;
            Some((
                std::str::from_utf8(name).ok()?,
                self.bytes.get(value.clone())?,
            ))
        })
    }
}

/// A map of these headers, for tests.
impl<'a> FromIterator<(&'a str, &'a [u8])> for Headers {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a [u8])>>(headers: I) -> Self {
        let mut map = Self::default();
        let mut put = |half: &[u8]| {
            let start = map.bytes.len();
            map.bytes.extend_from_slice(half);
            start..map.bytes.len()
        };
        let pairs = headers
            .into_iter()
            .map(|(name, value)| (put(name.as_bytes()), put(value)))
            .collect();
        map.pairs = pairs;
        map
    }
}

fn places(bytes: &[u8]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let number = |at: usize| -> Option<usize> {
        let bytes = bytes.get(at..)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    };
    let count = number(0)?;
    let mut length = 4_usize;
    let mut data = count.checked_mul(8)?.checked_add(4)?;
    let mut half = || -> Option<Range<usize>> {
        let end = data.checked_add(number(length)?)?;
        let half = data..end;
        length = length.checked_add(4)?;
        data = end.checked_add(1)?;
        (end <= bytes.len()).then_some(half)
    };
    let mut pairs = Vec::with_capacity(count.min(256));
    for _ in 0..count {
        pairs.push((half()?, half()?));
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serialised_map_is_read_and_a_cut_one_is_empty() {
        let halves: [&[u8]; 4] = [b":status", b"200", b"x", b"\xff"];
        let mut bytes = 2_u32.to_le_bytes().to_vec();
        for half in halves {
            bytes.extend(u32::try_from(half.len()).unwrap().to_le_bytes());
        }
        for half in halves {
            bytes.extend_from_slice(half);
            bytes.push(0);
        }
        let headers = Headers::read(bytes.clone());
        assert_eq!(headers.text(":status"), Some("200"));
        assert_eq!(
            (headers.text("x"), headers.bytes("x")),
            (None, Some(&b"\xff"[..]))
        );
        for cut in 0..bytes.len() - 2 {
            assert_eq!(Headers::read(bytes[..cut].to_vec()).names().count(), 0);
        }
    }
}
