//! What can be set for every schema, in both doors.

use crate::policy::Policy;

/// Settings of the emitted code.
#[derive(Clone, Debug)]
pub struct Options {
    runtime_path: String,
    policy: Policy,
}

impl Options {
    /// The settings that suit a crate that depends on `kratos-traits` under its own name.
    #[must_use]
    pub fn new() -> Self {
        Self {
            runtime_path: String::from("::kratos_traits"),
            policy: Policy::default(),
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
