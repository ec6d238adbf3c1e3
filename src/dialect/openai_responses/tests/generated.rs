//! Streams and requests that nobody thought of.

use proptest::collection::vec;
use proptest::prelude::*;

use super::checker::check;
use super::told;
use crate::dialect::Reported;
use crate::dialect::neutral::{
    BlockKind, Citation, Delta, DeltaReader, DeltaWriter, Error, ErrorKind, Stop,
};
use crate::dialect::openai_responses::{StreamReader, StreamWriter, read_reply, read_request};

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z \"\\\\é😀\n]{1,6}"]
}

fn kind() -> impl Strategy<Value = BlockKind> {
    let call = ("[a-z:]{0,8}", "[a-z]{1,4}", any::<bool>());
    prop_oneof![
        Just(BlockKind::Text),
        Just(BlockKind::Text),
        Just(BlockKind::Thought),
        Just(BlockKind::Refusal),
        call.prop_map(|(id, name, custom)| BlockKind::Call { id, name, custom }),
        "[a-zA-Z]{0,8}".prop_map(|data| BlockKind::Sealed { data, id: None }),
    ]
}

/// One block: what it is, its words, its proof, a source.
type Block = (BlockKind, Vec<String>, Option<String>, bool);

fn block() -> impl Strategy<Value = Block> {
    let signature = proptest::option::of("[a-z:]{1,5}");
    (kind(), vec(word(), 0..4), signature, any::<bool>())
}

fn stop() -> impl Strategy<Value = Stop> {
    prop_oneof![
        Just(Stop::End),
        Just(Stop::Length),
        Just(Stop::Tool),
        Just(Stop::Filter),
        Just(Stop::Refusal),
        Just(Stop::Other("x".to_owned())),
    ]
}

/// The deltas of one block.
fn deltas(block: u32, (kind, words, signature, cited): &Block) -> Vec<Delta> {
    let choice = 0;
    let mut deltas = vec![Delta::Open {
        choice,
        block,
        kind: kind.clone(),
    }];
    if !matches!(kind, BlockKind::Sealed { .. }) {
        deltas.extend(words.iter().map(|text| Delta::Say {
            choice,
            block,
            text: text.clone(),
            logprobs: None,
        }));
        deltas.extend(signature.iter().map(|signature| Delta::Sign {
            choice,
            block,
            signature: signature.clone(),
        }));
    }
    if *cited && *kind == BlockKind::Text {
        deltas.push(Delta::Cite {
            choice,
            block,
            citation: Citation {
                url: Some("https://example.com".to_owned()),
                ..Citation::default()
            },
        });
    }
    deltas.push(Delta::Close { choice, block });
    deltas
}

/// What a client makes of the blocks: kind and words, in order, as the wire tells them apart.
fn heard(deltas: &[Delta]) -> Vec<(String, String)> {
    let mut heard: Vec<(String, String)> = Vec::new();
    let mut place = std::collections::BTreeMap::new();
    for delta in deltas {
        match delta {
            Delta::Open { block, kind, .. } => {
                place.insert(*block, heard.len());
                heard.push((format!("{kind:?}"), String::new()));
            }
            Delta::Say { block, text, .. } => heard[place[block]].1.push_str(text),
            _ => {}
        }
    }
    heard
}

fn write(deltas: &[Delta]) -> Vec<u8> {
    let mut writer = StreamWriter::new(told());
    let mut out = Vec::new();
    for delta in deltas {
        writer.delta(delta, &mut out);
    }
    out
}

fn read(stream: &[u8]) -> Vec<Delta> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for event in std::str::from_utf8(stream)
        .unwrap()
        .split_terminator("\n\n")
    {
        let (name, data) = event.split_once('\n').unwrap();
        reader.event(&name["event: ".len()..], &data["data: ".len()..], &mut out);
    }
    reader.end(&mut out);
    out
}

fn begin() -> Delta {
    Delta::Begin {
        id: Some("x".to_owned()),
        model: None,
        created: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_stream_is_whole(blocks in vec(block(), 0..8), stop in stop(), broken in any::<bool>(), cut in 0_usize..40) {
        let mut all = vec![begin()];
        for (nth, block) in (0..).zip(&blocks) {
            all.extend(deltas(nth, block));
        }
        if broken {
            all.truncate(cut.max(1));
            all.push(Delta::Error(Error {
                status: 500,
                kind: ErrorKind::Server,
                code: None,
                message: "broke".to_owned(),
                param: None,
            }));
        } else {
            all.push(Delta::Finish { choice: 0, stop });
            all.push(Delta::Usage(Reported { input: Some(2), output: Some(3), ..Reported::default() }));
            all.push(Delta::End);
        }
        let stream = write(&all);
        let last = check(&stream);
        prop_assert_eq!(last["status"] == "failed", broken);
        // As a provider's stream it says the same, but for what this dialect has no empty form of.
        let back = read(&stream);
        prop_assert_eq!(matches!(back.last(), Some(Delta::Error(_))), broken);
        if !broken {
            let said = |deltas: &[Delta]| -> Vec<(String, String)> {
                let worth = |(kind, words): &(String, String)| {
                    !(kind.starts_with("Sealed") || kind == "Thought" && words.is_empty())
                };
                let all = heard(deltas).into_iter().filter(worth);
                all.map(|(kind, words)| match words.as_str() {
                    "" if kind.contains("custom: false") => (kind, "{}".to_owned()),
                    _ => (kind, words),
                }).collect()
            };
            prop_assert_eq!(said(&all), said(&back));
        }
    }

    #[test]
    fn a_stream_cut_anywhere_is_an_error(blocks in vec(block(), 0..4), cut in any::<prop::sample::Index>()) {
        let mut all = vec![begin()];
        for (nth, block) in (0..).zip(&blocks) {
            all.extend(deltas(nth, block));
        }
        all.push(Delta::Finish { choice: 0, stop: Stop::End });
        all.push(Delta::End);
        let stream = String::from_utf8(write(&all)).unwrap();
        let events: Vec<&str> = stream.split_inclusive("\n\n").collect();
        let short = events[..cut.index(events.len())].concat();
        let back = read(short.as_bytes());
        prop_assert!(matches!(back.last(), Some(Delta::Error(_))), "{short}");
        let open = back.iter().filter(|delta| matches!(delta, Delta::Begin { .. })).count();
        prop_assert_eq!((open, matches!(back[0], Delta::Begin { .. })), (1, true));
    }

    #[test]
    fn calls_may_mix(first in vec(word(), 0..4), second in vec(word(), 0..4)) {
        let call = |block: u32| BlockKind::Call { id: format!("c{block}"), name: "f".to_owned(), custom: false };
        let say = |block: u32, text: &String| Delta::Say { choice: 0, block, text: text.clone(), logprobs: None };
        let mut all = vec![begin()];
        all.extend([0, 1].map(|block| Delta::Open { choice: 0, block, kind: call(block) }));
        let longest = first.len().max(second.len());
        for nth in 0..longest {
            all.extend(second.get(nth).map(|text| say(1, text)));
            all.extend(first.get(nth).map(|text| say(0, text)));
        }
        all.extend([1, 0].map(|block| Delta::Close { choice: 0, block }));
        all.push(Delta::Finish { choice: 0, stop: Stop::Tool });
        all.push(Delta::End);
        check(&write(&all));
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,40}", kind in "[a-z_]{0,10}", number in any::<u64>()) {
        let bodies = [
            text.clone(),
            format!(r#"{{"input":[{{"type":"{kind}","role":{number}}}]}}"#),
            format!(r#"{{"input":{number},"tools":[{number}],"text":{{"format":{{"type":"{kind}"}}}}}}"#),
            format!(r#"{{"output":[{{"type":"{kind}","content":{number}}},{number}],"usage":{number}}}"#),
        ];
        for body in &bodies {
            let _ = read_request(body);
            let _ = read_reply(body);
            let mut out = Vec::new();
            StreamReader::default().event(&format!("response.{kind}"), body, &mut out);
        }
    }
}
