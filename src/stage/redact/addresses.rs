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

#[test]
fn words_where_others_have_data_are_looked_at() {
    let wav = STANDARD.encode([0x52_u8; 90]);
    let parts = [
        (
            json!({"type": "file", "file": {"filename": "a.txt", "file_data": "Write to anna@corp-mail.io today."}}),
            1,
        ),
        (
            json!({"type": "input_audio", "input_audio": {"format": "wav", "data": "It is anna@corp-mail.io."}}),
            1,
        ),
        (
            json!({"type": "input_audio", "input_audio": {"format": "wav", "data": wav}}),
            0,
        ),
        (
            json!({"type": "file", "file": {"filename": "a.pdf", "file_data": format!("data:application/pdf;base64,{wav}")}}),
            0,
        ),
    ];
    for (part, found) in parts {
        let body = json!({"messages": [{"role": "user", "content": [part]}]}).to_string();
        let rules = policy(&Action::Mask, Mode::Enforce);
        let (left, redacted) = sent(Dialect::OpenAiChat, &body, &rules);
        assert_eq!(redacted.findings.0.values().sum::<u64>(), found, "{left}");
        assert!(!left.contains("anna"), "{left}");
        assert_eq!(left == body, found == 0, "{left}");
    }
}
