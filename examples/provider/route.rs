//! From a request to what is said to it: paths, the scripts that hold for it, and their effect on the reply.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::answer::Answer;
use super::ask::Ask;
use super::completion::{self, Head};
use super::fault::{self, Fault};
use super::plan::Plan;
use super::script::{Script, split_model};
use super::state::State;

/// What is said to a request.
pub struct Said {
    /// The status.
    pub status: u16,
    /// The content type, if there is a body with one.
    pub content_type: Option<Vec<u8>>,
    /// The body.
    pub body: Plan,
    /// How long it takes to say it, besides what the script waits for.
    pub takes: Duration,
}

const JSON: &[u8] = b"application/json";
const EVENTS: &[u8] = b"text/event-stream; charset=utf-8";

const HELLO: &str = "This is the scripted provider. POST /v1/chat/completions, GET /v1/models.\n";
const MODELS: &str = r#"{"object":"list","data":[{"id":"gpt-4o","object":"model","created":1715367049,"owned_by":"scripted"},{"id":"gpt-4o-mini","object":"model","created":1721172741,"owned_by":"scripted"},{"id":"o3-mini","object":"model","created":1737146383,"owned_by":"scripted"},{"id":"scripted","object":"model","created":1700000000,"owned_by":"scripted"}]}"#;

/// Answers a request, and gives the script that holds for it.
pub fn answer(head: &Parts, body: Bytes, state: &State) -> (Script, Said) {
    scripted(head, body, state).unwrap_or_else(|refusal| (Script::default(), refusal))
}

fn scripted(head: &Parts, body: Bytes, state: &State) -> Result<(Script, Said), Said> {
    let path = head.uri.path();
    let chat = head.method == Method::POST && path.ends_with("/chat/completions");
    let ask = if chat {
        Some(Ask::read(&body).map_err(|why| refused(&why))?)
    } else {
        None
    };
    let (model, switches) = ask.as_ref().map_or(("", ""), |ask| split_model(&ask.model));
    let script = script(head, switches, state).map_err(|why| refused(&why))?;
    if let Some(said) = instead(&script, ask.as_ref(), model) {
        return Ok((script, said));
    }
    let mut said = match (&ask, &head.method) {
        (Some(ask), _) => completed(ask, model, &script, state),
        (None, &Method::GET | &Method::HEAD) if path == "/" => {
            Said::whole(200, b"text/plain", HELLO, &script)
        }
        (None, &Method::GET | &Method::HEAD) if path.ends_with("/models") => {
            Said::whole(200, JSON, MODELS, &script)
        }
        (None, _) if path.ends_with("/echo") => echoed(head, body, &script),
        _ => unknown(&head.method, path, &script),
    };
    if said.status == 200 {
        said.status = script.status.unwrap_or(200);
    }
    Ok((script, said))
}

/// The server's own script, then the header's, then the model name's: the later one wins.
fn script(head: &Parts, switches: &str, state: &State) -> Result<Script, String> {
    let own = state.script();
    let header = head
        .headers
        .get("x-provider-script")
        .map_or(Ok(""), |value| value.to_str());
    let header = header.map_err(|_| "x-provider-script: not readable as text".to_owned())?;
    let mut script = Script::default();
    script.read(&own, ',')?;
    script.read(header, ',')?;
    script.read(switches, '+')?;
    match script.times {
        Some(times) if state.uses([&own, header, switches].join("\n")) > times => {
            Ok(Script::default())
        }
        _ => Ok(script),
    }
}

/// What the script has said instead of a reply.
fn instead(script: &Script, ask: Option<&Ask>, model: &str) -> Option<Said> {
    if let Some(status) = script.html {
        return Some(Said::whole(
            status,
            b"text/html",
            &fault::html(status),
            script,
        ));
    }
    if let Some(status) = script.status.filter(|status| *status >= 300) {
        return Some(Said::whole(
            status,
            JSON,
            &fault::of_status(status, model),
            script,
        ));
    }
    if script.error_200 {
        return Some(Said::whole(200, JSON, &fault::overloaded(), script));
    }
    if script.reject_stream_options && ask.is_some_and(Ask::has_stream_options) {
        let message = "Unrecognized request argument supplied: stream_options";
        let param = Some("stream_options");
        let fault = Fault {
            message,
            kind: "invalid_request_error",
            param,
            code: Some("unknown_parameter"),
        };
        return Some(Said::whole(400, JSON, &fault.body(), script));
    }
    if script.empty {
        let content_type = if ask.is_some_and(Ask::stream) {
            EVENTS
        } else {
            JSON
        };
        return Some(Said::new(200, content_type, Plan::default()));
    }
    None
}

fn completed(ask: &Ask, model: &str, script: &Script, state: &State) -> Said {
    let answer = Answer::to(ask, model, script);
    let id = format!("chatcmpl-{:06}", state.number());
    let created = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let head = Head {
        id: &id,
        created,
        model,
    };
    if ask.stream() {
        let events = completion::events(&head, ask, &answer, script);
        return Said::new(200, EVENTS, Plan::stream(events, script));
    }
    let mut said = Said::whole(
        200,
        JSON,
        &completion::whole(&head, ask, &answer, script),
        script,
    );
    if let Some(rate) = script.tps {
        let tokens = u32::try_from(answer.tokens()).unwrap_or(u32::MAX);
        said.takes = Duration::try_from_secs_f64(f64::from(tokens) / rate).unwrap_or(Duration::MAX);
    }
    said
}

/// The request's own body, byte for byte.
fn echoed(head: &Parts, body: Bytes, script: &Script) -> Said {
    let content_type = head
        .headers
        .get("content-type")
        .map(|value| value.as_bytes().to_vec());
    Said {
        status: 200,
        content_type,
        body: Plan::whole(body.into(), script),
        takes: Duration::ZERO,
    }
}

fn unknown(method: &Method, path: &str, script: &Script) -> Said {
    let message = format!("Unknown request URL: {method} {path}. Please check the URL for typos.");
    let fault = Fault {
        message: &message,
        kind: "invalid_request_error",
        param: None,
        code: Some("unknown_url"),
    };
    Said::whole(404, JSON, &fault.body(), script)
}

fn refused(why: &str) -> Said {
    Said::new(400, JSON, Plan::plain(fault::invalid(why).into()))
}

/// The answer to a body larger than is accepted.
pub fn too_large() -> Said {
    let status = StatusCode::PAYLOAD_TOO_LARGE.as_u16();
    Said::new(
        status,
        JSON,
        Plan::plain(fault::of_status(status, "").into()),
    )
}

impl Said {
    fn new(status: u16, content_type: &[u8], body: Plan) -> Self {
        Self {
            status,
            content_type: Some(content_type.to_vec()),
            body,
            takes: Duration::ZERO,
        }
    }

    fn whole(status: u16, content_type: &[u8], body: &str, script: &Script) -> Self {
        Self::new(status, content_type, Plan::whole(body.into(), script))
    }
}
