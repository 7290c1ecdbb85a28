//! Derives that the settings put on types, and those that they cannot.

use crate::common::{has, with, with_traits};
use kratos_traits_codegen::{Options, Severity, generate};

#[test]
fn a_derive_that_the_type_already_has_is_not_repeated() {
    let options = Options::new()
        .derive("::std::cmp::Eq")
        .derive("Eq")
        .derive_on("plan", "core::hash::Hash");
    has(
        &options,
        &[
            "#[derive(Clone, Default, PartialEq, Redacted, Serialize, Deserialize, ::std::cmp::Eq)]\n",
            "#[derive(Clone, Copy, PartialEq, Eq, Hash, Redacted, Choice)]\n",
        ],
    );
    for derive in ["Debug", "::std::fmt::Debug", "serde::Serialize"] {
        for options in [
            Options::new().derive(derive),
            Options::new().derive_on("plan", derive),
        ] {
            let report = with(&options).unwrap_err();
            assert!(
                report.contains("is not allowed: every generated type has"),
                "{report}"
            );
        }
    }
}

#[test]
fn a_derive_that_would_not_compile_is_refused() {
    let schema = with_traits(
        r##""price": { "type": "number" }, "plan": { "enum": ["a"] }, "any": {},
"tree": { "$ref": "#/definitions/tree" }, "many": { "$ref": "#/definitions/many" }"##,
    );
    let definitions = r##"{ "definitions": {
"tree": { "type": "object", "properties": { "next": { "$ref": "#/definitions/tree" } } },
"many": { "type": "object", "properties": { "all": { "type": "array", "items": { "$ref": "#/definitions/many" } } } } },"##;
    let schema = schema.replacen('{', definitions, 1);
    let errors_of = |options: Options| match generate("guest", "guest.json", &schema, &options) {
        Ok(_) => String::new(),
        Err(errors) => {
            let errors = errors.problems().iter();
            let mut errors = errors.filter(|one| one.severity == Severity::Error);
            errors.next().map(ToString::to_string).unwrap_or_default()
        }
    };
    for (path, derive, reason) in [
        (
            "",
            "Eq",
            "`GuestTraits`: the field `price` contains an `f64`; ",
        ),
        (
            "",
            "::core::hash::Hash",
            "the field `price` contains an `f64`; ",
        ),
        (
            "tree",
            "Copy",
            "the field `next` contains a value on the heap; ",
        ),
        (
            "tree",
            "PartialOrd",
            "the field `additional_properties` contains a `JsonValue`; ",
        ),
        ("plan", "Default", "an enum has no default value; "),
        (
            "plan",
            "::derive_more::Display",
            "every enum has `Display` and `FromStr` already; ",
        ),
        ("plan", "Ord", "it needs `PartialOrd`; "),
        ("", "New", "the generator sets it where it is needed; "),
        (
            "tree",
            "::utoipa::ToSchema",
            "the field `next` contains the type itself, and utoipa overflows",
        ),
        (
            "many",
            "::utoipa::ToSchema",
            "the field `all` contains the type itself, and utoipa overflows",
        ),
    ] {
        let report = errors_of(Options::new().derive_on(path, derive));
        assert!(report.contains(reason), "{derive}: {report}");
    }
    for options in [
        Options::new().derive_on("", "::utoipa::ToSchema"),
        Options::new()
            .derive_on("tree", "::utoipa::ToSchema")
            .field_attribute("tree.next", "schema(no_recursion)"),
        Options::new()
            .derive_on("plan", "PartialOrd")
            .derive_on("plan", "Ord"),
        Options::new()
            .derive_on("", "Default")
            .derive_on("tree", "Eq"),
    ] {
        assert_eq!(errors_of(options), "");
    }
}

/// utoipa and ts-rs read the names that serde is told in a way of their own.
#[test]
fn a_name_that_a_derive_would_write_differently_is_refused() {
    let schema = |member: &str, value: &str| {
        let kind = format!(r#""kind": {{ "enum": [{value}] }}"#);
        with_traits(&format!(r#"{member}: {{ "type": "string" }}, {kind}"#))
    };
    let errors_of = |schema: &str, derive: &str| {
        let options = Options::new().derive(derive);
        match generate("guest", "guest.json", schema, &options) {
            Ok(_) => String::new(),
            Err(errors) => errors.to_string(),
        }
    };
    let quoted = schema(r#""say \"x\"""#, r#""a""#);
    let value = schema(r#""a""#, r#""back\\slash""#);
    let empty = schema(r#""""#, r#""a""#);
    let plain = schema(r#""größe, 'a' /b""#, r#""größe's""#);
    for (derive, who) in [("::utoipa::ToSchema", "utoipa"), ("::ts_rs::TS", "ts-rs")] {
        let text = errors_of(&quoted, derive);
        let reason = format!(
            "`{derive}` cannot be derived on `GuestTraits`: {who} would write the member \"say \\\"x\\\"\" differently from serde; "
        );
        assert!(text.contains(&reason), "{text}");
        let text = errors_of(&value, derive);
        let reason = format!("{who} would write the value \"back\\\\slash\" differently");
        assert!(text.contains(&reason), "{text}");
        assert_eq!(errors_of(&empty, derive).is_empty(), who == "utoipa");
        assert_eq!(errors_of(&plain, derive), "");
    }
    for schema in [quoted, value, empty, plain] {
        assert_eq!(errors_of(&schema, "::schemars::JsonSchema"), "");
    }
}

/// utoipa would take `null` and absent for one.
#[test]
fn utoipa_gets_an_attribute_for_required_members() {
    let schema = with_traits(r#""x": { "type": ["string", "null"] }, "y": { "type": "string" }"#);
    let schema = schema.replace(": false }", r#": false, "required": ["x", "y"] }"#);
    let lines = |options| {
        let generated = generate("guest", "guest.json", &schema, &options);
        let rust = generated.expect("the settings are taken").rust;
        rust.matches("    #[schema(required)]\n    pub x: ").count()
    };
    assert_eq!(lines(Options::new()), 0);
    assert_eq!(lines(Options::new().derive("::utoipa::ToSchema")), 1);
}

/// schemars does too, in the schema for deserialization.
#[test]
fn schemars_gets_an_attribute_for_required_members() {
    let schema = with_traits(r#""x": { "type": ["string", "null"] }, "y": { "type": "string" }"#);
    let schema = schema.replace(": false }", r#": false, "required": ["x", "y"] }"#);
    let lines = |options, schema: &str| {
        let generated = generate("guest", "guest.json", schema, &options);
        let rust = generated.expect("the settings are taken").rust;
        let report = "#[schemars(extend(\"required\" = [\"x\", \"y\"]))]\n";
        (
            rust.matches(report).count(),
            rust.matches("schemars(").count(),
        )
    };
    let set = || Options::new().derive("::schemars::JsonSchema");
    assert_eq!(lines(Options::new(), &schema), (0, 0));
    assert_eq!(lines(set(), &schema), (1, 1));
    let own = "schemars(extend(\"required\" = [\"y\"]))";
    assert_eq!(lines(set().type_attribute("", own), &schema), (0, 1));
    let plain = schema.replace(r#"["string", "null"]"#, r#""string""#);
    assert_eq!(lines(set(), &plain), (0, 0));
}

#[test]
fn debug_redacts_unless_the_setting_shows_values() {
    has(
        &Options::new().debug("values"),
        &[
            "#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]\n",
            "#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Choice)]\n",
        ],
    );
    for options in [Options::new(), Options::new().debug("redacted")] {
        assert!(!with(&options).unwrap().contains(" Debug"));
    }
    assert_eq!(
        with(&Options::new().debug("all")).unwrap_err(),
        "`Options::debug`: the `debug` output \"all\" is not valid; write `redacted` or `values`"
    );
}
