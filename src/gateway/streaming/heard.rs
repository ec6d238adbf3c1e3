//! What the model has said so far, counted by Tollgate in case its provider does not say.

use crate::dialect::Family;
use crate::dialect::splice::Voice;
use crate::runtime::Runtime;
use crate::tokens::Stream;

/// How much of one text is kept before it is counted, in bytes. Most replies are shorter, and end
/// with the provider's own figures: then nothing is counted.
const KEPT: usize = 16 << 10;

/// The running texts of a reply.
#[derive(Debug, Default)]
pub(super) struct Heard(Vec<((u32, Voice), Text)>);

#[derive(Debug, Default)]
struct Text {
    kept: String,
    counted: Option<Stream>,
}

impl Heard {
    /// Takes in what is said next.
    pub(super) fn push(&mut self, runtime: &Runtime, model: &str, of: (u32, Voice), said: &str) {
        let place = self.0.iter().position(|(own, _)| *own == of);
        let place = place.unwrap_or_else(|| {
            self.0.push((of, Text::default()));
            self.0.len().saturating_sub(1)
        });
        let Some((_, text)) = self.0.get_mut(place) else {
            return;
        };
        text.kept.push_str(said);
        if text.kept.len() > KEPT {
            text.count(runtime, model);
        }
    }

    /// All of it, in tokens.
    pub(super) fn tokens(&mut self, runtime: &Runtime, model: &str) -> u64 {
        let mut total = 0_u64;
        for (_, text) in &mut self.0 {
            text.count(runtime, model);
            if let Some(mut stream) = text.counted.take() {
                let tokens = runtime.counting(|counter| stream.finish(counter));
                total = total.saturating_add(u64::try_from(tokens).unwrap_or(u64::MAX));
            }
        }
        total
    }
}

impl Text {
    fn count(&mut self, runtime: &Runtime, model: &str) {
        let stream = self
            .counted
            .get_or_insert_with(|| Stream::new(Family::of(model).encoding));
        runtime.counting(|counter| stream.push(counter, &self.kept));
        self.kept.clear();
    }
}
