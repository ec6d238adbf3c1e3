//! One account at one endpoint.

use super::{Secret, Timeouts};
use crate::dialect::{Dialect, Row, segment};

/// A provider as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its name in the configuration.
    pub name: String,
    /// What kind it is.
    pub row: &'static Row,
    /// The Envoy cluster that reaches it.
    pub cluster: String,
    /// The `host` of its requests.
    pub host: String,
    /// What stands before the endpoint in its paths.
    pub prefix: String,
    /// Azure's `api-version`: its paths then name the deployment.
    pub api_version: Option<String>,
    /// Tollgate places marks for the provider's prompt cache where the client set none.
    pub mark_cache: bool,
    /// What it is asked with.
    pub credential: Credential,
    /// Times of its own.
    pub timeouts: Timeouts,
}

impl Provider {
    /// Whether it can be asked: its credential is there.
    pub fn is_on(&self) -> bool {
        !matches!(self.credential, Credential::Unset(_))
    }

    /// Where it is, when its kind has regions with prices of their own.
    pub fn region(&self) -> Option<&str> {
        match self.row.kind {
            "vertex" => self
                .prefix
                .rsplit_once("/locations/")
                .map(|(_, region)| region),
            "bedrock" => {
                let host = self.host.strip_prefix("bedrock-runtime.")?;
                host.split_once('.').map(|(region, _)| region)
            }
            _ => None,
        }
    }

    /// The path of a request, and its query. `query` is the client's, with its `?`.
    pub fn path(&self, dialect: Dialect, model: &str, stream: bool, query: &str) -> String {
        let endpoint = self.row.path(dialect, model, stream);
        let Some(version) = &self.api_version else {
            // A path that has a query of its own needs no other.
            let query = if endpoint.contains('?') { "" } else { query };
            return [&self.prefix, endpoint.as_ref(), query].concat();
        };
        // Azure's older API names the deployment in the path, and wants its version.
        let root = self.prefix.trim_end_matches("/v1");
        [
            root,
            "/deployments/",
            &segment(model),
            endpoint.as_ref(),
            "?api-version=",
            version,
        ]
        .concat()
    }
}

/// What a provider is asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// This key.
    Key(Secret),
    /// The client's own key.
    Client,
    /// None is needed.
    None,
    /// The environment variable of this name, which is not set: the provider is switched off.
    Unset(String),
}
