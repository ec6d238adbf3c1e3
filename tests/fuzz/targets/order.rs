//! The order in which every reader says what a stream brings, as the neutral form has it.

use std::collections::BTreeMap;

use tollgate::dialect::neutral::{BlockKind, Delta};

#[derive(Debug, Default)]
struct Choice {
    /// Whether each block is open, and whether it is a call.
    blocks: Vec<(bool, bool)>,
    finished: bool,
}

/// What is wrong with the order of `deltas`.
pub fn check(deltas: &[Delta]) -> Result<(), String> {
    let mut choices: BTreeMap<u32, Choice> = BTreeMap::new();
    let (mut begun, mut over) = (false, false);
    for delta in deltas {
        let wrong = |what: &str| Err(format!("{what}: {delta:?}"));
        if over {
            return wrong("something behind the end");
        }
        match delta {
            Delta::Begin { .. } if begun => return wrong("begun twice"),
            Delta::Begin { .. } => begun = true,
            Delta::Error(_) => over = true,
            _ if !begun => return wrong("not begun"),
            Delta::Usage(_) => {}
            Delta::End => {
                over = true;
                let open = |choice: &Choice| !choice.finished;
                if choices.is_empty() || choices.values().any(open) {
                    return wrong("a choice is not finished");
                }
            }
            Delta::Open {
                choice,
                block,
                kind,
            } => {
                let choice = choices.entry(*choice).or_default();
                if choice.finished || choice.blocks.len() != *block as usize {
                    return wrong("a block out of its order");
                }
                let call = matches!(kind, BlockKind::Call { .. });
                let others = choice.blocks.iter().filter(|(open, _)| *open);
                if others.into_iter().any(|(_, other)| !call || !other) {
                    return wrong("another block is open");
                }
                choice.blocks.push((true, call));
            }
            Delta::Say { choice, block, .. }
            | Delta::Sign { choice, block, .. }
            | Delta::Cite { choice, block, .. }
            | Delta::Close { choice, block } => {
                let choice = choices.entry(*choice).or_default();
                let Some(found) = choice.blocks.get_mut(*block as usize) else {
                    return wrong("no such block");
                };
                if !found.0 {
                    return wrong("the block is closed");
                }
                found.0 = !matches!(delta, Delta::Close { .. });
            }
            Delta::Finish { choice, .. } => {
                let choice = choices.entry(*choice).or_default();
                if choice.finished || choice.blocks.iter().any(|(open, _)| *open) {
                    return wrong("finished twice, or a block is open");
                }
                choice.finished = true;
            }
        }
    }
    match over {
        true => Ok(()),
        false => Err("neither an end nor an error".to_owned()),
    }
}
