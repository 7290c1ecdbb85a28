//! The keyword `ory.sh/kratos` as roles.

mod common;

use common::{with_traits, written};

/// The roles in the companion macro for the trait `x`, whose schema has `keywords`.
#[track_caller]
fn roles(keywords: &str) -> String {
    let rust = written(&with_traits(&format!("\"x\": {{ {keywords} }}")));
    let (_, after) = rust.split_once("\nx 2:").expect("there is a row for x");
    let (_, after) = after.split_once(" optional").expect("it is optional");
    let (words, _) = after.split_once(": ").expect("the row has a type");
    let is_role = |word: &&str| !word.starts_with("last(") && *word != "nullable";
    let roles: Vec<&str> = words.split_whitespace().filter(is_role).collect();
    roles.join(", ")
}

#[test]
fn every_key_is_a_role() {
    for (extension, role) in [
        (
            r#"{ "credentials": { "password": { "identifier": true } } }"#,
            "PasswordIdentifier",
        ),
        (
            r#"{ "credentials": { "webauthn": { "identifier": true } } }"#,
            "WebauthnIdentifier",
        ),
        (
            r#"{ "credentials": { "code": { "identifier": true, "via": "email" } } }"#,
            "CodeIdentifier(Email)",
        ),
        (
            r#"{ "credentials": { "code": { "via": "sms", "identifier": true } } }"#,
            "CodeIdentifier(Sms)",
        ),
        (
            r#"{ "credentials": { "totp": { "account_name": true } } }"#,
            "TotpAccountName",
        ),
        (
            r#"{ "credentials": { "passkey": { "display_name": true } } }"#,
            "PasskeyDisplayName",
        ),
        (
            r#"{ "verification": { "via": "email" } }"#,
            "Verification(Email)",
        ),
        (
            r#"{ "verification": { "via": "sms" } }"#,
            "Verification(Sms)",
        ),
        (r#"{ "recovery": { "via": "email" } }"#, "Recovery(Email)"),
        (r#"{ "recovery": { "via": "sms" } }"#, "Recovery(Sms)"),
        (
            r#"{ "organizations": { "matcher": "email_domain" } }"#,
            "OrganizationMatcher",
        ),
    ] {
        let keywords = format!("\"type\": \"string\", \"ory.sh/kratos\": {extension}");
        assert_eq!(roles(&keywords), role);
        let rust = written(&with_traits(&format!("\"x\": {{ {keywords} }}")));
        let path = format!("roles:&[::kratos_traits::Role::{role}")
            .replace('(', "(::kratos_traits::Channel::")
            .replace(')', "");
        let text: String = rust.split_whitespace().collect();
        assert!(text.contains(&path), "{rust}");
    }
}

#[test]
fn roles_have_one_order() {
    let keywords = r#""ory.sh/kratos": {
        "recovery": { "via": "email" }, "verification": { "via": "email" },
        "credentials": { "code": { "identifier": true, "via": "email" }, "password": { "identifier": true } }
    }"#;
    assert_eq!(
        roles(keywords),
        "PasswordIdentifier, CodeIdentifier(Email), Verification(Email), Recovery(Email)"
    );
}

#[test]
fn false_and_nothing_are_no_role() {
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
fn roles_of_what_has_no_name_are_those_of_the_trait() {
    let role = r#""ory.sh/kratos": { "recovery": { "via": "email" } }"#;
    for keywords in [
        format!(r#""type": "array", "items": {{ "type": "string", {role} }}"#),
        format!(r#""type": "array", "items": {{ "type": "array", "items": {{ {role} }} }}"#),
        format!(
            r#""type": "array", "items": {{ "type": "object", "properties": {{ "y": {{ {role} }} }} }}"#
        ),
        format!(r#""type": "object", "additionalProperties": {{ {role} }}"#),
        format!(
            r#""type": "object", "properties": {{ "y": {{}} }}, "additionalProperties": {{ {role} }}"#
        ),
    ] {
        assert_eq!(roles(&keywords), "Recovery(Email)", "{keywords}");
    }
}

#[test]
fn a_nested_member_has_its_own_roles() {
    let rust = written(&with_traits(
        r#""x": { "type": "object", "properties": { "y": { "ory.sh/kratos": { "recovery": { "via": "email" } } } } }"#,
    ));
    assert!(
        rust.contains("object(open) optional: GuestTraitsX\n"),
        "{rust}"
    );
    assert!(
        rust.contains("\nx.y 2:42 value optional Recovery(Email): JsonValue\"\n"),
        "{rust}"
    );
}

#[test]
fn the_keyword_means_nothing_outside_the_traits() {
    let rust = written(
        r#"{
          "definitions": { "x": { "ory.sh/kratos": { "recovery": { "via": "email" } } } },
          "properties": {
            "other": { "ory.sh/kratos": { "recovery": { "via": "email" } } },
            "traits": { "type": "object", "properties": { "x": {} } }
          }
        }"#,
    );
    assert!(!rust.contains("Recovery"), "{rust}");
}

#[test]
fn wherever_kratos_runs_the_keyword() {
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
        assert_eq!(roles(&keywords), "Recovery(Email)", "{keywords}");
    }
}

#[test]
fn a_branch_gives_its_roles_to_the_member_that_it_names() {
    let rust = written(&with_traits(
        r#""x": { "type": "object", "properties": { "y": { "type": "string" }, "z": { "type": "string" } }, "anyOf": [
            { "properties": { "y": { "ory.sh/kratos": { "recovery": { "via": "email" }, "made up": 1 } } } }, {}
        ] }"#,
    ));
    for row in [
        "\nx.y 2:42 string optional Recovery(Email): String\n",
        "\nx.z 2:69 string optional: String\"\n",
    ] {
        assert!(rust.contains(row), "{row}\n{rust}");
    }
}

#[test]
fn none_beside_a_reference() {
    let role = r#""ory.sh/kratos": { "recovery": { "via": "email" } }"#;
    let keywords = format!(r##""$ref": "#/definitions/x", {role}"##);
    let schema = with_traits(&format!("\"x\": {{ {keywords} }}")).replacen(
        '{',
        r#"{ "definitions": { "x": { "type": "string" } }, "#,
        1,
    );
    assert!(written(&schema).contains("\nx 2:1 string optional: String\"\n"));
}

#[test]
fn what_kratos_does_not_run_has_none() {
    let named = r#"{ "ory.sh/kratos": { "credentials": { "password": { "identifier": true } } } }"#;
    for (keywords, role) in [
        (
            format!(r#""if": {named}, "then": {{}}"#),
            "PasswordIdentifier",
        ),
        (
            format!(r#""if": true, "else": {named}"#),
            "PasswordIdentifier",
        ),
        (format!(r#""if": {named}"#), ""),
        (format!(r#""then": {named}, "else": {named}"#), ""),
        (
            format!(r#""items": [{{}}], "additionalItems": {named}"#),
            "PasswordIdentifier",
        ),
        (format!(r#""items": {{}}, "additionalItems": {named}"#), ""),
        (
            format!(r#""type": "object", "propertyNames": {named}"#),
            "PasswordIdentifier",
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
        written(&schema).contains("PasswordIdentifier")
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
fn behind_a_list_letters_and_null_are_read_loosely() {
    for (extension, expected) in [
        (
            r#"{ "Credentials": { "PASSWORD": { "Identifier": true } } }"#,
            "PasswordIdentifier",
        ),
        (
            r#"{ "recovery": { "Via": "email" }, "verification": null, "credentials": { "code": null, "totp": { "account_name": null } } }"#,
            "Recovery(Email)",
        ),
        (
            r#"{ "recovery": { "via": "email" }, "verification": { "via": "fax" } }"#,
            "Recovery(Email)",
        ),
    ] {
        let keywords =
            format!(r#""type": "string", "allOf": [{{ "ory.sh/kratos": {extension} }}]"#);
        assert_eq!(roles(&keywords), expected);
    }
    common::refuses(
        r#""x": { "ory.sh/kratos": { "Recovery": { "via": "email" } } }"#,
        &["guest.json:2:27: `ory.sh/kratos` has no key \"Recovery\"; did you mean `recovery`?"],
    );
}
