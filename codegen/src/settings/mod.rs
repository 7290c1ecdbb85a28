//! The settings of the generated code. A build script, the command and the file `kratos-traits.toml` all fill [`Options`].
//!
//! To add a setting: a row in [`table`]; its method in [`builder`]; here, what the generator reads of it; its flag in `flags.rs` of the
//! command; its use. The tests in `tests/settings_docs.rs` write the JSON Schema of the file and the table in README.md.

mod builder;
mod file;
mod path;
#[cfg(feature = "toml")]
mod reader;
mod syntax;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) use self::file::File;
#[cfg(feature = "cli")]
pub use self::file::settings_schema;
use self::path::Policy;
use self::path::TraitPath;
pub(crate) use self::path::{ITEMS, written};
pub(crate) use self::syntax::standard_derive;
use self::table::Setting;
use crate::diagnostics::{Problem, Severity, Warning};

/// Settings of the generated code for one schema.
///
/// A trait is named by its path: `name.first`; a dot in a name is `\.`. What an array or a map contains is `[]`: `addresses.[].street`.
/// The empty path is the traits object itself.
///
/// A method that takes a single value replaces the value of an earlier call; those that take a path, a name or a warning add to the
/// earlier calls.
#[derive(Clone, Debug, Default)]
pub struct Options {
    entries: Vec<Entry>,
    traits: BTreeMap<TraitPath, TraitEntries>,
    /// The files to read where a `$ref` leads to a URL, by the URL.
    refs: BTreeMap<String, PathBuf>,
    /// The folders to read instead of those that a Kratos configuration names, by these.
    path_map: BTreeMap<PathBuf, PathBuf>,
    /// The id of the schema in a Kratos configuration.
    schema_id: Option<String>,
    front_end: FrontEnd,
    /// The problems of the settings file.
    problems: Vec<Problem>,
}

/// The value of a setting, or one of its values. Where a setting takes a single value, the first entry counts.
#[derive(Clone, Debug)]
struct Entry {
    setting: Setting,
    /// The key of this value in a setting that is a table; empty in others.
    name: String,
    value: String,
    /// The place in the settings file, as a problem without a message; `None` if a method set it.
    place: Option<Problem>,
}

/// The settings of one trait.
#[derive(Clone, Debug, Default)]
struct TraitEntries {
    /// The place of the path in the settings file, as in [`Entry`].
    place: Option<Problem>,
    entries: Vec<Entry>,
}

/// What calls the methods of [`Options`]; problems name the call accordingly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FrontEnd {
    /// A program that uses this crate as a library.
    #[default]
    Library,
    BuildScript,
    Command,
}

/// Combining and checking.
impl Options {
    /// These settings and those of `wider`; where both set one thing, these win.
    pub(crate) fn or(mut self, wider: Self) -> Self {
        self.entries.extend(wider.entries);
        for (path, wider) in wider.traits {
            match self.traits.get_mut(&path) {
                Some(own) => own.entries.extend(wider.entries),
                None => drop(self.traits.insert(path, wider)),
            }
        }
        for (url, path) in wider.refs {
            self.refs.entry(url).or_insert(path);
        }
        for (from, to) in wider.path_map {
            self.path_map.entry(from).or_insert(to);
        }
        self.schema_id = self.schema_id.or(wider.schema_id);
        self.problems.extend(wider.problems);
        self
    }

    /// All problems that can be found without the schema.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let of_traits = self.traits.values().flat_map(|one| &one.entries);
        let wrong = self.entries.iter().chain(of_traits).filter_map(|entry| {
            let message = entry.setting.syntax().check(&entry.value)?;
            Some(self.problem(entry.place.as_ref(), entry.setting, message))
        });
        self.problems.iter().cloned().chain(wrong).collect()
    }

    /// Problems with paths: `settable` are those that settings can name, `traits` those of traits.
    pub(crate) fn unknown_paths(
        &self,
        settable: &[Vec<&str>],
        traits: &[Vec<&str>],
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (path, one) in &self.traits {
            // A path that a method named has an entry.
            let setting = one
                .entries
                .first()
                .map_or(Setting::Rename, |one| one.setting);
            let unknown = path.unknown("to configure", settable);
            problems
                .extend(unknown.map(|message| self.problem(one.place.as_ref(), setting, message)));
        }
        for entry in &self.entries {
            let purpose = match entry.setting {
                Setting::Deny => "to deny",
                Setting::Allow => "to allow",
                _ => continue,
            };
            let unknown = TraitPath::from(&*entry.value).unknown(purpose, traits);
            problems.extend(
                unknown.map(|message| self.problem(entry.place.as_ref(), entry.setting, message)),
            );
        }
        problems
    }

    /// A problem with a setting at its place in the settings file, or in the call that set it.
    fn problem(&self, place: Option<&Problem>, setting: Setting, message: String) -> Problem {
        let method = setting.method();
        match (place, self.front_end) {
            (Some(place), _) => place.clone().with_message(message),
            (None, FrontEnd::Library) => Problem::new(format!("`Options::{method}`: {message}")),
            (None, FrontEnd::BuildScript) => {
                Problem::of_file("build.rs", format!("`.{method}(…)`: {message}"))
            }
            (None, FrontEnd::Command) => {
                let flag = method.replace('_', "-");
                Problem::new(format!("`--{flag}`: {message}"))
            }
        }
    }

    /// These settings without the invalid ones.
    pub(crate) fn valid(&self) -> Self {
        let is_valid = |entry: &Entry| entry.setting.syntax().check(&entry.value).is_none();
        let mut valid = self.clone();
        valid.entries.retain(is_valid);
        for one in valid.traits.values_mut() {
            one.entries.retain(is_valid);
        }
        valid
    }

    /// These settings of a build script, with the paths of [`map_ref`](Self::map_ref) and [`path_map`](Self::path_map) relative to
    /// `folder`.
    pub(crate) fn in_build_script(mut self, folder: &Path) -> Self {
        if self.front_end == FrontEnd::Library {
            self.front_end = FrontEnd::BuildScript;
        }
        for path in self.refs.values_mut().chain(self.path_map.values_mut()) {
            *path = folder.join(&*path);
        }
        self
    }

    /// These settings for the schema with this id, whose code goes into the module of the whole Kratos configuration.
    #[cfg(feature = "kratos-config")]
    pub(crate) fn for_schema_id(&self, schema_id: &str) -> Self {
        let mut own = self.clone();
        own.entries.retain(|one| one.setting != Setting::Module);
        own.schema_id = Some(schema_id.to_owned());
        own
    }
}

/// What the generator reads, after [`problems`](Options::problems).
impl Options {
    pub(crate) fn runtime(&self) -> &str {
        value(&self.entries, Setting::RuntimePath, "").unwrap_or("::kratos_traits")
    }

    /// What is written before an item: `pub ` or a narrower visibility.
    pub(crate) fn visible(&self) -> String {
        let set = value(&self.entries, Setting::Visibility, "");
        set.and_then(syntax::visibility).unwrap_or("pub ".into())
    }

    pub(crate) fn module_name(&self) -> Option<&str> {
        value(&self.entries, Setting::Module, "")
    }

    /// The derive for `Debug`.
    pub(crate) fn debug_derive(&self) -> &'static str {
        match value(&self.entries, Setting::Debug, "") {
            Some("values") => "Debug",
            _ => "Redacted",
        }
    }

    pub(crate) fn schema_id(&self) -> Option<&str> {
        self.schema_id.as_deref()
    }

    pub(crate) fn type_of_format(&self, format: Option<&str>) -> Option<&str> {
        value(&self.entries, Setting::Formats, format?)
    }

    pub(crate) fn derives(&self) -> impl Iterator<Item = &str> {
        values(&self.entries, Setting::Derives)
    }

    pub(crate) fn mapped_ref(&self, url: &str) -> Option<&Path> {
        self.refs.get(url).map(PathBuf::as_path)
    }

    /// The path that a path of a Kratos configuration is mapped to, by the longest folder that it begins with.
    #[cfg(feature = "kratos-config")]
    pub(crate) fn mapped_path(&self, path: &Path) -> Option<PathBuf> {
        let mapped = self.path_map.iter().filter_map(|(from, to)| {
            let rest = path.strip_prefix(from).ok()?;
            Some((from.components().count(), to.join(rest)))
        });
        let longest = mapped.max_by_key(|(names, _)| *names);
        longest.map(|(_, mapped)| mapped)
    }

    /// How a warning is reported; `None` if it is allowed. The most specific setting comes first.
    pub(crate) fn severity_of(&self, warning: Warning) -> Option<Severity> {
        let mut entries = self.entries.iter().filter_map(|entry| {
            let severity = match entry.setting {
                Setting::AllowWarnings => None,
                Setting::DenyWarnings => Some(Severity::Error),
                _ => return None,
            };
            (entry.value == warning.name()).then_some(severity)
        });
        entries.next().unwrap_or(Some(Severity::Warning))
    }

    pub(crate) fn policy(&self) -> Policy {
        let paths = |setting| {
            values(&self.entries, setting)
                .map(TraitPath::from)
                .collect()
        };
        Policy {
            denied: paths(Setting::Deny),
            allowed: paths(Setting::Allow),
        }
    }

    /// The settings of the trait at this path.
    pub(crate) fn of_trait(&self, path: &[&str]) -> TraitSettings<'_> {
        if self.traits.is_empty() {
            return TraitSettings(&[]);
        }
        let settings = self.traits.get(&TraitPath::from(path));
        TraitSettings(settings.map_or(&[], |settings| &settings.entries))
    }

    /// Whether some type or field gets the attribute `deprecated`; then generated code that names it has to allow that.
    pub(crate) fn has_deprecation(&self) -> bool {
        self.traits.values().any(|one| {
            let settings = TraitSettings(&one.entries);
            settings.is_deprecated() || deprecates(settings.field_attributes())
        })
    }
}

/// The settings of one trait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TraitSettings<'o>(&'o [Entry]);

impl<'o> TraitSettings<'o> {
    /// The name of the field.
    pub(crate) fn field(self) -> Option<&'o str> {
        value(self.0, Setting::Rename, "")
    }

    /// The name of the struct or enum.
    pub(crate) fn type_name(self) -> Option<&'o str> {
        value(self.0, Setting::RenameType, "")
    }

    /// Whether something is set that only a struct or enum can have.
    pub(crate) fn is_of_a_type(self) -> bool {
        let other = [Setting::Rename, Setting::Type, Setting::FieldAttributes];
        self.0.iter().any(|entry| !other.contains(&entry.setting))
    }

    /// The name of the variant for `value`.
    pub(crate) fn variant(self, name: &str) -> Option<&'o str> {
        value(self.0, Setting::RenameValue, name)
    }

    /// The values whose variants have a name set.
    pub(crate) fn values(self) -> impl Iterator<Item = &'o str> {
        let names = self.0.iter();
        let names = names.filter(|entry| entry.setting == Setting::RenameValue);
        names.map(|entry| &*entry.name)
    }

    /// The type to use instead.
    pub(crate) fn ty(self) -> Option<&'o str> {
        value(self.0, Setting::Type, "")
    }

    pub(crate) fn derives(self) -> impl Iterator<Item = &'o str> {
        values(self.0, Setting::TypeDerives)
    }

    pub(crate) fn type_attributes(self) -> Vec<String> {
        values(self.0, Setting::TypeAttributes)
            .map(String::from)
            .collect()
    }

    pub(crate) fn field_attributes(self) -> Vec<String> {
        values(self.0, Setting::FieldAttributes)
            .map(String::from)
            .collect()
    }

    /// Whether the type gets the attribute `deprecated`. A false positive does no harm.
    pub(crate) fn is_deprecated(self) -> bool {
        deprecates(self.type_attributes())
    }
}

fn deprecates(attributes: Vec<String>) -> bool {
    attributes.iter().any(|one| one.contains("deprecated"))
}

/// The value of a setting, in a table that of this name.
fn value<'o>(entries: &'o [Entry], setting: Setting, name: &str) -> Option<&'o str> {
    let mut entries = entries.iter();
    let entry = entries.find(|entry| entry.setting == setting && entry.name == name)?;
    Some(&entry.value)
}

/// All values of a setting.
fn values(entries: &[Entry], setting: Setting) -> impl Iterator<Item = &str> {
    let entries = entries.iter();
    entries
        .filter(move |entry| entry.setting == setting)
        .map(|entry| &*entry.value)
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn the_narrower_setting_wins_and_lists_add_up() {
        let narrow = Options::new()
            .module("narrow")
            .debug("values")
            .derive("Eq")
            .format_type("date", "Narrow")
            .rename("a", "narrow")
            .deny("a");
        let wide = Options::new()
            .module("wide")
            .visibility("pub(crate)")
            .debug("redacted")
            .derive("Hash")
            .format_type("date", "Wide")
            .format_type("uri", "Wide")
            .rename("a", "wide")
            .rename_type("a", "Wide")
            .rename("b", "wide")
            .deny("b");
        let both = narrow.or(wide);
        assert_eq!(both.module_name(), Some("narrow"));
        assert_eq!(both.visible(), "pub(crate) ");
        assert_eq!(both.debug_derive(), "Debug");
        assert_eq!(both.derives().collect::<Vec<_>>(), ["Eq", "Hash"]);
        assert_eq!(both.type_of_format(Some("date")), Some("Narrow"));
        assert_eq!(both.type_of_format(Some("uri")), Some("Wide"));
        assert_eq!(both.of_trait(&["a"]).field(), Some("narrow"));
        assert_eq!(both.of_trait(&["a"]).type_name(), Some("Wide"));
        assert_eq!(both.of_trait(&["b"]).field(), Some("wide"));
        assert!(both.policy().denies(&["a"]) && both.policy().denies(&["b"]));
        assert_eq!(Options::new().debug_derive(), "Redacted");
    }
}
