//! The words around a number, lower-cased and without accents, in whatever language, and the rows that they
//! announce: each word is looked up once, for all rows.

use super::super::text::Text;

/// How far before a number a word may stand, in characters.
const REACH: usize = 60;

/// How far after a number a word may stand, in characters.
const AHEAD: usize = 32;

/// How many words before a number one may stand that says the number is something else.
const NEXT: usize = 3;

/// Words that say a number is something else.
const OTHERS: &str = "order orders invoice tracking ticket transaction request session product sku serial model isbn \
    issn imei ref reference phone tel telephone mobile fax cell version timestamp uuid commit build bestellung \
    bestellnummer rechnung rechnungsnummer auftrag auftragsnummer artikel artikelnummer commande facture pedido \
    factura ordine fattura telefon telefono telefone portable handy article item case issue doi arxiv index";

/// Words of scripts that put no spaces between are looked for from this letter on: Thai, Han, Hangul.
const UNSPACED: char = '\u{0e00}';

/// A set of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rows([u64; 5]);

/// The row by which the words are known that speak against every row.
const AGAINST: usize = 319;

impl Rows {
    fn add(&mut self, row: usize) {
        if let Some(bits) = self.0.get_mut(row / 64) {
            *bits |= 1u64
                .checked_shl(u32::try_from(row % 64).unwrap_or(0))
                .unwrap_or(0);
        }
    }

    fn join(&mut self, other: Rows) {
        for (bits, more) in self.0.iter_mut().zip(other.0) {
            *bits |= more;
        }
    }

    pub(super) fn has(&self, row: usize) -> bool {
        let bits = self.0.get(row / 64).copied().unwrap_or(0);
        bits.checked_shr(u32::try_from(row % 64).unwrap_or(0))
            .unwrap_or(0)
            & 1
            == 1
    }
}

/// The words of all rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Sorted.
    whole: Vec<(&'static str, Rows)>,
    /// What a word may begin with.
    fronts: Vec<(&'static str, Rows)>,
    /// What may stand anywhere in a word.
    within: Vec<(&'static str, Rows)>,
    /// A bit for the hash of each of `whole`, and of the first two bytes of each of `fronts`: most words of a text are
    /// neither.
    known: Filter,
    begun: Filter,
}

/// A set of hashes.
#[derive(Debug, Clone, Copy)]
struct Filter([u64; 64]);

impl Default for Filter {
    fn default() -> Self {
        Filter([0; 64])
    }
}

impl Filter {
    fn place(word: &[u8]) -> (usize, u64) {
        let hash = word.iter().fold(word.len(), |hash, byte| {
            hash.wrapping_mul(31).wrapping_add(usize::from(*byte))
        });
        let bit = u32::try_from(hash % 64).unwrap_or(0);
        (hash / 64 % 64, 1u64.checked_shl(bit).unwrap_or(0))
    }

    fn add(&mut self, word: &[u8]) {
        let (place, bit) = Filter::place(word);
        if let Some(bits) = self.0.get_mut(place) {
            *bits |= bit;
        }
    }

    fn has(&self, word: &[u8]) -> bool {
        let (place, bit) = Filter::place(word);
        self.0.get(place).is_some_and(|bits| bits & bit != 0)
    }
}

impl Words {
    /// The words of numbered rows; a row is told by its list: words with spaces between, `word*` for any that
    /// begin so.
    pub(super) fn new(rows: impl Iterator<Item = (usize, &'static str)>) -> Words {
        let mut words = Words::default();
        for (row, list) in rows.chain([(AGAINST, OTHERS)]) {
            for word in list.split(' ').filter(|word| !word.is_empty()) {
                let (list, word) = match word.strip_suffix('*') {
                    Some(front) => (&mut words.fronts, front),
                    None if word.starts_with(|c| c >= UNSPACED) => (&mut words.within, word),
                    None => (&mut words.whole, word),
                };
                match list.iter_mut().find(|(own, _)| *own == word) {
                    Some((_, rows)) => rows.add(row),
                    None => {
                        let mut rows = Rows::default();
                        rows.add(row);
                        list.push((word, rows));
                    }
                }
            }
        }
        words.whole.sort_unstable_by_key(|(word, _)| *word);
        for (word, _) in &words.whole {
            words.known.add(word.as_bytes());
        }
        for (front, _) in &words.fronts {
            words.begun.add(front.as_bytes().get(..2).unwrap_or(&[]));
        }
        words
    }

    /// The rows that the words around `start..end` announce. What stands `before` is looked at once.
    pub(super) fn around(
        &self,
        text: &Text<'_>,
        start: usize,
        end: usize,
        before: &mut Option<(Rows, bool)>,
    ) -> Rows {
        let (mut rows, clear) = *before.get_or_insert_with(|| self.before(text, start));
        if clear {
            rows.join(self.behind(text, end));
        }
        rows
    }

    /// The rows that the words before `start` announce, up to one that says the number is something else, and
    /// whether those behind the number count.
    fn before(&self, text: &Text<'_>, start: usize) -> (Rows, bool) {
        let mut rows = Rows::default();
        let mut nth = 0usize;
        let window = text.before_by(start, REACH);
        // What may be the end of a word is none.
        let window = if window.len() < start {
            window.trim_start_matches(is_letter)
        } else {
            window
        };
        let clear = backwards(window, |word| {
            let own = self.of(word);
            if own.has(AGAINST) {
                if nth < NEXT {
                    rows = Rows::default();
                }
                return false;
            }
            rows.join(own);
            nth = nth.saturating_add(1);
            true
        });
        (rows, clear || nth > 0)
    }

    /// The rows that the words behind `end` announce: those in parentheses, or after *is* and the like.
    fn behind(&self, text: &Text<'_>, end: usize) -> Rows {
        let mut rows = Rows::default();
        forwards(after(text, end), |word| rows.join(self.of(word)));
        rows
    }

    /// The rows that one word announces.
    fn of(&self, word: &str) -> Rows {
        let mut rows = Rows::default();
        if self.known.has(word.as_bytes()) {
            let place = self.whole.binary_search_by_key(&word, |(own, _)| *own);
            let found = place.ok().and_then(|place| self.whole.get(place));
            rows = found.map_or(rows, |(_, rows)| *rows);
        }
        if self.begun.has(word.as_bytes().get(..2).unwrap_or(&[])) {
            for (front, more) in &self.fronts {
                if word.starts_with(front) {
                    rows.join(*more);
                }
            }
        }
        if word.is_ascii() {
            return rows;
        }
        if word.contains(|c| c >= UNSPACED) {
            for (part, more) in &self.within {
                if word.contains(part) {
                    rows.join(*more);
                }
            }
        }
        rows
    }
}

/// What may announce a number from behind: the words in parentheses after `end`, or after *is* and the like:
/// `… (SIN)`, `… is my SIN`.
fn after<'t>(text: &Text<'t>, end: usize) -> &'t str {
    let window = text.after_by(end, AHEAD);
    let rest = window.strip_prefix(' ').unwrap_or(window);
    if let Some(inner) = rest.strip_prefix('(') {
        return inner.split(')').next().unwrap_or("");
    }
    let clause = rest.split(['.', ',', ';', '\n', ':']).next().unwrap_or("");
    let first = clause.split(' ').next().unwrap_or("");
    let links = [
        "is", "as", "ist", "est", "es", "e", "è", "é", "jest", "är", "er",
    ];
    if rest.len() < window.len() && links.contains(&first) {
        clause
    } else {
        ""
    }
}

/// Says the words of `window` from the last to the first, until `each` has enough; whether it never had.
fn backwards(window: &str, mut each: impl FnMut(&str) -> bool) -> bool {
    let mut word = String::new();
    for piece in window.rsplit(|c: char| !is_letter(c)) {
        if !piece.is_empty() {
            fold(piece, &mut word);
            if !each(&word) {
                return false;
            }
        }
    }
    true
}

/// Says the words of `window` from the first to the last.
fn forwards(window: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    for piece in window.split(|c: char| !is_letter(c)) {
        if !piece.is_empty() {
            fold(piece, &mut word);
            each(&word);
        }
    }
}

/// A letter, or a mark of one that no letter of its own stands for.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && (c.is_alphabetic() || is_mark(c))
}

/// The word in lower case and without accents.
fn fold(piece: &str, word: &mut String) {
    word.clear();
    if piece.is_ascii() {
        word.push_str(piece);
        word.make_ascii_lowercase();
        return;
    }
    let lower = piece.chars().flat_map(char::to_lowercase);
    word.extend(lower.filter(|c| !is_mark(*c)).map(plain));
}

/// A combining accent, or a mark of Devanagari and Thai.
fn is_mark(c: char) -> bool {
    ('\u{0300}'..='\u{036f}').contains(&c)
}

/// The letters of U+00E0 to U+017F without their accents.
const PLAIN: &str = "aaaaaaaceeeeiiiidnooooo.ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiii\
    jjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The letter without its accent.
fn plain(c: char) -> char {
    let place = u32::from(c)
        .checked_sub(0xe0)
        .and_then(|place| usize::try_from(place).ok());
    let letter = place.and_then(|place| PLAIN.as_bytes().get(place));
    letter.map_or(c, |letter| char::from(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_accents() {
        let mut words = Vec::new();
        forwards("Identité n° ŁÓDŹ, TC_kimlik ŽIVOTNÍ", |word| {
            words.push(word.to_owned())
        });
        assert_eq!(words, ["identite", "n", "lodz", "tc", "kimlik", "zivotni"]);
        assert_eq!(PLAIN.len(), 0x180 - 0xe0);
    }

    #[test]
    fn words_announce_rows() {
        let words = Words::new([(0, "nas sin"), (70, "steuer*"), (128, "身份证 sin")].into_iter());
        let cases = [
            ("my SIN is |", &[0, 128][..]),
            ("| (SIN)", &[0, 128]),
            ("| is my SIN", &[0, 128]),
            ("|, SIN", &[]),
            ("SIN of order |", &[]),
            ("order 5 came; he has the SIN |", &[0, 128]),
            ("Steueridentifikationsnummer: |", &[70]),
            ("身份证号码|", &[128]),
            ("cousin |", &[]),
        ];
        for (row, want) in cases {
            let at = row.find('|').unwrap();
            let whole = row.replace('|', "");
            let rows = words.around(&Text::new(&whole), at, at, &mut None);
            let seen: Vec<usize> = (0..AGAINST).filter(|nth| rows.has(*nth)).collect();
            assert_eq!(seen, want, "{row}");
        }
    }
}
