//! Roles that a trait has from another place than its own schema.

use crate::common::{roles_of, rust_of, with_traits};
use kratos_traits_codegen::{Options, generate};

const RECOVERY: &str = r#"{ "ory.sh/kratos": { "recovery": { "via": "email" } } }"#;
const PASSWORD: &str = r#"{ "type": "string", "ory.sh/kratos": { "credentials": { "password": { "identifier": true } } } }"#;

/// A schema whose traits are the strings `a` and `b` and the object `home` with the string `city`; `root`, `traits` and `home`
/// are further keywords of these places, with `ROLE` for a role.
fn schema([root, traits, home]: [&str; 3]) -> String {
    let text = format!(
        r#"{{ {root} "properties": {{ "traits": {{ "type": "object", {traits} "properties": {{
            "a": {{ "type": "string" }}, "b": {{ "type": "string" }},
            "home": {{ "type": "object", {home} "properties": {{ "city": {{ "type": "string" }} }} }}
        }} }} }} }}"#
    );
    text.replace("ROLE", RECOVERY)
}

/// The traits that have the role, for a schema with these keywords.
fn with_role(keywords: [&str; 3]) -> Vec<&'static str> {
    let rust = rust_of(&schema(keywords));
    let mut found = vec!["a", "b", "home", "home.city"];
    found.retain(|path| roles_of(&rust, path).contains("recovery(email)"));
    found
}

#[test]
fn members_without_a_name_give_their_roles_to_named_ones_too() {
    for (traits, expected) in [
        (r#""patternProperties": { "^a$": ROLE },"#, vec!["a"]),
        (
            r#""patternProperties": { "": ROLE },"#,
            vec!["a", "b", "home"],
        ),
        (r#""patternProperties": { "^h.*e$": ROLE },"#, vec!["home"]),
        (r#""patternProperties": { "^backup_": ROLE },"#, vec![]),
        // Beside `properties`, it is about other names only.
        (r#""additionalProperties": ROLE,"#, vec![]),
        (
            r#""allOf": [{ "properties": { "b": {} }, "additionalProperties": ROLE }],"#,
            vec!["a", "home"],
        ),
        (
            r#""anyOf": [{}, { "patternProperties": { "b": ROLE } }],"#,
            vec!["b"],
        ),
        (
            r#""if": { "additionalProperties": ROLE }, "then": {},"#,
            vec!["a", "b", "home"],
        ),
        (
            r##""allOf": [{ "$ref": "#/definitions/d" }], "definitions": {},"##,
            vec!["a"],
        ),
        (
            r#""not": { "patternProperties": { "a": ROLE } },"#,
            vec!["a"],
        ),
        (
            r#""dependencies": { "a": { "additionalProperties": ROLE } },"#,
            vec!["a", "b", "home"],
        ),
        // The names become identifiers, so adding and removing a member changes them.
        (r#""propertyNames": ROLE,"#, vec!["a", "b", "home"]),
    ] {
        let root = r#""definitions": { "d": { "patternProperties": { "^a": ROLE } } },"#;
        assert_eq!(with_role([root, traits, ""]), expected, "{traits}");
    }
}

#[test]
fn roles_of_an_object_and_of_its_members() {
    for (home, expected) in [
        (
            r#""ory.sh/kratos": { "recovery": { "via": "email" } },"#,
            vec!["home"],
        ),
        (
            r#""patternProperties": { "^c": ROLE },"#,
            vec!["home", "home.city"],
        ),
        (r#""patternProperties": { "^d": ROLE },"#, vec!["home"]),
        (r#""additionalProperties": ROLE,"#, vec!["home"]),
        (
            r#""allOf": [{ "additionalProperties": ROLE }],"#,
            vec!["home", "home.city"],
        ),
        (r#""propertyNames": ROLE,"#, vec!["home", "home.city"]),
        (
            r#""anyOf": [{ "properties": { "street": ROLE } }],"#,
            vec!["home.street"],
        ),
    ] {
        let rust = rust_of(&schema(["", "", home]));
        let mut found = vec!["a", "home", "home.city"];
        found.retain(|path| roles_of(&rust, path).contains("recovery(email)"));
        if home.contains("street") {
            assert_eq!(roles_of(&rust, "home.street"), "recovery(email)");
        } else {
            assert_eq!(found, expected, "{home}");
        }
    }
    // The traits give a role to a member of an object in them.
    let traits =
        r#""patternProperties": { "^home$": { "properties": { "city": ROLE, "zip": ROLE } } },"#;
    let rust = rust_of(&schema(["", traits, ""]));
    assert_eq!(roles_of(&rust, "home.city"), "recovery(email)");
    // A name that the object itself does not have.
    assert_eq!(roles_of(&rust, "home"), "members(recovery(email))");
}

#[test]
fn the_root_gives_roles_to_the_traits() {
    let traits = r#"{ "properties": { "traits": { "properties": { "a": ROLE } } } }"#;
    for root in [
        r#""allOf": [TRAITS],"#,
        r#""anyOf": [{}, TRAITS],"#,
        r#""oneOf": [TRAITS],"#,
        r#""if": TRAITS, "then": {},"#,
        r#""if": {}, "else": TRAITS,"#,
        r#""not": TRAITS,"#,
        r#""dependencies": { "traits": TRAITS },"#,
        r#""patternProperties": { "^traits$": { "properties": { "a": ROLE } } },"#,
        r#""allOf": [{ "additionalProperties": { "properties": { "a": ROLE } } }],"#,
        r##""definitions": { "d": TRAITS }, "allOf": [{ "$ref": "#/definitions/d" }],"##,
    ] {
        let root = root.replace("TRAITS", traits);
        assert_eq!(with_role([&root, "", ""]), ["a"], "{root}");
    }
    for root in [
        r#""definitions": { "d": TRAITS },"#,
        r#""additionalProperties": { "properties": { "a": ROLE } },"#,
        r#""if": TRAITS,"#,
        r#""patternProperties": { "^trait$": { "properties": { "a": ROLE } } },"#,
    ] {
        let root = root.replace("TRAITS", traits);
        assert_eq!(with_role([&root, "", ""]), [""; 0], "{root}");
    }
}

/// A type that the settings name hides what is inside, at every depth and in every kind of value.
#[test]
fn a_value_with_a_custom_type_has_the_roles_inside_it() {
    for (value, roles) in [
        (
            r#"{ "type": "object", "properties": { "y": ROLE } }"#,
            "members(identifier(password))",
        ),
        (
            r#"{ "type": ["object", "null"], "properties": { "y": ROLE } }"#,
            "members(identifier(password))",
        ),
        (
            r#"{ "type": "object", "properties": { "y": { "type": "array", "items": { "type": "object", "additionalProperties": ROLE } } } }"#,
            "members(identifier(password))",
        ),
        (
            r#"{ "type": "object", "properties": { "y": { "type": "string" } }, "patternProperties": { "^y": ROLE } }"#,
            "members(\"^y\", identifier(password)), members(identifier(password))",
        ),
        (
            r#"{ "type": "object", "additionalProperties": ROLE }"#,
            "members(identifier(password))",
        ),
        (
            r#"{ "type": "array", "items": ROLE }"#,
            "items(identifier(password))",
        ),
        (
            r#"{ "type": "array", "items": { "type": "object", "properties": { "y": ROLE } } }"#,
            "items(identifier(password))",
        ),
    ] {
        let value = value.replace("ROLE", PASSWORD);
        let options = Options::new().trait_type("x", "::my::X");
        let schema = with_traits(&format!("\"x\": {value}"));
        let generated = generate("guest", "guest.json", &schema, &options);
        let rust = generated.expect("the settings are taken").rust;
        assert_eq!(roles_of(&rust, "x"), roles, "{value}");
        assert!(rust.contains("only(password)"), "{value}\n{rust}");
    }
}

#[test]
fn one_type_at_two_places_has_the_roles_of_both_places() {
    let schema = r##"{
        "definitions": { "address": { "type": "object", "properties": { "mail": { "type": "string" } } } },
        "properties": { "traits": { "type": "object", "properties": {
            "home": { "$ref": "#/definitions/address" },
            "work": { "$ref": "#/definitions/address" }
        }, "patternProperties": { "^w": { "properties": { "mail": ROLE } } } } }
    }"##;
    let rust = rust_of(&schema.replace("ROLE", RECOVERY));
    assert_eq!(roles_of(&rust, "work.mail"), "recovery(email)");
    assert_eq!(roles_of(&rust, "home.mail"), "");
}

#[test]
fn an_identifier_inside_a_value_may_be_null() {
    let identifier =
        r#""ory.sh/kratos": { "credentials": { "password": { "identifier": true } } }"#;
    for (keywords, roles) in [
        (
            r#""type": "array", "items": { "type": ["string", "null"], ROLE }"#,
            "items(nullable, identifier(password))",
        ),
        (
            r#""type": "array", "items": { "type": "array", "items": { "type": ["string", "null"], ROLE } }"#,
            "items(nullable, identifier(password))",
        ),
        (
            r#""type": "array", "items": { "anyOf": [{ "type": "null" }, { "type": "string" }], ROLE }"#,
            "items(nullable, identifier(password))",
        ),
        (
            r#""type": "object", "additionalProperties": { "type": ["string", "null"], ROLE }"#,
            "members(nullable, identifier(password))",
        ),
        (
            r#""type": "object", "patternProperties": { "^x": { "type": ["string", "null"], ROLE } }"#,
            "members(\"^x\", nullable, identifier(password))",
        ),
        (
            r#""type": "array", "items": { "type": "string", ROLE }"#,
            "items(identifier(password))",
        ),
        // A format refuses null.
        (
            r#""type": "array", "items": { "type": ["string", "null"], "format": "email", ROLE }"#,
            "items(identifier(password))",
        ),
        // A name is never null.
        (
            r#""type": "object", "propertyNames": { ROLE }"#,
            "members(identifier(password))",
        ),
    ] {
        let keywords = keywords.replace("ROLE", identifier);
        let rust = rust_of(&with_traits(&format!("\"x\": {{ {keywords} }}")));
        assert_eq!(roles_of(&rust, "x"), roles, "{keywords}");
    }
}
