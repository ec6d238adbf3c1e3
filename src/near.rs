//! Which of some names was perhaps meant.

/// Longer words are not compared, in characters: the time grows with the square of the length.
const LONGEST: usize = 100;

/// The names that are few slips of the keyboard away from `word`, the nearest first; at most three.
pub fn near<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    if word.len() > LONGEST {
        return Vec::new();
    }
    let word = word.to_lowercase();
    let most = (word.len() / 3).clamp(1, 4);
    let mut found: Vec<(usize, &str)> = names
        .filter(|name| !name.is_empty())
        .filter(|name| name.len().abs_diff(word.len()) <= most)
        .map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, name)| name).take(3).collect()
}

/// The nearest of them.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    near(word, names).first().copied()
}
