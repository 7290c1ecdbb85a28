//! Resolves the model to names and types: everything that is written gets its name here.

use std::collections::{HashMap, HashSet};
use std::mem;

use super::disambiguate;
use super::names::{self, Thing, is_reserved_type};
use super::resolved::{Body, Field, Item, Presence, Resolved, Row, Subject};
use super::types::RustType;
use super::{Context, derives, table};
use crate::diagnostics::Warning;
use crate::model::{Additional, Docs, Member, Object, Plain, Type};
use crate::schema::{Credential, Found, Problems, Spot};
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
        open: Vec::new(),
        resolved: Resolved::default(),
    };
    let place = Place {
        name: names::root_type(context.name, context.settings),
        path: Vec::new(),
        at: Vec::new(),
        spot: Spot::default(),
        subject: Subject::Traits,
        has_rows: true,
    };
    resolver.resolved.paths.push(Vec::new());
    resolver.object(traits, &place, false);
    let mut resolved = resolver.resolved;
    resolved.types = resolver.taken.into_keys().collect();
    let policy = context.settings.policy();
    for row in &mut resolved.rows {
        row.denied = policy.denies(&row.path);
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

/// The place of a value, and the name that its type has there.
#[derive(Clone)]
struct Place<'s> {
    name: String,
    path: Vec<&'s str>,
    /// As `path`, with `[]` for a value in an array or a map: the path in the settings.
    at: Vec<&'s str>,
    spot: Spot,
    subject: Subject,
    /// Whether members have rows: not inside array items, map values, and values that may be null.
    has_rows: bool,
}

impl<'s> Place<'s> {
    fn of_member(&self, member: &Member<'s>) -> Self {
        Self {
            name: self.name.clone() + &names::pascal(member.name),
            path: [&*self.path, &[member.name]].concat(),
            at: [&*self.at, &[member.name]].concat(),
            spot: member.spot,
            subject: Subject::Member,
            has_rows: self.has_rows,
        }
    }

    /// The place of the values in an array or a map.
    fn of_inner(&self, suffix: &str) -> Self {
        Self {
            name: self.name.clone() + suffix,
            path: self.path.clone(),
            at: [&*self.at, &[settings::ITEMS]].concat(),
            spot: self.spot,
            subject: Subject::Inner,
            has_rows: false,
        }
    }
}

/// A struct whose fields are being resolved.
struct Open {
    id: usize,
    name: String,
    is_nullable: bool,
    /// Whether the current field contains the struct itself.
    is_recursive: bool,
}

struct Resolver<'p, 's> {
    context: &'p Context<'p>,
    problems: &'p mut Problems,
    /// The names of types, each with the path and place of what has it.
    taken: HashMap<String, (String, Spot)>,
    /// The structs around the current value.
    open: Vec<Open>,
    resolved: Resolved<'s>,
}

impl<'p, 's> Resolver<'p, 's> {
    fn object(&mut self, object: &Object<'s>, place: &Place<'s>, is_nullable: bool) -> RustType {
        let place = &self.with_set_name(place);
        // A struct is before the types of its members, so its fields are filled in later.
        let index = self.add_item(object.docs, place);
        self.open.push(Open {
            id: object.id,
            name: place.name.clone(),
            is_nullable,
            is_recursive: false,
        });
        if place.has_rows {
            self.resolved.objects.push(place.name.clone());
        }
        if object.members.iter().any(|member| member.required) {
            self.take_type(format!("New{}", place.name), place);
        }
        let mut taken: HashMap<String, Found<&str>> = HashMap::with_capacity(object.members.len());
        let mut fields = Vec::with_capacity(object.members.len());
        for member in &object.members {
            let found = Found::new(member.spot, member.name);
            let field = self.member(member, &place.of_member(member));
            match taken.get(&field.name) {
                Some(other) => self.collision(found, *other, Thing::Field, &field.name, place),
                None => drop(taken.insert(field.name.clone(), found)),
            }
            fields.push(field);
        }
        let additional = match &object.additional {
            Additional::Nothing => None,
            // serde's `flatten` reads no 128-bit numbers.
            Additional::Values(value) if !has_wide(value) => {
                Some(RustType::Map(Box::new(self.inner(value, "Value", place))))
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
        RustType::Named(place.name.clone())
    }

    fn member(&mut self, member: &Member<'s>, place: &Place<'s>) -> Field<'s> {
        let settings = self.settings(place);
        let set = settings.field();
        let name = set.map_or_else(|| names::field(member.name), String::from);
        let custom = self.custom_type(&member.value, place);
        let mut roles = member.roles.clone();
        if custom.is_some()
            && let Type::Object(object) = &member.value
        {
            // A custom type hides the members from the table, but not what Kratos does with them.
            roles.add_members(object);
        }
        let row = self.resolved.rows.len();
        if place.has_rows {
            let is_identifier = roles.own.iter().any(|role| role.credential().is_some());
            self.resolved.rows.push(Row {
                path: place.path.clone(),
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
        let ty = custom.unwrap_or_else(|| self.value(&member.value, place));
        if place.has_rows {
            self.resolved.rows[row].ty = ty.clone();
        }
        let object = self.open.last_mut();
        Field {
            name,
            key: member.name,
            docs: member.docs,
            roles,
            presence: Presence::of(member, &ty),
            ty: ty.optional_if(!member.required),
            attributes: settings.field_attributes(),
            is_recursive: object.is_some_and(|open| mem::take(&mut open.is_recursive)),
        }
    }

    fn value(&mut self, value: &Type<'s>, place: &Place<'s>) -> RustType {
        match value {
            Type::Plain(plain) => RustType::Plain(*plain),
            Type::String(_) => RustType::String,
            Type::FreeForm => RustType::json_object(),
            Type::Array(items) => RustType::Vec(Box::new(self.inner(items, "Item", place))),
            Type::Map(values) => RustType::Map(Box::new(self.inner(values, "Value", place))),
            Type::Object(object) => self.object(object, place, false),
            Type::Nullable(inner) => {
                let place = &Place {
                    has_rows: false,
                    ..place.clone()
                };
                let ty = match &**inner {
                    Type::Object(object) => self.object(object, place, true),
                    inner => self.value(inner, place),
                };
                RustType::Option(Box::new(ty))
            }
            Type::Back(id) => {
                let Some(index) = self.open.iter().position(|open| open.id == *id) else {
                    return RustType::JSON_VALUE;
                };
                for open in &mut self.open[index..] {
                    open.is_recursive = true;
                }
                let Open {
                    name, is_nullable, ..
                } = &self.open[index];
                let ty = RustType::Boxed(Box::new(RustType::Named(name.clone())));
                ty.optional_if(*is_nullable)
            }
            Type::Choice(choice) => {
                let place = self.with_set_name(place);
                let index = self.add_item(choice.docs, &place);
                self.resolved.items[index].body = Body::Enum(self.variants(&choice.values, &place));
                RustType::Named(place.name)
            }
        }
    }

    /// A value in an array or a map at `place`.
    fn inner(&mut self, value: &Type<'s>, suffix: &str, place: &Place<'s>) -> RustType {
        let place = &place.of_inner(suffix);
        let custom = self.custom_type(value, place);
        custom.unwrap_or_else(|| self.value(value, place)).unboxed()
    }

    /// Adds a struct or enum without its body, and returns its index.
    fn add_item(&mut self, docs: Docs<'s>, place: &Place<'s>) -> usize {
        if is_reserved_type(&place.name) {
            let message = format!(
                "the type would be named `{}`, which the generated code uses itself; set another name with {}",
                place.name,
                self.setting(Thing::Type, "", place)
            );
            self.problems.report(place.spot, message);
        }
        self.take_type(place.name.clone(), place);
        let settings = self.settings(place);
        let derives = self.context.settings.derives().chain(settings.derives());
        self.resolved.items.push(Item {
            name: place.name.clone(),
            docs,
            path: place.path.clone(),
            spot: place.spot,
            subject: place.subject,
            derives: derives.map(String::from).collect(),
            attributes: settings.type_attributes(),
            body: Body::Enum(Vec::new()),
        });
        self.resolved.items.len() - 1
    }

    fn take_type(&mut self, name: String, place: &Place<'s>) {
        let path = place.path.join(".");
        if let Some((other, spot)) = self.taken.get(&name).cloned() {
            let one = Found::new(place.spot, &*path);
            let other = Found::new(spot, &*other);
            self.collision(one, other, Thing::Type, &name, place);
        } else {
            self.taken.insert(name, (path, place.spot));
        }
    }

    /// The variants for the values. Those that would have one name get distinct names and a warning, unless the settings name them.
    fn variants(&mut self, values: &[Found<&'s str>], place: &Place<'s>) -> Vec<(String, &'s str)> {
        let settings = self.settings(place);
        for value in settings.values() {
            if !values.iter().any(|found| found.value == value) {
                let path = place.at.join(".");
                self.problems.report(
                    values.first().map_or_else(Spot::default, |found| found.spot),
                    format!("a name is set for the value {value:?} of `{path}`, which has no such value; use one of its values"),
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
        let plain: HashSet<String> = groups.keys().cloned().collect();
        for (name, group) in groups {
            let texts: Vec<&str> = group.iter().map(|found| found.value).collect();
            if let [only] = &*texts
                && !set.contains(&name)
            {
                names.insert(only, name);
                continue;
            }
            let is_taken = |one: &str| set.contains(one) || one != name && plain.contains(one);
            let distinct = disambiguate::variants(&texts, is_taken);
            for (index, value) in group.iter().enumerate().skip(1) {
                let message = format!(
                    "{:?} and {:?} (at {}) would have the same variant name `{name}`, so they are named `{}` and `{}`; to choose names, set {}",
                    value.value,
                    texts[0],
                    self.context.shown(group[0].spot),
                    distinct[index],
                    distinct[0],
                    self.setting(Thing::Variant, value.value, place)
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
                self.collision(*value, other, Thing::Variant, &name, place);
            }
            variants.push((name, value.value));
        }
        variants
    }

    /// Reports two things with one name, the places of both, and what to set.
    fn collision(
        &mut self,
        one: Found<&str>,
        other: Found<&str>,
        thing: Thing,
        name: &str,
        place: &Place<'_>,
    ) {
        let message = format!(
            "{:?} and {:?} (at {}) would have the same {thing} name `{name}`; rename one of them in the schema, or with {}",
            one.value,
            other.value,
            self.context.shown(other.spot),
            self.setting(thing, one.value, place)
        );
        self.problems.report(one.spot, message);
    }

    /// The setting that names `one` at the place: in the settings file, and in code.
    fn setting(&self, thing: Thing, one: &str, place: &Place<'_>) -> String {
        let mut path = place.at.clone();
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

    fn settings(&self, place: &Place<'_>) -> TraitSettings<'p> {
        self.context.settings.of_trait(&place.at)
    }

    /// The place with the name that the settings give its type.
    fn with_set_name(&self, place: &Place<'s>) -> Place<'s> {
        let mut place = place.clone();
        if let Some(name) = self.settings(&place).type_name() {
            place.name = String::from(name);
        }
        place
    }

    /// The type that the settings name for the value, by its path or its format.
    fn custom_type(&mut self, value: &Type<'s>, place: &Place<'s>) -> Option<RustType> {
        self.resolved.paths.push(place.at.clone());
        let settings = self.settings(place);
        // The setting names the type of values other than null.
        let (value, is_nullable) = match value {
            Type::Nullable(inner) => (&**inner, true),
            value => (value, false),
        };
        let has_item = matches!(value, Type::Object(_) | Type::Choice(_));
        if settings.ty().is_none() && settings.is_of_a_type() && !has_item {
            let path = place.at.join(".");
            self.problems.report(
                place.spot,
                format!(
                    "a name, derives or attributes are set for the type of `{path}`, which has no struct or enum of its own; set them for a trait that has one"
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

/// Whether the type contains an `i128`.
fn has_wide(value: &Type<'_>) -> bool {
    match value {
        Type::Plain(plain) => *plain == Plain::Wide,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => has_wide(inner),
        Type::Object(object) => object.members.iter().any(|one| has_wide(&one.value)),
        Type::String(_) | Type::Choice(_) | Type::FreeForm | Type::Back(_) => false,
    }
}
