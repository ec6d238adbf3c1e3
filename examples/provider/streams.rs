//! What the provider streams passes the strict checkers, and what it breaks does not.

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

use super::checkers::{Checked, anthropic, gemini, openai_chat, openai_responses};
use super::server::{Options, Server, start};

/// The body of a reply to one who has a key of each kind.
async fn streamed(server: &Server, path: &str, script: &str, body: &str) -> String {
    let request = Request::post(format!("http://{}{path}", server.address()))
        .header("x-api-key", "k")
        .header("x-goog-api-key", "k")
        .header("anthropic-version", "2026-10-21")
        .header("x-provider-script", script);
    let request = request
        .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
        .unwrap();
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let reply = client.request(request).await.unwrap();
    let bytes = reply.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn streams_pass_the_checkers() {
    let server = start(Options::default()).await.unwrap();
    let schema = r#"{"type":"object","properties":{"city":{"type":"string"}}}"#;
    let chat: fn(&str) -> Checked = |text| openai_chat::check(text, true);
    let google = "/v1beta/models/g:streamGenerateContent?alt=sse";
    #[rustfmt::skip]
    let dialects = [
        ("/v1/messages", anthropic::check as fn(&str) -> Checked,
            r#"{"model":"c","max_tokens":99,"stream":true,"messages":[{"role":"user","content":"a"}],"tools":[{"name":"f","input_schema":SCHEMA}]}"#),
        (google, gemini::check,
            r#"{"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":SCHEMA}]}]}"#),
        ("/v1/responses", openai_responses::check,
            r#"{"model":"m","stream":true,"input":"a","tools":[{"type":"function","name":"f","parameters":SCHEMA}]}"#),
        ("/v1/chat/completions", chat,
            r#"{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"a"}],"tools":[{"type":"function","function":{"name":"f","parameters":SCHEMA}}]}"#),
    ];
    for (path, check, body) in dialects {
        let body = body.replace("SCHEMA", schema);
        for script in [
            "",
            "say=",
            "echo",
            "split=1",
            "tools",
            "parallel,preface=Well%20then",
            "think=Hm%20so",
            "think=Hm,parallel",
            "cached=1,cache_write=1,reasoning=3",
            "comments",
            "error_first",
            "error_mid=3",
            "tokens=200",
        ] {
            // Nothing to say is an empty word.
            let script = script.replace("say=", "say=%20");
            let text = streamed(&server, path, &script, &body).await;
            assert_eq!(check(&text), Ok(()), "{path} {script}: {text}");
        }
        for script in ["no_done", "end_after=3", "folded", "bare_end"] {
            let text = streamed(&server, path, script, &body).await;
            assert!(check(&text).is_err(), "{path} {script}: {text}");
        }
    }
}
