//! Log lines go to Envoy's log.

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::calls;

/// The level from which on lines are written.
const LEVEL: LevelFilter = LevelFilter::Info;

struct EnvoyLog;

/// Sends what the `log` macros say to the proxy.
pub(super) fn start() {
    // It fails only when it was called before, and then nothing is missing.
    let _ = log::set_logger(&EnvoyLog);
    log::set_max_level(LEVEL);
}

impl Log for EnvoyLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= LEVEL
    }

    fn log(&self, record: &Record<'_>) {
        // The ABI counts from trace (0) to critical (5).
        let level = match record.level() {
            Level::Error => 4,
            Level::Warn => 3,
            Level::Info => 2,
            Level::Debug => 1,
            Level::Trace => 0,
        };
        calls::log(level, &format!("tollgate: {}", record.args()));
    }

    fn flush(&self) {}
}
