//! What can be set for every schema, in both doors.

use std::path::{Path, PathBuf};

use crate::policy::Policy;
use crate::problem::Warning;

/// Settings of the emitted code.
#[derive(Clone, Debug)]
pub struct Options {
    runtime_path: String,
    policy: Policy,
    denied_warnings: Vec<String>,
    refs: Vec<(String, PathBuf)>,
}

impl Options {
    /// The settings that suit a crate that depends on `kratos-traits` under its own name.
    #[must_use]
    pub fn new() -> Self {
        Self {
            runtime_path: String::from("::kratos_traits"),
            policy: Policy::default(),
            denied_warnings: Vec::new(),
            refs: Vec::new(),
        }
    }

    /// Where the emitted code finds the crate `kratos-traits`, for a crate that renames or re-exports it. `::kratos_traits` if not set.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.runtime_path = path.into();
        self
    }

    /// No updater may change the trait at this path (`name.first`; a dot inside a name is `\\.`), nor an object as a whole that holds it.
    #[must_use]
    pub fn deny(mut self, path: impl AsRef<str>) -> Self {
        self.policy.deny(path.as_ref());
        self
    }

    /// Updaters may change the trait at this path and what it holds, and otherwise only what is allowed the same way.
    #[must_use]
    pub fn allow(mut self, path: impl AsRef<str>) -> Self {
        self.policy.allow(path.as_ref());
        self
    }

    /// Makes an error of the warning with this name, such as `nullable-identifier`.
    #[must_use]
    pub fn deny_warning(mut self, name: impl Into<String>) -> Self {
        self.denied_warnings.push(name.into());
        self
    }

    /// Reads the file at `path` where a `$ref` leads to `url`: nothing is fetched.
    #[must_use]
    pub fn map_ref(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.refs.push((url.into(), path.into()));
        self
    }

    pub(crate) fn is_denied(&self, warning: &str) -> bool {
        self.denied_warnings.iter().any(|name| name == warning)
    }

    /// The names of warnings, if all are.
    pub(crate) fn check_warnings(&self) -> Result<(), String> {
        let known = Warning::names();
        let stranger = |name: &&String| !known.contains(&name.as_str());
        match self.denied_warnings.iter().find(stranger) {
            None => Ok(()),
            Some(name) => Err(format!(
                "there is no warning {name:?} to deny; write one of `{}`",
                known.join("`, `")
            )),
        }
    }

    /// The file that stands for a URL.
    pub(crate) fn mapped_ref(&self, url: &str) -> Option<&Path> {
        let found = self.refs.iter().find(|(from, _)| from == url)?;
        Some(&found.1)
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The path, if it is one: it becomes code, so anything else is refused.
    pub(crate) fn checked_runtime_path(&self) -> Result<&str, String> {
        let path = self.runtime_path.as_str();
        let is_path = path
            .strip_prefix("::")
            .unwrap_or(path)
            .split("::")
            .all(is_segment);
        if is_path {
            Ok(path)
        } else {
            Err(format!(
                "the runtime path {path:?} is not a Rust path; write one such as `::kratos_traits`"
            ))
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

fn is_segment(segment: &str) -> bool {
    let mut characters = segment.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|other| other.is_ascii_alphanumeric() || other == '_')
}
