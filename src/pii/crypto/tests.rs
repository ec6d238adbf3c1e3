//! Addresses that standards and projects publish.

use super::super::kind::Kind;
use super::super::tests::expect;

#[test]
fn addresses() {
    expect(
        &[Kind::Crypto],
        &[
            "pay «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa» today",
            "«3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy»",
            "«bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4», «BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4»",
            "«bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0»",
            "«0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed»",
            "wallet «0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359»",
            "«rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh»",
            "«TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t»",
            "bitcoincash:«qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a», «ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq»",
            "solana wallet «4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T»",
            "«888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H»",
            "«GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ»",
            "«5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ»",
        ],
        &[
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7KV8F3T4",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
            "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q",
            "commit 8f953371d3e85eddb89b05ed6b9e680791055315",
            "d41d8cd98f00b204e9800998ecf8427e",
            "4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T",
        ],
    );
}
