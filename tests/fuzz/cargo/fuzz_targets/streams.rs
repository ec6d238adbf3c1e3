//! The target `streams`.
#![no_main]

include!("../run.rs");

libfuzzer_sys::fuzz_target!(|data: &[u8]| run("streams", data));
