//! Characters as they are meant: look-alikes of Latin letters become those letters, what is not seen is dropped.
//!
//! *Never* folds Greek or Cyrillic by itself: that is done for words in which scripts are mixed (Unicode Technical
//! Standard 39, "mixed-script detection"), so that Russian stays Russian.

/// What a character is for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// A letter or digit of a word, in lower case.
    Letter(char),
    /// A character of a script that is written without spaces.
    Unspaced(char),
    /// What stands between words.
    Gap,
    /// Not seen: the characters around it are one word.
    Unseen,
    /// A tag character (U+E0020 to U+E007E) that hides this one.
    Tag(char),
}

/// U+00C0 to U+017F without their marks; `_` is no letter.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// U+1E00 to U+1EFF without their marks.
const LATIN_MORE: &[u8; 256] =
    b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnn\
nnnnnnooooooooppppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyssssssaaaaaaaaaaaaaaaaaaaaaaaaeeeeeee\
eeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyysssss";

/// Small capitals, raised letters and others that look like Latin ones.
const ALIKE: &str = "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɡgɩiɑaᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhⁱiʲjᵏkˡl\
ᵐmⁿnᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻzℂcℍhℕnℙpℚqℝrℤzℊgℋhℌhℍhℎhℐiℑiℒlℓlℛrℜrℬbℭcℯeℰeℱfℳmℴoℹi";

/// Greek and Cyrillic letters that look like Latin ones.
const MIXED: &str = "аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdԛqԝwһhӏlгrпnαaβbεeηnιiκkνvοoρpτtυuχxγyωwσoіi";

/// `char` as a reader takes it.
pub fn fold(char: char) -> Folded {
    let code = u32::from(char);
    match code {
        0..=0x7f => match char.is_ascii_alphanumeric() {
            true => Folded::Letter(char.to_ascii_lowercase()),
            false => Folded::Gap,
        },
        0xad
        | 0x034f
        | 0x061c
        | 0x0640
        | 0x115f
        | 0x1160
        | 0x180b..=0x180e
        | 0x2060..=0x206f
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x3164
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0xffa0
        | 0x0300..=0x036f
        | 0x064b..=0x0652
        | 0x20d0..=0x20ff
        | 0xe0100..=0xe01ef => Folded::Unseen,
        0xc0..=0x17f => latin(LATIN, code.wrapping_sub(0xc0)),
        0x1e00..=0x1eff => latin(LATIN_MORE, code.wrapping_sub(0x1e00)),
        0x0401 | 0x0451 => Folded::Letter('е'),
        0x0410..=0x042f => moved(code, 0x20),
        0x0400..=0x040f => moved(code, 0x50),
        0x0430..=0x045f => Folded::Letter(char),
        0xff01..=0xff5e => char::from_u32(code.wrapping_sub(0xfee0)).map_or(Folded::Gap, fold),
        0x1d400..=0x1d6a3 => nth(b'a', 26, code.wrapping_sub(0x1d400)),
        0x1d7ce..=0x1d7ff => nth(b'0', 10, code.wrapping_sub(0x1d7ce)),
        0x24b6..=0x24e9 => nth(b'a', 26, code.wrapping_sub(0x24b6)),
        0x249c..=0x24b5 => nth(b'a', 26, code.wrapping_sub(0x249c)),
        0x1f110..=0x1f129 => nth(b'a', 26, code.wrapping_sub(0x1f110)),
        0x1f130..=0x1f149 => nth(b'a', 26, code.wrapping_sub(0x1f130)),
        0x1f150..=0x1f169 => nth(b'a', 26, code.wrapping_sub(0x1f150)),
        0x1f170..=0x1f189 => nth(b'a', 26, code.wrapping_sub(0x1f170)),
        0xe0020..=0xe007e => {
            char::from_u32(code.wrapping_sub(0xe0000)).map_or(Folded::Unseen, Folded::Tag)
        }
        0x0e00..=0x0e4f
        | 0x3040..=0x30ff
        | 0x3400..=0x9fff
        | 0xac00..=0xd7af
        | 0x20000..=0x2ffff => Folded::Unspaced(char),
        // Signs of vowels in the scripts of India are no letters by themselves.
        0x0964 | 0x0965 => Folded::Gap,
        0x0900..=0x0dff => Folded::Letter(char),
        _ => other(char),
    }
}

/// The Latin letter that a letter of a mixed word is meant as.
pub fn unmixed(char: char) -> Option<char> {
    pair(MIXED, char)
}

fn other(char: char) -> Folded {
    match pair(ALIKE, char) {
        Some(letter) => Folded::Letter(letter),
        None if char.is_alphanumeric() => {
            Folded::Letter(char.to_lowercase().next().unwrap_or(char))
        }
        None => Folded::Gap,
    }
}

fn pair(pairs: &str, char: char) -> Option<char> {
    let mut chars = pairs.chars();
    while let (Some(like), Some(letter)) = (chars.next(), chars.next()) {
        if like == char {
            return Some(letter);
        }
    }
    None
}

fn latin(table: &[u8], place: u32) -> Folded {
    let letter = usize::try_from(place).ok().and_then(|at| table.get(at));
    match letter {
        Some(b'_') | None => Folded::Gap,
        Some(letter) => Folded::Letter(char::from(*letter)),
    }
}

fn nth(first: u8, of: u32, place: u32) -> Folded {
    let place = u8::try_from(place.checked_rem(of).unwrap_or_default()).unwrap_or_default();
    Folded::Letter(char::from(first.wrapping_add(place)))
}

fn moved(code: u32, by: u32) -> Folded {
    char::from_u32(code.wrapping_add(by)).map_or(Folded::Gap, Folded::Letter)
}

#[cfg(test)]
mod tests {
    use super::{Folded, fold, unmixed};

    #[test]
    fn look_alikes_are_letters() {
        for (like, letter) in "Aa Éé ŁL ßs ｉi 𝐢i 𝓘i 𝕚i 𝟘0 Ⓘi 🅸i ɪi ⅈⅈ ữu"
            .split(' ')
            .filter_map(|pair| {
                let mut chars = pair.chars();
                Some((chars.next()?, chars.next()?.to_ascii_lowercase()))
            })
        {
            let letter = match letter {
                'é' => 'e',
                other => other,
            };
            assert_eq!(fold(like), Folded::Letter(letter), "{like}");
        }
    }

    #[test]
    fn russian_is_russian_until_it_is_mixed() {
        assert_eq!(fold('О'), Folded::Letter('о'));
        assert_eq!(fold('Ё'), fold('ё'));
        assert_eq!(unmixed('о'), Some('o'));
        assert_eq!(unmixed('ж'), None);
    }

    #[test]
    fn what_is_not_seen_is_dropped_or_read() {
        for unseen in ['\u{200b}', '\u{ad}', '\u{feff}', '\u{202e}', '\u{301}'] {
            assert_eq!(fold(unseen), Folded::Unseen);
        }
        assert_eq!(fold('\u{e0069}'), Folded::Tag('i'));
        assert_eq!(fold('無'), Folded::Unspaced('無'));
        assert_eq!(fold('。'), Folded::Gap);
        assert_eq!(fold('×'), Folded::Gap);
    }
}
