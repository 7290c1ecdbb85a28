//! The schemas of a Kratos configuration.

use std::fs;

use crate::common::with_traits;
use kratos_traits_codegen::{Config, Options};
use tempfile::TempDir;

/// `{ "properties": { "traits": { "type": "object", "properties": { "x": {} } } } }`
const IN_BASE64: &str = "eyAicHJvcGVydGllcyI6IHsgInRyYWl0cyI6IHsgInR5cGUiOiAib2JqZWN0IiwgInByb3BlcnRpZXMiOiB7ICJ4Ijoge30gfSB9IH0gfQ==";

fn with(schemas: &str) -> Result<String, String> {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("kratos.yml", &format!("identity:\n  schemas:\n{schemas}"));
    write("customer.json", &with_traits(r#""email": {}"#));
    write("bad.json", "{}");
    let config = Config::new().base(folder.path());
    let outputs = config.kratos_config("identity", "kratos.yml").generate();
    outputs
        .map(|all| all[0].rust.clone())
        .map_err(|errors| errors.to_string())
}

#[test]
fn one_module_with_an_enum() {
    let rust = with(&format!(
        "    - {{ id: customer, url: file:///etc/config/kratos/customer.json }}\n    - {{ id: staff@v1, url: 'base64://{IN_BASE64}' }}\n"
    ))
    .unwrap();
    for text in [
        "pub struct CustomerTraits {",
        "    pub CustomerTraits from \"customer.json\", id \"customer\";\n",
        "pub struct StaffV1Traits {",
        "    pub StaffV1Traits from \"kratos.yml#staff@v1\", id \"staff@v1\";\n",
        "pub enum IdentityTraits {\n    #[doc = \"The schema \\\"customer\\\".\"]\n    Customer(CustomerTraits),\n",
        "::kratos_traits::__private::schemas! {\n    pub IdentityTraits {\n        Customer(CustomerTraits): \"customer\",\n        StaffV1(StaffV1Traits): \"staff@v1\",\n    }\n}\n",
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
}

#[test]
fn other_files_and_warnings_of_all_schemas() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    // { "properties": { "traits": { "type": "object", "properties": { "x": { "$ref": "near.json" } } } } }
    let text = "eyAicHJvcGVydGllcyI6IHsgInRyYWl0cyI6IHsgInR5cGUiOiAib2JqZWN0IiwgInByb3BlcnRpZXMiOiB7ICJ4IjogeyAiJHJlZiI6ICJuZWFyLmpzb24iIH0gfSB9IH0gfQ==";
    let schemas = format!(
        "    - {{ id: a, url: file://a.json }}\n    - {{ id: b, url: 'base64://{text}' }}\n"
    );
    write("kratos.yml", &format!("identity:\n  schemas:\n{schemas}"));
    write("a.json", &with_traits(r#""x": { "$ref": "near.json" }"#));
    write("near.json", r#"{ "type": "string", "format": "phone" }"#);
    let config = Config::new().base(folder.path());
    let outputs = config.kratos_config("any", "kratos.yml").generate();
    let output = &outputs.unwrap()[0];
    let near = folder.path().join("near.json");
    assert_eq!(output.files, [near.clone(), near]);
    assert_eq!(output.warnings.len(), 2, "{:?}", output.warnings);
    for warning in &output.warnings {
        let place = "near.json:1:31: warning: Kratos does not know the format";
        assert!(warning.to_string().starts_with(place), "{warning}");
    }
}

#[test]
fn all_problems_with_their_places() {
    let report = with(
        "    - { id: a, url: https://example.org/a.json }\n    - { id: b, url: file://bad.json }\n    - { id: c.d, url: customer.json }\n    - { id: c_d, url: customer.json }\n    - { id: e, url: ftp://e }\n",
    )
    .unwrap_err();
    assert_eq!(
        report.lines().collect::<Vec<_>>(),
        [
            "kratos.yml:3:7: the schema is at \"https://example.org/a.json\", and the generator does not use the network; save it beside this file, and give a copy of the configuration that names it as `file://…`",
            "bad.json:1:1: `properties.traits`, the schema of the traits, is missing; write `\"traits\": { \"type\": \"object\", \"properties\": { … } }` inside `\"properties\"`",
            "kratos.yml:6:7: the traits of \"c_d\" and those of \"c.d\" (at kratos.yml:5:7) would have the same type name `CDTraits`; rename one of them: these with `rename_type = \"…\"` under `[schemas.\"c_d\".traits.\"\"]` in kratos-traits.toml, or with `.options_of_id(…)` in a build script",
            "kratos.yml:7:7: Kratos reads no schema at `ftp://`; write `file://…` or `base64://…`",
        ]
    );
    assert_eq!(
        with("    - { id: identity, url: customer.json }\n").unwrap_err(),
        "kratos.yml:3:7: the traits of \"identity\" and the enum over all schemas would have the same type name `IdentityTraits`; rename one of them: these with `rename_type = \"…\"` under `[schemas.\"identity\".traits.\"\"]` in kratos-traits.toml, or with `.options_of_id(…)` in a build script"
    );
}

#[test]
fn an_entry_without_a_text_hides_nothing() {
    let report = with(
        "    - { id: a }\n    - { url: file://bad.json }\n    - { url: ftp://e }\n    - { url: customer.json }\n    - { id: b, url: file://bad.json }\n",
    )
    .unwrap_err();
    let bad = "bad.json:1:1: `properties.traits`, the schema of the traits, is missing";
    let starts = [
        "kratos.yml:3:7: this schema has no `url`; write one, a string",
        "kratos.yml:4:7: this schema has no `id`; write one, a string",
        bad,
        "kratos.yml:5:7: this schema has no `id`; write one, a string",
        "kratos.yml:5:7: Kratos reads no schema at `ftp://`",
        "kratos.yml:6:7: this schema has no `id`; write one, a string",
    ];
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.len(), starts.len(), "{report}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

/// The settings of one id win over those of all schemas, which hold for the others.
#[test]
fn settings_of_one_id_in_a_build_script() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let entries = ["c.d", "c_d"].map(|id| format!("{{ id: {id}, url: customer.json }}"));
    write(
        "kratos.yml",
        &format!("identity: {{ schemas: [{}] }}", entries.join(", ")),
    );
    write("customer.json", &with_traits(r#""email": {}"#));
    let config = || {
        let config = Config::new().base(folder.path());
        config.kratos_config("identity", "kratos.yml")
    };
    let dotted = |options: Options| options.rename_type("", "Dotted").rename("email", "mail");
    let outputs = config()
        .options("identity", |options| options.rename("email", "address"))
        .options_of_id("identity", "c.d", dotted)
        .runtime_path("::kt")
        .generate();
    let rust = &outputs.expect("the settings tell them apart")[0].rust;
    for text in [
        "    Dotted(Dotted),\n",
        "    CD(CDTraits),\n",
        "pub struct Dotted {\n    /// The member `email`.\n    #[serde(rename = \"email\")]\n",
        "    pub address: ",
        "::kt::schema! {\n    format 1: Dotted;\n    pub Dotted from \"customer.json\", id \"c.d\";\n",
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
    let wrong = config()
        .options_of_id("identity", "c.d", dotted)
        .options_of_id("identity", "c-d", dotted)
        .options_of_id("other", "c-d", dotted)
        .options_of_id("identity", "c_d", |options| options.rename("e", "f"))
        .generate();
    assert_eq!(
        wrong.expect_err("three are wrong").to_string(),
        "build.rs:1:1: there is no Kratos configuration \"other\" to configure; call `.kratos_config(\"other\", …)` first\n\
         build.rs:1:1: there is no schema \"c-d\" in kratos.yml to configure; did you mean `c.d`?\n\
         build.rs:1:1: `.rename(…)`: there is no trait `e` to configure; write the path of a trait, such as `name.first`"
    );
}

/// `NewGuestTraits` is the struct of what `GuestTraits` requires.
#[test]
fn types_inside_two_schemas_are_told_apart_too() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write(
        "kratos.yml",
        "identity: { schemas: [{ id: guest, url: guest.json }, { id: new-guest, url: new.json }] }",
    );
    let required =
        with_traits(r#""x": {}"#).replace(": false }", r#": false, "required": ["x"] }"#);
    write("guest.json", &required);
    write("new.json", &with_traits(r#""x": {}"#));
    let config = || {
        let config = Config::new().base(folder.path());
        config.kratos_config("identity", "kratos.yml")
    };
    let errors = config().generate().expect_err("a name is there twice");
    let errors = errors.to_string();
    assert!(
        errors.contains("would have the same type name `NewGuestTraits`; rename one of them"),
        "{errors}"
    );
    let renamed = |options: Options| options.rename_type("", "Fresh");
    let config = config().options_of_id("identity", "new-guest", renamed);
    assert!(config.generate().is_ok());
    // Where nothing is required, there is no such struct.
    write("guest.json", &with_traits(r#""x": {}"#));
    let config = Config::new().base(folder.path());
    assert!(
        config
            .kratos_config("identity", "kratos.yml")
            .generate()
            .is_ok()
    );
}

#[cfg(feature = "toml")]
#[test]
fn settings_are_for_an_id_and_for_the_enum_too() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let entries = ["c.d", "c_d", "客户"].map(|id| format!("{{ id: {id}, url: customer.json }}"));
    write(
        "kratos.yml",
        &format!("identity: {{ schemas: [{}] }}", entries.join(", ")),
    );
    write("customer.json", &with_traits(r#""email": {}"#));
    write(
        "kratos-traits.toml",
        "derives = [\"Eq\"]\n[schemas.\"c.d\".traits.\"\"]\nrename_type = \"Dotted\"\n[schemas.\"c_d\".traits.email]\nrename = \"mail\"\n[schemas.\"客户\".traits.\"\"]\nrename_type = \"Guest\"\n",
    );
    let config = Config::new().base(folder.path());
    let outputs = config.kratos_config("identity", "kratos.yml").generate();
    let rust = &outputs.expect("the settings tell them apart")[0].rust;
    for text in [
        "#[derive(Clone, PartialEq, Eq)]\npub enum IdentityTraits {",
        "    Dotted(Dotted),\n",
        "    CD(CDTraits),\n",
        "    Guest(Guest),\n",
        "    pub mail: ",
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
    assert_eq!(rust.matches("::kratos_traits::schema! {").count(), 3);
}
