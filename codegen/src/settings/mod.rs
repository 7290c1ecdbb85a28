//! What can be set of the emitted code: one model behind the build script, the file `kratos-traits.toml` and the command line.
//!
//! Whatever becomes Rust is checked here before anything is written, and everything that is wrong is said at once.

#[cfg(feature = "toml")]
mod file;
mod origin;
mod policy;
mod syntax;
mod traits;
mod visibility;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::problem::{Problem, Warning};
use crate::schema::{hint, nearest};

#[cfg(feature = "toml")]
pub(crate) use file::File;
#[cfg(feature = "cli")]
pub use file::settings_schema;
pub(crate) use origin::{Door, Origin, Said};
pub(crate) use policy::{Policy, TraitPath, written};
pub(crate) use syntax::standard_derive;
pub(crate) use traits::{ITEMS, TraitSettings};
pub(crate) use visibility::Visibility;

/// Settings of the emitted code for one schema.
///
/// A trait is named by its path: `name.first`; a dot inside a name is `\.`. What is in an array or a map is `[]`: `addresses.[].street`.
/// The empty path is the traits object itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    runtime_path: Option<Said>,
    visibility: Option<Said>,
    module: Option<Said>,
    formats: BTreeMap<String, Said>,
    derives: Vec<Said>,
    traits: BTreeMap<TraitPath, TraitSettings>,
    policy: Policy,
    denied_warnings: Vec<Said>,
    refs: BTreeMap<String, PathBuf>,
    /// How a configuration of Kratos names the schema.
    schema_id: Option<String>,
    door: Door,
}

impl Options {
    /// The settings that suit a crate that depends on `kratos-traits` under its own name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the emitted code finds the crate `kratos-traits`, for a crate that renames or re-exports it. `::kratos_traits` if not set.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.runtime_path = Some(Said::by("runtime_path", path));
        self
    }

    /// The visibility of everything that is emitted: `pub` (if not set), `pub(crate)`, `pub(super)`, `pub(in PATH)` or `private`.
    #[must_use]
    pub fn visibility(mut self, visibility: impl Into<String>) -> Self {
        self.visibility = Some(Said::by("visibility", visibility));
        self
    }

    /// Puts everything into a module of this name.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(Said::by("module", name));
        self
    }

    /// The Rust type of strings with this format, such as `::jiff::civil::Date` for `date`. It has to be `Clone`, `PartialEq`,
    /// `Serialize` and `Deserialize`, and to be written as the schema wants it.
    #[must_use]
    pub fn format_type(mut self, format: impl Into<String>, ty: impl Into<String>) -> Self {
        self.formats
            .insert(format.into(), Said::by("format_type", ty));
        self
    }

    /// Derives this too on every struct and enum.
    #[must_use]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.derives.push(Said::by("derive", path));
        self
    }

    /// The name of the field for the trait at this path.
    #[must_use]
    pub fn rename(mut self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.at("rename", path).rename = Some(Said::by("rename", name));
        self
    }

    /// The name of the struct or enum for the trait at this path; the types inside it begin with this name too.
    #[must_use]
    pub fn rename_type(mut self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.at("rename_type", path).rename_type = Some(Said::by("rename_type", name));
        self
    }

    /// The name of the variant for a value of the trait at this path.
    #[must_use]
    pub fn rename_value(
        mut self,
        path: impl AsRef<str>,
        value: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        let values = &mut self.at("rename_value", path).rename_values;
        values.insert(value.into(), Said::by("rename_value", name));
        self
    }

    /// The Rust type of the trait at this path, under the same conditions as [`format_type`](Self::format_type).
    #[must_use]
    pub fn trait_type(mut self, path: impl AsRef<str>, ty: impl Into<String>) -> Self {
        self.at("trait_type", path).ty = Some(Said::by("trait_type", ty));
        self
    }

    /// Derives this too on the struct or enum for the trait at this path.
    #[must_use]
    pub fn derive_on(mut self, path: impl AsRef<str>, derive: impl Into<String>) -> Self {
        self.at("derive_on", path)
            .derives
            .push(Said::by("derive_on", derive));
        self
    }

    /// Puts an attribute, such as `non_exhaustive`, on the struct or enum for the trait at this path.
    #[must_use]
    pub fn type_attribute(mut self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        self.at("type_attribute", path)
            .type_attributes
            .push(Said::by("type_attribute", attribute));
        self
    }

    /// Puts an attribute, such as `deprecated`, on the field for the trait at this path.
    #[must_use]
    pub fn field_attribute(mut self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        self.at("field_attribute", path)
            .field_attributes
            .push(Said::by("field_attribute", attribute));
        self
    }

    /// No updater may change the trait at this path, nor an object as a whole that holds it.
    #[must_use]
    pub fn deny(mut self, path: impl AsRef<str>) -> Self {
        self.policy.deny(&Said::by("deny", path.as_ref()));
        self
    }

    /// Updaters may change the trait at this path and what it holds, and otherwise only what is allowed the same way.
    #[must_use]
    pub fn allow(mut self, path: impl AsRef<str>) -> Self {
        self.policy.allow(&Said::by("allow", path.as_ref()));
        self
    }

    /// Makes an error of the warning with this name, such as `nullable-identifier`.
    #[must_use]
    pub fn deny_warning(mut self, name: impl Into<String>) -> Self {
        self.denied_warnings.push(Said::by("deny_warning", name));
        self
    }

    /// Reads the file at `path` where a `$ref` leads to `url`: nothing is fetched.
    #[must_use]
    pub fn map_ref(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.refs.entry(url.into()).or_insert_with(|| path.into());
        self
    }

    fn at(&mut self, method: &'static str, path: impl AsRef<str>) -> &mut TraitSettings {
        let settings = self.traits.entry(policy::read(path.as_ref())).or_default();
        if settings.origin == Origin::Unsaid {
            settings.origin = Origin::Method(method);
        }
        settings
    }

    /// Settings that are flags of the command `kratos-traits`: what is wrong with them is said of the flags.
    #[doc(hidden)]
    #[must_use]
    pub fn of_command(mut self) -> Self {
        self.door = Door::Command;
        self
    }

    /// What is set here, and what `wider` sets besides.
    #[cfg(any(feature = "toml", feature = "kratos-config"))]
    pub(crate) fn or(mut self, wider: &Self) -> Self {
        let one = |mine: Option<Said>, theirs: &Option<Said>| mine.or_else(|| theirs.clone());
        self.runtime_path = one(self.runtime_path, &wider.runtime_path);
        self.visibility = one(self.visibility, &wider.visibility);
        self.module = one(self.module, &wider.module);
        for (format, ty) in &wider.formats {
            let slot = self.formats.entry(format.clone());
            slot.or_insert_with(|| ty.clone());
        }
        self.derives.extend(wider.derives.iter().cloned());
        for (path, theirs) in &wider.traits {
            let mine = self.traits.remove(path).unwrap_or_default();
            self.traits.insert(path.clone(), mine.or(theirs));
        }
        self.policy.extend(&wider.policy);
        self.denied_warnings
            .extend(wider.denied_warnings.iter().cloned());
        for (url, path) in &wider.refs {
            let slot = self.refs.entry(url.clone());
            slot.or_insert_with(|| path.clone());
        }
        self
    }

    /// Everything that is set and cannot become Rust.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let door = self.door;
        let mut problems = Vec::new();
        let mut check = |said: &Said, is: fn(&str) -> bool, what: &str, such: &str| {
            if !is(&said.text) {
                let message = format!("{what} {:?} is not {such}", said.text);
                problems.push(said.origin.problem(door, message));
            }
        };
        if let Some(said) = &self.runtime_path {
            let such = "a Rust path; write one such as `::kratos_traits`";
            check(said, syntax::is_path, "the runtime path", such);
        }
        if let Some(said) = &self.visibility {
            let such =
                "one; write `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`";
            let is = |text: &str| Visibility::read(text).is_some();
            check(said, is, "the visibility", such);
        }
        if let Some(said) = &self.module {
            let such = "a Rust name; write one such as `customer`";
            check(said, syntax::is_field, "the module", such);
        }
        for said in self.formats.values() {
            check(said, syntax::is_type, "the type", traits::A_TYPE);
        }
        for said in &self.derives {
            check(said, syntax::is_path, "the derive", traits::A_DERIVE);
            let such = traits::A_FREE_DERIVE;
            check(said, syntax::is_free_derive, "the derive", such);
        }
        for settings in self.traits.values() {
            settings.check(&mut check);
        }
        let known = Warning::names();
        for said in &self.denied_warnings {
            if !known.contains(&&*said.text) {
                let hint = hint(&said.text, &known);
                let message = format!("there is no warning {:?} to deny{hint}", said.text);
                problems.push(said.origin.problem(door, message));
            }
        }
        problems
    }

    /// These settings of a build script, with the files of [`map_ref`](Self::map_ref) seen from `folder`.
    pub(crate) fn seen_from(mut self, folder: &Path) -> Self {
        if self.door == Door::Library {
            self.door = Door::BuildScript;
        }
        for path in self.refs.values_mut() {
            *path = folder.join(&*path);
        }
        self
    }

    /// These settings for the schema with this id, which is already in the module that they ask for.
    #[cfg(feature = "kratos-config")]
    pub(crate) fn inside(&self, schema_id: &str) -> Self {
        Self {
            module: None,
            schema_id: Some(schema_id.to_owned()),
            ..self.clone()
        }
    }

    /// Is a type made deprecated? Then the emitted code that names it has to allow that.
    pub(crate) fn has_deprecated_type(&self) -> bool {
        self.traits.values().any(TraitSettings::is_deprecated)
    }

    pub(crate) fn is_denied(&self, warning: &str) -> bool {
        self.denied_warnings.iter().any(|said| said.text == warning)
    }

    /// The file that stands for a URL.
    pub(crate) fn mapped_ref(&self, url: &str) -> Option<&Path> {
        self.refs.get(url).map(PathBuf::as_path)
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Asked after [`problems`](Self::problems) only, as the rest of these.
    pub(crate) fn runtime(&self) -> &str {
        let said = self.runtime_path.as_ref();
        said.map_or("::kratos_traits", |said| &said.text)
    }

    pub(crate) fn visible(&self) -> Visibility {
        let said = self.visibility.as_ref();
        said.and_then(|said| Visibility::read(&said.text))
            .unwrap_or_default()
    }

    pub(crate) fn module_name(&self) -> Option<&str> {
        self.module.as_ref().map(|said| &*said.text)
    }

    pub(crate) fn schema_id(&self) -> Option<&str> {
        self.schema_id.as_deref()
    }

    pub(crate) fn type_of_format(&self, format: Option<&str>) -> Option<&str> {
        self.formats.get(format?).map(|said| &*said.text)
    }

    pub(crate) fn derives(&self) -> impl Iterator<Item = &str> {
        self.derives.iter().map(|said| &*said.text)
    }

    /// What is set for the trait at this path.
    pub(crate) fn of_trait(&self, path: &[&str]) -> &TraitSettings {
        if self.traits.is_empty() {
            return TraitSettings::none();
        }
        let path: TraitPath = path.iter().map(|name| String::from(*name)).collect();
        self.traits.get(&path).unwrap_or(TraitSettings::none())
    }

    /// What is set where nothing is, of `known`, and the policy for what is none of the `traits`.
    pub(crate) fn strangers(&self, known: &[Vec<&str>], traits: &[Vec<&str>]) -> Vec<Problem> {
        let set = self.traits.iter();
        let set = set.map(|(path, settings)| (path, &settings.origin));
        let mut problems = self.of_strangers("something is set for", set, known);
        let denied = self.policy.denied();
        problems.extend(self.of_strangers("updates are denied for", denied, traits));
        let allowed = self.policy.allowed();
        problems.extend(self.of_strangers("updates are allowed for", allowed, traits));
        problems
    }

    fn of_strangers<'o>(
        &self,
        what: &str,
        paths: impl Iterator<Item = (&'o TraitPath, &'o Origin)>,
        known: &[Vec<&str>],
    ) -> Vec<Problem> {
        let is_known = |path: &TraitPath| known.iter().any(|one| path.iter().eq(one.iter()));
        let strangers = paths.filter(|(path, _)| !is_known(path));
        let problems = strangers.map(|(path, origin)| {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let path = written(&path);
            let names = known.iter().filter(|one| !one.is_empty());
            let names: Vec<String> = names.map(|one| written(one)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let hint = nearest(&path, &names).map_or_else(
                || "; write the path of one, such as `name.first`".into(),
                |name| format!("; did you mean `{name}`?"),
            );
            let message = format!("{what} `{path}`, but no trait is there{hint}");
            origin.problem(self.door, message)
        });
        problems.collect()
    }
}
