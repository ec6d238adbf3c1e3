use proptest::prelude::*;

use super::*;

const O200K: Encoding = Encoding::O200kBase;
const PLACES: usize = SETS * WAYS;

fn long(nth: usize) -> String {
    format!("text {nth:0130}")
}

#[test]
fn what_was_learnt_is_found_again_under_the_same_name_only() {
    let seen = Seen::default();
    let [one, two] = [1, 2].map(|nth| seen.name(long(nth).as_bytes()).unwrap());
    assert_eq!(seen.name(long(1).as_bytes()), Some(one));
    assert_eq!(seen.tokens(one, O200K), None);
    seen.keep_tokens(one, O200K, 7);
    seen.keep_clean(one, Form::Plain);
    assert_eq!(seen.tokens(one, O200K), Some(7));
    assert_eq!(seen.tokens(one, Encoding::Cl100kBase), None);
    assert!(seen.is_clean(one, Form::Plain));
    assert!(!seen.is_clean(one, Form::Json));
    assert_eq!(seen.tokens(two, O200K), None);
    assert!(!seen.is_clean(two, Form::Plain));
}

#[test]
fn a_short_text_has_no_name_and_no_two_secrets_give_the_same() {
    let (one, other) = (Seen::default(), Seen::default());
    assert_eq!(one.name(&[b'a'; SHORTEST - 1]), None);
    assert!(one.name(&[b'a'; SHORTEST]).is_some());
    for length in [SHORTEST, 200, 240, 241, 100_000] {
        let text = vec![b'a'; length];
        assert_ne!(one.name(&text), other.name(&text));
    }
}

#[test]
fn it_is_bounded_and_keeps_most_of_what_fits() {
    let seen = Seen::default();
    let names: Vec<Name> = (0..PLACES * 4)
        .map(|nth| seen.name(long(nth).as_bytes()).unwrap())
        .collect();
    for (tokens, &name) in names.iter().enumerate() {
        seen.keep_tokens(name, O200K, tokens);
    }
    let kept = |seen: &Seen, names: &[Name]| {
        let known = names
            .iter()
            .filter(|&&name| seen.tokens(name, O200K).is_some());
        known.count()
    };
    assert!((PLACES * 19 / 20..=PLACES).contains(&kept(&seen, &names)));
    let fresh = Seen::default();
    let half = &names[..PLACES / 2];
    for (tokens, &name) in half.iter().enumerate() {
        fresh.keep_tokens(name, O200K, tokens);
    }
    assert!(kept(&fresh, half) > half.len() * 9 / 10);
    assert_eq!(size_of::<Known>(), 32);
}

proptest! {
    #[test]
    fn it_never_says_what_it_was_not_told(told in prop::collection::vec((0..64_usize, 0..9_usize), 0..200)) {
        let seen = Seen::default();
        let mut last = std::collections::HashMap::new();
        for (nth, tokens) in told {
            let name = seen.name(long(nth).as_bytes()).unwrap();
            seen.keep_tokens(name, O200K, tokens);
            last.insert(name.0, tokens);
        }
        for nth in 0..64 {
            let name = seen.name(long(nth).as_bytes()).unwrap();
            if let Some(tokens) = seen.tokens(name, O200K) {
                prop_assert_eq!(Some(&tokens), last.get(&name.0));
            }
        }
    }
}
