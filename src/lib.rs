//! Tollgate: an AI gateway that runs inside Envoy as one proxy-wasm filter.
//!
//! Which module may import which: a module may use those on the floors below its own, and those
//! on its own floor but for the two roles, which never see each other. `tests/native/floors.rs`
//! holds the code to this table.
//!
//! | floor | modules                                                                                       | what lives there                        |
//! | ----- | --------------------------------------------------------------------------------------------- | --------------------------------------- |
//! | 6     | abi                                                                                           | callbacks and host calls, wasm32 only   |
//! | 5     | gateway attempt                                                                               | the two roles                           |
//! | 4     | config stage runtime                                                                          | what the operator wrote; the steps      |
//! | 3     | policy note                                                                                   | compiled configuration; the roles' note |
//! | 2     | dialect prices                                                                                | wire formats and providers              |
//! | 1     | json sse event_stream pii mask tokens near seen fnv digest injection ledger rls window schema | engines that have never heard of LLMs   |
//! | 0     | host step refusal units                                                                       | words                                   |

#![cfg_attr(
    test,
    allow(
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "a panic in a test is a failed test"
    )
)]

#[cfg(target_arch = "wasm32")]
mod abi;
pub mod attempt;
pub mod config;
pub mod dialect;
pub mod digest;
pub mod event_stream;
pub mod fnv;
pub mod gateway;
pub mod host;
pub mod injection;
pub mod json;
pub mod ledger;
pub mod mask;
pub mod near;
pub mod note;
pub mod pii;
pub mod policy;
pub mod prices;
pub mod refusal;
pub mod rls;
pub mod runtime;
pub mod schema;
pub mod seen;
pub mod sse;
pub mod stage;
pub mod step;
pub mod tokens;
pub mod units;
pub mod window;
