//! A proxy that costs next to nothing: header maps, one buffer and filter state in memory.

use std::cell::{Cell, RefCell};

use tollgate::host::{Changed, Headers, Host, Message, Metric, MetricKind};
use tollgate::step::{Edits, HeaderEdit};
use tollgate::units::Moment;

/// The stand-in.
#[derive(Clone, Default)]
pub struct Proxy {
    request: RefCell<Headers>,
    reply: RefCell<Headers>,
    buffer: RefCell<Vec<u8>>,
    states: RefCell<Vec<(String, Vec<u8>)>>,
    metrics: Cell<u32>,
}

impl Proxy {
    /// A request whose head has come.
    pub fn with_request(headers: &[(&str, &str)]) -> Self {
        let proxy = Self::default();
        proxy.request.replace(of(headers));
        proxy.put("xds.cluster_name", b"local");
        proxy.put("upstream.request_attempt_count", &1_u64.to_le_bytes());
        proxy.put("response.code_details", b"via_upstream");
        proxy
    }

    /// The reply's head has come.
    pub fn set_reply(&self, headers: &[(&str, &str)]) {
        self.reply.replace(of(headers));
    }

    /// What the next callback finds in the buffer.
    pub fn set_body(&self, bytes: &[u8]) {
        self.buffer.replace(bytes.to_vec());
    }

    /// Does what a role wants done.
    pub fn apply(&self, message: Message, edits: &Edits) {
        for (name, value) in &edits.states {
            self.put(name, value);
        }
        let mut headers = match message {
            Message::Request => self.request.borrow_mut(),
            Message::Reply => self.reply.borrow_mut(),
        };
        let mut pairs: Vec<(&str, &[u8])> = headers.iter().collect();
        for edit in &edits.headers {
            let (HeaderEdit::Set(name, _) | HeaderEdit::Remove(name)) = edit;
            pairs.retain(|(own, _)| own != name);
            if let HeaderEdit::Set(name, value) = edit {
                pairs.push((name, value));
            }
        }
        let edited = pairs.into_iter().collect();
        *headers = edited;
    }

    fn put(&self, name: &str, value: &[u8]) {
        let mut states = self.states.borrow_mut();
        states.retain(|(own, _)| own != name);
        states.push((name.to_owned(), value.to_vec()));
    }

    fn side(&self, message: Message) -> Headers {
        match message {
            Message::Request => self.request.borrow().clone(),
            Message::Reply => self.reply.borrow().clone(),
        }
    }
}

fn of(headers: &[(&str, &str)]) -> Headers {
    let pairs = headers.iter();
    pairs
        .map(|(name, value)| (*name, value.as_bytes()))
        .collect()
}

impl Host for Proxy {
    fn now(&self) -> Moment {
        Moment(1_760_000_000_000_000_000)
    }
    fn random(&self) -> u64 {
        7
    }
    fn headers(&self, message: Message) -> Headers {
        self.side(message)
    }
    fn header(&self, message: Message, name: &str) -> Option<Vec<u8>> {
        self.side(message).bytes(name).map(<[u8]>::to_vec)
    }
    fn body(&self, _: Message) -> Vec<u8> {
        self.buffer.borrow().clone()
    }
    fn property(&self, path: &[&str]) -> Option<Vec<u8>> {
        let path = path.join(".");
        let states = self.states.borrow();
        states
            .iter()
            .find(|(name, _)| *name == path)
            .map(|(_, value)| value.clone())
    }
    fn tell(&self, _: &'static str, _: &[u8]) {}
    fn define(&self, _: MetricKind, _: &str) -> Metric {
        self.metrics.set(self.metrics.get() + 1);
        Metric(self.metrics.get())
    }
    fn count(&self, _: Metric, _: u64) {}
    fn record(&self, _: Metric, _: u64) {}
    fn shared(&self, _: &str) -> Option<(Vec<u8>, u32)> {
        None
    }
    fn set_shared(&self, _: &str, _: &[u8], _: u32) -> Result<(), Changed> {
        Ok(())
    }
}
