//! The table of settings: their keys in the settings file, the methods of the builder, and the values that they take.

use super::syntax::Syntax;

/// The values that a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    One,
    List,
    /// A table of strings.
    Table,
}

/// Whether a setting is one of a schema or one of a single trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Schema,
    Trait,
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $setting:ident = $scope:ident $key:literal, $method:literal, $takes:ident of $syntax:ident;)*) => {
        /// A setting.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Setting {
            $($(#[doc = $doc])+ $setting,)*
        }

        #[cfg_attr(not(feature = "toml"), expect(dead_code, reason = "no settings file is read"))]
        impl Setting {
            pub(super) const ALL: &[Self] = &[$(Self::$setting),*];

            pub(super) const fn scope(self) -> Scope {
                match self { $(Self::$setting => Scope::$scope,)* }
            }

            /// Its key in the settings file.
            pub(super) const fn key(self) -> &'static str {
                match self { $(Self::$setting => $key,)* }
            }

            /// Its description in the JSON Schema of the settings file.
            #[cfg(feature = "cli")]
            pub(super) const fn description(self) -> &'static str {
                match self { $(Self::$setting => concat!($($doc),+).trim_ascii(),)* }
            }
        }

        impl Setting {
            /// The method of [`Options`](super::Options) that sets it; the flag of the command has the same name.
            pub(super) const fn method(self) -> &'static str {
                match self { $(Self::$setting => $method,)* }
            }

            pub(super) const fn takes(self) -> Takes {
                match self { $(Self::$setting => Takes::$takes,)* }
            }

            /// What its values have to be.
            pub(super) const fn syntax(self) -> Syntax {
                match self { $(Self::$setting => Syntax::$syntax,)* }
            }
        }
    };
}

settings! {
    /// The Rust path of the crate `kratos-traits` in the generated code; `::kratos_traits` if not set.
    RuntimePath = Schema "runtime_path", "runtime_path", One of RuntimePath;
    /// The visibility of all generated items: `pub` (if not set), `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
    Visibility = Schema "visibility", "visibility", One of Visibility;
    /// The module that contains all generated items; none if not set.
    Module = Schema "module", "module", One of Module;
    /// What `Debug` of the generated types shows: `redacted` (if not set) no values, which are personal data; `values` all, for tests.
    Debug = Schema "debug", "debug", One of Debug;
    /// Paths of traits to derive on every struct and enum.
    Derives = Schema "derives", "derive", List of Derive;
    /// The Rust types of strings, by their `format`.
    Formats = Schema "formats", "format_type", Table of Type;
    /// The files to read where a `$ref` leads to a URL, by the URL; paths are relative to the folder of the settings file.
    Refs = Schema "refs", "map_ref", Table of Path;
    /// The folders to read instead of those that the `file://` paths of a Kratos configuration name, which are usually those of a container.
    PathMap = Schema "path_map", "path_map", Table of Path;
    /// The names of warnings that are not reported; of `allow_warnings` and `deny_warnings`, the more specific setting wins.
    AllowWarnings = Schema "allow_warnings", "allow_warning", List of Warning;
    /// The names of warnings that are errors, such as `nullable-identifier`.
    DenyWarnings = Schema "deny_warnings", "deny_warning", List of Warning;
    /// Paths of traits that no updater may change.
    Deny = Schema "deny", "deny", List of Path;
    /// Paths of the only traits that updaters may change.
    Allow = Schema "allow", "allow", List of Path;
    /// The name of the field.
    Rename = Trait "rename", "rename", One of Field;
    /// The name of the struct or enum; the names of types inside of it start with this name too.
    RenameType = Trait "rename_type", "rename_type", One of TypeName;
    /// The names of variants, by their values.
    RenameValue = Trait "rename_value", "rename_value", Table of Variant;
    /// The Rust type to use.
    Type = Trait "type", "trait_type", One of Type;
    /// Paths of traits to derive on the struct or enum.
    TypeDerives = Trait "derives", "derive_on", List of Derive;
    /// Attributes of the struct or enum, such as `non_exhaustive`.
    TypeAttributes = Trait "type_attributes", "type_attribute", List of Attribute;
    /// Attributes of the field, such as `deprecated`.
    FieldAttributes = Trait "field_attributes", "field_attribute", List of Attribute;
}
