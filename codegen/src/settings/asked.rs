//! What the settings say, for those who write the code.

use std::path::{Path, PathBuf};

use super::options::Options;
use super::policy::{Policy, TraitPath};
use super::traits::TraitSettings;
use super::visibility::Visibility;

impl Options {
    /// Is a type or a field made deprecated? Then the emitted code that names it has to allow that.
    pub(crate) fn has_deprecation(&self) -> bool {
        self.traits.values().any(TraitSettings::has_deprecation)
    }

    /// The derive for `Debug`.
    pub(crate) fn debug_derive(&self) -> &'static str {
        match &self.debug {
            Some(said) if said.text == "values" => "Debug",
            _ => "Redacted",
        }
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
}
