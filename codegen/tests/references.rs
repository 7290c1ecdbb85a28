//! `$ref`: pointers, files, `$id`, recursion, and what leads nowhere.

use std::fs;

use crate::common::{errors_of, rust_of, warnings_of};
use kratos_traits_codegen::{Generated, Options, generate, generate_file};
use tempfile::TempDir;

fn schema(members: &str, definitions: &str) -> String {
    format!(
        "{{ \"definitions\": {{ {definitions} }}, \"$defs\": {{ {definitions} }}, \"properties\": {{ \"traits\": {{ \"type\": \"object\", \"properties\": {{\n{members}\n}} }} }} }}"
    )
}

#[test]
fn pointers() {
    for reference in [
        "#/definitions/a",
        "#/$defs/a",
        "#/definitions/b~1c%20d",
        "#/properties/traits/properties/y",
        "#named",
        "other.json",
        "#/definitions/b~1c d",
        "#/$defs/%C3%A9",
        "#/$defs/%7E1",
    ] {
        let rust = rust_of(&schema(
            &format!(
                r#""x": {{ "$ref": "{reference}", "title": "ignored" }}, "y": {{ "type": "integer" }}"#
            ),
            r##""a": { "type": "integer" }, "b/c d": { "$ref": "#/definitions/a" }, "c": { "$id": "#named", "type": "integer" }, "d": { "$id": "other.json", "type": "integer" }, "é": { "type": "integer" }, "~1": { "type": "integer" }"##,
        ));
        assert!(
            rust.contains("    pub x: Option<i64>,\n"),
            "{reference}\n{rust}"
        );
        assert!(!rust.contains("/// ignored"));
    }
}

#[test]
fn a_type_is_named_after_its_path_wherever_it_comes_from() {
    let rust = rust_of(&schema(
        r##""home": { "$ref": "#/definitions/address" }, "work": { "$ref": "#/definitions/address" }"##,
        r#""address": { "title": "Address", "type": "object", "properties": { "mail": { "format": "email", "ory.sh/kratos": { "recovery": { "via": "email" } } } } }"#,
    ));
    for words in [
        "pub struct GuestTraitsHome {",
        "pub struct GuestTraitsWork {",
        "\n    work.mail: any as JsonValue, recovery(email), at \"/definitions/address/properties/mail\";\n",
    ] {
        assert!(rust.contains(words), "{words}\n{rust}");
    }
}

#[test]
fn recursion_is_boxed() {
    let schema = schema(
        r##""tree": { "$ref": "#/definitions/node" }"##,
        r##""node": { "type": "object", "properties": {
            "value": { "type": "string" }, "next": { "$ref": "#/definitions/node" },
            "all": { "type": "array", "items": { "$ref": "#/definitions/node" } } } }"##,
    );
    let rust = rust_of(&schema);
    for words in [
        "    pub next: Option<Box<GuestTraitsTree>>,",
        "    pub all: Option<Vec<GuestTraitsTree>>,",
        "\n    tree.next: any as Box<GuestTraitsTree>, at \"/definitions/node/properties/next\";\n",
    ] {
        assert!(rust.contains(words), "{words}\n{rust}");
    }
    let warnings = warnings_of(&schema);
    assert_eq!(
        warnings
            .iter()
            .filter(|line| line.ends_with("[recursive-schema]"))
            .count(),
        2,
        "{warnings:?}"
    );
}

#[test]
fn what_leads_nowhere() {
    let nothing = |reference: &str| {
        format!(
            "guest.json:2:16: there is no schema at {reference:?}, so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\""
        )
    };
    for reference in ["#/definitions/none", "#/properties/traits/9"] {
        assert_eq!(
            errors_of(&schema(&format!(r#""x": {{ "$ref": "{reference}" }}"#), "")),
            nothing(reference)
        );
    }
    assert_eq!(
        errors_of(&schema(
            r##""x": { "$ref": "#/definitions/a" }"##,
            r##""a": { "$ref": "#/definitions/b" }, "b": { "$ref": "#/definitions/a" }"##
        )),
        "guest.json:1:71: this `$ref` leads back to itself without a member or an item in between, so Kratos fails at the first identity; write the intended schema instead"
    );
    assert_eq!(
        errors_of(&schema(
            r##""x": { "$ref": "#/definitions/a" }"##,
            r#""a": 5"#
        )),
        "guest.json:1:25: `$ref` is a number; write a schema, which is an object\n\
         guest.json:1:25: `a` is a number; write a schema, which is an object"
    );
}

#[test]
fn a_name_is_looked_for_where_schemas_are() {
    let of = |reference: &str, root: &str| {
        format!(
            r#"{{ {root}, "properties": {{ "traits": {{ "type": "object", "properties": {{ "x": {{ "$ref": "{reference}" }} }} }} }} }}"#
        )
    };
    let named = r##"{ "a": { "$id": "#a", "type": "integer" } }"##;
    let id = |keyword: &str| of("#a", &format!(r#""{keyword}": {named}"#));
    assert!(rust_of(&id("definitions")).contains("Option<i64>"));
    for (schema, what) in [
        (id("$defs"), "there is no schema with the `$id` \"#a\""),
        (id("then"), "there is no schema with the `$id` \"#a\""),
        (
            of(
                "guest.json#/definitions/a",
                &format!(r#""definitions": {named}"#),
            ),
            "`$ref` names its own file, which Kratos does not find; write \"#/definitions/a\"",
        ),
        // Kratos fetches it, although it is here.
        (
            of(
                "https://example.org/s#/definitions/a",
                &format!(r#""$id": "https://example.org/s", "definitions": {named}"#),
            ),
            "`$ref` leads to https://example.org/s, but the generator does not use the network",
        ),
    ] {
        let report = errors_of(&schema);
        assert!(report.contains(what), "{report}");
    }
    let old = |id: &str| {
        of(
            "#a",
            &format!(
                r##""$schema": "http://json-schema.org/draft-04/schema#", "definitions": {{ "a": {{ "{id}": "#a", "type": "integer" }} }}"##
            ),
        )
    };
    assert!(rust_of(&old("id")).contains("Option<i64>"));
    assert!(errors_of(&old("$id")).contains("there is no schema with the `$id`"));
}

#[test]
fn the_root_has_several_names() {
    for reference in ["", "#", "#/"] {
        let rust = rust_of(&schema(&format!(r#""x": {{ "$ref": "{reference}" }}"#), ""));
        assert!(rust.contains("Option<JsonValue>"), "{rust}");
    }
}

#[test]
fn names_of_members_are_followed_too() {
    assert_eq!(
        errors_of(&schema(
            r##""x": { "type": "object", "propertyNames": { "$ref": "#/none" } }"##,
            ""
        )),
        "guest.json:2:53: there is no schema at \"#/none\", so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\""
    );
}

#[test]
fn a_file_can_be_in_its_url() {
    // { "a": { "type": "boolean" } }
    let schema = schema(
        r#""x": { "$ref": "base64://eyAiYSI6IHsgInR5cGUiOiAiYm9vbGVhbiIgfSB9#/a" }"#,
        "",
    );
    let generated = generate("guest", "guest.json", &schema, &Options::new()).unwrap();
    assert!(generated.rust.contains("    pub x: Option<bool>,"));
    assert!(generated.files.is_empty());
}

#[test]
fn the_network_is_not_asked() {
    let schema = schema(r#""x": { "$ref": "https://example.org/s.json#/a" }"#, "");
    assert_eq!(
        errors_of(&schema),
        "guest.json:2:16: `$ref` leads to https://example.org/s.json, but the generator does not use the network; save that schema as a file and map the URL to it: `.map_ref(NAME, \"https://example.org/s.json\", \"FILE\")` in a build script, `--map-ref https://example.org/s.json=FILE` on the command line, or `refs.\"https://example.org/s.json\" = \"FILE\"` in kratos-traits.toml"
    );
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join("copy.json");
    fs::write(&copy, r#"{ "a": { "type": "boolean" } }"#).unwrap();
    let options = Options::new().map_ref("https://example.org/s.json", &copy);
    let generated = generate("guest", "guest.json", &schema, &options).unwrap();
    assert!(generated.rust.contains("    pub x: Option<bool>,"));
    assert_eq!(generated.files, [copy]);
}

fn generated(files: &[(&str, &str)]) -> Generated {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a file in it");
        fs::write(path, text).expect("a file in it");
    }
    generate_file("guest", folder.path().join(files[0].0), &Options::new()).expect("it is taken")
}

#[test]
fn other_files_become_definitions() {
    let generated = generated(&[
        (
            "guest.json",
            r#"{ "definitions": { "file-1": {} }, "properties": { "traits": { "type": "object", "properties": { "x": { "$ref": "parts/a.json#/definitions/a" } } } } }"#,
        ),
        (
            "parts/a.json",
            r##"{ "$id": "https://example.org/a.json", "definitions": { "a": { "type": "object", "properties": { "b": { "$ref": "b.json" }, "c": { "$ref": "#/definitions/c" } } }, "c": { "type": "string" }, "b": { "$id": "b.json", "type": "integer" } } }"##,
        ),
    ]);
    assert_eq!(generated.files.len(), 1);
    for words in [
        "    pub b: Option<i64>,",
        "    pub c: Option<String>,",
        "    x.c: string as String, at \"/definitions/file-2/definitions/a/properties/c\";",
    ] {
        assert!(
            generated.rust.contains(words),
            "{words}\n{}",
            generated.rust
        );
    }
    let (_, json) = generated
        .rust
        .split_once("    = r##\"")
        .expect("there is a schema");
    let (json, _) = json.split_once("\"##").expect("it ends");
    let schema: serde_json::Value = serde_json::from_str(json).unwrap();
    let x = &schema["properties"]["traits"]["properties"]["x"]["$ref"];
    assert_eq!(x, "#/definitions/file-2/definitions/a");
    let a = schema
        .pointer(x.as_str().unwrap().trim_start_matches('#'))
        .unwrap();
    assert_eq!(
        a["properties"]["b"]["$ref"],
        "#/definitions/file-2/definitions/b"
    );
    assert_eq!(
        a["properties"]["c"]["$ref"],
        "#/definitions/file-2/definitions/c"
    );
    assert_eq!(
        schema["definitions"]["file-2"]["$id"],
        serde_json::Value::Null
    );
}

#[test]
fn a_problem_in_another_file_is_said_there() {
    let folder = TempDir::new().unwrap();
    let main = folder.path().join("guest.json");
    fs::write(&main, schema(r#""x": { "$ref": "a.json" }"#, "")).unwrap();
    fs::write(folder.path().join("a.json"), "{\n \"type\": \"strin\" }").unwrap();
    let errors = generate_file("guest", &main, &Options::new()).unwrap_err();
    assert_eq!(
        errors.to_string(),
        format!(
            "{}:2:10: `type` is \"strin\"; did you mean `string`?",
            folder.path().join("a.json").display()
        )
    );
}

#[test]
fn references_that_multiply_end() {
    let mut definitions = vec![String::from(
        r#""d0": { "type": "object", "properties": { "x": { "type": "string" } } }"#,
    )];
    for depth in 1..40 {
        let before = depth - 1;
        definitions.push(format!(
            r##""d{depth}": {{ "type": "object", "properties": {{ "a": {{ "$ref": "#/definitions/d{before}" }}, "b": {{ "$ref": "#/definitions/d{before}" }} }} }}"##
        ));
    }
    let report = errors_of(&schema(
        r##""x": { "$ref": "#/definitions/d39" }"##,
        &definitions.join(", "),
    ));
    assert!(
        report.contains("the schema expands to more than 20000 types"),
        "{report}"
    );
}

#[test]
fn rules_that_multiply_are_looked_at_once() {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let mut definitions = vec![String::from(r#""d0": { "type": "string" }"#)];
        for depth in 1..60 {
            let before = depth - 1;
            definitions.push(format!(
                r##""d{depth}": {{ "{keyword}": [{{ "$ref": "#/definitions/d{before}" }}, {{ "$ref": "#/definitions/d{before}" }}] }}"##
            ));
        }
        let rust = rust_of(&schema(
            r##""x": { "$ref": "#/definitions/d59" }"##,
            &definitions.join(", "),
        ));
        assert!(rust.contains("    pub x: Option<String>,"));
    }
}

/// A URL holds the code of such a character, and Kratos opens the file under that name. Seen with the code of v1.3.1.
#[test]
fn a_file_that_kratos_does_not_open() {
    for (file, written) in [
        ("a b.json", "a b.json"),
        ("a b.json", "a%20b.json"),
        ("ö.json", "ö.json"),
    ] {
        let folder = TempDir::new().unwrap();
        let main = folder.path().join("guest.json");
        let reference = format!(r#""x": {{ "$ref": "{written}" }}"#);
        fs::write(&main, schema(&reference, "")).unwrap();
        fs::write(folder.path().join(file), r#"{ "type": "string" }"#).unwrap();
        let errors = generate_file("guest", &main, &Options::new()).unwrap_err();
        let report = format!(
            "Kratos percent-encodes the name of the file {written:?} and does not find it;"
        );
        assert!(errors.to_string().contains(&report), "{errors}");
    }
    let generated = generated(&[
        (
            "guest.json",
            &schema(r#""x": { "$ref": "(a)+[b],'c'~!*.json" }"#, ""),
        ),
        ("(a)+[b],'c'~!*.json", r#"{ "type": "string" }"#),
    ]);
    assert_eq!(generated.files.len(), 1);
}

/// Kratos reads every file by its own draft. Seen with the code of v1.3.1.
#[test]
fn limits_of_draft_04_in_another_file() {
    let other = |definition: &str| {
        format!(
            r#"{{ "$schema": "http://json-schema.org/draft-04/schema#", "definitions": {{ "a": {definition} }} }}"#
        )
    };
    let main = schema(r#""x": { "$ref": "a.json#/definitions/a" }"#, "");
    let text = other(
        r#"{ "type": "integer", "minimum": 3, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false }"#,
    );
    let rust = generated(&[("guest.json", &main), ("a.json", &text)]).rust;
    for rule in [r#""exclusiveMinimum": 3"#, r#""maximum": 9"#] {
        assert!(rust.contains(rule), "{rust}");
    }
    assert!(!rust.contains("exclusiveMaximum"), "{rust}");

    let folder = TempDir::new().unwrap();
    let path = folder.path().join("guest.json");
    fs::write(&path, &main).unwrap();
    let alone = other(r#"{ "type": "integer", "exclusiveMinimum": true }"#);
    fs::write(folder.path().join("a.json"), alone).unwrap();
    let errors = generate_file("guest", &path, &Options::new()).unwrap_err();
    let report = "`exclusiveMinimum` without `minimum`, so Kratos fails at the first identity";
    assert_eq!(errors.to_string().matches(report).count(), 1, "{errors}");
}
