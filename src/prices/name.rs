//! Names of models as the providers write them, and under which name a table may list them.
//!
//! *Never*: a name of another family. A date or `-latest` may go, as it names a version of the same model;
//! a word or a number may not.

/// Under which names a model may be listed, the closest first.
#[derive(Debug)]
pub(super) struct Candidates {
    /// In small letters, without what says where it is and not what.
    pub name: String,
    /// Without its date or `-latest`.
    pub short: Option<String>,
    /// Without the geography that stands before it (Bedrock), and that without a date.
    pub plain: Option<(String, Option<String>)>,
    /// Nothing is charged for it.
    pub free: bool,
}

impl Candidates {
    /// The names of a model at a kind of provider.
    pub(super) fn of(kind: &str, model: &str) -> Self {
        let name = model.to_ascii_lowercase();
        let mut name = name.as_str();
        match kind {
            "bedrock" => {
                // arn:aws:bedrock:REGION:ACCOUNT:foundation-model/NAME, and inference-profile/NAME.
                if let Some((arn, tail)) = name.split_once('/')
                    && arn.starts_with("arn:")
                {
                    name = tail;
                }
                name = without_context(name);
            }
            // projects/…/publishers/google/models/NAME
            "vertex" if name.contains("publishers/") => {
                name = name.rsplit_once("/models/").map_or(name, |(_, name)| name);
            }
            "gemini" => name = name.strip_prefix("models/").unwrap_or(name),
            "fireworks" => {
                name = name
                    .strip_prefix("accounts/fireworks/models/")
                    .unwrap_or(name);
            }
            // ft:NAME:ORGANISATION:SUFFIX:ID
            "openai" | "azure" if name.starts_with("ft:") => {
                let end = name.match_indices(':').nth(1).map(|(at, _)| at);
                name = end.and_then(|end| name.get(..end)).unwrap_or(name);
            }
            _ => {}
        }
        let plain = match kind {
            "bedrock" => GEOGRAPHIES
                .iter()
                .find_map(|geography| name.strip_prefix(geography)),
            _ => None,
        };
        Self {
            name: name.to_owned(),
            short: short(name).map(str::to_owned),
            plain: plain.map(|plain| (plain.to_owned(), short(plain).map(str::to_owned))),
            // OpenRouter, "Free variants".
            free: kind == "openrouter" && name.ends_with(":free"),
        }
    }
}

/// Cross-region inference profiles (AWS, "Supported Regions and models for inference profiles").
const GEOGRAPHIES: [&str; 8] = [
    "us.", "eu.", "apac.", "global.", "jp.", "au.", "us-gov.", "ca.",
];

/// Bedrock names the context of a provisioned model last: `…-v1:0:48k`.
fn without_context(name: &str) -> &str {
    match name.rsplit_once(':') {
        Some((rest, context)) => {
            let digits = context.strip_suffix('k').unwrap_or_default();
            match !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                true => rest,
                false => name,
            }
        }
        None => name,
    }
}

/// Without `-20250929`, `@20250929`, `-2025-09-29`, `-latest`, `@default`; `None` when it has no such end.
fn short(name: &str) -> Option<&str> {
    let dated = |shape: &[u8]| {
        let at = name.len().checked_sub(shape.len())?;
        let (rest, end) = name.split_at_checked(at)?;
        let fits = end.bytes().zip(shape).all(|(byte, shape)| match shape {
            b'#' => byte.is_ascii_digit(),
            b'?' => matches!(byte, b'-' | b'@'),
            shape => byte == *shape,
        });
        fits.then_some(rest)
    };
    [
        b"?########".as_slice(),
        b"?####-##-##",
        b"?latest",
        b"?default",
    ]
    .into_iter()
    .find_map(dated)
    .filter(|rest| !rest.is_empty())
}
