//! An Envoy with one worker on the proxy's core: started, measured, stopped.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{PROXY_CORE, folder, repository};

/// A running Envoy.
pub struct Envoy {
    child: Child,
    folder: PathBuf,
    admin: u16,
    /// The listener's port.
    pub port: u16,
    /// From the start of the process until it said that it is ready.
    pub started_in: Duration,
}

/// Memory in MiB.
#[derive(Clone, Copy, Default)]
pub struct Memory {
    /// The process's resident set.
    pub resident: f64,
    /// What Envoy's own allocator has given out (`/memory`); V8's memory is not among it.
    pub allocated: f64,
}

impl Envoy {
    /// Starts one and waits until it is ready.
    pub fn start(name: &str, config: &str) -> Self {
        let folder = folder().join(name.replace(' ', "-").replace('−', "no"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("envoy.yaml"), config).unwrap();
        // Ends with this process, however that ends; runs on the proxy's core.
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "taskset", "-c", PROXY_CORE])
            .arg(program());
        command.arg("-c").arg(folder.join("envoy.yaml"));
        command.args([
            "--concurrency",
            "1",
            "--disable-hot-restart",
            "--file-flush-interval-msec",
            "1000",
        ]);
        command
            .arg("--admin-address-path")
            .arg(folder.join("admin"));
        command.arg("--log-path").arg(folder.join("envoy.log"));
        command.env("LOCAL_API_KEY", "key-of-local");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(folder.join("errors.log")).unwrap());
        let begin = Instant::now();
        let child = command
            .spawn()
            .expect("the benches need setpriv and taskset (util-linux)");
        let mut envoy = Self {
            child,
            folder,
            admin: 0,
            port: 0,
            started_in: Duration::ZERO,
        };
        while !envoy.is_ready() {
            let ended = envoy.child.try_wait().unwrap().is_some();
            let late = begin.elapsed() > Duration::from_secs(60);
            assert!(
                !ended && !late,
                "Envoy ({name}) does not start:\n{}",
                envoy.log()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        envoy.started_in = begin.elapsed();
        let listeners: Value =
            serde_json::from_str(&envoy.admin("/listeners?format=json")).unwrap();
        let port =
            listeners.pointer("/listener_statuses/0/local_address/socket_address/port_value");
        envoy.port = u16::try_from(port.unwrap().as_u64().unwrap()).unwrap();
        envoy
    }

    fn is_ready(&mut self) -> bool {
        let address = fs::read_to_string(self.folder.join("admin")).unwrap_or_default();
        let port = address
            .trim()
            .rsplit_once(':')
            .and_then(|(_, port)| port.parse().ok());
        self.admin = port.unwrap_or(0);
        self.admin != 0
            && self
                .try_admin("/ready")
                .is_some_and(|said| said.contains("LIVE"))
    }

    /// What the admin port says to this path.
    pub fn admin(&self, path: &str) -> String {
        self.try_admin(path)
            .unwrap_or_else(|| panic!("admin port: no answer to {path}"))
    }

    fn try_admin(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.admin)).ok()?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: admin\r\nconnection: close\r\n\r\n"
        )
        .ok()?;
        let mut said = String::new();
        stream.read_to_string(&mut said).ok()?;
        let (head, body) = said.split_once("\r\n\r\n")?;
        match head
            .to_ascii_lowercase()
            .contains("transfer-encoding: chunked")
        {
            false => Some(body.to_owned()),
            true => Some(unchunked(body)),
        }
    }

    /// A counter or gauge, 0 when it does not exist.
    pub fn stat(&self, name: &str) -> u64 {
        let said = self.admin(&format!("/stats?filter=^{name}$"));
        let value = said
            .trim()
            .rsplit_once(": ")
            .map(|(_, value)| value.parse().unwrap());
        value.unwrap_or(0)
    }

    /// Memory now.
    pub fn memory(&self) -> Memory {
        let said: Value = serde_json::from_str(&self.admin("/memory")).unwrap();
        let allocated: f64 = said["allocated"].as_str().unwrap().parse().unwrap();
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        let resident: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        Memory {
            resident: resident / 1024.0,
            allocated: allocated / f64::from(1 << 20),
        }
    }

    /// The time that all its threads have had on a processor, which other processes cannot falsify as they can
    /// rates and latencies.
    pub fn processor_time(&self) -> Duration {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let of = |task: std::io::Result<fs::DirEntry>| -> Option<u64> {
            let text = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse().ok()
        };
        Duration::from_nanos(tasks.filter_map(of).sum())
    }

    /// Fails when the filter has trapped or complained.
    pub fn assert_sound(&self) {
        let log = self.log();
        let bad = [
            "RuntimeError",
            "panicked",
            "[critical]",
            "[error]",
            "proxy_on_",
        ];
        let found = log
            .lines()
            .find(|line| bad.iter().any(|bad| line.contains(bad)));
        assert!(found.is_none(), "{}: {found:?}", self.folder.display());
    }

    fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        read("envoy.log") + &read("errors.log")
    }
}

impl Drop for Envoy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunked(mut body: &str) -> String {
    let mut out = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        out.push_str(rest.get(..size).unwrap_or_default());
        body = rest.get(size + 2..).unwrap_or_default();
    }
    out
}

/// `$ENVOY`, else what `envoy/get` finds or brings.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        if let Some(named) = std::env::var("ENVOY")
            .ok()
            .filter(|named| !named.is_empty())
        {
            return named;
        }
        let got = Command::new(repository("envoy/get"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(
            got.status.success(),
            "envoy/get found no Envoy; set ENVOY to the path of one"
        );
        String::from_utf8(got.stdout).unwrap().trim().to_owned()
    })
}
