//! Doc comments: the schema's title and description, then what the schema and Kratos ask.

use super::layout::push_indent;
use super::markdown::{code, escaped, is_line_end};
use super::plan::{Body, Field, Item, Subject};
use super::summary::summary;
use crate::model::Docs;

/// The doc comment of a struct or enum; `name` is that of the schema.
pub(crate) fn item(out: &mut String, item: &Item<'_>, name: &str) {
    let mut comment = Comment::new(out, 0);
    if comment.words(&item.docs) {
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
    let mut comment = Comment::new(out, 4);
    if !comment.words(&field.docs) {
        let name = code(field.key).unwrap_or_else(|| escaped(field.key));
        comment.line(&format!("The member {name}."));
    }
    let summary = summary(&field.docs, &field.roles);
    if !summary.is_empty() {
        comment.line("");
        comment.line(&summary);
    }
}

/// The doc comment of a variant.
pub(crate) fn variant(out: &mut String, value: &str) {
    let value = code(value).unwrap_or_else(|| format!("“{}”", escaped(value)));
    Comment::new(out, 4).line(&value);
}

/// The doc comment of the constant for the trait at this path.
pub(crate) fn constant(out: &mut String, path: &[&str]) {
    let path = path.join(".");
    let path = code(&path).unwrap_or_else(|| escaped(&path));
    Comment::new(out, 4).line(&format!("The trait {path}."));
}

/// Would clippy's `doc_markdown` ask for backticks in these words?
pub(crate) fn has_code_like_words(docs: &Docs<'_>) -> bool {
    let texts = [docs.title, docs.description];
    texts.into_iter().flatten().any(|text| {
        let mut previous_is_small = false;
        let has_capital_inside = text.chars().any(|character| {
            let is_inside = previous_is_small && character.is_uppercase();
            previous_is_small = character.is_lowercase() || character.is_numeric();
            is_inside
        });
        has_capital_inside
            || ["_", "::", "://", "()"]
                .iter()
                .any(|part| text.contains(part))
    })
}

struct Comment<'o> {
    out: &'o mut String,
    indent: usize,
}

impl<'o> Comment<'o> {
    fn new(out: &'o mut String, indent: usize) -> Self {
        Self { out, indent }
    }

    /// Title and description, a paragraph each. Says whether there were any words.
    fn words(&mut self, docs: &Docs<'_>) -> bool {
        let mut wrote = false;
        for text in [docs.title, docs.description].into_iter().flatten() {
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
        push_indent(self.out, self.indent);
        self.out.push_str("///");
        if !text.is_empty() {
            self.out.push(' ');
            self.out.push_str(text);
        }
        self.out.push('\n');
    }
}
