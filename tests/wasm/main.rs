//! The built file: what it asks of the host, what it offers, how large it is.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic in a test is a failed test"
)]

use std::path::{Path, PathBuf};

use wasmparser::{Parser, Payload};

/// Every Envoy worker holds a copy: the whole file must stay below this, in bytes.
const LARGEST: u64 = 10_000_000;

fn file() -> PathBuf {
    let built = "target/wasm32-wasip1/release/tollgate.wasm";
    let path = std::env::var_os("TOLLGATE_WASM").map_or(built.into(), PathBuf::from);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    assert!(path.exists(), "{} is missing: make build", path.display());
    path
}

/// (what kind, names) of the imports, then of the exports.
fn names() -> (Vec<String>, Vec<String>) {
    let bytes = std::fs::read(file()).unwrap();
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload.unwrap() {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.unwrap();
                    imports.push(format!("{}.{}", import.module, import.name));
                }
            }
            Payload::ExportSection(section) => {
                exports.extend(
                    section
                        .into_iter()
                        .map(|export| export.unwrap().name.to_owned()),
                );
            }
            _ => {}
        }
    }
    (imports, exports)
}

#[test]
fn it_imports_the_proxy_and_little_of_the_system() {
    let (imports, _) = names();
    let system = [
        "environ_get",
        "environ_sizes_get",
        "fd_write",
        "proc_exit",
        "random_get",
    ];
    for import in &imports {
        let allowed = match import.split_once('.').unwrap() {
            ("env", call) => call.starts_with("proxy_"),
            ("wasi_snapshot_preview1", call) => system.contains(&call),
            _ => false,
        };
        assert!(
            allowed,
            "{import} is not among what every proxy-wasm host offers"
        );
    }
}

#[test]
fn it_exports_the_abi() {
    let (_, exports) = names();
    for name in [
        "memory",
        "_initialize",
        "proxy_abi_version_0_2_1",
        "proxy_on_memory_allocate",
        "proxy_on_context_create",
        "proxy_on_configure",
        "proxy_on_tick",
        "proxy_on_request_headers",
        "proxy_on_request_body",
        "proxy_on_request_trailers",
        "proxy_on_response_headers",
        "proxy_on_response_body",
        "proxy_on_response_trailers",
        "proxy_on_log",
        "proxy_on_done",
        "proxy_on_delete",
    ] {
        assert!(
            exports.iter().any(|export| export == name),
            "{name} is not exported"
        );
    }
}

#[test]
fn it_is_small() {
    let size = std::fs::metadata(file()).unwrap().len();
    assert!(size <= LARGEST, "{size} bytes");
}
