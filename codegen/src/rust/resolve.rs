//! Resolves the model to names and types: everything that is written gets its name here.

use std::collections::{HashMap, HashSet};
use std::mem;

use super::disambiguate;
use super::names::{self, Thing, is_reserved_type};
use super::resolved::{Body, Field, Item, Presence, Resolved, Row, Subject};
use super::types::RustType;
use super::{Context, any_schema, derives, table};
use crate::diagnostics::Warning;
use crate::model::{Additional, Docs, Member, Object, Plain, Type};
use crate::schema::{Credential, Found, Problems, Role, Spot};
use crate::settings::{self, TraitSettings};

/// The field for members that the schema does not name, unless a member has that name.
const ADDITIONAL: &str = "additional_properties";

/// Names everything in `traits`.
pub(crate) fn resolve<'s>(
    context: &Context<'_>,
    traits: &Object<'s>,
    problems: &mut Problems,
) -> Resolved<'s> {
    let mut resolver = Resolver {
        context,
        problems,
        taken: HashMap::new(),
        name: any_schema::root_type(context.name, context.settings),
        path: Vec::new(),
        at: Vec::new(),
        has_rows: true,
        open: Vec::new(),
        resolved: Resolved {
            paths: vec![Vec::new()],
            ..Resolved::default()
        },
    };
    resolver.object(traits, Spot::default(), Subject::Traits, false);
    let mut resolved = resolver.resolved;
    resolved.types = resolver.taken.into_keys().collect();
    for row in &mut resolved.rows {
        row.denied = context.settings.policy().denies(&row.path);
    }
    find_only_identifiers(&mut resolved.rows);
    derives::check(&resolved.items, problems);
    resolved
}

/// Finds the traits that contain all identifiers of a credential.
fn find_only_identifiers(rows: &mut [Row<'_>]) {
    for credential in Credential::ALL {
        let identifies = |row: &Row<'_>| row.roles.identify(credential);
        let identifiers = rows.iter().filter(|row| identifies(row));
        let identifiers: Vec<_> = identifiers.map(|row| row.path.clone()).collect();
        if identifiers.is_empty() {
            continue;
        }
        for row in &mut *rows {
            // An object is removed with its members; a required one cannot be removed.
            let is_removable = identifies(row) || !row.required;
            if is_removable && identifiers.iter().all(|path| path.starts_with(&row.path)) {
                row.only.push(credential);
            }
        }
    }
}

struct Resolver<'p, 's> {
    context: &'p Context<'p>,
    problems: &'p mut Problems,
    /// The names of types, each with the path and place of what has it.
    taken: HashMap<String, (String, Spot)>,
    /// The name of the type for the current value; grows and shrinks with `path`.
    name: String,
    path: Vec<&'s str>,
    /// As `path`, with `[]` for a value in an array or a map: the path in the settings.
    at: Vec<&'s str>,
    /// Whether members have rows: not inside array items, map values, and values that may be null.
    has_rows: bool,
    /// The objects around the current value: id, type, and whether it may be null.
    open: Vec<(usize, String, bool)>,
    resolved: Resolved<'s>,
}

impl<'p, 's> Resolver<'p, 's> {
    fn object(&mut self, object: &Object<'s>, spot: Spot, subject: Subject, is_nullable: bool) {
        // A struct is before the types of its members, so its fields are filled in later.
        let index = self.add_item(object.docs, spot, subject);
        self.open.push((object.id, self.name.clone(), is_nullable));
        if self.has_rows {
            self.resolved.objects.push(self.name.clone());
        }
        if object.members.iter().any(|member| member.required) {
            self.take_type(format!("New{}", self.name), spot);
        }
        let mut taken: HashMap<String, Found<&str>> = HashMap::with_capacity(object.members.len());
        let mut fields = Vec::with_capacity(object.members.len());
        for member in &object.members {
            let name = self.field_name(member.name);
            let found = Found {
                spot: member.spot,
                value: member.name,
            };
            match taken.get(&name) {
                Some(other) => self.collision(found, *other, Thing::Field, &name),
                None => drop(taken.insert(name.clone(), found)),
            }
            fields.push(self.member(member, name));
        }
        let additional = match &object.additional {
            Additional::Nothing => None,
            // serde's `flatten` reads no 128-bit numbers.
            Additional::Values(value) if !has_wide(value) => {
                Some(RustType::Map(Box::new(self.inner(value, "Value", spot))))
            }
            Additional::Anything | Additional::Values(_) => Some(RustType::json_object()),
        };
        let additional = additional.map(|ty| {
            let mut name = String::from(ADDITIONAL);
            // A member keeps its name: `additionalProperties` in `properties` is a common slip that Kratos accepts.
            while taken.contains_key(&name) {
                name.push('_');
            }
            (name, ty)
        });
        self.resolved.items[index].body = Body::Struct { fields, additional };
        self.open.pop();
    }

    fn member(&mut self, member: &Member<'s>, name: String) -> Field<'s> {
        let length = self.name.len();
        self.name.push_str(&names::pascal(member.name));
        self.path.push(member.name);
        self.at.push(member.name);
        let attributes = self.settings().field_attributes();
        let custom = self.custom_type(&member.value, member.spot);
        let mut roles = member.roles.clone();
        if custom.is_some()
            && let Type::Object(object) = &member.value
        {
            // A custom type hides the members from the table, but not what Kratos does with them.
            roles.add_members(roles_of_members(object));
        }
        let row = self.resolved.rows.len();
        if self.has_rows {
            let is_identifier = roles.own.iter().any(|role| role.credential().is_some());
            self.resolved.rows.push(Row {
                path: self.path.clone(),
                field: name.clone(),
                spot: member.spot,
                required: member.required,
                nullable: if is_identifier {
                    member.nullable_identifier
                } else {
                    matches!(member.value, Type::Nullable(_))
                },
                kind: table::kind(&member.value),
                ty: RustType::JSON_VALUE,
                roles: roles.clone(),
                only: Vec::new(),
                denied: false,
            });
        }
        let ty = custom.unwrap_or_else(|| self.value(&member.value, member.spot, Subject::Member));
        if self.has_rows {
            self.resolved.rows[row].ty = ty.clone();
        }
        self.path.pop();
        self.at.pop();
        self.name.truncate(length);
        Field {
            name,
            key: member.name,
            docs: member.docs,
            roles,
            presence: Presence::of(member, &ty),
            ty: ty.optional_if(!member.required),
            attributes,
        }
    }

    fn value(&mut self, value: &Type<'s>, spot: Spot, subject: Subject) -> RustType {
        match value {
            Type::Plain(plain) => RustType::Plain(*plain),
            Type::String(_) => RustType::String,
            Type::FreeForm => RustType::json_object(),
            Type::Array(items) => RustType::Vec(Box::new(self.inner(items, "Item", spot))),
            Type::Map(values) => RustType::Map(Box::new(self.inner(values, "Value", spot))),
            Type::Object(object) => {
                self.named(|resolver| resolver.object(object, spot, subject, false))
            }
            Type::Nullable(inner) => {
                let has_rows = mem::replace(&mut self.has_rows, false);
                let ty = match &**inner {
                    Type::Object(object) => {
                        self.named(|resolver| resolver.object(object, spot, subject, true))
                    }
                    inner => self.value(inner, spot, subject),
                };
                self.has_rows = has_rows;
                RustType::Option(Box::new(ty))
            }
            Type::Back(id) => match self.open.iter().find(|(open, ..)| open == id) {
                None => RustType::JSON_VALUE,
                Some((_, name, is_nullable)) => {
                    let ty = RustType::Boxed(Box::new(RustType::Named(name.clone())));
                    ty.optional_if(*is_nullable)
                }
            },
            Type::Choice(choice) => self.named(|resolver| {
                let index = resolver.add_item(choice.docs, spot, subject);
                resolver.resolved.items[index].body = Body::Enum(resolver.variants(&choice.values));
            }),
        }
    }

    /// A value in an array or a map.
    fn inner(&mut self, value: &Type<'s>, suffix: &str, spot: Spot) -> RustType {
        let length = self.name.len();
        self.name.push_str(suffix);
        self.at.push(settings::ITEMS);
        let has_rows = mem::replace(&mut self.has_rows, false);
        let custom = self.custom_type(value, spot);
        let ty = custom.unwrap_or_else(|| self.value(value, spot, Subject::Inner));
        self.has_rows = has_rows;
        self.at.pop();
        self.name.truncate(length);
        ty.unboxed()
    }

    /// A struct or enum for the current value, under the name that the settings give it.
    fn named(&mut self, resolve: impl FnOnce(&mut Self)) -> RustType {
        let set = self.settings().type_name();
        let name = set.map_or_else(|| self.name.clone(), String::from);
        let default_name = mem::replace(&mut self.name, name.clone());
        resolve(self);
        self.name = default_name;
        RustType::Named(name)
    }

    /// Adds a struct or enum without its body, and returns its index.
    fn add_item(&mut self, docs: Docs<'s>, spot: Spot, subject: Subject) -> usize {
        let name = self.name.clone();
        if is_reserved_type(&name) {
            let message = format!(
                "the type would be named `{name}`, which the emitted code uses for something else; write another name with {}",
                self.setting(Thing::Type, "")
            );
            self.problems.report(spot, message);
        }
        self.take_type(name.clone(), spot);
        let (everywhere, here) = (self.context.settings.derives(), self.settings().derives());
        self.resolved.items.push(Item {
            name,
            docs,
            path: self.path.clone(),
            spot,
            subject,
            derives: everywhere.chain(here).map(String::from).collect(),
            attributes: self.settings().type_attributes(),
            body: Body::Enum(Vec::new()),
        });
        self.resolved.items.len() - 1
    }

    fn take_type(&mut self, name: String, spot: Spot) {
        let path = self.path.join(".");
        if let Some((other, other_spot)) = self.taken.get(&name).cloned() {
            let one = Found {
                spot,
                value: &*path,
            };
            let other = Found {
                spot: other_spot,
                value: &*other,
            };
            self.collision(one, other, Thing::Type, &name);
        } else {
            self.taken.insert(name, (path, spot));
        }
    }

    /// The variants for the values. Those that would have one name get distinct names and a warning, unless the settings name them.
    fn variants(&mut self, values: &[Found<&'s str>]) -> Vec<(String, &'s str)> {
        let settings = self.settings();
        for value in settings.values() {
            if !values.iter().any(|found| found.value == value) {
                let path = self.at.join(".");
                self.problems.report(
                    values.first().map_or_else(Spot::default, |found| found.spot),
                    format!("a name is set for the value {value:?} of `{path}`, which has no such value; write one of these"),
                );
            }
        }
        let mut names: HashMap<&str, String> = HashMap::with_capacity(values.len());
        let mut groups: HashMap<String, Vec<Found<&str>>> = HashMap::new();
        for value in values {
            match settings.variant(value.value) {
                Some(set) => drop(names.insert(value.value, set.into())),
                None => groups
                    .entry(names::variant(value.value))
                    .or_default()
                    .push(*value),
            }
        }
        let set: HashSet<String> = names.values().cloned().collect();
        for (name, group) in groups {
            let texts: Vec<&str> = group.iter().map(|found| found.value).collect();
            if let [only] = &*texts
                && !set.contains(&name)
            {
                names.insert(only, name);
                continue;
            }
            let distinct = disambiguate::variants(&texts);
            for (index, value) in group.iter().enumerate().skip(1) {
                let message = format!(
                    "{:?} and {:?} (at {}) would both be the variant `{name}`, and so are `{}` and `{}`; set names of your own with {}",
                    value.value,
                    texts[0],
                    self.context.shown(group[0].spot),
                    distinct[index],
                    distinct[0],
                    self.setting(Thing::Variant, value.value)
                );
                self.problems
                    .warn(value.spot, Warning::CollidingValues, message);
            }
            names.extend(texts.into_iter().zip(distinct));
        }
        let mut taken: HashMap<String, Found<&str>> = HashMap::with_capacity(values.len());
        let mut variants = Vec::with_capacity(values.len());
        for value in values {
            let name = names.remove(value.value).unwrap_or_default();
            if let Some(other) = taken.insert(name.clone(), *value) {
                self.collision(*value, other, Thing::Variant, &name);
            }
            variants.push((name, value.value));
        }
        variants
    }

    /// Reports two things with one name, the places of both, and what to set.
    fn collision(&mut self, one: Found<&str>, other: Found<&str>, thing: Thing, name: &str) {
        let message = format!(
            "{:?} and {:?} (at {}) would both be the {thing} `{name}`; rename one of them, here or with {}",
            one.value,
            other.value,
            self.context.shown(other.spot),
            self.setting(thing, one.value)
        );
        self.problems.report(one.spot, message);
    }

    /// The setting that names `one` at the current path: in the settings file, and in code.
    fn setting(&self, thing: Thing, one: &str) -> String {
        let mut path = self.at.clone();
        if thing == Thing::Field {
            path.push(one);
        }
        let path = settings::written(&path);
        let (key, method) = match thing {
            Thing::Field => ("rename".into(), format!("rename({path:?}, …)")),
            Thing::Type => ("rename_type".into(), format!("rename_type({path:?}, …)")),
            Thing::Variant => (
                format!("rename_value.{one:?}"),
                format!("rename_value({path:?}, {one:?}, …)"),
            ),
        };
        format!(
            "`{key} = \"…\"` under `[schemas.{}.traits.{path:?}]` in kratos-traits.toml, or `Options::{method}`",
            self.context.name
        )
    }

    /// The settings of the current value.
    fn settings(&self) -> &'p TraitSettings {
        self.context.settings.of_trait(&self.at)
    }

    /// The field for a member of the current object.
    fn field_name(&mut self, member: &'s str) -> String {
        self.at.push(member);
        let set = self.settings().field();
        self.at.pop();
        set.map_or_else(|| names::field(member), String::from)
    }

    /// The type that the settings name for the current value, by its path or its format.
    fn custom_type(&mut self, value: &Type<'s>, spot: Spot) -> Option<RustType> {
        self.resolved.paths.push(self.at.clone());
        let settings = self.settings();
        // The setting names the type of values other than null.
        let (value, is_nullable) = match value {
            Type::Nullable(inner) => (&**inner, true),
            value => (value, false),
        };
        let has_item = matches!(value, Type::Object(_) | Type::Choice(_));
        if settings.ty().is_none() && settings.is_of_a_type() && !has_item {
            let path = self.at.join(".");
            self.problems.report(
                spot,
                format!(
                    "a name, derives or attributes are set for the type of `{path}`, which has no struct or enum of its own; set them for what has one"
                ),
            );
        }
        let of_format = match value {
            Type::String(format) => self.context.settings.type_of_format(*format),
            _ => None,
        };
        let custom = settings.ty().or(of_format)?;
        Some(RustType::Custom(custom.into()).optional_if(is_nullable))
    }
}

/// The roles of all members of an object, at any depth.
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

/// Whether the type contains an `i128`.
fn has_wide(value: &Type<'_>) -> bool {
    match value {
        Type::Plain(plain) => *plain == Plain::Wide,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => has_wide(inner),
        Type::Object(object) => object.members.iter().any(|one| has_wide(&one.value)),
        Type::String(_) | Type::Choice(_) | Type::FreeForm | Type::Back(_) => false,
    }
}
