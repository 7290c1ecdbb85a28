//! Builds objects and their members.

use std::collections::HashMap;

use super::build::{Builder, Built, common_type};
use super::merge::MergedSchema;
use super::roles::Roles;
use super::{ANY, Additional, Docs, Member, Object, Plain, Type, filled_in};
use crate::diagnostics::Warning;
use crate::schema::{Keyword, Kinds, Schema, Spot, SubSchema, is_enforced};

/// What all schemas of an object say about one member.
struct Named<'s> {
    name: &'s str,
    spot: Spot,
    certain: Vec<&'s SubSchema<'s>>,
    possible: Vec<&'s SubSchema<'s>>,
    required: bool,
}

/// The members of an object in the order of the schema.
#[derive(Default)]
struct Names<'s> {
    list: Vec<Named<'s>>,
    index: HashMap<&'s str, usize>,
}

impl<'s> Names<'s> {
    /// The member of this name; a new one only if `can_add`.
    fn get(&mut self, name: &'s str, spot: Spot, can_add: bool) -> Option<&mut Named<'s>> {
        if can_add && !self.index.contains_key(name) {
            self.index.insert(name, self.list.len());
            self.list.push(Named {
                name,
                spot,
                certain: Vec::new(),
                possible: Vec::new(),
                required: false,
            });
        }
        Some(&mut self.list[*self.index.get(name)?])
    }
}

/// Whether only the members that the schema names are allowed.
fn is_closed(merged: &MergedSchema<'_>) -> bool {
    merged.certain.iter().any(|schema| {
        let mut additional = schema.additional.iter();
        schema.patterns.is_empty() && additional.any(|found| found.value.is_false())
    })
}

impl<'s> Builder<'s, '_> {
    pub(super) fn object_or_map(&mut self, merged: &MergedSchema<'s>, id: usize) -> Built<'s> {
        let (object, never) = self.object(merged, id);
        let ty = match object.additional {
            Additional::Anything if object.members.is_empty() => Type::FreeForm,
            Additional::Values(value) if object.members.is_empty() => Type::Map(value),
            _ => Type::Object(object),
        };
        Built { ty, never }
    }

    /// The object, and the reason if no object is valid.
    pub(super) fn object(
        &mut self,
        merged: &MergedSchema<'s>,
        id: usize,
    ) -> (Object<'s>, Option<String>) {
        let is_closed = is_closed(merged);
        let (names, missing) = self.names(merged, is_closed);
        let mut never =
            missing.map(|name| format!("it requires {name:?}, which it does not allow"));
        let least = merged.at_least(Keyword::MinProperties);
        let most = u64::try_from(names.len()).unwrap_or(u64::MAX);
        if let Some(least) = least.filter(|least| is_closed && *least > most) {
            never = Some(format!(
                "`minProperties` is {least}, but it allows at most {most}"
            ));
        }
        let mut members = Vec::with_capacity(names.len());
        let groups = self.branches(merged);
        for mut named in names {
            let mut agreed = None;
            if named.certain.is_empty() {
                let mut branches = groups.iter();
                named.required |= branches.any(|group| {
                    !group.is_empty() && group.iter().all(|one| one.requires(named.name))
                });
                let mut groups = groups.iter();
                agreed = groups.find_map(|group| self.agreed_type(&named, group));
            }
            let named = &named;
            let (member, is_never) = self.member(named, agreed);
            if is_never && named.required {
                let reason = || format!("it requires {:?}, which is never valid", named.name);
                never.get_or_insert_with(reason);
            }
            members.push(member);
        }
        filled_in::check_dependencies(merged, &mut members);
        let object = Object {
            id,
            docs: Docs::of(&merged.certain),
            members,
            additional: if is_closed {
                Additional::Nothing
            } else {
                self.additional(merged)
            },
        };
        (object, never)
    }

    /// The branches of each `anyOf` and `oneOf`, without those for null.
    fn branches(&mut self, merged: &MergedSchema<'s>) -> Vec<Vec<MergedSchema<'s>>> {
        let groups = merged.certain.iter();
        let groups = groups.flat_map(|schema| &schema.alternatives);
        let groups = groups.map(|branches| {
            let branches = branches.iter().map(|branch| self.merge(&[branch], &[]));
            let objects = branches.filter(|one| one.kinds.has(Kinds::OBJECT));
            objects.collect()
        });
        groups.collect()
    }

    /// The type of a member, if it is the same in all branches that allow the member.
    fn agreed_type(&mut self, named: &Named<'s>, group: &[MergedSchema<'s>]) -> Option<Type<'s>> {
        let mut types = Vec::with_capacity(group.len());
        for branch in group {
            let schemas: Vec<_> = branch
                .certain
                .iter()
                .flat_map(|schema| schema.named_members())
                .filter(|property| property.name == named.name)
                .map(|property| &property.schema)
                .collect();
            if schemas.iter().any(|schema| schema.is_false()) {
                continue;
            }
            if schemas.is_empty() {
                if is_closed(branch) {
                    continue;
                }
                return None;
            }
            let merged = self.merge(&schemas, &[]);
            types.push(self.value(&merged, named.spot).ty);
        }
        common_type(types)
    }

    /// The declared members, then those that only a branch or `required` names; and one that is required but not allowed.
    fn names(
        &mut self,
        merged: &MergedSchema<'s>,
        is_closed: bool,
    ) -> (Vec<Named<'s>>, Option<&'s str>) {
        let mut names = Names::default();
        let mut missing = None;
        for property in merged.certain.iter().flat_map(|one| one.named_members()) {
            if let Some(named) = names.get(property.name, property.spot, true) {
                named.certain.push(&property.schema);
            }
        }
        for property in merged.possible.iter().flat_map(|one| one.named_members()) {
            if let Some(named) = names.get(property.name, property.spot, !is_closed) {
                named.possible.push(&property.schema);
            }
        }
        for schema in &merged.certain {
            for name in schema.required_names() {
                let spot = name.spot;
                match names.get(name.value, spot, !is_closed) {
                    Some(named) => named.required = true,
                    None if schema.incomplete => {}
                    None => {
                        let name = name.value;
                        missing = Some(name);
                        self.unsatisfiable(spot, format!("`required` names {name:?}, which the object does not allow, so no document is valid; declare it in `properties`, such as `{name:?}: {{ \"type\": \"string\" }}`"));
                    }
                }
            }
        }
        (names.list, missing)
    }

    /// The member, and whether no value of it is valid. `agreed` is the type in all branches.
    fn member(&mut self, named: &Named<'s>, agreed: Option<Type<'s>>) -> (Member<'s>, bool) {
        let merged = self.merge(&named.certain, &named.possible);
        let Built { ty: value, never } = if named.certain.iter().any(|one| one.is_false()) {
            Built {
                ty: ANY,
                // `false` is the usual way to forbid an optional member.
                never: named.required.then(|| "its schema is `false`".into()),
            }
        } else if named.certain.is_empty() {
            // A name that only `required` or a branch has can be anything.
            agreed.map_or(ANY, |agreed| agreed).into()
        } else {
            self.value(&merged, named.spot)
        };
        if let Some(reason) = &never {
            let so = if named.required {
                "and it is required, so no value of the object around it is valid"
            } else {
                "so it can never be present"
            };
            let what = format!("{reason}, {so}; correct one of the rules");
            self.unsatisfiable(named.spot, what);
        }
        let member = Member {
            name: named.name,
            spot: named.spot,
            required: named.required,
            docs: Docs::of(&merged.certain),
            nullable_identifier: self.check_roles(&merged),
            roles: Roles::default(),
            filled_in: filled_in::refusal(self.document, &merged, &value),
            value,
        };
        (member, never.is_some())
    }

    /// Warns of roles on values that cannot have them; returns whether null can become an identifier.
    pub(super) fn check_roles(&mut self, merged: &MergedSchema<'s>) -> bool {
        let containers = Kinds::ARRAY.or(Kinds::OBJECT);
        let is_container = merged.kinds.without(Kinds::NULL).is_within(containers);
        if is_container && let Some((spot, _)) = merged.roles().next() {
            self.warn(
                spot,
                Warning::MisplacedRole,
                "`ory.sh/kratos` here applies to the array or object as a whole; move it to `items`, or to a member",
            );
        }
        let Some(spot) = nullable_identifier(merged) else {
            return false;
        };
        let advice = if merged.kinds == Kinds::ALL {
            "write its `type`"
        } else {
            "remove `null` from its `type`"
        };
        self.warn(
            spot,
            Warning::NullableIdentifier,
            format!("this identifier may be null, which Kratos turns into the identifier `%!s(<nil>)`; {advice}"),
        );
        true
    }

    fn additional(&mut self, merged: &MergedSchema<'s>) -> Additional<'s> {
        let mut schemas = merged
            .certain
            .iter()
            .filter(|schema| schema.additional.is_some() || !schema.patterns.is_empty());
        let (Some(schema), None) = (schemas.next(), schemas.next()) else {
            return Additional::Anything;
        };
        let values = match (&schema.additional, schema.patterns.as_slice()) {
            (Some(found), []) => &found.value,
            (Some(found), [only]) if found.value.is_false() => &only.schema,
            _ => return Additional::Anything,
        };
        let merged = self.merge(&[values], &[]);
        self.check_roles(&merged);
        let Built { ty, never } = self.value(&merged, schema.spot);
        if let Some(reason) = never {
            self.unsatisfiable(schema.spot, format!("{reason}, so a member that the schema does not name is never valid; correct one of the rules, or write `false`"));
        }
        match ty {
            Type::Plain(Plain::Any) => Additional::Anything,
            value => Additional::Values(Box::new(value)),
        }
    }
}

/// The place of a role that makes an identifier of null.
pub(super) fn nullable_identifier(merged: &MergedSchema<'_>) -> Option<Spot> {
    // A format refuses null, like every value that is not a string.
    let mut formats = merged.certain.iter().filter_map(|schema| schema.format);
    let has_format = formats.any(|found| refuses_null(found.value));
    if !merged.kinds.has(Kinds::NULL) || has_format {
        return None;
    }
    let mut schemas = merged.all();
    schemas.find_map(|schema| makes_null_an_identifier(schema))
}

/// The place of the role, if this schema makes an identifier of null.
pub(super) fn makes_null_an_identifier(schema: &Schema<'_>) -> Option<Spot> {
    let extension = schema.extension.as_ref()?;
    let mut roles = extension.roles.iter();
    let is_identifier = roles.any(|role| role.credential().is_some());
    // A `type` in the same schema that refuses null stops Kratos before the role.
    let takes_null = schema
        .type_kinds()
        .is_none_or(|kinds| kinds.has(Kinds::NULL));
    (is_identifier && takes_null).then_some(extension.spot)
}

/// Whether a value of this format is not null.
pub(super) fn refuses_null(format: &str) -> bool {
    is_enforced(format) && format != "no-validate"
}
