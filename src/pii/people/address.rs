//! Postal addresses: a street with a number, and what follows of unit, town, state and postcode.
//!
//! The number wakes the detector; a street word after it (English, French) or before it (the other languages) makes
//! it an address. Where that word also means other things, a postcode or a town must follow.

use std::ops::Range;

use super::super::digits::Groups;
use super::super::text::Text;
use super::locality::rest;
use super::streets::{AFTER, BEFORE, ENDINGS, FRENCH};
use super::word::Word;

/// How far a street name may reach from its number, in bytes.
const REACH: usize = 64;

/// The most words of a street name.
const MOST_WORDS: usize = 5;

/// The address that the first group belongs to.
pub(in crate::pii) fn at(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let number = groups.as_slice().first()?;
    if number.len() > 5
        || matches!(
            text.before(number.start),
            b'$' | b'.' | b':' | b'#' | b'+' | b'='
        )
    {
        return None;
    }
    let found = asian(text, number.start, number.end)
        .or_else(|| street_behind(text, number.start, number.end))
        .or_else(|| street_before(text, number.start, number.end))?;
    (found.len() >= 8).then_some(found)
}

/// `221B Baker Street`, `1600 Pennsylvania Ave NW`, `12 bis, rue de la Paix`.
fn street_behind(text: &Text<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let unit = text.run_to(end, 1, |b| {
        b.is_ascii_alphabetic() && !text.word_at(end.saturating_add(1))
    });
    let mut i = text.run_to(unit, 2, |b| matches!(b, b' ' | b','));
    if i == unit || text.word_before(start) {
        return None;
    }
    for word in ["bis ", "ter ", "bis, ", "ter, "] {
        if text.has(i, word) {
            i = i.saturating_add(word.len());
        }
    }
    if let Some(street) = french(text, i) {
        let end = rest(text, street);
        return Some(start..end);
    }
    // A comma before the street's name is French; in English a year stands before it.
    if text.slice(unit, i).contains(',') {
        return None;
    }
    let mut words = 0usize;
    let reach = i.saturating_add(REACH);
    while words < MOST_WORDS && i < reach {
        let word = Word::at(text, i)?;
        let lower = word.text.to_lowercase();
        if words > 0 && AFTER.contains(&lower.as_str()) && word.is_name() {
            // A place called Park Place: the last street word counts.
            let next = Word::at(text, word.next(text));
            let further = next.as_ref().is_some_and(|next| {
                next.is_name() && AFTER.contains(&next.text.to_lowercase().as_str())
            });
            if !further {
                let end = rest(text, compass(text, word.end));
                return is_sure(text, &lower, word.end, end).then_some(start..end);
            }
        }
        if !(word.is_name() || words == 0 && word.is_ordinal()) {
            return None;
        }
        words = words.saturating_add(1);
        i = word.next(text);
    }
    None
}

/// Whether a street word that is also a common one has something of an address behind it.
fn is_sure(text: &Text<'_>, word: &str, street: usize, end: usize) -> bool {
    let common = matches!(
        word,
        "park"
            | "view"
            | "way"
            | "hill"
            | "green"
            | "gate"
            | "row"
            | "place"
            | "path"
            | "walk"
            | "cove"
            | "loop"
            | "court"
            | "mall"
            | "plaza"
            | "square"
            | "drive"
            | "close"
            | "ridge"
            | "trail"
            | "heights"
            | "gardens"
            | "circle"
    );
    !common
        || text
            .slice(street, end)
            .contains(|c: char| c.is_ascii_digit())
}

/// Behind `NW` and the like.
fn compass(text: &Text<'_>, end: usize) -> usize {
    let word = [
        " NW", " NE", " SW", " SE", " N", " S", " E", " W", " North", " South", " East", " West",
    ]
    .iter()
    .find(|word| text.has(end, word) && !text.word_at(end.saturating_add(word.len())));
    end.saturating_add(word.map_or(0, |word| word.len()))
}

/// Where the name of a French street that begins at `i` ends.
fn french(text: &Text<'_>, i: usize) -> Option<usize> {
    let kind = Word::at(text, i)?;
    if !FRENCH.contains(&kind.text.to_lowercase().as_str()) {
        return None;
    }
    let (mut i, mut end, mut names) = (kind.next(text), kind.end, 0usize);
    while let Some(word) = Word::at(text, i).filter(|_| names < MOST_WORDS) {
        let particle = matches!(
            word.text,
            "de" | "du"
                | "des"
                | "la"
                | "le"
                | "les"
                | "d"
                | "l"
                | "et"
                | "aux"
                | "au"
                | "à"
                | "en"
        );
        if !(particle || word.is_name() || word.is_ordinal()) {
            break;
        }
        if !particle {
            (end, names) = (word.end, names.saturating_add(1));
        }
        if text.at(word.end) == b',' {
            break;
        }
        i = word.next(text);
    }
    (names > 0).then_some(end)
}

/// `Hauptstraße 5`, `Via Roma, 12`, `ul. Marszałkowska 1/2`, `Calle de Alcalá, 45`.
fn street_before(text: &Text<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let gap = text.run_back(start, 5, |b| matches!(b, b' ' | b',' | b'n' | b'r' | b'.'));
    let gap = if text.slice(gap, start).contains([' ', ',']) {
        gap
    } else {
        return None;
    };
    let gap = back_to_word(text, gap, start);
    let floor = gap.saturating_sub(REACH);
    let (mut i, mut begin) = (gap, None);
    for words in 0..MOST_WORDS {
        let word = Word::before(text, i).filter(|word| word.start >= floor)?;
        let lower = word.text.to_lowercase();
        let ending = ENDINGS.iter().any(|ending| {
            lower.ends_with(ending) && (lower.len() > ending.len().saturating_add(2))
        });
        let lone = ENDINGS.contains(&lower.as_str());
        if words == 0 && (ending && word.is_name() || lone) {
            begin = Some(names_before(text, &word, lone)?);
            break;
        }
        if words > 0
            && BEFORE.contains(&lower.trim_end_matches('.'))
            && (word.is_name() || text.at(word.end) == b'.' || lower.len() > 3)
        {
            begin = Some(word.start);
            break;
        }
        let particle = matches!(
            lower.as_str(),
            "de" | "del"
                | "della"
                | "dei"
                | "di"
                | "da"
                | "do"
                | "dos"
                | "la"
                | "las"
                | "los"
                | "el"
                | "e"
                | "y"
                | "san"
                | "delle"
                | "degli"
        );
        if !(particle || word.is_name() || word.text.bytes().all(|b| b.is_ascii_digit())) {
            return None;
        }
        i = text.run_back(word.start, 2, |b| matches!(b, b' ' | b'.'));
        if i == word.start {
            return None;
        }
    }
    let begin = begin?;
    let suffix = text.run_to(end, 1, |b| b.is_ascii_alphabetic());
    let suffix = if text.word_at(suffix) { end } else { suffix };
    let flat = text.run_to(suffix, 6, |b| {
        b.is_ascii_digit() || matches!(b, b'/' | b'-')
    });
    let close = if text.before(flat).is_ascii_digit() {
        flat
    } else {
        suffix
    };
    Some(begin..rest(text, close))
}

/// The end of the word before the gap that ends at `start`.
fn back_to_word(text: &Text<'_>, gap: usize, start: usize) -> usize {
    let between = text.slice(gap, start);
    let at = between.find([' ', ',']).unwrap_or(0);
    let dotted = between.starts_with('.');
    gap.saturating_add(if dotted { 1 } else { at })
}

/// Where the names begin that belong to a street word: `Am Alten Markt`, `Lange Straße`.
fn names_before(text: &Text<'_>, word: &Word<'_>, needed: bool) -> Option<usize> {
    let before = text.run_back(word.start, 1, |b| b == b' ');
    let first = Word::before(text, before).filter(|_| before < word.start);
    match first {
        Some(first) if needed && first.is_name() => Some(first.start),
        _ if needed => None,
        _ => Some(word.start),
    }
}

/// `北京市朝阳区建国路88号`, `東京都千代田区千代田1-1`.
fn asian(text: &Text<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let signs = |b: u8| b >= 0x80;
    let begin = text.run_back(start, 60, signs);
    let mut begin = begin;
    while begin < start && !text.as_str().is_char_boundary(begin) {
        begin = begin.saturating_add(1);
    }
    let before = text.slice(begin, start);
    let town = before.char_indices().find(|(_, c)| {
        matches!(
            c,
            '市' | '区' | '區' | '县' | '県' | '都' | '府' | '町' | '村' | '省' | '시' | '구'
        )
    })?;
    let street = before.ends_with([
        '路', '街', '道', '巷', '弄', '町', '区', '丁', '代', '田', '로', '길', '谷', '山', '宿',
        '本', '野', '台', '木', '川',
    ]);
    let tail = text.run_to(end, 10, |b| b.is_ascii_digit() || b == b'-');
    let sign = ["号", "號", "丁目", "番地", "番"]
        .iter()
        .find(|sign| text.has(tail, sign));
    let close = tail.saturating_add(sign.map_or(0, |sign| sign.len()));
    let sure = sign.is_some() || street && text.slice(end, tail).contains('-');
    // What stands before the town's name belongs to it, up to punctuation and three signs.
    let name = before
        .get(..town.0)?
        .char_indices()
        .rev()
        .take(3)
        .take_while(|(_, c)| c.is_alphabetic() && !('\u{3040}'..'\u{30a0}').contains(c))
        .last();
    let first = begin.saturating_add(name.map_or(town.0, |(at, _)| at));
    (sure && close > end).then_some(first..close)
}
