//! Many at once, and much at once.

use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::stand::{Stand, house, run};
use crate::support::ask::Ask;
use crate::support::client::Wire;
use crate::support::numbered::numbered;

#[test]
fn a_hundred_at_once() {
    run(async {
        let gate: &'static Stand = house().await;
        let mut all = JoinSet::new();
        for nth in 0..100 {
            all.spawn(async move {
                let text = format!("I am number {nth}, write to n{nth}@example.com.");
                let stream = nth % 2 == 0;
                let model = match nth % 5 {
                    0 => "gpt-4o+echo+split=3/openai",
                    1 => "gpt-4o+echo+latency=50ms/local",
                    2 => "gpt-4o+status=429/anthropic,gpt-4o+echo+chunk=7/local",
                    3 => "gpt-4o+reset/local,claude+echo/anthropic",
                    _ => "gpt-4o+echo+split=1+tps=400/gemini",
                };
                let ask = Ask::with(
                    model,
                    json!({"messages": [{"role": "user", "content": text}], "stream": stream}),
                );
                let mut wire = if nth % 3 == 0 {
                    Wire::connect_two(gate.envoy.port()).await
                } else {
                    gate.connect().await
                };
                for _ in 0..3 {
                    let reply = wire.ask(&ask).await;
                    assert_eq!(
                        (reply.status, &reply.broken),
                        (200, &None),
                        "{nth}: {}",
                        reply.text()
                    );
                    let said = if stream {
                        reply.said()
                    } else {
                        reply.content()
                    };
                    assert_eq!(said, text, "{nth}");
                }
                for heard in gate.heard(&ask).await {
                    assert!(!heard.text().contains("@example.com"), "{}", heard.text());
                }
            });
        }
        timeout(Duration::from_secs(60), all.join_all())
            .await
            .expect("a hundred at once take a few seconds");
        gate.assert_well().await;
    });
}

#[test]
fn five_megabytes() {
    run(async {
        let gate = house().await;
        let words = "The quick brown fox jumps over the lazy dog. ".repeat(5_200_000 / 45);
        let data = format!(
            "data:image/png;base64,{}",
            "iVBORw0KGgo4AAAA".repeat(5_200_000 / 16)
        );
        let image = json!([{"type": "image_url", "image_url": {"url": data}}, {"type": "text", "text": "ada@example.com"}]);
        for (what, content, least) in [("words", json!(words), 500_000), ("an image", image, 10)] {
            let ask = Ask::with(
                "gpt-4o+status=503/bulk,other/bulk",
                json!({"messages": [{"role": "user", "content": content}], "stream": true}),
            );
            let reply = gate.ask(&ask).await;
            assert_eq!(
                (reply.status, &reply.broken),
                (200, &None),
                "{what}: {}",
                reply.text()
            );
            let counted: u64 = reply
                .header("x-tollgate-input-tokens")
                .unwrap()
                .parse()
                .unwrap();
            assert!(
                counted >= least && counted < least * 100,
                "{what}: {counted}"
            );
            let heard = gate.heard_by(&["bulk"], &ask).await;
            assert_eq!(heard.len(), 2, "{what}");
            for heard in heard {
                let sent = numbered(&heard.text()).replace("[EMAIL_1]", "ada@example.com");
                assert!(sent.contains(&content.to_string()), "{what}");
            }
            gate.assert_well().await;
        }
    });
}

#[test]
fn texts_that_are_hard_to_count() {
    run(async {
        let gate = house().await;
        for (what, text) in [
            ("spaces", " ".repeat(1_500_000)),
            ("line feeds", "\n".repeat(1_000_000)),
            ("one letter", "a".repeat(500_000)),
            ("digits and dashes", "4-1".repeat(200_000)),
            ("emoji", "😀".repeat(100_000)),
            ("brackets", "[EMAIL_".repeat(100_000)),
            ("at signs", "a@".repeat(200_000)),
        ] {
            let ask = Ask::say("gpt-4o/bulk", &text);
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{what}: {}", reply.text());
            let heard = gate.heard_by(&["bulk"], &ask).await;
            let sent = String::from_utf8(ask.body()).unwrap();
            assert!(heard[0].text() == sent.replace("/bulk", ""), "{what}");
        }
        gate.assert_well().await;
    });
}
