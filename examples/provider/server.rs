//! A scripted provider: a server that does what a request tells it to do, in the wire formats of the real ones.
//!
//! It speaks HTTP/1.1 and HTTP/2 on one port, in the clear or with TLS. The path says the dialect (`doors.rs`):
//! OpenAI's chat completions, completions, embeddings and Responses, the same at Azure's paths of deployments,
//! Anthropic's Messages, Google's generateContent at the Gemini API and at Vertex, Bedrock's Converse, Cohere's chat.
//! Each checks a request as strictly as its provider does, and answers in JSON or as a stream. `GET …/models` lists
//! some models; `…/echo` gives back the body. It shares no code with the gateway, so that no mistake is made twice.
//!
//! Switches make it slow, wrong or broken; [`SWITCHES`] lists them. They come in the model's name, in the body or in
//! the path (`gpt-4o+status=429+retry_after=7`), in the header `x-provider-script: status=429,latency=100ms`, or with
//! [`Server::follow`] for all requests. A request that is wrong is refused whatever they say.
//!
//! The folder's program and tests elsewhere include this file with `#[path = "…/server.rs"] mod …;`, in which case
//! the modules below are looked for right beside it.
#![allow(
    dead_code,
    unused_imports,
    reason = "no one of those who include this uses all of it"
)]
#![allow(
    clippy::indexing_slicing,
    reason = "JSON is indexed by name, and is null where there is nothing; slices are not indexed"
)]

mod answer;
mod anthropic;
mod ask;
mod bedrock;
mod call;
mod chat;
mod cohere;
mod cohere_shapes;
mod completion;
mod doors;
mod embeddings;
mod events;
mod fault;
mod frames;
mod gemini;
mod legacy;
mod plan;
mod reply;
mod responses;
mod route;
mod schema;
mod script;
mod seal;
mod service;
mod shape;
mod socket;
mod state;
mod switches;
#[cfg(test)]
mod tests;
mod tls;
mod tongue;
mod wire;
mod wish;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use script::Script;
use service::{Link, serve};
use socket::{Fuse, Socket};
use state::State;

pub use state::Recorded;
pub use switches::{SWITCHES, table};
pub use tls::tls;

/// How to start a server.
pub struct Options {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// With this it speaks TLS only; see [`tls`].
    pub tls: Option<Arc<ServerConfig>>,
    /// Keep every request for [`Server::requests`].
    pub record: bool,
    /// Switches for all requests, parted by commas.
    pub script: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            tls: None,
            record: true,
            script: String::new(),
        }
    }
}

/// A running server. Dropping it has it stopped soon, [`Server::stop`] waits for that.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
    /// The server ends when this is dropped.
    running: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Starts a server on the present tokio runtime.
///
/// # Errors
/// When the port is taken, or the script has a switch that does not exist.
pub async fn start(options: Options) -> io::Result<Server> {
    checked(&options.script)?;
    let listener = TcpListener::bind((options.address, options.port)).await?;
    let address = listener.local_addr()?;
    let state = Arc::new(State::new(options.script, options.record));
    let (running, stopped) = oneshot::channel();
    let tls = options.tls.map(TlsAcceptor::from);
    let task = tokio::spawn(listen(listener, tls, Arc::clone(&state), stopped));
    Ok(Server {
        address,
        state,
        running,
        task,
    })
}

impl Server {
    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests heard so far, in the order in which their bodies were complete.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.requests()
    }

    /// Forgets the requests, and lets `times=N` count from the start.
    pub fn clear(&self) {
        self.state.clear();
    }

    /// The number of requests that are being answered. A client that leaves ends its request.
    pub fn busy(&self) -> usize {
        self.state.busy()
    }

    /// Has all requests from now on follow `script` (switches parted by commas), besides their own.
    ///
    /// # Errors
    /// When it has a switch that does not exist; then nothing changes.
    pub fn follow(&self, script: &str) -> io::Result<()> {
        checked(script)?;
        self.state.follow(script.to_owned());
        Ok(())
    }

    /// Stops: the port is free and every connection closed when this returns.
    pub async fn stop(self) {
        drop(self.running);
        // It cannot have panicked, and if it was cancelled it has ended too.
        let _ = self.task.await;
    }
}

fn checked(script: &str) -> io::Result<()> {
    Script::default()
        .read(script, ',')
        .map_err(|why| io::Error::new(io::ErrorKind::InvalidInput, why))
}

async fn listen(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    state: Arc<State>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, tls.clone(), Arc::clone(&state)));
                }
                // Out of file descriptors, most likely: some will come back.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, state: Arc<State>) {
    // Without it the kernel would hold small events back.
    let _ = stream.set_nodelay(true);
    let fuse = Fuse::default();
    let socket = Socket::new(stream, fuse.clone());
    let mut link = Link {
        state,
        fuse,
        sni: None,
    };
    match tls {
        None => requests(socket, link).await,
        Some(tls) => {
            let Ok(stream) = tls.accept(socket).await else {
                return;
            };
            let (_, session) = stream.get_ref();
            link.sni = session.server_name().map(str::to_owned);
            requests(stream, link).await;
        }
    }
}

async fn requests<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, link: Link) {
    let mut protocol = auto::Builder::new(TokioExecutor::new());
    protocol
        .http2()
        .initial_stream_window_size(4 << 20)
        .initial_connection_window_size(32 << 20);
    let service = service_fn(move |request| serve(request, link.clone()));
    // A connection that breaks, as by a reset, has had its effect.
    let _ = protocol
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
