//! Placeholders, which are made under a key, by numbers: so that a test can write down what it expects.

/// The text with `[EMAIL_1]`, `[EMAIL_2]` … for its placeholders, in the order in which each first stands in it.
pub fn numbered(text: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some((label, name, len)) = placeholder(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        if !known.contains(&name) {
            known.push(name);
        }
        let own = |other: &&&str| other.rsplit_once('_').unwrap().0 == label;
        let alike: Vec<&&str> = known.iter().filter(own).collect();
        let nth = alike.iter().position(|other| **other == name).unwrap();
        out.push_str(&format!("[{label}_{}]", nth + 1));
        rest = &rest[len..];
    }
    out + rest
}

/// The placeholder at the beginning of a text: its label, its name, its length.
fn placeholder(text: &str) -> Option<(&str, &str, usize)> {
    let name = text[1..].split(']').next()?;
    let (label, hash) = name.rsplit_once('_')?;
    let upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let hex = |b: u8| b.is_ascii_digit() || (b'A'..=b'F').contains(&b);
    let is_one = !label.is_empty()
        && label.bytes().all(upper)
        && [4, 8, 16].contains(&hash.len())
        && hash.bytes().all(hex)
        && text.len() > name.len() + 1;
    is_one.then_some((label, name, name.len() + 2))
}
