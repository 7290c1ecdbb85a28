//! Where a setting was made, so that a problem with it is reported there.

use std::sync::Arc;

use crate::diagnostics::{Excerpt, Problem};

/// A setting and where it was made. Two are equal when their values are.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(super) value: T,
    pub(super) origin: Origin,
}

/// Where a setting was made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    /// In a call of this method of [`Options`](super::Options); the flag of the command has the same name.
    Call(&'static str),
    /// At this byte offset of the settings file.
    #[cfg_attr(
        not(feature = "toml"),
        expect(dead_code, reason = "no settings file is read")
    )]
    File(usize),
}

impl<T> Spanned<T> {
    /// What the method of this name was called with.
    pub(super) fn call(method: &'static str, value: impl Into<T>) -> Self {
        Self {
            value: value.into(),
            origin: Origin::Call(method),
        }
    }
}

/// What calls the methods of [`Options`](super::Options).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FrontEnd {
    /// A program that uses this crate as a library.
    #[default]
    Library,
    BuildScript,
    Command,
}

/// The sources of some settings: with them, an [`Origin`] becomes a place that can be shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources {
    pub(super) front_end: FrontEnd,
    pub(super) file: Option<Arc<SettingsText>>,
}

/// The text of a settings file.
#[derive(Debug)]
pub(super) struct SettingsText {
    /// The name of the file in messages.
    pub(super) shown: String,
    pub(super) text: String,
}

impl Sources {
    /// A problem with the setting that was made at `origin`.
    pub(super) fn problem(&self, origin: Origin, message: impl AsRef<str>) -> Problem {
        let message = message.as_ref();
        match (origin, &self.file, self.front_end) {
            (Origin::File(offset), Some(file), _) => file.problem(offset, message),
            (Origin::File(_), None, _) => Problem::new(message),
            (Origin::Call(method), _, FrontEnd::Library) => {
                Problem::new(format!("`Options::{method}`: {message}"))
            }
            (Origin::Call(method), _, FrontEnd::BuildScript) => {
                Problem::of_file("build.rs", format!("`.{method}(…)`: {message}"))
            }
            (Origin::Call(method), _, FrontEnd::Command) => {
                let flag = method.replace('_', "-");
                Problem::new(format!("`--{flag}`: {message}"))
            }
        }
    }
}

impl SettingsText {
    pub(super) fn problem(&self, offset: usize, message: &str) -> Problem {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |line_feed| line_feed + 1);
        let count = |number: usize| u32::try_from(number + 1).unwrap_or(u32::MAX);
        let line = count(before.matches('\n').count());
        let column = count(before[line_start..].chars().count());
        let excerpt = Excerpt::of(&self.text, before.len());
        Problem::at(&self.shown, (line, column), message.into(), excerpt)
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: PartialOrd> PartialOrd for Spanned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spanned<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

#[cfg(feature = "toml")]
impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Spanned<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<T>::deserialize(deserializer)?;
        Ok(Self {
            origin: Origin::File(spanned.span().start),
            value: spanned.into_inner(),
        })
    }
}

/// In the file it looks like the value alone.
#[cfg(feature = "cli")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
