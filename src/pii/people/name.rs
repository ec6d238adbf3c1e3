//! Names of persons, in Latin letters: after a title or a salutation, after *my name is* and the like in the main
//! languages, and given names of the table with a family name behind them.
//!
//! Only words with a capital of ASCII are looked at; titles are no part of the name.

use std::ops::Range;

use super::super::text::Text;
use super::{family, given};

/// Titles before names, lower case, without their full stop.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "doctor", "sir", "madam", "lady", "lord", "rev", "reverend",
    "captain", "capt", "sgt", "sergeant", "lt", "lieutenant", "colonel", "judge", "justice", "senator", "herr", "herrn", "frau", "fräulein",
    "monsieur", "madame", "mme", "mlle", "mademoiselle", "señor", "señora", "sr", "sra", "srta", "don", "doña", "signor", "signora", "sig", "dott",
    "dottor", "senhor", "senhora", "dhr", "mevr", "mevrouw", "meneer", "pan", "pani", "herra", "rouva", "fru", "hr", "frk",
];

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

/// Given names and family names that are words too: both must be known.
const WORDS: &str = " april august austin chase chelsea china christian crystal daisy dale dawn dean don drew earl eve faith \
    florence frank german grace grant guy hope hunter iris ivy jade jasmine jay jean jordan joy june justice kent \
    lance lily logan madison mark max may mercedes miles morgan pat paris pearl penny perry quinn ray rich rob robin rose \
    ruby savannah scott sierra spencer stella summer taylor violet virginia wade wayne will carolina georgia jersey sandy bill \
    dick jack jesus angel victoria sydney claude dakota dallas israel santiago orlando lin long van young king ";

/// Capitalised words that begin a sentence or a thing rather than end a name, lower case.
const COMMON: &str = " the a an i it is in on of and or for to from at by with my your his her our their this that these those he \
    she we they you if when where who what why how please thanks thank dear hello hi regards best sincerely yes no not all \
    sir madam team support customer service everyone friend friends doctor professor student teacher user assistant \
    manager hiring street road avenue university college school hospital company inc ltd llc gmbh corp group bank \
    english french german spanish italian chinese japanese american british monday tuesday wednesday thursday friday \
    saturday sunday january february march april june july august september october november december new north south \
    east west api sql html json chatgpt gpt ai llm prompt name date email phone address subject re fw world santa claus \
    mom dad mum grandma grandpa lord god president king queen prince princess system human bot ";

/// Words within names that are not capitalised.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el", "ter", "ten", "zu", "y", "e",
];

/// The most words of a name.
const MOST: usize = 4;

/// The longest phrase looked for, in bytes.
const PHRASE: usize = 24;

/// The name that begins with the word at `i`, or behind the title there.
pub(in crate::pii) fn at(text: &Text<'_>, i: usize) -> Option<Range<usize>> {
    let word = word(text, i)?;
    let lower = word.to_lowercase();
    let end = i.saturating_add(word.len());
    if TITLES.contains(&lower.as_str()) {
        let start = text.run_to(end, 2, |b| matches!(b, b'.' | b' '));
        let found = name(text, start).filter(|_| text.before(start) == b' ')?;
        return Some(start..found.end);
    }
    if listed(COMMON, &lower) || matches!(text.before(i), b'-' | b'\'' | b'@' | b'/' | b'.' | b'#')
    {
        return None;
    }
    let found = name(text, i)?;
    let own = lower.split('-').next().unwrap_or("");
    let (first, second) = (given::has(own), found.second.as_deref());
    let known = second.is_some_and(family::has);
    let doubtful = listed(WORDS, &lower);
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
    if listed(COMMON, &first.to_lowercase()) {
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
        let lower = word.to_lowercase();
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
        if !is_name(word) || listed(COMMON, &lower) {
            found.is_place |= found.second.is_none();
            break;
        }
        (found.end, next) = (end, end);
        found.second = Some(lower);
    }
    Some(found)
}

/// The run of letters, apostrophes and hyphens at `i`.
fn word<'t>(text: &Text<'t>, i: usize) -> Option<&'t str> {
    let end = text.run_to(i, 32, |b| {
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

fn listed(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

/// Whether one of the phrases ends right before `i`.
fn stands(text: &Text<'_>, i: usize, phrases: &[&str]) -> bool {
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
