//! Warnings about what Kratos accepts but surprises, each with a name by which it can be denied.

use crate::common::{self, warnings_of, with_traits};
use kratos_traits_codegen::{Options, Severity, generate};

/// The names of the warnings about these members, in order.
#[track_caller]
fn names(members: &str) -> Vec<String> {
    let name = |line: String| {
        let (_, name) = line.rsplit_once(" [").expect("a warning has a name");
        String::from(name.trim_end_matches(']'))
    };
    warnings_of(&with_traits(members))
        .into_iter()
        .map(name)
        .collect()
}

const IDENTIFIER: &str =
    r#""ory.sh/kratos": { "credentials": { "password": { "identifier": true } } }"#;
const VERIFIED: &str = r#""ory.sh/kratos": { "verification": { "via": "email" } }"#;

#[test]
fn each_warning_has_its_name() {
    for (name, members) in [
        (
            "several-verifiable-addresses",
            format!(
                r#""x": {{ "type": "string", {VERIFIED} }}, "y": {{ "type": "string", {VERIFIED} }}"#
            ),
        ),
        (
            "removable-last-identifier",
            format!(r#""x": {{ "type": "string", {IDENTIFIER} }}"#),
        ),
        (
            "array-of-objects",
            String::from(r#""x": { "type": "array", "items": { "type": "object" } }"#),
        ),
        (
            "optional-object-with-required",
            String::from(r#""x": { "type": "object", "required": ["y"] }"#),
        ),
        (
            "optional-object-with-required",
            String::from(r#""x": { "type": "object", "minProperties": 1 }"#),
        ),
        (
            "unsatisfiable-schema",
            String::from(
                r#""x": { "type": "object", "required": ["y"], "minProperties": 0, "additionalProperties": false }, "z": {}"#,
            ),
        ),
        (
            "unsatisfiable-schema",
            String::from(r#""x": { "type": "string", "const": 1 }"#),
        ),
        (
            "unsatisfiable-schema",
            String::from(r#""x": { "enum": ["a"], "const": "b" }"#),
        ),
        ("dotted-trait-name", String::from(r#""x.y": {}"#)),
        (
            "misspelt-keyword",
            String::from(r#""x": { "type": "string", "regex": "a" }"#),
        ),
        (
            "misspelt-keyword",
            String::from(r#""x": { "type": "array", "item": {} }"#),
        ),
        (
            "unknown-format",
            String::from(r#""x": { "type": "string", "format": "phone" }"#),
        ),
        (
            "newer-kratos-only",
            String::from(r#""x": { "ory.sh/kratos": { "recovery": { "via": "sms" } } }"#),
        ),
        (
            "newer-kratos-only",
            String::from(r#""x": { "ory.sh/kratos": { "organizations": {} } }"#),
        ),
        (
            "missing-type",
            String::from(r#""x": { "properties": { "y": {} } }"#),
        ),
        ("missing-type", String::from(r#""x": { "items": {} }"#)),
        (
            "misplaced-role",
            format!(r#""x": {{ "type": "array", {VERIFIED} }}"#),
        ),
        (
            "ignored-default",
            String::from(r#""x": { "type": "string", "default": "a" }"#),
        ),
        (
            "ignored-read-only",
            String::from(r#""x": { "type": "string", "readOnly": true }"#),
        ),
        (
            "nullable-format",
            String::from(r#""x": { "type": ["string", "null"], "format": "date" }"#),
        ),
        (
            "recursive-schema",
            String::from(
                r##""x": { "type": "object", "properties": { "y": { "$ref": "#/properties/traits/properties/x" } } }"##,
            ),
        ),
        (
            "ignored-role",
            format!(
                r##""x": {{ "$ref": "#/properties/traits/properties/y", {IDENTIFIER} }}, "y": {{}}"##
            ),
        ),
    ] {
        assert!(
            names(&members).contains(&String::from(name)),
            "{name} {:?}",
            names(&members)
        );
        // What is wrong, and what to do.
        for warning in warnings_of(&with_traits(&members)) {
            assert!(warning.contains("; "), "no remedy: {warning}");
        }
    }
}

/// Nothing in the schema can be about metadata: Kratos has only the traits checked with it.
#[test]
fn properties_of_the_root_beside_the_traits() {
    let schema = with_traits(r#""x": {}"#).replacen(
        "{ \"traits\"",
        "{ \"metadata_public\": { \"type\": \"object\" }, \"traits\"",
        1,
    );
    assert_eq!(
        warnings_of(&schema),
        [
            "guest.json:1:19: warning: Kratos checks only `traits` with the identity schema, so \"metadata_public\" beside it has no effect; remove it, or move it into the `properties` of `traits` if it is a trait [ignored-root-property]"
        ]
    );
}

/// Kratos ignores these where they are, and people expect an effect of them only in traits.
#[test]
fn keywords_that_kratos_ignores_are_reported_where_they_apply() {
    let definition = r#""x": { "definitions": { "y": { "default": 1, "readOnly": true } } }"#;
    assert!(names(definition).is_empty(), "{:?}", names(definition));
    // A branch of its own for null has no format.
    let branches =
        r#""x": { "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] }"#;
    assert!(names(branches).is_empty(), "{:?}", names(branches));
    let unchecked = r#""x": { "type": ["string", "null"], "format": "no-validate" }"#;
    assert!(names(unchecked).is_empty(), "{:?}", names(unchecked));
}

#[test]
fn a_role_on_traits_without_a_name() {
    let schema = with_traits(r#""x": {}"#).replace(
        "\"additionalProperties\": false",
        &format!("\"additionalProperties\": {{ \"type\": \"string\", {VERIFIED} }}"),
    );
    assert_eq!(
        warnings_of(&schema),
        [
            "guest.json:1:29: warning: `ory.sh/kratos` in `additionalProperties`, `patternProperties` or `propertyNames` of `traits`: Kratos applies it, but an update cannot tell by its name which trait has the role; declare the trait in `properties` [misplaced-role]"
        ]
    );
}

#[test]
fn an_identifier_that_may_be_null() {
    let nullable = |keywords: &str| {
        let all = names(&format!(r#""x": {{ {keywords}, {IDENTIFIER} }}"#));
        all.contains(&String::from("nullable-identifier"))
    };
    assert!(nullable(r#""type": ["string", "null"]"#));
    assert!(nullable(
        r#""type": ["string", "null"], "format": "no-validate""#
    ));
    assert!(!nullable(r#""type": "string""#));
    // The format refuses null.
    assert!(!nullable(
        r#""type": ["string", "null"], "format": "email""#
    ));
    // Without a type it is taken, in an item too; where the own type refuses it, Kratos goes no further.
    assert!(nullable(r#""maxLength": 5"#));
    let has = |members: &str, warning: &str| names(members).contains(&String::from(warning));
    let items = |keywords: &str| {
        format!(r#""x": {{ "type": "array", "items": {{ {keywords}, {IDENTIFIER} }} }}"#)
    };
    assert!(has(
        &items(r#""type": ["string", "null"]"#),
        "nullable-identifier"
    ));
    assert!(!has(&items(r#""type": "string""#), "nullable-identifier"));
    assert!(has(&items(r#""type": "object""#), "misplaced-role"));
    assert!(!has(
        &format!(
            r#""x": {{ "anyOf": [{{ "type": "null" }}, {{ "type": "string", {IDENTIFIER} }}] }}"#
        ),
        "nullable-identifier"
    ));
    let rust = common::rust_of(&with_traits(&format!(
        r#""x": {{ "type": ["string", "null"], {IDENTIFIER} }}"#
    )));
    assert_eq!(
        common::row(&rust, "x"),
        "nullable string as Option<String>, identifier(password), only(password)"
    );
}

#[test]
fn an_address_that_is_an_identifier_is_verified() {
    let warns = |keywords: &str| {
        let all = names(&format!("\"x\": {{ \"type\": \"string\", {keywords} }}"));
        all.contains(&String::from("identifier-without-verification"))
    };
    assert!(warns(&format!("\"format\": \"email\", {IDENTIFIER}")));
    let list = format!(
        r#""x": {{ "type": "array", "items": {{ "type": "string", "format": "email", {IDENTIFIER} }} }}"#
    );
    assert!(names(&list).contains(&String::from("identifier-without-verification")));
    assert!(!warns(IDENTIFIER));
    // Who logs in by a code enters the one that was sent to the address.
    let code = r#""code": { "identifier": true, "via": "email" }"#;
    let with = |others: &str| {
        format!(r#""format": "email", "ory.sh/kratos": {{ "credentials": {{ {code}{others} }} }}"#)
    };
    assert!(!warns(&with("")));
    assert!(warns(&with(r#", "password": { "identifier": true }"#)));
    assert!(!warns(
        r#""format": "email", "ory.sh/kratos": { "credentials": { "password": { "identifier": true } }, "verification": { "via": "email" } }"#
    ));
}

#[test]
fn a_correct_schema_has_no_warnings() {
    for members in [
        r#""x": { "type": "array", "items": { "type": "string" } }"#,
        r#""x": { "type": ["object", "null"], "required": ["y"] }"#,
        r#""x": { "type": "object", "properties": { "y": {} } }"#,
        r#""x": { "type": "string", "format": "email", "x-order": 1, "$defs": {}, "writeOnly": true, "readOnly": false }"#,
        r#""x": { "anyOf": [{ "type": "string" }, { "type": "null" }] }"#,
    ] {
        assert!(names(members).is_empty(), "{members} {:?}", names(members));
    }
}

/// Of the settings for one schema and for all, those for one count.
#[cfg(feature = "toml")]
#[test]
fn a_warning_can_be_allowed() {
    let schema = with_traits(r#""x.y": {}"#);
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    std::fs::write(folder.path().join("guest.json"), &schema).expect("a file in it");
    let name = "dotted-trait-name";
    for (own, all, expected) in [
        ("allow", "deny", Ok(0)),
        ("deny", "allow", Err(1)),
        ("", "allow", Ok(0)),
        ("", "", Ok(1)),
    ] {
        let set = |which: &'static str| {
            move |options: Options| match which {
                "allow" => options.allow_warning(name),
                "deny" => options.deny_warning(name),
                _ => options,
            }
        };
        let config = kratos_traits_codegen::Config::new().base(folder.path());
        let config = config.schema("guest", "guest.json");
        let settings = match all {
            "" => String::new(),
            all => format!("{all}_warnings = [{name:?}]"),
        };
        std::fs::write(folder.path().join("kratos-traits.toml"), settings).expect("a file");
        let outputs = config.options("guest", set(own)).generate();
        let found = outputs.map(|all| all[0].warnings.len());
        let found = found.map_err(|errors| errors.problems().len());
        assert_eq!(found, expected, "{own} {all}");
    }
}

#[test]
fn a_warning_can_be_denied() {
    let schema = with_traits(r#""x": { "format": "phone" }"#);
    let run = |name| {
        generate(
            "guest",
            "guest.json",
            &schema,
            &Options::new().deny_warning(name),
        )
    };
    assert_eq!(run("newer-kratos-only").unwrap().warnings.len(), 1);
    let errors = run("unknown-format").unwrap_err();
    let problem = &errors.problems()[0];
    assert_eq!(problem.severity, Severity::Error);
    assert_eq!(
        problem.to_string(),
        "guest.json:2:18: Kratos does not know the format \"phone\" and does not check it; did you mean `tel`? [unknown-format]"
    );
    let unknown = run("unknown-fromat").unwrap_err().to_string();
    assert_eq!(
        unknown,
        "`Options::deny_warning`: there is no warning \"unknown-fromat\"; did you mean `unknown-format`?"
    );
    let unknown = run("x").unwrap_err().to_string();
    assert!(
        unknown.contains("; write one of `nullable-identifier`, "),
        "{unknown}"
    );
}

#[test]
fn problems_are_rendered_as_excerpts_and_as_json() {
    let schema = with_traits(r#""x": { "format": "phone", "type": "strin" }"#);
    let errors = generate("guest", "guest.json", &schema, &Options::new()).unwrap_err();
    assert_eq!(
        errors.rendered(),
        r#"warning[unknown-format]: Kratos does not know the format "phone" and does not check it; did you mean `tel`?
 --> guest.json:2:18
  |
2 | "x": { "format": "phone", "type": "strin" }
  |                  ^^^^^^^

error: `type` is "strin"; did you mean `string`?
 --> guest.json:2:35
  |
2 | "x": { "format": "phone", "type": "strin" }
  |                                   ^^^^^^^"#
    );
    assert_eq!(
        errors.to_json(),
        r#"[{"file":"guest.json","line":2,"column":18,"severity":"warning","code":"unknown-format","message":"Kratos does not know the format \"phone\" and does not check it; did you mean `tel`?"},{"file":"guest.json","line":2,"column":35,"severity":"error","code":null,"message":"`type` is \"strin\"; did you mean `string`?"}]"#
    );
}

#[test]
fn values_with_the_same_variant_name() {
    let schema = with_traits("\"x\": { \"enum\": [\"a-b\",\n\"a_b\",\n\"c\"] }");
    assert_eq!(
        warnings_of(&schema),
        [
            "guest.json:3:1: warning: \"a_b\" and \"a-b\" (at guest.json:2:17) would have the same variant name `AB`, so they are named `AUnderscoreB` and `AMinusB`; to choose names, set `rename_value.\"a_b\" = \"…\"` under `[schemas.guest.traits.\"x\"]` in kratos-traits.toml, or `Options::rename_value(\"x\", \"a_b\", …)` [colliding-values]"
        ]
    );
    let set = |name| Options::new().rename_value("x", "a_b", name);
    let generated = generate("guest", "guest.json", &schema, &set("Other")).unwrap();
    assert_eq!(generated.warnings, []);
    assert!(
        generated
            .rust
            .contains("    #[serde(rename = \"a-b\")]\n    AB,\n"),
        "{}",
        generated.rust
    );
    // A distinct name is never the name of another value.
    let schema = with_traits("\"x\": { \"enum\": [\"A\", \"a\",\n\"a-lower\"] }");
    let rust = common::rust_of(&schema);
    for (value, variant) in [("A", "AUpper"), ("a", "A"), ("a-lower", "ALower")] {
        let written = format!("    #[serde(rename = {value:?})]\n    {variant},\n");
        assert!(rust.contains(&written), "{rust}");
    }
}

/// The warnings of this name about traits that require those in `required`.
fn removable(members: &str, required: &str) -> Vec<String> {
    let schema = format!(
        r#"{{ "properties": {{ "traits": {{ "type": "object", "properties": {{ {members} }}, "required": [{required}] }} }} }}"#
    );
    let warnings = warnings_of(&schema).into_iter();
    warnings
        .filter(|one| one.contains("removable-last-identifier"))
        .collect()
}

#[test]
fn identifiers_that_are_all_optional() {
    let two = format!(
        r#""a": {{ "type": "string", {IDENTIFIER} }},
           "o": {{ "type": "object", "properties": {{ "b": {{ "type": "string", {IDENTIFIER} }} }}, "required": ["b"] }}"#
    );
    let found = removable(&two, "");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("all identifiers of `password` are optional (`a`, `o.b`)"),
        "{found:?}"
    );
    // Required, but in an object that is not.
    assert_eq!(removable(&two, r#""o""#), [""; 0]);
    assert_eq!(removable(&two, r#""a""#), [""; 0]);
    let list = |rules: &str| {
        format!(
            r#""a": {{ "type": "array", "items": {{ "type": "string", {IDENTIFIER} }}{rules} }}"#
        )
    };
    assert_eq!(removable(&list(""), r#""a""#).len(), 1);
    assert_eq!(removable(&list(r#", "minItems": 0"#), r#""a""#).len(), 1);
    assert_eq!(removable(&list(r#", "minItems": 1"#), r#""a""#), [""; 0]);
    assert_eq!(removable(&list(r#", "minItems": 1"#), "").len(), 1);
}

#[test]
fn warnings_on_one_long_line_keep_only_their_excerpt() {
    let members: Vec<String> = (0..2_000)
        .map(|at| format!("\"x{at}\": {{ \"format\": \"phone\" }}"))
        .collect();
    let schema = with_traits(&members.join(", "));
    let warnings = generate("guest", "guest.json", &schema, &Options::new())
        .map(|generated| generated.warnings)
        .unwrap_or_default();
    assert_eq!(warnings.len(), 2_000);
    let shown: usize = warnings.iter().map(|one| format!("{one:?}").len()).sum();
    assert!(shown < 2_000 * 800, "{shown}");
}

#[test]
fn a_list_of_addresses_to_verify_counts_as_several() {
    let several = |keywords: &str| {
        let all = names(&format!(r#""x": {{ {keywords} }}"#));
        all.contains(&String::from("several-verifiable-addresses"))
    };
    let address = format!(r#"{{ "type": "string", "format": "email", {VERIFIED} }}"#);
    assert!(several(&format!(r#""type": "array", "items": {address}"#)));
    assert!(!several(&format!(
        r#""type": "array", "items": {address}, "maxItems": 1"#
    )));
    assert!(several(&format!(
        r#""type": "object", "additionalProperties": {address}"#
    )));
}

#[test]
fn one_of_two_identifiers_is_always_present() {
    let of = |branches: &str| {
        let members = format!(
            r#""a": {{ "type": "string", {IDENTIFIER} }}, "b": {{ "type": "string", {IDENTIFIER} }}"#
        );
        removable(&members, &format!(r#"], "anyOf": [{branches}], "x": ["#)).len()
    };
    assert_eq!(of(r#"{ "required": ["a"] }, { "required": ["b"] }"#), 0);
    assert_eq!(of(r#"{ "required": ["a"] }, { "required": ["c"] }"#), 1);
    assert_eq!(of(r#"{ "required": ["a"] }, true"#), 1);
}

/// What Kratos v1.3.1 did with settings that leave the member out.
#[test]
fn optional_objects_that_kratos_fills_in() {
    for (x, is_refused) in [
        (r#"{ "type": "object", "required": ["q"] }"#, true),
        (r#"{ "type": ["object"], "required": ["q"] }"#, true),
        (
            r#"{ "allOf": [{ "type": "object", "required": ["q"] }] }"#,
            true,
        ),
        (
            r#"{ "type": "object", "allOf": [{ "required": ["q"] }] }"#,
            true,
        ),
        (r#"{ "type": "object", "enum": [{ "q": 1 }] }"#, true),
        (r#"{ "type": "object", "enum": [{ "q": 1 }, {}] }"#, false),
        (r#"{ "enum": [{ "q": 1 }] }"#, false),
        (
            r#"{ "type": "object", "anyOf": [{ "required": ["p"] }, { "required": ["q"] }] }"#,
            true,
        ),
        // The object in it is filled in too.
        (
            r#"{ "type": "object", "properties": { "o": { "type": "object" } }, "required": ["o"] }"#,
            false,
        ),
        (
            r#"{ "type": "array", "items": { "type": "object" } }"#,
            true,
        ),
        (
            r#"{ "type": "array", "items": { "type": ["object"] } }"#,
            true,
        ),
        (
            r#"{ "type": "array", "items": [{ "type": "object" }] }"#,
            true,
        ),
        (r#"{ "type": "array", "items": { "type": "null" } }"#, true),
        (
            r#"{ "allOf": [{ "type": "array", "items": { "type": "array" } }] }"#,
            true,
        ),
        (
            r#"{ "type": "array", "items": { "type": ["object", "null"] } }"#,
            false,
        ),
        (
            r#"{ "type": "array", "items": { "allOf": [{ "type": "object" }] } }"#,
            false,
        ),
        (
            r#"{ "type": "array", "items": { "const": { "q": 1 } } }"#,
            false,
        ),
    ] {
        let all = names(&format!("\"x\": {x}"));
        let is_trap = |name: &String| {
            matches!(
                &**name,
                "array-of-objects" | "optional-object-with-required"
            )
        };
        assert_eq!(all.iter().any(is_trap), is_refused, "{x} {all:?}");
    }
}

#[test]
fn an_object_whose_dependencies_require_another_member() {
    let of = |wanted: &str| {
        let schema = with_traits(
            r#""x": { "type": "object" }, "y": { "type": "object" }, "z": { "type": "string" }"#,
        );
        let dependencies =
            format!("\"dependencies\": {{ \"x\": [{wanted}] }}, \"additionalProperties\"");
        warnings_of(&schema.replace("\"additionalProperties\"", &dependencies))
    };
    let warnings = of("\"z\"");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("guest.json:2:1: warning: Kratos's settings and registration flows insert `{}` when this object is absent, and then reject it because a member that `dependencies` requires is absent"), "{warnings:?}");
    // It is filled in too.
    assert_eq!(of("\"y\""), [""; 0]);
}

#[test]
fn roles_outside_of_the_traits() {
    let role = r#""ory.sh/kratos": { "recovery": { "via": "email" } }"#;
    for beside in [
        format!(
            r#""allOf": [{{ "properties": {{ "traits": {{ "properties": {{ "x": {{ {role} }} }} }} }} }}]"#
        ),
        format!(r#""patternProperties": {{ "^t": {{ "properties": {{ "x": {{ {role} }} }} }} }}"#),
    ] {
        let schema = format!(
            r#"{{ {beside}, "properties": {{ "traits": {{ "type": "object", "properties": {{ "x": {{ "type": "string" }} }} }} }} }}"#
        );
        let warned = common::warnings_of(&schema);
        let said = "`ory.sh/kratos` outside of `properties.traits`: Kratos applies it to the traits; write it at the trait [misplaced-role]";
        assert!(
            matches!(&warned[..], [one] if one.ends_with(said)),
            "{warned:?}"
        );
    }
}
