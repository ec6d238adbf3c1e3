//! What the tests against a real Envoy stand on: an Envoy process, its configuration, certificates, a client.

pub mod ask;
pub mod authority;
pub mod checkers;
pub mod client;
pub mod envoy;
pub mod line;
pub mod numbered;
pub mod render;

use std::path::PathBuf;
use std::time::Duration;

/// How long anything may take that happens at once on a machine with nothing else to do.
pub const SOON: Duration = Duration::from_secs(20);

/// How long is waited between two looks at a condition.
pub const LOOK: Duration = Duration::from_millis(10);

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The filter: `$TOLLGATE_WASM`, else what `make build` writes.
pub fn wasm() -> PathBuf {
    let built = || repository("target/wasm32-wasip1/release/tollgate.wasm");
    let path = std::env::var_os("TOLLGATE_WASM").map_or_else(built, PathBuf::from);
    assert!(
        path.is_file(),
        "{} is not there: run `make build` first, or set TOLLGATE_WASM to a built filter",
        path.display()
    );
    path
}

/// What `look` gives once it gives something; `what` is named when it does not do so soon.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let until = std::time::Instant::now() + SOON;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(
            std::time::Instant::now() < until,
            "not seen in {SOON:?}: {what}"
        );
        tokio::time::sleep(LOOK).await;
    }
}
