//! Amounts of several measures at once.

/// How many measures there are.
pub const MEASURES: usize = 8;

/// One measure, by its place in [`Amounts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure(pub u8);

/// So much of every measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts(pub [u64; MEASURES]);

/// At most so much of some measures together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The measures, a bit for each.
    pub of: u8,
    /// The most there may be of all of them.
    pub most: u64,
}

impl Measure {
    /// This measure alone, as [`Bound::of`].
    pub const fn bit(self) -> u8 {
        1_u8.wrapping_shl(self.0 as u32)
    }
}

impl Amounts {
    /// These amounts, with this one in the place of a measure's.
    #[must_use]
    pub fn with(mut self, measure: Measure, amount: u64) -> Self {
        if let Some(own) = self.0.get_mut(usize::from(measure.0)) {
            *own = amount;
        }
        self
    }

    /// The amount of a measure.
    pub fn of(&self, measure: Measure) -> u64 {
        let own = self.0.get(usize::from(measure.0));
        own.copied().unwrap_or_default()
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.zip(other, u64::saturating_add)
    }

    /// These without the others, not below nothing.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.zip(other, u64::saturating_sub)
    }

    /// The larger of both, measure by measure.
    #[must_use]
    pub fn or_more(self, other: Self) -> Self {
        self.zip(other, u64::max)
    }

    /// Nothing of any measure.
    pub fn is_nothing(&self) -> bool {
        self.0.iter().all(|amount| *amount == 0)
    }

    /// What there is of some measures together, a bit for each.
    pub fn sum(&self, of: u8) -> u64 {
        let chosen = (0_u8..).zip(&self.0);
        let chosen = chosen.filter(|(nth, _)| of & Measure(*nth).bit() != 0);
        chosen
            .map(|(_, amount)| *amount)
            .fold(0, u64::saturating_add)
    }

    fn zip(mut self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own = with(*own, other);
        }
        self
    }
}
