//! The keyword `ory.sh/kratos` as roles.

use crate::common::{self, roles_of, row, rust_of, with_traits};
use kratos_traits_codegen::{Options, generate};

/// The roles in the table for the trait `x`, whose schema has `keywords`.
#[track_caller]
fn roles(keywords: &str) -> String {
    let rust = rust_of(&with_traits(&format!("\"x\": {{ {keywords} }}")));
    roles_of(&rust, "x")
}

#[test]
fn every_key_is_a_role() {
    for (extension, role) in [
        (
            r#"{ "credentials": { "password": { "identifier": true } } }"#,
            "identifier(password)",
        ),
        (
            r#"{ "credentials": { "webauthn": { "identifier": true } } }"#,
            "identifier(webauthn)",
        ),
        (
            r#"{ "credentials": { "code": { "identifier": true, "via": "email" } } }"#,
            "identifier(code, email)",
        ),
        (
            r#"{ "credentials": { "code": { "via": "sms", "identifier": true } } }"#,
            "identifier(code, sms)",
        ),
        (
            r#"{ "credentials": { "totp": { "account_name": true } } }"#,
            "account_name",
        ),
        (
            r#"{ "credentials": { "passkey": { "display_name": true } } }"#,
            "display_name",
        ),
        (
            r#"{ "verification": { "via": "email" } }"#,
            "verification(email)",
        ),
        (
            r#"{ "verification": { "via": "sms" } }"#,
            "verification(sms)",
        ),
        (r#"{ "recovery": { "via": "email" } }"#, "recovery(email)"),
        (r#"{ "recovery": { "via": "sms" } }"#, "recovery(sms)"),
        (
            r#"{ "organizations": { "matcher": "email_domain" } }"#,
            "organization",
        ),
    ] {
        let keywords = format!("\"type\": \"string\", \"ory.sh/kratos\": {extension}");
        assert_eq!(roles(&keywords), role);
    }
}

#[test]
fn roles_are_in_a_fixed_order() {
    let keywords = r#""ory.sh/kratos": {
        "recovery": { "via": "email" }, "verification": { "via": "email" },
        "credentials": { "code": { "identifier": true, "via": "email" }, "password": { "identifier": true } }
    }"#;
    assert_eq!(
        roles(keywords),
        "identifier(password), identifier(code, email), verification(email), recovery(email)"
    );
}

#[test]
fn false_and_empty_objects_give_no_role() {
    for extension in [
        r#"{}"#,
        r#"{ "credentials": {} }"#,
        r#"{ "credentials": { "password": {} } }"#,
        r#"{ "credentials": { "password": { "identifier": false } } }"#,
        r#"{ "credentials": { "code": { "identifier": false } } }"#,
        r#"{ "credentials": { "code": { "via": "email" } } }"#,
        r#"{ "credentials": { "totp": { "account_name": false } } }"#,
        r#"{ "verification": {} }"#,
        r#"{ "organizations": {} }"#,
    ] {
        assert_eq!(
            roles(&format!("\"ory.sh/kratos\": {extension}")),
            "",
            "{extension}"
        );
    }
}

#[test]
fn roles_of_parts_without_a_name_have_their_place() {
    let role = r#""ory.sh/kratos": { "recovery": { "via": "email" } }"#;
    for (keywords, fact) in [
        (
            format!(r#""type": "array", "items": {{ "type": "string", {role} }}"#),
            "items(recovery(email))",
        ),
        (
            format!(r#""type": "array", "items": {{ "type": "array", "items": {{ {role} }} }}"#),
            "items(recovery(email))",
        ),
        (
            format!(
                r#""type": "array", "items": {{ "type": "object", "properties": {{ "y": {{ {role} }} }} }}"#
            ),
            "items(recovery(email))",
        ),
        (
            format!(r#""type": "object", "additionalProperties": {{ {role} }}"#),
            "members(recovery(email))",
        ),
        (
            format!(
                r#""type": "object", "properties": {{ "y": {{}} }}, "additionalProperties": {{ {role} }}"#
            ),
            "members(recovery(email))",
        ),
        (
            format!(
                r#""type": "object", "patternProperties": {{ "^\"x": {{ {role} }} }}, "additionalProperties": {{ "type": "array", "items": {{ {role} }} }}"#
            ),
            r#"members("^\"x", recovery(email)), members(recovery(email))"#,
        ),
        (
            format!(
                r#""type": "array", {role}, "items": {{ "ory.sh/kratos": {{ "verification": {{ "via": "email" }} }} }}"#
            ),
            "recovery(email), items(verification(email))",
        ),
    ] {
        assert_eq!(roles(&keywords), fact, "{keywords}");
    }
}

/// A type of the user's hides the members, and what Kratos does with them is not lost.
#[test]
fn an_object_with_a_custom_type_has_the_roles_of_its_members() {
    let schema = with_traits(
        r#""x": { "type": "object", "properties": { "y": { "type": "object", "properties": {
            "z": { "ory.sh/kratos": { "credentials": { "password": { "identifier": true } } } } } } },
            "additionalProperties": { "ory.sh/kratos": { "recovery": { "via": "email" } } } }"#,
    );
    let options = Options::new().trait_type("x", "::my::X");
    let rust = generate("guest", "guest.json", &schema, &options);
    let rust = rust.expect("the settings are taken").rust;
    assert_eq!(
        row(&rust, "x"),
        "open as ::my::X, only(password), members(nullable, identifier(password), recovery(email))"
    );
}

#[test]
fn a_nested_member_has_its_own_roles() {
    let rust = rust_of(&with_traits(
        r#""x": { "type": "object", "properties": { "y": { "ory.sh/kratos": { "recovery": { "via": "email" } } } } }"#,
    ));
    assert_eq!(row(&rust, "x"), "open as GuestTraitsX");
    assert_eq!(row(&rust, "x.y"), "any as JsonValue, recovery(email)");
}

#[test]
fn the_keyword_has_no_effect_outside_the_traits() {
    let rust = rust_of(
        r#"{
          "definitions": { "x": { "ory.sh/kratos": { "recovery": { "via": "email" } } } },
          "properties": {
            "other": { "ory.sh/kratos": { "recovery": { "via": "email" } } },
            "traits": { "type": "object", "properties": { "x": {} } }
          }
        }"#,
    );
    assert_eq!(row(&rust, "x"), "any as JsonValue");
}

#[test]
fn roles_are_found_in_every_place_where_kratos_reads_them() {
    let role = r#"{ "ory.sh/kratos": { "recovery": { "via": "email" } } }"#;
    for keywords in [
        format!(r#""type": "array", "items": [{{}}, {role}]"#),
        format!(r#""type": "array", "items": [{{}}], "additionalItems": {role}"#),
        format!(r#""type": "array", "contains": {role}"#),
        format!(r#""type": "object", "patternProperties": {{ "^x": {role} }}"#),
        format!(r#""type": "string", "allOf": [{{}}, {role}]"#),
        format!(r#""anyOf": [{{ "type": "integer" }}, {role}]"#),
        format!(r#""oneOf": [{{ "type": "integer" }}, {role}]"#),
        format!(r#""type": "string", "if": {role}, "else": {{}}"#),
        format!(r#""type": "string", "if": {{}}, "then": {role}"#),
        format!(r#""type": "string", "if": {{}}, "else": {{ "not": {role} }}"#),
        format!(r#""type": "object", "dependencies": {{ "a": {role} }}"#),
        format!(r#""type": ["object", "null"], "properties": {{ "a": {role} }}"#),
        format!(r##""properties": {{ "a": {role} }}, "items": {{ "$ref": "#" }}"##),
        r##""$ref": "#/properties/traits/properties/x/definitions/a", "definitions": { "a": ROLE }"##
            .replace("ROLE", role),
    ] {
        let fact = match &*keywords {
            of_items if of_items.contains("\"type\": \"array\"") => "items(recovery(email))",
            of_both if of_both.contains("\"items\"") => {
                "items(recovery(email)), members(recovery(email))"
            }
            of_pattern if of_pattern.contains("patternProperties") => {
                "members(\"^x\", recovery(email))"
            }
            of_members if of_members.contains("\"properties\"") => "members(recovery(email))",
            _ => "recovery(email)",
        };
        assert_eq!(roles(&keywords), fact, "{keywords}");
    }
}

#[test]
fn a_branch_gives_its_roles_to_the_member_it_names() {
    let rust = rust_of(&with_traits(
        r#""x": { "type": "object", "properties": { "y": { "type": "string" }, "z": { "type": "string" } }, "anyOf": [
            { "properties": { "y": { "ory.sh/kratos": { "recovery": { "via": "email" }, "made up": 1 } } } }, {}
        ] }"#,
    ));
    assert_eq!(row(&rust, "x.y"), "string as String, recovery(email)");
    assert_eq!(row(&rust, "x.z"), "string as String");
}

#[test]
fn roles_beside_a_reference_are_ignored() {
    let role = r#""ory.sh/kratos": { "recovery": { "via": "email" } }"#;
    let keywords = format!(r##""$ref": "#/definitions/x", {role}"##);
    let schema = with_traits(&format!("\"x\": {{ {keywords} }}")).replacen(
        '{',
        r#"{ "definitions": { "x": { "type": "string" } }, "#,
        1,
    );
    assert_eq!(row(&rust_of(&schema), "x"), "string as String");
}

#[test]
fn keywords_that_kratos_ignores_give_no_roles() {
    let named = r#"{ "ory.sh/kratos": { "credentials": { "password": { "identifier": true } } } }"#;
    for (keywords, role) in [
        (
            format!(r#""if": {named}, "then": {{}}"#),
            "identifier(password)",
        ),
        (
            format!(r#""if": true, "else": {named}"#),
            "identifier(password)",
        ),
        (format!(r#""if": {named}"#), ""),
        (format!(r#""then": {named}, "else": {named}"#), ""),
        (
            format!(r#""items": [{{}}], "additionalItems": {named}"#),
            "items(nullable, identifier(password))",
        ),
        (format!(r#""items": {{}}, "additionalItems": {named}"#), ""),
        (
            format!(r#""type": "object", "propertyNames": {named}"#),
            "members(identifier(password))",
        ),
    ] {
        assert_eq!(roles(&keywords), role, "{keywords}");
    }
    let old = |draft: &str, keywords: &str| {
        let schema = with_traits(&format!(r#""x": {{ {keywords} }}"#));
        let schema = schema.replacen(
            '{',
            &format!("{{ \"$schema\": \"http://json-schema.org/{draft}/schema#\", "),
            1,
        );
        row(&rust_of(&schema), "x").contains("identifier(password)")
    };
    let condition = format!(r#""if": {named}, "then": {{}}"#);
    let contains = format!(r#""contains": {named}"#);
    let runs = ["draft-04", "draft-06", "draft-07"].map(|draft| old(draft, &condition));
    assert_eq!(runs, [false, false, true]);
    let runs = ["draft-04", "draft-06", "draft-07"].map(|draft| old(draft, &contains));
    assert_eq!(runs, [false, true, true]);
}

/// As Go reads JSON. Seen with the code of Kratos v1.3.1.
#[test]
fn inside_a_list_case_and_null_are_read_loosely() {
    for (extension, expected) in [
        (
            r#"{ "Credentials": { "PASSWORD": { "Identifier": true } } }"#,
            "identifier(password)",
        ),
        (
            r#"{ "recovery": { "Via": "email" }, "verification": null, "credentials": { "code": null, "totp": { "account_name": null } } }"#,
            "recovery(email)",
        ),
        (
            r#"{ "recovery": { "via": "email" }, "verification": { "via": "fax" } }"#,
            "recovery(email)",
        ),
    ] {
        let keywords =
            format!(r#""type": "string", "allOf": [{{ "ory.sh/kratos": {extension} }}]"#);
        assert_eq!(roles(&keywords), expected);
    }
    common::refuses(
        r#""x": { "ory.sh/kratos": { "Recovery": { "via": "email" } } }"#,
        &["guest.json:2:27: unknown key \"Recovery\" in `ory.sh/kratos`; did you mean `recovery`?"],
    );
}
