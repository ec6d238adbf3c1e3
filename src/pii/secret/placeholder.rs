//! What stands where a credential would: `your-key-here`, `xxxx`, `${TOKEN}`, `changeme`.

/// Words that people put in the place of a credential, lower case.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "your", "example", "changeme", "change_me", "change-me", "placeholder", "dummy", "redacted", "insert", "replace",
    "xxxx", "****", "....", "____", "sample", "foobar", "process.env", "os.environ", "getenv", "undefined",
    "null", "secret", "password", "passwd", "token", "apikey", "api_key", "api-key", "mykey", "my_key", "my-key",
    "todo", "none", "env.", "self.", "this.", "config.", "args.", "req.", "request.", "params.", "options.", "settings.",
    "fake", "lorem", "sha256", "sha512", "base64", "argon2", "pbkdf2", "oauth2", "1234567890abcdef1234567890", "user.", "data.", "credential",
];

/// Marks of templates and of shells, in which a name stands for the value.
const MARKS: &[&str] = &["${", "$(", "{{", "%(", "<%", "#{", "@{"];

/// The longest value that a placeholder's word makes one: in a longer one it is there by chance.
const LONGEST: usize = 48;

/// Whether `value` only holds the place of a credential.
pub(super) fn is_one(value: &str) -> bool {
    let variable = value
        .strip_prefix(['$', '%', '@'])
        .unwrap_or("")
        .trim_end_matches('%');
    let named = !variable.is_empty()
        && variable
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let bracketed = value.starts_with('<') || value.starts_with('{') || value.starts_with('[');
    let cut = value.ends_with("...");
    if named || bracketed || cut || MARKS.iter().any(|mark| value.contains(mark)) {
        return true;
    }
    if is_counted(value.as_bytes()) {
        return true;
    }
    if value.len() > LONGEST {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// The fewest bytes of a series.
const SERIES: usize = 16;

/// Whether the value is a series (`000102…`, `00112233…`, `01234567…`), or one character makes up more than half of it.
fn is_counted(value: &[u8]) -> bool {
    if value.len() < SERIES {
        return false;
    }
    let mut counts = [0usize; 256];
    for byte in value {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count = count.saturating_add(1);
        }
    }
    let filled = counts.iter().any(|count| *count > value.len() / 2);
    let pairs = value.as_chunks::<2>().0;
    let number = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let step = |a: &[u8; 2], b: &[u8; 2]| Some(number(b)?.wrapping_sub(number(a)?));
    let mut steps = pairs.iter().zip(pairs.iter().skip(1));
    let first = steps.next().and_then(|(a, b)| step(a, b));
    let even = steps.filter(|(a, b)| step(a, b) == first).count();
    filled || first.is_some() && even.saturating_mul(4) >= pairs.len().saturating_mul(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in [
            "your-key-here",
            "${TOKEN}",
            "$TOKEN_1",
            "%PASS%",
            "<key1>",
            "changeme1",
            "xxxx1234",
            "{{ key }}",
            "my_secret_1",
            "a312b9c3cb4a1b693e8ebac5ee1c...",
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "00112233445566778899AABBCCDDEEFF",
            "36e5f6b5c5e06070f0efca96227a863e00000000000000000000000000000000000",
        ] {
            assert!(is_one(value), "{value}");
        }
        for value in ["hunter2", "q7Zk2Xc9Wv4Bn1", "pa$$w0rd", "$2a$10$x"] {
            assert!(!is_one(value), "{value}");
        }
    }
}
