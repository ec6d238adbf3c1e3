//! What the connections of one server share: its script, what it heard, and its counters.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use hyper::Version;
use hyper::http::request::Parts;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// `POST` …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names in lower case, in the order they came. With HTTP/2 the authority is here as `host`.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// When the body was complete.
    pub at: Instant,
    /// `HTTP/1.1`, `HTTP/2.0` …
    pub version: String,
    /// The server name that the client's TLS asked for.
    pub sni: Option<String>,
}

impl Recorded {
    /// The first header called `name` (lower case), if it is UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(given, _)| given == name)?;
        str::from_utf8(value).ok()
    }

    pub(super) fn new(head: &Parts, body: &[u8], sni: Option<String>) -> Self {
        let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
            (name.as_str().to_owned(), value.as_bytes().to_vec())
        };
        let mut headers: Vec<_> = head.headers.iter().map(header).collect();
        if let Some(authority) = head
            .uri
            .authority()
            .filter(|_| head.version == Version::HTTP_2)
        {
            headers.insert(
                0,
                ("host".to_owned(), authority.as_str().as_bytes().to_vec()),
            );
        }
        Self {
            method: head.method.to_string(),
            path: head
                .uri
                .path_and_query()
                .map_or_else(String::new, ToString::to_string),
            headers,
            body: body.to_vec(),
            at: Instant::now(),
            version: format!("{:?}", head.version),
            sni,
        }
    }
}

/// The shared state.
#[derive(Default)]
pub struct State {
    record: bool,
    script: Mutex<String>,
    requests: Mutex<Vec<Recorded>>,
    uses: Mutex<HashMap<String, usize>>,
    replies: AtomicU64,
    busy: Arc<AtomicUsize>,
}

/// A request that is being answered: from its head to the end of the reply, or until the client has left.
pub struct Turn(Arc<AtomicUsize>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl State {
    /// State of a server that follows `script` and keeps what it hears if `record` says so.
    pub fn new(script: String, record: bool) -> Self {
        Self {
            record,
            script: Mutex::new(script),
            ..Self::default()
        }
    }

    /// Begins a request.
    pub fn turn(&self) -> Turn {
        self.busy.fetch_add(1, Ordering::AcqRel);
        Turn(Arc::clone(&self.busy))
    }

    /// The number of requests that are being answered.
    pub fn busy(&self) -> usize {
        self.busy.load(Ordering::Acquire)
    }

    /// Keeps the request that `recorded` makes.
    pub fn record(&self, recorded: impl FnOnce() -> Recorded) {
        if self.record {
            lock(&self.requests).push(recorded());
        }
    }

    /// What was heard so far.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.requests).clone()
    }

    /// Forgets what was heard, and how often each script was used.
    pub fn clear(&self) {
        lock(&self.requests).clear();
        lock(&self.uses).clear();
    }

    /// The script that every request follows.
    pub fn script(&self) -> String {
        lock(&self.script).clone()
    }

    /// Has every request from now on follow `script`.
    pub fn follow(&self, script: String) {
        *lock(&self.script) = script;
    }

    /// Counts a use of `script`, and says the how manyth it is.
    pub fn uses(&self, script: String) -> usize {
        let mut uses = lock(&self.uses);
        let count = uses.entry(script).or_default();
        *count = count.saturating_add(1);
        *count
    }

    /// The next reply's number, from 1.
    pub fn number(&self) -> u64 {
        self.replies
            .fetch_add(1, Ordering::AcqRel)
            .saturating_add(1)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
