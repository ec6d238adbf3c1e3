//! `:countTokens`.

use super::super::{count_tokens_reply, read_count_tokens};

#[test]
fn both_forms_are_read() {
    let rows = [
        (r#"{"contents":[{"parts":[{"text":"hi"}]}]}"#, "contents[0]"),
        (
            r#"{"generateContentRequest":{"model":"models/m","contents":[{"parts":[{"text":"hi"}]}]}}"#,
            "generateContentRequest.contents[0]",
        ),
        (
            r#"{"generate_content_request":{"contents":[{"parts":[{"text":"hi"}]}]}}"#,
            "generate_content_request.contents[0]",
        ),
    ];
    for (text, at) in rows {
        let request = read_count_tokens(text, "m").unwrap();
        assert_eq!(request.turns[0].at, at);
        assert_eq!((request.model.as_str(), request.stream), ("m", false));
    }
    assert!(read_count_tokens("[]", "m").is_err());
}

#[test]
fn the_reply_is_a_number() {
    assert_eq!(count_tokens_reply(31), br#"{"totalTokens":31}"#);
}
