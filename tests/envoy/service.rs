//! A small HTTP service beside the providers, for what Envoy or Tollgate asks one.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A path, and what is said to it: a status, headers, a body.
type Answers = dyn Fn(&str) -> (u16, String, String) + Send + Sync;

/// A running service. It stops with the tests.
pub struct Service {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Starts one that answers like this. Headers are whole lines.
    pub async fn start(
        answers: impl Fn(&str) -> (u16, String, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (heard, answers) = (
            Arc::clone(&asked),
            Arc::<Box<Answers>>::new(Box::new(answers)),
        );
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&heard), Arc::clone(&answers)));
            }
        });
        Self { port, asked }
    }

    /// The heads of what it was asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Requests one behind the other, with bodies of a declared length.
async fn serve(mut stream: TcpStream, heard: Arc<Mutex<Vec<String>>>, answers: Arc<Box<Answers>>) {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, _)) = text.split_once("\r\n\r\n") else {
            match stream.read_buf(&mut read).await {
                Ok(1..) => continue,
                _ => return,
            }
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let own = name.eq_ignore_ascii_case("content-length");
            own.then(|| value.parse::<usize>().ok())?
        });
        let end = head.len() + 4 + length.unwrap_or_default();
        if read.len() < end {
            match stream.read_buf(&mut read).await {
                Ok(1..) => continue,
                _ => return,
            }
        }
        let whole: Vec<u8> = read.drain(..end).collect();
        let whole = String::from_utf8_lossy(&whole).into_owned();
        heard.lock().unwrap().push(whole.trim_end().to_owned());
        let path = head.split(' ').nth(1).unwrap_or_default();
        let (status, headers, body) = answers(path);
        let length = body.len();
        let reply =
            format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}");
        if stream.write_all(reply.as_bytes()).await.is_err() {
            return;
        }
    }
}
