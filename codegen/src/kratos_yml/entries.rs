//! Reads `identity.schemas` of a Kratos configuration, in YAML or JSON.

use saphyr::{LoadableYamlNode as _, MarkedYaml};

use crate::diagnostics::{Excerpt, Problem};

/// One of the schemas. Without one of the texts, the problems of the other are still reported.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    line: u32,
    column: u32,
    excerpt: String,
}

impl Entry {
    /// The id; empty if it is missing, which [`incomplete`](Self::incomplete) reports.
    pub(super) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// `file:line:column`.
    pub(super) fn place(&self, shown: &str) -> String {
        format!("{shown}:{}:{}", self.line, self.column)
    }

    /// Reports missing texts.
    pub(super) fn incomplete(&self, shown: &str) -> Option<Problem> {
        let message = match (&self.id, &self.url) {
            (Some(_), Some(_)) => return None,
            (None, Some(_)) => "this schema has no `id`; write one, a string",
            (Some(_), None) => "this schema has no `url`; write one, a string",
            (None, None) => "this schema has no `id` and no `url`; write both, as strings",
        };
        Some(self.problem(shown, message.into()))
    }

    pub(super) fn problem(&self, shown: &str, message: String) -> Problem {
        let place = (self.line, self.column);
        let excerpt = Excerpt::of_line(&self.excerpt, self.column);
        Problem::at(shown, place, message, excerpt)
    }
}

/// Reads the schemas, at least one.
pub(super) fn read(text: &str, shown: &str) -> Result<Vec<Entry>, Problem> {
    let documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let message =
            format!("neither YAML nor JSON: {error}; give the path of a Kratos configuration");
        Problem::of_file(shown, message.replace('\n', " "))
    })?;
    let schemas = documents
        .first()
        .and_then(|root| root.data.as_mapping_get("identity"))
        .and_then(|identity| identity.data.as_mapping_get("schemas"))
        .and_then(|schemas| schemas.data.as_sequence());
    let Some(schemas) = schemas.filter(|schemas| !schemas.is_empty()) else {
        let message = "there is no list `identity.schemas` of identity schemas; give the path of a Kratos configuration";
        return Err(Problem::of_file(shown, message));
    };
    let line = |number: usize| {
        text.lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
    };
    let entry = |schema: &MarkedYaml<'_>| {
        let string = |key| {
            let value = schema.data.as_mapping_get(key)?;
            value.data.as_str().map(String::from)
        };
        let start = schema.span.start;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Entry {
            id: string("id"),
            url: string("url"),
            line: number(start.line()),
            column: number(start.col() + 1),
            excerpt: line(start.line()).into(),
        }
    };
    Ok(schemas.iter().map(entry).collect())
}

#[cfg(test)]
mod tests {
    use super::{Entry, read};

    fn outcome(text: &str) -> String {
        match read(text, "kratos.yml") {
            Ok(entries) => {
                let shown = entries.iter().map(|entry| match entry {
                    Entry {
                        id: Some(id),
                        url: Some(url),
                        line,
                        column,
                        ..
                    } => {
                        format!("{line}:{column} {id}={url}")
                    }
                    entry => entry.incomplete("kratos.yml").unwrap().to_string(),
                });
                shown.collect::<Vec<_>>().join("\n")
            }
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn yaml_and_json() {
        let yaml = "dsn: memory\nidentity:\n  schemas:\n    - id: a\n      url: file://a.json\n    - { url: 'b', id: \"b\" }\n";
        assert_eq!(outcome(yaml), "4:7 a=file://a.json\n6:7 b=b");
        let json = r#"{ "identity": { "schemas": [{ "id": "a", "url": "x" }] } }"#;
        assert_eq!(outcome(json), "1:29 a=x");
    }

    #[test]
    fn configurations_without_schemas() {
        for text in ["", "identity: 1", "identity: { schemas: [] }", "[]"] {
            assert!(
                outcome(text).starts_with("kratos.yml:1:1: there is no list"),
                "{text}"
            );
        }
        assert!(outcome("a: [").starts_with("kratos.yml:1:1: neither YAML nor JSON: "));
        assert_eq!(
            outcome("identity:\n  schemas:\n    - id: 1\n    - url: x\n    - id: a\n"),
            "kratos.yml:3:7: this schema has no `id` and no `url`; write both, as strings\nkratos.yml:4:7: this schema has no `id`; write one, a string\nkratos.yml:5:7: this schema has no `url`; write one, a string"
        );
    }
}
