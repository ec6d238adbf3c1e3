//! What clients may ask for, and the targets that it stands for.

use std::collections::HashMap;

use super::{Provider, Timeouts};

/// A model that clients may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The name; one `*` in it stands for any text.
    pub name: String,
    /// How the order of the targets is found.
    pub strategy: Strategy,
    /// The targets and their weights. A `*` in a target's model carries over.
    pub targets: Vec<(Target, u32)>,
    /// The same user gets the same target.
    pub sticky: bool,
    /// Repeats of one target before the next.
    pub retries: u32,
    /// Times of its own.
    pub timeouts: Timeouts,
    /// The aggregate cluster that follows the chain (Envoy before 1.39).
    pub cluster: Option<String>,
}

/// How the order of a model's targets is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strategy {
    /// As listed.
    #[default]
    Ordered,
    /// Drawn by weight, the rest behind it likewise.
    Weighted,
}

/// A model at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What the provider calls the model.
    pub model: String,
    /// The provider's place in the policy.
    pub provider: usize,
}

/// Why a text names no target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetFault {
    /// It has no `/`.
    NoSlash,
    /// No such provider.
    UnknownProvider(String),
    /// The model or the provider is empty.
    Empty,
}

impl Target {
    /// As clients write it: `model/provider`.
    pub fn name(&self, providers: &[Provider]) -> String {
        let provider = providers.get(self.provider);
        let provider = provider.map_or("", |provider| provider.name.as_str());
        [self.model.as_str(), "/", provider].concat()
    }

    /// Reads `model/provider`, or `provider/model` when only the first part is a provider.
    pub fn read(text: &str, providers: &[Provider]) -> Result<Self, TargetFault> {
        let find = |name: &str| providers.iter().position(|provider| provider.name == name);
        let (front, last) = text.rsplit_once('/').ok_or(TargetFault::NoSlash)?;
        let (first, back) = text.split_once('/').ok_or(TargetFault::NoSlash)?;
        let (model, provider) = match (find(last), find(first)) {
            (Some(provider), _) => (front, provider),
            (None, Some(provider)) => (back, provider),
            (None, None) => return Err(TargetFault::UnknownProvider(last.to_owned())),
        };
        if model.is_empty() {
            return Err(TargetFault::Empty);
        }
        Ok(Self {
            model: model.to_owned(),
            provider,
        })
    }
}

/// The models, found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    listed: HashMap<String, Model>,
    /// Names with a `*`, those with the most other characters first.
    patterns: Vec<Model>,
    /// Clients may name targets themselves.
    pub allow_unlisted: bool,
    /// Chains are followed by aggregate clusters: a model names one. A chain without one cannot be
    /// followed beyond its first target.
    pub by_aggregates: bool,
}

impl Default for Models {
    fn default() -> Self {
        Self::new(Vec::new(), true)
    }
}

impl Models {
    /// The models of a configuration.
    pub fn new(models: Vec<Model>, allow_unlisted: bool) -> Self {
        let by_aggregates = models.iter().any(|model| model.cluster.is_some());
        let (mut patterns, listed): (Vec<Model>, Vec<Model>) = models
            .into_iter()
            .partition(|model| model.name.contains('*'));
        patterns.sort_by(|one, other| {
            let by_length = other.name.len().cmp(&one.name.len());
            by_length.then_with(|| one.name.cmp(&other.name))
        });
        Self {
            listed: listed
                .into_iter()
                .map(|model| (model.name.clone(), model))
                .collect(),
            patterns,
            allow_unlisted,
            by_aggregates,
        }
    }

    /// The model that is listed by this very name.
    pub fn exact(&self, name: &str) -> Option<&Model> {
        self.listed.get(name)
    }

    /// The model whose `*` name fits, and what the `*` stands for.
    pub fn pattern<'a>(&self, name: &'a str) -> Option<(&Model, &'a str)> {
        self.patterns.iter().find_map(|model| {
            let (before, after) = model.name.split_once('*')?;
            let star = name.strip_prefix(before)?.strip_suffix(after)?;
            Some((model, star))
        })
    }

    /// Nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.patterns.is_empty()
    }

    /// Every model.
    pub fn all(&self) -> impl Iterator<Item = &Model> {
        self.listed.values().chain(&self.patterns)
    }

    /// The names without a `*`, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.listed.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }
}
