//! The load generator: connections that ask again and again, or at the times of a plan.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::{Buf, Bytes};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::reply::Kind;
use super::wire::{Framing, Inbox};

/// What is asked, and where.
#[derive(Clone)]
pub struct Job {
    /// The port of a proxy, or of the provider itself.
    pub port: u16,
    /// The bodies, in turn.
    pub bodies: Arc<Vec<Bytes>>,
    /// The reply that is asked for.
    pub reply: Kind,
    /// Connections.
    pub connections: usize,
    /// The provider's lanes.
    pub lanes: Arc<Vec<Notify>>,
}

/// What came of it.
#[derive(Default)]
pub struct Sample {
    /// Requests that were answered in the time; one that began or ended outside counts by its part inside.
    pub count: f64,
    /// Requests that were answered at all, before the time and after it too.
    pub all: usize,
    /// The time.
    pub time: Duration,
    /// Nanoseconds from when each was due to when its reply was complete, sorted.
    pub latencies: Vec<u64>,
    /// Replies with another status than 200, and broken connections.
    pub bad: usize,
}

impl Sample {
    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.count / self.time.as_secs_f64()
    }

    /// The latency that this share of the requests stayed under, in microseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.latencies
            .get(at)
            .map_or(f64::NAN, |nanos| *nanos as f64 / 1e3)
    }

    fn join(&mut self, other: Sample) {
        self.count += other.count;
        self.all += other.all;
        self.bad += other.bad;
        self.latencies.extend(other.latencies);
    }
}

/// A client's connection.
pub struct Client {
    stream: TcpStream,
    inbox: Inbox,
    lane: usize,
}

impl Client {
    /// Connects; `lane` is its own.
    pub async fn connect(port: u16, lane: usize) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            inbox: Inbox::default(),
            lane,
        })
    }

    /// Sends a request and passes over its reply; the status.
    pub async fn ask(&mut self, body: &Bytes, reply: Kind, heard: &Notify) -> io::Result<u16> {
        let framing = self.send(body, reply).await?;
        let paced = matches!(reply, Kind::Stream(_));
        let part = |_: &[u8]| {
            if paced {
                heard.notify_one()
            }
        };
        self.inbox.body(&mut self.stream, framing.1, part).await?;
        Ok(framing.0)
    }

    /// Sends a request and reads the reply's head.
    pub async fn send(&mut self, body: &Bytes, reply: Kind) -> io::Result<(u16, Framing)> {
        let head = head(body.len(), reply, self.lane);
        self.stream
            .write_all_buf(&mut head.chain(body.clone()))
            .await?;
        let head = self.inbox.head(&mut self.stream).await?;
        Ok((head.status, head.framing))
    }

    /// A reply's whole bytes: to see that all is right before it is measured.
    pub async fn read(&mut self, framing: Framing, heard: &Notify) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let part = |bytes: &[u8]| {
            text.extend_from_slice(bytes);
            heard.notify_one();
        };
        self.inbox.body(&mut self.stream, framing, part).await?;
        Ok(text)
    }
}

/// A head as the OpenAI SDK for Python sends it.
fn head(length: usize, reply: Kind, lane: usize) -> Bytes {
    Bytes::from(format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway.test\r\naccept: application/json\r\n\
         accept-encoding: gzip, deflate\r\nauthorization: Bearer bench-key\r\ncontent-type: application/json\r\n\
         user-agent: OpenAI/Python 1.99.0\r\nx-stainless-arch: x64\r\nx-stainless-async: false\r\n\
         x-stainless-lang: python\r\nx-stainless-os: Linux\r\nx-stainless-package-version: 1.99.0\r\n\
         x-stainless-retry-count: 0\r\nx-stainless-runtime: CPython\r\nx-stainless-runtime-version: 3.12.3\r\n\
         x-bench-reply: {}\r\nx-bench-lane: {lane}\r\ncontent-length: {length}\r\n\r\n",
        reply.number()
    ))
}

/// Every connection asks as soon as its reply has come. What comes before `warm` is over is not counted.
pub async fn closed(job: &Job, warm: Duration, time: Duration) -> Sample {
    let start = Instant::now() + warm;
    let next = Arc::new(AtomicUsize::new(0));
    let turn =
        move |_: usize| async move { Some(Instant::now()).filter(|now| *now < start + time) };
    run(job, next, start, time, turn).await
}

/// Requests are due at a fixed rate, whether or not replies have come; latency counts from then.
pub async fn open(job: &Job, rate: f64, warm: Duration, time: Duration) -> Sample {
    let begin = Instant::now() + Duration::from_millis(5);
    let start = begin + warm;
    let next = Arc::new(AtomicUsize::new(0));
    let turn = move |nth: usize| async move {
        let due = begin + Duration::from_secs_f64(nth as f64 / rate);
        if due >= start + time {
            return None;
        }
        reach(due).await;
        Some(due)
    };
    run(job, next, start, time, turn).await
}

/// How much of a request lies in the time that counts.
fn share(request: Range<Instant>, time: Range<Instant>) -> f64 {
    let inside = request
        .end
        .min(time.end)
        .saturating_duration_since(request.start.max(time.start));
    inside.as_secs_f64() / (request.end - request.start).as_secs_f64().max(1e-9)
}

/// Sleeps, then turns around without sleeping: timers are too coarse.
async fn reach(due: Instant) {
    const COARSE: Duration = Duration::from_millis(3);
    if let Some(long) = due.checked_duration_since(Instant::now() + COARSE) {
        tokio::time::sleep(long).await;
    }
    while Instant::now() < due {
        tokio::task::yield_now().await;
    }
}

async fn run<T, F>(
    job: &Job,
    next: Arc<AtomicUsize>,
    start: Instant,
    time: Duration,
    turn: T,
) -> Sample
where
    T: Fn(usize) -> F + Clone + Send + 'static,
    F: Future<Output = Option<Instant>> + Send,
{
    let mut tasks = Vec::new();
    for lane in 0..job.connections {
        let (job, next, turn) = (job.clone(), Arc::clone(&next), turn.clone());
        tasks.push(tokio::spawn(async move {
            let mut sample = Sample::default();
            let mut client = Client::connect(job.port, lane).await.ok();
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let Some(due) = turn(nth).await else { break };
                let body = &job.bodies[nth % job.bodies.len()];
                let status = match &mut client {
                    Some(client) => client.ask(body, job.reply, &job.lanes[lane]).await.ok(),
                    None => None,
                };
                let done = Instant::now();
                if status != Some(200) {
                    sample.bad += 1;
                    client = Client::connect(job.port, lane).await.ok();
                    continue;
                }
                sample.all += 1;
                sample.count += share(due..done, start..start + time);
                if due >= start {
                    sample
                        .latencies
                        .push(u64::try_from((done - due).as_nanos()).unwrap());
                }
            }
            sample
        }));
    }
    let mut all = Sample {
        time,
        ..Sample::default()
    };
    for task in tasks {
        all.join(task.await.unwrap());
    }
    all.latencies.sort_unstable();
    all
}
