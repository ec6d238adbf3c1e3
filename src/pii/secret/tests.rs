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
        format!("SK{}", hex(32)),
        format!("pat{}.{}", plain(14), hex(64)),
        format!("dapi{}", hex(32)),
        format!("hvs.{}", plain(95)),
        format!("{}-us12", hex(32)),
        format!("q7Z8Q~{}", plain(34)),
        format!("q7Z8Q~{}.{}~{}", plain(11), plain(11), plain(10)),
        format!("live_{}", hex(35)),
        format!("1234567890:A{}", plain(34)),
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
        .collect();
    let cut: Vec<String> = rows.iter().map(|row| format!("x{row}")).collect();
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

#[test]
fn told_by_what_stands_in_or_before_them() {
    let rows = [
        format!("«{}.atlasv1.{}»", drawn(PLAIN, 14), drawn(PLAIN, 67)),
        format!(
            "post to «https://hooks.slack.com/services/T0123ABCD/B0123ABCD/{}».",
            drawn(PLAIN, 24)
        ),
    ];
    expect(&[Kind::Secret], &refs(&rows), &[]);
}

#[test]
fn assigned() {
    let token = drawn(PLAIN, 32);
    let hex = drawn("0f1e2d3c4b5a697", 40);
    let rows = [
        "password=«hunter2»".to_owned(),
        "DB_PASSWORD='«pa$$w0rd!»'\n".to_owned(),
        "the password is: «Tr0ub4dor&3».".to_owned(),
        "DB_PASSWORD=«s3cret&More9»\nuser=bob, password=«p4ss&w0rd!x» and".to_owned(),
        "https://x.test/?password=«s3cret99»&more9 user=a&password=«s3cret99»&next=1".to_owned(),
        "PASSWORD=«s3cret99»&& run; PASSWORD=«s3cret99»& run".to_owned(),
        "password = \"«zKqWxVbPrTgHnM»\" Password=«QxZpLwKvJtRbYn»;".to_owned(),
        "DB_PASSWORD=«winter_4337»".to_owned(),
        format!("secret=«/{}+/{}=»", drawn(PLAIN, 30), drawn(PLAIN, 30)),
        "Server=db;User Id=sa;Password=«s3cr!tX9»;".to_owned(),
        format!("\"api_key\": \"«{token}»\","),
        format!("api_key: «{token}»\n"),
        format!("const apiKey = '«{token}»';"),
        format!("{{\\\"clientSecret\\\": \\\"«{token}»\\\"}}"),
        format!("var githubToken string = \"«{token}»\""),
        format!("SECRET_KEY := `«{token}»`"),
        format!(":auth_token => \"«{token}»\""),
        format!("<apiToken>«{token}»</apiToken>"),
        format!("process.env.API_TOKEN || \"«{token}»\""),
        format!("deploy --api-key «{token}» --verbose"),
        "mysql --password «hunt3rs2x» db".to_owned(),
        "Authorization: Basic «YWxpY2U6aHVudGVyMg==»".to_owned(),
        format!("-H 'X-Api-Key: «{hex}»'"),
        format!("https://example.com/?access_token=«{token}»&x=1"),
        "heroku_key = «0f1e2d3c-4b5a-6970-8f1e-2d3c4b5a6970»"
            .to_owned()
            .replace("heroku_key", "heroku_token"),
        "postgres://app:«s3cr3tpw»@db.example.com:5432/x".to_owned(),
        "mongodb+srv://app:«p%40ss-w0rd»@cluster.example.net/x".to_owned(),
        "curl -u alice:«hunter22» https://example.com".to_owned(),
        format!("Bearer «{token}»"),
        format!("AccountKey=«{token}{token}ab==»;EndpointSuffix=x"),
    ];
    expect(&[Kind::Secret], &refs(&rows), &[]);
}

#[test]
fn assigned_but_no_credential() {
    expect(
        &[Kind::Secret],
        &[],
        &[
            "password=your-password-1",
            "password = userPasswordField",
            "exports.Socks5Auth = Socks5Auth = {}",
            "HDR_SIG => 0x04034b50",
            "gpg --recv-keys 5BE8A3F6C8A5C01D106C0AD820B1A390B168D356",
            "secret: /run/secrets/database/q7Zk2Xc9Wv4B.pem",
            "password: ${DB_PASSWORD_1}",
            "password = os.environ['DB_PASS_1']",
            "password = getpass(prompt2)",
            "Password: at least 8 characters",
            "password: String",
            "API_KEY=xxxxxxxxxxxxxxxx1",
            "api_key = \"YOUR_API_KEY_123\"",
            "token = tokenizer.encode(text1)",
            "max_tokens: 4096000",
            "\"token_type\": \"Bearer1\"",
            "\"integrity\": \"sha512-q7Zk2Xc9Wv4Bn1Ma8Ls5Dj6Fh3GpYtRe0UiOoPq7Zk2Xc9Wv4Bn1Ma8Ls5Dj6Fh3Gp==\"",
            "checksum = \"0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0\"",
            "commit 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
            "id: 0f1e2d3c-4b5a-6970-8f1e-2d3c4b5a6970",
            "key: 0f1e2d3c-4b5a-6970-8f1e-2d3c4b5a6970"
                .replace("key", "uuid")
                .as_str(),
            "primary_key=user_id_12345678",
            "if password == other1.password2:",
            "nextPageToken: q7Zk2Xc9Wv4Bn1Ma8Ls5",
            "public_key: q7Zk2Xc9Wv4Bn1Ma8Ls5Dj6F",
            "token expires: 2026-11-20T12:30:45Z",
            "postgres://user:password@localhost/db",
            "https://user:${TOKEN}@example.com",
            "http://localhost:8080/a@b",
            "--password-file /run/secrets/db1",
            "Bearer authentication2 is used",
        ],
    );
}

#[test]
fn rules_are_named() {
    let text = format!(
        "ghp_{} password=hunter2 postgres://a:s3cr3tpw@b",
        drawn(PLAIN, 36)
    );
    let mut found = Vec::new();
    super::super::Detector::new(&[Kind::Secret], Vec::new()).scan(&text, &mut found);
    let rules: Vec<_> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["github", "password", "connection_string"]);
}

#[test]
fn putty_keys() {
    let (line, last) = (drawn(PLAIN, 64), drawn(PLAIN, 30));
    let row = format!(
        "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 2\n«{line}\n{last}»\nPrivate-MAC: 00"
    );
    expect(&[Kind::Secret], &[&row], &[]);
}

#[test]
fn tokens_that_letters_run_into_carry_their_checksum() {
    let body = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ";
    let token = super::crc::tests::token(body);
    expect(
        &[Kind::Secret],
        &[&format!("token_is_«{token}»and_more")],
        &[&format!("token_is_ghp_{body}AAAAAAand_more")],
    );
}
