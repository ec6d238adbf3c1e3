//! What a usage costs at the prices of one model.

use crate::dialect::{Tier, Usage};
use crate::units::PicoUsd;

/// Prices for one token each; what is `None` costs as [`Rates::of`] says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    /// An input token.
    pub input: PicoUsd,
    /// An input token read from the provider's cache; else `input`.
    pub cached_input: Option<PicoUsd>,
    /// An input token written to the provider's cache; else `input`.
    pub cache_write: Option<PicoUsd>,
    /// The same, kept for an hour; else `cache_write`.
    pub cache_write_1h: Option<PicoUsd>,
    /// An output token; a model for embeddings has none.
    pub output: Option<PicoUsd>,
    /// An output token of reasoning; else `output`.
    pub reasoning: Option<PicoUsd>,
    /// An input token of audio; else `input`.
    pub audio_input: Option<PicoUsd>,
    /// An input token of audio read from the cache; else `cached_input`.
    pub cached_audio_input: Option<PicoUsd>,
    /// An output token of audio; else `output`.
    pub audio_output: Option<PicoUsd>,
    /// An input token of an image; else `input`.
    pub image_input: Option<PicoUsd>,
    /// An output token of an image; else `output`.
    pub image_output: Option<PicoUsd>,
}

/// For which requests rates hold: of this tier, with an input of more tokens than this.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Above {
    /// The tier.
    pub tier: Tier,
    /// The number of input tokens that is not enough.
    pub tokens: u64,
}

/// What one model costs at one provider, at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Price {
    /// The rates; those of a whole request, however long it is.
    pub rates: Vec<(Above, Rates)>,
    /// The rates hold for every tier.
    pub every_tier: bool,
    /// Each request.
    pub request: PicoUsd,
    /// Each search of the web; `None`: not known.
    pub search: Option<PicoUsd>,
    /// Each request that searched, however often; it stands in place of `search`.
    pub searching: Option<PicoUsd>,
}

impl Price {
    /// What this usage costs, exactly; `None` when a price that it needs is not known.
    pub fn of(&self, usage: &Usage) -> Option<PicoUsd> {
        let tokens = self.rates(usage.tier, usage.input)?.of(usage)?;
        let searches = match (usage.searches, self.searching, self.search) {
            (0, _, _) => PicoUsd::default(),
            (_, Some(each), _) => each,
            (count, None, Some(each)) => each.times(count),
            (_, None, None) => return None,
        };
        Some(tokens.plus(self.request).plus(searches))
    }

    /// The most that a request with so many tokens costs: nothing is read from a cache, and all of the input may be
    /// written to it. One that asks for a cheaper tier may be served in the standard one.
    pub fn most(&self, tier: Tier, input: u64, output: u64) -> Option<PicoUsd> {
        let dear = Some(tier).filter(|tier| *tier == Tier::Priority);
        let dear = dear.and_then(|tier| self.rates(tier, input));
        let rates = dear.or_else(|| self.rates(Tier::Standard, input))?;
        let dearest = |first: PicoUsd, others: [Option<PicoUsd>; 3]| {
            others.into_iter().flatten().fold(first, PicoUsd::max)
        };
        let of_input = dearest(
            rates.input,
            [rates.cache_write, rates.audio_input, rates.image_input],
        );
        let of_output = match (rates.output, output) {
            (Some(price), _) => dearest(
                price,
                [rates.reasoning, rates.audio_output, rates.image_output],
            ),
            (None, 0) => PicoUsd::default(),
            (None, _) => return None,
        };
        let tokens = of_input.times(input).plus(of_output.times(output));
        Some(tokens.plus(self.request))
    }

    /// The rates for a request of this tier with so many input tokens.
    fn rates(&self, tier: Tier, input: u64) -> Option<&Rates> {
        let tier = match self.every_tier {
            true => Tier::Standard,
            false => tier,
        };
        let highest = |tier: Tier| {
            let fitting = self.rates.iter().filter(|(above, _)| {
                above.tier == tier && (above.tokens == 0 || input > above.tokens)
            });
            fitting.max_by_key(|(above, _)| above.tokens)
        };
        let (above, rates) = highest(tier)?;
        // A long request has a price of its own: a tier that says none for it is not sold so.
        let standard = highest(Tier::Standard)?.0;
        (above.tokens == standard.tokens).then_some(rates)
    }
}

impl Rates {
    /// What the tokens cost: each is charged once, as the most special of what it is.
    fn of(&self, usage: &Usage) -> Option<PicoUsd> {
        let written = usage.cache_write.min(usage.input);
        let hour = usage.cache_write_1h.min(written);
        let unwritten = usage.input.saturating_sub(written);
        let cached = usage.cached.min(unwritten);
        let cached_audio = usage.audio_cached.min(usage.audio_input).min(cached);
        let fresh = unwritten.saturating_sub(cached);
        let audio = usage.audio_input.saturating_sub(cached_audio).min(fresh);
        let image = usage.image_input.min(fresh.saturating_sub(audio));
        let text = fresh.saturating_sub(audio).saturating_sub(image);
        let cached_input = self.cached_input.unwrap_or(self.input);
        let cache_write = self.cache_write.unwrap_or(self.input);
        let input = sum([
            (text, self.input),
            (image, self.image_input.unwrap_or(self.input)),
            (audio, self.audio_input.unwrap_or(self.input)),
            (cached.saturating_sub(cached_audio), cached_input),
            (
                cached_audio,
                self.cached_audio_input.unwrap_or(cached_input),
            ),
            (written.saturating_sub(hour), cache_write),
            (hour, self.cache_write_1h.unwrap_or(cache_write)),
        ]);
        let output = match (self.output, usage.output) {
            (None, 0) => return Some(input),
            (None, _) => return None,
            (Some(price), _) => price,
        };
        let audio = usage.audio_output.min(usage.output);
        let image = usage.image_output.min(usage.output.saturating_sub(audio));
        let words = usage.output.saturating_sub(audio).saturating_sub(image);
        let reasoning = usage.reasoning.min(words);
        let output = sum([
            (words.saturating_sub(reasoning), output),
            (reasoning, self.reasoning.unwrap_or(output)),
            (image, self.image_output.unwrap_or(output)),
            (audio, self.audio_output.unwrap_or(output)),
        ]);
        Some(input.plus(output))
    }

    /// All of it times `thousandths` / 1000.
    pub(super) fn scaled(&self, thousandths: u64) -> Self {
        let some = |price: Option<PicoUsd>| price.map(|price| price.thousandths(thousandths));
        Self {
            input: self.input.thousandths(thousandths),
            cached_input: some(self.cached_input),
            cache_write: some(self.cache_write),
            cache_write_1h: some(self.cache_write_1h),
            output: some(self.output),
            reasoning: some(self.reasoning),
            audio_input: some(self.audio_input),
            cached_audio_input: some(self.cached_audio_input),
            audio_output: some(self.audio_output),
            image_input: some(self.image_input),
            image_output: some(self.image_output),
        }
    }
}

fn sum<const N: usize>(parts: [(u64, PicoUsd); N]) -> PicoUsd {
    parts
        .iter()
        .fold(PicoUsd::default(), |sum, (tokens, each)| {
            sum.plus(each.times(*tokens))
        })
}
