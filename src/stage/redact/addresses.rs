//! Addresses that hold their data themselves.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::Findings;
use super::tests::{policy, sent};
use crate::dialect::Dialect;
use crate::policy::{Action, Mode};

#[test]
fn addresses_that_hold_their_text_are_looked_at() {
    let data = STANDARD.encode("Write to anna@corp-mail.io today.");
    for (url, done) in [
        (format!("data:text/plain;base64,{data}"), "masked"),
        ("data:text/plain,anna@corp-mail.io".to_owned(), "left"),
    ] {
        let part = |part| json!({"messages": [{"role": "user", "content": [part]}], "prompt_cache_key": "anna@corp-mail.io"});
        let chat = part(json!({"type": "image_url", "image_url": {"url": url}}));
        let claude = part(json!({"type": "image", "source": {"type": "url", "url": url}}));
        for (dialect, body) in [(Dialect::OpenAiChat, chat), (Dialect::Anthropic, claude)] {
            let rules = policy(&Action::Mask, Mode::Enforce);
            let (left, redacted) = sent(dialect, &body.to_string(), &rules);
            // The key of the cache is the second one.
            let mut wanted = Findings::default();
            wanted.add("email", done);
            wanted.add("email", "masked");
            assert_eq!(redacted.findings, wanted, "{left}");
            assert!(!left.contains(&data), "{left}");
        }
    }
}
