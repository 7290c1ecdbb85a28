//! Everything that is written gets its name here.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::mem;

use super::form::Form;
use super::kind::Kind;
use super::names::Thing;
use super::plan::{Body, Field, Item, Plan, Row, Subject};
use super::types::Ty;
use super::{Context, chooser, derives, policy, words};
use crate::model::{Additional, Member, Object, Plain, Type};
use crate::schema::{Found, Problems, Role, Spot};
use crate::settings;

/// The field that holds what the schema does not name, where no member has that name.
const ADDITIONAL: &str = "additional_properties";

/// Names everything in `traits`.
pub(crate) fn plan<'s>(
    context: &Context<'_>,
    traits: &Object<'s>,
    problems: &mut Problems,
) -> Plan<'s> {
    let mut planner = Planner {
        context,
        problems,
        types: HashMap::new(),
        name: chooser::root_type(context.name, context.settings),
        path: Vec::new(),
        at: Vec::new(),
        paths: vec![Vec::new()],
        recorded: true,
        open: Vec::new(),
        items: Vec::new(),
        rows: Vec::new(),
        objects: Vec::new(),
    };
    planner.take_type(Spot::default());
    planner.open.push((traits.id, planner.name.clone(), false));
    planner.object(traits, Spot::default(), Subject::Traits);
    let Planner {
        items,
        mut rows,
        objects,
        paths,
        types,
        ..
    } = planner;
    policy::decide(&mut rows, context.settings.policy());
    derives::check(&items, problems);
    Plan {
        items,
        rows,
        objects,
        types: types.into_keys().collect(),
        paths,
    }
}

pub(super) struct Planner<'p, 's> {
    pub(super) context: &'p Context<'p>,
    pub(super) problems: &'p mut Problems,
    pub(super) types: HashMap<String, (String, Spot)>,
    /// The name of the type for the value at hand; grows and shrinks with `path`.
    pub(super) name: String,
    pub(super) path: Vec<&'s str>,
    /// As `path`, with `[]` for what is in an array or a map: as settings name the value at hand.
    pub(super) at: Vec<&'s str>,
    pub(super) paths: Vec<Vec<&'s str>>,
    /// Inside array items and map values nothing has a row of its own.
    recorded: bool,
    /// The objects that the value at hand is in: id, type, and whether it may be null.
    open: Vec<(usize, String, bool)>,
    items: Vec<Item<'s>>,
    rows: Vec<Row<'s>>,
    objects: Vec<String>,
}

impl<'s> Planner<'_, 's> {
    fn object(&mut self, object: &Object<'s>, spot: Spot, subject: Subject) {
        // The place of a struct is before the types of its members, so it is taken now and filled later.
        let index = self.items.len();
        self.items.push(Item {
            name: self.name.clone(),
            docs: object.docs,
            path: self.path.clone(),
            spot,
            subject,
            derives: self.derives(),
            attributes: self.settings().type_attributes(),
            body: Body::Enum(Vec::new()),
        });
        if self.recorded {
            self.objects.push(self.name.clone());
        }
        if object.members.iter().any(|member| member.required) {
            self.take_new_type(spot);
        }
        let mut taken = HashMap::with_capacity(object.members.len());
        let mut fields = Vec::with_capacity(object.members.len());
        for member in &object.members {
            let name = self.field_name(member.name);
            match taken.entry(name.clone()) {
                Slot::Vacant(slot) => {
                    slot.insert(Found {
                        spot: member.spot,
                        value: member.name,
                    });
                }
                Slot::Occupied(slot) => {
                    let other = *slot.get();
                    let one = Found {
                        spot: member.spot,
                        value: member.name,
                    };
                    self.collision(one, other, Thing::Field, &name);
                }
            }
            fields.push(self.member(member, name));
        }
        let additional = match &object.additional {
            Additional::Nothing => None,
            // serde's `flatten` reads no 128-bit numbers.
            Additional::Values(value) if !has_wide(value) => {
                Some(Ty::Map(Box::new(self.unnamed(value, "Value", spot))))
            }
            Additional::Anything | Additional::Values(_) => Some(Ty::json_object()),
        };
        let additional = additional.map(|ty| {
            let mut name = String::from(ADDITIONAL);
            // A member keeps its own name: `additionalProperties` among the `properties` is a common slip, and Kratos runs it.
            while taken.contains_key(&name) {
                name.push('_');
            }
            (name, ty)
        });
        self.items[index].body = Body::Struct { fields, additional };
    }

    fn member(&mut self, member: &Member<'s>, name: String) -> Field<'s> {
        let length = self.name.len();
        words::push_pascal(&mut self.name, &words::snake(member.name));
        self.path.push(member.name);
        self.at.push(member.name);
        let attributes = self.settings().field_attributes();
        let chosen = self.chosen(&member.value, member.spot);
        let mut roles = member.roles.clone();
        if chosen.is_some()
            && let Type::Object(object) = &member.value
        {
            // A type of the user's hides the members from the table, but not what Kratos does with them.
            roles.add_members(roles_of_members(object));
        }
        let row = self.rows.len();
        if self.recorded {
            let is_identifier = roles.own.iter().any(|role| role.credential().is_some());
            self.rows.push(Row {
                path: self.path.clone(),
                field: name.clone(),
                spot: member.spot,
                required: member.required,
                nullable: if is_identifier {
                    member.nullable_identifier
                } else {
                    matches!(member.value, Type::Nullable(_))
                },
                kind: Kind::of(&member.value),
                ty: Ty::JsonValue,
                roles: roles.clone(),
                only: Vec::new(),
                denied: false,
            });
        }
        let ty = chosen.unwrap_or_else(|| self.value(&member.value, member.spot, Subject::Member));
        if self.recorded {
            self.rows[row].ty = ty.clone();
        }
        self.path.pop();
        self.at.pop();
        self.name.truncate(length);
        let form = Form::of(member, &ty);
        Field {
            name,
            key: member.name,
            docs: member.docs,
            roles,
            ty: if member.required {
                ty
            } else {
                Ty::Option(Box::new(ty))
            },
            form,
            attributes,
        }
    }

    fn value(&mut self, value: &Type<'s>, spot: Spot, subject: Subject) -> Ty {
        match value {
            Type::Plain(plain) => (*plain).into(),
            Type::String(_) => Ty::String,
            Type::FreeForm => Ty::json_object(),
            Type::Array(items) => Ty::Vec(Box::new(self.unnamed(items, "Item", spot))),
            Type::Map(values) => Ty::Map(Box::new(self.unnamed(values, "Value", spot))),
            Type::Object(object) => self.object_named(object, spot, subject, false),
            Type::Nullable(inner) => {
                // What may be null has no rows inside: there is not always something inside.
                let recorded = mem::replace(&mut self.recorded, false);
                let ty = match &**inner {
                    Type::Object(object) => self.object_named(object, spot, subject, true),
                    inner => self.value(inner, spot, subject),
                };
                self.recorded = recorded;
                Ty::Option(Box::new(ty))
            }
            Type::Back(id) => {
                let found = self.open.iter().find(|(open, ..)| open == id);
                match found {
                    None => Ty::JsonValue,
                    Some((_, name, is_nullable)) => {
                        let ty = Ty::Boxed(Box::new(Ty::Named(name.clone())));
                        if *is_nullable {
                            Ty::Option(Box::new(ty))
                        } else {
                            ty
                        }
                    }
                }
            }
            Type::Choice(choice) => self.named(|planner| {
                planner.take_type(spot);
                let body = Body::Enum(planner.variants(&choice.values));
                planner.items.push(Item {
                    name: planner.name.clone(),
                    docs: choice.docs,
                    path: planner.path.clone(),
                    spot,
                    subject,
                    derives: planner.derives(),
                    attributes: planner.settings().type_attributes(),
                    body,
                });
            }),
        }
    }

    fn object_named(
        &mut self,
        object: &Object<'s>,
        spot: Spot,
        subject: Subject,
        null: bool,
    ) -> Ty {
        self.named(|planner| {
            planner.take_type(spot);
            planner.open.push((object.id, planner.name.clone(), null));
            planner.object(object, spot, subject);
            planner.open.pop();
        })
    }

    /// A value inside an array or a map.
    fn unnamed(&mut self, value: &Type<'s>, suffix: &str, spot: Spot) -> Ty {
        let length = self.name.len();
        self.name.push_str(suffix);
        self.at.push(settings::ITEMS);
        let recorded = mem::replace(&mut self.recorded, false);
        let ty = self.chosen(value, spot);
        let ty = ty.unwrap_or_else(|| self.value(value, spot, Subject::Inner));
        self.recorded = recorded;
        self.at.pop();
        self.name.truncate(length);
        ty.unboxed()
    }
}

/// The roles of all members of an object, however deep.
fn roles_of_members(object: &Object<'_>) -> Vec<Role> {
    let each = object.members.iter().flat_map(|member| {
        let below = match &member.value {
            Type::Object(object) => roles_of_members(object),
            _ => Vec::new(),
        };
        member.roles.all().chain(below)
    });
    each.collect()
}

/// Is there an `i128` in the type?
fn has_wide(value: &Type<'_>) -> bool {
    match value {
        Type::Plain(plain) => *plain == Plain::Wide,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => has_wide(inner),
        Type::Object(object) => object.members.iter().any(|one| has_wide(&one.value)),
        Type::String(_) | Type::Choice(_) | Type::FreeForm | Type::Back(_) => false,
    }
}
