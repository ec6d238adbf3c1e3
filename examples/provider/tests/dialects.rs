//! The dialects over real connections: what is answered, what is refused, and how.

use super::*;

const ANTHROPIC: &str = "x-api-key: k\r\nanthropic-version: 2023-06-01\r\n";
const GOOGLE: &str = "x-goog-api-key: k\r\n";
const BEARER: &str = "authorization: Bearer k\r\n";
const AZURE: &str = "api-key: k\r\n";

const MESSAGES: &str = "/v1/messages";
const GEMINI: &str = "/v1beta/models/g:generateContent";
const VERTEX: &str = "/v1/projects/p/locations/l/publishers/google/models/g:generateContent";
const CLAUDE: &str = "/v1/projects/p/locations/l/publishers/anthropic/models/c:rawPredict";
const RESPONSES: &str = "/v1/responses";
const CONVERSE: &str = "/model/m/converse";
const COHERE: &str = "/v2/chat";

/// The whole reply to a POST.
async fn said(server: &Server, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nhost: provider\r\nconnection: close\r\n{headers}");
    let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    timeout(SOON, stream.read_to_end(&mut bytes))
        .await
        .unwrap()
        .unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `…` in a body stands for a message of the user.
async fn tried(server: &Server, cases: &[(&str, &str, &str, u16, &str)]) {
    for (path, headers, body, status, part) in cases {
        let user = match *path {
            GEMINI | VERTEX => r#""contents":[{"role":"user","parts":[{"text":"hello"}]}]"#,
            CONVERSE => r#""messages":[{"role":"user","content":[{"text":"hello"}]}]"#,
            RESPONSES => r#""input":"hello""#,
            _ => r#""messages":[{"role":"user","content":"hello"}]"#,
        };
        let body = body.replace('…', user);
        let reply = said(server, path, headers, &body).await;
        assert!(
            reply.starts_with(&format!("HTTP/1.1 {status} ")),
            "{path} {body}: {reply}"
        );
        assert!(reply.contains(part), "{path} {body}: {reply}");
    }
}

#[tokio::test]
async fn requests_are_answered_or_refused_as_their_provider_does() {
    let server = start(Options::default()).await.unwrap();
    #[rustfmt::skip]
    tried(&server, &[
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,…}"#, 200, r#""type":"message""#),
        (MESSAGES, "anthropic-version: 2023-06-01\r\n", "{}", 401, "authentication_error"),
        (MESSAGES, "x-api-key: k\r\n", "{}", 400, "anthropic-version: header is required"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c",…}"#, 400, "max_tokens: Field required"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"n":1,…}"#, 400, "n: Extra inputs are not permitted"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"temperature":1.2,…}"#, 400, "temperature: range"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"thinking":{"type":"enabled","budget_tokens":1023},…}"#, 400, "1024"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"thinking":{"type":"enabled","budget_tokens":1024},…}"#, 400, "`max_tokens` must be greater"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}]}"#, 200, "Hello"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}]}"#, 400, "unexpected `tool_use_id`"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c","max_tokens":9,"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"b"}]},{"role":"user","content":"a"}]}"#, 400, "Invalid `signature`"),
        (MESSAGES, ANTHROPIC, r#"{"model":"c+status=529","max_tokens":9,…}"#, 529, "overloaded_error"),
        ("/v1/messages/count_tokens", ANTHROPIC, r#"{"model":"c",…}"#, 200, r#"{"input_tokens":4}"#),
        (CLAUDE, BEARER, r#"{"anthropic_version":"vertex-2023-10-16","max_tokens":9,…}"#, 200, r#""model":"c""#),
        (CLAUDE, BEARER, r#"{"anthropic_version":"vertex-2023-10-16","model":"c","max_tokens":9,…}"#, 400, "model: Extra inputs"),
        (GEMINI, GOOGLE, r#"{…}"#, 200, r#""finishReason":"STOP""#),
        (GEMINI, "", r#"{…}"#, 403, "PERMISSION_DENIED"),
        (GEMINI, GOOGLE, r#"{"messages":[],…}"#, 400, r#"Unknown name \"messages\": Cannot find field."#),
        (GEMINI, GOOGLE, r#"{"generation_config":{"max_tokens":1},…}"#, 400, "at 'generation_config'"),
        (GEMINI, GOOGLE, r#"{"generation_config":{"temperature":2.1},…}"#, 400, "must be in the range"),
        (GEMINI, GOOGLE, r#"{"contents":[{"role":"assistant","parts":[{"text":"a"}]}]}"#, 400, "valid role"),
        (GEMINI, GOOGLE, r#"{"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"text":"b"}]}]}"#, 400, "number of function response parts"),
        (VERTEX, BEARER, r#"{…}"#, 200, "Hello"),
        (VERTEX, GOOGLE, r#"{…}"#, 401, "UNAUTHENTICATED"),
        ("/v1beta/models/g:countTokens", GOOGLE, r#"{"contents":[{"parts":[{"text":"a b"}]}]}"#, 200, r#""totalTokens":5"#),
        ("/v1beta/models/g:embedContent", GOOGLE, r#"{"content":{"parts":[{"text":"a"}]},"outputDimensionality":2}"#, 200, r#""values""#),
        (RESPONSES, "", r#"{"model":"m",…}"#, 200, r#""type":"output_text""#),
        (RESPONSES, "", r#"{"model":"m","messages":[],…}"#, 400, "Unknown parameter: 'messages'."),
        (RESPONSES, "", r#"{"model":"m","previous_response_id":"r",…}"#, 400, "previous_response_not_found"),
        (RESPONSES, "", r#"{"model":"m","max_output_tokens":1,…}"#, 400, "integer_below_min_value"),
        (RESPONSES, "", r#"{"model":"m","input":[{"type":"function_call_output","call_id":"c","output":"x"}]}"#, 400, "No tool call found"),
        (CONVERSE, BEARER, r#"{…}"#, 200, r#""stopReason":"end_turn""#),
        (CONVERSE, "", r#"{…}"#, 403, "x-amzn-errortype: AccessDeniedException"),
        (CONVERSE, BEARER, r#"{"model":"m",…}"#, 400, "extraneous key [model]"),
        (CONVERSE, BEARER, r#"{"messages":[{"role":"user","content":[{"text":"a"}]},{"role":"user","content":[{"text":"a"}]}]}"#, 400, "must alternate"),
        (CONVERSE, BEARER, r#"{"messages":[{"role":"assistant","content":[{"text":"a"}]}]}"#, 400, "must start with a user message"),
        ("/model/m%2Bstatus%3D429/converse", BEARER, r#"{"messages":[{"role":"user","content":[{"text":"a"}]}]}"#, 429, "x-amzn-errortype: ThrottlingException"),
        ("/model/amazon.titan-embed-text-v2:0/invoke", BEARER, r#"{"inputText":"a","dimensions":256}"#, 200, r#""inputTextTokenCount":4"#),
        (COHERE, BEARER, r#"{"model":"m",…}"#, 200, r#""finish_reason":"COMPLETE""#),
        (COHERE, BEARER, r#"{"model":"m","n":1,…}"#, 422, "parameter 'n' is not a valid field"),
        (COHERE, "", r#"{"model":"m",…}"#, 401, "no api key supplied"),
        ("/v2/embed", BEARER, r#"{"model":"m","input_type":"search_query","texts":["a"]}"#, 200, "embeddings_by_type"),
        ("/openai/deployments/d/chat/completions?api-version=1", AZURE, r#"{…}"#, 200, r#""model":"d""#),
        ("/openai/deployments/d/chat/completions", AZURE, r#"{…}"#, 404, "Resource not found"),
        ("/openai/deployments/d/chat/completions?api-version=1", "", r#"{…}"#, 401, "Access denied"),
        ("/v1/embeddings", "", r#"{"model":"m","input":"a","dimensions":1,"encoding_format":"base64"}"#, 200, r#""object":"embedding""#),
        ("/v1/completions", "", r#"{"model":"m","prompt":"a"}"#, 200, "text_completion"),
        ("/v1/chat/completions", "", r#"{"model":"m+mistral","stream_options":{},…}"#, 422, "extra_forbidden"),
        ("/v1/chat/completions", "", r#"{"model":"m+think=Hm",…}"#, 200, r#""reasoning_content":"Hm""#),
    ]).await;
}
