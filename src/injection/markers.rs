//! Marks that are no words: chat templates, fences, comments, links and images.

use super::concept::{Concepts, FENCE, HIDDEN, IMAGE, LINK, TEMPLATE};

/// Marks by how they begin, in lower case.
const MARKS: [(&str, Concepts); 42] = [
    ("<|im_start|>", TEMPLATE),
    ("<|im_end|>", TEMPLATE),
    ("<|im_sep|>", TEMPLATE),
    ("<|system|>", TEMPLATE),
    ("<|user|>", TEMPLATE),
    ("<|assistant|>", TEMPLATE),
    ("<|endoftext|>", TEMPLATE),
    ("<|endofprompt|>", TEMPLATE),
    ("<|begin_of_text|>", TEMPLATE),
    ("<|start_header_id|>", TEMPLATE),
    ("<|end_header_id|>", TEMPLATE),
    ("<|eot_id|>", TEMPLATE),
    ("<|start|>", TEMPLATE),
    ("<|message|>", TEMPLATE),
    ("<|channel|>", TEMPLATE),
    ("<start_of_turn>", TEMPLATE),
    ("<end_of_turn>", TEMPLATE),
    ("<<sys>>", TEMPLATE),
    ("<</sys>>", TEMPLATE),
    ("[inst]", TEMPLATE),
    ("[/inst]", TEMPLATE),
    ("[/system]", TEMPLATE),
    ("[system]", FENCE),
    ("[system:", FENCE),
    ("[system ", FENCE),
    ("<system>", FENCE),
    ("</system>", FENCE),
    ("<system_", FENCE),
    ("</user", FENCE),
    ("</tool", FENCE),
    ("</document", FENCE),
    ("</context", FENCE),
    ("### system", FENCE),
    ("### instruction", FENCE),
    // Three alone are a table's.
    ("====", FENCE),
    ("===\n", FENCE),
    ("----", FENCE),
    ("---\n", FENCE),
    ("<!--", HIDDEN),
    ("<img", IMAGE),
    ("![", IMAGE),
    ("://", LINK),
];

/// Styles that hide, after a colon.
const STYLES: [&str; 8] = [
    "none",
    "hidden",
    "white",
    "#fff",
    "0px",
    "0pt",
    "0;",
    "transparent",
];

/// What `rest` begins with, which is no letter.
pub(super) fn mark(rest: &str) -> Concepts {
    let bytes = rest.as_bytes();
    let begins = |with: &str| {
        let start = bytes.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    match bytes.first() {
        Some(b'<' | b'[' | b'#' | b'=' | b'-' | b'!') => {}
        Some(b':') if bytes.get(1) == Some(&b'/') => {}
        Some(b':') => return style(bytes),
        _ => return 0,
    }
    let found = MARKS.iter().find(|(mark, _)| begins(mark));
    found.map_or(0, |(_, concepts)| *concepts)
}

fn style(bytes: &[u8]) -> Concepts {
    let value = bytes.get(1..).unwrap_or_default();
    let value = value.strip_prefix(b" ").unwrap_or(value);
    let hides = STYLES.iter().any(|style| {
        let start = value.get(..style.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(style.as_bytes()))
    });
    if hides { HIDDEN } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::concept::{FENCE, HIDDEN, IMAGE, LINK, TEMPLATE};
    use super::mark;

    #[test]
    fn marks() {
        for (text, expected) in [
            ("<|IM_START|>system", TEMPLATE),
            ("[INST] x", TEMPLATE),
            ("======END.", FENCE),
            ("### Instruction: y", FENCE),
            ("<!-- z", HIDDEN),
            (": none\"", HIDDEN),
            (":#FFF", HIDDEN),
            ("![a](https://b)", IMAGE),
            ("://b", LINK),
            (": yes", 0),
            ("<b>", 0),
            ("-", 0),
            ("", 0),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
