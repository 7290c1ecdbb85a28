//! Reads `identity.schemas` of a Kratos configuration, in YAML or JSON, and the URLs of the schemas in it.

use std::path::{Path, PathBuf};

use saphyr::{LoadableYamlNode as _, MarkedYaml};
use saphyr_parser::{Event, Parser};

use crate::diagnostics::{Excerpt, Problem};
use crate::schema::decode_base64;

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

/// The line and column where the text is nested too deep, from 1.
fn too_deep(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    // What is not YAML is reported when it is loaded.
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some((span.start.line(), span.start.col() + 1));
        }
    }
    None
}

/// Reads the schemas, at least one.
pub(super) fn read(text: &str, shown: &str) -> Result<Vec<Entry>, Problem> {
    let line = |number: usize| {
        text.lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    if let Some((number, column)) = too_deep(text) {
        let message = format!(
            "nested deeper than {MAX_DEPTH} levels; give the path of a Kratos configuration"
        );
        let excerpt = Excerpt::of_line(line(number), count(column));
        return Err(Problem::at(
            shown,
            (count(number), count(column)),
            message,
            excerpt,
        ));
    }
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
    let entry = |schema: &MarkedYaml<'_>| {
        let string = |key| {
            let value = schema.data.as_mapping_get(key)?;
            value.data.as_str().map(String::from)
        };
        let start = schema.span.start;
        Entry {
            id: string("id"),
            url: string("url"),
            line: count(start.line()),
            column: count(start.col() + 1),
            excerpt: line(start.line()).into(),
        }
    };
    Ok(schemas.iter().map(entry).collect())
}

/// Where a schema is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    /// The text of the schema, which the URL itself contains.
    Text(String),
}

/// Reads the URL; paths are relative to `folder`, that of the configuration.
pub(super) fn place(url: &str, folder: &Path) -> Result<Place, String> {
    if let Some(encoded) = url.strip_prefix("base64://") {
        let text = decode_base64(encoded).and_then(|bytes| String::from_utf8(bytes).ok());
        return text.map(Place::Text).ok_or_else(|| {
            "the text after `base64://` is not padded standard base64 of UTF-8 text; encode the schema again".into()
        });
    }
    if url.starts_with("http://") || url.starts_with("https://") {
        return Err(format!(
            "the schema is at {url:?}, and the generator does not use the network; save it beside this file, and give a copy of the configuration that names it as `file://…`"
        ));
    }
    if let Some((scheme, _)) = url.split_once("://")
        && scheme != "file"
    {
        return Err(format!(
            "Kratos reads no schema at `{scheme}://`; write `file://…` or `base64://…`"
        ));
    }
    let path = Path::new(url.strip_prefix("file://").unwrap_or(url));
    let given = folder.join(path);
    // A path in the container that Kratos runs in: here the file usually is in the folder of the configuration.
    let beside = path.file_name().map(|name| folder.join(name));
    Ok(Place::File(match beside {
        Some(beside) if path.is_absolute() && !given.exists() && beside.exists() => beside,
        _ => given,
    }))
}

#[cfg(test)]
mod tests {
    use super::{Entry, Place, place, read};
    use std::path::Path;

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
        let expected = "kratos.yml:1:1: neither YAML nor JSON: ";
        assert!(brackets.starts_with(expected), "{brackets}");
        let nested = format!("identity: {}1{}", "[".repeat(90), "]".repeat(90));
        assert!(outcome(&nested).contains("there is no list"));
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

    #[test]
    fn files_and_texts() {
        let at = |url| place(url, Path::new("conf"));
        let file = |path: &str| Ok(Place::File(path.into()));
        assert_eq!(at("file://a.json"), file("conf/a.json"));
        assert_eq!(at("a/b.json"), file("conf/a/b.json"));
        assert_eq!(at("file:///etc/none.json"), file("/etc/none.json"));
        assert_eq!(at("base64://e30="), Ok(Place::Text("{}".into())));
    }

    #[test]
    fn a_path_of_a_container_is_found_in_the_folder() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::write(folder.path().join("a.json"), "{}").unwrap();
        let found = place("file:///etc/none/a.json", folder.path());
        assert_eq!(found, Ok(Place::File(folder.path().join("a.json"))));
    }

    #[test]
    fn refused() {
        for (url, word) in [
            ("https://example.org/a.json", "network"),
            ("http://example.org/a.json", "network"),
            ("s3://a", "`s3://`"),
            ("base64://e30", "padded"),
            ("base64://gA==", "UTF-8"),
        ] {
            let message = place(url, Path::new("")).unwrap_err();
            assert!(message.contains(word), "{message}");
        }
    }
}
