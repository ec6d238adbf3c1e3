//! An Envoy process: started on free ports, asked through its admin port, stopped when dropped or when the tests end.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

use super::ask::Ask;
use super::client::Wire;
use super::render::Config;
use super::{SOON, eventually, repository};

/// Runs Envoy as a child of its own and stops it, by its process id, as soon as standard input ends: when the guard is
/// dropped, and also when the test process has ended in whatever way.
const KEEPER: &str = r#"
exec 3<&0
"$@" 3<&- & envoy=$!
( read -r _ <&3; kill $envoy; sleep 5; kill -9 $envoy ) >/dev/null 2>&1 & keeper=$!
wait $envoy; code=$?
kill $keeper 2>/dev/null
exit $code
"#;

/// A running Envoy.
pub struct Envoy {
    child: Child,
    folder: PathBuf,
    admin: u16,
    port: u16,
}

/// What an Envoy said that did not start.
#[derive(Debug)]
pub struct Failed {
    /// Its log, without what is only information.
    pub log: String,
}

impl Envoy {
    /// Starts Envoy and waits until it is ready. `name` is this Envoy's folder among the tests' files.
    pub async fn start(
        name: &str,
        config: &Config,
        workers: usize,
        environment: &[(&str, &str)],
    ) -> Self {
        match Self::try_start(name, config, workers, environment).await {
            Ok(envoy) => envoy,
            Err(failed) => panic!("Envoy ({name}) does not start. Its log:\n{}", failed.log),
        }
    }

    /// Starts Envoy; its log, when it ends before it is ready.
    pub async fn try_start(
        name: &str,
        config: &Config,
        workers: usize,
        environment: &[(&str, &str)],
    ) -> Result<Self, Failed> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("envoy")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("envoy.yaml"), config.text()).unwrap();
        let output = |name: &str| File::create(folder.join(name)).unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", KEEPER, "keeper"])
            .arg(program())
            .arg("-c")
            .arg(folder.join("envoy.yaml"));
        command.args([
            "--concurrency",
            &workers.to_string(),
            "--disable-hot-restart",
        ]);
        command.args(["--file-flush-interval-msec", "50", "--drain-time-s", "1"]);
        command
            .arg("--admin-address-path")
            .arg(folder.join("admin"));
        command.arg("--log-path").arg(folder.join("envoy.log"));
        command.envs(environment.iter().copied());
        command
            .stdin(Stdio::piped())
            .stdout(output("access.log"))
            .stderr(output("errors.log"));
        let mut envoy = Self {
            child: command.spawn().unwrap(),
            folder,
            admin: 0,
            port: 0,
        };
        let until = std::time::Instant::now() + SOON * 3;
        while !envoy.is_ready().await {
            let ended = envoy.child.try_wait().unwrap().is_some();
            if ended {
                let log = envoy.log() + &envoy.read("errors.log");
                let lines: Vec<&str> = log
                    .lines()
                    .filter(|line| !line.contains("][info]["))
                    .collect();
                return Err(Failed {
                    log: lines.join("\n"),
                });
            }
            assert!(
                std::time::Instant::now() < until,
                "Envoy ({name}) is not ready:\n{}",
                envoy.log()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(envoy)
    }

    async fn is_ready(&mut self) -> bool {
        let address = self.read("admin");
        let Some(port) = address
            .trim()
            .rsplit_once(':')
            .and_then(|(_, port)| port.parse().ok())
        else {
            return false;
        };
        self.admin = port;
        if self
            .try_ask_admin("/ready")
            .await
            .is_none_or(|said| said.trim() != "LIVE")
        {
            return false;
        }
        let listeners: Value =
            serde_json::from_str(&self.ask_admin("/listeners?format=json").await).unwrap();
        let port =
            listeners.pointer("/listener_statuses/0/local_address/socket_address/port_value");
        self.port = u16::try_from(port.and_then(Value::as_u64).unwrap_or_default()).unwrap();
        self.port != 0
    }

    /// The listener's port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the admin port says to this path.
    pub async fn ask_admin(&self, path: &str) -> String {
        self.try_ask_admin(path)
            .await
            .unwrap_or_else(|| panic!("admin port: no answer to {path}"))
    }

    async fn try_ask_admin(&self, path: &str) -> Option<String> {
        let mut wire = Wire::try_connect(self.admin).await.ok()?;
        let reply = wire.try_ask(&Ask::get(path)).await.ok()?;
        (reply.status == 200).then(|| reply.text())
    }

    /// A counter or gauge; 0 when it does not exist. `name` is the whole name, labels and all.
    pub async fn stat(&self, name: &str) -> u64 {
        let all = self.ask_admin("/stats").await;
        let line = all
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.map_or(0, |value| value.parse().unwrap())
    }

    /// Envoy's log so far.
    pub fn log(&self) -> String {
        self.read("envoy.log")
    }

    /// The access log's lines so far.
    pub fn access_log(&self) -> Vec<Value> {
        let text = self.read("access.log");
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let parsed = |line: &str| {
            serde_json::from_str(line).unwrap_or_else(|why| panic!("access log: {why}: {line}"))
        };
        whole.lines().map(parsed).collect()
    }

    /// The access log's line that `is` picks, once it is there.
    pub async fn access_line(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        eventually(what, async || self.access_log().into_iter().find(&is)).await
    }

    /// Fails when a filter has trapped, was loaded anew, or has complained.
    pub async fn assert_sound(&self) {
        let log = self.log();
        let bad = [
            "Uncaught RuntimeError",
            "panicked",
            "[critical]",
            "[error]",
            "Function: proxy_on_",
        ];
        let found: Vec<&str> = log
            .lines()
            .filter(|line| bad.iter().any(|bad| line.contains(bad)))
            .collect();
        assert!(found.is_empty(), "Envoy's log has:\n{}", found.join("\n"));
        let stats = self.ask_admin("/stats?filter=vm_reload").await;
        let moved: Vec<&str> = stats
            .lines()
            .filter(|line| !line.ends_with(": 0"))
            .collect();
        assert!(moved.is_empty(), "a VM was loaded anew: {moved:?}");
    }

    fn read(&self, name: &str) -> String {
        let bytes = fs::read(self.folder.join(name)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Envoy {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The Envoy to run: `$ENVOY`, else the one that `envoy/get` finds or brings.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        if let Some(named) = std::env::var_os("ENVOY").filter(|named| !named.is_empty()) {
            return named.into();
        }
        let got = Command::new(repository("envoy/get"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(
            got.status.success(),
            "envoy/get found no Envoy to run; set ENVOY to the path of one"
        );
        String::from_utf8(got.stdout).unwrap().trim().into()
    })
}

/// Has Envoy check a configuration without running it; what it says against it.
pub async fn validate(name: &str, config: &Config) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("envoy-validated");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, config.text()).unwrap();
    let mut command = tokio::process::Command::new(program());
    command.args(["--mode", "validate", "-c"]).arg(path);
    let said = command.output().await.unwrap();
    match said.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&said.stderr).into_owned()),
    }
}
