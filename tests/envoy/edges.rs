//! Clients that are unusual but right, or that leave early, and replies that are large.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::stand::{house, run};
use crate::support::SOON;
use crate::support::ask::{Ask, mark};

const BODY: &str = r#"{"model":"gpt-4o/local","messages":[{"role":"user","content":"hi"}]}"#;

fn head(more: &str) -> String {
    format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway.test\r\ncontent-type: application/json\r\n{more}\r\n"
    )
}

/// Reads until this text has come so many times.
async fn until(stream: &mut TcpStream, text: &str, times: usize) -> String {
    let mut said = String::new();
    let mut buffer = [0; 4096];
    while said.matches(text).count() < times {
        let count = timeout(SOON, stream.read(&mut buffer)).await;
        let count = count
            .unwrap_or_else(|_| panic!("{text:?} did not come, but {said}"))
            .unwrap();
        assert!(count > 0, "{text:?} did not come, but {said}");
        said.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    said
}

#[test]
fn a_client_may_wait_for_a_continue() {
    run(async {
        let gate = house().await;
        let mut stream = TcpStream::connect(("127.0.0.1", gate.envoy.port()))
            .await
            .unwrap();
        let head = head(&format!(
            "expect: 100-continue\r\ncontent-length: {}\r\n",
            BODY.len()
        ));
        stream.write_all(head.as_bytes()).await.unwrap();
        until(&mut stream, "100 Continue", 1).await;
        stream.write_all(BODY.as_bytes()).await.unwrap();
        let said = until(&mut stream, "How can I help", 1).await;
        assert!(
            said.starts_with("HTTP/1.1 200") && said.contains("x-tollgate-provider: local"),
            "{said}"
        );
    });
}

#[test]
fn requests_may_come_all_at_once() {
    run(async {
        let gate = house().await;
        let mut stream = TcpStream::connect(("127.0.0.1", gate.envoy.port()))
            .await
            .unwrap();
        let good = format!(
            "{}{BODY}",
            head(&format!("content-length: {}\r\n", BODY.len()))
        );
        let bad = format!("{}{{", head("content-length: 1\r\n"));
        let chunked = format!(
            "{}{:x}\r\n{BODY}\r\n0\r\n\r\n",
            head("transfer-encoding: chunked\r\n"),
            BODY.len()
        );
        let all = [good.as_str(), &bad, &chunked, &good, &bad, &good].concat();
        stream.write_all(all.as_bytes()).await.unwrap();
        let said = until(&mut stream, "How can I help", 4).await;
        assert_eq!(
            said.matches("x-tollgate-refusal: invalid_json").count(),
            2,
            "{said}"
        );
        gate.assert_well().await;
    });
}

#[test]
fn a_client_may_leave_before_all_is_sent() {
    run(async {
        let gate = house().await;
        for (more, sent) in [
            ("content-length: 5000\r\n", &BODY[..30]),
            ("content-length: 5000\r\n", ""),
            (
                "transfer-encoding: chunked\r\n",
                "14\r\n{\"model\":\"gpt-4o/loc",
            ),
            (
                "transfer-encoding: chunked\r\n",
                "14\r\n{\"model\":\"gpt-4o/local\"\r\n",
            ),
        ] {
            let mark = mark();
            let more = format!("{more}x-tollgate-tag-test: {mark}\r\n");
            let mut stream = TcpStream::connect(("127.0.0.1", gate.envoy.port()))
                .await
                .unwrap();
            stream
                .write_all(format!("{}{sent}", head(&more)).as_bytes())
                .await
                .unwrap();
            drop(stream);
            let line = gate
                .line(&Ask {
                    mark,
                    ..Ask::get("/")
                })
                .await;
            assert_eq!(line.tollgate["provider"], json!(null), "{line:?}");
        }
        gate.assert_well().await;
    });
}

#[test]
fn large_replies() {
    run(async {
        let gate = house().await;
        let text = format!(
            "ada@example.com {}",
            "All work and no play. ".repeat(100_000)
        );
        for (stream, switches) in [
            (false, "echo"),
            (true, "echo+burst+split=1000"),
            (false, "echo+no_length"),
        ] {
            let messages = json!([{"role": "user", "content": text}]);
            let ask = Ask::with(
                &format!("gpt-4o+{switches}/bulk"),
                json!({"messages": messages, "stream": stream}),
            );
            let reply = gate.ask(&ask).await;
            assert_eq!((reply.status, &reply.broken), (200, &None), "{switches}");
            let said = if stream {
                reply.said()
            } else {
                reply.content()
            };
            assert!(said == text, "{switches}");
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_reply_above_envoys_buffers_is_an_error_and_no_hang() {
    run(async {
        let gate = house().await;
        let messages =
            json!([{"role": "user", "content": "All work and no play. ".repeat(200_000)}]);
        let ask = Ask::with("gpt-4o+echo/bulk", json!({"messages": messages, "n": 5}));
        if let Ok(reply) = gate.connect().await.try_ask(&ask).await {
            let whole = reply.status == 200 && reply.broken.is_none();
            println!(
                "{} {:?} {}",
                reply.status,
                reply.broken,
                reply.text().chars().take(300).collect::<String>()
            );
            assert!(
                !whole
                    || reply.json()["choices"]
                        .as_array()
                        .is_some_and(|list| list.len() == 5)
            );
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_body_as_large_as_is_allowed() {
    run(async {
        let gate = house().await;
        for (size, status) in [(6 << 20, 200), ((6 << 20) + 1, 413)] {
            let padding = " ".repeat(size - BODY.len() + "/local".len() - "/bulk".len());
            let ask = Ask::raw(format!("{}{padding}", BODY.replace("/local", "/bulk")));
            assert_eq!(ask.body().len(), size);
            let reply = gate.ask(&ask.chunked(1 << 18)).await;
            assert_eq!(reply.status, status, "{}", reply.text());
        }
        gate.assert_well().await;
    });
}
