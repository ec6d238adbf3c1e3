//! Business identifier codes of banks: ISO 9362, four letters of the bank, two of the country, two signs of the
//! place and three of the branch or none. They read like words in capitals, so a word must stand near.

use std::ops::Range;

use super::context::{self, Say};
use super::text::Text;

/// How far before a code the word may stand, in characters.
const REACH: usize = 40;

/// Countries and territories: ISO 3166-1, with Kosovo's XK.
const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCM\
    CNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIM\
    INIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANC\
    NENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTH\
    TJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

/// The code that begins with the capital at `start`.
pub(super) fn at(text: &Text<'_>, start: usize) -> Option<Range<usize>> {
    if !text.at(start.saturating_add(1)).is_ascii_uppercase() {
        return None;
    }
    let end = code(text, start)?;
    says(text, start, text.slice(start, end).len() >= 11).then_some(start..end)
}

/// Where the code ends: eight or eleven signs, bare or as four, two, two and three.
fn code(text: &Text<'_>, start: usize) -> Option<usize> {
    let (mut i, mut signs) = (start, [0u8; 11]);
    let mut count = 0usize;
    for (place, slot) in signs.iter_mut().enumerate() {
        if text.at(i) == b' '
            && matches!(place, 4 | 6 | 8)
            && text.at(i.saturating_add(1)).is_ascii_alphanumeric()
        {
            i = i.saturating_add(1);
        }
        let byte = text.at(i);
        let fits = byte.is_ascii_uppercase() || place >= 6 && byte.is_ascii_digit();
        if !fits {
            break;
        }
        *slot = byte;
        i = i.saturating_add(1);
        count = count.saturating_add(1);
        if count == 8 && !text.word_at(i) && !branch_follows(text, i) {
            break;
        }
    }
    let country = signs.get(4..6)?;
    let known = COUNTRIES
        .as_bytes()
        .as_chunks::<2>()
        .0
        .iter()
        .any(|own| own.as_slice() == country);
    (matches!(count, 8 | 11) && known && !text.word_at(i)).then_some(i)
}

/// Whether a space and three signs follow, as a branch is written.
fn branch_follows(text: &Text<'_>, i: usize) -> bool {
    let branch = i.saturating_add(1);
    let end = text.run_to(branch, 4, |b| b.is_ascii_uppercase() || b.is_ascii_digit());
    text.at(i) == b' ' && end.saturating_sub(branch) == 3 && !text.word_at(end)
}

fn says(text: &Text<'_>, start: usize, long: bool) -> bool {
    context::says(text, start, REACH, |word| match word {
        "bic" | "swift" | "swiftcode" | "biccode" | "iban" => Say::Yes,
        // No word in capitals is as long as a code with its branch.
        "bank" | "banque" | "banco" | "banca" | "bankleitzahl" if long => Say::Yes,
        _ => Say::Nothing,
    })
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn codes() {
        expect(
            &[Kind::Bic],
            &[
                "BIC: «DEUTDEFF500», SWIFT «DEUTDEFF».",
                "bic «AGRIFRPP882»",
                "BIC «ABNA NL 2A»",
                "bank code «NEDSZAJJ101»",
            ],
            &[
                "DEUTDEFF500",
                "the bank said DOCUMENT",
                "BIC DEUTXXFF",
                "BIC PASSWORD",
                "swift deutdeff",
                "BIC: DEUTDEFF5000",
            ],
        );
        assert_eq!(super::COUNTRIES.len() % 2, 0);
    }
}
