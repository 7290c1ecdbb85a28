//! How a field stands for a member that may be absent, null, or empty.

use super::types::Ty;
use crate::model::{Member, Object, Plain, Type};

/// How a field stands for a member that may be absent, null, or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It is always there.
    Required,
    /// It is always there, and `None` when it is null.
    RequiredNullable,
    /// `None` when it is absent.
    Optional,
    /// `None` when it is absent, but not when it is null.
    OptionalNullable,
    /// `None` if it is absent or `{}`: Kratos writes `{}` for an absent object, and this object requires a member.
    OptionalUnlessEmpty,
}

impl Form {
    /// The form of a member whose present value has the type `ty`.
    pub(crate) fn of(member: &Member<'_>, ty: &Ty) -> Self {
        let is_never_empty =
            |object: &Object<'_>| object.members.iter().any(|member| member.required);
        match (member.required, ty, &member.value) {
            (true, Ty::Option(_), _) => Self::RequiredNullable,
            (true, ..) => Self::Required,
            (false, Ty::Option(_) | Ty::JsonValue, _) | (false, _, Type::Plain(Plain::Any)) => {
                Self::OptionalNullable
            }
            (false, _, Type::Object(object)) if is_never_empty(object) => Self::OptionalUnlessEmpty,
            (false, ..) => Self::Optional,
        }
    }

    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }

    /// What serde's derive is told, in parts that fit into one attribute each; nothing where a plain field is right.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Required => &[],
            Self::RequiredNullable => &["deserialize_with = \"read::nullable\""],
            Self::Optional => &["default, skip_serializing_if = \"Option::is_none\""],
            Self::OptionalNullable => &[
                "default, deserialize_with = \"read::present\"",
                "skip_serializing_if = \"Option::is_none\"",
            ],
            Self::OptionalUnlessEmpty => &[
                "default, deserialize_with = \"read::unless_empty\"",
                "skip_serializing_if = \"Option::is_none\"",
            ],
        }
    }
}
