//! The house: who may import whom, how long a file may be, and that each says what it owns.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

const LONGEST_FILE: usize = 400;
const ROLES: [&str; 2] = ["gateway", "attempt"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Module → floor, as the table in lib.rs says.
fn floors() -> HashMap<String, u32> {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let row = Regex::new(r"(?m)^//! \| (\d) +\| ([a-z_ ]+?) +\|").unwrap();
    let mut floors = HashMap::new();
    for found in row.captures_iter(&lib) {
        for module in found[2].split(' ') {
            floors.insert(module.to_owned(), found[1].parse().unwrap());
        }
    }
    floors
}

/// The top-level module that a file belongs to.
fn module(path: &Path) -> String {
    let relative = path.strip_prefix(src()).unwrap();
    let first = relative.components().next().unwrap().as_os_str();
    first.to_str().unwrap().trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_go_down() {
    let floors = floors();
    let import = Regex::new(r"\bcrate::([a-z_]+)").unwrap();
    for path in sources(&src()) {
        let own = module(&path);
        if own == "lib" || path.ends_with("tests.rs") {
            continue;
        }
        let floor = *floors
            .get(&own)
            .unwrap_or_else(|| panic!("{own} has no floor"));
        let text = fs::read_to_string(&path).unwrap();
        for found in import.captures_iter(&text) {
            let other = &found[1];
            let below = *floors
                .get(other)
                .unwrap_or_else(|| panic!("{other} has no floor"));
            assert!(
                below <= floor,
                "{}: {own} imports {other} from above",
                path.display()
            );
            let roles = ROLES.contains(&own.as_str()) && ROLES.contains(&other) && own != other;
            assert!(!roles, "{}: the roles see each other", path.display());
        }
    }
}

#[test]
fn every_module_stands_in_the_table_and_in_the_source() {
    let floors = floors();
    for path in sources(&src()) {
        let own = module(&path);
        assert!(
            own == "lib" || floors.contains_key(&own),
            "{own} has no floor"
        );
    }
    for module in floors.keys() {
        let file = src().join(format!("{module}.rs"));
        assert!(
            file.exists() || src().join(module).is_dir(),
            "{module} does not exist"
        );
    }
}

#[test]
fn files_are_short_and_say_what_they_own() {
    let mut lengths = Vec::new();
    for path in sources(&src()) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if path.ends_with("tests.rs") {
            continue;
        }
        lengths.push(lines);
        assert!(
            lines <= LONGEST_FILE,
            "{} has {lines} lines",
            path.display()
        );
        assert!(
            text.starts_with("//! "),
            "{} does not say what it owns",
            path.display()
        );
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 160, "the median file has {median} lines");
}

#[test]
fn unsafe_code_stands_in_one_file() {
    let word = Regex::new(r"(?m)^[^/]*\bunsafe\b").unwrap();
    for path in sources(&src()) {
        let text = fs::read_to_string(&path).unwrap();
        let allowed = path.ends_with("abi/calls.rs");
        assert!(
            allowed || !word.is_match(&text),
            "{} is unsafe",
            path.display()
        );
    }
}
