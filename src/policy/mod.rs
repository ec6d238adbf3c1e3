//! The compiled configuration: what a request is decided by, with nothing left to parse.
//!
//! *Never*: knows how the operator wrote it.

pub mod deny;
mod disguise;
mod guard;
mod identity;
mod injection;
pub mod keys;
mod limit;
mod model;
mod price;
mod provider;
mod redact;
mod secret;
mod timeouts;

use std::time::Duration;

use crate::dialect::Usage;
use crate::units::{Moment, PicoUsd};

pub use deny::{Deny, DenyRule};
pub use guard::{Ceiling, Guard, OutputLimit, ReplySchema};
pub use identity::{Attribute, Identity};
pub use injection::{Bar, Injection, OnError, Opinion, OpinionForm, Response};
pub use limit::{Condition, Dimension, Fleet, Limit, Limits, OnStoreError, Per, Store, measure};
pub use model::{Model, Models, Strategy, Target, TargetFault};
pub use price::{Dated, Prices};
pub use provider::{Credential, Provider};
pub use redact::{Action, Custom, Mode, Redact, Rule};
pub use secret::Secret;
pub use timeouts::Timeouts;

/// Everything that the operator decided.
#[derive(Debug, Default)]
pub struct Policy {
    /// The providers.
    pub providers: Vec<Provider>,
    /// What clients may ask for.
    pub models: Models,
    /// Where paths that are not LLM endpoints go.
    pub default_cluster: Option<String>,
    /// Times for every request that no model or provider sets.
    pub timeouts: Timeouts,
    /// Personal data and secrets; `None`: not looked for.
    pub redact: Option<Redact>,
    /// What a request must not exceed.
    pub guard: Guard,
    /// Prompt attacks; `None`: not looked for.
    pub injection: Option<Injection>,
    /// How much may be used.
    pub limits: Limits,
    /// Prices by target.
    pub prices: Prices,
    /// Who may call; `None`: everybody.
    pub keys: Option<keys::Keys>,
    /// What Envoy knows of who calls.
    pub identity: Option<Identity>,
    /// What each line of the log is sealed with.
    pub audit: Option<Secret>,
    /// What is shown.
    pub observe: Observe,
}

impl Policy {
    /// The provider of this name.
    pub fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name == name)
    }

    /// What a request cost at this target; `None` when its price is not known.
    pub fn cost(
        &self,
        (model, provider): (&str, &str),
        usage: &Usage,
        at: Moment,
    ) -> Option<PicoUsd> {
        self.prices.cost(model, self.provider(provider)?, usage, at)
    }

    /// The longest `total` time that any request can have.
    pub fn longest_total(&self) -> Duration {
        let own = self.models.all().map(|model| model.timeouts);
        let providers = self.providers.iter().map(|provider| provider.timeouts);
        let all = own.chain(providers).chain([self.timeouts]);
        let all = all.filter_map(|timeouts| timeouts.total);
        all.chain([Timeouts::TOTAL])
            .max()
            .unwrap_or(Timeouts::TOTAL)
    }

    /// The shortest `idle` time that any request can have.
    pub fn shortest_idle(&self) -> Duration {
        let own = self.models.all().map(|model| model.timeouts);
        let providers = self.providers.iter().map(|provider| provider.timeouts);
        own.chain(providers)
            .chain([self.timeouts])
            .filter_map(|timeouts| timeouts.idle)
            .chain([Timeouts::IDLE])
            .min()
            .unwrap_or(Timeouts::IDLE)
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observe {
    /// Replies carry `x-tollgate-decision`.
    pub decision_header: bool,
    /// Stats carry the model.
    pub label_model: bool,
    /// Stats carry the provider.
    pub label_provider: bool,
    /// The stats of costs carry the team.
    pub label_team: bool,
    /// The time of Tollgate's own work is taken.
    pub overhead: bool,
}

impl Default for Observe {
    fn default() -> Self {
        Self {
            decision_header: false,
            label_model: true,
            label_provider: true,
            label_team: false,
            overhead: true,
        }
    }
}
