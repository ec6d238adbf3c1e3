//! Whether access logs are whole: `TOLLGATE_AUDIT_KEY=… cargo run --example verify -- access.log…`, the oldest
//! first. Lines that were changed, taken out, moved or doubled are named.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use tollgate::policy::Secret;
use tollgate::stage::audit::verify::Log;

const KEY: &str = "TOLLGATE_AUDIT_KEY";

fn main() -> ExitCode {
    let files: Vec<String> = env::args().skip(1).collect();
    let Some(key) = env::var(KEY).ok().filter(|_| !files.is_empty()) else {
        eprintln!("usage: {KEY}=… verify LOG…");
        return ExitCode::from(2);
    };
    let key = Secret::new(key.trim());
    let (mut log, mut faults) = (Log::default(), 0_usize);
    for file in &files {
        let opened = match File::open(file) {
            Ok(opened) => opened,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        };
        for (nth, line) in (1_usize..).zip(BufReader::new(opened).split(b'\n')) {
            let Ok(line) = line else {
                eprintln!("{file}: cannot be read to its end");
                return ExitCode::from(2);
            };
            let line = String::from_utf8_lossy(&line);
            let Some((worker, wrong)) = log.read(&key, &line) else {
                continue;
            };
            for wrong in wrong {
                println!("{file}:{nth}: worker {worker}: {wrong}");
                faults = faults.saturating_add(1);
            }
        }
    }
    for (worker, last) in log.workers() {
        println!("worker {worker}: up to line {last}");
    }
    println!(
        "{} sealed lines, {} without a seal, {faults} faults",
        log.sealed, log.unsealed
    );
    match (faults, log.sealed) {
        (0, 1..) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
