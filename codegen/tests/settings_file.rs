//! The settings file `kratos-traits.toml`.

use std::fs;
use std::path::Path;

use crate::common::with_traits;
use kratos_traits_codegen::Config;
use tempfile::TempDir;

/// The Rust for a schema beside this settings file, or what is said.
fn with(settings: &str) -> Result<String, String> {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("kratos-traits.toml", settings);
    write(
        "guest.json",
        &with_traits(r#""a-b": { "format": "date", "type": "string" }, "c": { "enum": ["x"] }"#),
    );
    let config = Config::new()
        .base(folder.path())
        .schema("guest", "guest.json");
    let outputs = config.generate().map_err(|errors| errors.to_string())?;
    Ok(outputs[0].rust.clone())
}

#[test]
fn everything_that_can_be_set() {
    let rust = with(
        r#"
runtime_path = "::wrong"
visibility = "pub(crate)"
derives = ["::a::D"]
formats = { date = "::wrong::Date" }

[schemas.guest]
runtime_path = "::kt"
module = "inner"
derives = ["::b::D"]
formats.date = "::t::Date"
deny = ["c"]

[schemas.guest.traits."a-b"]
rename = "ab"
field_attributes = ["deprecated"]

[schemas.guest.traits.c]
rename_type = "Letter"
rename_value.x = "Ex"
derives = ["::c::D"]
type_attributes = ["non_exhaustive"]

[schemas.other]
visibility = "private"
"#,
    )
    .unwrap();
    for text in [
        "pub(crate) mod inner {",
        "pub(crate) struct GuestTraits {",
        "#[derive(Clone, Default, PartialEq, Redacted, Serialize, Deserialize, ::b::D, ::a::D)]",
        "    #[deprecated]\n    pub(crate) ab: Option<::t::Date>,",
        "#[non_exhaustive]\n#[allow(missing_docs, clippy::all, clippy::pedantic, deprecated)]\npub(crate) enum Letter {",
        "    #[serde(rename = \"x\")]\n    Ex,",
        "::c::D",
        "::kt::schema! {",
        "    c: string as Letter, denied;\n",
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
}

/// As with `Config::all_options`.
#[test]
fn traits_can_be_set_for_all_schemas() {
    let rust = with(
        "deny = [\"c\"]\ntraits.c = { rename_type = \"Wide\", derives = [\"::a::D\"] }\n\
         [schemas.guest.traits.c]\nrename_type = \"Letter\"\n",
    )
    .unwrap();
    for text in [
        "pub enum Letter {",
        "::a::D",
        "c: string as Letter, denied;",
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
    assert_eq!(
        with("allow = [\"d\"]").unwrap_err(),
        "kratos-traits.toml:1:10: there is no trait `d` to allow; did you mean `c`?"
    );
}

#[test]
fn what_is_wrong_has_a_place_and_a_suggestion() {
    for (settings, said) in [
        (
            "visibilty = \"pub\"",
            "kratos-traits.toml:1:1: there is no setting `visibilty`; did you mean `visibility`?",
        ),
        (
            "[schemas.guest]\n\nx = 1",
            "kratos-traits.toml:3:1: there is no setting `x`; write one of `file`, `runtime_path`, `visibility`, `module`, `debug`, `derives`, `formats`, `refs`, `path_map`, `allow_warnings`, `deny_warnings`, `deny`, `allow`, `traits`",
        ),
        (
            "[schemas.guest.traits.c]\nrename_typ = \"X\"",
            "kratos-traits.toml:2:1: there is no setting `rename_typ`; did you mean `rename_type`?",
        ),
        (
            "debug = \"value\"",
            "kratos-traits.toml:1:9: the `debug` output \"value\" is not valid; write `redacted` or `values`",
        ),
        (
            "schemas.guest.debug = 1\nschemas.other = 2\nschemas.guest.file = 3",
            "kratos-traits.toml:1:23: expected a string, found integer\n\
             kratos-traits.toml:2:17: expected a table, found integer\n\
             kratos-traits.toml:3:22: expected a string, found integer",
        ),
        (
            "[schemas.guest.traits]\na-b = { rename = 1, rename_type = 2, typ = 3 }",
            "kratos-traits.toml:2:18: expected a string, found integer\n\
             kratos-traits.toml:2:35: expected a string, found integer\n\
             kratos-traits.toml:2:38: there is no setting `typ`; did you mean `type`?",
        ),
        (
            "[schemas.guest.traits.d]\nrename = \"x\"",
            "kratos-traits.toml:1:23: there is no trait `d` to configure; did you mean `c`?",
        ),
        (
            "module = \"a b\"\n[schemas.guest.traits.c]\ntype = \"X;\"",
            "kratos-traits.toml:1:10: the module name \"a b\" is not valid; write lower-case ASCII letters, digits and `_`, such as `customer`, and no Rust keyword\nkratos-traits.toml:3:8: the type \"X;\" is not the path of a Rust type; write one such as `::jiff::civil::Date`",
        ),
        (
            "deny_warnings = [\"misplaced-rule\"]",
            "kratos-traits.toml:1:18: there is no warning \"misplaced-rule\"; did you mean `misplaced-role`?",
        ),
        (
            "[schemas.guest]\nallow = [\"c\",\n\"x\"]\ndeny = [\"cc\"]",
            "kratos-traits.toml:3:1: there is no trait `x` to allow; did you mean `c`?\nkratos-traits.toml:4:9: there is no trait `cc` to deny; did you mean `c`?",
        ),
        (
            "visibilty = 1\nmodule = 2\nderives = [\n3,\n]\n[schemas.guest]\nx = 1\ntraits.c.rename = \"a b\"",
            "kratos-traits.toml:1:1: there is no setting `visibilty`; did you mean `visibility`?\n\
             kratos-traits.toml:2:10: expected a string, found integer\n\
             kratos-traits.toml:4:1: expected a string, found integer\n\
             kratos-traits.toml:7:1: there is no setting `x`; write one of `file`, `runtime_path`, `visibility`, `module`, `debug`, `derives`, `formats`, `refs`, `path_map`, `allow_warnings`, `deny_warnings`, `deny`, `allow`, `traits`\n\
             kratos-traits.toml:8:19: the field name \"a b\" is not valid; write lower-case ASCII letters, digits and `_`, such as `given_name`, and no Rust keyword",
        ),
        (
            "module = 1\n[schemas.guest\n",
            "kratos-traits.toml:2:15: unclosed table, expected `]`",
        ),
        // A wrong value and an unknown trait are reported together.
        (
            "deny = [\"cc\"]\nmodule = \"a b\"\n[schemas.guest.traits.d]\nrename = 1",
            "kratos-traits.toml:1:9: there is no trait `cc` to deny; did you mean `c`?\n\
             kratos-traits.toml:2:10: the module name \"a b\" is not valid; write lower-case ASCII letters, digits and `_`, such as `customer`, and no Rust keyword\n\
             kratos-traits.toml:3:23: there is no trait `d` to configure; did you mean `c`?\n\
             kratos-traits.toml:4:10: expected a string, found integer",
        ),
        (
            "traits.c = 1\nderives = \"X\"\nformats.date = [1]",
            "kratos-traits.toml:1:12: expected a table, found integer\n\
             kratos-traits.toml:2:11: expected an array, found string\n\
             kratos-traits.toml:3:16: expected a string, found array",
        ),
        (
            "visibility = 1",
            "kratos-traits.toml:1:14: expected a string, found integer",
        ),
    ] {
        assert_eq!(with(settings).unwrap_err(), said);
    }
    assert!(with("x").unwrap_err().starts_with("kratos-traits.toml:1:"));
}

#[test]
fn references_and_warnings_are_settings_too() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("far")).unwrap();
    let write = |name, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let refs = "[refs]\n\"https://example.org/a.json\" = \"far/a.json\"\n";
    write("kratos-traits.toml", refs);
    write("far/a.json", r#"{ "type": "string", "format": "phone" }"#);
    let member = r#""x": { "$ref": "https://example.org/a.json" }"#;
    write("guest.json", &with_traits(member));
    let config = Config::new().base(folder.path());
    let config = config.schema("guest", "guest.json");
    let outputs = config.generate().unwrap();
    assert_eq!(outputs[0].files, [folder.path().join("far/a.json")]);
    let names: Vec<_> = outputs[0].warnings.iter().map(|one| one.code).collect();
    assert_eq!(names, [Some("unknown-format")]);
    assert_eq!(outputs[0].warnings[0].file, "far/a.json");

    let denied = "deny_warnings = [\"unknown-format\"]\n";
    write("kratos-traits.toml", &format!("{denied}{refs}"));
    let errors = config.generate().unwrap_err();
    assert_eq!(
        errors.to_string(),
        "far/a.json:1:31: Kratos does not know the format \"phone\" and does not check it; did you mean `tel`? [unknown-format]"
    );
}

#[test]
fn a_refused_file_is_refused_once() {
    let folder = TempDir::new().unwrap();
    let write = |name, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("kratos-traits.toml", "x = 1");
    write("a.json", &with_traits(r#""x": {}"#));
    write("b.json", "{}");
    let config = Config::new().base(folder.path());
    let config = config.schema("a", "a.json").schema("b", "b.json");
    let errors = config.generate().unwrap_err();
    let files: Vec<&str> = errors.problems().iter().map(|one| &*one.file).collect();
    assert_eq!(files, ["kratos-traits.toml", "b.json"]);
}

#[test]
fn the_schemas_of_a_settings_file() {
    let folder = TempDir::new().unwrap();
    let write = |name, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "s.toml",
        "module = \"m\"\n[schemas.guest]\nfile = \"a.json\"\n[schemas.none]",
    );
    write("a.json", &with_traits(r#""x": {}"#));
    let config = Config::from_settings_file(folder.path().join("s.toml")).unwrap();
    let outputs = config.base("").generate().unwrap();
    assert_eq!(outputs.len(), 1);
    assert_eq!(outputs[0].name, "guest");
    assert!(
        outputs[0].rust.contains("pub mod m {"),
        "{}",
        outputs[0].rust
    );
    let none = Config::from_settings_file(Path::new("none.toml")).unwrap_err();
    assert!(
        none.to_string()
            .starts_with("none.toml:1:1: cannot read this file (")
    );
}
