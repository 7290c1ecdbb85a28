//! Doc comments: the schema's title and description, then what the schema and Kratos ask.

use super::markdown::{code, escaped, is_line_end};
use super::plan::{Body, Field, Item, Subject};
use super::summary::summary;
use crate::model::Docs;

/// The doc comment of a struct or enum; `name` is that of the schema.
pub(crate) fn item(out: &mut String, item: &Item<'_>, name: &str) {
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
    let subject = match (item.subject, &item.body) {
        (Subject::Traits, _) => format!("The traits of the identity schema `{name}`."),
        (Subject::Member, Body::Struct { .. }) => format!("The members of the trait {path}."),
        (Subject::Member, Body::Enum(_)) => format!("The values of the trait {path}."),
        (Subject::Inner, _) => format!("One of the values in the trait {path}."),
    };
    comment.line(&subject);
}

/// The doc comment of a field.
pub(crate) fn field(out: &mut String, field: &Field<'_>) {
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
    /// Title and description, a paragraph each; a title that only repeats the name `known` gives way to the description. Says
    /// whether there were any words.
    fn words(&mut self, docs: &Docs<'_>, known: &str) -> bool {
        let title = docs.title.filter(|title| {
            let has_more = docs.description.is_some_and(|text| !text.trim().is_empty());
            !has_more || !letters(title).eq(letters(known))
        });
        let mut wrote = false;
        for text in [title, docs.description].into_iter().flatten() {
            let mut blank = wrote;
            let lines = text.split(is_line_end).map(str::trim);
            for line in lines.skip_while(|line| line.is_empty()) {
                if line.is_empty() {
                    blank = true;
                    continue;
                }
                if blank {
                    self.line("");
                    blank = false;
                }
                self.line(&escaped(line));
                wrote = true;
            }
        }
        wrote
    }

    /// One line, already Markdown.
    fn line(&mut self, text: &str) {
        self.out.push_str(self.indent);
        self.out.push_str("///");
        if !text.is_empty() {
            self.out.push(' ');
            self.out.push_str(text);
        }
        self.out.push('\n');
    }
}

/// The letters and digits of a name: `E-mail` is `email`.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|one| one.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
