//! `:countTokens`.

use super::super::count_tokens_reply;

#[test]
fn the_reply_is_a_number() {
    assert_eq!(count_tokens_reply(31), br#"{"totalTokens":31}"#);
}
