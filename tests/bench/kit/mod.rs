//! What the benches stand on: texts, replies, a provider, a load generator, Envoys to measure.
//!
//! Every bench includes this module by its path and uses a part of it.
#![allow(dead_code, reason = "each bench uses its part")]

pub mod body;
pub mod config;
pub mod envoy;
pub mod load;
pub mod provider;
pub mod reply;
pub mod text;
pub mod tidy;
pub mod variant;
pub mod wire;

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The core that the proxy has for itself.
pub const PROXY_CORE: &str = "0";

/// The core of the load generator and the provider.
pub const LOAD_CORE: &str = "1";

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Where benches write, `target/bench`.
pub fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let folder = target.map_or_else(|| repository("target"), PathBuf::from);
    let folder = folder.join("bench");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A built file: what the variable names, or else this one under the target folder.
pub fn built(variable: &str, path: &str) -> PathBuf {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let path = named.unwrap_or_else(|| folder().join("..").join(path));
    assert!(
        path.is_file(),
        "{} is not there: run `make build` first, or set {variable}",
        path.display()
    );
    path.canonicalize().unwrap()
}

/// Whether `QUICK=1` asks for a short run.
pub fn quick() -> bool {
    std::env::var("QUICK").is_ok_and(|value| !value.is_empty() && value != "0")
}

/// Keeps this process, and threads that it starts later, on the load's core. Says whether it could.
pub fn pin_self() -> bool {
    let pinned = Command::new("taskset")
        .args(["-pc", LOAD_CORE, &std::process::id().to_string()])
        .stdout(Stdio::null())
        .status();
    pinned.is_ok_and(|status| status.success())
}
