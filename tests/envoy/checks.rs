//! What must hold wherever it is looked at: the head of an attempt, the shape of a refusal.

use crate::providers::{Heard, KEYS};
use crate::support::ask::Ask;
use crate::support::client::Reply;

/// What a client sends that no provider may see.
pub const PRIVATE: &str = "private-to-the-client";

/// A provider's host, its path and the header that carries its key.
struct Own {
    host: &'static str,
    path: &'static str,
    key: Option<(&'static str, &'static str)>,
}

/// A request with credentials and internal headers in every place that a client can think of.
pub fn with_private_headers(ask: Ask) -> Ask {
    let names = [
        "x-api-key",
        "api-key",
        "x-goog-api-key",
        "proxy-authorization",
        "cookie",
        "x-tollgate-cluster",
        "x-tollgate-note",
        "x-tollgate-foo",
        "x-envoy-original-path",
        "x-envoy-upstream-alt-stat-name",
        "x-forwarded-for",
        "x-real-ip",
        "forwarded",
        "openai-organization",
        "openai-project",
    ];
    let ask = ask
        .header("authorization", format!("Bearer {PRIVATE}"))
        .header("x-envoy-max-retries", "9");
    names
        .into_iter()
        .fold(ask, |ask, name| ask.header(name, PRIVATE))
}

/// Asserts that an attempt went out as its provider's own, with nothing in it of the client or of another provider.
/// `host` tells the provider.
pub fn assert_own(heard: &Heard) {
    let request = &heard.request;
    let what = format!("{} got {:?}", heard.by, shown(heard));
    let own = own(request.header("host").unwrap_or_default())
        .unwrap_or_else(|| panic!("whose host? {what}"));
    assert_eq!(request.header("host"), Some(own.host), "{what}");
    let path = match request.path.split_once("/models/") {
        // Gemini's paths name the model.
        Some((before, rest)) => format!("{before}/models/*:{}", rest.rsplit(':').next().unwrap()),
        None => request
            .path
            .replace("/v1/responses", "/v1/chat/completions"),
    };
    assert_eq!(
        path.trim_end_matches("?alt=sse")
            .replace(":streamG", ":g")
            .trim_end_matches("-stream"),
        own.path,
        "{what}"
    );
    let key_headers = ["authorization", "api-key", "x-api-key", "x-goog-api-key"];
    let keys: Vec<(&str, &str)> = key_headers
        .into_iter()
        .filter_map(|name| Some((name, request.header(name)?)))
        .collect();
    assert_eq!(keys, Vec::from_iter(own.key), "{what}");
    let length = request
        .header("content-length")
        .map(|length| length.parse::<usize>().unwrap());
    assert!(
        length.is_none_or(|length| length == request.body.len()),
        "{what}"
    );
    assert!(
        length.is_some()
            || request.version != "HTTP/1.1"
            || request.header("transfer-encoding").is_some(),
        "{what}"
    );
    assert_eq!(
        request.header("accept-encoding"),
        Some("identity"),
        "{what}"
    );
    for (name, value) in &request.headers {
        let internal = name.starts_with("x-tollgate-")
            || name.starts_with("x-envoy-")
            || name == "x-forwarded-for";
        assert!(!internal, "{name}: {what}");
        let value = String::from_utf8_lossy(value);
        assert!(!value.contains(PRIVATE), "{name}: {what}");
        let of_others = KEYS
            .iter()
            .filter(|(_, key)| own.key.is_none_or(|(_, own)| !own.ends_with(key)));
        for (_, key) in of_others {
            assert!(!value.contains(key), "{name}: {what}");
        }
    }
    if heard.by != "local" {
        assert_eq!(request.sni.as_deref(), Some(own.host), "{what}");
    }
}

fn own(host: &str) -> Option<Own> {
    let bearer = |key| Some(("authorization", key));
    let (path, key) = match host {
        "api.openai.com" => ("/v1/chat/completions", bearer("Bearer key-of-openai")),
        "api.anthropic.com" => ("/v1/messages", Some(("x-api-key", "key-of-anthropic"))),
        "generativelanguage.googleapis.com" => (
            "/v1beta/models/*:generateContent",
            Some(("x-goog-api-key", "key-of-gemini")),
        ),
        "api.mistral.ai" => ("/v1/chat/completions", bearer("Bearer key-of-mistral")),
        "vllm.internal" => ("/own/v1/chat/completions", None),
        "127.0.0.1" => ("/v1/chat/completions", bearer("Bearer key-of-local")),
        "us-central1-aiplatform.googleapis.com" => (
            "/v1/projects/my-project/locations/us-central1/publishers/google/models/*:generateContent",
            bearer("Bearer key-of-vertex"),
        ),
        "bedrock-runtime.us-east-1.amazonaws.com" => (
            "/model/amazon.nova-pro-v1%3A0/converse",
            bearer("Bearer key-of-bedrock"),
        ),
        "my-resource.openai.azure.com" => (
            "/openai/v1/chat/completions",
            Some(("api-key", "key-of-azure")),
        ),
        "api.cohere.com" => ("/v2/chat", bearer("Bearer key-of-cohere")),
        "acme.openai.azure.com" => (
            "/openai/v1/chat/completions",
            Some(("api-key", "key-of-azure")),
        ),
        _ => return None,
    };
    let hosts = [
        "api.openai.com",
        "api.anthropic.com",
        "generativelanguage.googleapis.com",
        "api.mistral.ai",
        "vllm.internal",
        "127.0.0.1",
        "us-central1-aiplatform.googleapis.com",
        "bedrock-runtime.us-east-1.amazonaws.com",
        "my-resource.openai.azure.com",
        "api.cohere.com",
        "acme.openai.azure.com",
    ];
    let host = hosts.into_iter().find(|own| *own == host)?;
    Some(Own { host, path, key })
}

fn shown(heard: &Heard) -> Vec<String> {
    let one =
        |(name, value): &(String, Vec<u8>)| format!("{name}: {}", String::from_utf8_lossy(value));
    heard.request.headers.iter().map(one).collect()
}

/// Asserts that a reply is a refusal of Tollgate's own in OpenAI's shape; its message.
pub fn assert_refused(reply: &Reply, status: u16, code: &str) -> String {
    let text = reply.text();
    assert_eq!(reply.status, status, "{text}");
    assert_eq!(reply.header("x-tollgate-refusal"), Some(code), "{text}");
    assert_eq!(reply.json()["error"]["code"], code, "{text}");
    assert_error(reply)
}

/// Asserts that a reply is an error in OpenAI's shape; its message.
pub fn assert_error(reply: &Reply) -> String {
    let text = reply.text();
    assert_eq!(reply.broken, None, "{text}");
    let content = reply.header("content-type").unwrap_or_default();
    assert!(content.starts_with("application/json"), "{content}: {text}");
    let length = reply
        .header("content-length")
        .map(|length| length.parse::<usize>().unwrap());
    assert!(
        length.is_none_or(|length| length == reply.body.len()),
        "{length:?}: {text}"
    );
    let body = reply.json();
    let error = body["error"]
        .as_object()
        .unwrap_or_else(|| panic!("no error object: {text}"));
    assert_eq!(body.as_object().unwrap().len(), 1, "{text}");
    for field in ["message", "type", "param", "code"] {
        assert!(error.contains_key(field), "{field}: {text}");
    }
    let message = error["message"].as_str().unwrap_or_default();
    assert!(!message.is_empty() && error["type"].is_string(), "{text}");
    message.to_owned()
}
