//! A real Envoy for one test: on free ports, and ended with the value that stands for it.
#![allow(dead_code, reason = "no one of those who include this uses all of it")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The variable that switches the shipped configuration's `local` provider on.
pub const LOCAL: &str = "LOCAL_API_KEY";

/// How long Envoy has to start.
const START: Duration = Duration::from_secs(60);

/// The repository.
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where a test may write.
pub fn scratch() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The built filter: `$TOLLGATE_WASM`, else the one beside what cargo builds.
///
/// # Panics
/// When it is not built.
pub fn wasm() -> PathBuf {
    let built = scratch().with_file_name("wasm32-wasip1/release/tollgate.wasm");
    let wasm = std::env::var_os("TOLLGATE_WASM").map_or(built, PathBuf::from);
    assert!(wasm.exists(), "{} is not there: make build", wasm.display());
    wasm
}

/// The Envoy to run.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let found = Command::new(top().join("envoy/get")).output().unwrap();
        let said = String::from_utf8_lossy(&found.stderr);
        assert!(found.status.success(), "envoy/get: {said}");
        String::from_utf8(found.stdout).unwrap().trim().into()
    })
}

/// `text` with `old`, which must stand there once, replaced.
///
/// # Panics
/// When it does not stand there, or more than once.
pub fn replaced(text: &str, old: &str, new: &str) -> String {
    let found = text.matches(old).count();
    assert_eq!(found, 1, "{old:?} stands {found} times in\n{text}");
    text.replace(old, new)
}

/// envoy/envoy.yaml as it is shipped, on free ports, with the provider `local` at `port`.
pub fn shipped(port: u16) -> String {
    let text = fs::read_to_string(top().join("envoy/envoy.yaml")).unwrap();
    placed(&text, port)
}

/// A configuration with the shipped one's places, made to run here.
pub fn placed(text: &str, provider: u16) -> String {
    let provider = format!("port_value: {provider}}}");
    let built = wasm().display().to_string();
    let mut text = text.to_owned();
    for (old, new) in [
        ("port_value: 10000}", "port_value: 0}"),
        ("port_value: 9901}", "port_value: 0}"),
        ("port_value: 8080}", provider.as_str()),
        ("target/wasm32-wasip1/release/tollgate.wasm", built.as_str()),
    ] {
        text = replaced(&text, old, new);
    }
    let authorities = "/etc/ssl/certs/ca-certificates.crt";
    if Path::new(authorities).exists() {
        return text;
    }
    // No test here speaks TLS: any certificate will do.
    let key = rcgen::generate_simple_self_signed(Vec::new()).unwrap();
    let file = scratch().join("authorities.pem");
    fs::write(&file, key.cert.pem()).unwrap();
    text.replace(authorities, &file.display().to_string())
}

/// A running Envoy.
pub struct Envoy {
    child: Child,
    folder: PathBuf,
    /// Where its admin interface is.
    pub admin: String,
    /// Where its listener is, such as `127.0.0.1:34567`.
    pub address: String,
}

impl Drop for Envoy {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Envoy {
    /// Starts Envoy with `config`, whose only listener is the gateway's, and with the providers' `keys`. `name` is
    /// for its files.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(name: &str, config: &str, keys: &[(&str, &str)]) -> Self {
        let folder = folder(name);
        let admin = folder.join("admin");
        let mut command = command(&folder, config);
        command.envs(keys.iter().copied());
        command.args(["--concurrency", "2", "--disable-hot-restart"]);
        command.args(["--file-flush-interval-msec", "50"]);
        command.arg("--admin-address-path").arg(&admin);
        command.arg("--log-path").arg(folder.join("envoy.log"));
        let file = |name| Stdio::from(fs::File::create(folder.join(name)).unwrap());
        let child = command
            .stdout(file("access.log"))
            .stderr(file("errors"))
            .spawn();
        let mut envoy = Self {
            child: child.unwrap(),
            folder,
            admin: String::new(),
            address: String::new(),
        };
        envoy.wait(&admin);
        envoy
    }

    fn wait(&mut self, admin: &Path) {
        let until = Instant::now() + START;
        while Instant::now() < until && self.child.try_wait().unwrap().is_none() {
            self.admin = fs::read_to_string(admin).unwrap_or_default();
            if !self.admin.is_empty()
                && self.ask("/ready").is_some_and(|said| said.contains("LIVE"))
            {
                let listeners = self.ask("/listeners?format=text").unwrap();
                let line = listeners.lines().find(|line| line.contains("::")).unwrap();
                self.address = line.rsplit_once("::").unwrap().1.trim().to_owned();
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("Envoy does not start:\n{}", self.log());
    }

    /// The body of a page of Envoy's admin interface, with what frames it.
    pub fn ask(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.admin.trim()).ok()?;
        let head = format!("GET {path} HTTP/1.1\r\nhost: admin\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).ok()?;
        let mut said = String::new();
        stream.read_to_string(&mut said).ok()?;
        let (_, body) = said.split_once("\r\n\r\n")?;
        Some(body.to_owned())
    }

    /// The last lines of its log, without those that only inform.
    pub fn log(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        let text = read("envoy.log") + &read("errors");
        let lines = text.lines().filter(|line| !line.contains("][info]["));
        let lines: Vec<&str> = lines.collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

/// Whether Envoy, and the filter in it, accept `config`.
///
/// # Errors
/// What it says is wrong.
pub fn validate(name: &str, config: &str) -> Result<(), String> {
    let folder = folder(name);
    let mut command = command(&folder, config);
    let done = command
        .env("OPENAI_API_KEY", "key-of-openai")
        .args(["--mode", "validate", "--log-level", "warning"])
        .output()
        .unwrap();
    fs::remove_dir_all(folder).unwrap();
    match done.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = scratch().join(format!("{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Envoy with `config`, and with no provider's key from outside.
fn command(folder: &Path, config: &str) -> Command {
    let file = folder.join("envoy.yaml");
    fs::write(&file, config).unwrap();
    let mut command = Command::new(program());
    command
        .arg("-c")
        .arg(file)
        .current_dir(top())
        .stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().ends_with("_API_KEY") {
            command.env_remove(name);
        }
    }
    command
}
