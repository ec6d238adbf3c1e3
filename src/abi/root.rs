//! One plugin of one worker: reads the configuration, makes streams, ticks.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::ContextType;

use super::calls::{self, Buffer};
use super::host::Envoy;
use super::pulse;
use super::stream::{Role, Stream};
use crate::config;
use crate::host::Host;
use crate::runtime::Runtime;
use crate::stage::meters::Meters;

/// The plugin's `root_id`.
#[derive(Debug, Clone, Copy)]
enum RoleName {
    Gateway,
    Attempt,
}

/// A plugin, configured or not.
#[derive(Debug)]
pub(super) struct Root {
    context: u32,
    work: Option<(RoleName, Rc<Runtime>)>,
}

/// A configuration and what was made of it.
type Known = (Vec<u8>, Weak<Runtime>);

thread_local! {
    /// Both roles are given the same configuration: it is compiled once.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

impl Root {
    pub(super) fn new(context: u32) -> Self {
        Self {
            context,
            work: None,
        }
    }
}

impl Context for Root {}

impl RootContext for Root {
    fn on_configure(&mut self, _size: usize) -> bool {
        let root_id = calls::property("plugin_root_id").unwrap_or_default();
        let role = match root_id.as_slice() {
            b"gateway" => RoleName::Gateway,
            b"attempt" => RoleName::Attempt,
            other => {
                let name = String::from_utf8_lossy(other);
                log::error!("root_id: unknown role {name:?}; expected one of: gateway, attempt");
                return false;
            }
        };
        let bytes = calls::buffer(Buffer::PluginConfiguration).unwrap_or_default();
        let Some(runtime) = known(&bytes).or_else(|| compile(bytes)) else {
            return false;
        };
        if matches!(role, RoleName::Gateway) {
            pulse::watch(runtime.policy.shortest_idle());
        }
        self.work = Some((role, runtime));
        true
    }

    fn on_tick(&mut self) {
        pulse::tick();
    }

    fn create_http_context(&self, context: u32) -> Option<Box<dyn HttpContext>> {
        let (name, runtime) = self.work.as_ref()?;
        let role = match name {
            RoleName::Gateway => Role::gateway(context),
            RoleName::Attempt => Role::attempt(context),
        };
        let runtime = Rc::clone(runtime);
        Some(Box::new(Stream::new(role, self.context, runtime)))
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }
}

fn known(bytes: &[u8]) -> Option<Rc<Runtime>> {
    KNOWN.with_borrow_mut(|known| {
        known.retain(|(_, runtime)| runtime.strong_count() > 0);
        let (_, runtime) = known.iter().find(|(own, _)| own == bytes)?;
        runtime.upgrade()
    })
}

fn compile(bytes: Vec<u8>) -> Option<Rc<Runtime>> {
    let loaded = match config::load(&bytes, &|name| std::env::var(name).ok()) {
        Ok(loaded) => loaded,
        Err(faults) => {
            for fault in faults {
                log::error!("{fault}");
            }
            return None;
        }
    };
    warn(&loaded.warnings);
    let meters = Meters::new(&loaded.policy, &Envoy);
    let mut runtime = Runtime::new(loaded.policy, meters, Envoy.now());
    runtime.may_hold_replies = is_at_least(1, 37);
    let runtime = Rc::new(runtime);
    let weak = Rc::downgrade(&runtime);
    KNOWN.with_borrow_mut(|known| known.push((bytes, weak)));
    Some(runtime)
}

/// Whether the proxy is an Envoy of this version or later, as far as it says.
fn is_at_least(major: u64, minor: u64) -> bool {
    let part = |name: &str| {
        let path = format!("xds\0node\0user_agent_build_version\0version\0{name}");
        let bytes = calls::property(&path)?;
        bytes.try_into().ok().map(u64::from_le_bytes)
    };
    match (part("major_number"), part("minor_number")) {
        (Some(own_major), Some(own_minor)) => (own_major, own_minor) >= (major, minor),
        _ => true,
    }
}

/// Every worker reads the configuration; each sentence is said once.
fn warn(warnings: &[String]) {
    for warning in warnings {
        let key = format!("tollgate warned: {warning}");
        if calls::shared(&key).is_none() {
            let _ = calls::set_shared(&key, b"1", 0);
            log::warn!("{warning}");
        }
    }
}
