//! How a field stands for what may be absent, null, or empty.

use super::types::Ty;
use crate::model::{Member, Object, Type};

/// How a field stands for what may be absent, null, or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It is there.
    Required,
    /// It is there and may be null: serde alone would let it be absent.
    RequiredNullable,
    /// `None` when it is absent.
    Optional,
    /// `None` when it is absent, and not when it is null.
    OptionalNullable,
    /// `None` when it is absent, and when it is the `{}` that Kratos writes there, which is no value of it.
    OptionalUnlessEmpty,
}

impl Form {
    /// The form of a member of type `ty`.
    pub(crate) fn of(member: &Member<'_>, ty: &Ty) -> Self {
        let is_never_empty =
            |object: &Object<'_>| object.members.iter().any(|member| member.required);
        match (member.required, ty, &member.value) {
            (true, Ty::Option(_), _) => Self::RequiredNullable,
            (true, ..) => Self::Required,
            (false, Ty::Option(_) | Ty::JsonValue, _) => Self::OptionalNullable,
            (false, _, Type::Object(object)) if is_never_empty(object) => Self::OptionalUnlessEmpty,
            (false, ..) => Self::Optional,
        }
    }

    /// What serde has to know about a field that may be absent, null, or empty.
    pub(crate) fn attributes(self, runtime: &str) -> Vec<String> {
        let reads = |helper| format!("deserialize_with = \"{runtime}::__private::{helper}\"");
        let skip = String::from("skip_serializing_if = \"::std::option::Option::is_none\"");
        let default = String::from("default");
        match self {
            Self::Required => Vec::new(),
            Self::RequiredNullable => vec![reads("required")],
            Self::Optional => vec![skip],
            Self::OptionalNullable => vec![default, reads("present"), skip],
            Self::OptionalUnlessEmpty => vec![default, reads("unless_empty"), skip],
        }
    }
}
