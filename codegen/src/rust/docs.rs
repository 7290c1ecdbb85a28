//! Doc comments: the schema's title and description, then the rules of the schema and the roles in Kratos.

use std::fmt::Write as _;

use super::escape::{code, escaped, is_line_end};
use super::resolved::{Body, Field, Item, Subject};
use crate::model::{Docs, Roles};
use crate::schema::{Keyword, Role, Rule, Value};

/// The doc comment of a struct or enum; `name` is that of the schema.
pub(super) fn item(out: &mut String, item: &Item<'_>, name: &str) {
    let mut comment = Comment { out, indent: "" };
    let known = match item.subject {
        Subject::Traits => name,
        Subject::Member => item.path.last().unwrap_or(&""),
        Subject::Inner => "",
    };
    if comment.words(&item.docs, known) {
        return;
    }
    let path = item.path.join(".");
    let path = code(&path).unwrap_or_else(|| escaped(&path));
    comment.line(&match (item.subject, &item.body) {
        (Subject::Traits, _) => format!("The traits of the identity schema `{name}`."),
        (Subject::Member, Body::Struct { .. }) => format!("The members of the trait {path}."),
        (Subject::Member, Body::Enum(_)) => format!("The values of the trait {path}."),
        (Subject::Inner, _) => format!("One of the values in the trait {path}."),
    });
}

/// The doc comment of a field.
pub(super) fn field(out: &mut String, field: &Field<'_>) {
    let mut comment = Comment {
        out,
        indent: "    ",
    };
    if !comment.words(&field.docs, field.key) {
        let name = code(field.key).unwrap_or_else(|| escaped(field.key));
        comment.line(&format!("The member {name}."));
    }
    let summary = summary(&field.docs, &field.roles);
    if !summary.is_empty() {
        comment.line("");
        comment.line(&summary);
    }
}

struct Comment<'o> {
    out: &'o mut String,
    indent: &'static str,
}

impl Comment<'_> {
    /// Title and description, a paragraph each, without a title that only repeats the name `known` before a description. Returns
    /// whether there are any words.
    fn words(&mut self, docs: &Docs<'_>, known: &str) -> bool {
        let title = docs.title.filter(|title| {
            let has_more = docs.description.is_some_and(|text| !text.trim().is_empty());
            !has_more || !letters(title).eq(letters(known))
        });
        let paragraphs: Vec<&str> = title.into_iter().chain(docs.description).collect();
        let (mut wrote, mut is_after_blank) = (false, false);
        for line in paragraphs.join("\n\n").split(is_line_end).map(str::trim) {
            if line.is_empty() {
                is_after_blank = wrote;
                continue;
            }
            if is_after_blank {
                self.line("");
            }
            self.line(&escaped(line));
            (wrote, is_after_blank) = (true, false);
        }
        wrote
    }

    /// One line of Markdown.
    fn line(&mut self, text: &str) {
        let space = if text.is_empty() { "" } else { " " };
        // Writing to a String cannot fail.
        let _ = writeln!(self.out, "{}///{space}{text}", self.indent);
    }
}

/// The letters and digits of a name: `E-mail` is `email`.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|one| one.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// The rules of the schema for the value, then its roles in Kratos, in a sentence each.
fn summary(docs: &Docs<'_>, roles: &Roles<'_>) -> String {
    let format = docs
        .format
        .map(|format| code(format).unwrap_or_else(|| format!("format {}", escaped(format.trim()))));
    let rules: Vec<String> = format.into_iter().chain(rules(docs.rules)).collect();
    let mut sentences = vec![rules.join(", "), words_of_roles(&roles.own)];
    if !roles.items.roles.is_empty() {
        sentences.push(format!(
            "what is in it: {}",
            words_of_roles(&roles.items.roles)
        ));
    }
    for (pattern, inside) in &roles.members {
        let pattern = pattern.and_then(code);
        let names = pattern.map_or_else(String::new, |text| format!(" with a name like {text}"));
        sentences.push(format!(
            "a member{names}: {}",
            words_of_roles(&inside.roles)
        ));
    }
    let mut out = String::new();
    for sentence in sentences {
        let mut characters = sentence.chars();
        if let Some(first) = characters.next() {
            out.push_str(if out.is_empty() { "" } else { " " });
            out.extend(first.to_uppercase());
            out.push_str(characters.as_str());
            out.push('.');
        }
    }
    out
}

/// The rules in words.
fn rules(rules: &[Rule<'_>]) -> Vec<String> {
    let value = |keyword| {
        let rule = rules.iter().find(|rule| rule.keyword == keyword);
        rule.map(|rule| &rule.value.value)
    };
    let number = |keyword| match value(keyword)? {
        Value::Number(text) => Some(*text),
        _ => None,
    };
    let mut words = Vec::new();
    for (unit, least, most) in [
        ("character", Keyword::MinLength, Keyword::MaxLength),
        ("item", Keyword::MinItems, Keyword::MaxItems),
        ("member", Keyword::MinProperties, Keyword::MaxProperties),
    ] {
        words.extend(count(unit, number(least), number(most)));
    }
    if matches!(value(Keyword::UniqueItems), Some(Value::Bool(true))) {
        words.push("all different".into());
    }
    let limits = [
        ("at least", number(Keyword::Minimum)),
        ("more than", number(Keyword::ExclusiveMinimum)),
        ("at most", number(Keyword::Maximum)),
        ("less than", number(Keyword::ExclusiveMaximum)),
    ];
    match limits.map(|(_, limit)| limit) {
        [Some(least), None, Some(most), None] => words.push(format!("{least} to {most}")),
        [Some(least), None, None, Some(most)] => words.push(format!("{least} to less than {most}")),
        _ => words.extend(
            limits
                .into_iter()
                .filter_map(|(what, limit)| Some(format!("{what} {}", limit?))),
        ),
    }
    words.extend(number(Keyword::MultipleOf).map(|of| format!("a multiple of {of}")));
    for (keyword, what) in [
        (Keyword::Pattern, "pattern"),
        (Keyword::ContentEncoding, "encoded as"),
        (Keyword::ContentMediaType, "of the media type"),
    ] {
        if let Some(Value::String(text)) = value(keyword) {
            words.extend(code(text).map(|text| format!("{what} {text}")));
        }
    }
    words
}

/// How long the value is, or how many things it contains.
fn count(unit: &str, least: Option<&str>, most: Option<&str>) -> Option<String> {
    let units = |count: &str| match count {
        "1" => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    };
    Some(match (least.filter(|least| *least != "0"), most) {
        (None, None) => return None,
        (Some(least), None) => format!("at least {}", units(least)),
        (None, Some(most)) => format!("at most {}", units(most)),
        (Some(least), Some(most)) if least == most => units(most),
        (Some(least), Some(most)) => format!("{least} to {}", units(most)),
    })
}

fn words_of_roles(roles: &[Role]) -> String {
    let (identifiers, others): (Vec<_>, Vec<_>) =
        roles.iter().partition(|role| role.credential().is_some());
    let identifiers: Vec<_> = identifiers.into_iter().map(Role::words).collect();
    let mut words = Vec::new();
    if !identifiers.is_empty() {
        words.push(format!("identifier of {}", identifiers.join(", ")));
    }
    words.extend(others.into_iter().map(|role| role.words().into()));
    words.join("; ")
}
