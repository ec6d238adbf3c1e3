//! From what is to be said to what is to be done on the connection: the steps of a reply's body.

use std::collections::VecDeque;
use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use super::events::{self, Event, Framing, Part};
use super::frames;
use super::script::Script;

/// One thing that a body does.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Gives bytes.
    Bytes(Bytes),
    /// Lets the bytes given so far go out.
    Flush,
    /// Waits this long.
    Wait(Duration),
    /// Waits until this long after the last wait: what comes between the waits does not slow them down.
    Pace(Duration),
    /// Resets the connection.
    Reset,
    /// Waits for ever.
    Stall,
}

/// What a body does, one after the other.
#[derive(Debug, Default)]
pub struct Plan {
    /// The steps.
    pub steps: VecDeque<Step>,
    /// The body's declared length, if it is declared, less what was given.
    pub length: Option<u64>,
}

/// How long bytes get to reach the other side before a reset, which may overtake them.
const BEFORE_RESET: Duration = Duration::from_millis(30);

/// How a body ends.
enum End {
    Clean,
    Reset,
    Stall,
}

impl Plan {
    /// A body sent as one, whatever the script.
    pub fn plain(body: Bytes) -> Self {
        let length = u64::try_from(body.len()).ok();
        Self {
            steps: VecDeque::from([Step::Bytes(body)]),
            length,
        }
    }

    /// A body that is not a stream.
    pub fn whole(mut body: Vec<u8>, script: &Script) -> Self {
        if script.gzip {
            body = gzipped(vec![Part::Event(body)], true)
                .into_iter()
                .flat_map(Part::into_bytes)
                .collect();
        }
        let (end, kept) = end(script);
        let full = u64::try_from(body.len()).ok();
        body.truncate(kept);
        let mut plan = Self::default();
        if !script.no_length && script.end_after.is_none() {
            plan.length = full;
        }
        plan.wait(script.first);
        plan.bytes(body, script);
        plan.end(end);
        plan
    }

    /// The body of an event stream. `faults` gives the events with which one fails that has had so many.
    pub fn stream(
        framing: Framing,
        events: Vec<Event>,
        faults: impl FnOnce(usize) -> Vec<Event>,
        script: &Script,
    ) -> Self {
        let mut plan = Self::default();
        let mut events = played(events, faults, script);
        let (end, kept) = end(script);
        let whole = kept >= events.len();
        events.truncate(kept);
        let mut parts = match framing {
            Framing::Sse => events::written(&events, script),
            Framing::Frames => frames::written(&events, script.bad_crc),
            Framing::Array => events::array(&events),
        };
        if script.gzip {
            parts = gzipped(parts, whole);
        }
        let pause = script
            .tps
            .map_or(Duration::ZERO, |rate| Duration::from_secs_f64(rate.recip()));
        let mut first = true;
        for part in parts {
            match part {
                Part::Comment(bytes) => plan.bytes(bytes, script),
                Part::Event(bytes) => {
                    if std::mem::take(&mut first) {
                        plan.wait(script.first);
                    } else {
                        plan.pace(pause);
                    }
                    plan.bytes(bytes, script);
                }
            }
        }
        plan.end(end);
        plan
    }

    fn wait(&mut self, time: Duration) {
        if !time.is_zero() {
            self.steps.push_back(Step::Wait(time));
        }
    }

    fn pace(&mut self, time: Duration) {
        if !time.is_zero() {
            self.steps.push_back(Step::Pace(time));
        }
    }

    fn bytes(&mut self, bytes: Vec<u8>, script: &Script) {
        let bytes = Bytes::from(bytes);
        let size = script.chunk.unwrap_or(bytes.len()).max(1);
        let mut rest = bytes;
        while !rest.is_empty() {
            let piece = rest.split_to(size.min(rest.len()));
            if !self.steps.is_empty() {
                self.pace(script.gap);
            }
            self.steps.push_back(Step::Bytes(piece));
            if !script.burst {
                self.steps.push_back(Step::Flush);
            }
        }
    }

    fn end(&mut self, end: End) {
        match end {
            End::Clean => {}
            End::Reset => {
                self.wait(BEFORE_RESET);
                self.steps.push_back(Step::Reset);
            }
            End::Stall => self.steps.push_back(Step::Stall),
        }
        // Whole bodies and the last event go out by themselves.
        if self.steps.back() == Some(&Step::Flush) {
            self.steps.pop_back();
        }
    }
}

/// How it ends, and after how many events or bytes.
fn end(script: &Script) -> (End, usize) {
    match (script.reset_after, script.end_after, script.stall_after) {
        (Some(kept), _, _) => (End::Reset, kept),
        (None, Some(kept), _) => (End::Clean, kept),
        (None, None, Some(kept)) => (End::Stall, kept),
        (None, None, None) => (End::Clean, usize::MAX),
    }
}

/// The events that come, when some are left out and a fault comes in.
fn played(
    mut events: Vec<Event>,
    faults: impl FnOnce(usize) -> Vec<Event>,
    script: &Script,
) -> Vec<Event> {
    let error_at = match script.error_mid {
        None if script.error_first || script.error_event => Some(0),
        after => after,
    };
    if let Some(kept) = error_at {
        events.truncate(kept);
    }
    if script.no_done {
        events.retain(|event| !event.last);
    }
    if error_at.is_some() {
        let before = events.len();
        events.extend(faults(before).into_iter().map(|fault| Event {
            name: fault.name.or(script.error_event.then_some("error")),
            ..fault
        }));
    }
    events
}

/// Compresses part by part, so that each can be read as it comes; what is cut short lacks the trailer.
fn gzipped(parts: Vec<Part>, whole: bool) -> Vec<Part> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let mut compress = |bytes: &[u8]| {
        // Writing into memory does not fail.
        let _ = encoder.write_all(bytes).and_then(|()| encoder.flush());
        std::mem::take(encoder.get_mut())
    };
    let compressed = parts.into_iter().map(|part| match part {
        Part::Comment(bytes) => Part::Comment(compress(&bytes)),
        Part::Event(bytes) => Part::Event(compress(&bytes)),
    });
    let mut parts: Vec<Part> = compressed.collect();
    if whole && let (Ok(trailer), Some(Part::Event(last))) = (encoder.finish(), parts.last_mut()) {
        last.extend(trailer);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(switches: &str) -> Script {
        let mut script = Script::default();
        script.read(switches, '+').unwrap();
        script
    }

    fn steps(plan: Plan) -> Vec<String> {
        let name = |step: Step| match step {
            Step::Bytes(bytes) => String::from_utf8_lossy(&bytes).trim().to_owned(),
            step => format!("{step:?}"),
        };
        plan.steps.into_iter().map(name).collect()
    }

    fn stream(switches: &str) -> Plan {
        let done = Event::unnamed("[DONE]").last();
        let events = vec![Event::unnamed("a"), Event::unnamed("b"), done];
        let faults = |_| vec![Event::unnamed(r#"{"error":{}}"#)];
        Plan::stream(Framing::Sse, events, faults, &script(switches))
    }

    #[test]
    fn streams() {
        for (switches, are) in [
            (
                "",
                &["data: a", "Flush", "data: b", "Flush", "data: [DONE]"][..],
            ),
            ("burst+no_done", &["data: a", "data: b"]),
            (
                "tps=10+first=1s+burst+end_after=2",
                &["Wait(1s)", "data: a", "Pace(100ms)", "data: b"],
            ),
            (
                "reset_after=1",
                &["data: a", "Flush", "Wait(30ms)", "Reset"],
            ),
            ("stall_after=0", &["Stall"]),
            ("chunk=5+end_after=1", &["data:", "Flush", "a"]),
        ] {
            assert_eq!(steps(stream(switches)), are, "{switches}");
        }
    }

    #[test]
    fn errors_end_a_stream() {
        for (switches, length, start) in [
            ("error_first", 1, "data: {\"error\""),
            ("error_event", 1, "event: error\ndata: {\"error\""),
            ("error_mid=2+error_event", 3, "event: error\n"),
        ] {
            let steps = steps(stream(&format!("burst+{switches}")));
            assert_eq!(steps.len(), length, "{switches}");
            assert!(steps.last().unwrap().starts_with(start), "{switches}");
        }
    }

    #[test]
    fn bodies_keep_their_declared_length_when_cut() {
        let plan = Plan::whole(b"0123456789".to_vec(), &script("reset_after=4"));
        assert_eq!(plan.length, Some(10));
        assert_eq!(steps(plan), ["0123", "Flush", "Wait(30ms)", "Reset"]);
        assert_eq!(
            Plan::whole(b"0123".to_vec(), &script("end_after=2")).length,
            None
        );
        assert_eq!(
            Plan::whole(b"0123".to_vec(), &script("no_length")).length,
            None
        );
    }

    #[test]
    fn gzip_can_be_read_back() {
        use std::io::Read;
        let parts = vec![
            Part::Event(b"one".to_vec()),
            Part::Comment(b"two".to_vec()),
            Part::Event(b"three".to_vec()),
        ];
        let bytes: Vec<u8> = gzipped(parts, true)
            .into_iter()
            .flat_map(Part::into_bytes)
            .collect();
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "onetwothree");
    }
}
