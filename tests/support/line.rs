//! A line of the access log, with Tollgate's own object in it read.

use serde_json::Value;

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Envoy's fields.
    pub envoy: Value,
    /// Tollgate's; null when it wrote none.
    pub tollgate: Value,
}

impl Line {
    /// Reads one.
    pub fn read(envoy: Value) -> Self {
        let own = envoy["tollgate"].as_str();
        let tollgate = own.map_or(Value::Null, |text| {
            serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
        });
        Self { envoy, tollgate }
    }

    /// Is it the line of the request with this mark?
    pub fn is_of(envoy: &Value, mark: &str) -> bool {
        let holds = |field: &str| {
            envoy[field]
                .as_str()
                .is_some_and(|text| text.contains(mark))
        };
        holds("tollgate") || holds("path")
    }
}
