//! From a request to what is said to it: paths, the scripts that hold for it, and their effect on the reply.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::answer::Answer;
use super::call::{Body, Call, Heard, Refusal, Told};
use super::doors::{self, Door};
use super::events::Framing;
use super::fault::{self, Fault};
use super::plan::Plan;
use super::script::{Script, split_model};
use super::state::State;
use super::tongue::{Spoken, Tongue};

/// What is said to a request.
pub struct Said {
    /// The status.
    pub status: u16,
    /// The content type, if there is a body with one.
    pub content_type: Option<Vec<u8>>,
    /// More headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body.
    pub body: Plan,
    /// How long it takes to say it, besides what the script waits for.
    pub takes: Duration,
}

const JSON: &[u8] = b"application/json";
const EVENTS: &[u8] = b"text/event-stream; charset=utf-8";
const FRAMES: &[u8] = b"application/vnd.amazon.eventstream";

const HELLO: &str =
    "This is the scripted provider. POST /v1/chat/completions, /v1/messages …, GET /v1/models.\n";
const MODELS: &str = r#"{"object":"list","data":[{"id":"gpt-4o","object":"model","created":1715367049,"owned_by":"scripted"},{"id":"gpt-4o-mini","object":"model","created":1721172741,"owned_by":"scripted"},{"id":"o3-mini","object":"model","created":1737146383,"owned_by":"scripted"},{"id":"scripted","object":"model","created":1700000000,"owned_by":"scripted"}]}"#;

/// Answers a request, and gives the script that holds for it.
pub fn answer(head: &Parts, body: Bytes, state: &State) -> (Script, Said) {
    scripted(head, body, state).unwrap_or_else(|refusal| (Script::default(), refusal))
}

fn scripted(head: &Parts, body: Bytes, state: &State) -> Result<(Script, Said), Said> {
    let path = head.uri.path();
    let Some(door) = doors::find(&head.method, path) else {
        let script = script(head, "", state).map_err(|why| unreadable(&why))?;
        let said = match instead(&script, Tongue::OpenAi, "", None) {
            Some(said) => said,
            None => aside(head, body, &script),
        };
        return Ok((script, said));
    };
    let Door {
        tongue,
        model,
        verb,
        hear,
    } = door;
    let call = Call {
        head,
        model,
        verb,
        body,
    };
    let heard =
        hear(&call).map_err(|refusal| Said::refused(tongue, &refusal, &Script::default()))?;
    let (model, switches) = split_model(&heard.model);
    let script = script(head, switches, state).map_err(|why| unreadable(&why))?;
    if let Some(said) = instead(&script, tongue, model, Some(&heard)) {
        return Ok((script, said));
    }
    let model = model.to_owned();
    let said = answered(heard, &model, tongue, &script, state);
    Ok((script, said))
}

/// What is said on paths that no dialect has.
fn aside(head: &Parts, body: Bytes, script: &Script) -> Said {
    let path = head.uri.path();
    let read = head.method == Method::GET || head.method == Method::HEAD;
    let said = match path {
        "/" if read => Said::whole(200, b"text/plain", HELLO, script),
        _ if read && path.ends_with("/models") => Said::whole(200, JSON, MODELS, script),
        _ if path.ends_with("/echo") => echoed(head, body, script),
        _ => unknown(&head.method, path, script),
    };
    said.scripted(script)
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
fn instead(script: &Script, tongue: Tongue, model: &str, heard: Option<&Heard>) -> Option<Said> {
    if let Some(status) = script.html {
        let page = fault::html(status);
        return Some(Said::whole(status, b"text/html", &page, script));
    }
    if let Some(status) = script.status.filter(|status| *status >= 300) {
        return Some(Said::spoken(
            status,
            tongue.of_status(status, model, script),
            script,
        ));
    }
    if script.error_200 {
        return Some(Said::spoken(200, tongue.overloaded(script), script));
    }
    if let Some(refusal) = heard.and_then(|heard| (heard.quirk)(script)) {
        return Some(Said::refused(tongue, &refusal, script));
    }
    if script.empty {
        let content_type = content_type(heard.and_then(|heard| heard.stream));
        return Some(Said::new(200, content_type, Plan::default()));
    }
    None
}

fn answered(heard: Heard, model: &str, tongue: Tongue, script: &Script, state: &State) -> Said {
    let answer = &Answer::to(&heard.wish, model, script);
    let created = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let number = state.number();
    let choices = heard.wish.choices;
    let told = Told {
        number,
        created,
        model,
        choices,
        answer,
        script,
    };
    let content_type = content_type(heard.stream);
    let framing = heard.stream.unwrap_or(Framing::Sse);
    let said = match (heard.write)(&told) {
        Body::Stream(events) => {
            let faults = |before| tongue.faults(before);
            Said::new(
                200,
                content_type,
                Plan::stream(framing, events, faults, script),
            )
        }
        Body::Whole(body) => {
            let mut said = Said::whole(200, JSON, &body, script);
            if let Some(rate) = script.tps {
                let tokens = u32::try_from(answer.tokens()).unwrap_or(u32::MAX);
                said.takes =
                    Duration::try_from_secs_f64(f64::from(tokens) / rate).unwrap_or(Duration::MAX);
            }
            said
        }
    };
    said.scripted(script)
}

fn content_type(stream: Option<Framing>) -> &'static [u8] {
    match stream {
        Some(Framing::Sse) => EVENTS,
        Some(Framing::Frames) => FRAMES,
        Some(Framing::Array) | None => JSON,
    }
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
        headers: Vec::new(),
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

/// The answer to a script that cannot be read.
fn unreadable(why: &str) -> Said {
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
            headers: Vec::new(),
            body,
            takes: Duration::ZERO,
        }
    }

    fn whole(status: u16, content_type: &[u8], body: &str, script: &Script) -> Self {
        Self::new(status, content_type, Plan::whole(body.into(), script))
    }

    fn spoken(status: u16, spoken: Spoken, script: &Script) -> Self {
        let headers = spoken.headers;
        let said = Self::whole(status, JSON, &spoken.body, script);
        Self { headers, ..said }
    }

    fn refused(tongue: Tongue, refusal: &Refusal, script: &Script) -> Self {
        Self::spoken(refusal.status, tongue.refusal(refusal, script), script)
    }

    /// The same with the status that the script has for what goes well.
    fn scripted(mut self, script: &Script) -> Self {
        if self.status == 200 {
            self.status = script.status.unwrap_or(200);
        }
        self
    }
}
