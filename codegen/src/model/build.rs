//! From schemas to the model.

use std::collections::HashSet;

use super::{Additional, Docs, Member, Object, Plain, Type};
use super::{roles, scalar, unsupported};
use crate::schema::{Document, Found, JsonType, Problems, Property, Schema, SubSchema, Types};

/// The traits object of `document`. What cannot be taken is reported and stands in the model as any value.
pub(crate) fn build<'s>(document: &'s Document<'s>, problems: &mut Problems) -> Object<'s> {
    unsupported::report(&document.root, problems);
    unsupported::report(&document.traits, problems);
    for schema in [&document.root, &*document.traits] {
        if let Some(extension) = &schema.extension
            && !extension.roles.is_empty()
        {
            problems.report(
                extension.spot,
                "`ory.sh/kratos` here takes the whole object as one value; write it in the trait that it is about",
            );
        }
    }
    let mut object = Build { problems }.object(&document.traits);
    if let Some(Found {
        value: SubSchema::Schema(additional),
        ..
    }) = &document.traits.additional
        && !roles::roles(additional, &Type::FreeForm).is_empty()
    {
        problems.report(
            additional.spot,
            "`ory.sh/kratos` in the `additionalProperties` of `traits` is not supported yet; write the trait in `properties`",
        );
    }
    object.docs = object.docs.or(&document.root);
    object
}

struct Build<'p> {
    problems: &'p mut Problems,
}

impl Build<'_> {
    fn object<'s>(&mut self, schema: &'s Schema<'s>) -> Object<'s> {
        let required: HashSet<&str> = schema
            .required
            .iter()
            .flat_map(|found| found.value.iter().map(|name| name.value))
            .collect();
        let properties = schema.properties.iter().flat_map(|found| &found.value);
        let members = properties
            .map(|property| self.member(property, required.contains(property.name)))
            .collect();
        self.check_required(schema);
        let additional = match &schema.additional {
            None => Additional::Anything,
            Some(found) => match &found.value {
                SubSchema::Bool(Found { value: true, .. }) => Additional::Anything,
                SubSchema::Bool(Found { value: false, .. }) => Additional::Nothing,
                SubSchema::Schema(schema) => match self.value(schema) {
                    Type::Plain(Plain::Any) => Additional::Anything,
                    value => Additional::Values(Box::new(value)),
                },
            },
        };
        Object {
            docs: Docs::of(schema),
            members,
            additional,
        }
    }

    fn member<'s>(&mut self, property: &'s Property<'s>, required: bool) -> Member<'s> {
        let (value, docs, roles) = match unsupported::no_boolean(&property.schema, self.problems) {
            None => (Type::Plain(Plain::Any), Docs::default(), Vec::new()),
            Some(schema) => {
                let value = self.value(schema);
                let roles = roles::roles(schema, &value);
                (value, Docs::of(schema), roles)
            }
        };
        Member {
            name: property.name,
            spot: property.spot,
            required,
            docs,
            roles,
            value,
        }
    }

    fn check_required(&mut self, schema: &Schema<'_>) {
        let declared: HashSet<&str> = schema
            .properties
            .iter()
            .flat_map(|found| found.value.iter().map(|property| property.name))
            .collect();
        for name in schema.required.iter().flat_map(|found| &found.value) {
            if !declared.contains(name.value) && !schema.incomplete {
                self.problems.report(
                    name.spot,
                    format!(
                        "`required` names {:?}, which `properties` does not declare; write it there, such as `{:?}: {{ \"type\": \"string\" }}`",
                        name.value, name.value
                    ),
                );
            }
        }
    }

    fn value<'s>(&mut self, schema: &'s Schema<'s>) -> Type<'s> {
        unsupported::report(schema, self.problems);
        if let Some(constant) = schema.constant {
            return scalar::constant(schema, constant, self.problems);
        }
        if let Some(choices) = schema.choices {
            return scalar::choice(schema, choices, self.problems);
        }
        match schema.types.map(|found| found.value) {
            None => self.untyped(schema),
            Some(Types::Several | Types::Unknown) => Type::Plain(Plain::Any),
            Some(Types::One(JsonType::Array)) => Type::Array(Box::new(self.items(schema))),
            Some(Types::One(JsonType::Object)) => self.object_or_map(schema),
            Some(Types::One(scalar)) => Type::Plain(scalar.into()),
        }
    }

    fn object_or_map<'s>(&mut self, schema: &'s Schema<'s>) -> Type<'s> {
        let object = self.object(schema);
        if !object.members.is_empty() {
            return Type::Object(object);
        }
        match object.additional {
            Additional::Anything => Type::FreeForm,
            Additional::Values(value) => Type::Map(value),
            Additional::Nothing => Type::Object(object),
        }
    }

    fn items<'s>(&mut self, schema: &'s Schema<'s>) -> Type<'s> {
        let items = schema.items.as_ref();
        items
            .and_then(|found| unsupported::no_boolean(&found.value, self.problems))
            .map_or(Type::Plain(Plain::Any), |items| self.value(items))
    }

    /// Without `type`, members and items are checked by Kratos but not seen by its settings flow.
    fn untyped<'s>(&mut self, schema: &'s Schema<'s>) -> Type<'s> {
        let spots = [
            (
                "properties",
                schema.properties.as_ref().map(|found| found.spot),
                "object",
            ),
            (
                "required",
                schema.required.as_ref().map(|found| found.spot),
                "object",
            ),
            (
                "additionalProperties",
                schema.additional.as_ref().map(|found| found.spot),
                "object",
            ),
            (
                "items",
                schema.items.as_ref().map(|found| found.spot),
                "array",
            ),
        ];
        for (keyword, spot, wanted) in spots {
            if let Some(spot) = spot {
                self.problems.report(
                    spot,
                    format!(
                        "`{keyword}` without a `type`, and then Kratos's settings flow does not see what is in it; write `\"type\": \"{wanted}\"` beside it"
                    ),
                );
                break;
            }
        }
        Type::Plain(Plain::Any)
    }
}
