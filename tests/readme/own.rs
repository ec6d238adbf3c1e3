//! The README's YAML: what it says to add makes a plain Envoy a gateway, and every configuration in it is accepted.

use std::fs;
use std::process::Command;

use super::blocks::in_language;
use super::envoy::{Envoy, replaced, top, validate, wasm};
use super::provider::{self, Options};

/// The comment at the head of each block that is a part of Envoy's configuration, and its place.
const PARTS: [(&str, &str); 2] = [
    (
        "# in http_filters, in place of the router",
        "@http_filters@",
    ),
    ("# in the virtual host's routes", "@routes@"),
];

/// Where the README has the filter.
const INSTALLED: &str = "/etc/envoy/tollgate.wasm";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_makes_an_envoy_a_gateway() {
    let provider = provider::start(Options::default()).await.unwrap();
    let keys = [("OPENAI_API_KEY", "sk-own")];
    let envoy = Envoy::start("own", &composed(provider.port()), &keys);
    let address = &envoy.address;
    let body = r#"{"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}]}"#;
    let ask = |header: &str| {
        let url = format!("http://{address}/v1/chat/completions");
        let curl = Command::new("curl")
            .args(["-sSi", "-m", "30", &url, "-H", header, "-d", body])
            .output();
        String::from_utf8(curl.unwrap().stdout)
            .unwrap()
            .replace('\r', "")
    };
    let said = ask("x-nothing: 1");
    assert!(
        said.contains("\nx-tollgate-model: gpt-4o\n"),
        "{said}\n{}",
        envoy.log()
    );
    let said = ask("x-provider-script: status=429,times=1");
    for line in [
        "x-tollgate-model: llama-3.3-70b",
        "x-tollgate-provider: vllm",
        "x-tollgate-attempts: 2",
    ] {
        assert!(
            said.contains(&format!("\n{line}\n")),
            "no {line} in\n{said}\n{}",
            envoy.log()
        );
    }
    let heard: Vec<_> = provider.requests();
    let heads: Vec<_> = heard
        .iter()
        .map(|one| (one.header("host"), one.header("authorization")))
        .collect();
    let openai = (Some("api.openai.com"), Some("Bearer sk-own"));
    assert_eq!(heads, [openai, openai, (Some("vllm.internal"), None)]);
    assert!(page(&envoy).contains("unknown_path"));
    let more = put(&composed(1), "models:", "default_cluster: x\nmodels:");
    let envoy = Envoy::start("own-default", &more, &keys);
    assert_eq!(page(&envoy), "a page of its own\n");
}

/// What the Envoy answers on a path that is not Tollgate's.
fn page(envoy: &Envoy) -> String {
    let url = format!("http://{}/", envoy.address);
    let curl = Command::new("curl").args(["-sS", &url]).output().unwrap();
    String::from_utf8(curl.stdout).unwrap()
}

#[test]
fn every_yaml_block_is_a_part_or_a_configuration() {
    let mut places = Vec::new();
    for block in in_language("yaml") {
        if let Some(place) = part(&block.text) {
            places.push(place);
        } else {
            assert!(
                block.text.starts_with("providers:"),
                "line {}: what is this?",
                block.line
            );
            let said = validate(&format!("readme-{}", block.line), &configured(&block.text));
            assert_eq!(said, Ok(()), "line {}", block.line);
        }
    }
    assert_eq!(places, PARTS.map(|(_, place)| place));
    assert_eq!(validate("readme-own", &composed(1)), Ok(()));
    let wrong = configured("providers:\n  a: {kind: opanai, api_key: none}\n");
    let said = validate("readme-wrong", &wrong).unwrap_err();
    let fault = r#"providers.a.kind: unknown kind "opanai"; did you mean "openai"?"#;
    assert!(said.contains(fault), "{said}");
    assert!(super::blocks::readme().contains(fault));
}

/// The place of a block that is a part of Envoy's configuration.
fn part(text: &str) -> Option<&'static str> {
    let first = text.lines().next()?;
    PARTS
        .iter()
        .find(|(head, _)| *head == first)
        .map(|(_, place)| *place)
}

/// The minimal Envoy with what the README adds.
fn composed(port: u16) -> String {
    let mut config = fs::read_to_string(top().join("tests/readme/minimal.yaml")).unwrap();
    for block in in_language("yaml") {
        if let Some(place) = part(&block.text) {
            config = put(&config, place, &block.text);
        }
    }
    let config = config.replace("@provider@", &port.to_string());
    replaced(&config, INSTALLED, &wasm().display().to_string())
}

/// The minimal Envoy with `tollgate` as the configuration of the filter.
fn configured(tollgate: &str) -> String {
    let config = composed(1);
    let head = config.lines().find(|line| line.trim() == "value:").unwrap();
    let indent = head.len() - head.trim_start().len();
    let (before, after) = config.split_once(&format!("{head}\n")).unwrap();
    let deeper = |line: &&str| line.len() - line.trim_start().len() > indent;
    let rest: Vec<&str> = after.lines().skip_while(deeper).collect();
    let own = format!(
        "{before}{head}\n{}@tollgate@\n{}\n",
        " ".repeat(indent + 2),
        rest.join("\n")
    );
    put(&own, "@tollgate@", tollgate)
}

/// `text` in the place of the line that holds `place`, and indented as it is.
fn put(config: &str, place: &str, text: &str) -> String {
    let line = config.lines().find(|line| line.trim() == place);
    let line = line.unwrap_or_else(|| panic!("no {place}"));
    let indent = line.replace(place, "");
    let lines: Vec<String> = text.lines().map(|line| format!("{indent}{line}")).collect();
    replaced(config, line, &lines.join("\n"))
}
