//! Any sequence that keeps to the order, written for each client.

use tollgate::dialect::Reported;
use tollgate::dialect::neutral::{BlockKind, Citation, Delta, Error, Stop};

use super::{CLIENTS, order, output};

/// Each byte is a step of a stream.
pub fn deltas(data: &[u8]) {
    let deltas = sequence(data);
    order::check(&deltas).unwrap_or_else(|why| panic!("{why}: {deltas:?}"));
    let metered = output::metered(&deltas);
    for client in CLIENTS {
        let written = output::write(client, &metered);
        output::check(client, &written).unwrap_or_else(|why| {
            let text = String::from_utf8_lossy(&written);
            panic!("{}: {why}\n{text}\n{deltas:?}", client.name())
        });
    }
}

/// A choice on its way.
struct Choice {
    choice: u32,
    blocks: u32,
    /// Open blocks, and whether they are calls.
    open: Vec<(u32, bool)>,
}

fn sequence(data: &[u8]) -> Vec<Delta> {
    let mut out = vec![Delta::Begin {
        id: None,
        model: None,
        created: None,
    }];
    let mut choice = Choice {
        choice: 0,
        blocks: 0,
        open: Vec::new(),
    };
    for (at, byte) in data.iter().enumerate() {
        let (step, more) = (byte % 13, usize::from(byte / 13));
        match step {
            0 => choice.start(BlockKind::Text, &mut out),
            1 => choice.start(BlockKind::Thought, &mut out),
            2 => choice.start(BlockKind::Refusal, &mut out),
            3 => choice.start(call(choice.blocks), &mut out),
            4 => choice.start(
                BlockKind::Sealed {
                    data: "c2VhbGVk".to_owned(),
                    id: None,
                },
                &mut out,
            ),
            5..=7 => choice.say(WORDS[more % WORDS.len()], at, &mut out),
            8 => choice.sign(more, &mut out),
            9 => choice.cite(more, &mut out),
            10 => choice.close(more, &mut out),
            11 => out.push(Delta::Usage(Reported {
                input: Some(more as u64 + 1),
                output: Some(at as u64),
                ..Reported::default()
            })),
            _ if more == 19 => {
                out.push(Delta::Error(Error::new(502, "It broke.", "broken_stream")));
                return out;
            }
            _ => {}
        }
    }
    while !choice.open.is_empty() {
        choice.close(0, &mut out);
    }
    let stop = match data.len() % 5 {
        0 => Stop::End,
        1 => Stop::Length,
        2 => Stop::Sequence(Some("END".to_owned())),
        3 => Stop::Filter,
        _ => Stop::Other("odd".to_owned()),
    };
    out.push(Delta::Finish { choice: 0, stop });
    out.push(Delta::End);
    out
}

/// What is said.
const WORDS: [&str; 6] = ["Hi", "", "{\"a\":", "1}", "\n\n\"\\", "é🙂"];

fn call(block: u32) -> BlockKind {
    BlockKind::Call {
        id: format!("call_{block}"),
        name: "weather".to_owned(),
        custom: false,
    }
}

impl Choice {
    fn start(&mut self, kind: BlockKind, out: &mut Vec<Delta>) {
        let is_call = matches!(kind, BlockKind::Call { .. });
        while self.open.iter().any(|(_, call)| !call || !is_call) {
            self.close(0, out);
        }
        let (choice, block) = (self.choice, self.blocks);
        out.push(Delta::Open {
            choice,
            block,
            kind,
        });
        self.open.push((block, is_call));
        self.blocks += 1;
    }

    fn block(&self, at: usize) -> Option<(u32, bool)> {
        self.open.get(at % self.open.len().max(1)).copied()
    }

    fn say(&self, text: &str, at: usize, out: &mut Vec<Delta>) {
        // Calls say what they say when they are closed.
        let Some((block, false)) = self.block(at) else {
            return;
        };
        out.push(Delta::Say {
            choice: self.choice,
            block,
            text: text.to_owned(),
            logprobs: None,
        });
    }

    /// What is signed is whole.
    fn sign(&mut self, at: usize, out: &mut Vec<Delta>) {
        if let Some((block, false)) = self.block(at) {
            out.push(Delta::Sign {
                choice: self.choice,
                block,
                signature: "c2ln".to_owned(),
            });
            self.close(at, out);
        }
    }

    fn cite(&self, at: usize, out: &mut Vec<Delta>) {
        if let Some((block, false)) = self.block(at) {
            let citation = Citation {
                url: Some("https://example.com".to_owned()),
                title: Some("T".to_owned()),
                ..Citation::default()
            };
            out.push(Delta::Cite {
                choice: self.choice,
                block,
                citation,
            });
        }
    }

    fn close(&mut self, at: usize, out: &mut Vec<Delta>) {
        if let Some((block, call)) = self.block(at) {
            for text in ["{\"a\":", "1}"]
                .into_iter()
                .filter(|_| call && at % 3 != 1)
            {
                out.push(Delta::Say {
                    choice: self.choice,
                    block,
                    text: text.to_owned(),
                    logprobs: None,
                });
            }
            self.open.retain(|(open, _)| *open != block);
            out.push(Delta::Close {
                choice: self.choice,
                block,
            });
        }
    }
}
