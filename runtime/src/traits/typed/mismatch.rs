//! Why and where a document does not fit a type, without the values of the document.

use std::fmt;

use serde::de::{self, Unexpected};
use serde_json::json;

use crate::json::path::TraitPath;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::{TraitFacts, is_trait};

/// A value that the Rust type of its place does not accept.
///
/// The messages of serde quote the value, so they are not used.
pub(crate) struct Mismatch {
    /// The names that are not fields of a struct are hidden.
    place: Option<TraitPath>,
    cause: Cause,
}

/// The place of a value while it is read, as a list of steps that ends at the document.
pub(super) struct Place<'p> {
    pub(super) above: Option<&'p Place<'p>>,
    pub(super) step: Step<'p>,
}

pub(super) enum Step<'p> {
    Root,
    Member {
        name: &'p str,
        /// Whether the type of the object is a struct with such a field.
        listed: bool,
    },
    Item(usize),
}

impl Place<'_> {
    pub(super) const ROOT: Self = Self {
        above: None,
        step: Step::Root,
    };

    pub(super) fn path(&self) -> TraitPath {
        let above = self.above.map_or(TraitPath::ROOT, Self::path);
        match self.step {
            Step::Root => above,
            Step::Member { name, listed: true } => above.child(name),
            Step::Member { name, .. } => above.hidden_child(name),
            Step::Item(position) => above.child(position.to_string()),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Cause {
    /// Another kind of JSON value.
    Kind {
        expected: Option<&'static str>,
        actual: &'static str,
    },
    /// A required member.
    Missing(&'static str),
    /// A number outside the range of the type.
    Range,
    /// The value is nested too deeply.
    Deep,
    /// Any other error of the type.
    Other,
}

impl Mismatch {
    /// Adds the place, unless a place inside it has been added already.
    pub(super) fn at(mut self, place: &Place<'_>) -> Self {
        self.place.get_or_insert_with(|| place.path());
        self
    }

    /// Adds the kind of value that is expected, unless it is known or the place is inside the value.
    pub(super) fn expecting(mut self, expected: Option<&'static str>) -> Self {
        if let (None, Cause::Kind { expected: kind, .. }) = (&self.place, &mut self.cause) {
            *kind = kind.or(expected);
        }
        self
    }

    /// The path of the place.
    pub(super) fn path(&self) -> &[String] {
        self.place.as_ref().map_or(&[], TraitPath::segments)
    }

    /// The name of the member that is missing at the place, if that is the cause.
    pub(super) fn missing(&self) -> Option<&'static str> {
        match self.cause {
            Cause::Missing(name) => Some(name),
            _ => None,
        }
    }

    /// Whether both have the same cause at the same place.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.cause == other.cause && self.path() == other.path()
    }

    /// The same mismatch, in a member of the place. Where in the member is unknown.
    pub(super) fn in_member(mut self, name: &str) -> Self {
        let place = self.place.unwrap_or_default();
        self.place = Some(place.hidden_child(name));
        match &mut self.cause {
            Cause::Kind { expected, .. } => *expected = None,
            Cause::Missing(_) => self.cause = Cause::Other,
            _ => {}
        }
        self
    }

    /// The problem to report. `Display` shows the names that are fields of a struct or in the schema.
    pub(crate) fn problem(self, facts: &[TraitFacts]) -> Problem {
        let mut path = self.place.unwrap_or_default();
        if let Cause::Missing(name) = self.cause {
            path = path.child(name);
        }
        path.show(|path| is_trait(facts, path));
        Problem::of(path, self.cause.message())
    }
}

impl Cause {
    /// The message: that of Kratos if it has one.
    fn message(self) -> Message {
        match self {
            Self::Kind {
                expected: Some(expected),
                actual,
            } => Message::new(
                MessageId::TYPE,
                format!("expected {expected}, but got {actual}"),
                json!({ "allowed_types": [expected], "actual_type": actual }),
            ),
            Self::Kind {
                expected: None,
                actual,
            } => Message::new(
                MessageId::TYPE,
                format!("the Rust type of this trait does not accept this kind of value: {actual}"),
                json!({ "actual_type": actual }),
            ),
            Self::Missing(name) => Problem::required(&TraitPath::ROOT, name).message,
            Self::Range => {
                Message::invalid("the number is beyond what the Rust type of this trait can hold")
            }
            Self::Deep => Message::invalid("the value is nested too deeply"),
            Self::Other => Message::invalid("the value does not fit the Rust type of this trait"),
        }
    }
}

impl From<Cause> for Mismatch {
    fn from(cause: Cause) -> Self {
        let place = None;
        Self { place, cause }
    }
}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Cause::Other.into()
    }

    fn invalid_type(unexpected: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        let actual = match unexpected {
            Unexpected::Bool(_) => "boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "number",
            Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "string",
            Unexpected::Unit | Unexpected::Option => "null",
            Unexpected::Seq => "array",
            Unexpected::Map => "object",
            _ => return Cause::Other.into(),
        };
        let expected = None;
        Cause::Kind { expected, actual }.into()
    }

    fn invalid_value(unexpected: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        match unexpected {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => Cause::Range,
            _ => Cause::Other,
        }
        .into()
    }

    fn missing_field(field: &'static str) -> Self {
        Cause::Missing(field).into()
    }
}

impl std::error::Error for Mismatch {}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a trait does not fit its Rust type")
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch").finish_non_exhaustive()
    }
}
