//! Made-up credentials of every form, and words that begin alike.
//!
//! They are put together here, so that no scanner takes this file for a leak.

use super::super::kind::Kind;
use super::super::tests::expect;

/// `count` characters drawn from `alphabet` without pattern.
fn drawn(alphabet: &str, count: usize) -> String {
    let mut state = 5u32;
    let draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let index = state.rotate_left(8) as usize;
        alphabet.chars().cycle().nth(index & 0xff).unwrap()
    };
    std::iter::repeat_with(draw).take(count).collect()
}

const PLAIN: &str = "q7Zk2Xc9Wv4Bn1Ma8Ls5Dj6Fh3GpYtRe0UiOoP";

#[test]
fn prefixed() {
    let plain = |count| drawn(PLAIN, count);
    let hex = |count| drawn("0f1e2d3c4b5a697", count);
    let rows = [
        format!("sk-{}", plain(48)),
        format!("sk-proj-{}-{}", plain(60), plain(60)),
        format!("sk-ant-api03-{}-AA", plain(92)),
        format!("sk-or-v1-{}", hex(64)),
        format!("AKIA{}", drawn("QW3ERT5YUIOP2ASDFGH7JKL", 16)),
        format!("ASIA{}", drawn("QW3ERT5YUIOP2ASDFGH7JKL", 16)),
        format!("AIza{}", plain(35)),
        format!("ghp_{}", plain(36)),
        format!("gho_{}", plain(36)),
        format!("github_pat_{}_{}", plain(22), plain(59)),
        format!("glpat-{}", plain(20)),
        format!("xoxb-123456789012-1234567890123-{}", plain(24)),
        format!("sk_live_{}", plain(24)),
        format!("rk_live_{}", plain(24)),
        format!("npm_{}", plain(36)),
        format!("pypi-AgEIcHlwaS5vcmc{}", plain(120)),
        format!("hf_{}", plain(34)),
        format!("gsk_{}", plain(52)),
        format!("xai-{}", plain(80)),
        format!("SG.{}.{}", plain(22), plain(43)),
        format!("pplx-{}", plain(48)),
    ];
    let marked: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            [
                format!("«{row}»"),
                format!("key: «{row}»."),
                format!("KEY=\"«{row}»\"\n"),
                format!("Bearer «{row}», ok"),
                format!("密钥«{row}»。"),
            ]
        })
        .chain([format!("twilio key «SK{}»", hex(32))])
        .collect();
    let cut: Vec<String> = rows
        .iter()
        .map(|row| format!("x{row}"))
        .chain([format!("SK{}", hex(32))])
        .collect();
    expect(&[Kind::Secret], &refs(&marked), &refs(&cut));
}

fn refs(rows: &[String]) -> Vec<&str> {
    rows.iter().map(String::as_str).collect()
}

#[test]
fn words_that_begin_alike() {
    expect(
        &[Kind::Secret],
        &[],
        &[
            "sk-learn and risk-averse desk-mounted",
            "sk-proj-my-long-project-name-in-plain-words",
            "sk-ant-your-api-key-goes-here-please",
            "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "AKIAlmost AKIA AKIA1234 ASIAN MARKETS ASIA",
            "AIza",
            "ghp_short ghp_",
            "npm_config_registry npm_package_json_version_number_is_long",
            "hf_hub_download hf_transfer",
            "xoxb-your-token-here",
            "SG. 2026",
            "SK 12",
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJ.eyJ.eyJ",
            "the glpat-prefix",
            "----- BEGIN -----",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----\nAKIA\n-----END CERTIFICATE-----",
        ],
    );
}

#[test]
fn web_tokens() {
    let token = format!(
        "eyJ{}.eyJ{}.{}",
        drawn(PLAIN, 33),
        drawn(PLAIN, 300),
        drawn(PLAIN, 43)
    );
    let long = format!(
        "eyJ{}.eyJ{}.{}",
        drawn(PLAIN, 400),
        drawn(PLAIN, 3000),
        drawn(PLAIN, 342)
    );
    let marked = [
        format!("«{token}»"),
        format!("Authorization: Bearer «{token}»\n"),
        format!("\"«{long}»\""),
        format!("token=«{token}»."),
    ];
    let cut = token.rsplit_once('.').unwrap().0.to_owned();
    expect(&[Kind::Secret], &refs(&marked), &[&cut]);
}

#[test]
fn private_keys() {
    let line = drawn(PLAIN, 64);
    let block =
        |label: &str| format!("-----BEGIN {label}-----\n{line}\n{line}\n-----END {label}-----");
    let marked = [
        format!("key:\n«{}»\n", block("PRIVATE KEY")),
        format!("«{}»", block("RSA PRIVATE KEY")),
        format!("«{}»", block("OPENSSH PRIVATE KEY")),
        format!("«{}»", block("PGP PRIVATE KEY BLOCK")),
        format!("\"«{}»\"", block("EC PRIVATE KEY").replace('\n', "\\n")),
        format!("«-----BEGIN PRIVATE KEY-----\n{line}\n{line}»\n\n cut off"),
        format!("{}\n«{}»", block("CERTIFICATE"), block("PRIVATE KEY")),
    ];
    let public = [block("CERTIFICATE"), block("PUBLIC KEY")];
    expect(&[Kind::Secret], &refs(&marked), &refs(&public));
}
