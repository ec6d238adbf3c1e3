//! The target `bodies`.
#![no_main]

include!("../run.rs");

libfuzzer_sys::fuzz_target!(|data: &[u8]| run("bodies", data));
