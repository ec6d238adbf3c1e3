//! Where one frame ends and the next begins.
//!
//! ```text
//! total length, headers' length, CRC of these eight bytes | headers | payload | CRC of all before
//!      u32            u32                u32                                        u32
//! ```

use std::fmt;

use super::crc::crc32;
use super::frame::Frame;
use super::header;

/// The largest frame that is put together, in bytes.
pub const LARGEST_FRAME: usize = 16 << 20;

const PRELUDE: usize = 12;
const CRC: usize = 4;

/// Why bytes are no event stream. Nothing can be read after one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A checksum is wrong.
    Checksum,
    /// A frame claims a length that no frame can have.
    Length(u32),
    /// A frame is larger than [`LARGEST_FRAME`].
    TooLarge(u32),
    /// A frame's headers are broken.
    Headers,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checksum => f.write_str("a frame of the event stream has a wrong checksum"),
            Self::Length(len) => write!(f, "a frame of the event stream claims {len} bytes"),
            Self::TooLarge(len) => write!(
                f,
                "a frame of the event stream has {len} bytes, more than {LARGEST_FRAME}"
            ),
            Self::Headers => f.write_str("a frame of the event stream has broken headers"),
        }
    }
}

/// Cuts a byte stream into frames.
#[derive(Debug, Default)]
pub struct Decoder {
    held: Vec<u8>,
    /// How much of `held` has been given out.
    given: usize,
    fault: Option<Fault>,
}

impl Decoder {
    /// Takes in what has come. After a fault nothing is kept.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.fault.is_some() {
            return;
        }
        // What was given out is let go here, once for all frames of a chunk.
        self.held.drain(..self.given.min(self.held.len()));
        self.given = 0;
        self.held.extend_from_slice(bytes);
    }

    /// The next frame that is complete.
    ///
    /// # Errors
    ///
    /// The bytes are no event stream; every later call says so again.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let read = frame(self.held.get(self.given..).unwrap_or_default());
        match read {
            Ok(None) => Ok(None),
            Ok(Some((frame, len))) => {
                self.given = self.given.saturating_add(len);
                Ok(Some(frame))
            }
            Err(fault) => {
                self.fault = Some(fault);
                self.held = Vec::new();
                Err(fault)
            }
        }
    }

    /// Nothing is held: if the bytes end now, they end between two frames.
    pub fn is_empty(&self) -> bool {
        self.given >= self.held.len()
    }
}

/// The first frame and its length; `None` when it is not complete.
fn frame(bytes: &[u8]) -> Result<Option<(Frame, usize)>, Fault> {
    let Some((total, headers)) = prelude(bytes)? else {
        return Ok(None);
    };
    let Some(whole) = bytes.get(..total) else {
        return Ok(None);
    };
    let broken = Fault::Checksum;
    let (before, crc) = whole.split_last_chunk::<CRC>().ok_or(broken)?;
    if crc32(before) != u32::from_be_bytes(*crc) {
        return Err(broken);
    }
    let body = before.get(PRELUDE..).unwrap_or_default();
    let (headers, payload) = body.split_at_checked(headers).ok_or(Fault::Headers)?;
    let frame = Frame {
        headers: header::read(headers).ok_or(Fault::Headers)?,
        payload: payload.to_vec(),
    };
    Ok(Some((frame, total)))
}

/// The length of the frame and of its headers; `None` when the prelude is not complete.
fn prelude(bytes: &[u8]) -> Result<Option<(usize, usize)>, Fault> {
    let Some((lengths, rest)) = bytes.split_first_chunk::<8>() else {
        return Ok(None);
    };
    let Some(crc) = rest.first_chunk::<CRC>() else {
        return Ok(None);
    };
    if crc32(lengths) != u32::from_be_bytes(*crc) {
        return Err(Fault::Checksum);
    }
    let [a, b, c, d, e, f, g, h] = *lengths;
    let claimed = u32::from_be_bytes([a, b, c, d]);
    let headers = u32::from_be_bytes([e, f, g, h]);
    let (Ok(total), Ok(headers)) = (usize::try_from(claimed), usize::try_from(headers)) else {
        return Err(Fault::TooLarge(claimed));
    };
    if total > LARGEST_FRAME {
        return Err(Fault::TooLarge(claimed));
    }
    let least = headers.saturating_add(PRELUDE).saturating_add(CRC);
    match total >= least {
        true => Ok(Some((total, headers))),
        false => Err(Fault::Length(claimed)),
    }
}
