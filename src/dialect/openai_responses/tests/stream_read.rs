//! Events as deltas.

use serde_json::json;

use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, ErrorKind, Stop};
use crate::dialect::openai_responses::StreamReader;

/// Reads events, one JSON text a line, and says each delta in short.
fn read(lines: &str) -> Vec<String> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        reader.event("", line, &mut out);
    }
    reader.end(&mut out);
    out.iter().map(short).collect()
}

fn short(delta: &Delta) -> String {
    match delta {
        Delta::Begin { id, model, created } => format!("begin {id:?} {model:?} {created:?}"),
        Delta::Open { block, kind, .. } => match kind {
            BlockKind::Call { id, name, custom } => format!("{block} call {id} {name} {custom}"),
            BlockKind::Sealed { data, id } => format!("{block} sealed {data} {id:?}"),
            kind => format!("{block} {kind:?}"),
        },
        Delta::Say {
            block,
            text,
            logprobs,
            ..
        } => match logprobs {
            Some(probs) => format!("{block} say {text:?} {probs}"),
            None => format!("{block} say {text:?}"),
        },
        Delta::Sign {
            block, signature, ..
        } => format!("{block} sign {signature}"),
        Delta::Cite {
            block, citation, ..
        } => format!("{block} cite {:?} {:?}", citation.url, citation.span),
        Delta::Close { block, .. } => format!("{block} close"),
        Delta::Finish { stop, .. } => format!("finish {stop:?}"),
        Delta::Usage(usage) => format!(
            "usage {:?} {:?} {} {} {}",
            usage.input, usage.output, usage.cached, usage.cache_write, usage.reasoning
        ),
        Delta::End => "end".to_owned(),
        Delta::Error(error) => format!(
            "error {} {:?} {:?} {}",
            error.status, error.kind, error.code, error.message
        ),
    }
}

const CREATED: &str = r#"{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","model":"gpt-5","created_at":17.0,"output":[]}}
{"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1"}}"#;
const BEGIN: &str = r#"begin Some("resp_1") Some("gpt-5") Some(17)"#;

fn rows(events: &str, expected: &[&str]) {
    let found = read(&format!("{CREATED}\n{events}"));
    let mut all = vec![BEGIN];
    all.extend(expected);
    assert_eq!(found, all, "{events}");
}

#[test]
fn words_calls_and_thoughts_are_read() {
    rows(
        r#"
        {"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gAAAAAold"}}
        {"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}
        {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"one"}
        {"type":"response.reasoning_summary_text.done","item_id":"rs_1","output_index":0,"summary_index":0,"text":"one"}
        {"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":1,"part":{"type":"summary_text","text":""}}
        {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,"delta":"two"}
        {"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"one"},{"type":"summary_text","text":"two"}],"encrypted_content":"gAAAAAnew"}}
        {"type":"response.output_item.added","output_index":1,"item":{"id":"msg_1","type":"message","role":"assistant","content":[]}}
        {"type":"response.content_part.added","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}
        {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Hi","logprobs":[{"token":"Hi","logprob":-0.5}]}
        {"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","url":"https://a","title":"A","start_index":0,"end_index":2}}
        {"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"Hi"}
        {"type":"response.content_part.done","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"Hi","annotations":[{"type":"url_citation","url":"https://a"}]}}
        {"type":"response.output_item.done","output_index":1,"item":{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hi"}]}}
        {"type":"response.output_item.added","output_index":2,"item":{"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":""}}
        {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":"{\"a\""}
        {"type":"response.output_item.added","output_index":3,"item":{"id":"ctc_1","type":"custom_tool_call","call_id":"c2","name":"g","input":""}}
        {"type":"response.custom_tool_call_input.delta","item_id":"ctc_1","output_index":3,"delta":"raw"}
        {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":":1}"}
        {"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":2,"arguments":"{\"a\":1}"}
        {"type":"response.output_item.done","output_index":2,"item":{"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":"{\"a\":1}"}}
        {"type":"response.output_item.done","output_index":3,"item":{"id":"ctc_1","type":"custom_tool_call","call_id":"c2","name":"g","input":"raw"}}
        {"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[],"usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":2},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":16}}}
        {"type":"response.output_text.delta","output_index":9,"content_index":0,"delta":"late"}"#,
        &[
            "0 Thought",
            "0 say \"one\"",
            "0 say \"\\n\\n\"",
            "0 say \"two\"",
            "0 close",
            "1 sealed gAAAAAnew Some(\"rs_1\")",
            "1 close",
            "2 Text",
            "2 say \"Hi\" {\"content\":[{\"token\":\"Hi\",\"logprob\":-0.5}],\"refusal\":null}",
            "2 cite Some(\"https://a\") Some((0, 2))",
            "2 close",
            "3 call c1 f false",
            "3 say \"{\\\"a\\\"\"",
            "4 call c2 g true",
            "4 say \"raw\"",
            "3 say \":1}\"",
            "3 close",
            "4 close",
            "finish Tool",
            "usage Some(9) Some(7) 4 2 3",
            "end",
        ],
    );
}

#[test]
fn what_an_event_leaves_out_a_later_one_makes_good() {
    let done = r#"{"type":"response.completed","response":{"status":"completed","output":[
        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}]},
        {"type":"message","content":[{"type":"output_text","text":"yes"},{"type":"refusal","refusal":"no"}]},
        {"type":"web_search_call","id":"ws_1"},
        {"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]}}"#;
    rows(
        &done.replace('\n', " "),
        &[
            "0 Thought",
            "0 say \"hm\"",
            "0 close",
            "1 Text",
            "1 say \"yes\"",
            "1 close",
            "2 Refusal",
            "2 say \"no\"",
            "2 close",
            "3 call c f false",
            "3 say \"{}\"",
            "3 close",
            "finish Tool",
            "end",
        ],
    );
    rows(
        r#"{"type":"response.output_text.done","output_index":0,"content_index":0,"text":"lost"}
        {"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":"whole"}]}}
        {"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","call_id":"c","name":"f","arguments":"[1]"}}
        {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}"#,
        &[
            "0 Text",
            "0 say \"whole\"",
            "0 close",
            "1 call c f false",
            "1 say \"[1]\"",
            "1 close",
            "finish Length",
            "end",
        ],
    );
    rows(
        r#"{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning"}}
        {"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"raw"}
        {"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"sum"}
        {"type":"response.refusal.delta","output_index":1,"content_index":0,"delta":"I"}
        {"type":"response.refusal.done","output_index":1,"content_index":0,"refusal":"I"}
        {"type":"response.incomplete","response":{"incomplete_details":{"reason":"content_filter"}}}"#,
        &[
            "0 Thought",
            "0 say \"raw\"",
            "0 close",
            "1 Refusal",
            "1 say \"I\"",
            "1 close",
            "finish Filter",
            "end",
        ],
    );
}

#[test]
fn a_stream_that_breaks_is_an_error() {
    let cut = "error 500 Server None the provider's stream ended before the response was complete";
    rows("", &[cut]);
    rows(
        r#"{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"a"}"#,
        &["0 Text", "0 say \"a\"", cut],
    );
    rows("[DONE]", &[cut]);
    rows(
        "{\"type\":",
        &["error 500 Server None the provider sent an event that is not JSON"],
    );
    rows(
        r#"{"type":"error","code":"rate_limit_exceeded","message":"slow","param":null,"sequence_number":2}"#,
        &["error 429 RateLimit Some(\"rate_limit_exceeded\") slow"],
    );
    rows(
        r#"{"type":"error","error":{"type":"insufficient_quota","code":"insufficient_quota","message":"pay"}}
        {"type":"response.failed","response":{"error":{"code":"insufficient_quota","message":"pay"}}}"#,
        &["error 402 Billing Some(\"insufficient_quota\") pay"],
    );
    rows(
        r#"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"oh"}}}"#,
        &["error 500 Server Some(\"server_error\") oh"],
    );
    rows(
        r#"{"type":"response.failed","response":{"status":"failed","error":null}}"#,
        &["error 500 Server None the provider says that the response failed"],
    );
    assert_eq!(
        read(r#"{"error":{"message":"busy","code":503}}"#),
        [
            "begin None None None",
            "error 503 Overloaded Some(\"503\") busy"
        ]
    );
}

#[test]
fn the_name_of_an_event_stands_for_its_type() {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    reader.event("ping", "{}", &mut out);
    assert_eq!(out, []);
    let response = json!({"response": {"status": "completed", "output": []}}).to_string();
    reader.event("response.completed", &response, &mut out);
    let end = [
        Delta::Finish {
            choice: 0,
            stop: Stop::End,
        },
        Delta::End,
    ];
    assert_eq!(out[1..], end);
    let mut out = Vec::new();
    StreamReader::default().event("error", r#"{"message":"m"}"#, &mut out);
    assert!(matches!(out.last(), Some(Delta::Error(error)) if error.kind == ErrorKind::Server));
}
