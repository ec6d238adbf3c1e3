//! Prefixed keys and tokens, with alphabet and length from what their issuers document.

use super::super::context::{self, Say};
use super::super::text::{Text, is_token};

/// What may follow a prefix.
#[derive(Clone, Copy)]
enum Body {
    /// Letters and digits.
    Plain,
    /// Letters, digits, `-` and `_`.
    Token,
    /// Letters, digits, `-`, `_` and `.`.
    Dotted,
    /// Capitals and digits.
    Capitals,
    /// Lower-case hexadecimal.
    Hex,
}

impl Body {
    fn has(self, byte: u8) -> bool {
        match self {
            Body::Plain => byte.is_ascii_alphanumeric(),
            Body::Token => is_token(byte),
            Body::Dotted => is_token(byte) || byte == b'.',
            Body::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Body::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
        }
    }
}

/// A prefix, what follows it, and how many bytes of that.
pub(super) struct Prefix {
    text: &'static str,
    /// Where in it the hook stands.
    hook: usize,
    body: Body,
    least: usize,
    most: usize,
    /// A word that must stand before it, if the form alone says too little.
    word: Option<&'static str>,
}

const fn prefix(text: &'static str, hook: usize, body: Body, least: usize, most: usize) -> Prefix {
    Prefix {
        text,
        hook,
        body,
        least,
        most,
        word: None,
    }
}

/// Hooked by their first `-`. A longer prefix stands before the one it begins with.
#[rustfmt::skip]
const DASH: &[Prefix] = &[
    prefix("sk-ant-", 2, Body::Token, 24, 255),           // Anthropic
    prefix("sk-proj-", 2, Body::Token, 24, 255),          // OpenAI, project
    prefix("sk-svcacct-", 2, Body::Token, 24, 255),       // OpenAI, service account
    prefix("sk-admin-", 2, Body::Token, 24, 255),         // OpenAI, administrator
    prefix("sk-or-v1-", 2, Body::Hex, 32, 64),            // OpenRouter
    prefix("sk-lf-", 2, Body::Token, 32, 64),             // Langfuse
    prefix("sk-", 2, Body::Plain, 20, 96),                // OpenAI of old, DeepSeek and many others
    prefix("xai-", 3, Body::Plain, 60, 100),              // xAI
    prefix("gsk-", 3, Body::Plain, 40, 64),
    prefix("csk-", 3, Body::Plain, 40, 64),               // Cerebras
    prefix("pplx-", 4, Body::Plain, 40, 64),              // Perplexity
    prefix("nvapi-", 5, Body::Token, 60, 80),             // NVIDIA
    prefix("glpat-", 5, Body::Dotted, 20, 255),           // GitLab, personal
    prefix("gldt-", 4, Body::Token, 20, 64),              // GitLab, deploy
    prefix("glrt-", 4, Body::Dotted, 20, 255),            // GitLab, runner
    prefix("glptt-", 5, Body::Hex, 40, 40),               // GitLab, trigger
    prefix("glcbt-", 5, Body::Token, 20, 64),             // GitLab, job
    prefix("glsoat-", 6, Body::Token, 20, 64),            // GitLab, SCIM
    prefix("xoxa-", 4, Body::Token, 10, 255),             // Slack
    prefix("xoxb-", 4, Body::Token, 10, 255),
    prefix("xoxe-", 4, Body::Token, 10, 255),
    prefix("xoxp-", 4, Body::Token, 10, 255),
    prefix("xoxr-", 4, Body::Token, 10, 255),
    prefix("xoxs-", 4, Body::Token, 10, 255),
    prefix("xapp-", 4, Body::Token, 30, 255),
    prefix("pypi-AgE", 4, Body::Token, 50, 1024),         // PyPI
    prefix("GOCSPX-", 6, Body::Token, 24, 32),            // Google, OAuth client
    prefix("PMAK-", 4, Body::Token, 59, 64),              // Postman
    prefix("xkeysib-", 7, Body::Token, 64, 100),          // Brevo
    prefix("AGE-SECRET-KEY-1", 3, Body::Capitals, 58, 58),
];

/// Hooked by their first `_`.
#[rustfmt::skip]
const UNDERSCORE: &[Prefix] = &[
    prefix("ghp_", 3, Body::Plain, 36, 255),              // GitHub
    prefix("gho_", 3, Body::Plain, 36, 255),
    prefix("ghu_", 3, Body::Plain, 36, 255),
    prefix("ghs_", 3, Body::Plain, 36, 255),
    prefix("ghr_", 3, Body::Plain, 36, 255),
    prefix("github_pat_", 6, Body::Token, 36, 255),
    prefix("sk_live_", 2, Body::Plain, 16, 255),          // Stripe
    prefix("sk_test_", 2, Body::Plain, 16, 255),
    prefix("rk_live_", 2, Body::Plain, 16, 255),
    prefix("rk_test_", 2, Body::Plain, 16, 255),
    prefix("whsec_", 5, Body::Plain, 32, 64),
    prefix("npm_", 3, Body::Plain, 36, 36),
    prefix("hf_", 2, Body::Plain, 30, 48),                // Hugging Face
    prefix("gsk_", 3, Body::Plain, 40, 64),               // Groq
    prefix("r8_", 2, Body::Plain, 36, 40),                // Replicate
    prefix("tgp_v1_", 3, Body::Token, 40, 64),            // Together
    prefix("dckr_pat_", 4, Body::Token, 24, 40),          // Docker Hub
    prefix("dop_v1_", 3, Body::Hex, 64, 64),              // DigitalOcean
    prefix("doo_v1_", 3, Body::Hex, 64, 64),
    prefix("shpat_", 5, Body::Plain, 32, 32),             // Shopify
    prefix("shpca_", 5, Body::Plain, 32, 32),
    prefix("shppa_", 5, Body::Plain, 32, 32),
    prefix("shpss_", 5, Body::Plain, 32, 32),
    prefix("lin_api_", 3, Body::Plain, 32, 48),           // Linear
    prefix("ntn_", 3, Body::Plain, 40, 50),               // Notion
    prefix("glsa_", 4, Body::Token, 40, 48),              // Grafana
    prefix("glc_", 3, Body::Token, 32, 255),
    prefix("sntryu_", 6, Body::Hex, 64, 64),              // Sentry
    prefix("figd_", 4, Body::Token, 36, 64),              // Figma
];

/// Hooked by a capital or `z`.
#[rustfmt::skip]
const CAPITAL: &[Prefix] = &[
    prefix("AKIA", 1, Body::Capitals, 16, 16),            // AWS, long-term
    prefix("ASIA", 1, Body::Capitals, 16, 16),            // AWS, temporary
    prefix("AIza", 2, Body::Token, 35, 35),               // Google
    prefix("SG.", 1, Body::Dotted, 60, 70),               // SendGrid
    Prefix { word: Some("twilio"), ..prefix("SK", 1, Body::Hex, 32, 32) },
];

/// How far before a key its word may stand, in characters.
const REACH: usize = 40;

/// The prefix whose hook stands at `hook`, and where it begins.
pub(super) fn hooked(text: &Text<'_>, hook: usize) -> Option<(usize, &'static Prefix)> {
    let list = match text.at(hook) {
        b'-' => DASH,
        b'_' => UNDERSCORE,
        _ => CAPITAL,
    };
    list.iter().find_map(|prefix| {
        let start = hook.checked_sub(prefix.hook)?;
        let begins = prefix.text.as_bytes().first() == Some(&text.at(start));
        (begins && text.has(start, prefix.text)).then_some((start, prefix))
    })
}

impl Prefix {
    /// Where the credential that begins at `start` with this prefix ends.
    pub(super) fn end(&self, text: &Text<'_>, start: usize) -> Option<usize> {
        let body = start.saturating_add(self.text.len());
        let reach = self.most.saturating_add(2);
        let mut end = text.run_to(body, reach, |b| self.body.has(b));
        while text.before(end) == b'.' {
            end = end.saturating_sub(1);
        }
        let key = text.slice(body, end);
        let fits = (self.least..=self.most).contains(&key.len());
        if !fits || text.word_at(end) || !self.is_random(key) {
            return None;
        }
        self.is_announced(text, start).then_some(end)
    }

    /// Whether `key` was drawn, not written: enough different characters and, where hyphens could
    /// join words, enough digits. Passes over `sk-xxxxxxxxxxxxxxxxxxxx` and `xoxb-your-token-here`.
    fn is_random(&self, key: &str) -> bool {
        let mut seen = [false; 256];
        for byte in key.bytes() {
            if let Some(slot) = seen.get_mut(usize::from(byte)) {
                *slot = true;
            }
        }
        let distinct = seen.iter().filter(|seen| **seen).count();
        let digits = key.bytes().filter(u8::is_ascii_digit).count();
        let mixed = key.bytes().any(|b| b.is_ascii_uppercase())
            && key.bytes().any(|b| b.is_ascii_lowercase());
        match self.body {
            Body::Hex => distinct >= 5,
            Body::Plain | Body::Capitals => distinct >= 8,
            Body::Token | Body::Dotted => distinct >= 8 && (digits >= 3 || digits >= 1 && mixed),
        }
    }

    fn is_announced(&self, text: &Text<'_>, start: usize) -> bool {
        self.word.is_none_or(|word| {
            context::says(text, start, REACH, |seen| {
                if seen == word { Say::Yes } else { Say::Nothing }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hooks_are_triggers_and_longer_prefixes_come_first() {
        for (list, hook) in [(DASH, "-"), (UNDERSCORE, "_"), (CAPITAL, "KSGz")] {
            for (index, prefix) in list.iter().enumerate() {
                let byte = prefix.text.as_bytes()[prefix.hook];
                assert!(hook.contains(char::from(byte)), "{}", prefix.text);
                assert!(super::super::TRIGGERS.contains(&byte), "{}", prefix.text);
                let hidden = list[..index]
                    .iter()
                    .any(|earlier| prefix.text.starts_with(earlier.text));
                assert!(!hidden, "{}", prefix.text);
            }
        }
    }
}
