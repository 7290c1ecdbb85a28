//! Reads `identity.schemas` of a Kratos configuration, in YAML or JSON.

use saphyr::{LoadableYamlNode as _, MarkedYaml};
use saphyr_parser::{Event, Marker, Parser};

use super::wrapped;
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

/// Deeper nesting is refused, because `saphyr` calls itself for each level.
const MAX_DEPTH: usize = 100;

/// The place where the text is nested too deep.
fn too_deep(text: &str) -> Option<Marker> {
    let mut depth = 0;
    // What is not YAML is reported when it is loaded.
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(span.start);
        }
    }
    None
}

/// Reads the schemas, at least one.
pub(super) fn read(text: &str, shown: &str) -> Result<Vec<Entry>, Problem> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let entry = |start: Marker, id, url| Entry {
        id,
        url,
        line: count(start.line()),
        column: count(start.col() + 1),
        excerpt: text
            .lines()
            .nth(start.line().saturating_sub(1))
            .unwrap_or_default()
            .into(),
    };
    let problem = |start: Marker, message: String| {
        let place = entry(start, None, None);
        Err(place.problem(shown, message.replace('\n', " ")))
    };
    const ADVICE: &str = "give the path of a Kratos configuration";
    if let Some(start) = too_deep(text) {
        return problem(
            start,
            format!("nested deeper than {MAX_DEPTH} levels; {ADVICE}"),
        );
    }
    let documents = match MarkedYaml::load_from_str(text) {
        Ok(documents) => documents,
        Err(error) => {
            let message = format!("neither YAML nor JSON: {}; {ADVICE}", error.info());
            return problem(*error.marker(), message);
        }
    };
    let identity = documents
        .first()
        .and_then(|root| root.data.as_mapping_get("identity"));
    let schemas = identity
        .and_then(|identity| identity.data.as_mapping_get("schemas"))
        .and_then(|schemas| schemas.data.as_sequence());
    let Some(schemas) = schemas.filter(|schemas| !schemas.is_empty()) else {
        if let Some((start, message)) = wrapped::find(&documents, shown) {
            return problem(start, message);
        }
        let message = format!("there is no list `identity.schemas` of identity schemas; {ADVICE}");
        return match identity {
            Some(identity) => problem(identity.span.start, message),
            None => Err(Problem::of_file(shown, message)),
        };
    };
    let schemas = schemas.iter().map(|schema| {
        let string = |key| {
            let value = schema.data.as_mapping_get(key)?;
            value.data.as_str().map(String::from)
        };
        entry(schema.span.start, string("id"), string("url"))
    });
    Ok(schemas.collect())
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
    fn deep_nesting_is_refused_with_a_place() {
        let sequences = outcome(&"- ".repeat(4_000));
        let expected = "kratos.yml:1:201: nested deeper than 100 levels";
        assert!(sequences.starts_with(expected), "{sequences}");
        // The parser refuses these itself.
        let brackets = outcome(&"[".repeat(4_000));
        let expected = "neither YAML nor JSON: ";
        assert!(brackets.contains(expected), "{brackets}");
        let nested = format!("identity: {}1{}", "[".repeat(90), "]".repeat(90));
        assert!(outcome(&nested).contains("there is no list"));
    }

    /// Ten aliases on each of ten levels would be a list of ten thousand million items.
    #[test]
    fn aliases_do_not_fill_the_memory() {
        let mut text = String::from("a0: &a0 [x]\n");
        for level in 1..=10 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        let refused = outcome(&text);
        assert!(refused.contains("neither YAML nor JSON: "), "{refused}");
    }

    #[test]
    fn configurations_without_schemas() {
        for (text, place) in [
            ("", "1:1"),
            ("identity: 1", "1:11"),
            ("dsn: x\nidentity: { schemas: [] }", "2:11"),
            ("[]", "1:1"),
        ] {
            let expected = format!("kratos.yml:{place}: there is no list");
            assert!(outcome(text).starts_with(&expected), "{}", outcome(text));
        }
        let broken = outcome("a: b\nc: [\n");
        assert!(
            broken.starts_with("kratos.yml:3:1: neither YAML nor JSON: "),
            "{broken}"
        );
        assert_eq!(
            outcome("identity:\n  schemas:\n    - id: 1\n    - url: x\n    - id: a\n"),
            "kratos.yml:3:7: this schema has no `id` and no `url`; write both, as strings\nkratos.yml:4:7: this schema has no `id`; write one, a string\nkratos.yml:5:7: this schema has no `url`; write one, a string"
        );
    }
}
