//! What is to be written, with its names and types: what the planner hands to the writers.

use std::ops::Range;

use super::form::Form;
use super::kind::Kind;
use super::permit::Permit;
use super::types::Ty;
use crate::model::Docs;
use crate::schema::{Place, Role};

/// What is to be written.
#[derive(Debug)]
pub(crate) struct Plan<'s> {
    pub(crate) items: Vec<Item<'s>>,
    /// The facts of all traits, an object before its members.
    pub(crate) entries: Vec<Entry<'s>>,
    /// The objects with a table of facts, the traits first.
    pub(crate) tables: Vec<Table>,
    /// The paths of which something can be set.
    pub(crate) paths: Vec<Vec<&'s str>>,
}

/// An object and the facts of what is in it: a run of the entries.
#[derive(Debug)]
pub(crate) struct Table {
    /// The struct.
    pub(crate) ty: String,
    pub(crate) entries: Range<usize>,
    /// How many names of a path lead to the object.
    pub(crate) depth: usize,
}

/// A struct or an enum.
#[derive(Debug)]
pub(crate) struct Item<'s> {
    pub(crate) name: String,
    pub(crate) docs: Docs<'s>,
    /// The trait it belongs to, for the doc comment when the schema says nothing.
    pub(crate) path: Vec<&'s str>,
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
    pub(crate) roles: Vec<Role>,
    /// With its `Option`, if it has one.
    pub(crate) ty: Ty,
    pub(crate) form: Form,
    /// What the settings put on it.
    pub(crate) attributes: Vec<String>,
}

/// A row of the table of facts.
#[derive(Debug)]
pub(crate) struct Entry<'s> {
    pub(crate) path: Vec<&'s str>,
    /// The name of the field, the last of the path.
    pub(crate) field: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) roles: Vec<Role>,
    pub(crate) kind: Kind,
    /// Without the `Option` of what may be absent.
    pub(crate) ty: Ty,
    /// Kratos would make an identifier of null.
    pub(crate) nullable_identifier: bool,
    /// What an updater may do with it.
    pub(crate) permit: Permit,
}
