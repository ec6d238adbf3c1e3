//! A provider's stream in the client's dialect, event by event.

use super::Agreement;
use crate::dialect::neutral::{Delta, DeltaReader, DeltaWriter, Error, Told};
use crate::dialect::{Dialect, Reported, bedrock};
use crate::event_stream::Decoder;
use crate::sse::{Event, Piece, Splitter};

/// A stream on its way from one dialect to another.
pub struct Stream {
    frames: Frames,
    reader: Box<dyn DeltaReader>,
    writer: Box<dyn DeltaWriter>,
    deltas: Vec<Delta>,
    agreement: Agreement,
    over: bool,
    used: Option<Reported>,
}

/// How a provider frames its events.
#[derive(Debug)]
enum Frames {
    Sse(Splitter),
    Aws(Box<Decoder>),
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream")
            .field("frames", &self.frames)
            .finish_non_exhaustive()
    }
}

/// What has come so far, for those who must know whether a stream begins well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Nothing that tells.
    Unclear,
    /// An answer.
    Well,
}

impl Stream {
    /// A stream from a provider that speaks `from` to a client that speaks `to`.
    pub fn new(from: Dialect, to: Dialect, told: Told) -> Self {
        let frames = match from.is_framed_by_aws() {
            true => Frames::Aws(Box::default()),
            false => Frames::Sse(Splitter::default()),
        };
        Self {
            frames,
            reader: from.stream_reader(),
            writer: to.stream_writer(told),
            deltas: Vec::new(),
            agreement: Agreement::default(),
            over: false,
            used: None,
        }
    }

    /// Reads what has come next. The deltas wait for [`Stream::write`].
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.frames {
            Frames::Sse(splitter) => {
                splitter.push(bytes);
                while let Some(piece) = splitter.next_piece() {
                    match piece {
                        Piece::Event(raw) => event(&raw, self.reader.as_mut(), &mut self.deltas),
                        Piece::Part(_) => self.deltas.push(too_long()),
                        Piece::Lf => {}
                    }
                }
            }
            Frames::Aws(decoder) => {
                decoder.push(bytes);
                loop {
                    match decoder.next_frame() {
                        Ok(Some(frame)) => {
                            let (name, data) = bedrock::event(&frame);
                            self.reader.event(&name, &data, &mut self.deltas);
                        }
                        Ok(None) => break,
                        Err(fault) => {
                            let message = format!("The provider's stream is broken: {fault}.");
                            let error = Error::new(502, message, "broken_stream");
                            self.deltas.push(Delta::Error(error));
                            break;
                        }
                    }
                }
            }
        }
    }

    /// The bytes have ended.
    pub fn end(&mut self) {
        if let Frames::Sse(splitter) = &mut self.frames {
            let rest = splitter.rest();
            event(&rest, self.reader.as_mut(), &mut self.deltas);
        }
        self.reader.end(&mut self.deltas);
    }

    /// Whether what waits to be written says how the stream begins.
    ///
    /// # Errors
    ///
    /// It begins with an error.
    pub fn begun(&self) -> Result<Begun, Error> {
        for delta in &self.deltas {
            match delta {
                Delta::Begin { .. } | Delta::Usage(_) => {}
                Delta::Error(error) => return Err(error.clone()),
                _ => return Ok(Begun::Well),
            }
        }
        Ok(Begun::Unclear)
    }

    /// Writes what waits, for the client. After an error, or the end, nothing is written any more.
    pub fn write(&mut self, out: &mut Vec<u8>) {
        for mut delta in self.deltas.drain(..) {
            if self.over {
                continue;
            }
            self.over = matches!(delta, Delta::Error(_) | Delta::End);
            if let Delta::Usage(usage) = delta {
                let known = self.used.unwrap_or_default();
                self.used = Some(known.or_more(usage));
            }
            self.agreement.delta(&mut delta);
            self.writer.delta(&delta, out);
        }
    }

    /// What the provider has said was used, in what has been written.
    pub fn used(&self) -> Option<Reported> {
        self.used
    }
}

fn event(raw: &[u8], reader: &mut dyn DeltaReader, deltas: &mut Vec<Delta>) {
    let event = Event::read(raw);
    if let Some(data) = event.data() {
        let name = String::from_utf8_lossy(event.name);
        reader.event(&name, &String::from_utf8_lossy(&data), deltas);
    }
}

fn too_long() -> Delta {
    let message = "The provider sent an event that is too long to be translated.";
    Delta::Error(Error::new(502, message, "event_too_long"))
}
