//! How a field stands for what may be absent, null, or empty.

use super::types::Ty;
use crate::model::{Member, Object, Plain, Type};

/// How a field stands for what may be absent, null, or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It is there, if only as null.
    Required,
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
            (true, ..) => Self::Required,
            (false, Ty::Option(_) | Ty::JsonValue, _) | (false, _, Type::Plain(Plain::Any)) => {
                Self::OptionalNullable
            }
            (false, _, Type::Object(object)) if is_never_empty(object) => Self::OptionalUnlessEmpty,
            (false, ..) => Self::Optional,
        }
    }

    /// The word for it in the table of members, for the macro of the runtime.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::OptionalNullable => "nullable",
            Self::OptionalUnlessEmpty => "unless_empty",
        }
    }
}
