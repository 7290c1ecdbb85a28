//! Objects and their members.

use std::collections::HashMap;

use super::build::{Build, Built, is_false};
use super::merged::MergedSchema;
use super::{ANY, Additional, Docs, Member, Object, Plain, Type, contradiction, trap};
use crate::diagnostics::Warning;
use crate::schema::{Keyword, Kinds, Property, Role, Schema, Spot, SubSchema, Types, is_enforced};

/// What all schemas of an object say about one member.
struct Named<'s> {
    name: &'s str,
    spot: Spot,
    certain: Vec<&'s SubSchema<'s>>,
    perhaps: Vec<&'s SubSchema<'s>>,
    required: bool,
}

impl<'s> Build<'s, '_> {
    pub(super) fn object_or_map(&mut self, merged: &MergedSchema<'s>, id: usize) -> Built<'s> {
        let (object, never) = self.object(merged, id);
        let ty = match object.additional {
            _ if !object.members.is_empty() => Type::Object(object),
            Additional::Anything => Type::FreeForm,
            Additional::Values(value) => Type::Map(value),
            Additional::Nothing => Type::Object(object),
        };
        Built { ty, never }
    }

    /// The object, and why no document has it, if that is so.
    pub(super) fn object(
        &mut self,
        merged: &MergedSchema<'s>,
        id: usize,
    ) -> (Object<'s>, Option<String>) {
        let is_closed = merged.certain.iter().any(|schema| {
            schema.patterns.is_empty()
                && schema
                    .additional
                    .as_ref()
                    .is_some_and(|found| is_false(&found.value))
        });
        let (names, missing) = self.names(merged, is_closed);
        let mut never = missing.map(|name| format!("it requires {name:?}, which it may not have"));
        let least = contradiction::count(merged, Keyword::MinProperties, false);
        let room = u64::try_from(names.len()).unwrap_or(u64::MAX);
        if let Some(least) = least.filter(|least| is_closed && *least > room) {
            never = Some(format!(
                "`minProperties` is {least}, and it may have {room} members"
            ));
        }
        let mut members = Vec::with_capacity(names.len());
        for named in &names {
            let (member, is_never) = self.member(named);
            if is_never && named.required {
                never.get_or_insert_with(|| {
                    format!("it requires {:?}, which is never valid", named.name)
                });
            }
            members.push(member);
        }
        trap::dependents(merged, &mut members);
        let object = Object {
            id,
            docs: Docs::of_merged(merged),
            members,
            additional: if is_closed {
                Additional::Nothing
            } else {
                self.additional(merged)
            },
        };
        (object, never)
    }

    /// The names in the order of the schema: declared ones, then those that only a branch or `required` names; and one that is required
    /// and may not be there.
    fn names(
        &mut self,
        merged: &MergedSchema<'s>,
        is_closed: bool,
    ) -> (Vec<Named<'s>>, Option<&'s str>) {
        let mut names: Vec<Named<'s>> = Vec::new();
        let mut missing = None;
        let mut index: HashMap<&'s str, usize> = HashMap::new();
        let mut at = |names: &mut Vec<Named<'s>>, name: &'s str, spot: Spot, adds: bool| {
            if let Some(at) = index.get(name) {
                return Some(*at);
            }
            adds.then(|| {
                index.insert(name, names.len());
                names.push(Named {
                    name,
                    spot,
                    certain: Vec::new(),
                    perhaps: Vec::new(),
                    required: false,
                });
                names.len() - 1
            })
        };
        for property in merged.certain.iter().flat_map(|schema| properties(schema)) {
            if let Some(at) = at(&mut names, property.name, property.spot, true) {
                names[at].certain.push(&property.schema);
            }
        }
        for property in merged.perhaps.iter().flat_map(|schema| properties(schema)) {
            if let Some(at) = at(&mut names, property.name, property.spot, !is_closed) {
                names[at].perhaps.push(&property.schema);
            }
        }
        for schema in &merged.certain {
            for name in schema.required.iter().flat_map(|found| &found.value) {
                match at(&mut names, name.value, name.spot, !is_closed) {
                    Some(at) => names[at].required = true,
                    None if schema.incomplete => {}
                    None => {
                        missing = Some(name.value);
                        let what = format!(
                            "`required` names {:?}, which the object may not have, so no document is valid; write it in `properties`, such as `{:?}: {{ \"type\": \"string\" }}`",
                            name.value, name.value
                        );
                        self.composer.unsatisfiable(name.spot, &what);
                    }
                }
            }
        }
        (names, missing)
    }

    /// The member, and whether no value of it is valid.
    fn member(&mut self, named: &Named<'s>) -> (Member<'s>, bool) {
        let merged = self.composer.merge(&named.certain, &named.perhaps);
        let is_forbidden = named.certain.iter().any(|one| is_false(one));
        // A name that only a branch or `required` has can be anything.
        let Built { ty: value, never } = if is_forbidden {
            Built {
                ty: ANY,
                // To forbid a member that need not be there is what `false` is for.
                never: named.required.then(|| "its schema is `false`".into()),
            }
        } else if named.certain.is_empty() {
            ANY.into()
        } else {
            self.value(&merged, named.spot)
        };
        if let Some(reason) = &never {
            let so = if named.required {
                "and it is required, so no value of the object that it is in is valid"
            } else {
                "so it can never be there"
            };
            let what = format!("{reason}, {so}; write rules that go together");
            self.composer.unsatisfiable(named.spot, &what);
        }
        let has_rows = matches!(value, Type::Object(_));
        let roles = self.composer.roles(&merged, has_rows);
        let member = Member {
            name: named.name,
            spot: named.spot,
            required: named.required,
            docs: Docs::of_merged(&merged),
            nullable_identifier: self.check_roles(&merged),
            roles,
            trap: trap::of(self.composer.document, &merged, &value),
            value,
        };
        (member, never.is_some())
    }

    /// Warns of roles that make nonsense; says whether null can become an identifier.
    pub(super) fn check_roles(&mut self, merged: &MergedSchema<'s>) -> bool {
        let containers = Kinds::ARRAY.or(Kinds::OBJECT);
        let is_whole = merged.kinds.without(Kinds::NULL).is_within(containers);
        if is_whole && let Some((spot, _)) = merged.roles().next() {
            self.composer.problems.warn(
                spot,
                Warning::MisplacedRole,
                "`ory.sh/kratos` here takes the whole array or object as one value; write it in its `items`, or in one of its members",
            );
        }
        // A format refuses null, as everything that is no string.
        let has_format = merged.certain.iter().any(|schema| {
            schema
                .format
                .is_some_and(|found| is_enforced(found.value) && found.value != "no-validate")
        });
        if !merged.kinds.has(Kinds::NULL) || has_format {
            return false;
        }
        // Where the own type refuses null, Kratos goes no further.
        let takes_null = |schema: &&Schema<'_>| match schema.types.map(|found| found.value) {
            Some(Types::One(kinds) | Types::Several(kinds)) => kinds.has(Kinds::NULL),
            Some(Types::Unknown) | None => true,
        };
        let extensions = merged.all().filter(takes_null);
        let mut extensions = extensions.filter_map(|schema| schema.extension.as_ref());
        let is_identifier = |role: &Role| role.credential().is_some();
        let Some(found) = extensions.find(|one| one.roles.iter().any(is_identifier)) else {
            return false;
        };
        let way_out = if merged.kinds == Kinds::ALL {
            "write its `type`"
        } else {
            "take `null` out of its `type`"
        };
        self.composer.problems.warn(
            found.spot,
            Warning::NullableIdentifier,
            format!("this identifier may be null, and Kratos makes the identifier `%!s(<nil>)` of it; {way_out}"),
        );
        true
    }

    fn additional(&mut self, merged: &MergedSchema<'s>) -> Additional<'s> {
        let mut said = merged
            .certain
            .iter()
            .filter(|schema| schema.additional.is_some() || !schema.patterns.is_empty());
        let (Some(schema), None) = (said.next(), said.next()) else {
            return Additional::Anything;
        };
        let values = match (&schema.additional, schema.patterns.as_slice()) {
            (Some(found), []) => &found.value,
            (Some(found), [only]) if is_false(&found.value) => &only.schema,
            _ => return Additional::Anything,
        };
        let merged = self.composer.merge(&[values], &[]);
        self.check_roles(&merged);
        let Built { ty, never } = self.value(&merged, schema.spot);
        if let Some(reason) = never {
            let what = format!(
                "{reason}: no member that the schema does not name is valid; write rules that go together, or `false`"
            );
            self.composer.unsatisfiable(schema.spot, &what);
        }
        match ty {
            Type::Plain(Plain::Any) => Additional::Anything,
            value => Additional::Values(Box::new(value)),
        }
    }
}

fn properties<'s>(schema: &'s Schema<'s>) -> impl Iterator<Item = &'s Property<'s>> {
    schema.properties.iter().flat_map(|found| &found.value)
}
