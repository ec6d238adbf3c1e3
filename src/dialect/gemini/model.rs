//! What generation a model is, by its name: what a Gemini takes differs by it.

/// A Gemini's generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Model {
    /// `(2, 5)` of `gemini-2.5-pro`; `None` for models whose name does not say it.
    pub(super) version: Option<(u32, u32)>,
    /// A Flash or Flash-Lite.
    pub(super) flash: bool,
    /// A Flash-Lite.
    pub(super) lite: bool,
}

impl Model {
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let version = name.rsplit_once("gemini-").and_then(|(_, tail)| {
            let first = tail.split('-').next().unwrap_or_default();
            let (major, minor) = first.split_once('.').unwrap_or((first, "0"));
            match (major.parse(), minor.parse()) {
                (Ok(major), Ok(minor)) => Some((major, minor)),
                // `gemini-flash-latest`.
                _ => tail.ends_with("-latest").then_some((3, u32::MAX)),
            }
        });
        Self {
            version,
            flash: name.contains("flash"),
            lite: name.contains("flash-lite"),
        }
    }

    /// Gemini 3 and later: thinking levels, signatures that must be there, media in results.
    pub(super) fn is_3(self) -> bool {
        self.version.is_some_and(|(major, _)| major >= 3)
    }

    /// Known to come before Gemini 3.
    pub(super) fn is_before_3(self) -> bool {
        self.version.is_some_and(|(major, _)| major < 3)
    }
}
