//! The domain of an address: labels of RFC 5890 (letters, digits, inner hyphens; Unicode letters in
//! U-labels), the last of them alphabetic or an A-label.

use super::super::text::{Text, is_spaced_letter};
use super::is_letter;

/// The longest label and domain, in octets: RFC 1035, 2.3.4.
const LONGEST_LABEL: usize = 63;
const LONGEST_DOMAIN: usize = 253;

/// Endings of file names that are no top-level domains.
const FILES: &[&str] = &[
    "bmp", "cfg", "conf", "css", "csv", "dll", "doc", "docx", "exe", "gif", "go", "gz", "htm",
    "html", "ico", "ini", "jar", "java", "jpeg", "jpg", "js", "json", "jsx", "lock", "log", "map",
    "mjs", "mp", "pdf", "php", "png", "rb", "scss", "sql", "svg", "tar", "tgz", "toml", "ts",
    "tsx", "txt", "wasm", "webp", "whl", "xls", "xlsx", "xml", "yaml", "yml",
];

/// Where the domain that begins at `start` ends; none if there is no domain.
pub(super) fn end(text: &Text<'_>, start: usize) -> Option<usize> {
    let mut labels = 0usize;
    let mut numeric = 0usize;
    let mut label = start;
    let mut best = None;
    loop {
        let end = label_end(text, label);
        let name = text.slice(label, end);
        let longest = if name.is_ascii() {
            LONGEST_LABEL
        } else {
            LONGEST_LABEL.saturating_mul(3)
        };
        if name.is_empty() || name.len() > longest || name.starts_with('-') {
            break;
        }
        labels = labels.saturating_add(1);
        let is_number = name.bytes().all(|b| b.is_ascii_digit());
        numeric = numeric.saturating_add(usize::from(is_number && labels <= 2));
        if labels > 1
            && let Some(cut) = top_level(name)
        {
            best = Some((label.saturating_add(cut), cut == name.len()));
        }
        if end.saturating_sub(start) > LONGEST_DOMAIN || text.at(end) != b'.' {
            break;
        }
        label = end.saturating_add(1);
    }
    let (end, _) = best?;
    // `name@1.2.3-rc.one` is a version; a letter that follows belongs to a longer word.
    let file = FILES.binary_search(
        &last_label(text.slice(start, end))
            .to_ascii_lowercase()
            .as_str(),
    );
    let joined = text.at(end) == b'_' || text.at(end).is_ascii_alphanumeric();
    (numeric < 2 && file.is_err() && !joined).then_some(end)
}

fn last_label(domain: &str) -> &str {
    domain.rsplit('.').next().unwrap_or(domain)
}

/// Where the label that begins at `start` ends: at the first byte that is none of a label's, or
/// where a script without spaces follows ASCII and so is prose.
fn label_end(text: &Text<'_>, start: usize) -> usize {
    let ascii = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let mut end = text.run_to(start, LONGEST_LABEL.saturating_add(1), ascii);
    let ascii_only = end > start;
    while let Some(c) = text.char_at(end) {
        let takes = if c.is_ascii() {
            ascii(c as u8)
        } else {
            is_letter(c) && (!ascii_only || is_spaced_letter(c))
        };
        if !takes || end.saturating_sub(start) > LONGEST_LABEL.saturating_mul(3) {
            break;
        }
        end = end.saturating_add(c.len_utf8());
    }
    end
}

/// How much of the label is a top-level domain: two letters at least, or `xn--…`. What follows a
/// hyphen is left out, as in `a@example.com-team`.
fn top_level(label: &str) -> Option<usize> {
    if label.len() > 4
        && label
            .get(..4)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"))
    {
        return Some(label.len());
    }
    let name = label.split('-').next()?;
    let alphabetic = name.chars().all(|c| !c.is_numeric());
    (alphabetic && name.chars().count() >= 2).then_some(name.len())
}
