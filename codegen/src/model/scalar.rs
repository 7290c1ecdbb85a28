//! `enum` and `const`: values that the schema writes out.

use std::collections::HashSet;

use super::{Choice, Docs, Plain, Type};
use crate::schema::{Found, JsonType, Node, Problems, Schema, Types, Value};

/// The type of a schema with `enum`: only strings have one yet.
pub(crate) fn choice<'s>(
    schema: &'s Schema<'s>,
    choices: Found<&'s [Node<'s>]>,
    problems: &mut Problems,
) -> Type<'s> {
    let mut values = Vec::with_capacity(choices.value.len());
    for node in choices.value {
        if let Value::String(text) = &node.value {
            values.push(Found {
                spot: node.spot,
                value: &**text,
            });
        } else {
            problems.report(
                node.spot,
                format!(
                    "`enum` with {} is not supported yet; write strings only",
                    node.kind()
                ),
            );
            return Type::Plain(Plain::Any);
        }
    }
    if values.is_empty() {
        problems.report(
            choices.spot,
            "`enum` is empty, so no value is valid; write at least one string",
        );
    }
    let node = choices.value.first();
    contradiction(schema, "enum", node, JsonType::String, problems);
    let mut seen = HashSet::new();
    values.retain(|found: &Found<&str>| seen.insert(found.value));
    Type::Choice(Choice {
        docs: Docs::of(schema),
        values,
    })
}

/// The type of a schema with `const`: an enum of one string, or the plain type of the value.
pub(crate) fn constant<'s>(
    schema: &'s Schema<'s>,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Type<'s> {
    let is = match &node.value {
        Value::String(_) => JsonType::String,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(text) => number_type(schema, text),
        Value::Null => JsonType::Null,
        Value::Array(_) | Value::Object(_) => {
            problems.report(
                node.spot,
                format!(
                    "`const` with {} is not supported yet; write a string, a number or a boolean",
                    node.kind()
                ),
            );
            return Type::Plain(Plain::Any);
        }
    };
    contradiction(schema, "const", Some(node), is, problems);
    if let Value::String(text) = &node.value {
        return Type::Choice(Choice {
            docs: Docs::of(schema),
            values: vec![Found {
                spot: node.spot,
                value: text,
            }],
        });
    }
    if let Value::Number(text) = &node.value
        && is == JsonType::Integer
        && !fits(text)
    {
        problems.report(
            node.spot,
            format!(
                "`const` is {text}, which does not fit the Rust type `i64`; write a smaller number"
            ),
        );
    }
    Type::Plain(is.into())
}

/// Kratos tells an integer by its text, `1` and not `1.0`; but to `const` both are the same value.
fn number_type(schema: &Schema<'_>, text: &str) -> JsonType {
    let said = schema.types.map(|found| found.value);
    let is_written_as_integer = !text.contains(['.', 'e', 'E']);
    let is_whole = || text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0);
    match said {
        Some(Types::One(JsonType::Number)) => JsonType::Number,
        Some(Types::One(JsonType::Integer)) if is_whole() => JsonType::Integer,
        _ if is_written_as_integer => JsonType::Integer,
        _ => JsonType::Number,
    }
}

fn fits(integer: &str) -> bool {
    // 2^63 is exact in f64; only a text such as `1.0` or `1e3` needs this road.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    integer.parse::<i64>().is_ok()
        || integer.contains(['.', 'e', 'E'])
            && integer
                .parse::<f64>()
                .is_ok_and(|value| value.abs() < LIMIT)
}

/// `type` and the written values exclude each other.
fn contradiction(
    schema: &Schema<'_>,
    keyword: &str,
    node: Option<&Node<'_>>,
    is: JsonType,
    problems: &mut Problems,
) {
    if let Some(Found {
        spot,
        value: Types::One(said),
    }) = schema.types
        && let Some(node) = node
        && said != is
    {
        problems.report(
            spot,
            format!(
                "this `type` allows no value of the `{keyword}` beside it, which has {}; write one type for both",
                node.kind()
            ),
        );
    }
}
