//! Why an answer ends and what it holds are made to agree: a client that is told to run tools looks for calls,
//! and one that is not does not look for them. Not every provider keeps to that.

use crate::dialect::neutral::{BlockKind, Choice, Delta, PartKind, Reply, Stop};

/// A stream's choices that have calls so far.
#[derive(Debug, Default)]
pub struct Agreement(Vec<u32>);

impl Agreement {
    /// The next delta, with the reason that fits.
    pub fn delta(&mut self, delta: &mut Delta) {
        match delta {
            Delta::Open {
                choice,
                kind: BlockKind::Call { .. },
                ..
            } if !self.0.contains(choice) => self.0.push(*choice),
            Delta::Finish { choice, stop } => agree(stop, self.0.contains(choice)),
            _ => {}
        }
    }
}

/// A whole reply, with the reasons that fit.
pub(super) fn reply(reply: &mut Reply) {
    for Choice { parts, stop, .. } in &mut reply.choices {
        let is_call = |part: &_| matches!(part, PartKind::Call(_));
        agree(stop, parts.iter().any(|part| is_call(&part.kind)));
    }
}

fn agree(stop: &mut Stop, calls: bool) {
    match (&stop, calls) {
        (Stop::Tool, false) => *stop = Stop::End,
        (Stop::End, true) => *stop = Stop::Tool,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::neutral::ToolCall;

    #[test]
    fn the_reason_follows_the_calls() {
        let rows = [
            (Stop::Tool, true, Stop::Tool),
            (Stop::Tool, false, Stop::End),
            (Stop::End, true, Stop::Tool),
            (Stop::End, false, Stop::End),
            (Stop::Length, true, Stop::Length),
            (Stop::Filter, false, Stop::Filter),
        ];
        for (said, calls, told) in rows {
            let kind = BlockKind::Call {
                id: "c".into(),
                name: "f".into(),
                custom: false,
            };
            let mut agreement = Agreement::default();
            if calls {
                agreement.delta(&mut Delta::Open {
                    choice: 0,
                    block: 0,
                    kind,
                });
            }
            let mut finish = Delta::Finish {
                choice: 0,
                stop: said.clone(),
            };
            agreement.delta(&mut finish);
            let expected = Delta::Finish {
                choice: 0,
                stop: told.clone(),
            };
            assert_eq!(finish, expected);
            let mut whole = Reply {
                choices: vec![Choice {
                    parts: match calls {
                        true => vec![PartKind::Call(ToolCall::default()).into()],
                        false => vec![],
                    },
                    stop: said,
                    ..Choice::default()
                }],
                ..Reply::default()
            };
            reply(&mut whole);
            assert_eq!(whole.choices[0].stop, told);
        }
    }
}
