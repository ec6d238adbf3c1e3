//! A gateway under test: an Envoy with the providers behind it. Most tests share one of a few.

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::OnceCell;

use crate::providers::{Heard, KEYS, providers};
use crate::support::ask::Ask;
use crate::support::client::{Live, Reply, Wire};
use crate::support::envoy::Envoy;
use crate::support::line::Line;
use crate::support::render::Config;

/// A running gateway.
pub struct Stand {
    pub envoy: Envoy,
}

/// The runtime on which all tests, their clients and the providers run: what is shared outlives each test.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().enable_all().build().unwrap());

/// Runs a test.
pub fn run<F: Future>(test: F) -> F::Output {
    RUNTIME.block_on(test)
}

/// The configuration that ships, as it is.
pub async fn shipped() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    STAND
        .get_or_init(async || Stand::start("shipped", config("envoy.yaml").await).await)
        .await
}

/// The shipped file with the configuration of `house.yaml`, which has a little of everything.
pub async fn house() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        config.tollgate(include_str!("house.yaml"));
        for name in ["web", "lonely", "bulk"] {
            config.add_cluster(name, providers().await.port(name));
        }
        Stand::start("house", config).await
    };
    STAND.get_or_init(start).await
}

/// The shipped file with `strict.yaml`: what is not allowed is refused, and nothing is restored.
pub async fn strict() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        config.tollgate(include_str!("strict.yaml"));
        config.add_cluster("web", providers().await.port("web"));
        Stand::start("strict", config).await
    };
    STAND.get_or_init(start).await
}

/// The shipped file with `across.yaml`: a provider of every dialect.
pub async fn across() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        config.tollgate(include_str!("across.yaml"));
        Stand::start("across", config).await
    };
    STAND.get_or_init(start).await
}

/// The shipped file with `acting.yaml`: everything that may be done about a finding.
pub async fn acting() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        config.tollgate(include_str!("acting.yaml"));
        Stand::start("acting", config).await
    };
    STAND.get_or_init(start).await
}

/// The shipped file with redaction that only observes, its configuration as JSON text.
pub async fn observing() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        config.tollgate_text(include_str!("observing.json"));
        Stand::start("observing", config).await
    };
    STAND.get_or_init(start).await
}

/// A shipped configuration, led to the tests' providers.
pub async fn config(file: &str) -> Config {
    let mut config = Config::shipped(file);
    providers().await.lead(&mut config);
    config
}

impl Stand {
    /// Starts one with two workers.
    pub async fn start(name: &str, config: Config) -> Self {
        Self {
            envoy: Envoy::start(name, &config, 2, &KEYS).await,
        }
    }

    /// A connection of one's own, HTTP/1.1.
    pub async fn connect(&self) -> Wire {
        Wire::connect(self.envoy.port()).await
    }

    /// Sends a request on a connection of its own and has the whole reply.
    pub async fn ask(&self, ask: &Ask) -> Reply {
        self.connect().await.ask(ask).await
    }

    /// Sends a request on a connection of its own and has the reply's head.
    pub async fn open(&self, ask: &Ask) -> (Wire, Live) {
        let mut wire = self.connect().await;
        let live = wire.open(ask).await;
        (wire, live)
    }

    /// What the providers have heard of this request, in order.
    pub async fn heard(&self, ask: &Ask) -> Vec<Heard> {
        providers().await.heard(&ask.mark)
    }

    /// What these providers have heard of this request, in order.
    pub async fn heard_by(&self, names: &[&str], ask: &Ask) -> Vec<Heard> {
        providers().await.heard_by(names, &ask.mark)
    }

    /// What the one provider has heard that this request went to, once.
    pub async fn heard_once(&self, ask: &Ask) -> Heard {
        let mut heard = self.heard(ask).await;
        assert_eq!(
            heard.len(),
            1,
            "attempts of {}",
            String::from_utf8_lossy(&ask.body())
        );
        heard.remove(0)
    }

    /// The access log's line of this request, once it is there.
    pub async fn line(&self, ask: &Ask) -> Line {
        let what = format!(
            "the access log's line of {}",
            String::from_utf8_lossy(&ask.body())
        );
        Line::read(
            self.envoy
                .access_line(&what, |line| Line::is_of(line, &ask.mark))
                .await,
        )
    }

    /// Asserts that an ordinary request is answered well, and that no filter has trapped.
    pub async fn assert_well(&self) {
        for ask in [Ask::chat("gpt-4o/local"), Ask::stream("gpt-4o/local")] {
            let reply = self.ask(&ask).await;
            assert_eq!(
                (reply.status, reply.broken.as_deref()),
                (200, None),
                "{}",
                reply.text()
            );
            assert!(
                reply.text().contains("Hello")
                    && reply.header("x-tollgate-provider") == Some("local")
            );
        }
        self.envoy.assert_sound().await;
    }
}
