//! From the name that a client asks for to the ordered targets of one request.

use crate::dialect::Family;
use crate::fnv::fnv;
use crate::near;
use crate::policy::{Model, Policy, Provider, Strategy, Target, Timeouts};
use crate::refusal::Refusal;
use crate::tokens::Encoding;

/// Targets that a client may chain with commas, at the most.
const LONGEST_CHAIN: usize = 16;

/// Attempts of one request, repeats included, at the most.
const MOST_ATTEMPTS: usize = 32;

/// The targets of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// In the order they are tried.
    pub targets: Vec<Target>,
    /// Which target each attempt goes to: a target stands here once more for each repeat.
    pub plan: Vec<usize>,
    /// The times of the whole request.
    pub timeouts: Timeouts,
    /// The aggregate cluster that follows the chain, when one is configured.
    pub cluster: Option<String>,
    /// The configured name, for stats; `None` for one that is not listed.
    pub label: Option<String>,
}

impl Chain {
    /// The target of an attempt (from 0); the last one's for any later.
    pub fn target(&self, attempt: usize) -> Option<&Target> {
        let nth = self.plan.get(attempt).or(self.plan.last())?;
        self.targets.get(*nth)
    }

    /// The encodings of its models, as far as they are known, each once.
    pub fn encodings(&self) -> Vec<Encoding> {
        let families = self.targets.iter().map(|target| Family::of(&target.model));
        let mut known = Vec::new();
        for family in families.filter(|family| family.exact) {
            if !known.contains(&family.encoding) {
                known.push(family.encoding);
            }
        }
        known
    }

    /// Only the targets at the places that are to be kept, with their repeats.
    pub fn only(self, policy: &Policy, keep: impl Fn(usize) -> bool) -> Self {
        let mut kept = Self::empty();
        let asked = self.targets.len();
        for (nth, target) in self.targets.into_iter().enumerate() {
            let times = self.plan.iter().filter(|planned| **planned == nth).count();
            let repeats = u32::try_from(times).unwrap_or(1).saturating_sub(1);
            if keep(nth) {
                kept.add(target, repeats);
            }
        }
        // An aggregate cluster would go to those that are left out as well.
        let cluster = self.cluster.filter(|_| kept.targets.len() == asked);
        if policy.models.by_aggregates && cluster.is_none() {
            kept.targets.truncate(1);
            kept.plan.retain(|nth| *nth == 0);
        }
        Self {
            timeouts: self.timeouts,
            cluster,
            label: self.label,
            ..kept
        }
    }

    fn empty() -> Self {
        Self {
            targets: Vec::new(),
            plan: Vec::new(),
            timeouts: Timeouts::default(),
            cluster: None,
            label: None,
        }
    }

    fn add(&mut self, target: Target, retries: u32) {
        let nth = self.targets.len();
        self.targets.push(target);
        let times = usize::try_from(retries).unwrap_or(usize::MAX);
        let room = MOST_ATTEMPTS.saturating_sub(self.plan.len());
        let times = times.saturating_add(1).min(room);
        self.plan.extend(std::iter::repeat_n(nth, times));
    }
}

/// The chain of a request for `name`. `user` makes sticky choices, `random` the others.
pub fn chain(
    policy: &Policy,
    name: &str,
    user: Option<&str>,
    random: u64,
) -> Result<Chain, Refusal> {
    let mut chain = Chain::empty();
    let names = parts(name)?;
    for part in &names {
        match meant(policy, part)? {
            Meant::Listed(model, star) => {
                listed(policy, &mut chain, model, part, star, user, random);
            }
            Meant::Target(target) => chain.add(target, 0),
        }
    }
    // No provider has such a model, and in a path these lead elsewhere (RFC 3986, section 5.2.4).
    let dots = |target: &Target| matches!(target.model.as_str(), "." | "..");
    if chain.targets.iter().any(dots) {
        return Err(unknown(policy, name));
    }
    if names.len() > 1 {
        (chain.cluster, chain.label) = (None, None);
    }
    without_unset(policy, chain, name)
}

/// The names that a name is made of: it may be a chain.
fn parts(name: &str) -> Result<Vec<&str>, Refusal> {
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    if parts.len() > LONGEST_CHAIN {
        let what = format!("a chain has at most {LONGEST_CHAIN} targets");
        return Err(Refusal::Chain(what));
    }
    match parts.iter().any(|part| part.is_empty()) {
        true => Err(Refusal::Chain("a target of the chain is empty".to_owned())),
        false => Ok(parts),
    }
}

/// The models that a name asks for, as keys allow them: a listed name as it is asked for, a target that the
/// client names itself as `model/provider`.
pub fn asked(policy: &Policy, name: &str) -> Result<Vec<String>, Refusal> {
    let asked = parts(name)?
        .into_iter()
        .map(|part| match meant(policy, part)? {
            Meant::Target(target) if part.contains('/') => {
                let provider = policy.providers.get(target.provider);
                let provider = provider.map_or("", |provider| &provider.name);
                Ok([&target.model, "/", provider].concat())
            }
            Meant::Target(_) | Meant::Listed(..) => Ok(part.to_owned()),
        });
    asked.collect()
}

/// What one name means.
enum Meant<'a> {
    /// A listed model, and what its `*` stands for.
    Listed(&'a Model, &'a str),
    /// A target that the client names itself.
    Target(Target),
}

/// A name that is listed as it stands comes first, then a target if clients may name them, then a
/// listed name with a `*`.
fn meant<'a>(policy: &'a Policy, name: &'a str) -> Result<Meant<'a>, Refusal> {
    if let Some(model) = policy.models.exact(name) {
        return Ok(Meant::Listed(model, ""));
    }
    let target = Target::read(name, &policy.providers).ok();
    match target.filter(|target| policy.models.allow_unlisted && !target.model.contains('*')) {
        Some(target) => Ok(Meant::Target(target)),
        None => match policy.models.pattern(name) {
            Some((model, star)) => Ok(Meant::Listed(model, star)),
            None => by_family(policy, name)
                .map(Meant::Target)
                .ok_or_else(|| unknown(policy, name)),
        },
    }
}

fn unknown(policy: &Policy, name: &str) -> Refusal {
    Refusal::UnknownModel {
        model: name.chars().take(200).collect(),
        near: near_names(policy, name),
    }
}

fn listed(
    policy: &Policy,
    chain: &mut Chain,
    model: &Model,
    name: &str,
    star: &str,
    user: Option<&str>,
    random: u64,
) {
    let draw = match user.filter(|_| model.sticky) {
        Some(user) => fnv(user.bytes()),
        None => random,
    };
    for target in ordered(model, draw) {
        // A `*` alone is the whole name; within a name it is what the listed name's stands for.
        let named = match target.model.as_str() {
            "*" => name.to_owned(),
            pattern => pattern.replace('*', star),
        };
        let provider = target.provider;
        let target = Target {
            model: named,
            provider,
        };
        chain.add(target, model.retries);
    }
    let own = model
        .timeouts
        .or(providers_timeouts(policy, &chain.targets));
    chain.timeouts = chain.timeouts.longest(own);
    chain.cluster.clone_from(&model.cluster);
    chain.label = Some(model.name.clone());
}

/// A model's targets in the order of its strategy.
fn ordered(model: &Model, mut draw: u64) -> Vec<&Target> {
    let mut left: Vec<&(Target, u32)> = model.targets.iter().collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let nth = match model.strategy {
            Strategy::Ordered => 0,
            Strategy::Weighted => weighted(&left, &mut draw),
        };
        order.push(&left.remove(nth.min(left.len().saturating_sub(1))).0);
    }
    order
}

/// A place drawn by weight; the first one when no weight is left.
fn weighted(left: &[&(Target, u32)], draw: &mut u64) -> usize {
    let total: u64 = left.iter().map(|(_, weight)| u64::from(*weight)).sum();
    *draw = mixed(*draw);
    let Some(mut point) = draw.checked_rem(total) else {
        return 0;
    };
    for (nth, (_, weight)) in left.iter().enumerate() {
        match point.checked_sub(u64::from(*weight)) {
            Some(rest) => point = rest,
            None => return nth,
        }
    }
    0
}

/// A bare name where no models are listed: the only provider's, or that of the only provider of
/// the kind that has such names.
fn by_family(policy: &Policy, name: &str) -> Option<Target> {
    if !policy.models.is_empty() || !policy.models.allow_unlisted {
        return None;
    }
    let kin = |provider: &Provider| {
        let families = provider.row.families;
        families.iter().any(|family| name.starts_with(family))
    };
    let mut kindred = (0..)
        .zip(&policy.providers)
        .filter(|(_, provider)| kin(provider));
    let provider = match (policy.providers.len(), kindred.next(), kindred.next()) {
        (1, ..) => 0,
        (_, Some((nth, _)), None) => nth,
        _ => return None,
    };
    Some(Target {
        model: name.to_owned(),
        provider,
    })
}

fn near_names(policy: &Policy, name: &str) -> Vec<String> {
    let front = name.rsplit_once('/').map(|(front, _)| front);
    let targets = front.into_iter().flat_map(|front| {
        let providers = policy.providers.iter();
        providers.map(move |provider| format!("{front}/{}", provider.name))
    });
    let targets: Vec<String> = targets.filter(|_| policy.models.allow_unlisted).collect();
    let listed = policy.models.names();
    let names = listed.into_iter().chain(targets.iter().map(String::as_str));
    near::near(name, names)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Leaves out the targets of providers that are switched off.
fn without_unset(policy: &Policy, chain: Chain, name: &str) -> Result<Chain, Refusal> {
    let on = |target: &Target| {
        let provider = policy.providers.get(target.provider);
        provider.is_some_and(Provider::is_on)
    };
    let able: Vec<bool> = chain.targets.iter().map(on).collect();
    let kept = chain.only(policy, |nth| able.get(nth) == Some(&true));
    if kept.targets.is_empty() {
        return Err(Refusal::NoCredential(name.chars().take(200).collect()));
    }
    let own = kept.timeouts.or(providers_timeouts(policy, &kept.targets));
    Ok(Chain {
        timeouts: own.or(policy.timeouts),
        ..kept
    })
}

/// The longest times that the targets' providers ask for.
fn providers_timeouts(policy: &Policy, targets: &[Target]) -> Timeouts {
    targets
        .iter()
        .filter_map(|target| policy.providers.get(target.provider))
        .fold(Timeouts::default(), |longest, provider| {
            longest.longest(provider.timeouts)
        })
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
