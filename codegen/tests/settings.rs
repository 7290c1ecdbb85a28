//! Settings of the emitted code.

use std::env;

use crate::common::trial::Trial;
use crate::common::{MEMBERS, has, row, with, with_traits};
use kratos_traits_codegen::{Options, generate};

#[test]
fn names() {
    let options = Options::new()
        .rename("e-mail", "email")
        .rename_value("plan", "in-trial", "Trial")
        .rename_type("homes.[]", "Home")
        .rename("homes.[].city", "town");
    has(
        &options,
        &[
            "    #[serde(rename = \"e-mail\", default, skip_serializing_if = \"Option::is_none\")]\n    pub email: Option<String>,\n",
            "    #[serde(rename = \"in-trial\")]\n    Trial,\n",
            "pub struct Home {\n",
            "    pub homes: Option<Vec<Home>>,\n",
            "    pub town: Option<HomeCity>,\n",
            "    homes: array as Vec<Home>;\n",
        ],
    );
    has(
        &Options::new().rename_type("", "Person"),
        &[
            "pub struct Person {",
            "pub enum PersonPlan {",
            "    format 1: Person;\n    pub Person from \"guest.json\";\n",
        ],
    );
}

#[test]
fn types() {
    let options = Options::new()
        .format_type("date", "::jiff::civil::Date")
        .trait_type("homes.[]", "crate::Home<u8>");
    has(
        &options,
        &[
            "    pub born: Option<::jiff::civil::Date>,\n",
            "    born: string as ::jiff::civil::Date;\n",
            "    pub homes: Option<Vec<crate::Home<u8>>>,\n",
        ],
    );
    assert!(!with(&options).unwrap().contains("GuestTraitsHomesItem"));
}

#[test]
fn derives_and_attributes() {
    let options = Options::new()
        .derive("::std::cmp::PartialOrd")
        .derive_on("plan", "Ord")
        .type_attribute("plan", "non_exhaustive")
        .field_attribute("e-mail", "deprecated = \"soon\"");
    has(
        &options,
        &[
            "#[derive(Clone, Default, PartialEq, Redacted, Serialize, Deserialize, ::std::cmp::PartialOrd)]\n",
            "#[derive(Clone, Copy, PartialEq, Eq, Hash, Redacted, Choice, ::std::cmp::PartialOrd, Ord)]\n#[non_exhaustive]\n",
            "    #[deprecated = \"soon\"]\n    pub e_mail: ",
        ],
    );
}

/// A use of it elsewhere is warned of, and none in the emitted code.
#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
#[test]
fn a_deprecated_type() {
    let mut trial = Trial::default();
    let paths = ["", "plan", "homes.[]", "homes.[].city"];
    for path in paths {
        let schema = with_traits(MEMBERS);
        let options = Options::new().type_attribute(path, "deprecated = \"old\"");
        let generated = generate("trial", "case.json", &schema, &options);
        let rust = generated.expect("the settings are taken").rust;
        assert!(rust.contains("#[deprecated = \"old\"]\n"), "{rust}");
        trial.module(path, rust);
    }
    #[cfg(feature = "kratos-config")]
    trial.module("several", several_deprecated());
    if env::var_os("KRATOS_TRAITS_COMPILE").is_none() {
        eprintln!("NOT CHECKED: this takes a minute; ask for it with KRATOS_TRAITS_COMPILE=1");
        return;
    }
    trial.passes("deprecated");
}

/// The schemas of a configuration of Kratos, all deprecated.
#[cfg(feature = "kratos-config")]
fn several_deprecated() -> String {
    use std::fs;

    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("s.json", &with_traits(MEMBERS));
    write(
        "kratos.yml",
        "identity: { schemas: [{ id: a, url: s.json }, { id: b, url: s.json }] }",
    );
    let config = kratos_traits_codegen::Config::new().base(folder.path());
    let config = config.kratos_config("all", "kratos.yml");
    let config = config.options("all", |options| options.type_attribute("", "deprecated"));
    let outputs = config.generate().expect("the settings are taken");
    outputs[0].rust.clone()
}

#[test]
fn a_name_that_the_emitted_code_uses_is_no_name_of_a_type() {
    for name in [
        "String",
        "Some",
        "BTreeMap",
        "Redacted",
        "Serialize",
        "Clone",
        "ToOwned",
    ] {
        assert_eq!(
            with(&Options::new().rename_type("plan", name)).unwrap_err(),
            format!(
                "`Options::rename_type`: the type name {name:?} is not free: the generated code uses it for something else; write one such as `HomeAddress`"
            )
        );
        // A variant is always written behind its type.
        assert!(with(&Options::new().rename_value("plan", "free", name)).is_ok());
    }
    // The struct of what a struct requires has a name, too.
    let schema = with_traits(
        r#""a": { "type": "object", "properties": { "b": {} }, "required": ["b"] }, "c": { "enum": ["d"] }"#,
    );
    let options = Options::new()
        .rename_type("a", "A")
        .rename_type("c", "NewA");
    let errors = generate("guest", "guest.json", &schema, &options).unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("\"c\" and \"a\" (at guest.json:2:1) would have the same type name `NewA`"),
        "{errors}"
    );
}

#[test]
fn a_constant_is_renamed_with_its_field() {
    has(
        &Options::new()
            .rename("e-mail", "email")
            .rename("plan", "type_"),
        &[", const EMAIL;\n", ", const TYPE;\n"],
    );
    let schema = with_traits(
        r#""e-mail": {}, "E Mail": {}, "größe": {}, "grösse": {}, "a_b": {}, "a": { "properties": { "b": {} }, "type": "object" }"#,
    );
    let options = Options::new().rename("E Mail", "other");
    let rust = generate("guest", "guest.json", &schema, &options);
    let rust = rust.expect("no two fields have one name").rust;
    for (path, constant) in [
        ("\"e-mail\"", ", const E_MAIL"),
        ("\"E Mail\"", ", const OTHER"),
        ("\"größe\"", ", const GRÖ_UDF_E"),
        ("\"grösse\"", ", const GRÖSSE"),
        ("a_b", ""),
        ("a.b", ", const A__B"),
    ] {
        let row = row(&rust, path);
        assert_eq!(row, format!("any as JsonValue{constant}"), "{path}");
    }
}

#[test]
fn names_that_rustc_warns_about_are_refused() {
    for (options, such) in [
        (
            Options::new().rename("e-mail", "eMail"),
            "the field name \"eMail\" is not valid; write lower-case",
        ),
        (
            Options::new().rename("e-mail", "e__mail"),
            "the field name \"e__mail\" is not valid; write lower-case",
        ),
        (
            Options::new().rename_type("plan", "my_plan"),
            "the type name \"my_plan\" is not valid; write ASCII letters",
        ),
        (
            Options::new().rename_value("plan", "free", "free"),
            "the variant name \"free\" is not valid; write ASCII letters",
        ),
        (
            Options::new().module("Guest"),
            "the module name \"Guest\" is not valid; write lower-case",
        ),
        (
            Options::new().trait_type("born", "type"),
            "the type \"type\" is not the path of a Rust type",
        ),
    ] {
        let said = with(&options).unwrap_err();
        assert!(said.contains(such), "{said}");
    }
}

#[test]
fn visibility_and_module() {
    for (visibility, before) in [
        ("pub(crate)", "pub(crate) "),
        ("pub(super)", "pub(super) "),
        ("private", ""),
    ] {
        let options = Options::new().visibility(visibility).module("guest");
        let rust = with(&options).unwrap();
        for text in [
            format!("\n{before}mod guest {{\n"),
            format!("\n{before}struct GuestTraits {{\n    /// "),
            format!("\n    {before}e_mail: "),
            format!("\n{before}enum GuestTraitsPlan {{"),
            format!("\n    {before}GuestTraits from \"guest.json\";\n"),
        ] {
            assert!(rust.contains(&text), "{text}\n{rust}");
        }
        assert!(rust.ends_with("\n}\n"), "{rust}");
    }
}

#[test]
fn a_collision_is_gone_when_one_is_renamed() {
    let schema = with_traits(r#""a-b": {}, "a_b": {}"#);
    let options = Options::new().rename("a-b", "a_minus_b");
    assert!(generate("guest", "guest.json", &schema, &options).is_ok());
    let members = r#""additionalProperties": {}"#;
    let open = with_traits(members).replace(": false }", ": true }");
    let options = Options::new().rename("additionalProperties", "additional");
    assert!(generate("guest", "guest.json", &open, &options).is_ok());
    let options = Options::new().rename_type("homes.[]", "GuestTraitsPlan");
    assert_eq!(
        with(&options).unwrap_err(),
        "guest.json:5:1: \"homes\" and \"plan\" (at guest.json:4:1) would have the same type name `GuestTraitsPlan`; rename one of them in the schema, or with `rename_type = \"…\"` under `[schemas.guest.traits.\"homes.[]\"]` in kratos-traits.toml, or `Options::rename_type(\"homes.[]\", …)`"
    );
}

#[test]
fn what_names_nothing() {
    let refused = |options: Options, said: &str| {
        assert_eq!(with(&options).unwrap_err(), said);
    };
    refused(
        Options::new().rename("e-mial", "email"),
        "`Options::rename`: there is no trait `e-mial` to configure; did you mean `e-mail`?",
    );
    refused(
        Options::new().rename("plans", "x"),
        "`Options::rename`: there is no trait `plans` to configure; did you mean `plan`?",
    );
    refused(
        Options::new().rename_value("plan", "paid", "Paid"),
        "guest.json:4:20: a name is set for the value \"paid\" of `plan`, which has no such value; use one of its values",
    );
    refused(
        Options::new().derive_on("e-mail", "Eq"),
        "guest.json:2:1: a name, derives or attributes are set for the type of `e-mail`, which has no struct or enum of its own; set them for a trait that has one",
    );
}

#[test]
fn what_may_be_null_is_named_and_typed_as_what_it_is_beside() {
    let schema = with_traits(
        r#""plan": { "enum": ["a", null] }, "home": { "type": ["object", "null"], "properties": { "city": {} } },
"born": { "type": ["string", "null"], "format": "date" }, "any": {}"#,
    );
    let options = Options::new()
        .rename_type("plan", "Plan")
        .rename_value("plan", "a", "First")
        .rename_type("home", "Home")
        .rename("home.city", "town")
        .format_type("date", "::jiff::civil::Date")
        .trait_type("any", "::my::Any");
    let rust = generate("guest", "guest.json", &schema, &options);
    let rust = rust.unwrap().rust;
    for text in [
        "    pub plan: Option<Option<Plan>>,\n",
        "    #[serde(rename = \"a\")]\n    First,\n",
        "    pub home: Option<Option<Home>>,\n",
        "    pub town: ",
        "    pub born: Option<Option<::jiff::civil::Date>>,\n",
        "    #[serde(default, deserialize_with = \"read::present\")]\n    #[serde(skip_serializing_if = \"Option::is_none\")]\n    pub any: Option<::my::Any>,\n",
        "    born: nullable string as Option<::jiff::civil::Date>;\n",
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
}

#[test]
fn a_name_that_is_set_goes_before_others() {
    let schema = with_traits(r#""plan": { "enum": ["a-b", "a b", "a.b"] }"#);
    let set = |options: Options| {
        let generated = generate("guest", "guest.json", &schema, &options);
        generated.map(|generated| generated.rust)
    };
    let rust = set(Options::new().rename_value("plan", "a.b", "AB")).unwrap();
    for (value, name) in [("a.b", "AB"), ("a-b", "AMinusB"), ("a b", "ASpaceB")] {
        let variant = format!("    #[serde(rename = {value:?})]\n    {name},\n");
        assert!(rust.contains(&variant), "{variant}\n{rust}");
    }
    let twice = Options::new()
        .rename_value("plan", "a-b", "X")
        .rename_value("plan", "a b", "X");
    assert_eq!(
        set(twice).unwrap_err().to_string(),
        "guest.json:2:27: \"a b\" and \"a-b\" (at guest.json:2:20) would have the same variant name `X`; rename one of them in the schema, or with `rename_value.\"a b\" = \"…\"` under `[schemas.guest.traits.\"plan\"]` in kratos-traits.toml, or `Options::rename_value(\"plan\", \"a b\", …)`"
    );
}

#[test]
fn nothing_that_is_not_what_it_should_be_becomes_code() {
    let evil = "x} fn evil() {} //";
    let options = Options::new()
        .runtime_path(evil)
        .visibility(evil)
        .module(evil)
        .debug(evil)
        .format_type("date", evil)
        .derive(evil)
        .rename("e-mail", evil)
        .rename_type("", evil)
        .rename_value("plan", "free", evil)
        .trait_type("born", evil)
        .derive_on("", evil)
        .type_attribute("", evil)
        .field_attribute("e-mail", evil);
    let errors = generate("guest", "guest.json", &with_traits(MEMBERS), &options).unwrap_err();
    assert_eq!(errors.problems().len(), 13, "{errors}");
    for problem in errors.problems() {
        assert!(
            problem.message.contains(&format!("{evil:?} is not ")),
            "{problem}"
        );
    }
    assert_eq!(
        generate(
            "guest",
            "guest.json",
            &with_traits(MEMBERS),
            &Options::new().rename("born", "type")
        )
        .unwrap_err()
        .to_string(),
        "`Options::rename`: the field name \"type\" is not valid; write lower-case ASCII letters, digits and `_`, such as `given_name`, and no Rust keyword"
    );
}

#[test]
fn the_type_of_a_format_reaches_what_is_inside() {
    let date = r#"{ "type": "string", "format": "date" }"#;
    for (x, ty) in [
        (
            format!(r#"{{ "type": "array", "items": {date} }}"#),
            "Vec<::t::Date>",
        ),
        (
            format!(r#"{{ "type": "array", "items": {{ "type": "array", "items": {date} }} }}"#),
            "Vec<Vec<::t::Date>>",
        ),
        (
            format!(r#"{{ "type": "object", "additionalProperties": {date} }}"#),
            "BTreeMap<String, ::t::Date>",
        ),
        (
            r#"{ "type": "array", "items": { "type": ["string", "null"], "format": "date" } }"#
                .into(),
            "Vec<Option<::t::Date>>",
        ),
    ] {
        let schema = with_traits(&format!(r#""x": {x}"#));
        let options = Options::new().format_type("date", "::t::Date");
        let rust = generate("guest", "guest.json", &schema, &options)
            .unwrap()
            .rust;
        let field = format!("pub x: Option<{ty}>,");
        let rust = rust.split_whitespace().collect::<Vec<_>>().join(" ");
        let rust = rust.replace("< ", "<").replace(", >", ">");
        assert!(rust.contains(&field), "{field}\n{rust}");
        // A path goes before.
        let options = options.trait_type("x.[]", "::t::Other");
        let rust = generate("guest", "guest.json", &schema, &options)
            .unwrap()
            .rust;
        assert!(rust.contains("::t::Other"), "{rust}");
    }
}
