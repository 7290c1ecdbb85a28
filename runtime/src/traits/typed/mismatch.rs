//! Why a document cannot be read as a type: at which place, and never with a value.

use std::fmt;

use serde::de::{self, Unexpected};
use serde_json::json;

use super::place::Place;
use crate::JsonObject;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::TraitFacts;
use crate::traits::path::TraitPath;

/// A value that does not fit the type of its place.
///
/// What serde says of it quotes the value, and is dropped.
pub(crate) struct Misfit {
    place: Option<Spot>,
    what: What,
    /// Whether the type itself refused the members of the object there, which it had collected before: the value of one
    /// of them may be what does not fit.
    pub(super) collected: bool,
}

/// A place that outlives the reading.
pub(super) struct Spot {
    pub(super) segments: Vec<String>,
    /// The positions in `segments` of names that the type of their object does not list.
    pub(super) unlisted: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum What {
    /// Another kind of JSON.
    Kind {
        expected: Option<&'static str>,
        actual: &'static str,
    },
    /// A member that the type needs.
    Missing(&'static str),
    /// A number that the type cannot hold.
    Range,
    /// Nested deeper than anybody reads.
    Deep,
    /// Whatever the type says of it.
    Other,
}

impl Misfit {
    /// Names the place, unless a place inside it is named already.
    pub(super) fn at(mut self, place: &Place<'_>, expected: Option<&'static str>) -> Self {
        if self.place.is_none() {
            self.place = Some(place.spot());
            if let What::Kind { expected: kind, .. } = &mut self.what {
                *kind = kind.or(expected);
            }
        }
        self
    }

    /// The same, where the type has collected the members of an object before it reads them.
    pub(super) fn of_collected(
        mut self,
        place: &Place<'_>,
        expected: Option<&'static str>,
    ) -> Self {
        self.collected |= self.place.is_none();
        self.at(place, expected)
    }

    /// The object that the type refused.
    pub(super) fn object(&self) -> &[String] {
        (self.place.as_ref()).map_or(&[], |place| &place.segments)
    }

    /// Whether both are the same complaint of a type about what it has collected.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        other.collected && self.what == other.what && self.object() == other.object()
    }

    /// The same complaint, about a member of the object.
    pub(super) fn of_member(mut self, name: String) -> Self {
        if let Some(place) = &mut self.place {
            place.unlisted.push(place.segments.len());
            place.segments.push(name);
        }
        match &mut self.what {
            // What was expected is said of the object.
            What::Kind { expected, .. } => *expected = None,
            // In which object of the member, nobody knows.
            What::Missing(_) => self.what = What::Other,
            _ => {}
        }
        self
    }

    /// In the form of all other problems. `Display` shows the names that the type or the schema knows.
    pub(crate) fn problem(self, facts: &[TraitFacts]) -> Problem {
        let Spot {
            mut segments,
            mut unlisted,
        } = self.place.unwrap_or(Spot {
            segments: Vec::new(),
            unlisted: Vec::new(),
        });
        if let What::Missing(name) = self.what {
            segments.push(name.to_owned());
        }
        unlisted.retain(|position| {
            let path = &segments[..=*position];
            !facts.iter().any(|one| one.path == path)
        });
        let (id, text, context) = self.what.said();
        let context = match context {
            serde_json::Value::Object(context) => context,
            _ => JsonObject::new(),
        };
        Problem {
            path: TraitPath::with_hidden(segments, unlisted),
            message: Message { id, text, context },
        }
    }
}

impl What {
    /// The words of Kratos where it has some.
    fn said(self) -> (MessageId, String, serde_json::Value) {
        let refused = |reason: &str| {
            let context = json!({ "reason": reason });
            (MessageId::INVALID, reason.to_owned(), context)
        };
        match self {
            Self::Kind {
                expected: Some(expected),
                actual,
            } => (
                MessageId::TYPE,
                format!("expected {expected}, but got {actual}"),
                json!({ "allowed_types": [expected], "actual_type": actual }),
            ),
            Self::Kind {
                expected: None,
                actual,
            } => (
                MessageId::TYPE,
                format!("the Rust type of this trait does not accept this kind of value: {actual}"),
                json!({ "actual_type": actual }),
            ),
            Self::Missing(name) => (
                MessageId::REQUIRED,
                format!("Property {name} is missing."),
                json!({ "property": name }),
            ),
            Self::Range => {
                refused("the number is beyond what the Rust type of this trait can hold")
            }
            Self::Deep => refused("the value is nested too deep to be read"),
            Self::Other => refused("the value does not fit the Rust type of this trait"),
        }
    }
}

impl From<What> for Misfit {
    fn from(what: What) -> Self {
        Self {
            place: None,
            what,
            collected: false,
        }
    }
}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        What::Other.into()
    }

    fn invalid_type(unexpected: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        let actual = match unexpected {
            Unexpected::Bool(_) => "boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "number",
            Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "string",
            Unexpected::Unit | Unexpected::Option => "null",
            Unexpected::Seq => "array",
            Unexpected::Map => "object",
            _ => return What::Other.into(),
        };
        let expected = None;
        What::Kind { expected, actual }.into()
    }

    fn invalid_value(unexpected: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        match unexpected {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => What::Range,
            _ => What::Other,
        }
        .into()
    }

    fn missing_field(field: &'static str) -> Self {
        What::Missing(field).into()
    }
}

impl std::error::Error for Misfit {}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a trait does not fit its Rust type")
    }
}

impl fmt::Debug for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Misfit").finish_non_exhaustive()
    }
}
