//! The scripted providers behind every Envoy of the tests: one for each cluster of the shipped configuration.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use tokio::net::TcpSocket;
use tokio::sync::OnceCell;
use tokio_rustls::rustls::ServerConfig;

use crate::provider::{Options, Recorded, Server, start, tls};
use crate::support::authority::Authority;
use crate::support::render::Config;

/// The providers, by the names of their clusters. `lonely` is one test's own, `bulk` and `web` get what is large: to
/// look through all that was heard must stay quick.
pub struct Providers {
    servers: Vec<(&'static str, Server)>,
    /// Where nobody listens.
    refused: TcpSocket,
    authority: PathBuf,
}

/// A request as a provider heard it.
#[derive(Clone)]
pub struct Heard {
    /// The cluster by which it came.
    pub by: &'static str,
    /// The request.
    pub request: Recorded,
}

/// Cluster, the host that the shipped configuration names, and what its TLS offers.
const TLS: [(&str, &str, &[&str]); 8] = [
    ("openai", "api.openai.com", &["h2", "http/1.1"]),
    ("anthropic", "api.anthropic.com", &["h2"]),
    ("gemini", "generativelanguage.googleapis.com", &["http/1.1"]),
    ("mistral", "api.mistral.ai", &[]),
    (
        "vertex",
        "us-central1-aiplatform.googleapis.com",
        &["h2", "http/1.1"],
    ),
    (
        "bedrock",
        "bedrock-runtime.us-east-1.amazonaws.com",
        &["http/1.1"],
    ),
    ("azure", "my-resource.openai.azure.com", &["h2"]),
    ("cohere", "api.cohere.com", &["h2", "http/1.1"]),
];

/// The providers that ordinary requests go to.
const ORDINARY: [&str; 12] = [
    "local",
    "openai",
    "anthropic",
    "gemini",
    "mistral",
    "vertex",
    "bedrock",
    "azure",
    "cohere",
    "groq",
    "deepseek",
    "lonely",
];

/// The keys that the Envoys find in their environment.
pub const KEYS: [(&str, &str); 15] = [
    ("OPENAI_API_KEY", "key-of-openai"),
    ("ANTHROPIC_API_KEY", "key-of-anthropic"),
    ("GEMINI_API_KEY", "key-of-gemini"),
    ("MISTRAL_API_KEY", "key-of-mistral"),
    ("VERTEX_ACCESS_TOKEN", "key-of-vertex"),
    ("AWS_BEARER_TOKEN_BEDROCK", "key-of-bedrock"),
    ("AZURE_OPENAI_API_KEY", "key-of-azure"),
    ("COHERE_API_KEY", "key-of-cohere"),
    ("AWS_ACCESS_KEY_ID", "name-of-aws"),
    ("AWS_SECRET_ACCESS_KEY", "secret-of-aws"),
    ("AWS_SESSION_TOKEN", "session-of-aws"),
    ("GROQ_API_KEY", "key-of-groq"),
    ("DEEPSEEK_API_KEY", "key-of-deepseek"),
    ("OPENROUTER_API_KEY", "key-of-openrouter"),
    ("LOCAL_API_KEY", "key-of-local"),
];

/// The providers of this run. They stay until it ends.
pub async fn providers() -> &'static Providers {
    static ALL: OnceCell<Providers> = OnceCell::const_new();
    ALL.get_or_init(Providers::start).await
}

impl Providers {
    async fn start() -> Self {
        let known = Authority::new();
        let certified = |by: &Authority, name: &str, alpn: &[&str]| {
            let (certificate, key) = by.certificate(name);
            Some(tls(&certificate, &key, alpn).unwrap())
        };
        let mut servers = vec![
            ("local", server(None).await),
            ("lonely", server(None).await),
        ];
        servers.extend([("bulk", server(None).await), ("web", server(None).await)]);
        for (name, host, alpn) in TLS {
            servers.push((name, server(certified(&known, host, alpn)).await));
        }
        // Groq's certificate is for another name, DeepSeek's from an authority that nobody knows.
        servers.push((
            "groq",
            server(certified(&known, "api.groq.test", &["h2"])).await,
        ));
        servers.push((
            "deepseek",
            server(certified(&Authority::new(), "api.deepseek.com", &["h2"])).await,
        ));
        let refused = TcpSocket::new_v4().unwrap();
        refused.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        Self {
            servers,
            refused,
            authority: known.write("authority.pem"),
        }
    }

    /// Leads the clusters of a shipped configuration to these providers.
    pub fn lead(&self, config: &mut Config) {
        config.lead_local(self.port("local"));
        for (name, host, _) in TLS {
            config.lead(host, self.port(name));
        }
        config.lead("api.groq.com", self.port("groq"));
        config.lead("api.deepseek.com", self.port("deepseek"));
        config.lead("openrouter.ai", self.refused.local_addr().unwrap().port());
        config.swap(
            "/etc/ssl/certs/ca-certificates.crt}",
            &format!("{}}}", self.authority.display()),
        );
    }

    /// The port of a provider.
    pub fn port(&self, name: &str) -> u16 {
        self.server(name).port()
    }

    /// A provider.
    pub fn server(&self, name: &str) -> &Server {
        let (_, server) = self.servers.iter().find(|(own, _)| *own == name).unwrap();
        server
    }

    /// Every request with this mark, in the order they were heard.
    pub fn heard(&self, mark: &str) -> Vec<Heard> {
        self.heard_by(&ORDINARY, mark)
    }

    /// Every request with this mark at these providers, in the order they were heard.
    pub fn heard_by(&self, names: &[&str], mark: &str) -> Vec<Heard> {
        let of = |(by, server): &(&'static str, Server)| {
            let own = server.requests().into_iter();
            let own = own.filter(|request| request.header("x-test-mark") == Some(mark));
            own.map(|request| Heard { by, request }).collect::<Vec<_>>()
        };
        let asked = self.servers.iter().filter(|(name, _)| names.contains(name));
        let mut all: Vec<Heard> = asked.flat_map(of).collect();
        all.sort_by_key(|heard| -> Instant { heard.request.at });
        all
    }
}

async fn server(tls: Option<Arc<ServerConfig>>) -> Server {
    start(Options {
        tls,
        ..Options::default()
    })
    .await
    .unwrap()
}

impl Heard {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.request.body).unwrap()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.request.body).into_owned()
    }

    /// The model that it asks for.
    pub fn model(&self) -> String {
        let body = self.json();
        if let Some(model) = body["model"].as_str() {
            return model.to_owned();
        }
        let path = &self.request.path;
        let (_, rest) = path
            .rsplit_once("/models/")
            .or_else(|| path.split_once("/model/"))
            .unwrap_or_else(|| panic!("no model in {path}"));
        let (model, _) = rest.rsplit_once([':', '/']).unwrap();
        decoded(model)
    }
}

/// A part of a path without its percent signs.
pub fn decoded(part: &str) -> String {
    let mut parts = part.split('%');
    let mut text = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        text.push(u8::from_str_radix(&part[..2], 16).unwrap());
        text.extend_from_slice(part[2..].as_bytes());
    }
    String::from_utf8(text).unwrap()
}
