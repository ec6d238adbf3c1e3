//! A folder with the packages of node/package-lock.json, under target/, made once, and the scripts beside them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::envoy::scratch;
use super::venv::{alone, said};

/// The packages.
pub struct Npm(PathBuf);

impl Npm {
    /// The packages that the lock file in `source` names, and the scripts of that folder as they are now.
    ///
    /// # Panics
    /// When there is no Node with npm, or npm does not get the packages.
    pub fn with(source: &Path) -> Self {
        let lock = fs::read(source.join("package-lock.json")).unwrap();
        let node = said(Command::new("node").arg("--version"));
        let mut hash = DefaultHasher::new();
        (&lock, node).hash(&mut hash);
        let name = format!("sdk-npm-{:016x}", hash.finish());
        let folder = scratch().join(&name);
        let _alone = alone();
        if !folder.exists() {
            // Made aside and moved into place when it is whole: it may be stopped on the way.
            let aside = scratch().join(format!("{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&aside);
            fs::create_dir_all(&aside).unwrap();
            for file in ["package.json", "package-lock.json"] {
                fs::copy(source.join(file), aside.join(file)).unwrap();
            }
            let mut npm = Command::new("npm");
            npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
            said(npm.current_dir(&aside));
            if fs::rename(&aside, &folder).is_err() {
                // Another process was first.
                assert!(folder.exists(), "{} cannot be made", folder.display());
                fs::remove_dir_all(&aside).unwrap();
            }
        }
        // A module finds packages beside itself only.
        for file in fs::read_dir(source).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|kind| kind == "mjs") {
                let (new, place) = (
                    fs::read(&file).unwrap(),
                    folder.join(file.file_name().unwrap()),
                );
                // Another test may be running it.
                if fs::read(&place).ok().as_ref() != Some(&new) {
                    fs::write(place, new).unwrap();
                }
            }
        }
        Self(folder)
    }

    /// A command that runs one of the scripts.
    pub fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg("--no-warnings").arg(self.0.join(script));
        command
    }

    /// A program that a package brings.
    pub fn program(&self, name: &str) -> Command {
        Command::new(self.0.join("node_modules/.bin").join(name))
    }
}
