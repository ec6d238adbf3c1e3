//! The shipped Envoy configuration, changed for a bench: text edits that fail when the text is not there.

use std::path::Path;

use super::repository;

/// The configuration on its way.
pub struct Config {
    text: String,
}

impl Config {
    /// `envoy/envoy.yaml` with ports of Envoy's choice, and every cluster led to the provider's port.
    pub fn shipped(provider: u16) -> Self {
        let text = std::fs::read_to_string(repository("envoy/envoy.yaml")).unwrap();
        let mut config = Self { text };
        config.swap("port_value: 9901}", "port_value: 0}");
        config.swap("port_value: 10000}", "port_value: 0}");
        config.swap("port_value: 8080}", &format!("port_value: {provider}}}"));
        config.text = config.text.lines().map(|line| near(line) + "\n").collect();
        config
    }

    /// Takes the filter out of both places, and sends everything to one cluster.
    pub fn without_filters(&mut self) {
        self.replace("          - name: tollgate\n", "");
        self.replace("              upstream_http_filters:\n", "");
        self.fix_cluster();
    }

    /// Sends everything to one cluster, whatever a filter says.
    pub fn fix_cluster(&mut self) {
        let route = "                  inline_cluster_specifier_plugin:\n";
        self.replace(route, "                  cluster: local\n");
    }

    /// Loads this file as the filter.
    pub fn load(&mut self, wasm: &Path) {
        let path = format!("filename: {}}}", wasm.display());
        self.swap(
            "filename: target/wasm32-wasip1/release/tollgate.wasm}",
            &path,
        );
    }

    /// Gives the filter this configuration, which is JSON.
    pub fn tollgate(&mut self, json: &str) {
        let quoted = serde_json::to_string(json).unwrap();
        let new = format!(
            "                configuration: &tollgate\n                  \"@type\": \
             type.googleapis.com/google.protobuf.StringValue\n                  value: {quoted}\n"
        );
        self.replace("                configuration: &tollgate\n", &new);
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn swap(&mut self, old: &str, new: &str) {
        assert_eq!(
            self.text.matches(old).count(),
            1,
            "envoy.yaml should have {old:?} once"
        );
        self.text = self.text.replace(old, new);
    }

    /// Puts `new` in the place of the block that begins with this line, its deeper lines included. A list that
    /// stands as far left as its key belongs to the key.
    fn replace(&mut self, first: &str, new: &str) {
        let from = self
            .text
            .find(first)
            .unwrap_or_else(|| panic!("envoy.yaml should have {first:?}"));
        let left = first.len() - first.trim_start().len();
        let is_item = first.trim_start().starts_with("- ");
        let inside = |line: &&str| {
            let own = line.len() - line.trim_start().len();
            let item = own == left && !is_item && line.trim_start().starts_with("- ");
            own > left || item || line.trim().is_empty()
        };
        let body = from + first.len();
        let length: usize = self.text[body..]
            .split_inclusive('\n')
            .take_while(inside)
            .map(str::len)
            .sum();
        self.text.replace_range(from..body + length, new);
    }
}

/// Providers' names are not looked up.
fn near(line: &str) -> String {
    const ADDRESS: &str = "socket_address: {address: ";
    let Some(at) = line
        .find(ADDRESS)
        .filter(|_| line.contains("port_value: 443}"))
    else {
        return line.to_owned();
    };
    let from = at + ADDRESS.len();
    let length = line[from..].find(',').unwrap();
    format!("{}127.0.0.1{}", &line[..from], &line[from + length..])
}
