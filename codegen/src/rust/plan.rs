//! What is to be written, with its names and types: what the planner hands to the writers.

use super::form::Form;
use super::kind::Kind;
use super::types::Ty;
use crate::model::{Docs, Roles};
use crate::schema::{Credential, Spot};

/// What is to be written.
#[derive(Debug)]
pub(crate) struct Plan<'s> {
    /// The structs and enums, the traits first.
    pub(crate) items: Vec<Item<'s>>,
    /// The rows of the table, an object before its members.
    pub(crate) rows: Vec<Row<'s>>,
    /// The structs whose members have rows, the traits first.
    pub(crate) objects: Vec<String>,
    /// The names of all types, those that derives make among them.
    pub(crate) types: Vec<String>,
    /// The paths of which something can be set.
    pub(crate) paths: Vec<Vec<&'s str>>,
}

/// A struct or an enum.
#[derive(Debug)]
pub(crate) struct Item<'s> {
    pub(crate) name: String,
    pub(crate) docs: Docs<'s>,
    /// The trait it belongs to, for the doc comment when the schema says nothing.
    pub(crate) path: Vec<&'s str>,
    pub(crate) spot: Spot,
    pub(crate) subject: Subject,
    /// What the settings put on it.
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
    /// What is in an array or a map.
    Inner,
}

/// What is between the braces.
#[derive(Debug)]
pub(crate) enum Body<'s> {
    Struct {
        fields: Vec<Field<'s>>,
        /// The field for the members that the schema does not name; `None` in a closed object.
        additional: Option<(String, Ty)>,
    },
    Enum(Vec<(String, &'s str)>),
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field<'s> {
    pub(crate) name: String,
    pub(crate) key: &'s str,
    pub(crate) docs: Docs<'s>,
    pub(crate) roles: Roles<'s>,
    /// With its `Option`, if it has one.
    pub(crate) ty: Ty,
    pub(crate) form: Form,
    /// What the settings put on it.
    pub(crate) attributes: Vec<String>,
}

/// A row of the table: a trait that has a path.
#[derive(Debug)]
pub(crate) struct Row<'s> {
    pub(crate) path: Vec<&'s str>,
    /// The name of the field, the last of the path.
    pub(crate) field: String,
    /// Where it is declared.
    pub(crate) spot: Spot,
    pub(crate) required: bool,
    /// Null is a value of it; of an identifier, one that Kratos makes an identifier of.
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
    /// Without the `Option` of an optional member.
    pub(crate) ty: Ty,
    pub(crate) roles: Roles<'s>,
    /// The credentials for which no trait outside of this one is an identifier.
    pub(crate) only: Vec<Credential>,
    /// The settings deny it to updaters.
    pub(crate) denied: bool,
}
