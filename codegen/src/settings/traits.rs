//! The settings of one trait.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::policy::TraitPath;
use super::problems::Problems;
use super::spanned::Spanned;
use super::syntax::Syntax;
use super::{Options, both};

/// The settings of one trait.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "toml",
    derive(serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct TraitSettings {
    /// The name of the field.
    rename: Option<Spanned<String>>,
    /// The name of the struct or enum; the names of types inside of it start with this name too.
    rename_type: Option<Spanned<String>>,
    /// The names of variants, by their values.
    rename_value: BTreeMap<String, Spanned<String>>,
    /// The Rust type to use.
    #[cfg_attr(feature = "toml", serde(rename = "type"))]
    ty: Option<Spanned<String>>,
    /// Paths of traits to derive on the struct or enum.
    derives: Vec<Spanned<String>>,
    /// Attributes of the struct or enum, such as `non_exhaustive`.
    type_attributes: Vec<Spanned<String>>,
    /// Attributes of the field, such as `deprecated`.
    field_attributes: Vec<Spanned<String>>,
}

/// The builder: settings of single traits.
impl Options {
    /// The name of the field for the trait at this path.
    #[must_use]
    pub fn rename(mut self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.at("rename", path).rename = Some(Spanned::call("rename", name));
        self
    }

    /// The name of the struct or enum for the trait at this path; the names of types inside of it start with this name too.
    #[must_use]
    pub fn rename_type(mut self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.at("rename_type", path).rename_type = Some(Spanned::call("rename_type", name));
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
        let names = &mut self.at("rename_value", path).rename_value;
        names.insert(value.into(), Spanned::call("rename_value", name));
        self
    }

    /// The Rust type of the trait at this path, under the same conditions as [`format_type`](Self::format_type).
    #[must_use]
    pub fn trait_type(mut self, path: impl AsRef<str>, ty: impl Into<String>) -> Self {
        self.at("trait_type", path).ty = Some(Spanned::call("trait_type", ty));
        self
    }

    /// Derives this too on the struct or enum for the trait at this path.
    #[must_use]
    pub fn derive_on(mut self, path: impl AsRef<str>, derive: impl Into<String>) -> Self {
        let derive = Spanned::call("derive_on", derive);
        self.at("derive_on", path).derives.push(derive);
        self
    }

    /// Puts an attribute, such as `non_exhaustive`, on the struct or enum for the trait at this path.
    #[must_use]
    pub fn type_attribute(mut self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        let attribute = Spanned::call("type_attribute", attribute);
        let attributes = &mut self.at("type_attribute", path).type_attributes;
        attributes.push(attribute);
        self
    }

    /// Puts an attribute, such as `deprecated`, on the field for the trait at this path.
    #[must_use]
    pub fn field_attribute(mut self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        let attribute = Spanned::call("field_attribute", attribute);
        let attributes = &mut self.at("field_attribute", path).field_attributes;
        attributes.push(attribute);
        self
    }

    fn at(&mut self, method: &'static str, path: impl AsRef<str>) -> &mut TraitSettings {
        let path = Spanned::call(method, TraitPath::from(path.as_ref()));
        self.traits.entry(path).or_default()
    }
}

/// Combining and checking: a new setting has a line in each.
impl TraitSettings {
    /// These settings and those of `wider`; where both set one thing, these win.
    pub(super) fn or(self, wider: Self) -> Self {
        Self {
            rename: self.rename.or(wider.rename),
            rename_type: self.rename_type.or(wider.rename_type),
            rename_value: both(wider.rename_value, self.rename_value),
            ty: self.ty.or(wider.ty),
            derives: both(self.derives, wider.derives),
            type_attributes: both(self.type_attributes, wider.type_attributes),
            field_attributes: both(self.field_attributes, wider.field_attributes),
        }
    }

    pub(super) fn check(&self, problems: &mut Problems<'_>) {
        problems.check(Syntax::Field, &self.rename);
        problems.check(Syntax::TypeName, &self.rename_type);
        problems.check(Syntax::Variant, self.rename_value.values());
        problems.check(Syntax::Type, &self.ty);
        problems.check(Syntax::Derive, &self.derives);
        problems.check(Syntax::Attribute, &self.type_attributes);
        problems.check(Syntax::Attribute, &self.field_attributes);
    }
}

/// What the generator reads.
impl TraitSettings {
    /// The settings of a trait that has none.
    pub(super) fn none() -> &'static Self {
        static NONE: LazyLock<TraitSettings> = LazyLock::new(TraitSettings::default);
        &NONE
    }

    /// The name of the field.
    pub(crate) fn field(&self) -> Option<&str> {
        self.rename.as_ref().map(|name| &*name.value)
    }

    /// The name of the struct or enum.
    pub(crate) fn type_name(&self) -> Option<&str> {
        self.rename_type.as_ref().map(|name| &*name.value)
    }

    /// Whether something is set that only a struct or enum can have.
    pub(crate) fn is_of_a_type(&self) -> bool {
        self.rename_type.is_some()
            || !self.rename_value.is_empty()
            || !self.derives.is_empty()
            || !self.type_attributes.is_empty()
    }

    /// The name of the variant for `value`.
    pub(crate) fn variant(&self, value: &str) -> Option<&str> {
        self.rename_value.get(value).map(|name| &*name.value)
    }

    /// The values whose variants have a name set.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.rename_value.keys().map(String::as_str)
    }

    /// The type to use instead.
    pub(crate) fn ty(&self) -> Option<&str> {
        self.ty.as_ref().map(|ty| &*ty.value)
    }

    pub(crate) fn derives(&self) -> impl Iterator<Item = &str> {
        self.derives.iter().map(|path| &*path.value)
    }

    pub(crate) fn type_attributes(&self) -> Vec<String> {
        values(&self.type_attributes)
    }

    pub(crate) fn field_attributes(&self) -> Vec<String> {
        values(&self.field_attributes)
    }

    /// Whether the type gets the attribute `deprecated`. A false positive does no harm.
    pub(crate) fn is_deprecated(&self) -> bool {
        deprecates(&self.type_attributes)
    }

    /// Whether the type or the field gets the attribute `deprecated`.
    pub(super) fn has_deprecation(&self) -> bool {
        self.is_deprecated() || deprecates(&self.field_attributes)
    }
}

fn deprecates(attributes: &[Spanned<String>]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| attribute.value.contains("deprecated"))
}

fn values(spanned: &[Spanned<String>]) -> Vec<String> {
    spanned.iter().map(|one| one.value.clone()).collect()
}
