//! TypeScript's types as ts-rs writes them, put as JSON Schema.

use kratos_traits::JsonValue;
use serde_json::{Map, json};
use ts_rs::{Config, TS, TypeVisitor};

/// The type under `root`, and all that it leads to under `types`.
pub(crate) fn schema_of<T: TS + 'static>() -> JsonValue {
    let mut types = Types(Map::new());
    types.visit::<T>();
    json!({ "root": types.0[&T::ident(&Config::default())], "types": types.0 })
}

struct Types(Map<String, JsonValue>);

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let config = Config::default();
        if T::output_path().is_none() || self.0.contains_key(&T::ident(&config)) {
            return;
        }
        let declaration = T::decl(&config);
        let (_, ty) = declaration.split_once(" = ").unwrap();
        let mut reader = Reader(ty);
        let schema = reader.ty();
        assert!(matches!(reader.0.trim(), "" | ";"), "{declaration}");
        self.0.insert(T::ident(&config), schema);
        T::visit_dependencies(self);
    }
}

/// What is left to read.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    /// A union or an intersection: here all the same, for null and other members require nothing.
    fn ty(&mut self) -> JsonValue {
        let mut parts = vec![self.part()];
        while self.takes("|") || self.takes("&") {
            parts.push(self.part());
        }
        json!({ "anyOf": parts })
    }

    fn part(&mut self) -> JsonValue {
        if self.takes("{") {
            return self.object();
        }
        if self.takes("(") {
            let inner = self.ty();
            self.expect(")");
            return inner;
        }
        if let Some(text) = self.string() {
            return json!({ "const": text });
        }
        let name = self.name();
        if self.takes("<") {
            let inner = self.ty();
            self.expect(">");
            assert_eq!(name, "Array");
            return json!({ "items": inner });
        }
        match &*name {
            "string" | "number" | "bigint" | "boolean" | "null" | "JsonValue" => json!({}),
            _ => json!({ "$ref": format!("#/types/{name}") }),
        }
    }

    fn object(&mut self) -> JsonValue {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        let mut additional = JsonValue::Null;
        while !self.takes("}") {
            if self.takes("[") {
                let at = self.0.find(']').unwrap();
                self.0 = &self.0[at + 1..];
                // TypeScript's way to say that not every key is there.
                let _ = self.takes("?");
                self.expect(":");
                additional = self.ty();
            } else {
                let name = self.string().unwrap_or_else(|| self.name());
                if !self.takes("?") {
                    required.push(name.clone());
                }
                self.expect(":");
                properties.insert(name, self.ty());
            }
            let _ = self.takes(",") || self.takes(";");
        }
        json!({ "properties": properties, "required": required, "additionalProperties": additional })
    }

    fn string(&mut self) -> Option<String> {
        self.skip();
        let mut texts = serde_json::Deserializer::from_str(self.0).into_iter::<String>();
        let text = self.0.starts_with('"').then(|| texts.next())?.unwrap();
        self.0 = &self.0[texts.byte_offset()..];
        Some(text.unwrap())
    }

    fn name(&mut self) -> String {
        self.skip();
        let is_part = |character: char| character.is_alphanumeric() || "_$".contains(character);
        let end = self.0.find(|character| !is_part(character));
        let (name, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        assert!(!name.is_empty(), "no name: {rest}");
        self.0 = rest;
        name.to_owned()
    }

    fn expect(&mut self, token: &str) {
        assert!(self.takes(token), "no `{token}`: {}", self.0);
    }

    fn takes(&mut self, token: &str) -> bool {
        self.skip();
        let rest = self.0.strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Space and comments.
    fn skip(&mut self) {
        self.0 = self.0.trim_start();
        while let Some(comment) = self.0.strip_prefix("/*") {
            let end = comment.find("*/").unwrap();
            self.0 = comment[end + 2..].trim_start();
        }
    }
}
