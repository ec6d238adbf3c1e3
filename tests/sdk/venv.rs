//! A Python with the packages of a requirements file: a virtual environment under target/, made once.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::envoy::scratch;

/// One test at a time gets packages: they would all do so in the same folder.
pub fn alone() -> MutexGuard<'static, ()> {
    static GETTING: Mutex<()> = Mutex::new(());
    // The test that broke off says so itself.
    GETTING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What to name in the file `requirements` and in the Python at hand decides which environment it is.
pub struct Venv {
    python: PathBuf,
    /// Where the packages are, when Python has no `ensurepip` to make an environment with.
    packages: Option<PathBuf>,
}

impl Venv {
    /// The environment for `requirements`, made when it is not there yet.
    ///
    /// # Panics
    /// When there is no Python 3 with pip, or pip does not get the packages.
    pub fn with(requirements: &Path) -> Self {
        let which = "import sys; print(sys.executable, sys.version)";
        let python = said(Command::new("python3").args(["-c", which]));
        let mut hash = DefaultHasher::new();
        (fs::read(requirements).unwrap(), python).hash(&mut hash);
        let name = format!("sdk-{:016x}", hash.finish());
        let folder = scratch().join(&name);
        let _alone = alone();
        if !folder.exists() {
            // Made aside and moved into place when it is whole: it may be stopped on the way.
            let aside = scratch().join(format!("{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&aside);
            make(&aside, requirements);
            if fs::rename(&aside, &folder).is_err() {
                // Another process was first.
                assert!(folder.exists(), "{} cannot be made", folder.display());
                fs::remove_dir_all(&aside).unwrap();
            }
        }
        match folder.join("bin/python3") {
            python if python.exists() => Self {
                python,
                packages: None,
            },
            _ => Self {
                python: "python3".into(),
                packages: Some(folder),
            },
        }
    }

    /// A command that runs the Python file `script`.
    pub fn python(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.python);
        command.env_remove("PYTHONHOME").env_remove("PYTHONPATH");
        if let Some(packages) = &self.packages {
            command.env("PYTHONPATH", packages);
        }
        // Without what the user has installed, and written at once.
        command.args(["-s", "-u", "-B"]).arg(script);
        command
    }
}

/// Makes the environment in `folder`.
fn make(folder: &Path, requirements: &Path) {
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(folder)
        .output();
    let own = made.is_ok_and(|made| made.status.success());
    let mut pip = Command::new(match own {
        true => folder.join("bin/python3"),
        false => "python3".into(),
    });
    pip.args([
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
    ]);
    if !own {
        let _ = fs::remove_dir_all(folder);
        pip.args([OsStr::new("--target"), folder.as_os_str()]);
    }
    said(pip.arg("--requirement").arg(requirements));
}

/// What a command prints.
///
/// # Panics
/// When it fails.
pub fn said(command: &mut Command) -> String {
    let done = command
        .output()
        .unwrap_or_else(|fault| panic!("{command:?}: {fault}"));
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}\n{error}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}
