//! The target `json`.
#![no_main]

include!("../run.rs");

libfuzzer_sys::fuzz_target!(|data: &[u8]| run("json", data));
