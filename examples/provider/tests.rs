//! The server over real connections.

mod dialects;

use std::io::ErrorKind;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use super::*;

const SOON: Duration = Duration::from_secs(10);

fn body(model: &str, more: &str) -> String {
    format!(r#"{{"model":"{model}","messages":[{{"role":"user","content":"hello"}}]{more}}}"#)
}

async fn connected(server: &Server, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = "POST /v1/chat/completions?a=b HTTP/1.1\r\nhost: provider\r\nconnection: close\r\nX-A: \u{ff}\r\n";
    let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Everything that came, and how it ended.
async fn reply(server: &Server, body: &str) -> (String, io::Result<usize>) {
    let mut stream = connected(server, body).await;
    let mut bytes = Vec::new();
    let end = timeout(SOON, stream.read_to_end(&mut bytes)).await.unwrap();
    (String::from_utf8_lossy(&bytes).into_owned(), end)
}

#[tokio::test]
async fn requests_are_answered_and_recorded() {
    let server = start(Options::default()).await.unwrap();
    let body = body("m", r#","temperature":0"#);
    let (reply, end) = reply(&server, &body).await;
    assert!(
        end.is_ok() && reply.starts_with("HTTP/1.1 200 OK\r\n"),
        "{reply}"
    );
    assert!(
        reply.contains("Hello from the scripted provider, answering as m."),
        "{reply}"
    );
    let requests = server.requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/v1/chat/completions?a=b")
    );
    assert_eq!(request.header("host"), Some("provider"));
    assert!(
        request
            .headers
            .contains(&("x-a".to_owned(), "\u{ff}".as_bytes().to_vec()))
    );
    assert_eq!(request.body, body.as_bytes());
    server.clear();
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_script_can_hold_for_some_requests_and_for_all() {
    let server = start(Options::default()).await.unwrap();
    let status = async |model: &str| {
        reply(&server, &body(model, ""))
            .await
            .0
            .get(9..12)
            .map(str::to_owned)
            .unwrap()
    };
    assert_eq!(status("a+status=500+times=1").await, "500");
    assert_eq!(status("a+status=500+times=1").await, "200");
    server.follow("status=429,retry_after=7").unwrap();
    assert_eq!(status("a").await, "429");
    assert_eq!(status("a+status=503").await, "503");
    assert!(server.follow("statsu=1").is_err());
    server.follow("").unwrap();
    assert_eq!(status("a").await, "200");
}

#[tokio::test]
async fn connections_end_as_the_script_says() {
    let server = start(Options::default()).await.unwrap();
    let stream = r#","stream":true"#;
    for (model, more, part, reset) in [
        ("m+reset", "", "", true),
        ("m+reset_after=20", "", "\r\n\r\n{\"id\":", true),
        ("m+reset_after=1", stream, "\"role\":", true),
        ("m+end_after=1", stream, "\r\n0\r\n\r\n", false),
        ("m+end_after=20", "", "\r\n0\r\n\r\n", false),
        ("m+empty", stream, "\r\n0\r\n\r\n", false),
        ("m+error_first", stream, "data: {\"error\":", false),
        ("m+html=502", "", "502 Bad Gateway\r\n", false),
    ] {
        let (reply, end) = reply(&server, &body(model, more)).await;
        assert!(reply.contains(part), "{model}: {reply}");
        assert_eq!(part.is_empty(), reply.is_empty(), "{model}: {reply}");
        assert_eq!(
            end.is_err_and(|fault| fault.kind() == ErrorKind::ConnectionReset),
            reset,
            "{model}"
        );
        assert!(!reply.contains("[DONE]"), "{model}: {reply}");
    }
}

#[tokio::test]
async fn a_client_that_leaves_ends_its_request() {
    let server = start(Options::default()).await.unwrap();
    let mut stalled = connected(&server, &body("m+stall_after=1", r#","stream":true"#)).await;
    let waiting = connected(&server, &body("m+latency=1m", "")).await;
    stalled.read_u8().await.unwrap();
    let reached = async |count: usize| {
        while server.busy() != count {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(SOON, reached(2)).await.unwrap();
    drop((stalled, waiting));
    timeout(SOON, reached(0)).await.unwrap();
}

#[tokio::test]
async fn stopping_frees_the_port() {
    let server = start(Options::default()).await.unwrap();
    let port = server.port();
    let taken = start(Options {
        port,
        ..Options::default()
    })
    .await;
    assert!(taken.is_err_and(|fault| fault.kind() == ErrorKind::AddrInUse));
    let mut open = connected(&server, &body("m+latency=1m", "")).await;
    server.stop().await;
    assert_eq!(open.read(&mut [0; 1]).await.unwrap_or(0), 0);
    let again = start(Options {
        port,
        ..Options::default()
    })
    .await
    .unwrap();
    assert_eq!(again.port(), port);
}

#[tokio::test]
async fn http2_resets_the_stream_and_keeps_the_connection() {
    let server = start(Options::default()).await.unwrap();
    let client = Client::builder(TokioExecutor::new())
        .http2_only(true)
        .build_http::<Full<Bytes>>();
    let ask = async |model: &str| {
        let uri = format!("http://{}/v1/chat/completions", server.address());
        let body = Full::new(Bytes::from(body(model, "")));
        let reply = client
            .request(hyper::Request::post(uri).body(body).unwrap())
            .await
            .ok()?;
        reply
            .into_body()
            .collect()
            .await
            .ok()
            .map(|body| body.to_bytes().len())
    };
    assert!(ask("m").await.is_some());
    assert!(ask("m+reset").await.is_none());
    assert!(ask("m+reset_after=9").await.is_none());
    assert!(ask("m+chunk=7").await.is_some());
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.version == "HTTP/2.0" && request.header("host").is_some())
    );
}

#[tokio::test]
async fn large_bodies_are_taken() {
    let server = start(Options::default()).await.unwrap();
    let body = body("m", &format!(r#","metadata":"{}""#, "x".repeat(16 << 20)));
    let (reply, _) = reply(&server, &body).await;
    assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
}
