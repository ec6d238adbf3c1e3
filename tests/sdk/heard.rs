//! What holds for every request that a provider hears, whoever sent it.

use serde_json::Value;

use super::provider::Recorded;
use super::{CASE, CLIENT_KEY, EMAIL, PHONE};

/// The key of the provider `local`.
pub const LOCAL_KEY: &str = "sk-of-the-provider";

/// The version in which a translated request is written, and the one that current clients of Anthropic's speak.
const VERSIONS: [&str; 2] = ["2023-06-01", "2026-10-21"];

/// Checks a request.
///
/// # Panics
/// When something has left that may not, or is missing.
pub fn check(request: &Recorded) {
    let case = request.header(CASE).unwrap_or("(no case)");
    let body = str::from_utf8(&request.body).unwrap();
    let path = request.path.split('?').next().unwrap_or_default();
    let at = format!("{case} at {path}: {body}");
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value);
        let own = name.starts_with("x-tollgate-") || name.starts_with("x-envoy-");
        assert!(!own, "{name}: {at}");
        assert!(
            !value.contains(CLIENT_KEY),
            "{name} has the client's key: {at}"
        );
    }
    assert!(!request.path.contains(CLIENT_KEY), "{at}");
    for personal in [EMAIL, PHONE] {
        assert!(!body.contains(personal), "{personal} has left: {at}");
    }
    let bearer = |key: &str| ["Bearer ", key].concat();
    let (header, keys) = if path.ends_with("/messages") {
        let version = request.header("anthropic-version").unwrap_or_default();
        let same = case.contains("anthropic") || case.starts_with("claude");
        let allowed = if same { &VERSIONS[..] } else { &VERSIONS[..1] };
        assert!(
            allowed.contains(&version),
            "anthropic-version {version}: {at}"
        );
        ("x-api-key", vec!["key-of-anthropic".to_owned()])
    } else if path.starts_with("/v1beta/") {
        ("x-goog-api-key", vec!["key-of-gemini".to_owned()])
    } else if path.starts_with("/model/") {
        ("authorization", vec![bearer("key-of-bedrock")])
    } else if path.starts_with("/v2/") {
        ("authorization", vec![bearer("key-of-cohere")])
    } else {
        let all = [LOCAL_KEY, "key-of-openai", "key-of-groq", "key-of-mistral"];
        ("authorization", all.map(bearer).to_vec())
    };
    let key = request.header(header).unwrap_or_default();
    assert!(keys.iter().any(|own| own == key), "{header} is {key}: {at}");
    let value: Value = serde_json::from_str(body).unwrap();
    let mistral = key == bearer("key-of-mistral");
    if path.ends_with("/chat/completions") && value["stream"] == true && !mistral {
        assert_eq!(value["stream_options"]["include_usage"], true, "{at}");
    }
}
