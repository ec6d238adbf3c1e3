//! Agents, run headless: Claude Code and Codex. Each is asked one thing, with its own prompt of many kilobytes and its
//! own tools, one of which is called.

use std::fs;
use std::process::{Command, Stdio};

use super::clients::every_dialect;
use super::envoy::{Envoy, LOCAL, scratch, shipped, top};
use super::heard::{LOCAL_KEY, check};
use super::npm::Npm;
use super::{CASE, CLIENT_KEY, furnish, provider, wanted};

/// What the scripted provider says, after tools were called too.
const ANSWER: &str = "Hello from the scripted provider";

/// The targets of Claude Code, with its own tools, and with the one that is called.
const CLAUDE: &[(&str, &[&str])] = &[
    ("claude-sonnet-4-5/anthropic", &[]),
    ("claude-sonnet-4-5+tools/anthropic", &["--tools", "Read"]),
    ("gpt-4o+tools/openai", &["--tools", "Read"]),
    ("gemini-2.5-pro/gemini", &[]),
    (
        "eu.anthropic.claude-sonnet-4-5-20250929-v1:0+tools/bedrock",
        &["--tools", "Read"],
    ),
];

/// The targets of Codex, and what it has to leave out there: only OpenAI knows these tools.
const PLAIN: &[&str] = &[
    "-c",
    "features.multi_agent=false",
    "-c",
    "web_search=\"disabled\"",
];
const CODEX: &[(&str, &[&str])] = &[
    ("gpt-5+tools/openai", PLAIN),
    ("claude-sonnet-4-5+tools/anthropic", PLAIN),
    ("gemini-2.5-pro+tools/gemini", PLAIN),
    ("llama-3.3-70b+tools/groq", PLAIN),
];

#[tokio::test(flavor = "multi_thread")]
async fn agents_work_with_every_dialect() {
    if !wanted("agents") {
        return;
    }
    let provider = provider::start(provider::Options::default()).await.unwrap();
    let config = every_dialect(&shipped(provider.port()));
    let envoy = Envoy::start("sdk-agents", &config, &[(LOCAL, LOCAL_KEY)]);
    let npm = Npm::with(&top().join("tests/sdk/node"));
    let home = scratch().join(format!("sdk-home-{}", std::process::id()));
    fs::create_dir_all(home.join("work")).unwrap();
    for (model, more) in CLAUDE {
        let mut claude = npm.program("claude");
        furnish(&mut claude);
        claude
            .args(["-p", "Say hello.", "--model", model])
            .args(*more);
        claude.envs([
            ("ANTHROPIC_BASE_URL", format!("http://{}", envoy.address)),
            ("ANTHROPIC_AUTH_TOKEN", CLIENT_KEY.to_owned()),
            (
                "ANTHROPIC_CUSTOM_HEADERS",
                format!("{CASE}: claude-code/{model}"),
            ),
            ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1".to_owned()),
            ("DISABLE_AUTOUPDATER", "1".to_owned()),
        ]);
        said(
            claude.env("HOME", &home).current_dir(home.join("work")),
            model,
            &envoy,
        );
    }
    let own = format!(
        "model_provider = \"tollgate\"\n[model_providers.tollgate]\nname = \"Tollgate\"\n\
         base_url = \"http://{}/v1\"\nenv_key = \"CLIENT_KEY\"\nwire_api = \"responses\"\n\
         request_max_retries = 0\nstream_max_retries = 0\n",
        envoy.address
    );
    for (model, more) in CODEX {
        let headers = format!("http_headers = {{\"{CASE}\" = \"codex/{model}\"}}\n");
        fs::write(home.join("config.toml"), format!("{own}{headers}")).unwrap();
        let mut codex = npm.program("codex");
        furnish(&mut codex);
        codex.args([
            "exec",
            "--skip-git-repo-check",
            "-s",
            "read-only",
            "-m",
            model,
        ]);
        codex.args(*more).arg("Say hello.").env("CODEX_HOME", &home);
        said(
            codex.env("HOME", &home).current_dir(home.join("work")),
            model,
            &envoy,
        );
    }
    fs::remove_dir_all(home).unwrap();

    let heard = provider.requests();
    heard.iter().for_each(check);
    let agents = [("claude-code", CLAUDE), ("codex", CODEX)];
    for (agent, model) in agents
        .iter()
        .flat_map(|(agent, all)| all.iter().map(move |(model, _)| (agent, model)))
    {
        let case = format!("{agent}/{model}");
        let own = heard
            .iter()
            .filter(|request| request.header(CASE) == Some(&case));
        let turns = if model.contains("+tools") { 2 } else { 1 };
        assert!(
            own.count() >= turns,
            "{case}: the provider heard less than {turns} requests"
        );
    }
}

/// Runs an agent, which has to say the provider's answer.
fn said(command: &mut Command, model: &str, envoy: &Envoy) {
    let done = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    let log = envoy.log();
    let good = done.status.success() && said.contains(ANSWER);
    assert!(good, "{command:?}\n{said}\n{errors}\nEnvoy:\n{log}");
    println!("{:?} {model}: well", command.get_program());
}
