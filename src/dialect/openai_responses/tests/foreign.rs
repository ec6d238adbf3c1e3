//! Other providers' proofs in reasoning items.

use super::super::foreign::{Sealed, is_own, take_out};
use crate::json::apply;

#[test]
fn what_is_packed_comes_back() {
    let rows = [
        (Sealed::Own("gAAAAABo".into()), "gAAAAABo"),
        (Sealed::Plain, "tollgate:1:plain"),
        (Sealed::Signed("a:b=".into()), "tollgate:1:signed:a:b="),
        (Sealed::Foreign("Eo8C".into()), "tollgate:1:sealed:Eo8C"),
        (
            Sealed::Call {
                id: "ca:ll_é".into(),
                signature: "s:1".into(),
            },
            "tollgate:1:call:8:ca:ll_és:1",
        ),
    ];
    for (sealed, text) in rows {
        assert_eq!(sealed.write(), text);
        assert_eq!(Sealed::read(text.to_owned()), sealed);
    }
    for broken in [
        "tollgate:1:",
        "tollgate:1:call:9999:x",
        "tollgate:1:call:x",
        "tollgate:1:call:1:é",
    ] {
        assert_eq!(Sealed::read(broken.to_owned()), Sealed::Plain, "{broken}");
    }
}

#[test]
fn openais_own_data_is_told_from_others() {
    assert!(is_own("gAAAAABo", None));
    assert!(is_own("WjtnRFdC", Some("rs_1")));
    assert!(!is_own("EroBCkYI", None));
    assert!(!is_own("tollgate:1:plain", Some("rs_1")));
}

#[test]
fn others_items_are_taken_out_of_a_body() {
    let ours =
        r#"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"tollgate:1:plain"}"#;
    let user = r#"{ "role":"user", "content":"about tollgate:1: things" }"#;
    let rows = [
        (format!("[{user}]"), format!("[{user}]")),
        (format!("[{ours}]"), "[]".to_owned()),
        (format!("[ {ours} , {user}]"), format!("[ {user}]")),
        (format!("[{user}, {ours}]"), format!("[{user}]")),
        (
            format!("[{user},{ours},\n {ours} , {user}]"),
            format!("[{user} , {user}]"),
        ),
        (
            format!("[{ours},{ours},{user},{ours}]"),
            format!("[{user}]"),
        ),
        (format!("[{ours},{ours}]"), "[]".to_owned()),
        (
            "\"tollgate:1:plain\"".to_owned(),
            "\"tollgate:1:plain\"".to_owned(),
        ),
    ];
    for (input, output) in rows {
        let body = format!(r#"{{"model":"m", "input": {input}, "x":1}}"#);
        let mut edits = take_out(&body).unwrap();
        let edited = String::from_utf8(apply(body.as_bytes(), &mut edits)).unwrap();
        assert_eq!(
            edited,
            format!(r#"{{"model":"m", "input": {output}, "x":1}}"#)
        );
    }
    assert!(take_out("{\"tollgate:1:").is_err());
    assert_eq!(take_out("no JSON, no mark"), Ok(Vec::new()));
}
