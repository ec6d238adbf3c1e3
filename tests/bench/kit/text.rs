//! English-looking text with some code in it, from a seed: every text differs, every run is the same.

/// Random numbers (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Sixty-four bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end).unwrap()).unwrap()
    }

    /// One of these.
    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WORDS: &str = "the a of to and in is that it for was on are with as be at by this have from or had not \
    but what all were when we there can an your which their said if do will each about how up out them then she \
    many some so these would other into has more her two like him see time could no make than first been its who \
    now people my made over did down only way find use may water long little very after words called just where \
    most know get through back much before go good new write our used me man too any day same right look think \
    also around another came come work three word must because does part even place well such here take why things \
    help put years different away again off went old number great tell men say small every found still between \
    name should home big give air line set own under read last never us left end along while might next sound below \
    saw something thought both few those always looked show large often together asked house world going want school \
    important until form food keep children feet land side without boy once animals life enough took sometimes four \
    head above kind began almost live page got earth need far hand high year mother light parts country father let \
    night following picture being study second eyes soon times story boys since white days ever paper hard near \
    sentence better best across during today others however sure means knew try told young miles sun ways thing \
    whole hear example heard several change answer room sea against top turned learn point city play toward five \
    customer invoice shipment contract server database latency budget meeting deadline engineer analysis summary \
    report quarter revenue compliance translation paragraph argument conclusion evidence experiment hypothesis";

const SYLLABLES: [&str; 24] = [
    "an", "ber", "con", "dis", "er", "fla", "gen", "hol", "in", "ka", "lo", "mon", "nor", "per",
    "qua", "re", "sol", "ter", "un", "ver", "wal", "xen", "yar", "zi",
];

const NAMES: [&str; 12] = [
    "total",
    "index",
    "items",
    "buffer",
    "result",
    "user_id",
    "config",
    "retry_count",
    "path",
    "limit",
    "next_page",
    "cached",
];

/// At least `length` bytes of text, ending with a whole sentence or code block.
pub fn prose(dice: &mut Dice, length: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut out = String::with_capacity(length + 400);
    while out.len() < length {
        if length > 600 && dice.below(24) == 0 {
            code(dice, &mut out);
        } else {
            sentence(dice, &words, &mut out);
            out.push_str(if dice.below(6) == 0 { "\n\n" } else { " " });
        }
    }
    out
}

fn sentence(dice: &mut Dice, words: &[&str], out: &mut String) {
    let count = 5 + dice.below(16);
    for nth in 0..count {
        let word = match dice.below(40) {
            // Of four digits, so that no row of numbers looks like a social security number and is refused.
            0 => (1000 + dice.below(9000)).to_string(),
            1..=3 => (0..2 + dice.below(3))
                .map(|_| dice.pick(&SYLLABLES))
                .collect(),
            4 => "don't".to_owned(),
            _ => dice.pick(words).to_owned(),
        };
        if nth == 0 {
            let (first, rest) = word.split_at(1);
            out.push_str(&first.to_uppercase());
            out.push_str(rest);
        } else {
            out.push_str(&word);
        }
        let comma = nth + 1 < count && dice.below(9) == 0;
        out.push_str(if nth + 1 == count {
            ""
        } else if comma {
            ", "
        } else {
            " "
        });
    }
    out.push_str(dice.pick(&[".", ".", ".", ".", "?", "!", ":", " — really."]));
}

fn code(dice: &mut Dice, out: &mut String) {
    let (one, two, three) = (dice.pick(&NAMES), dice.pick(&NAMES), dice.pick(&NAMES));
    let (number, other) = (dice.below(90), dice.below(4096));
    out.push_str(&format!(
        "\n```python\ndef update_{one}_{number}({two}, {three}=None):\n    \"\"\"Return the {one} of {two}.\"\"\"\n    \
         if {three} is None:\n        {three} = [x for x in {two} if x[\"{one}\"] > {other}]\n    \
         return {{\"{one}\": len({three}), \"{two}\": {three}[:{number}]}}\n```\n"
    ));
}
