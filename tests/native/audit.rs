//! The log's lines as the audit seals them.

use serde_json::{Value, json};
use tollgate::policy::Secret;
use tollgate::stage::audit::verify::Log;

use crate::keys::{config, request};
use crate::rig::{Answer, Exchange, run, runtime};

const KEY: &str = "sixteen bytes or more";

#[test]
fn every_request_s_line_is_sealed() {
    let mut config: Value = serde_json::from_str(&config(&Value::Null)).unwrap();
    config["observe"] = json!({"audit": {"key": {"value": KEY}}});
    let known = runtime(&config.to_string());
    let said = r#"{"model": "m", "messages": [{"role": "user", "content": "a secret plan"}]}"#;
    let requests = [
        request("POST", "/v1/chat/completions", &[], said),
        request("GET", "/v1/models", &[], ""),
        request(
            "POST",
            "/v1/chat/completions",
            &[],
            r#"{"model": "none", "messages": []}"#,
        ),
        request("POST", "/v1/chat/completions", &[], "no JSON"),
        request("POST", "/v1/chat/completions", &[], said),
    ];
    let lines: Vec<Value> = requests
        .into_iter()
        .map(|request| {
            let head = [(":status", "200"), ("content-type", "application/json")];
            let reply =
                |_: usize, _: &Exchange| Answer::Reply(Exchange::new(&head, r#"{"choices":[]}"#));
            run(&known, request, reply).log
        })
        .collect();
    let mut log = Log::default();
    for line in &lines {
        let (_, wrong) = log.read(&Secret::new(KEY), &line.to_string()).unwrap();
        assert_eq!(wrong, [], "{line}");
        assert!(!line.to_string().contains("secret plan") && !line.to_string().contains(KEY));
    }
    assert_eq!(log.workers().collect::<Vec<_>>(), [("0000000000000007", 5)]);
    let prompts: Vec<&Value> = lines.iter().map(|line| &line["audit"]["prompt"]).collect();
    assert_eq!(prompts[0], prompts[4]);
    assert_ne!(prompts[0], prompts[2]);
    assert!(prompts[1].is_null() && prompts[3].is_string());
    let sequence: Vec<&Value> = lines
        .iter()
        .map(|line| &line["audit"]["sequence"])
        .collect();
    assert_eq!(sequence, [1, 2, 3, 4, 5]);
    assert_eq!(lines[2]["refusal"], "model_not_found");
}
