use proptest::prelude::*;

use super::verify::{Log, Wrong};
use super::{Chain, prompt};
use crate::policy::Secret;

fn key() -> Secret {
    Secret::new("a key for the audit")
}

/// The lines of two workers as they come, each sealed.
fn lines(workers: &[usize]) -> Vec<String> {
    let chains = [Chain::default(), Chain::default()];
    let line = |(nth, worker): (usize, &usize)| {
        let text = format!(r#"{{"dialect":"openai-chat","duration_ms":{nth},"findings":{{}}}}"#);
        let prompt = prompt(&key(), nth.to_string().as_bytes());
        chains[*worker].seal(&key(), &text, Some(&prompt), || *worker as u64)
    };
    workers.iter().enumerate().map(line).collect()
}

/// What is wrong, by the place of the line.
fn faults(lines: &[String]) -> Vec<(usize, Wrong)> {
    let mut log = Log::default();
    let read = |(nth, line): (usize, &String)| {
        let (_, wrong) = log.read(&key(), line).unwrap();
        wrong.into_iter().map(move |wrong| (nth, wrong))
    };
    lines.iter().enumerate().flat_map(read).collect()
}

#[test]
fn a_whole_log_is_whole_however_it_is_written_down() {
    let lines = lines(&[0, 1, 1, 0, 1, 0]);
    assert_eq!(faults(&lines), []);
    assert!(lines[0].starts_with(r#"{"dialect":"openai-chat","#) && lines[0].ends_with("\"}}"));
    let inside: Vec<String> = lines
        .iter()
        .map(|line| serde_json::json!({"path": "/v1", "tollgate": line}).to_string())
        .collect();
    assert_eq!(faults(&inside), []);
    let behind: Vec<String> = lines
        .iter()
        .map(|line| format!("[2026] POST 200 {line}"))
        .collect();
    assert_eq!(faults(&behind), []);
    let mut log = Log::default();
    assert_eq!(log.read(&key(), "[2026] GET /index.html -"), None);
    assert_eq!(log.read(&key(), r#"{"dialect":"openai-chat"}"#), None);
    assert_eq!(log.unsealed, 2);
    for line in &lines {
        log.read(&key(), line);
    }
    assert_eq!(
        log.workers().map(|(_, count)| count).collect::<Vec<_>>(),
        [3, 3]
    );
    let other = Secret::new("another key");
    assert_eq!(
        Log::default().read(&other, &lines[0]).unwrap().1,
        [Wrong::Changed]
    );
}

#[test]
fn what_was_done_to_a_log_is_told() {
    let whole = lines(&[0, 0, 1, 0, 0, 1]);
    let mut lines = whole.clone();
    lines.remove(1);
    assert_eq!(faults(&lines), [(2, Wrong::Missing(2, 2))]);
    let mut lines = whole.clone();
    lines.drain(..2);
    assert_eq!(faults(&lines), [(1, Wrong::Missing(1, 2))]);
    let mut lines = whole.clone();
    lines.swap(0, 1);
    assert_eq!(
        faults(&lines),
        [(0, Wrong::Missing(1, 1)), (1, Wrong::Moved(1))]
    );
    let mut lines = whole.clone();
    lines.insert(4, whole[3].clone());
    assert_eq!(faults(&lines), [(4, Wrong::Moved(3))]);
    let mut lines = whole.clone();
    lines[3] = lines[3].replace("\"duration_ms\":3", "\"duration_ms\":4");
    assert_eq!(faults(&lines), [(3, Wrong::Changed)]);
    // Two lines of one sequence: whoever has the key can seal, but not put a line in place of another.
    let mut lines = whole.clone();
    lines[1] = self::lines(&[1, 0, 0])[2].clone();
    assert_eq!(faults(&lines)[0], (1, Wrong::Unlinked));
}

proptest! {
    #[test]
    fn no_byte_can_be_changed(
        workers in prop::collection::vec(0..2_usize, 1..8),
        nth in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in 0x20..0x7f_u8,
    ) {
        let mut lines = lines(&workers);
        let line = nth.index(lines.len());
        let mut bytes = lines[line].clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        lines[line] = String::from_utf8(bytes).unwrap();
        let mut log = Log::default();
        let mut wrong = 0;
        for line in &lines {
            wrong += log.read(&key(), line).map_or(1, |(_, wrong)| wrong.len());
        }
        prop_assert!(wrong > 0);
    }
}
