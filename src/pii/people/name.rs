//! Names of persons, in Latin letters: after a title or a salutation, after *my name is* and the like in the main
//! languages, and given names of the table with a family name behind them.
//!
//! Only words with a capital of ASCII are looked at; titles are no part of the name.

use std::borrow::Cow;
use std::ops::Range;

use super::super::text::Text;
use super::{family, given, list};

/// Titles before names, lower case, without their full stop, sorted.
const TITLES: &str = " capt captain colonel dhr doctor don dott dottor doña dr frau frk fru fräulein herr herra herrn hr judge \
    justice lady lieutenant lord lt madam madame mademoiselle meneer mevr mevrouw miss mlle mme monsieur mr mrs ms \
    mx pan pani prof professor rev reverend rouva senator senhor senhora sergeant señor señora sgt sig signor \
    signora sir sr sra srta ";

/// What stands before a name and says that it is one, lower case.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "my name is ", "my name's ", "name is ", "i am called ", "dear ", "from: ", "to: ", "cc: ", "name: ", "full name: ", "patient: ",
    "customer: ", "client: ", "employee: ", "applicant: ", "contact: ", "author: ", "attn: ", "signed, ", "signed by ", "regards,\n",
    "sincerely,\n", "best,\n", "cheers,\n", "yours,\n", "faithfully,\n", "truly,\n", "thanks,\n", "wishes,\n", "mi nombre es ", "me llamo ", "nombre: ",
    "estimado ", "estimada ", "querido ", "querida ", "je m'appelle ", "mon nom est ", "nom: ", "nom : ", "cher ", "chère ", "ich heiße ", "ich heisse ",
    "mein name ist ", "lieber ", "liebe ", "grüßen\n", "grüße\n", "mi chiamo ", "il mio nome è ", "caro ", "cara ", "gentile ", "nome: ",
    "meu nome é ", "chamo-me ", "prezado ", "prezada ", "mijn naam is ", "ik heet ", "beste ", "geachte ", "naam: ", "nazywam się ", "mam na imię ",
    "jeg heter ", "jeg hedder ", "jag heter ", "mitt namn är ", "kära ", "nimeni on ", "benim adım ", "adım ", "nama saya ", "jmenuji se ", "numele meu este ",
    "employee name: ", "patient name: ", "customer name: ", "cardholder: ", "beneficiary: ",
];

/// What stands before a name that the table has to know.
#[rustfmt::skip]
const PERHAPS: &[&str] = &[
    "i am ", "i'm ", "this is ", "hi ", "hello ", "hey ", "thanks ", "thank you ", "morning ", "afternoon ", "evening ", "hallo ", "hola ", "bonjour ",
    "ciao ", "olá ", "ich bin ", "je suis ", "soy ", "sono ", "sou ", "ik ben ", "met ", "told ", "asked ", "called ", "named ", "with ", "and ", "by ", "wife ",
    "husband ", "son ", "daughter ", "brother ", "sister ", "friend ", "colleague ", "boss ",
];

/// Given names and family names that are words too: both must be known; sorted.
const WORDS: &str = " angel april august austin bill carolina chase chelsea china christian claude crystal daisy dakota dale dallas \
    dawn dean dick don drew earl eve faith florence frank georgia german grace grant guy hope hunter iris israel \
    ivy jack jade jasmine jay jean jersey jesus jordan joy june justice kent king lance lily lin logan long \
    madison mark max may mercedes miles morgan orlando paris pat pearl penny perry quinn ray rich rob robin rose \
    ruby sandy santiago savannah scott sierra spencer stella summer sydney taylor van victoria violet virginia \
    wade wayne will young ";

/// Capitalised words that begin a sentence or a thing rather than end a name, lower case, sorted.
const COMMON: &str = " a address ai all american an and api april assistant at august avenue bank best bot british by chatgpt chinese \
    claus college company corp customer dad date dear december doctor east email english everyone february for \
    french friday friend friends from fw german gmbh god gpt grandma grandpa group he hello her hi hiring his \
    hospital how html human i if in inc is it italian january japanese json july june king llc llm lord ltd madam \
    manager march mom monday mum my name new no north not november october of on or our phone please president \
    prince princess professor prompt queen re regards road santa saturday school september service she sincerely \
    sir south spanish sql street student subject sunday support system teacher team thank thanks that the their \
    these they this those thursday to tuesday university user we wednesday west what when where who why with world \
    yes you your ";

/// Words within names that are not capitalised.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el", "ter", "ten", "zu", "y", "e",
];

/// The most words of a name.
const MOST: usize = 4;

/// The longest word of a name, in bytes.
const LONGEST: usize = 32;

/// The longest phrase looked for, in bytes.
const PHRASE: usize = 24;

/// The name that begins with the word at `i`, or behind the title there.
pub(in crate::pii) fn at(text: &Text<'_>, i: usize) -> Option<Range<usize>> {
    let word = word(text, i).filter(|word| word.len() > 1)?;
    let mut space = [0; LONGEST];
    let lower = lower(word, &mut space);
    let end = i.saturating_add(word.len());
    if list::has(TITLES, &lower) {
        let start = text.run_to(end, 2, |b| matches!(b, b'.' | b' '));
        let found = name(text, start).filter(|_| text.before(start) == b' ')?;
        return Some(start..found.end);
    }
    let own = lower.split('-').next().unwrap_or("");
    let first = given::has(own);
    // A name that is not of the table has to be told.
    if !(first || stands(text, i, BEFORE))
        || matches!(text.before(i), b'-' | b'\'' | b'@' | b'/' | b'.' | b'#')
        || list::has(COMMON, &lower)
    {
        return None;
    }
    let found = name(text, i)?;
    let second = found.second.as_deref();
    let known = second.is_some_and(family::has);
    let doubtful = list::has(WORDS, &lower);
    let plain = first && (known || second.is_some() && !doubtful && !found.is_place);
    // Fields are filled with more than names.
    let field = matches!(text.before(i.saturating_sub(1)), b':');
    let told = || (!field || first || known) && stands(text, i, BEFORE);
    let greeted = || first && !doubtful && stands(text, i, PERHAPS);
    (plain || told() || greeted()).then_some(i..found.end)
}

/// A name, as far as its capitals go.
struct Name {
    end: usize,
    /// The last word, lower case, if there are several.
    second: Option<String>,
    /// Whether the word behind the first is one that names do not have.
    is_place: bool,
}

/// The name that begins at `i`: words with capitals, initials and particles.
fn name(text: &Text<'_>, i: usize) -> Option<Name> {
    let first = word(text, i).filter(|first| is_name(first))?;
    let mut space = [0; LONGEST];
    if list::has(COMMON, &lower(first, &mut space)) {
        return None;
    }
    let mut found = Name {
        end: i.saturating_add(first.len()),
        second: None,
        is_place: false,
    };
    let mut next = found.end;
    for _ in 1..MOST {
        if text.at(next) != b' ' {
            break;
        }
        let start = next.saturating_add(1);
        let Some(word) = word(text, start) else { break };
        let end = start.saturating_add(word.len());
        if PARTICLES.contains(&word) {
            next = end;
            continue;
        }
        let initial =
            word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase()) && text.at(end) == b'.';
        if initial {
            next = end.saturating_add(1);
            continue;
        }
        let mut space = [0; LONGEST];
        let lower = is_name(word).then(|| lower(word, &mut space));
        let Some(lower) = lower.filter(|lower| !list::has(COMMON, lower)) else {
            found.is_place |= found.second.is_none();
            break;
        };
        (found.end, next) = (end, end);
        found.second = Some(lower.into_owned());
    }
    Some(found)
}

/// The run of letters, apostrophes and hyphens at `i`.
fn word<'t>(text: &Text<'t>, i: usize) -> Option<&'t str> {
    let end = text.run_to(i, LONGEST, |b| {
        b.is_ascii_alphabetic() || b >= 0x80 || matches!(b, b'-' | b'\'')
    });
    let own = text.slice(i, end).trim_end_matches(['-', '\'']);
    let own = own.strip_suffix("'s").unwrap_or(own);
    let own = own.split('\u{2019}').next().unwrap_or(own);
    (!own.is_empty()).then_some(own)
}

/// A capital, then small letters, with one more capital at the most (`McDonald`, `O'Neil`, `Anne-Marie`).
fn is_name(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let begins = word.chars().next().is_some_and(char::is_uppercase);
    begins
        && letters >= 2
        && capitals <= 2
        && capitals.saturating_mul(2) <= letters
        && word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
}

/// The word in lower case; one of ASCII in `space`.
fn lower<'w>(word: &str, space: &'w mut [u8; LONGEST]) -> Cow<'w, str> {
    match space.get_mut(..word.len()) {
        Some(space) if word.is_ascii() => {
            for (own, byte) in space.iter_mut().zip(word.bytes()) {
                *own = byte.to_ascii_lowercase();
            }
            str::from_utf8(space).map_or_else(|_| Cow::Owned(word.to_lowercase()), Cow::Borrowed)
        }
        _ => Cow::Owned(word.to_lowercase()),
    }
}

/// Whether one of the phrases ends right before `i`.
fn stands(text: &Text<'_>, i: usize, phrases: &[&str]) -> bool {
    if !may_stand(text, i) {
        return false;
    }
    let mut from = i.saturating_sub(PHRASE);
    while from < i && !text.as_str().is_char_boundary(from) {
        from = from.saturating_add(1);
    }
    let before = text.slice(from, i).to_lowercase();
    phrases.iter().any(|phrase| {
        before
            .strip_suffix(phrase)
            .is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

/// The two characters before the space or line end that ends a phrase, a bit for each pair at the place of [`ending`].
#[expect(
    clippy::indexing_slicing,
    reason = "made of constants, and a fault would end the build"
)]
const ENDINGS: [u64; 16] = {
    let mut bits = [0; 16];
    let lists = [BEFORE, PERHAPS];
    let mut list = 0;
    while list < lists.len() {
        let mut nth = 0;
        while nth < lists[list].len() {
            let phrase = lists[list][nth].as_bytes();
            let place = ending(phrase[phrase.len() - 3], phrase[phrase.len() - 2]);
            bits[place / 64] |= 1 << (place % 64);
            nth += 1;
        }
        list += 1;
    }
    bits
};

/// The place of two characters among 1,024.
const fn ending(first: u8, second: u8) -> usize {
    (first as usize & 31) << 5 | (second as usize & 31)
}

/// Whether a phrase may end right before `i`, by its last characters.
fn may_stand(text: &Text<'_>, i: usize) -> bool {
    let second = text.before(i.saturating_sub(1));
    let first = text.before(i.saturating_sub(2));
    let place = ending(first, second);
    let bits = ENDINGS.get(place / 64).copied().unwrap_or(0);
    let bit = u32::try_from(place % 64).unwrap_or(0);
    let known = bits.checked_shr(bit).unwrap_or(0) & 1 == 1;
    matches!(text.before(i), b' ' | b'\n') && (known || first >= 0x80 || second >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!([TITLES, WORDS, COMMON].into_iter().all(list::is_sorted));
        let ends = |phrase: &&str| phrase.ends_with([' ', '\n']) && phrase.len() > 2;
        assert!(BEFORE.iter().chain(PERHAPS).all(ends));
    }
}
