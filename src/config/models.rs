//! `models`: what clients may ask for.

use super::node::{Faults, Node};
use super::values;
use crate::near;
use crate::policy::{Model, Models, Provider, Strategy, Target, TargetFault, Timeouts};

const KEYS: [&str; 6] = [
    "strategy", "targets", "sticky", "retries", "timeouts", "cluster",
];
const STRATEGIES: [&str; 2] = ["ordered", "weighted"];
const LATER: [&str; 5] = ["cheapest", "fastest", "least-busy", "complexity", "split"];

/// The providers, and the names of all that were written, those with faults too.
type Providers<'a> = (&'a [Provider], &'a [String]);

/// Targets of one model, at the most.
const MOST_TARGETS: usize = 16;

/// Repeats of one target, at the most.
const MOST_RETRIES: u32 = 10;

pub(super) fn read(
    node: Option<&Node<'_>>,
    allow: Option<bool>,
    providers: Providers<'_>,
    faults: &mut Faults,
) -> Models {
    let Some(node) = node else {
        return Models::new(Vec::new(), allow.unwrap_or(true));
    };
    let models = node
        .entries(faults)
        .iter()
        .filter_map(|(name, node)| model(name, node, providers, faults))
        .collect();
    Models::new(models, allow.unwrap_or(false))
}

fn model(
    name: &str,
    node: &Node<'_>,
    providers: Providers<'_>,
    faults: &mut Faults,
) -> Option<Model> {
    if name.is_empty() || name.contains(',') || name.matches('*').count() > 1 {
        faults.add(
            node,
            "a model's name is not empty, has no ',' and at most one '*'",
        );
    }
    let mut model = Model {
        name: name.to_owned(),
        strategy: Strategy::Ordered,
        targets: Vec::new(),
        sticky: false,
        retries: 0,
        timeouts: Timeouts::default(),
        cluster: None,
    };
    if !node.is_object() {
        model.targets = targets(name, node, Strategy::Ordered, providers, faults);
        return Some(model);
    }
    let fields = node.fields(faults, &KEYS, &[])?;
    if let Some(node) = fields.get("strategy") {
        model.strategy = strategy(&node, faults);
    }
    match fields.get("targets") {
        Some(node) => model.targets = targets(name, &node, model.strategy, providers, faults),
        None => faults.add(
            &node.child("targets"),
            "is required: a list of model/provider",
        ),
    }
    if let Some(node) = fields.get("sticky") {
        model.sticky = node.one_of(faults, "stickiness", &["user"]).is_some();
        if model.strategy != Strategy::Weighted {
            faults.add(&node, "only goes with strategy: weighted");
        }
    }
    if let Some(node) = fields.get("retries") {
        model.retries = node.whole(faults, 0, MOST_RETRIES).unwrap_or_default();
    }
    if let Some(node) = fields.get("timeouts") {
        model.timeouts = values::timeouts(&node, faults);
    }
    let weightless = model.targets.iter().all(|(_, weight)| *weight == 0);
    if model.strategy == Strategy::Weighted && !model.targets.is_empty() && weightless {
        faults.add(node, "at least one weight must be above 0");
    }
    model.cluster = fields.get("cluster").and_then(|node| node.name(faults));
    Some(model)
}

fn strategy(node: &Node<'_>, faults: &mut Faults) -> Strategy {
    if node.as_text().is_some_and(|text| LATER.contains(&text)) {
        faults.add(node, "not supported yet; use ordered or weighted");
        return Strategy::Ordered;
    }
    match node.one_of(faults, "strategy", &STRATEGIES) {
        Some("weighted") => Strategy::Weighted,
        _ => Strategy::Ordered,
    }
}

fn targets(
    name: &str,
    node: &Node<'_>,
    strategy: Strategy,
    providers: Providers<'_>,
    faults: &mut Faults,
) -> Vec<(Target, u32)> {
    let items = if node.is_list() {
        node.items(faults)
    } else if node.as_text().is_some() {
        vec![node.clone()]
    } else {
        node.expected(faults, "a list of model/provider");
        return Vec::new();
    };
    if items.is_empty() {
        faults.add(node, "at least one target is required");
    }
    if items.len() > MOST_TARGETS {
        faults.add(node, format!("at most {MOST_TARGETS} targets are allowed"));
    }
    let mut targets = Vec::new();
    for item in items {
        let (text, weight) = if item.is_object() {
            let Some(fields) = item.fields(faults, &["target", "weight"], &[]) else {
                continue;
            };
            let weight = fields.get("weight").map(|node| {
                if strategy != Strategy::Weighted {
                    faults.add(&node, "only goes with strategy: weighted");
                }
                node.whole(faults, 0, 1_000_000).unwrap_or(1)
            });
            let Some(text) = fields.get("target") else {
                faults.add(&item.child("target"), "is required: model/provider");
                continue;
            };
            (text, weight.unwrap_or(1))
        } else {
            (item, 1)
        };
        if let Some(target) = target(name, &text, providers, faults) {
            targets.push((target, weight));
        }
    }
    targets
}

fn target(
    name: &str,
    node: &Node<'_>,
    providers: Providers<'_>,
    faults: &mut Faults,
) -> Option<Target> {
    let text = node.text(faults)?;
    let message = match Target::read(text, providers.0) {
        Ok(target) if target.model.contains('*') && !name.contains('*') => {
            format!("{text:?} has a '*', but the model's name has none")
        }
        Ok(target) => return Some(target),
        Err(TargetFault::NoSlash) => format!("expected model/provider, found {text:?}"),
        Err(TargetFault::Empty) => format!("{text:?} names no model"),
        // Its own fault is told already.
        Err(TargetFault::UnknownProvider(provider)) if providers.1.contains(&provider) => {
            return None;
        }
        Err(TargetFault::UnknownProvider(provider)) => {
            let names: Vec<&str> = providers.0.iter().map(|row| row.name.as_str()).collect();
            match near::nearest(&provider, names.iter().copied()) {
                Some(near) => format!("unknown provider {provider:?}; did you mean {near:?}?"),
                None => format!(
                    "unknown provider {provider:?}; expected one of: {}",
                    names.join(", ")
                ),
            }
        }
    };
    faults.add(node, message);
    None
}
