//! The domain of an address: labels of RFC 5890 (letters, digits, inner hyphens; Unicode letters in
//! U-labels), the last of them alphabetic or an A-label.

use super::super::text::{Text, is_spaced_letter};
use super::is_letter;

/// The longest label and domain, in octets: RFC 1035, 2.3.4.
const LONGEST_LABEL: usize = 63;
const LONGEST_DOMAIN: usize = 253;

/// Endings of names of files and units, as `getty@tty1.service`, that are no top-level domains.
const FILES: &str = "astro automount avi avif bak bmp bz2 cfg conf cpp cs csv dat deb device dll dmg doc docm docx eml \
    eot epub exe flac gif go gradle gz heic hpp htm html ico ics ini iso jar java jpeg jpg js json \
    jsonl jsx kt less lock log lua map mbox mjs mkv mount mp mpeg msg msi odp ods odt old orig path pdf \
    php plist png ppt pptx properties pst rar rb rpm rtf sass scope scss service slice socket sql svg \
    swap swift swp tar target tgz timer tmp toml ts tsx ttf txt vcf vue wasm wav webp whl woff xls xlsx \
    xml yaml yml";

/// The top-level domains of most addresses, by which one is told where more follows than an address has.
const COMMON: &str = "app at au be biz br ca ch cn co com cz de dev dk edu es eu fi fr gov gr hk hu ie il in info io it \
    jp kr mx net nl no nz org pl pt ro ru se sg tr tw ua uk us za";

/// Where the domain that begins at `start` ends; none if there is no domain.
pub(super) fn end(text: &Text<'_>, start: usize) -> Option<usize> {
    let mut labels = 0usize;
    let mut numeric = 0usize;
    let mut label = start;
    let [mut last, mut second, mut third] = [None; 3];
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
        // The next sentence, without a space: `…@example.com.Then`.
        if last.is_some() && is_capitalised(name) && !has_capital(text.slice(start, label)) {
            break;
        }
        let is_number = name.bytes().all(|b| b.is_ascii_digit());
        numeric = numeric.saturating_add(usize::from(is_number && labels <= 2));
        if labels > 1
            && let Some(cut) = top_level(name)
        {
            (last, second, third) = (Some(label.saturating_add(cut)), last, second);
        }
        let goes_on = text.at(end) == b'.' && !name.ends_with('-');
        if end.saturating_sub(start) > LONGEST_DOMAIN || !goes_on {
            break;
        }
        label = end.saturating_add(1);
    }
    // `alice@example.com.tar.gz` is a file, and its name begins with an address.
    let domain = |cut: usize| last_label(text.slice(start, cut));
    let mut cuts = [last, second, third].into_iter().flatten();
    let first = cuts.next()?;
    let mut end = first;
    while is_one_of(FILES, domain(end)) {
        end = cuts.next()?;
    }
    if end < first && !is_one_of(COMMON, domain(end)) {
        return None;
    }
    let common = || is_one_of(COMMON, domain(end));
    // A letter that follows belongs to a longer word, and `name@1.2.3-rc.one` is a version; in code `a@b.c_d` is no
    // address, nor is `a@b.c(…)`.
    let joined = match text.at(end) {
        b'_' | b'(' => !common(),
        next => next.is_ascii_alphanumeric(),
    };
    (numeric < 2 && !joined).then_some(end)
}

/// Whether the label is one of the words of the list, in any case.
fn is_one_of(list: &str, label: &str) -> bool {
    list.split(' ').any(|own| own.eq_ignore_ascii_case(label))
}

fn has_capital(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_uppercase())
}

fn is_capitalised(label: &str) -> bool {
    let (first, rest) = label.split_at_checked(1).unwrap_or(("", ""));
    has_capital(first) && !rest.is_empty() && !has_capital(rest)
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
