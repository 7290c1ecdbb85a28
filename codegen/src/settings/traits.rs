//! What can be set for one trait.

use std::collections::BTreeMap;

use super::syntax;
#[cfg(any(feature = "toml", feature = "kratos-config"))]
use super::wider;
use super::{Origin, Said};

/// How a path names what is in an array or a map.
pub(crate) const ITEMS: &str = "[]";

pub(super) const A_TYPE: &str = "the path of a Rust type; write one such as `::jiff::civil::Date`";
pub(super) const A_DERIVE: &str = "the path of a derive; write one such as `::std::cmp::Eq`";
const AN_ATTRIBUTE: &str = "the inside of one Rust attribute; write one such as `non_exhaustive`";
/// What [`syntax::is_free_derive`] refuses.
pub(super) const A_FREE_DERIVE: &str = "one to add: every type has `Serialize`, `Deserialize`, and a `Debug` that shows no personal data";
const A_FIELD: &str = "a name for a field; write small ASCII letters, digits and `_`, such as `given_name`, and no keyword";
const A_TYPE_NAME: &str = "a name for a type or variant; write ASCII letters and digits that begin with a capital, such as `HomeAddress`";

const A_FREE_TYPE_NAME: &str =
    "free: the emitted code uses it for something else; write one such as `HomeAddress`";

/// The settings of one trait.
#[derive(Clone, Debug, Default)]
pub(crate) struct TraitSettings {
    pub(super) origin: Origin,
    pub(super) rename: Option<Said>,
    pub(super) rename_type: Option<Said>,
    pub(super) rename_values: BTreeMap<String, Said>,
    pub(super) ty: Option<Said>,
    pub(super) derives: Vec<Said>,
    pub(super) type_attributes: Vec<Said>,
    pub(super) field_attributes: Vec<Said>,
}

static NONE: TraitSettings = TraitSettings {
    origin: Origin::Unsaid,
    rename: None,
    rename_type: None,
    rename_values: BTreeMap::new(),
    ty: None,
    derives: Vec::new(),
    type_attributes: Vec::new(),
    field_attributes: Vec::new(),
};

impl TraitSettings {
    /// Nothing is set.
    pub(crate) fn none() -> &'static Self {
        &NONE
    }

    /// The name of the field.
    pub(crate) fn field(&self) -> Option<&str> {
        self.rename.as_ref().map(|said| &*said.text)
    }

    /// The name of the struct or enum.
    pub(crate) fn type_name(&self) -> Option<&str> {
        self.rename_type.as_ref().map(|said| &*said.text)
    }

    /// Is something set for a struct or enum of its own?
    pub(crate) fn is_of_a_type(&self) -> bool {
        self.rename_type.is_some()
            || !self.rename_values.is_empty()
            || !self.derives.is_empty()
            || !self.type_attributes.is_empty()
    }

    /// The name of the variant for `value`.
    pub(crate) fn variant(&self, value: &str) -> Option<&str> {
        self.rename_values.get(value).map(|said| &*said.text)
    }

    /// The values whose variants have a name set.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.rename_values.keys().map(String::as_str)
    }

    /// The type to use instead.
    pub(crate) fn ty(&self) -> Option<&str> {
        self.ty.as_ref().map(|said| &*said.text)
    }

    pub(crate) fn derives(&self) -> impl Iterator<Item = &str> {
        self.derives.iter().map(|said| &*said.text)
    }

    pub(crate) fn type_attributes(&self) -> Vec<String> {
        texts(&self.type_attributes)
    }

    /// Does an attribute make the type deprecated? A little too often is no harm.
    pub(crate) fn is_deprecated(&self) -> bool {
        let mut attributes = self.type_attributes.iter();
        attributes.any(|said| said.text.contains("deprecated"))
    }

    /// As [`is_deprecated`](Self::is_deprecated), or the field.
    pub(super) fn has_deprecation(&self) -> bool {
        let mut attributes = self.field_attributes.iter();
        self.is_deprecated() || attributes.any(|said| said.text.contains("deprecated"))
    }

    pub(crate) fn field_attributes(&self) -> Vec<String> {
        texts(&self.field_attributes)
    }

    /// What is set here, and what `wider` sets besides.
    #[cfg(any(feature = "toml", feature = "kratos-config"))]
    pub(super) fn or(mut self, wider: &Self) -> Self {
        wider::one(&mut self.rename, &wider.rename);
        wider::one(&mut self.rename_type, &wider.rename_type);
        wider::one(&mut self.ty, &wider.ty);
        wider::each(&mut self.rename_values, &wider.rename_values);
        wider::all(&mut self.derives, &wider.derives);
        wider::all(&mut self.type_attributes, &wider.type_attributes);
        wider::all(&mut self.field_attributes, &wider.field_attributes);
        if self.origin == Origin::Unsaid {
            self.origin = wider.origin.clone();
        }
        self
    }

    pub(super) fn check(&self, check: &mut impl FnMut(&Said, fn(&str) -> bool, &str, &str)) {
        if let Some(said) = &self.rename {
            check(said, syntax::is_field, "the name", A_FIELD);
        }
        if let Some(said) = &self.rename_type {
            let is_free = |name: &str| !crate::rust::is_reserved_type(name);
            check(said, is_free, "the name", A_FREE_TYPE_NAME);
        }
        for said in self.rename_type.iter().chain(self.rename_values.values()) {
            check(said, syntax::is_type_name, "the name", A_TYPE_NAME);
        }
        if let Some(said) = &self.ty {
            check(said, syntax::is_type, "the type", A_TYPE);
        }
        for said in &self.derives {
            check(said, syntax::is_path, "the derive", A_DERIVE);
            check(said, syntax::is_free_derive, "the derive", A_FREE_DERIVE);
        }
        for said in self.type_attributes.iter().chain(&self.field_attributes) {
            check(said, syntax::is_attribute, "the attribute", AN_ATTRIBUTE);
        }
    }
}

fn texts(said: &[Said]) -> Vec<String> {
    said.iter().map(|said| said.text.clone()).collect()
}
