//! The shipped configurations with other ports: text substitution that fails when the text is not there.

use super::{repository, wasm};

/// One of the shipped files, on its way to being run by a test.
#[derive(Clone)]
pub struct Config {
    text: String,
}

/// The configuration's line behind which Tollgate's own part stands, and the form of that part.
const ANCHOR: &str = "configuration: &tollgate\n";
const STRUCT: &str = "\"@type\": type.googleapis.com/google.protobuf.Struct\n";
const VALUE: &str = "\n                  value:\n";

impl Config {
    /// `envoy.yaml` or `envoy-aggregate.yaml`, with the built filter, and with ports of Envoy's choice.
    pub fn shipped(file: &str) -> Self {
        let path = repository("envoy").join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let mut config = Self { text };
        config.swap("port_value: 9901}", "port_value: 0}");
        config.swap("port_value: 10000}", "port_value: 0}");
        config.swap(
            "target/wasm32-wasip1/release/tollgate.wasm}",
            &format!("{}}}", wasm().display()),
        );
        config
    }

    /// Puts `new` in the place of `old`, which must stand there exactly once.
    pub fn swap(&mut self, old: &str, new: &str) {
        self.swap_times(1, old, new);
    }

    /// Puts `new` in the place of `old`, which must stand there exactly so many times.
    pub fn swap_times(&mut self, times: usize, old: &str, new: &str) {
        let found = self.text.matches(old).count();
        assert_eq!(
            found, times,
            "the shipped configuration should have {old:?} {times} times"
        );
        self.text = self.text.replace(old, new);
    }

    /// Puts `new` in the place of the first `old` of so many.
    pub fn swap_first(&mut self, of: usize, old: &str, new: &str) {
        let found = self.text.matches(old).count();
        assert_eq!(
            found, of,
            "the shipped configuration should have {old:?} {of} times"
        );
        self.text = self.text.replacen(old, new, 1);
    }

    /// Leads the TLS cluster for `host` to a port of this machine; SNI and the name to verify stay `host`'s.
    pub fn lead(&mut self, host: &str, port: u16) {
        self.swap(
            &format!("endpoint: {{address: {{socket_address: {{address: {host}, port_value: 443}}}}}}"),
            &format!(
                "endpoint: {{hostname: {host}, address: {{socket_address: {{address: 127.0.0.1, port_value: {port}}}}}}}"
            ),
        );
    }

    /// Leads the cluster `local` to a port.
    pub fn lead_local(&mut self, port: u16) {
        self.swap("port_value: 8080}", &format!("port_value: {port}}}"));
    }

    /// Gives Tollgate this configuration (YAML) instead of the shipped one.
    pub fn tollgate(&mut self, yaml: &str) {
        let indent = " ".repeat(20);
        let lines: String = yaml
            .lines()
            .map(|line| format!("{indent}{line}\n"))
            .collect();
        self.replace_value(&format!("{VALUE}{lines}"));
    }

    /// Gives Tollgate this configuration as a text (`google.protobuf.StringValue`).
    pub fn tollgate_text(&mut self, json: &str) {
        let quoted = serde_json::to_string(json).unwrap();
        self.replace_value(&format!("\n                  value: {quoted}\n"));
        self.swap(STRUCT, &STRUCT.replace("Struct", "StringValue"));
    }

    /// Everything from the anchored configuration's `value:` to the next line that stands as far left.
    fn replace_value(&mut self, new: &str) {
        let anchor = self
            .text
            .find(ANCHOR)
            .expect("the shipped configuration has no `configuration: &tollgate`");
        let from = self.text[anchor..]
            .find(VALUE)
            .expect("no `value:` behind `configuration: &tollgate`")
            + anchor;
        let body = from + VALUE.len();
        let inside =
            |line: &&str| line.trim().is_empty() || line.starts_with("                   ");
        let length: usize = self.text[body..]
            .split_inclusive('\n')
            .take_while(inside)
            .map(str::len)
            .sum();
        self.text.replace_range(from..body + length, new);
    }

    /// Makes another cluster like `local`, on this port, that the matcher knows.
    pub fn add_cluster(&mut self, name: &str, port: u16) {
        let marker = "\n# Envoy refuses connections above this number";
        let cluster = format!(
            "\n  - name: {name}\n    type: STATIC\n    load_assignment:\n      cluster_name: {name}\n      endpoints: \
             [{{lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: \
             {port}}}}}}}}}]}}]\n    connect_timeout: 1s\n    per_connection_buffer_limit_bytes: 16777216\n{marker}"
        );
        self.swap(marker, &cluster);
        let line = "{action: {name: local,      typed_config: {\"@type\": *to, cluster: local}}}\n";
        let indent = " ".repeat(32);
        let added = format!(
            "{indent}{name}: {{action: {{name: {name}, typed_config: {{\"@type\": *to, cluster: {name}}}}}}}\n"
        );
        self.swap(line, &format!("{line}{added}"));
    }

    /// Puts a cluster in the place of the one with its name. Comments before it go along.
    pub fn replace_cluster(&mut self, name: &str, cluster: &str) {
        let head = format!("  - name: {name}\n");
        let (before, rest) = self.text.split_once(&head).expect("no such cluster");
        let (_, after) = rest.split_once("\n\n").unwrap();
        self.text = format!("{before}{}\n\n{after}", cluster.trim_end());
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}
