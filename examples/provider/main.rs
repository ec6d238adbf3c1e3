//! The scripted provider as a program: a server on a port that speaks as OpenAI and others do, for trying things out.

// With the path given, the modules of `server` are looked for beside it, as they are when a test includes it.
#[path = "server.rs"]
mod server;

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]
#[path = "../../tests/support/checkers/mod.rs"]
mod checkers;
#[cfg(test)]
mod streams;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};

use server::{Options, start, table};

const USAGE: &str = "\
usage: provider [--port N] [--script SWITCHES]

Answers as OpenAI, Anthropic, Gemini, Vertex, Bedrock, Cohere and Azure do, without a model.
  --port N           listen on 127.0.0.1:N (default 8080; 0 takes a free port)
  --script SWITCHES  switches for all requests, parted by commas
  --help             this text, and the switches
";

const SWITCHES_ARE: &str = "\
Switches, in the model's name (gpt-4o+status=429+retry_after=7) or the header x-provider-script
(status=429,latency=1.5s). DUR is 250us, 100ms, 1.5s or 2m; TEXT is percent-encoded; an event is one data: event.";

#[tokio::main]
async fn main() -> ExitCode {
    match options(std::env::args().skip(1)) {
        Ok(Some(options)) => match run(options).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                say(io::stderr(), &format!("provider: {why}\n"));
                ExitCode::FAILURE
            }
        },
        Ok(None) => {
            say(
                io::stdout(),
                &format!("{USAGE}\n{SWITCHES_ARE}\n{}", table()),
            );
            ExitCode::SUCCESS
        }
        Err(why) => {
            say(io::stderr(), &format!("provider: {why}\n{USAGE}"));
            ExitCode::from(2)
        }
    }
}

/// What the arguments ask for; `None` is help.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options {
        port: 8080,
        record: false,
        ..Options::default()
    };
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--port" => {
                let port = value()?;
                options.port = port
                    .parse()
                    .map_err(|_| format!("--port {port}: not a port, 0 to 65535"))?;
            }
            "--script" => options.script = value()?,
            "--help" | "-h" => return Ok(None),
            _ => return Err(format!("unknown argument {argument}")),
        }
    }
    Ok(Some(options))
}

async fn run(options: Options) -> Result<(), String> {
    let port = options.port;
    // Before the port is open: whoever reads the line below may send a signal at once.
    let mut interrupted = signal(SignalKind::interrupt()).map_err(|fault| fault.to_string())?;
    let mut terminated = signal(SignalKind::terminate()).map_err(|fault| fault.to_string())?;
    let server = start(options).await.map_err(|fault| match fault.kind() {
        ErrorKind::AddrInUse => format!("port {port} is taken; choose another with --port"),
        ErrorKind::PermissionDenied => {
            format!("port {port} is not allowed; choose another with --port")
        }
        _ => fault.to_string(),
    })?;
    say(
        io::stdout(),
        &format!("provider: listening on http://{}\n", server.address()),
    );
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    server.stop().await;
    Ok(())
}

/// Writes `text`; one who does not listen is no reason to stop.
fn say(mut to: impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
