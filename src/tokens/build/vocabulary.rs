//! Reads the vocabularies out of `tiktoken-rs`, and stops the build when they are not the ones expected.

use tiktoken_rs::CoreBPE;

use super::patterns;

/// One vocabulary: the bytes of each token, by rank; `None` where the rank is a special token's.
pub struct Vocabulary {
    pub name: &'static str,
    pub tokens: Vec<Option<Vec<u8>>>,
}

/// Where a vocabulary comes from and what it must look like.
pub struct Source {
    pub name: &'static str,
    /// Encodings that share the vocabulary, with the number of ranks each of them uses.
    members: &'static [Member],
}

struct Member {
    load: fn() -> CoreBPE,
    ranks: u32,
    /// A rank below `ranks` that is a special token's.
    hole: Option<u32>,
    /// Of the tokens of the probe texts, see [`patterns::check`].
    digest: u64,
}

/// The vocabularies of the supported encodings; the first member of each has the most ranks.
pub const ALL: [Source; 3] = [
    Source {
        name: "o200k",
        members: &[
            Member {
                load: || loaded(tiktoken_rs::o200k_base()),
                ranks: 199_998,
                hole: None,
                digest: 0xc78a_98b6_9467_b151,
            },
            Member {
                load: || loaded(tiktoken_rs::o200k_harmony()),
                ranks: 199_998,
                hole: None,
                digest: 0xc78a_98b6_9467_b151,
            },
        ],
    },
    Source {
        name: "cl100k",
        members: &[Member {
            load: || loaded(tiktoken_rs::cl100k_base()),
            ranks: 100_256,
            hole: None,
            digest: 0x9560_5f85_9631_46a9,
        }],
    },
    Source {
        name: "p50k",
        members: &[
            Member {
                load: || loaded(tiktoken_rs::p50k_base()),
                ranks: 50_281,
                hole: Some(50_256),
                digest: 0x3cba_175a_d6cc_4cde,
            },
            Member {
                load: || loaded(tiktoken_rs::r50k_base()),
                ranks: 50_256,
                hole: None,
                digest: 0x2a4e_81e5_de6c_492a,
            },
        ],
    },
];

fn loaded<E: std::fmt::Debug>(bpe: Result<CoreBPE, E>) -> CoreBPE {
    bpe.expect("tiktoken-rs builds its own encoding")
}

impl Source {
    /// Reads the vocabulary and checks every member against it.
    pub fn read(&self) -> Vocabulary {
        let mut tokens: Vec<Option<Vec<u8>>> = Vec::new();
        for (index, member) in self.members.iter().enumerate() {
            let bpe = (member.load)();
            let own: Vec<Option<Vec<u8>>> = (0..member.ranks)
                .map(|rank| match member.hole {
                    Some(hole) if hole == rank => None,
                    _ => Some(
                        bpe.decode_bytes(&[rank])
                            .expect("every rank below the count is a token"),
                    ),
                })
                .collect();
            check_end(self.name, &bpe, member);
            patterns::check(self.name, &bpe, member.digest);
            if index == 0 {
                tokens = own;
            } else {
                assert!(
                    tokens[..own.len()] == own[..],
                    "{}: members no longer share one vocabulary",
                    self.name
                );
            }
        }
        check_bytes(self.name, &tokens);
        Vocabulary {
            name: self.name,
            tokens,
        }
    }
}

/// The rank after the last is a special token's or nobody's: the vocabulary has not grown.
fn check_end(name: &str, bpe: &CoreBPE, member: &Member) {
    let specials = bpe.special_tokens();
    let is_special = |rank: u32| {
        bpe.decode_bytes(&[rank]).map_or(true, |bytes| {
            std::str::from_utf8(&bytes).is_ok_and(|text| specials.contains(text))
        })
    };
    for rank in member
        .hole
        .into_iter()
        .chain(member.ranks..member.ranks + 2_000)
    {
        assert!(
            is_special(rank),
            "{name}: rank {rank} is an ordinary token; the vocabulary has changed"
        );
    }
}

/// The first 256 ranks are the single bytes, and no longer token holds a byte that UTF-8 never has
/// (the trie marks ends of tokens with it).
fn check_bytes(name: &str, tokens: &[Option<Vec<u8>>]) {
    let mut seen = [false; 256];
    for (rank, token) in tokens.iter().enumerate() {
        let Some(token) = token else { continue };
        assert_eq!(
            token.len() == 1,
            rank < 256,
            "{name}: rank {rank} breaks the order of single bytes"
        );
        assert!(
            token.len() <= 255,
            "{name}: rank {rank} is longer than the tables can say"
        );
        if let [byte] = token[..] {
            seen[usize::from(byte)] = true;
        } else {
            assert!(!token.contains(&0xff), "{name}: rank {rank} holds 0xFF");
        }
    }
    assert!(
        seen.iter().all(|&byte| byte),
        "{name}: a single byte has no token"
    );
}
