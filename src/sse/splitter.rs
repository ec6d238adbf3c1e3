//! Where one event ends and the next begins.

/// The longest event that is put together, in bytes; the bytes of a longer one are passed on as
/// they come, unread.
pub const LONGEST_EVENT: usize = 4 << 20;

/// What has come, in pieces that are complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// One whole event, the blank line that ends it included.
    Event(Vec<u8>),
    /// A part of an event above [`LONGEST_EVENT`].
    Part(Vec<u8>),
    /// The LF of a CRLF whose CR has ended the event before.
    Lf,
}

/// Cuts a byte stream into events. A line ends with CR, LF or CRLF; a blank line ends an event.
#[derive(Debug)]
pub struct Splitter {
    held: Vec<u8>,
    /// How much of `held` has been looked at.
    seen: usize,
    /// The line that `seen` stands in is empty so far.
    blank: bool,
    /// The byte before `seen` is a CR: an LF that comes next belongs to it.
    after_cr: bool,
    /// Inside an event that is too long to be put together.
    overlong: bool,
}

impl Default for Splitter {
    fn default() -> Self {
        Self {
            held: Vec::new(),
            seen: 0,
            blank: true,
            after_cr: false,
            overlong: false,
        }
    }
}

impl Splitter {
    /// Takes in what has come.
    pub fn push(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    /// The next piece that is complete.
    pub fn next_piece(&mut self) -> Option<Piece> {
        if self.seen == 0 && self.blank && self.after_cr && self.held.first() == Some(&b'\n') {
            self.after_cr = false;
            self.take(1);
            return Some(Piece::Lf);
        }
        while self.pass_line() {
            let ends_event = std::mem::replace(&mut self.blank, true);
            if ends_event {
                self.pass_lf();
                let bytes = self.take(self.seen);
                return Some(match std::mem::take(&mut self.overlong) {
                    true => Piece::Part(bytes),
                    false => Piece::Event(bytes),
                });
            }
        }
        self.overlong |= self.held.len() > LONGEST_EVENT;
        (self.overlong && !self.held.is_empty()).then(|| Piece::Part(self.rest()))
    }

    /// Gives out what is held of an event that is not complete.
    pub fn rest(&mut self) -> Vec<u8> {
        self.take(self.held.len())
    }

    fn take(&mut self, len: usize) -> Vec<u8> {
        let later = self.held.split_off(len.min(self.held.len()));
        self.seen = self.seen.saturating_sub(len);
        std::mem::replace(&mut self.held, later)
    }

    /// Moves `seen` behind the next line end; `false` when none has come.
    fn pass_line(&mut self) -> bool {
        self.pass_lf();
        let rest = self.held.get(self.seen..).unwrap_or_default();
        let end = memchr::memchr2(b'\r', b'\n', rest);
        let text = end.unwrap_or(rest.len());
        self.blank &= text == 0;
        self.after_cr = rest.get(text) == Some(&b'\r') || (self.after_cr && rest.is_empty());
        let passed = text.saturating_add(usize::from(end.is_some()));
        self.seen = self.seen.saturating_add(passed);
        end.is_some()
    }

    /// Passes the LF of a CRLF.
    fn pass_lf(&mut self) {
        match self.held.get(self.seen) {
            Some(b'\n') if self.after_cr => self.seen = self.seen.saturating_add(1),
            Some(_) => {}
            None => return,
        }
        self.after_cr = false;
    }
}
