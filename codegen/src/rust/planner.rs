//! Everything that is written gets its name here.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::mem;

use super::form::Form;
use super::kind::Kind;
use super::names::Thing;
use super::permit::{self, Permit};
use super::plan::{Body, Entry, Field, Item, Plan, Subject, Table};
use super::types::Ty;
use super::{Context, chooser, words};
use crate::model::{Additional, Member, Object, Type};
use crate::schema::{Found, Problems, Spot};
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
        spot: Spot::default(),
        open: Vec::new(),
        items: Vec::new(),
        entries: Vec::new(),
        tables: Vec::new(),
    };
    planner.take_type(Spot::default());
    planner.open.push((traits.id, planner.name.clone(), false));
    planner.object(traits, Spot::default(), Subject::Traits);
    let Planner {
        items,
        mut entries,
        tables,
        paths,
        ..
    } = planner;
    permit::decide(&mut entries, context.settings.policy());
    Plan {
        items,
        entries,
        tables,
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
    /// The last place in the identity schema itself: what another file says has its place there.
    spot: Spot,
    /// The objects that the value at hand is in: id, type, and whether it may be null.
    open: Vec<(usize, String, bool)>,
    items: Vec<Item<'s>>,
    entries: Vec<Entry<'s>>,
    tables: Vec<Table>,
}

impl<'s> Planner<'_, 's> {
    fn object(&mut self, object: &Object<'s>, spot: Spot, subject: Subject) {
        // The place of a struct is before the types of its members, so it is taken now and filled later.
        let index = self.items.len();
        self.items.push(Item {
            name: self.name.clone(),
            docs: object.docs,
            path: self.path.clone(),
            subject,
            derives: self.derives(),
            attributes: self.settings().type_attributes(),
            body: Body::Enum(Vec::new()),
        });
        let table = self.recorded.then(|| {
            self.tables.push(Table {
                ty: self.name.clone(),
                entries: self.entries.len()..self.entries.len(),
                depth: self.path.len(),
            });
            self.tables.len() - 1
        });
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
        if let Some(table) = table {
            self.tables[table].entries.end = self.entries.len();
        }
        let additional = match &object.additional {
            Additional::Nothing => None,
            Additional::Anything => Some(Ty::JsonObject),
            Additional::Values(value) => {
                Some(Ty::Map(Box::new(self.unnamed(value, "Value", spot))))
            }
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
        let row = self.entries.len();
        let outer = self.spot;
        if member.spot.file() == 0 {
            self.spot = member.spot;
        }
        if self.recorded {
            self.entries.push(Entry {
                path: self.path.clone(),
                field: name.clone(),
                place: self.context.place(self.spot),
                required: member.required,
                roles: member.roles.clone(),
                kind: Kind::of(&member.value),
                ty: Ty::JsonValue,
                nullable_identifier: member.nullable_identifier,
                permit: Permit::default(),
            });
        }
        let ty = self.chosen(&member.value, member.spot);
        let ty = ty.unwrap_or_else(|| self.value(&member.value, member.spot, Subject::Member));
        if self.recorded {
            self.entries[row].ty = ty.clone();
        }
        self.path.pop();
        self.at.pop();
        self.name.truncate(length);
        self.spot = outer;
        let form = Form::of(member, &ty);
        Field {
            name,
            key: member.name,
            docs: member.docs,
            roles: member.roles.clone(),
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
            Type::FreeForm => Ty::JsonObject,
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
