//! `identity.schemas` of a configuration of Kratos, in YAML or JSON.

use saphyr::{LoadableYamlNode as _, MarkedYaml};

use crate::problem::{Errors, Excerpt, Problem};

/// One of the schemas.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) url: String,
    line: u32,
    column: u32,
    excerpt: String,
}

impl Entry {
    /// `file:line:column`.
    pub(super) fn place(&self, shown: &str) -> String {
        format!("{shown}:{}:{}", self.line, self.column)
    }

    pub(super) fn problem(&self, shown: &str, message: String) -> Problem {
        let place = (self.line, self.column);
        let excerpt = Excerpt::of_line(&self.excerpt, self.column);
        Problem::at(shown, place, message, excerpt)
    }
}

/// The schemas in this text; at least one.
pub(super) fn read(text: &str, shown: &str) -> Result<Vec<Entry>, Errors> {
    let documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let message = format!("neither YAML nor JSON: {error}; give the configuration of Kratos");
        Problem::of_file(shown, message.replace('\n', " "))
    })?;
    let schemas = documents
        .first()
        .and_then(|root| root.data.as_mapping_get("identity"))
        .and_then(|identity| identity.data.as_mapping_get("schemas"))
        .and_then(|schemas| schemas.data.as_sequence());
    let Some(schemas) = schemas.filter(|schemas| !schemas.is_empty()) else {
        let message = "there is no list `identity.schemas`, which names the identity schemas; give the configuration of Kratos";
        return Err(Problem::of_file(shown, message).into());
    };
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    let line = |number: usize| {
        text.lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
    };
    for schema in schemas {
        let text = |key| {
            let value = schema.data.as_mapping_get(key)?;
            value.data.as_str().map(String::from)
        };
        let start = schema.span.start;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut entry = Entry {
            id: String::new(),
            url: String::new(),
            line: number(start.line()),
            column: number(start.col() + 1),
            excerpt: line(start.line()).into(),
        };
        match (text("id"), text("url")) {
            (Some(id), Some(url)) => {
                (entry.id, entry.url) = (id, url);
                entries.push(entry);
            }
            _ => {
                let message = "a schema without the texts `id` and `url`; write both";
                problems.push(entry.problem(shown, message.into()));
            }
        }
    }
    if problems.is_empty() {
        Ok(entries)
    } else {
        Err(Errors::new(problems))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn said(text: &str) -> String {
        match read(text, "kratos.yml") {
            Ok(entries) => {
                let shown = entries.iter().map(|entry| {
                    format!("{}:{} {}={}", entry.line, entry.column, entry.id, entry.url)
                });
                shown.collect::<Vec<_>>().join("\n")
            }
            Err(errors) => errors.to_string(),
        }
    }

    #[test]
    fn yaml_and_json() {
        let yaml = "dsn: memory\nidentity:\n  schemas:\n    - id: a\n      url: file://a.json\n    - { url: 'b', id: \"b\" }\n";
        assert_eq!(said(yaml), "4:7 a=file://a.json\n6:7 b=b");
        let json = r#"{ "identity": { "schemas": [{ "id": "a", "url": "x" }] } }"#;
        assert_eq!(said(json), "1:29 a=x");
    }

    #[test]
    fn what_names_no_schema() {
        for text in ["", "identity: 1", "identity: { schemas: [] }", "[]"] {
            assert!(
                said(text).starts_with("kratos.yml:1:1: there is no list"),
                "{text}"
            );
        }
        assert!(said("a: [").starts_with("kratos.yml:1:1: neither YAML nor JSON: "));
        assert_eq!(
            said("identity:\n  schemas:\n    - id: 1\n    - url: x\n"),
            "kratos.yml:3:7: a schema without the texts `id` and `url`; write both\nkratos.yml:4:7: a schema without the texts `id` and `url`; write both"
        );
    }
}
