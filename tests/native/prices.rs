//! The script that writes the built-in prices: the same tables give the same files, byte by byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// What the three public tables look like, with a little of each.
fn sources() -> [(&'static str, Value); 3] {
    let retired = json!({"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
        "output_cost_per_token": 1e-6, "deprecation_date": "2020-01-01"});
    let litellm = json!({
        "own-large": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-6,
            "output_cost_per_token": 1e-5, "cache_read_input_token_cost": 1.25e-6,
            "input_cost_per_token_priority": 4.25e-6, "output_cost_per_token_priority": 1.7e-5,
            "input_cost_per_token_batches": 1.25e-6, "output_cost_per_token_batches": 5e-6},
        "own-old": retired,
        "claude-own": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 3e-6,
            "output_cost_per_token": 1.5e-5, "cache_creation_input_token_cost": 3.75e-6,
            "input_cost_per_token_above_200k_tokens": 6e-6, "output_cost_per_token_above_200k_tokens": 2.25e-5}
    });
    let period = |input: f64, start: Option<&str>| {
        let prices = json!({"input_mtok": input, "output_mtok": 2.0 * input});
        match start {
            Some(day) => {
                json!({"prices": prices, "constraint": {"start_date": day}})
            }
            None => json!({"prices": prices}),
        }
    };
    let names = json!({"or": [{"equals": "own-small"}, {"equals": "own-small-2026"}, {"equals": "own-small-latest"}]});
    let genai = json!([{"id": "openai", "models": [
        {"id": "own-small", "match": names, "prices": [period(0.2, None), period(0.1, Some("2026-03-01"))]},
        {"id": "own-large", "match": {"equals": "own-large"}, "prices": {"input_mtok": 3, "output_mtok": 10}}
    ]}]);
    let models_dev = json!({"groq": {"models": {
        "b-own": {"cost": {"input": 0.05, "output": 0.08}},
        "a-own": {"cost": {"input": 0.5, "output": 0.8}}
    }}});
    [
        ("litellm-1_model_prices.json", litellm),
        ("genai-prices-data.json", genai),
        ("models_dev-1.json", models_dev),
    ]
}

/// The tables that the script writes, and what it says.
fn written(name: &str, seed: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("prices")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    for part in ["in", "own/build"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    for (name, table) in sources() {
        fs::write(folder.join("in").join(name), table.to_string()).unwrap();
    }
    // It writes beside the folder in which it stands.
    let script = folder.join("own/build/generate.py");
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/prices/build/generate.py");
    fs::copy(shipped, &script).unwrap();
    let mut command = Command::new("python3");
    command.arg(script).arg(folder.join("in")).arg("2026-11-20");
    // Sets of Python's come in another order with each seed.
    let said = command.env("PYTHONHASHSEED", seed).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert!(said.status.success(), "{}", text(&said.stderr));
    let files = fs::read_dir(folder.join("own/tables")).unwrap();
    let read = files.map(|file| {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        (name, fs::read_to_string(file.path()).unwrap())
    });
    let said = [
        ("stdout".to_owned(), text(&said.stdout)),
        ("stderr".to_owned(), text(&said.stderr)),
    ];
    read.chain(said).collect()
}

#[test]
fn the_same_tables_give_the_same_files() {
    let first = written("first", "0");
    for seed in ["1", "2", "3", "4"] {
        assert_eq!(written(&format!("again-{seed}"), seed), first);
    }
    assert_eq!(first["DATE"], "2026-11-20\n");
    let openai = &first["openai.txt"];
    for line in [
        "own-large i2.5 c1.25 o10 @b*.5 @p*1.7",
        "own-small i.2 o.4 | 2026-03-01 i.1 o.2",
    ] {
        assert!(openai.lines().any(|own| own == line), "{line}\n{openai}");
    }
    assert!(!openai.contains("own-old"), "retired for a year: {openai}");
    assert_eq!(
        first["groq.txt"],
        "a-own i.5 o.8 @f*1\nb-own i.05 o.08 @f*1\n"
    );
    assert!(
        first["stderr"].contains("own-large"),
        "two sources differ: {}",
        first["stderr"]
    );
}
