//! The keywords of an identity schema: one table with the name, the draft, the kind of value and the schemas of each.
//!
//! To add a keyword, add a row here; the compiler then asks for it in `reader.rs`, and, if it needs a field of its own, in `tree.rs`.

use std::fmt;

use super::extension::Region;
use super::json::{Member, Node, Value};
use super::source::Problems;
use super::tree::{Found, Kinds, Schema};
use crate::diagnostics::{Warning, nearest};

/// The JSON value that a keyword takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Anything,
    String,
    Boolean,
    Number,
    PositiveNumber,
    /// A number of characters, items or members.
    Count,
    Array,
    /// An array of different strings.
    Names,
    /// The name of a type, or an array of different ones.
    Types,
    /// The extension of Kratos.
    Extension,
    Schema(Applies),
    SchemaList(Applies),
    /// One schema, or a list of them.
    SchemaOrList(Applies),
    /// An object whose members are schemas.
    SchemaMap(Applies),
    /// An object whose members are schemas or arrays of names.
    SchemaOrNamesMap(Applies),
}

/// What the schemas in a keyword are about, seen from the value that the keyword is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applies {
    /// The same value.
    Value,
    Members,
    MemberNames,
    Items,
    /// Nothing by themselves: only a `$ref` makes Kratos use them.
    Nothing,
}

macro_rules! keywords {
    ($($keyword:ident = $name:literal, $draft:ident, $shape:expr;)*) => {
        /// A keyword that Kratos acts on, or that people write for themselves.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Keyword {
            $(#[doc = concat!("`", $name, "`")] $keyword,)*
        }

        impl Keyword {
            pub(crate) const NAMES: &[&str] = &[$($name),*];

            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$keyword),*];

            /// The keyword of this name.
            pub(crate) fn of(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$keyword),)*
                    _ => None,
                }
            }

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$keyword => $name,)* }
            }

            /// The first draft that has it; Kratos ignores it in files of an older one.
            pub(crate) const fn since(self) -> Draft {
                match self { $(Self::$keyword => Draft::$draft,)* }
            }

            pub(crate) const fn shape(self) -> Shape {
                use Applies::*;
                use Shape::*;
                match self { $(Self::$keyword => $shape,)* }
            }
        }
    };
}

keywords! {
    AdditionalItems = "additionalItems", Four, Schema(Items);
    AdditionalProperties = "additionalProperties", Four, Schema(Members);
    AllOf = "allOf", Four, SchemaList(Value);
    AnyOf = "anyOf", Four, SchemaList(Value);
    Comment = "$comment", Seven, String;
    Const = "const", Six, Anything;
    Contains = "contains", Six, Schema(Items);
    ContentEncoding = "contentEncoding", Seven, String;
    ContentMediaType = "contentMediaType", Seven, String;
    Default = "default", Four, Anything;
    Definitions = "definitions", Four, SchemaMap(Nothing);
    Dependencies = "dependencies", Four, SchemaOrNamesMap(Value);
    Description = "description", Four, String;
    Else = "else", Seven, Schema(Value);
    Enum = "enum", Four, Array;
    Examples = "examples", Six, Array;
    ExclusiveMaximum = "exclusiveMaximum", Four, Number;
    ExclusiveMinimum = "exclusiveMinimum", Four, Number;
    Extension = "ory.sh/kratos", Four, Extension;
    Format = "format", Four, String;
    Id = "$id", Six, String;
    If = "if", Seven, Schema(Value);
    Items = "items", Four, SchemaOrList(Items);
    MaxItems = "maxItems", Four, Count;
    MaxLength = "maxLength", Four, Count;
    MaxProperties = "maxProperties", Four, Count;
    Maximum = "maximum", Four, Number;
    MinItems = "minItems", Four, Count;
    MinLength = "minLength", Four, Count;
    MinProperties = "minProperties", Four, Count;
    Minimum = "minimum", Four, Number;
    MultipleOf = "multipleOf", Four, PositiveNumber;
    Not = "not", Four, Schema(Value);
    OneOf = "oneOf", Four, SchemaList(Value);
    Pattern = "pattern", Four, String;
    PatternProperties = "patternProperties", Four, SchemaMap(Members);
    Properties = "properties", Four, SchemaMap(Members);
    PropertyNames = "propertyNames", Six, Schema(MemberNames);
    ReadOnly = "readOnly", Seven, Boolean;
    Ref = "$ref", Four, String;
    Required = "required", Four, Names;
    SchemaUrl = "$schema", Four, String;
    Then = "then", Seven, Schema(Value);
    Title = "title", Four, String;
    Type = "type", Four, Types;
    UniqueItems = "uniqueItems", Four, Boolean;
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Keyword {
    /// Keywords whose values Kratos's settings flow sees only beside this `type`; the first of them is reported.
    pub(crate) const NEED_TYPE: [(Self, &str); 4] = [
        (Self::Properties, "object"),
        (Self::Required, "object"),
        (Self::AdditionalProperties, "object"),
        (Self::Items, "array"),
    ];

    /// What the schemas in its value are about; `None` if it holds no schemas.
    pub(crate) const fn applies(self) -> Option<Applies> {
        match self.shape() {
            Shape::Schema(applies)
            | Shape::SchemaList(applies)
            | Shape::SchemaOrList(applies)
            | Shape::SchemaMap(applies)
            | Shape::SchemaOrNamesMap(applies) => Some(applies),
            Shape::Anything
            | Shape::String
            | Shape::Boolean
            | Shape::Number
            | Shape::PositiveNumber
            | Shape::Count
            | Shape::Array
            | Shape::Names
            | Shape::Types
            | Shape::Extension => None,
        }
    }

    /// The schemas in its value; none where the value has another shape.
    pub(crate) fn schemas<'n, 't>(self, value: &'n Node<'t>) -> Vec<&'n Node<'t>> {
        match self.holds(value) {
            Holds::Nothing => Vec::new(),
            Holds::Itself => vec![value],
            Holds::Children => value.children().collect(),
        }
    }

    /// As [`schemas`](Self::schemas), to change them.
    pub(crate) fn schemas_mut<'n, 't>(self, value: &'n mut Node<'t>) -> Vec<&'n mut Node<'t>> {
        match self.holds(value) {
            Holds::Nothing => Vec::new(),
            Holds::Itself => vec![value],
            Holds::Children => value.children_mut().collect(),
        }
    }

    fn holds(self, value: &Node<'_>) -> Holds {
        match (self.shape(), &value.value) {
            (Shape::SchemaList(_) | Shape::SchemaOrList(_), Value::Array(_))
            | (Shape::SchemaMap(_) | Shape::SchemaOrNamesMap(_), Value::Object(_)) => {
                Holds::Children
            }
            (Shape::Schema(_) | Shape::SchemaOrList(_), _) => Holds::Itself,
            _ => Holds::Nothing,
        }
    }
}

/// Which part of a value are schemas.
enum Holds {
    Nothing,
    Itself,
    Children,
}

/// A draft, as the `$schema` of a file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    Four,
    Six,
    Seven,
}

/// The `$schema` to write.
pub(super) const NEWEST: &str = "http://json-schema.org/draft-07/schema#";

/// Kratos compares these as text. Without `$schema` it reads draft-07.
const URLS: [(&str, Draft); 4] = [
    (NEWEST, Draft::Seven),
    ("http://json-schema.org/draft-06/schema#", Draft::Six),
    ("http://json-schema.org/draft-04/schema#", Draft::Four),
    ("http://json-schema.org/schema#", Draft::Seven),
];

impl Draft {
    /// The draft of the file with this root.
    pub(super) fn of(root: &Node<'_>) -> Self {
        let url = root.member(Keyword::SchemaUrl.name()).and_then(Node::text);
        url.and_then(Self::of_url).unwrap_or(Self::Seven)
    }

    fn of_url(url: &str) -> Option<Self> {
        let known = URLS.iter().find(|(known, _)| *known == url);
        known.map(|(_, draft)| *draft)
    }

    /// The keyword that gives a schema its URL.
    pub(super) fn id(self) -> &'static str {
        if self == Self::Four {
            "id"
        } else {
            Keyword::Id.name()
        }
    }
}

/// Reports a `$schema` that Kratos does not know.
pub(super) fn check_draft(root: &Node<'_>, problems: &mut Problems) {
    if let Some(node) = root.member(Keyword::SchemaUrl.name())
        && let Some(url) = node.text()
        && Draft::of_url(url).is_none()
    {
        problems.report(
            node.spot,
            format!(
                "Kratos does not know the `$schema` {url:?} and fails at the first identity; write {NEWEST:?}"
            ),
        );
    }
}

/// Words that people write for a keyword although they are not similar to it, and words that look like misspelt keywords and are not,
/// such as keywords of newer drafts.
const OTHER_WORDS: [(&str, Option<&str>); 10] = [
    ("regex", Some("pattern")),
    ("regexp", Some("pattern")),
    ("ory.sh", Some("ory.sh/kratos")),
    ("kratos", Some("ory.sh/kratos")),
    ("$defs", None),
    ("$anchor", None),
    ("id", None),
    ("example", None),
    ("writeOnly", None),
    ("minContains", None),
];

/// The formats that Kratos knows; it ignores any other.
const FORMATS: [&str; 19] = [
    "date-time",
    "date",
    "time",
    "email",
    "tel",
    "hostname",
    "ipv4",
    "ip-address",
    "ipv6",
    "uri",
    "iri",
    "uri-reference",
    "uriref",
    "iri-reference",
    "uri-template",
    "regex",
    "json-pointer",
    "relative-json-pointer",
    "no-validate",
];

/// Warns of an unknown keyword that looks like a mistake.
pub(super) fn check_unknown(member: &Member<'_>, region: Region, problems: &mut Problems) {
    if !region.has_roles() {
        return;
    }
    let written = &*member.key;
    let meant = match OTHER_WORDS.iter().find(|(word, _)| *word == written) {
        Some((_, meant)) => *meant,
        None => nearest(written, Keyword::NAMES),
    };
    if let Some(meant) = meant {
        problems.warn(
            member.spot,
            Warning::MisspeltKeyword,
            format!("Kratos does not know the keyword {written:?} and ignores it; did you mean `{meant}`?"),
        );
    }
}

/// Warns of a format that Kratos does not know.
pub(super) fn check_format(found: Found<&str>, region: Region, problems: &mut Problems) {
    let written = found.value;
    if !region.has_roles() || is_enforced(written) {
        return;
    }
    let meant = match written {
        "phone" | "phone-number" | "e164" => Some("tel"),
        "mail" => Some("email"),
        "url" => Some("uri"),
        "datetime" => Some("date-time"),
        _ => nearest(written, &FORMATS),
    };
    let hint = meant.map_or_else(
        || String::from("; remove it, or write a `pattern`"),
        |meant| format!("; did you mean `{meant}`?"),
    );
    problems.warn(
        found.spot,
        Warning::UnknownFormat,
        format!("Kratos does not know the format {written:?} and does not check it{hint}"),
    );
}

/// Warns of a format beside a `type` that allows null.
pub(super) fn check_nullable_format(schema: &Schema<'_>, problems: &mut Problems) {
    let allows_null = schema
        .type_kinds()
        .is_some_and(|kinds| kinds.has(Kinds::NULL));
    if let Some(Found { spot, value }) = schema.format
        && allows_null
        && is_enforced(value)
        && value != "no-validate"
    {
        problems.warn(
            spot,
            Warning::NullableFormat,
            format!(
                "`type` allows null, but Kratos applies the format {value:?} to null too and refuses it; remove `null` from `type`, or write a branch of `anyOf` for each"
            ),
        );
    }
}

/// Warns of a keyword that people expect to have an effect, and that Kratos ignores.
pub(super) fn check_ignored(
    keyword: Keyword,
    member: &Member<'_>,
    region: Region,
    problems: &mut Problems,
) {
    let (warning, message) = match (keyword, &member.node.value) {
        (Keyword::ReadOnly, Value::Bool(true)) => (
            Warning::IgnoredReadOnly,
            "Kratos ignores `readOnly`: a settings flow changes this trait like any other; remove the keyword, and keep what people must not change in `metadata_public` or, for the updaters of this application, behind the setting `deny`",
        ),
        (Keyword::Default, _) => (
            Warning::IgnoredDefault,
            "Kratos never applies `default`: a trait that is absent stays absent; remove the keyword, and write the value when the identity is created",
        ),
        _ => return,
    };
    if region.has_roles() {
        problems.warn(member.spot, warning, message);
    }
}

/// Whether Kratos knows the format. If so, it refuses every value that is not a string.
pub(crate) fn is_enforced(format: &str) -> bool {
    FORMATS.contains(&format)
}

#[cfg(test)]
mod tests {
    use super::{Applies, Keyword, Shape};
    use crate::{Options, generate};

    /// The value of a keyword with this schema in it, once for each way to hold one.
    fn values(keyword: Keyword, schema: &str) -> Vec<String> {
        let list = format!("[{schema}]");
        let map = format!("{{ \"traits\": {schema} }}");
        match keyword.shape() {
            Shape::Schema(_) => vec![schema.into()],
            Shape::SchemaList(_) => vec![list],
            Shape::SchemaOrList(_) => vec![schema.into(), list],
            Shape::SchemaMap(_) | Shape::SchemaOrNamesMap(_) => vec![map],
            _ => Vec::new(),
        }
    }

    /// Every schema for a trait that has `schema` in a keyword, with what the keyword needs beside it.
    fn traits(keyword: Keyword, schema: &str) -> Vec<String> {
        let beside = match keyword {
            Keyword::AdditionalItems => "\"items\": [{}],",
            Keyword::Then | Keyword::Else => "\"if\": {},",
            Keyword::If => "\"then\": {},",
            _ => "",
        };
        let values = values(keyword, schema).into_iter();
        let name = keyword.name();
        values
            .map(|value| format!("{{ {beside} \"{name}\": {value} }}"))
            .collect()
    }

    fn schema(x: &str, y: &str) -> String {
        format!(
            r#"{{ "properties": {{ "traits": {{ "type": "object", "properties": {{ "x": {x}, "y": {y} }} }} }} }}"#
        )
    }

    /// The errors in an identity schema with these traits.
    fn problems(x: &str, y: &str) -> String {
        match generate("guest", "guest.json", &schema(x, y), &Options::new()) {
            Ok(_) => String::new(),
            Err(errors) => errors.to_string(),
        }
    }

    #[test]
    fn schemas_in_every_keyword_are_read() {
        for keyword in Keyword::ALL {
            for x in traits(*keyword, r#"{ "type": "strng" }"#) {
                let said = problems(&x, "{}");
                assert!(said.contains("`type` is \"strng\""), "{x}: {said}");
            }
        }
    }

    #[test]
    fn references_in_every_keyword_are_resolved() {
        for keyword in Keyword::ALL {
            for x in traits(*keyword, r##"{ "$ref": "#/none" }"##) {
                let is_resolved = problems(&x, "{}").contains("there is no schema at \"#/none\"");
                let is_applied = keyword.applies() != Some(Applies::Nothing);
                assert_eq!(is_resolved, is_applied, "{x}");
            }
        }
    }

    /// A role that is lost here would let an update change an identifier without a fresh login.
    #[test]
    fn roles_in_every_keyword_are_those_of_the_trait() {
        let role = r#""ory.sh/kratos": { "credentials": { "password": { "identifier": true } } }"#;
        for keyword in Keyword::ALL {
            if keyword.applies() == Some(Applies::Nothing) {
                continue;
            }
            for x in traits(*keyword, &format!("{{ {role} }}")) {
                let generated = generate("guest", "guest.json", &schema(&x, "{}"), &Options::new());
                let generated = generated.expect("the schema is valid");
                let is_identifier = generated.warnings.iter().any(|warning| {
                    let message = &warning.message;
                    message.starts_with("`x") && message.contains("only identifier of `password`")
                });
                assert!(is_identifier, "{x}: {:?}", generated.warnings);
            }
        }
    }

    #[test]
    fn ids_in_every_keyword_are_found() {
        for keyword in Keyword::ALL {
            for x in traits(*keyword, r##"{ "$id": "#here", "type": "string" }"##) {
                assert_eq!(problems(&x, r##"{ "$ref": "#here" }"##), "", "{x}");
            }
        }
    }
}
