//! A filter for both of Tollgate's places that computes nothing: what Envoy's sandbox alone costs. Configured with
//! `calls` it makes the host calls that Tollgate makes for a plain request, and holds what Tollgate holds.

use proxy_wasm::hostcalls as host;
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, BufferType, ContextType, MapType, MetricType};

proxy_wasm::main! {{
    proxy_wasm::set_root_context(|_| -> Box<dyn RootContext> { Box::<Root>::default() });
}}

/// A log line of the usual length.
const LINE: &[u8] = &[b'x'; 480];

#[derive(Default)]
struct Root {
    role: Option<Role>,
    metrics: [u32; 8],
}

#[derive(Clone, Copy)]
enum Role {
    Gateway,
    Attempt,
}

impl Context for Root {}

impl RootContext for Root {
    fn on_configure(&mut self, _: usize) -> bool {
        if self.get_plugin_configuration().as_deref() != Some(b"calls") {
            return true;
        }
        let root = self.get_property(vec!["plugin_root_id"]);
        let gateway = root.as_deref() == Some(b"gateway");
        self.role = Some(if gateway {
            Role::Gateway
        } else {
            Role::Attempt
        });
        for (nth, metric) in self.metrics.iter_mut().enumerate() {
            let kind = if nth < 5 {
                MetricType::Counter
            } else {
                MetricType::Histogram
            };
            *metric = host::define_metric(kind, &format!("calls{nth}")).unwrap_or_default();
        }
        true
    }

    fn create_http_context(&self, _: u32) -> Option<Box<dyn HttpContext>> {
        let metrics = self.metrics;
        Some(match self.role {
            None => Box::new(Stream),
            Some(role) => Box::new(Calls {
                role,
                metrics,
                holds: false,
            }),
        })
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }
}

/// Lets everything pass; every callback is the SDK's own.
struct Stream;

impl Context for Stream {}

impl HttpContext for Stream {}

/// Makes the calls, and uses nothing of what they give.
struct Calls {
    role: Role,
    metrics: [u32; 8],
    /// The reply is held until it is complete.
    holds: bool,
}

impl Context for Calls {}

impl HttpContext for Calls {
    fn on_http_request_headers(&mut self, _: usize, _: bool) -> Action {
        match self.role {
            Role::Gateway => {
                self.get_http_request_headers_bytes();
                self.get_current_time();
                self.set_http_request_header("authorization", None);
                self.set_http_request_header("accept-encoding", Some("identity"));
                Action::Pause
            }
            Role::Attempt => {
                self.get_property(vec!["tollgate_note"]);
                self.get_property(vec!["xds", "cluster_name"]);
                self.set_property(vec!["tollgate_attempt"], Some(b"1 0"));
                self.set_http_request_header("x-tollgate-cluster", None);
                self.set_http_request_header(":path", Some("/v1/chat/completions"));
                self.set_http_request_header(":authority", Some("127.0.0.1"));
                self.set_http_request_header("authorization", Some("Bearer key-of-local"));
                Action::Continue
            }
        }
    }

    fn on_http_request_body(&mut self, size: usize, end: bool) -> Action {
        match (self.role, end) {
            (Role::Attempt, _) => return Action::Continue,
            (Role::Gateway, false) => return Action::Pause,
            (Role::Gateway, true) => {}
        }
        self.get_http_request_body(0, size);
        self.set_property(vec!["tollgate_cluster"], Some(b"local"));
        self.set_property(vec!["tollgate_note"], Some(&[0; 64]));
        self.set_http_request_header("x-tollgate-cluster", Some("local"));
        self.set_http_request_header("x-envoy-max-retries", Some("0"));
        self.set_http_request_header("x-envoy-upstream-rq-timeout-ms", Some("600000"));
        Action::Continue
    }

    fn on_http_response_headers(&mut self, _: usize, _: bool) -> Action {
        if let Role::Gateway = self.role {
            self.get_property(vec!["tollgate_attempt"]);
        }
        let headers = host::get_map_bytes(MapType::HttpResponseHeaders).unwrap_or_default();
        self.holds = headers
            .iter()
            .any(|(_, value)| value.starts_with(b"application/json"));
        if let Role::Gateway = self.role {
            for name in ["model", "provider", "attempts", "input-tokens", "decision"] {
                self.set_http_response_header(&["x-tollgate-", name].concat(), Some("12345678"));
            }
        }
        if self.holds {
            Action::Pause
        } else {
            Action::Continue
        }
    }

    fn on_http_response_body(&mut self, size: usize, end: bool) -> Action {
        if self.holds && !end {
            return Action::Pause;
        }
        if self.holds || matches!(self.role, Role::Gateway) {
            let _ = host::get_buffer(BufferType::HttpResponseBody, 0, size);
        }
        if let (Role::Gateway, true) = (self.role, self.holds) {
            self.get_current_time();
            for name in ["output-tokens", "input-tokens", "cost-usd"] {
                self.set_http_response_header(&["x-tollgate-", name].concat(), Some("12345678"));
            }
        }
        Action::Continue
    }

    fn on_log(&mut self) {
        if let Role::Attempt = self.role {
            return;
        }
        self.get_current_time();
        for (nth, metric) in self.metrics.iter().enumerate() {
            let _ = match nth {
                0..5 => host::increment_metric(*metric, 1),
                _ => host::record_metric(*metric, 17),
            };
        }
        self.set_property(vec!["tollgate_log"], Some(LINE));
    }
}
