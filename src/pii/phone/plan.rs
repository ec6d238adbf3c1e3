//! The calling codes of ITU-T E.164 and how many digits a number has behind each, from the numbering
//! plans that administrations notify to the ITU.

/// A set of lengths, one bit each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths(u16);

impl Lengths {
    pub(super) fn has(self, length: usize) -> bool {
        u32::try_from(length).is_ok_and(|length| self.0.checked_shr(length).unwrap_or(0) & 1 == 1)
    }
}

/// A code and the lengths of its national numbers, ranges joined by `|`.
macro_rules! plan {
    ($($code:literal: $($from:literal $(..= $to:literal)?)|+;)*) => {
        &[$(($code, Lengths(0 $(| span($from, last!($from $(, $to)?)))+))),*]
    };
}

macro_rules! last {
    ($from:literal) => {
        $from
    };
    ($from:literal, $to:literal) => {
        $to
    };
}

/// The bits `from` to `to`.
const fn span(from: u32, to: u32) -> u16 {
    (u16::MAX << from) & (u16::MAX >> 15u32.saturating_sub(to))
}

/// Sorted by code. No code is the beginning of another.
#[rustfmt::skip]
const PLAN: &[(u16, Lengths)] = plan! {
    1: 10; 7: 10; 20: 8..=10; 27: 9; 30: 10; 31: 7 | 9..=10; 32: 8..=9; 33: 9; 34: 9; 36: 8..=9; 39: 6..=12; 40: 9;
    41: 9; 43: 6..=13; 44: 9..=10; 45: 8; 46: 7..=10; 47: 8; 48: 9; 49: 6..=12; 51: 8..=9; 52: 10..=11; 53: 6..=8;
    54: 10..=11; 55: 8 | 10..=11; 56: 9; 57: 8 | 10..=11; 58: 10; 60: 8..=10; 61: 9..=10; 62: 8..=12; 63: 8..=13;
    64: 8..=10; 65: 8 | 10..=11; 66: 8..=10; 81: 9..=10; 82: 8..=11; 84: 7..=10; 86: 9..=11; 90: 10; 91: 10..=11;
    92: 8..=10; 93: 9; 94: 9; 95: 6..=10; 98: 10; 211: 9; 212: 9; 213: 8..=9; 216: 8; 218: 8..=9; 220: 7; 221: 9;
    222: 8; 223: 8; 224: 8..=9; 225: 8 | 10; 226: 8; 227: 8; 228: 8; 229: 8 | 10; 230: 7..=8 | 10; 231: 7..=9; 232: 8;
    233: 8..=9; 234: 7..=8 | 10..=11; 235: 8; 236: 8; 237: 8..=9; 238: 7; 239: 7; 240: 9; 241: 7..=8; 242: 9;
    243: 7 | 9; 244: 9; 245: 7 | 9; 246: 7; 247: 4..=6; 248: 6..=7; 249: 9; 250: 8..=9; 251: 9; 252: 6..=9; 253: 8;
    254: 7..=10; 255: 9; 256: 9; 257: 8; 258: 8..=9; 260: 9; 261: 9; 262: 9; 263: 7..=10; 264: 8..=9; 265: 7 | 9;
    266: 8; 267: 7..=8; 268: 8; 269: 7; 290: 4..=5; 291: 7; 297: 7; 298: 6; 299: 6; 350: 8; 351: 9; 352: 6..=11;
    353: 7..=10; 354: 7 | 9; 355: 7..=9; 356: 8; 357: 8; 358: 6..=11; 359: 7..=9; 370: 8; 371: 8; 372: 7..=8; 373: 8;
    374: 8; 375: 9..=10; 376: 6 | 8..=9; 377: 8..=9; 378: 6..=10; 380: 9..=10; 381: 7..=10; 382: 8..=9; 383: 8..=9;
    385: 7..=9; 386: 8; 387: 8..=9; 389: 8; 420: 9; 421: 9; 423: 7 | 9; 500: 5; 501: 7 | 11; 502: 8 | 11; 503: 8;
    504: 8 | 11; 505: 8; 506: 8 | 10; 507: 7..=8; 508: 6 | 9; 509: 8; 590: 9; 591: 8..=9; 592: 7; 593: 8..=9; 594: 9;
    595: 7..=9; 596: 9; 597: 6..=7; 598: 7..=8; 599: 7..=8; 670: 7..=8; 672: 5..=6; 673: 7; 674: 7; 675: 7..=8;
    676: 5 | 7; 677: 5 | 7; 678: 5 | 7; 679: 7 | 11; 680: 7; 681: 6; 682: 5; 683: 4 | 7; 685: 5..=7 | 10; 686: 5 | 8;
    687: 6; 688: 5..=7; 689: 6 | 8; 690: 4..=5 | 7; 691: 7; 692: 7; 800: 8; 808: 8; 850: 8 | 10; 852: 8; 853: 7..=8;
    855: 8..=10; 856: 8..=10; 870: 9; 878: 12; 880: 8..=10; 881: 9..=10; 882: 7..=12; 883: 9..=12; 886: 8..=9;
    888: 11; 960: 7; 961: 7..=8; 962: 8..=9; 963: 9; 964: 8..=10; 965: 7..=8; 966: 9..=10; 967: 7..=9; 968: 8..=9;
    970: 8..=10; 971: 8..=9; 972: 8..=10; 973: 8; 974: 8; 975: 7..=8; 976: 8; 977: 8 | 10..=11; 979: 9; 992: 9; 993: 8;
    994: 9; 995: 9; 996: 9; 998: 9;
};

/// The calling code that `digits` begin with: its own length and the lengths behind it.
pub(super) fn calling_code(digits: &[u8]) -> Option<(usize, Lengths)> {
    if digits.first() == Some(&0) {
        return None;
    }
    let mut code = 0u16;
    for (index, digit) in digits.iter().take(3).enumerate() {
        code = code.saturating_mul(10).saturating_add(u16::from(*digit));
        if let Ok(found) = PLAN.binary_search_by_key(&code, |(code, _)| *code) {
            let (_, lengths) = PLAN.get(found)?;
            return Some((index.saturating_add(1), *lengths));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_free_of_prefixes() {
        assert!(PLAN.is_sorted_by(|a, b| a.0 < b.0));
        for (code, _) in PLAN {
            let digits: Vec<u8> = code.to_string().bytes().map(|b| b - b'0').collect();
            assert_eq!(calling_code(&digits).unwrap().0, digits.len(), "{code}");
        }
    }

    #[test]
    fn lengths_are_spans() {
        let (_, germany) = calling_code(&[4, 9, 3]).unwrap();
        assert!(germany.has(6) && germany.has(12) && !germany.has(5) && !germany.has(13));
        let (width, wake) = calling_code(&[6, 9, 0, 1]).unwrap();
        assert!(width == 3 && wake.has(7) && !wake.has(6) && !wake.has(99));
        assert!(calling_code(&[0, 1, 2]).is_none() && calling_code(&[2, 1, 0]).is_none());
    }
}
