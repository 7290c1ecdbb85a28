//! Validates decoded traits with our own check, which never is stricter than Kratos.

use serde_json::json;

use super::failure::Failure;
use super::injection::Decoded;
use crate::json::path::TraitPath;
use crate::kratos::addresses;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::Schema;
use crate::traits::raw::RawTraits;

/// The traits, if they obey the schema.
pub(super) fn validated(schema: &Schema, decoded: Decoded) -> Result<RawTraits, Failure> {
    let document = match decoded {
        Decoded::Document(document) => document,
        Decoded::NotAnObject(actual) => return Err(Failure::Traits(vec![not_an_object(actual)])),
    };
    let mut problems = schema.check(&document);
    for one in addresses::unreachable(schema, &document) {
        // A `format` may have been judged already.
        if !problems.contains(&one) {
            problems.push(one);
        }
    }
    if problems.is_empty() {
        Ok(document)
    } else {
        Err(Failure::Traits(problems))
    }
}

fn not_an_object(actual: &str) -> Problem {
    let context = json!({ "allowed_types": ["object"], "actual_type": actual });
    Problem {
        path: TraitPath::ROOT,
        message: Message {
            id: MessageId::TYPE,
            text: format!("expected object, but got {actual}"),
            context: context.as_object().cloned().unwrap_or_default(),
        },
    }
}
