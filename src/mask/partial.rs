//! A value of which only the end is left to be seen.

/// How many characters are left.
const LEFT: usize = 4;

/// The value with stars in place of its letters and digits, but for the last four: `**** **** **** 1111`. Of one
/// with fewer than eight, nothing is left.
pub fn partial(value: &str) -> String {
    let said = value.chars().filter(|char| char.is_alphanumeric()).count();
    let left = if said < 2 * LEFT { 0 } else { LEFT };
    let mut hidden = said.saturating_sub(left);
    let star = |char: char| match hidden {
        // What spoils a line or a JSON string does not stay.
        _ if char.is_control() || matches!(char, '"' | '\\') => '*',
        0 => char,
        _ if char.is_alphanumeric() => {
            hidden = hidden.saturating_sub(1);
            '*'
        }
        _ => char,
    };
    value.chars().map(star).collect()
}

#[cfg(test)]
mod tests {
    use super::partial;

    #[test]
    fn the_last_four_are_left() {
        for (value, left) in [
            ("4111 1111 1111 1234", "**** **** **** 1234"),
            ("ada@example.com", "***@******e.com"),
            ("+44 20 7946 0958", "+** ** **** 0958"),
            ("1234567", "*******"),
            ("12345678", "****5678"),
            ("a\"b\\c\nd", "*******"),
            ("", ""),
            ("日本語日本語日本語", "*****語日本語"),
        ] {
            assert_eq!(partial(value), left, "{value}");
        }
    }
}
