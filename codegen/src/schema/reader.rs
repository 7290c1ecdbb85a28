//! Reads schema objects keyword by keyword into the [tree](super::tree). Keywords that Kratos does not know are ignored, as Kratos
//! does.

use std::collections::HashSet;

use super::extension::{Region, extension};
use super::json::{CanonicalValue, Member, Node, Value};
use super::keywords::{Draft, Keyword};
use super::refs::is_url_reference;
use super::source::Problems;
use super::tree::{Dependent, Found, Kinds, Property, Rule, Schema, SubSchema, Types};
use super::{keywords, pattern, shape};
use crate::diagnostics::{Warning, hint};

/// Reads the schemas of one file.
pub(super) struct Reader<'p> {
    /// The draft of the file. Every keyword is checked, as Kratos does at boot; what the draft does not have is then left out.
    pub(super) draft: Draft,
    pub(super) problems: &'p mut Problems,
}

impl Reader<'_> {
    /// One schema: an object, or `true` or `false`. `name` is the key that a problem names.
    pub(super) fn one<'s>(
        &mut self,
        name: &str,
        node: &'s Node<'s>,
        region: Region,
    ) -> Option<SubSchema<'s>> {
        match &node.value {
            Value::Object(members) => Some(SubSchema::Schema(Box::new(
                self.schema(node, members, region),
            ))),
            Value::Bool(value) => Some(SubSchema::Bool(found(node, *value))),
            _ => {
                shape::wrong(name, node, "a schema, which is an object", self.problems);
                None
            }
        }
    }

    /// The members of a schema that is an object.
    pub(super) fn schema<'s>(
        &mut self,
        node: &'s Node<'s>,
        members: &'s [Member<'s>],
        region: Region,
    ) -> Schema<'s> {
        let mut schema = Schema {
            spot: node.spot,
            ..Schema::default()
        };
        let before = self.problems.len();
        let is_reference = node.member(Keyword::Ref.name()).is_some();
        let mut additional_items = None;
        for member in members {
            match Keyword::of(&member.key) {
                Some(Keyword::Extension) if !region.has_roles() => {}
                Some(Keyword::Extension) if is_reference => self.problems.warn(
                    member.spot,
                    Warning::IgnoredRole,
                    "Kratos ignores `ory.sh/kratos` beside a `$ref`, like everything there; move it to the schema that the `$ref` points to",
                ),
                // Read when it is known whether `items` is a list.
                Some(Keyword::AdditionalItems) => additional_items = Some(member),
                Some(keyword) if keyword.since() <= self.draft => {
                    self.keyword(&mut schema, keyword, member, region);
                }
                Some(keyword) => self.keyword(&mut Schema::default(), keyword, member, region),
                None => keywords::check_unknown(member, region, self.problems),
            }
        }
        if let Some(member) = additional_items {
            self.keyword(&mut schema, Keyword::AdditionalItems, member, region);
        }
        if region.has_roles() {
            keywords::check_nullable_format(&schema, self.problems);
        }
        let has = |keyword: Keyword| node.member(keyword.name()).is_some();
        if !has(Keyword::If) || !(has(Keyword::Then) || has(Keyword::Else)) {
            schema.conditions.clear();
        }
        schema.incomplete = self.problems.len() > before;
        if is_reference {
            return Schema {
                spot: schema.spot,
                reference: schema.reference,
                incomplete: schema.incomplete,
                ..Schema::default()
            };
        }
        schema
    }

    fn keyword<'s>(
        &mut self,
        schema: &mut Schema<'s>,
        keyword: Keyword,
        member: &'s Member<'s>,
        region: Region,
    ) {
        let node = &member.node;
        shape::check(keyword, node, self.problems);
        match keyword {
            Keyword::Title => schema.title = node.text(),
            Keyword::Description => schema.description = node.text(),
            Keyword::Type => schema.types = Some(found(node, self.types(node))),
            Keyword::Format => {
                schema.format = node.text().map(|text| found(node, text));
                if let Some(found) = schema.format {
                    keywords::check_format(found, region, self.problems);
                }
            }
            Keyword::Enum => {
                if let Value::Array(values) = &node.value {
                    self.check_different(node, values);
                    schema.choices = Some(found(node, &**values));
                }
            }
            Keyword::Const => schema.constant = Some(node),
            Keyword::Properties => {
                schema.properties = Some(Found {
                    spot: member.spot,
                    value: self.map(keyword, node, |name| region.of_property(name)),
                });
            }
            Keyword::PatternProperties => {
                schema.patterns = self.map(keyword, node, |_| region.below());
                for property in &schema.patterns {
                    pattern::check(property.name, property.spot, self.problems);
                }
            }
            Keyword::AdditionalProperties => {
                schema.additional = self.found_one(keyword, member, region);
            }
            Keyword::PropertyNames => {
                schema.member_names = self.one(keyword.name(), node, region.below());
            }
            Keyword::Required => {
                schema.required = Some(Found {
                    spot: member.spot,
                    value: shape::names(keyword.name(), node, self.problems),
                });
            }
            Keyword::Dependencies => self.dependencies(schema, keyword, node, region.below()),
            Keyword::Items if matches!(node.value, Value::Array(_)) => {
                let list = self.list(keyword, node, region);
                schema.tuple = Some(list.len());
                schema.some_items.extend(list);
            }
            Keyword::Items => schema.items = self.found_one(keyword, member, region),
            Keyword::AdditionalItems => self.additional_items(schema, keyword, node, region),
            Keyword::Contains => schema.contains = self.one(keyword.name(), node, region.below()),
            Keyword::AllOf => schema.all_of = self.list(keyword, node, region),
            Keyword::AnyOf | Keyword::OneOf => {
                let list = self.list(keyword, node, region);
                schema.alternatives.push(list);
            }
            Keyword::Not => {
                let value = self.one(keyword.name(), node, region.below());
                schema.perhaps.extend(value);
            }
            Keyword::If | Keyword::Then | Keyword::Else => {
                let value = self.one(keyword.name(), node, region.below());
                schema.conditions.extend(value);
            }
            Keyword::Definitions => {
                self.map(keyword, node, |_| Region::Elsewhere);
            }
            Keyword::Extension => {
                let extension = extension(node, member.spot, region, self.problems);
                schema.extension = Some(extension);
            }
            Keyword::Ref => schema.reference = self.reference(node),
            Keyword::Id => self.check_id(node),
            Keyword::Pattern => {
                if let Some(text) = node.text() {
                    pattern::check(text, node.spot, self.problems);
                }
                schema.rules.push(Rule::of(keyword, node));
            }
            Keyword::MinLength
            | Keyword::MaxLength
            | Keyword::MinItems
            | Keyword::MaxItems
            | Keyword::MinProperties
            | Keyword::MaxProperties
            | Keyword::Minimum
            | Keyword::Maximum
            | Keyword::ExclusiveMinimum
            | Keyword::ExclusiveMaximum
            | Keyword::MultipleOf
            | Keyword::UniqueItems
            | Keyword::ContentEncoding
            | Keyword::ContentMediaType => schema.rules.push(Rule::of(keyword, node)),
            Keyword::Default | Keyword::ReadOnly => {
                keywords::check_ignored(keyword, member, region, self.problems);
            }
            Keyword::Comment | Keyword::Examples | Keyword::SchemaUrl => {}
        }
    }

    /// The schema in a keyword, with the place of its key.
    fn found_one<'s>(
        &mut self,
        keyword: Keyword,
        member: &'s Member<'s>,
        region: Region,
    ) -> Option<Found<SubSchema<'s>>> {
        let value = self.one(keyword.name(), &member.node, region.below())?;
        Some(Found {
            spot: member.spot,
            value,
        })
    }

    /// An object whose members are schemas, each in the region that `region` gives for its name.
    fn map<'s>(
        &mut self,
        keyword: Keyword,
        node: &'s Node<'s>,
        region: impl Fn(&str) -> Region,
    ) -> Vec<Property<'s>> {
        let members = shape::object(keyword.name(), node, self.problems).unwrap_or_default();
        let properties = members.iter().filter_map(|member| {
            Some(Property {
                name: &member.key,
                spot: member.spot,
                schema: self.one(&member.key, &member.node, region(&member.key))?,
            })
        });
        properties.collect()
    }

    /// An array of at least one schema.
    fn list<'s>(
        &mut self,
        keyword: Keyword,
        node: &'s Node<'s>,
        region: Region,
    ) -> Vec<SubSchema<'s>> {
        let name = keyword.name();
        let schemas = shape::array(name, node, self.problems);
        if schemas.is_some_and(<[_]>::is_empty) {
            self.problems.report(
                node.spot,
                format!("`{name}` is empty; write at least one schema"),
            );
        }
        let schemas = schemas.unwrap_or_default().iter();
        schemas
            .filter_map(|schema| self.one(name, schema, region.in_list()))
            .collect()
    }

    /// An object whose members are schemas or lists of names.
    fn dependencies<'s>(
        &mut self,
        schema: &mut Schema<'s>,
        keyword: Keyword,
        node: &'s Node<'s>,
        region: Region,
    ) {
        let name = keyword.name();
        for member in shape::object(name, node, self.problems).unwrap_or_default() {
            if matches!(member.node.value, Value::Array(_)) {
                schema.dependents.push(Dependent {
                    name: &member.key,
                    wanted: shape::names(name, &member.node, self.problems),
                });
            } else {
                let value = self.one(name, &member.node, region);
                schema.perhaps.extend(value);
            }
        }
    }

    /// `additionalItems`, which has no effect unless `items` is a list.
    fn additional_items<'s>(
        &mut self,
        schema: &mut Schema<'s>,
        keyword: Keyword,
        node: &'s Node<'s>,
        region: Region,
    ) {
        if schema.tuple.is_none() {
            self.one(keyword.name(), node, Region::Elsewhere);
            return;
        }
        if matches!(node.value, Value::Bool(false)) {
            schema.closed_tuple = schema.tuple;
        }
        let value = self.one(keyword.name(), node, region.below());
        schema.some_items.extend(value);
    }

    /// Kratos does not start if an `enum` is empty or has a value twice.
    fn check_different(&mut self, node: &Node<'_>, values: &[Node<'_>]) {
        if values.is_empty() {
            self.problems.report(
                node.spot,
                "`enum` is empty, so Kratos does not start; write at least one value",
            );
        }
        let mut seen = HashSet::new();
        for value in values {
            if !seen.insert(CanonicalValue::of(value)) {
                self.problems.report(
                    value.spot,
                    "duplicate value in `enum`, so Kratos does not start; remove it",
                );
            }
        }
    }

    fn reference<'s>(&mut self, node: &'s Node<'s>) -> Option<Found<&'s str>> {
        let text = node.text()?;
        if !is_url_reference(text) {
            self.problems.report(
                node.spot,
                format!("`$ref` is {text:?}, which is not a valid URI, so Kratos does not start; write a `%` as `%25`, and a host and port without placeholders"),
            );
            return None;
        }
        Some(found(node, text))
    }

    fn check_id(&mut self, node: &Node<'_>) {
        if let Some(id) = node.text()
            && !is_url_reference(id)
        {
            self.problems.report(
                node.spot,
                format!("`$id` is {id:?}, which is not a valid URI, so Kratos does not start; write a valid one, or remove `$id`"),
            );
        }
    }

    fn types(&mut self, node: &Node<'_>) -> Types {
        match &node.value {
            Value::String(name) => self.kinds(name, node).map_or(Types::Unknown, Types::One),
            Value::Array(all) if all.is_empty() => {
                self.problems
                    .report(node.spot, "`type` is empty; write at least one type");
                Types::Unknown
            }
            Value::Array(all) => {
                let before = self.problems.len();
                let mut several = Kinds::NONE;
                let names = shape::names(Keyword::Type.name(), node, self.problems);
                for (item, name) in all.iter().zip(names) {
                    several = several.or(self.kinds(name.value, item).unwrap_or(Kinds::NONE));
                }
                if self.problems.len() > before {
                    Types::Unknown
                } else {
                    Types::Several(several)
                }
            }
            _ => {
                shape::wrong(Keyword::Type.name(), node, "a string", self.problems);
                Types::Unknown
            }
        }
    }

    fn kinds(&mut self, name: &str, node: &Node<'_>) -> Option<Kinds> {
        let kinds = Kinds::of_type(name);
        if kinds.is_none() {
            let hint = hint(name, &Kinds::TYPES);
            self.problems
                .report(node.spot, format!("`type` is {name:?}{hint}"));
        }
        kinds
    }
}

fn found<T>(node: &Node<'_>, value: T) -> Found<T> {
    Found {
        spot: node.spot,
        value,
    }
}
