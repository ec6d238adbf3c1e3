//! A small stand-in for Envoy: header maps, buffers, filter state, and a router that retries.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use tollgate::attempt::Attempt;
use tollgate::gateway::Gateway;
use tollgate::host::{self, CallOut, Changed, Headers, Host, Message, Metric, MetricKind};
use tollgate::note;
use tollgate::runtime::Runtime;
use tollgate::stage::meters::Meters;
use tollgate::step::{Body, Edits, Head, HeaderEdit, LocalReply};
use tollgate::units::Moment;

/// The environment that configurations see.
fn environment(name: &str) -> Option<String> {
    name.strip_suffix("_KEY")
        .map(|name| format!("key-of-{}", name.to_lowercase()))
}

/// Compiles a configuration.
pub fn runtime(config: &str) -> Runtime {
    let loaded = tollgate::config::load(config.as_bytes(), &environment);
    let policy = loaded.unwrap_or_else(|faults| panic!("{faults:?}")).policy;
    Runtime::new(policy, Meters::default(), Moment::default())
}

/// Headers, a body, and for replies how the body comes and ends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exchange {
    pub headers: Vec<(String, String)>,
    pub chunks: Vec<Vec<u8>>,
    pub reset: bool,
    /// The body ends with trailers.
    pub trailers: bool,
}

impl Exchange {
    pub fn new(headers: &[(&str, &str)], body: &str) -> Self {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        let chunks = if body.is_empty() {
            vec![]
        } else {
            vec![body.as_bytes().to_vec()]
        };
        Self {
            headers: headers.collect(),
            chunks,
            reset: false,
            trailers: false,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn body(&self) -> String {
        String::from_utf8(self.chunks.concat()).unwrap()
    }

    pub fn status(&self) -> u16 {
        self.header(":status").unwrap().parse().unwrap()
    }

    fn edit(&mut self, edits: &[HeaderEdit]) {
        for edit in edits {
            let (HeaderEdit::Set(name, _) | HeaderEdit::Remove(name)) = edit;
            let place = self.headers.iter().position(|(key, _)| key == name);
            self.headers.retain(|(key, _)| key != name);
            if let HeaderEdit::Set(name, value) = edit {
                let value = String::from_utf8(value.clone()).unwrap();
                let place = place.unwrap_or(self.headers.len());
                self.headers.insert(place, (name.to_string(), value));
            }
        }
    }

    fn of_local(reply: &LocalReply) -> Self {
        let mut headers = vec![(":status".to_owned(), reply.status.to_string())];
        headers.extend(
            reply
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8(value.clone()).unwrap())),
        );
        Self {
            headers,
            chunks: vec![reply.body.clone()],
            reset: false,
            trailers: false,
        }
    }
}

/// What came of a request.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What each provider got, with the cluster that it went to.
    pub sent: Vec<(String, Exchange)>,
    pub reply: Exchange,
    pub log: serde_json::Value,
    pub metrics: BTreeMap<String, u64>,
}

/// What answers calls to services beside the providers.
pub type Service = Box<dyn FnMut(&CallOut) -> host::Answer>;

#[derive(Default)]
struct FakeHost {
    request: RefCell<Exchange>,
    reply: RefCell<Exchange>,
    buffer: RefCell<Vec<u8>>,
    states: RefCell<HashMap<String, Vec<u8>>>,
    names: RefCell<Vec<String>>,
    metrics: RefCell<BTreeMap<String, u64>>,
    clock: Cell<u64>,
    shared: RefCell<HashMap<String, (Vec<u8>, u32)>>,
    service: RefCell<Option<Service>>,
}

impl FakeHost {
    fn side(&self, message: Message) -> &RefCell<Exchange> {
        match message {
            Message::Request => &self.request,
            Message::Reply => &self.reply,
        }
    }

    fn apply(&self, message: Message, edits: &Edits) {
        for (name, value) in &edits.states {
            self.states
                .borrow_mut()
                .insert((*name).to_owned(), value.clone());
        }
        self.side(message).borrow_mut().edit(&edits.headers);
    }

    fn state(&self, name: &str) -> Option<String> {
        let value = self.states.borrow().get(name).cloned();
        value.map(|bytes| String::from_utf8(bytes).unwrap())
    }
}

impl Host for FakeHost {
    fn now(&self) -> Moment {
        self.clock.set(self.clock.get() + 1_000_000);
        Moment(self.clock.get())
    }
    fn random(&self) -> u64 {
        7
    }
    fn headers(&self, message: Message) -> Headers {
        let side = self.side(message).borrow();
        let pairs = side.headers.iter();
        pairs
            .map(|(key, value)| (key.as_str(), value.as_bytes()))
            .collect()
    }
    fn header(&self, message: Message, name: &str) -> Option<Vec<u8>> {
        self.side(message)
            .borrow()
            .header(name)
            .map(|value| value.as_bytes().to_vec())
    }
    fn body(&self, _: Message) -> Vec<u8> {
        self.buffer.borrow().clone()
    }
    fn property(&self, path: &[&str]) -> Option<Vec<u8>> {
        self.states.borrow().get(&path.join(".")).cloned()
    }
    fn tell(&self, name: &'static str, value: &[u8]) {
        let mut states = self.states.borrow_mut();
        states.insert(name.to_owned(), value.to_vec());
    }
    fn define(&self, _: MetricKind, name: &str) -> Metric {
        let mut names = self.names.borrow_mut();
        names.push(name.to_owned());
        Metric(u32::try_from(names.len() - 1).unwrap())
    }
    fn count(&self, metric: Metric, by: u64) {
        // A runtime that served another request before knows metrics of that one's host.
        let name = self
            .names
            .borrow()
            .get(usize::try_from(metric.0).unwrap())
            .cloned();
        let name = name.unwrap_or_else(|| "of another host".to_owned());
        *self.metrics.borrow_mut().entry(name).or_default() += by;
    }
    fn record(&self, metric: Metric, value: u64) {
        self.count(metric, value);
    }
    fn shared(&self, name: &str) -> Option<(Vec<u8>, u32)> {
        self.shared.borrow().get(name).cloned()
    }
    fn set_shared(&self, name: &str, value: &[u8], version: u32) -> Result<(), Changed> {
        let mut shared = self.shared.borrow_mut();
        // As Envoy has it: a value that is not there takes any version.
        let known = shared.get(name).map(|(_, version)| *version);
        if known.is_some_and(|known| version != 0 && version != known) {
            return Err(Changed);
        }
        let next = known.unwrap_or_default() + 1;
        shared.insert(name.to_owned(), (value.to_vec(), next));
        Ok(())
    }
}

/// What a provider does.
pub enum Answer {
    Reply(Exchange),
    Refuse,
}

/// Sends a request through both roles; `provider` answers each attempt.
pub fn run(
    runtime: &Runtime,
    request: Exchange,
    provider: impl FnMut(usize, &Exchange) -> Answer,
) -> Outcome {
    run_on(FakeHost::default(), runtime, request, provider)
}

/// The same, with attributes of the stream.
pub fn run_as(
    attributes: &[(&str, &[u8])],
    runtime: &Runtime,
    request: Exchange,
    provider: impl FnMut(usize, &Exchange) -> Answer,
) -> Outcome {
    let host = FakeHost::default();
    let own = attributes.iter();
    let own = own.map(|(path, value)| ((*path).to_owned(), value.to_vec()));
    host.states.borrow_mut().extend(own);
    run_on(host, runtime, request, provider)
}

/// The same, with a service beside the providers, at so many nanoseconds since 1970.
pub fn run_with(
    (service, now): (Service, u64),
    runtime: &Runtime,
    request: Exchange,
    provider: impl FnMut(usize, &Exchange) -> Answer,
) -> Outcome {
    let host = FakeHost::default();
    host.service.replace(Some(service));
    host.clock.set(now);
    run_on(host, runtime, request, provider)
}

fn run_on(
    host: FakeHost,
    runtime: &Runtime,
    request: Exchange,
    mut provider: impl FnMut(usize, &Exchange) -> Answer,
) -> Outcome {
    let mut gateway = Gateway::default();
    let mut out = Outcome::default();
    let original = request.chunks.concat();
    host.request.replace(request);
    let local = request_through(runtime, &mut gateway, &host, &original);
    match local {
        Some(reply) => out.reply = reply,
        None => route(runtime, &mut gateway, &host, &mut out, &mut provider),
    }
    let end = gateway.on_log(runtime, &host);
    host.apply(Message::Reply, &end.edits);
    if let Some(service) = host.service.borrow_mut().as_mut() {
        for call in &end.calls {
            service(call);
        }
    }
    let log = host.state(note::LOG).unwrap_or("null".into());
    out.log = serde_json::from_str(&log).unwrap();
    out.metrics = host.metrics.take();
    out
}

fn request_through(
    runtime: &Runtime,
    gateway: &mut Gateway,
    host: &FakeHost,
    body: &[u8],
) -> Option<Exchange> {
    host.buffer.replace(body.to_vec());
    let mut asked = None;
    match gateway.on_request_head(runtime, host, body.is_empty()) {
        Head::Answer(reply) => return Some(local_through(runtime, gateway, host, &reply)),
        Head::Continue(edits) => {
            host.apply(Message::Request, &edits);
            host.request.borrow_mut().chunks = vec![body.to_vec()];
            return None;
        }
        Head::Ask(call) => asked = Some(Body::Ask(call)),
        Head::Hold(edits) => host.apply(Message::Request, &edits),
    }
    let mut step =
        asked.unwrap_or_else(|| gateway.on_request_body(runtime, host, body.len(), true));
    while let Body::Ask(call) = &step {
        let answer = match host.service.borrow_mut().as_mut() {
            Some(service) => service(call),
            None => host::Answer::Nothing,
        };
        step = gateway.on_answer(runtime, host, answer);
    }
    match step {
        Body::Release(_, edits, new) => {
            host.apply(Message::Request, &edits);
            host.request.borrow_mut().chunks = vec![new.unwrap_or(body.to_vec())];
            None
        }
        Body::Answer(_, reply) => Some(local_through(runtime, gateway, host, &reply)),
        step => panic!("{step:?}"),
    }
}

/// A local reply comes back through the gateway's own reply callbacks.
fn local_through(
    runtime: &Runtime,
    gateway: &mut Gateway,
    host: &FakeHost,
    reply: &LocalReply,
) -> Exchange {
    host.reply.replace(Exchange::of_local(reply));
    match gateway.on_reply_head(runtime, host, false) {
        Head::Continue(edits) => host.apply(Message::Reply, &edits),
        step => panic!("{step:?}"),
    }
    assert_eq!(gateway.on_reply_body(runtime, host, true), Body::Pass);
    host.reply.take()
}

fn route(
    runtime: &Runtime,
    gateway: &mut Gateway,
    host: &FakeHost,
    out: &mut Outcome,
    provider: &mut dyn FnMut(usize, &Exchange) -> Answer,
) {
    let header = |name: &str| host.request.borrow().header(name).map(str::to_owned);
    let retries = header("x-envoy-max-retries").map_or(0, |text| text.parse().unwrap());
    host.request
        .borrow_mut()
        .headers
        .retain(|(name, _)| !name.starts_with("x-envoy-"));
    let body = host.request.borrow().chunks.concat();
    for attempt in 1..=retries + 1 {
        let cluster = host.state(note::CLUSTER).expect("a cluster");
        let mut states = host.states.borrow_mut();
        let number = u64::try_from(attempt).unwrap().to_le_bytes().to_vec();
        states.insert("upstream.request_attempt_count".into(), number);
        states.insert("xds.cluster_name".into(), cluster.clone().into_bytes());
        drop(states);
        host.request.borrow_mut().chunks = vec![body.clone()];
        let mut role = Attempt::default();
        attempt_request(runtime, &mut role, host);
        let request = host.request.borrow().clone();
        out.sent.push((cluster, request.clone()));
        let answer = provider(attempt - 1, &request);
        let details = if let Answer::Reply(_) = answer {
            "via_upstream"
        } else {
            "upstream_reset_before_response_started{remote_connection_failure}"
        };
        host.states
            .borrow_mut()
            .insert("response.code_details".into(), details.into());
        let reply = match answer {
            Answer::Reply(reply) => attempt_reply(runtime, &mut role, host, reply),
            Answer::Refuse => Exchange::new(
                &[(":status", "503"), ("content-type", "text/plain")],
                "refused",
            ),
        };
        role.on_done(runtime, host);
        let failed = reply.status() == 429 || reply.status() >= 500;
        if !failed || attempt == retries + 1 {
            out.reply = gateway_reply(runtime, gateway, host, reply);
            return;
        }
    }
}

fn attempt_request(runtime: &Runtime, role: &mut Attempt, host: &FakeHost) {
    let body = host.request.borrow().chunks.concat();
    match role.on_request_head(runtime, host, body.is_empty()) {
        Head::Continue(edits) => host.apply(Message::Request, &edits),
        Head::Hold(edits) => {
            host.apply(Message::Request, &edits);
            host.buffer.replace(body);
            let Body::Release(_, edits, new) = role.on_request_body(host, true) else {
                panic!("not released")
            };
            host.apply(Message::Request, &edits);
            host.request.borrow_mut().chunks = vec![new.unwrap()];
        }
        Head::Answer(_) | Head::Ask(_) => panic!("an attempt answers"),
    }
}

fn attempt_reply(
    runtime: &Runtime,
    role: &mut Attempt,
    host: &FakeHost,
    reply: Exchange,
) -> Exchange {
    through(host, reply, &mut |host, phase| match phase {
        Phase::Head(end) => Step::Head(role.on_reply_head(runtime, host, end)),
        Phase::Body(size, end) => Step::Body(role.on_reply_body(runtime, host, size, end)),
        Phase::Trailers => Step::Body(role.on_reply_trailers(runtime, host)),
    })
}

fn gateway_reply(
    runtime: &Runtime,
    gateway: &mut Gateway,
    host: &FakeHost,
    reply: Exchange,
) -> Exchange {
    through(host, reply, &mut |host, phase| match phase {
        Phase::Head(end) => Step::Head(gateway.on_reply_head(runtime, host, end)),
        Phase::Body(_, end) => Step::Body(gateway.on_reply_body(runtime, host, end)),
        Phase::Trailers => Step::Body(gateway.on_reply_trailers(runtime, host)),
    })
}

enum Phase {
    Head(bool),
    Body(usize, bool),
    Trailers,
}

enum Step {
    Head(Head),
    Body(Body),
}

/// A reply through one role: its head may be held while its body gathers.
fn through(
    host: &FakeHost,
    reply: Exchange,
    role: &mut dyn FnMut(&FakeHost, Phase) -> Step,
) -> Exchange {
    let (chunks, mut reset, trailers) = (reply.chunks, reply.reset, reply.trailers);
    let open = reset || trailers;
    host.reply.replace(Exchange {
        headers: reply.headers,
        ..Exchange::default()
    });
    let Step::Head(step) = role(host, Phase::Head(chunks.is_empty() && !open)) else {
        panic!()
    };
    let mut held = false;
    match step {
        Head::Continue(edits) => host.apply(Message::Reply, &edits),
        Head::Hold(edits) => {
            host.apply(Message::Reply, &edits);
            held = true;
        }
        Head::Answer(reply) => return Exchange::of_local(&reply),
        Head::Ask(_) => panic!("a reply asks"),
    }
    let mut passed: Vec<Vec<u8>> = Vec::new();
    let mut gathered = Vec::new();
    let count = chunks.len();
    for (nth, chunk) in chunks.into_iter().enumerate() {
        gathered.extend(chunk);
        host.buffer.replace(gathered.clone());
        let size = gathered.len();
        let Step::Body(step) = role(host, Phase::Body(size, nth + 1 == count && !open)) else {
            panic!()
        };
        match step {
            Body::Hold => continue,
            Body::Pass => passed.push(std::mem::take(&mut gathered)),
            Body::Replace(bytes) => {
                gathered.clear();
                passed.push(bytes);
            }
            Body::Release(_, edits, bytes) => {
                assert!(std::mem::take(&mut held), "released twice");
                host.apply(Message::Reply, &edits);
                let own = std::mem::take(&mut gathered);
                passed.push(bytes.unwrap_or(own));
            }
            Body::Cut | Body::Answer(..) | Body::Ask(_) => panic!("a reply is answered"),
        }
    }
    if trailers {
        host.buffer.replace(gathered.clone());
        match role(host, Phase::Trailers) {
            Step::Body(Body::Pass) => passed.push(gathered),
            Step::Body(Body::Release(_, edits, bytes)) => {
                host.apply(Message::Reply, &edits);
                passed.push(bytes.unwrap_or(gathered));
            }
            Step::Body(Body::Cut) => reset = true,
            _ => panic!("trailers wait"),
        }
    }
    passed.retain(|chunk| !chunk.is_empty());
    Exchange {
        headers: host.reply.take().headers,
        chunks: passed,
        reset,
        trailers,
    }
}
