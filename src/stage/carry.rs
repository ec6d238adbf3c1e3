//! Which targets of a chain can carry a request: those that speak the client's dialect can carry all, the
//! others what has a counterpart in theirs.

use super::route::Chain;
use crate::dialect::endpoint::Call;
use crate::dialect::neutral::Aim;
use crate::dialect::translate;
use crate::policy::{Policy, Target};
use crate::refusal::Refusal;

/// A chain of targets that can all carry the request, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Without the targets that cannot.
    pub chain: Chain,
    /// The targets that cannot, with the path of the field that they cannot carry.
    pub skipped: Vec<(String, String)>,
    /// Paths of fields that the first target that is left is not sent, because the answer is the same
    /// without them.
    pub dropped: Vec<String>,
}

/// Looks at each target of `chain`. `body` is only made when a target speaks another dialect.
///
/// # Errors
///
/// No target can carry the request: why the first one cannot.
pub fn carry(
    policy: &Policy,
    call: &Call,
    chain: Chain,
    body: impl FnOnce() -> String,
) -> Result<Carried, Refusal> {
    let foreign = |target: &Target| {
        let provider = policy.providers.get(target.provider)?;
        let dialect = provider.row.dialect(call.dialect, &target.model);
        (dialect != Some(call.dialect)).then_some((provider, dialect))
    };
    let mut carried = Carried {
        chain,
        skipped: Vec::new(),
        dropped: Vec::new(),
    };
    if !carried
        .chain
        .targets
        .iter()
        .any(|target| foreign(target).is_some())
    {
        return Ok(carried);
    }
    let body = body();
    let mut first_refusal = None;
    let mut able = Vec::with_capacity(carried.chain.targets.len());
    for target in &carried.chain.targets {
        let Some((provider, dialect)) = foreign(target) else {
            able.push(Some(Vec::new()));
            continue;
        };
        let aim = Aim {
            model: &target.model,
            kind: provider.row.kind,
            mark_cache: provider.mark_cache,
        };
        let written = match dialect {
            Some(dialect) => translate::request(call, &body, dialect, &aim),
            None => Err(translate::Refused {
                path: "model".to_owned(),
                reason: format!(
                    "the provider {} does not serve this endpoint",
                    provider.name
                ),
            }),
        };
        able.push(match written {
            Ok((_, dropped)) => Some(dropped),
            Err(refused) => {
                let name = [target.model.as_str(), "/", &provider.name].concat();
                let field = match refused.path.as_str() {
                    "" => "body",
                    path => path,
                };
                carried.skipped.push((name.clone(), field.to_owned()));
                first_refusal.get_or_insert(Refusal::CannotCarry {
                    path: refused.path,
                    what: refused.reason,
                    target: name,
                });
                None
            }
        });
    }
    if let (Some(refusal), true) = (first_refusal, able.iter().all(Option::is_none)) {
        return Err(refusal);
    }
    carried.dropped = able.iter().flatten().next().cloned().unwrap_or_default();
    if able.iter().any(Option::is_none) {
        let keep = |nth: usize| able.get(nth).is_some_and(Option::is_some);
        carried.chain = carried.chain.only(policy, keep);
    }
    Ok(carried)
}
