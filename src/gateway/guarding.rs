//! What a request may be, and say: the guards' part of its way through the stages.

use super::asking::Question;
use super::gathering::{Gathering, Stop};
use super::release;
use crate::dialect::shape::Shape;
use crate::dialect::splice::Request;
use crate::json::Edit;
use crate::mask::Vault;
use crate::policy::{Policy, ReplySchema};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::schema::Schema;
use crate::stage::fit::Fit;
use crate::stage::route::Chain;
use crate::stage::{guard, injection};

impl Gathering {
    /// What the request must not exceed, and not say: the edits after which it asks for no more, and what its
    /// reply is held to.
    pub(super) fn guard(
        &mut self,
        policy: &Policy,
        request: &Request<'_>,
        chain: &Chain,
    ) -> Result<(Vec<Edit>, Option<Fit>), Refusal> {
        let findings = &mut self.record.findings;
        let own = &policy.guard;
        let (mut edits, mut fit) = (Vec::new(), None);
        if own.reads_shapes() {
            let shape = Shape::read(request.dialect, request.json).unwrap_or_default();
            let name = release::output_field(policy, chain, request.dialect);
            edits = guard::shape(own, &shape, name, findings)?;
            let wanted = shape
                .schema
                .filter(|_| own.reply_schema != ReplySchema::Off);
            let schema = wanted.and_then(|at| Schema::read(request.json.get(at)?));
            fit = schema.map(|schema| Fit::new(schema, own.reply_schema, request.dialect));
            let unchecked = fit.iter().flat_map(Fit::unchecked);
            self.record.unchecked = unchecked.map(str::to_owned).collect();
        }
        let encodings = chain.encodings();
        if encodings.is_empty() && !request.ids.is_empty() && policy.redact.is_none() {
            findings.leave_ids(&own.deny);
        }
        guard::words(&own.deny, &encodings, request, findings)?;
        Ok((edits, fit))
    }

    /// Prompt attacks are looked for in what leaves: a second opinion sees no more than the provider will.
    pub(super) fn judge(
        &mut self,
        runtime: &Runtime,
        request: &Request<'_>,
        vault: &Vault,
    ) -> Result<(), Stop> {
        let Some(rules) = &runtime.policy.injection else {
            return Ok(());
        };
        let answer = self.answers.to(Question::Opinion);
        let judged = match injection::judge(rules, &runtime.seen, request, vault, answer) {
            injection::Outcome::Judged(judged) => judged,
            injection::Outcome::Ask(call) => return Err(Stop::Ask(Question::Opinion, call)),
        };
        self.record.attack = judged.attack;
        self.record.findings.merge(judged.findings);
        match judged.refusal {
            None => Ok(()),
            Some(refusal) => Err(refusal.into()),
        }
    }
}
