//! Limits that Envoys share by the limitador crate's service (`tests/limitador`), its counters in a real Redis.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::json;
use tokio::task::JoinSet;
use tollgate::digest::Digest;

use crate::fleet::member;
use crate::redis::{Own, free, packages};
use crate::stand::run;
use crate::support::ask::Ask;
use crate::support::client::Wire;
use crate::support::envoy::Envoy;
use crate::support::{eventually, repository};

/// As `examples/fleet` has it, with windows that do not end within a test.
const POLICY: &str = r#"
providers:
  local: {kind: vllm, host: vllm.internal, path_prefix: /own/v1, api_key: none}
prices:
  "gpt-4o+prompt=12+completion=8/local": {input: 0.1, output: 0.1}
  "gpt-4o+prompt=12+completion=88/local": {input: 0.1, output: 0.1}
  "gpt-4o+prompt=12+completion=13/local": {input: 4, output: 4}
limits:
- {name: team-day, per: [team], tokens: @tokens@, usd: @usd@, every: 1d}
- {name: calls, per: [key], requests: @requests@, every: 1d}
limit_store: {kind: rls, cluster: ratelimit, domain: tollgate, timeout: 2s, descriptors: apart, on_store_error: @on_error@}
keys:
  list:
"#;

/// Each has a key and a team of its own, so that its counters are its own.
const CASES: [&str; 9] = [
    "one-calls",
    "one-words",
    "one-money",
    "all-calls",
    "all-words",
    "refused",
    "allowed",
    "alone",
    "broken",
];

/// How many tokens and millionths of a dollar a team has, and how many requests a key.
type Limits = [u64; 3];

const FEW: Limits = [1000, 1000, 30];
const MANY: Limits = [1_000_000, 100_000, 50_000];

/// Requests in flight at one time, of both Envoys together.
const AT_ONCE: usize = 8;

/// The programs, and where they keep what is theirs.
struct Programs {
    redis: PathBuf,
    libraries: PathBuf,
    service: PathBuf,
    folder: PathBuf,
    limits: Limits,
    ports: [u16; 2],
}

/// Redis, and the service over it.
struct Store {
    programs: Programs,
    redis: Option<Own>,
    service: Option<Own>,
}

/// Builds the service; `None` where Redis cannot be had.
fn programs(test: &str, limits: Limits) -> Option<Programs> {
    let Some((redis, libraries)) = packages() else {
        eprintln!("skipped: redis-server cannot be had here (apt-get download)");
        return None;
    };
    let mut openssl = Command::new("pkg-config");
    let openssl = openssl.args(["--exists", "openssl"]).status();
    if !openssl.is_ok_and(|status| status.success()) {
        eprintln!("skipped: limitador cannot be built here (libssl-dev and pkg-config)");
        return None;
    }
    let target = repository("target/limitador");
    let manifest = repository("tests/limitador/Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--locked", "--manifest-path"]);
    command.arg(manifest).env("CARGO_TARGET_DIR", &target);
    let built = command.output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "tests/limitador: {said}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("limitador")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let [tokens, micro, requests] = limits;
    let mut own = fs::read_to_string(repository("examples/fleet/limitador.yaml")).unwrap();
    for (shipped, smaller) in [
        ("max_value: 2000000", format!("max_value: {tokens}")),
        ("max_value: 50000000", format!("max_value: {micro}")),
        ("max_value: 600", format!("max_value: {requests}")),
        ("seconds: 60", "seconds: 86400".to_owned()),
    ] {
        let places = own
            .matches(&format!(
                "{shipped}
"
            ))
            .count();
        assert_eq!(places, 1, "{shipped}");
        own = own.replace(
            &format!(
                "{shipped}
"
            ),
            &format!(
                "{smaller}
"
            ),
        );
    }
    fs::write(folder.join("limits.yaml"), own).unwrap();
    Some(Programs {
        redis,
        libraries,
        service: target.join("debug/limitador-service"),
        folder,
        limits,
        ports: [free(), free()],
    })
}

impl Store {
    async fn start(test: &str, limits: Limits) -> Option<Self> {
        let mut store = Self {
            programs: programs(test, limits)?,
            redis: None,
            service: None,
        };
        store.start_redis().await;
        store.start_service().await;
        Some(store)
    }

    /// With its data on disk: what it has said to have counted, it knows when it comes back.
    async fn start_redis(&mut self) {
        let own = &self.programs;
        let mut command = own.of_redis("redis-server");
        command.args(["--port", &own.ports[0].to_string(), "--bind", "127.0.0.1"]);
        command.args([
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
        ]);
        self.redis = Some(Own::start(&mut command, &own.folder.join("redis.log")));
        eventually("Redis", async || {
            (self.ask_redis(&["PING"]) == "PONG").then_some(())
        })
        .await;
    }

    async fn start_service(&mut self) {
        let own = &self.programs;
        let [redis, port] = own.ports;
        let mut command = Command::new(&own.service);
        command.arg(port.to_string());
        command.arg(format!("redis://127.0.0.1:{redis}"));
        command.arg(own.folder.join("limits.yaml"));
        self.service = Some(Own::start(&mut command, &own.folder.join("service.log")));
        eventually("the service", async || {
            let wire = tokio::net::TcpStream::connect(("127.0.0.1", port)).await;
            wire.ok().map(drop)
        })
        .await;
    }

    fn ask_redis(&self, arguments: &[&str]) -> String {
        let mut command = self.programs.of_redis("redis-cli");
        command.args(["-p", &self.programs.ports[0].to_string()]);
        let said = command.args(arguments).output().unwrap();
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    }

    /// What Redis has counted for a case's counter: of `requests`, `tokens` or `usd_micro`.
    fn counted(&self, case: &str, of: &str) -> u64 {
        const SUM: &str = "
            local sum = 0
            for _, key in ipairs(redis.call('keys', ARGV[1])) do
                if redis.call('type', key).ok == 'string' and string.find(key, ARGV[2], 1, true) then
                    sum = sum + redis.call('get', key)
                end
            end
            return sum";
        let said = self.ask_redis(&["EVAL", SUM, "0", &format!("*{case}*"), &format!("'{of}'")]);
        said.parse().unwrap_or_else(|_| panic!("{said}"))
    }
}

impl Programs {
    fn of_redis(&self, name: &str) -> Command {
        let mut command = Command::new(self.redis.join(name));
        command.env("LD_LIBRARY_PATH", &self.libraries);
        command.current_dir(&self.folder);
        command
    }
}

async fn envoy(store: &Store, name: &str, on_error: &str) -> Envoy {
    let rows = CASES.iter().map(|case| {
        let digest = Digest::of(&[format!("tg-{case}").as_bytes()]).hex();
        format!("  - {{id: {case}, team: {case}, sha256: {digest}}}\n")
    });
    let [tokens, micro, requests] = store.programs.limits;
    let policy = POLICY
        .replace("@tokens@", &tokens.to_string())
        .replace("@usd@", &format!("0.{micro:06}"))
        .replace("@requests@", &requests.to_string())
        .replace("@on_error@", on_error)
        + &rows.collect::<String>();
    let name = format!("limitador-{name}");
    member(&name, &policy, store.programs.ports[1]).await
}

/// Twenty tokens for 2 millionths of a dollar.
fn small(case: &str) -> Ask {
    ask(case, "gpt-4o+prompt=12+completion=8/local", 8)
}

/// A hundred tokens, of which 88 may be the answer.
fn large(case: &str) -> Ask {
    ask(case, "gpt-4o+prompt=12+completion=88/local", 88)
}

fn ask(case: &str, model: &str, most: u32) -> Ask {
    let messages = json!([{"role": "user", "content": "Say hello, please."}]);
    let members = json!({"messages": messages, "max_tokens": most});
    Ask::with(model, members).header("x-api-key", format!("tg-{case}"))
}

/// Sends them one after the other by each Envoy in turn, each when the report of the one before is there; how many came
/// to each status.
async fn in_turn(
    envoys: &[Envoy],
    count: usize,
    ask: &Ask,
    mut reported: impl FnMut(u64) -> bool,
) -> HashMap<u16, u64> {
    let mut statuses = HashMap::new();
    for nth in 0..count {
        let mut wire = Wire::connect(envoys[nth % envoys.len()].port()).await;
        let status = wire.ask(ask).await.status;
        *statuses.entry(status).or_default() += 1;
        let good = statuses.get(&200).copied().unwrap_or_default();
        eventually("the report", async || reported(good).then_some(())).await;
    }
    statuses
}

/// Sends them by all Envoys, [`AT_ONCE`] at one time.
async fn at_once(envoys: &[Envoy], count: usize, ask: &Ask) -> HashMap<u16, u64> {
    let mut clients = JoinSet::new();
    for nth in 0..AT_ONCE {
        let mut wire = Wire::connect(envoys[nth % envoys.len()].port()).await;
        let ask = ask.clone();
        clients.spawn(async move {
            let mut statuses = Vec::new();
            for _ in 0..count / AT_ONCE {
                statuses.push(wire.ask(&ask).await.status);
            }
            statuses
        });
    }
    let mut statuses = HashMap::new();
    for status in clients.join_all().await.into_iter().flatten() {
        *statuses.entry(status).or_default() += 1;
    }
    statuses
}

#[test]
fn envoys_share_budgets_that_limitador_counts() {
    run(async {
        let Some(store) = Store::start("share", FEW).await else {
            return;
        };
        let one = envoy(&store, "share-1", "refuse").await;
        let two = envoy(&store, "share-2", "refuse").await;
        let envoys = [one, two];
        // One after the other: to the request, to the token, to the millionth of a dollar.
        let reply = Wire::connect(envoys[0].port())
            .await
            .ask(&small("one-calls"))
            .await;
        for (name, value) in [("limit", "30"), ("remaining", "29")] {
            let own = reply.header(&format!("x-ratelimit-{name}-requests"));
            assert_eq!(own, Some(value));
        }
        let statuses = in_turn(&envoys, 39, &small("one-calls"), |_| true).await;
        assert_eq!(statuses, HashMap::from([(200, 29), (429, 10)]));
        let reported = |good| store.counted("one-words", "tokens") >= good * 100;
        let statuses = in_turn(&envoys, 14, &large("one-words"), reported).await;
        assert_eq!(statuses, HashMap::from([(200, 10), (429, 4)]));
        let dear = ask("one-money", "gpt-4o+prompt=12+completion=13/local", 13);
        let reported = |good| store.counted("one-money", "usd_micro") >= good * 100;
        let statuses = in_turn(&envoys, 14, &dear, reported).await;
        assert_eq!(statuses, HashMap::from([(200, 10), (429, 4)]));
        // Many at once: by no more than what was asked at the same time, or was in flight or just over.
        let most = u64::try_from(AT_ONCE).unwrap();
        let good = at_once(&envoys, 80, &small("all-calls")).await[&200];
        eprintln!("{good} requests of 30");
        assert!((30..30 + most).contains(&good), "{good}");
        let good = at_once(&envoys, 80, &large("all-words")).await[&200];
        eprintln!("{good} requests of 100 tokens of 1000");
        assert!((10..10 + 2 * most).contains(&good), "{good}");
        for envoy in &envoys {
            envoy.assert_sound().await;
        }
    });
}

#[test]
fn the_service_is_killed_and_comes_back() {
    run(async {
        let Some(mut store) = Store::start("killed", FEW).await else {
            return;
        };
        let refusing = [envoy(&store, "refuse", "refuse").await];
        let allowing = [envoy(&store, "allow", "allow").await];
        let local = [envoy(&store, "local", "local").await];
        let statuses = in_turn(&refusing, 2, &small("refused"), |_| true).await;
        assert_eq!(statuses, HashMap::from([(200, 2)]));
        store.service = None;
        let mut wire = Wire::connect(refusing[0].port()).await;
        let reply = wire.ask(&small("refused")).await;
        let code = reply.header("x-tollgate-refusal");
        assert_eq!((reply.status, code), (503, Some("limit_store_unavailable")));
        // As many as come, or as many as this Envoy's own count allows.
        let statuses = at_once(&allowing, 8, &large("allowed")).await;
        assert_eq!(statuses, HashMap::from([(200, 8)]));
        let statuses = at_once(&local, 40, &small("alone")).await;
        assert_eq!(statuses, HashMap::from([(200, 30), (429, 10)]));
        assert_eq!(
            (
                store.counted("allowed", "tokens"),
                store.counted("alone", "requests")
            ),
            (0, 0)
        );
        store.start_service().await;
        // What was used meanwhile is reported by each worker that is asked again: all of it.
        eventually("what was allowed", async || {
            at_once(&allowing, 8, &small("refused")).await;
            (store.counted("allowed", "tokens") == 800).then_some(())
        })
        .await;
        eventually("what was counted here", async || {
            at_once(&local, 8, &small("refused")).await;
            let counted = ["requests", "tokens"].map(|of| store.counted("alone", of));
            (counted == [30, 600]).then_some(())
        })
        .await;
        let statuses = in_turn(&refusing, 1, &small("alone"), |_| true).await;
        assert_eq!(statuses, HashMap::from([(429, 1)]));
        let reported = |good| store.counted("allowed", "tokens") >= 800 + good * 100;
        let statuses = in_turn(&refusing, 4, &large("allowed"), reported).await;
        assert_eq!(statuses, HashMap::from([(200, 2), (429, 2)]));
    });
}

/// Clients that ask one request after the other until they are told to stop.
struct Clients {
    good: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    tasks: JoinSet<()>,
}

impl Clients {
    async fn start(envoys: &[Envoy], ask: &Ask) -> Self {
        let good = Arc::<AtomicU64>::default();
        let stop = Arc::<AtomicBool>::default();
        let mut tasks = JoinSet::new();
        for nth in 0..AT_ONCE {
            let mut wire = Wire::connect(envoys[nth % envoys.len()].port()).await;
            let (ask, good, stop) = (ask.clone(), Arc::clone(&good), Arc::clone(&stop));
            tasks.spawn(async move {
                while !stop.load(Ordering::SeqCst) {
                    assert_eq!(wire.ask(&ask).await.status, 200);
                    good.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        Self { good, stop, tasks }
    }

    /// Until so many more have had their replies.
    async fn more(&self, count: u64) {
        let until = self.good.load(Ordering::SeqCst) + count;
        eventually("requests that pass", async || {
            (self.good.load(Ordering::SeqCst) >= until).then_some(())
        })
        .await;
    }

    /// How many had their replies.
    async fn stop(self) -> u64 {
        self.stop.store(true, Ordering::SeqCst);
        self.tasks.join_all().await;
        self.good.load(Ordering::SeqCst)
    }
}

#[test]
fn redis_is_killed_and_comes_back_with_its_data() {
    run(async {
        let Some(mut store) = Store::start("redis", MANY).await else {
            return;
        };
        let one = envoy(&store, "redis-1", "allow").await;
        let two = envoy(&store, "redis-2", "allow").await;
        let envoys = [one, two];
        let clients = Clients::start(&envoys, &small("broken")).await;
        clients.more(40).await;
        store.redis = None;
        clients.more(2 * AT_ONCE as u64).await;
        store.start_redis().await;
        clients.more(40).await;
        let good = clients.stop().await;
        // Each worker sends what waits when the service has answered it again. Lost is at most what was in flight or just
        // over when Redis was killed: of each client a request, and the report of the one before.
        let used = good * 20;
        let bound = 2 * AT_ONCE as u64 * 20;
        let counted = eventually("the reports", async || {
            at_once(&envoys, 16, &small("refused")).await;
            let counted = store.counted("broken", "tokens");
            (counted + bound >= used).then_some(counted)
        })
        .await;
        eprintln!("{counted} tokens of {used} are counted");
        assert!(counted <= used + bound);
    });
}
