//! The provider behind the proxies: reads a request, sends bytes made beforehand, as cheaply as possible.
//!
//! A stream's parts go in lockstep with the client: the next one is written when the client has had the one before,
//! so that every part passes the proxy alone and as fast as the proxy can.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::reply::{KINDS, Kind, Reply, reply};
use super::wire::Inbox;

/// How many clients can be in lockstep.
const LANES: usize = 512;

/// How long a part waits for the client to have had the one before: a proxy may hold one back.
const PATIENCE: Duration = Duration::from_millis(20);

/// A running provider, and its side of the lockstep.
pub struct Provider {
    port: u16,
    lanes: Arc<Vec<Notify>>,
    stalls: Arc<AtomicU64>,
}

struct Shared {
    replies: Vec<(Kind, Reply)>,
    lanes: Arc<Vec<Notify>>,
    stalls: Arc<AtomicU64>,
}

impl Provider {
    /// Starts one on this runtime.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let lanes: Arc<Vec<Notify>> = Arc::new((0..LANES).map(|_| Notify::new()).collect());
        let stalls = Arc::new(AtomicU64::new(0));
        let shared = Arc::new(Shared {
            replies: KINDS.iter().map(|kind| (*kind, reply(*kind))).collect(),
            lanes: Arc::clone(&lanes),
            stalls: Arc::clone(&stalls),
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move { serve(stream, &shared).await });
            }
        });
        Ok(Self {
            port,
            lanes,
            stalls,
        })
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The lanes by which clients say that they had a part.
    pub fn lanes(&self) -> Arc<Vec<Notify>> {
        Arc::clone(&self.lanes)
    }

    /// How many parts were sent without the client having had the one before.
    pub fn stalls(&self) -> u64 {
        self.stalls.load(Ordering::Relaxed)
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut inbox = Inbox::default();
    loop {
        let head = inbox.head(&mut stream).await?;
        inbox.body(&mut stream, head.framing, |_| {}).await?;
        let found = shared
            .replies
            .iter()
            .find(|(kind, _)| kind.number() == head.reply);
        let Some((_, reply)) = found else {
            return Ok(());
        };
        let lane = &shared.lanes[head.lane % LANES];
        for (nth, part) in reply.writes.iter().enumerate() {
            if nth > 0
                && tokio::time::timeout(PATIENCE, lane.notified())
                    .await
                    .is_err()
            {
                shared.stalls.fetch_add(1, Ordering::Relaxed);
            }
            stream.write_all(part).await?;
        }
    }
}
