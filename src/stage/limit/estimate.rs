//! What a request may come to, before it goes out.

use super::Estimate;
use super::claims::named;
use crate::dialect::Dialect;
use crate::dialect::splice::Request;
use crate::runtime::Runtime;
use crate::stage::count::Counted;
use crate::stage::route::Chain;

/// The input as it was counted; and as output what the request allows, else what is usual for those of the chain's
/// models that say the most, once for each answer that is wanted.
pub fn estimate(
    runtime: &Runtime,
    request: &Request<'_>,
    counted: &Counted,
    chain: &Chain,
) -> Estimate {
    let embeds = matches!(
        request.dialect,
        Dialect::OpenAiEmbeddings | Dialect::GeminiEmbed | Dialect::GeminiEmbeds
    );
    let usual = || {
        let targets = chain.targets.iter();
        let named = targets.filter_map(|target| named(&runtime.policy, target));
        let lengths = named.map(|(model, provider)| runtime.typical.expected(model, provider));
        lengths
            .max()
            .unwrap_or_default()
            .saturating_mul(request.wanted.replies())
    };
    Estimate {
        input: counted.tokens,
        output: match embeds {
            true => 0,
            false => request.wanted.most().unwrap_or_else(usual),
        },
        set: embeds || request.wanted.most().is_some(),
        tier: request.wanted.tier,
    }
}
