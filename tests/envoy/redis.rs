//! Keys in a real Redis behind a real webdis, as `examples/keys-redis` has them.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::source::{name, until};
use crate::stand::{Stand, config, run};
use crate::support::envoy::Envoy;
use crate::support::{eventually, repository};

/// A process of the test's own, which ends with it.
pub struct Own(Child);

impl Own {
    /// Starts one that says what it has to say into a file.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let log = File::options().append(true).create(true).open(log).unwrap();
        let errors = log.try_clone().unwrap();
        let command = command.stdin(Stdio::null()).stdout(log).stderr(errors);
        Self(command.spawn().unwrap())
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The folders of the programs and of their libraries; `None` where there are no Debian packages to be had.
pub fn packages() -> Option<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keys-redis-packages");
    let get = repository("examples/keys-redis/get");
    let said = Command::new(get).arg(folder).output().ok()?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let (programs, libraries) = text.trim().split_once(' ')?;
    said.status
        .success()
        .then(|| (programs.into(), libraries.into()))
}

/// A port that nobody listens on.
pub fn free() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn a_key_in_redis_is_made_narrowed_and_taken_back() {
    let Some((programs, libraries)) = packages() else {
        eprintln!("skipped: redis-server and webdis cannot be had here (apt-get download)");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keys-redis");
    fs::create_dir_all(&folder).unwrap();
    let program = |name: &str| {
        let mut command = Command::new(programs.join(name));
        command
            .env("LD_LIBRARY_PATH", &libraries)
            .current_dir(&folder);
        command
    };
    let (redis, webdis) = (free(), free());
    let port = redis.to_string();
    let start = |command: &mut Command, name: &str| Own::start(command, &folder.join(name));
    let serve = || {
        start(
            program("redis-server").args(["--port", &port, "--bind", "127.0.0.1", "--save", ""]),
            "redis.log",
        )
    };
    let first = serve();
    let settings = fs::read_to_string(repository("examples/keys-redis/webdis.json")).unwrap();
    let settings = settings
        .replace("@redis@", &port)
        .replace("@webdis@", &webdis.to_string());
    fs::write(folder.join("webdis.json"), settings).unwrap();
    let redis = |arguments: &[&str]| {
        let said = program("redis-cli")
            .args(["-p", &port])
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    };
    run(async {
        eventually("Redis", async || (redis(&["PING"]) == "PONG").then_some(())).await;
        let _webdis = start(program("webdis").arg("webdis.json"), "webdis.log");
        let mut config = config("envoy.yaml").await;
        config.tollgate(
            &fs::read_to_string(repository("examples/keys-redis/tollgate.yaml")).unwrap(),
        );
        let cluster = fs::read_to_string(repository("examples/keys-redis/cluster.yaml")).unwrap();
        let cluster = cluster.replace("7379", &webdis.to_string());
        let lines: String = cluster.lines().map(|line| format!("  {line}\n")).collect();
        let place = "\n# Envoy refuses connections above this number";
        config.swap(place, &format!("\n{lines}{place}"));
        let gate = Stand {
            envoy: Envoy::start("keys-redis", &config, 2, &[]).await,
        };
        let set = |row: serde_json::Value| {
            let said = redis(&["SET", &name("tg-made"), &row.to_string()]);
            assert_eq!(said, "OK");
            eprintln!("SET tollgate:… {row}");
        };
        let told = |what: &str| eprintln!("  → {what}");
        // Until webdis answers, whether a key holds is not known.
        until(&gate, "tg-made", 401, Some("invalid_api_key")).await;
        told("401 invalid_api_key");
        set(json!({"id": "made", "team": "search"}));
        until(&gate, "tg-made", 200, None).await;
        told("200");
        set(json!({"id": "made", "team": "search", "models": ["other"]}));
        until(&gate, "tg-made", 403, Some("model_not_allowed")).await;
        told("403 model_not_allowed");
        // Its own limit, with it a counter: requests until it is full, in each of them.
        let limits = json!([{"requests": 3, "every": "1d"}]);
        set(json!({"id": "made", "team": "search", "limits": limits}));
        until(&gate, "tg-made", 429, Some("rate_limit_exceeded")).await;
        told("429 rate_limit_exceeded");
        set(json!({"id": "made", "team": "search"}));
        until(&gate, "tg-made", 200, None).await;
        drop(first);
        eprintln!("Redis is stopped");
        until(&gate, "tg-other", 503, Some("key_source_unavailable")).await;
        until(&gate, "tg-made", 200, None).await;
        told("a key that was known: 200, another: 503 key_source_unavailable");
        let _second = serve();
        eventually("Redis", async || (redis(&["PING"]) == "PONG").then_some(())).await;
        eprintln!("Redis is back, and has forgotten its keys");
        until(&gate, "tg-made", 401, Some("invalid_api_key")).await;
        told("401 invalid_api_key");
        gate.envoy.assert_sound().await;
    });
}
