//! What is written, with its names and types.

use super::types::RustType;
use crate::model::{Docs, Member, Object, Plain, Roles, Type};
use crate::schema::{Credential, Spot};

/// What is written.
#[derive(Debug, Default)]
pub(crate) struct Resolved<'s> {
    /// The structs and enums, the traits first.
    pub(crate) items: Vec<Item<'s>>,
    /// The rows of the table, an object before its members.
    pub(crate) rows: Vec<Row<'s>>,
    /// The structs whose members have rows, the traits first.
    pub(crate) objects: Vec<String>,
    /// The names of all types, including those that derives make.
    pub(crate) types: Vec<String>,
    /// The paths for which something can be set.
    pub(crate) paths: Vec<Vec<&'s str>>,
}

/// A struct or an enum.
#[derive(Debug)]
pub(crate) struct Item<'s> {
    pub(crate) name: String,
    pub(crate) docs: Docs<'s>,
    /// The trait it belongs to, for the doc comment if the schema has none.
    pub(crate) path: Vec<&'s str>,
    pub(crate) spot: Spot,
    pub(crate) subject: Subject,
    /// Set by the application.
    pub(crate) derives: Vec<String>,
    pub(crate) attributes: Vec<String>,
    pub(crate) body: Body<'s>,
}

/// What an item is the type of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Traits,
    /// A trait, or a part of one.
    Member,
    /// A value in an array or a map.
    Inner,
}

/// What is between the braces.
#[derive(Debug)]
pub(crate) enum Body<'s> {
    Struct {
        fields: Vec<Field<'s>>,
        /// The field for the members that the schema does not name; `None` in a closed object.
        additional: Option<(String, RustType)>,
    },
    /// The variants, each with its value.
    Enum(Vec<(String, &'s str)>),
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field<'s> {
    pub(crate) name: String,
    pub(crate) key: &'s str,
    pub(crate) docs: Docs<'s>,
    pub(crate) roles: Roles<'s>,
    /// With the `Option` of an optional member.
    pub(crate) ty: RustType,
    pub(crate) presence: Presence,
    /// The type contains the struct that the field is in.
    pub(crate) is_recursive: bool,
    /// Set by the application.
    pub(crate) attributes: Vec<String>,
}

/// How a field represents a member that may be absent, null, or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The member is always present.
    Required,
    /// The member is always present; `None` if it is null.
    RequiredNullable,
    /// `None` if the member is absent.
    Optional,
    /// `None` if the member is absent, but not if it is null.
    OptionalNullable,
    /// `None` if the member is absent or `{}`: Kratos writes `{}` for an absent object, and this object requires a member.
    OptionalUnlessEmpty,
}

impl Presence {
    /// For a member whose present value has the type `ty`.
    pub(crate) fn of(member: &Member<'_>, ty: &RustType) -> Self {
        let is_never_empty =
            |object: &Object<'_>| object.members.iter().any(|member| member.required);
        match (member.required, ty, &member.value) {
            (true, RustType::Option(_), _) => Self::RequiredNullable,
            (true, ..) => Self::Required,
            (false, RustType::Option(_) | RustType::Plain(Plain::Any), _)
            | (false, _, Type::Plain(Plain::Any)) => Self::OptionalNullable,
            (false, _, Type::Object(object)) if is_never_empty(object) => Self::OptionalUnlessEmpty,
            (false, ..) => Self::Optional,
        }
    }

    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// A row of the table: a trait that has a path.
#[derive(Debug)]
pub(crate) struct Row<'s> {
    pub(crate) path: Vec<&'s str>,
    /// The name of the field, the last of the path.
    pub(crate) field: String,
    /// Where the trait is declared.
    pub(crate) spot: Spot,
    pub(crate) required: bool,
    /// Null is valid. For an identifier: and Kratos makes an identifier of it.
    pub(crate) nullable: bool,
    /// The table's word for what can be inside.
    pub(crate) kind: &'static str,
    /// Without the `Option` of an optional member.
    pub(crate) ty: RustType,
    pub(crate) roles: Roles<'s>,
    /// The credentials for which no trait outside of this one is an identifier.
    pub(crate) only: Vec<Credential>,
    /// The settings deny it to updaters.
    pub(crate) denied: bool,
}
