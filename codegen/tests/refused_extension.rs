//! The keyword `ory.sh/kratos` is a closed object at every level.

use crate::common::{self, errors_of, refuses, warnings_of};

/// `extension`, which begins in line 2, column 25, is refused with `message` at `column`.
#[track_caller]
fn refused(extension: &str, column: usize, message: &str) {
    refuses(
        &format!("\"x\": {{ \"ory.sh/kratos\": {extension} }}"),
        &[&format!("guest.json:2:{column}: {message}")],
    );
}

#[test]
fn unknown_keys() {
    refused(
        r#"{ "verifcation": {} }"#,
        27,
        "unknown key \"verifcation\" in `ory.sh/kratos`; did you mean `verification`?",
    );
    refused(
        r#"{ "mapping": {} }"#,
        27,
        "unknown key \"mapping\" in `ory.sh/kratos`; write one of `credentials`, `verification`, `recovery`, `organizations`",
    );
    refused(
        r#"{ "credentials": { "oidc": {} } }"#,
        44,
        "unknown key \"oidc\" in `ory.sh/kratos.credentials`; write one of `password`, `webauthn`, `code`, `totp`, `passkey`",
    );
    refused(
        r#"{ "credentials": { "password": { "identifer": true } } }"#,
        58,
        "unknown key \"identifer\" in `ory.sh/kratos.credentials.password`; did you mean `identifier`?",
    );
    refused(
        r#"{ "credentials": { "totp": { "identifier": true } } }"#,
        54,
        "unknown key \"identifier\" in `ory.sh/kratos.credentials.totp`; write `account_name`",
    );
    refused(
        r#"{ "credentials": { "code": { "channel": "sms" } } }"#,
        54,
        "unknown key \"channel\" in `ory.sh/kratos.credentials.code`; write `identifier` or `via`",
    );
    refused(
        r#"{ "recovery": { "Via": "email" } }"#,
        41,
        "unknown key \"Via\" in `ory.sh/kratos.recovery`; did you mean `via`?",
    );
}

#[test]
fn values_of_another_type() {
    refused("true", 25, "`ory.sh/kratos` is a boolean; write an object");
    refused(
        r#"{ "credentials": [] }"#,
        42,
        "`ory.sh/kratos.credentials` is an array; write an object",
    );
    refused(
        r#"{ "credentials": { "password": true } }"#,
        56,
        "`ory.sh/kratos.credentials.password` is a boolean; write an object",
    );
    refused(
        r#"{ "credentials": { "webauthn": { "identifier": "yes" } } }"#,
        72,
        "`ory.sh/kratos.credentials.webauthn.identifier` is a string; write `true` or `false`",
    );
    refused(
        r#"{ "credentials": { "passkey": { "display_name": 1 } } }"#,
        73,
        "`ory.sh/kratos.credentials.passkey.display_name` is a number; write `true` or `false`",
    );
    refused(
        r#"{ "verification": "email" }"#,
        43,
        "`ory.sh/kratos.verification` is a string; write an object",
    );
    refused(
        r#"{ "verification": { "via": null } }"#,
        52,
        "`ory.sh/kratos.verification.via` is null; write a string",
    );
    refused(
        r#"{ "recovery": { "via": "phone" } }"#,
        48,
        "`ory.sh/kratos.recovery.via` is \"phone\"; write `email` or `sms`",
    );
    refused(
        r#"{ "organizations": { "matcher": "domain" } }"#,
        57,
        "`ory.sh/kratos.organizations.matcher` is \"domain\"; write `email_domain`",
    );
}

#[test]
fn code_without_via() {
    refused(
        r#"{ "credentials": { "code": { "identifier": true } } }"#,
        54,
        "`ory.sh/kratos.credentials.code.identifier` without `via`: Kratos refuses every identity; write `\"via\": \"email\"` or `\"via\": \"sms\"` beside it",
    );
    refused(
        r#"{ "credentials": { "code": { "identifier": true, "via": 5 } } }"#,
        81,
        "`ory.sh/kratos.credentials.code.via` is a number; write a string",
    );
}

#[test]
fn verification_beside_a_format_that_cannot_be_verified() {
    refuses(
        r#""x": { "type": "string", "format": "mail", "ory.sh/kratos": { "verification": { "via": "email" } } }"#,
        &[
            "guest.json:2:36: `format` is \"mail\" beside `ory.sh/kratos.verification`, so Kratos does not start; did you mean `email`?",
        ],
    );
    for format in ["email", "tel", "date", "time", "date-time", "no-validate"] {
        common::rust_of(&common::with_traits(&format!(
            r#""x": {{ "type": "string", "format": "{format}", "ory.sh/kratos": {{ "verification": {{ "via": "email" }} }} }}"#
        )));
    }
    // Kratos looks at direct traits only.
    common::rust_of(&common::with_traits(
        r#""x": { "type": "object", "properties": { "y": { "format": "uri", "ory.sh/kratos": { "verification": { "via": "email" } } } } }"#,
    ));
}

#[test]
fn where_it_takes_a_whole_object() {
    assert_eq!(
        warnings_of(
            r#"{ "properties": { "traits": { "type": "object", "ory.sh/kratos": { "credentials": { "totp": { "account_name": true } } }, "properties": { "x": {} } } } }"#
        ),
        [
            "guest.json:1:49: warning: `ory.sh/kratos` here applies to the object as a whole; move it to a single trait [misplaced-role]"
        ]
    );
}

#[test]
fn in_nested_schemas_too() {
    refuses(
        r#""x": { "type": "array", "items": { "type": "object", "properties": { "y": { "ory.sh/kratos": { "via": 1 } } } } }"#,
        &[
            "guest.json:2:96: unknown key \"via\" in `ory.sh/kratos`; write one of `credentials`, `verification`, `recovery`, `organizations`",
        ],
    );
}

#[test]
fn wherever_kratos_looks_for_it() {
    let bogus = r#""ory.sh/kratos": { "via": 1 }"#;
    for members in [
        format!(r##""x": {{ "$ref": "#/properties/traits/properties/y", {bogus} }}, "y": {{}}"##),
        format!(r#""x": {{ "definitions": {{ "a": {{ {bogus} }} }} }}"#),
        format!(r#""x": {{ "x-form": {{ "a": {{ {bogus} }} }} }}"#),
    ] {
        let column = members.find("\"via\"").expect("it is there") + 1;
        refuses(
            &members,
            &[&format!(
                "guest.json:2:{column}: unknown key \"via\" in `ory.sh/kratos`; write one of `credentials`, `verification`, `recovery`, `organizations`"
            )],
        );
    }
    // At the first identity it walks the rest, but into no list.
    for (at, schema) in [
        (
            "definitions",
            format!(r#""definitions": {{ "a": {{ {bogus} }} }},"#),
        ),
        ("$defs", format!(r#""$defs": {{ "a": {{ {bogus} }} }},"#)),
        ("the root", format!("{bogus},")),
    ] {
        let schema = format!(
            r#"{{ {schema} "properties": {{ "traits": {{ "type": "object", "properties": {{ "x": {{}} }} }} }} }}"#
        );
        assert!(errors_of(&schema).contains("unknown key \"via\""), "{at}");
    }
    let of_traits = |keywords: &str| {
        format!(
            r#"{{ "properties": {{ "traits": {{ "type": "object", {keywords}, "properties": {{ "x": {{}} }} }} }} }}"#
        )
    };
    for keywords in [
        bogus,
        &format!(r#""additionalProperties": {{ {bogus} }}"#),
        &format!(r##""not": {{ "$ref": "#/z/0" }}, "z": [{{ {bogus} }}]"##)
            .replace("#/z", "#/properties/traits/z"),
    ] {
        let report = errors_of(&of_traits(keywords));
        assert!(
            report.contains("unknown key \"via\""),
            "{keywords}: {report}"
        );
    }
    let warnings = warnings_of(&of_traits(&format!(r#""anyOf": [{{ {bogus} }}]"#)));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].ends_with(" which Kratos ignores here; write one of `credentials`, `verification`, `recovery`, `organizations` [misspelt-keyword]"), "{warnings:?}");
}
