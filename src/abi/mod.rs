//! The border to the proxy: its callbacks become calls of the roles, their steps become host calls.
//!
//! *Never*: decides anything.

mod calls;
mod host;
mod logger;
mod pulse;
mod root;
mod stream;

use proxy_wasm::traits::RootContext;

proxy_wasm::main! {{
    logger::start();
    proxy_wasm::set_root_context(|context| -> Box<dyn RootContext> {
        Box::new(root::Root::new(context))
    });
}}
