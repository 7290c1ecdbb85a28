//! The schemas of a Kratos configuration.

use std::fs;

use crate::common::with_traits;
use kratos_traits_codegen::{Config, Options, Output};
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
    assert_eq!(output.files, [folder.path().join("a.json"), near]);
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

/// A folder with these files, and the outcome of generating for `kratos.yml` in `conf`.
fn in_folder(files: &[(&str, &str)], options: fn(Options) -> Options) -> Result<Output, String> {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let config = Config::new().base(folder.path());
    let config = config.kratos_config("identity", "conf/kratos.yml");
    let outputs = config.options("identity", options).generate();
    let output = outputs.map(|mut all| all.remove(0));
    output.map_err(|errors| errors.to_string())
}

fn schemas(entries: &[(&str, &str)]) -> String {
    let entries = entries
        .iter()
        .map(|(id, url)| format!("    - id: {id}\n      url: {url}\n"));
    format!("identity:\n  schemas:\n{}", entries.collect::<String>())
}

#[test]
fn paths_of_a_container_are_found() {
    let yaml = schemas(&[
        ("a", "file:///etc/config/kratos/a.json"),
        ("b", "file://./conf/b.json"),
    ]);
    let (x, y) = (with_traits(r#""x": {}"#), with_traits(r#""y": {}"#));
    let files = [
        ("conf/kratos.yml", &*yaml),
        ("conf/kratos/a.json", &x),
        ("conf/a.json", "not this one"),
        // Relative to the working directory of Kratos.
        ("conf/b.json", &y),
    ];
    let output = in_folder(&files, |options| options).expect("both are found");
    assert!(
        output
            .rust
            .contains("from \"conf/kratos/a.json\", id \"a\"")
    );
    assert!(output.rust.contains("from \"conf/b.json\", id \"b\""));
    assert_eq!(output.files.len(), 2);
    let absent = |end: &str| output.absent.iter().any(|path| path.ends_with(end));
    assert!(absent("conf/config/kratos/a.json"), "{:?}", output.absent);
}

#[test]
fn a_file_that_is_not_found_is_reported_at_its_line() {
    let yaml = schemas(&[("a", "file:///etc/config/a.json")]);
    let refused = in_folder(&[("conf/kratos.yml", &yaml)], |options| options).unwrap_err();
    assert_eq!(
        refused,
        "conf/kratos.yml:3:7: there is no file for \"file:///etc/config/a.json\"; looked for `/etc/config/a.json`, `conf/etc/config/a.json`, `conf/config/a.json`, `conf/a.json`; correct the path, or map the folder of the container to one here: `path_map.\"/etc/config\" = \"FOLDER\"` in kratos-traits.toml, `Options::path_map` in a build script, or `--path-map /etc/config=FOLDER`"
    );
    // A file that is found and cannot be read.
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("kratos.yml", yaml.as_bytes());
    write("a.json", b"\xff");
    let config = Config::new().base(folder.path());
    let refused = config.kratos_config("identity", "kratos.yml").generate();
    let refused = refused.unwrap_err().to_string();
    let expected = "kratos.yml:3:7: the schema file \"a.json\": not UTF-8";
    assert!(refused.starts_with(expected), "{refused}");
}

/// `a/identity.json` and `b/identity.json` are two schemas, although only one file of this name is here.
#[test]
fn two_ids_share_no_file_by_its_base_name() {
    let yaml = schemas(&[
        ("a", "file:///etc/a/identity.json"),
        ("b", "file:///etc/b/identity.json"),
    ]);
    let schema = with_traits(r#""x": {}"#);
    let files = [
        ("conf/kratos.yml", &*yaml),
        ("conf/identity.json", &schema),
        ("other/identity.json", &schema),
    ];
    let refused = in_folder(&files, |options| options).unwrap_err();
    let expected = "conf/kratos.yml:5:7: `/etc/b/identity.json` would be read from the file of \"a\" (at conf/kratos.yml:3:7), `/etc/a/identity.json`, because only the ends of their paths are the same; map the folder of the container to one here: `path_map.\"/etc/b\" = \"FOLDER\"`";
    assert!(refused.starts_with(expected), "{refused}");
    let mapped = in_folder(&files, |options| options.path_map("/etc/b", "other"));
    let rust = mapped.expect("the folder is mapped").rust;
    assert!(rust.contains("from \"other/identity.json\", id \"b\""));
    // One file under one path is no guess.
    let same = schemas(&[("a", "file://identity.json"), ("b", "file://identity.json")]);
    let files = [("conf/kratos.yml", &*same), ("conf/identity.json", &schema)];
    assert!(in_folder(&files, |options| options).is_ok());
}

/// Kratos looks for the first schema of an id.
#[test]
fn the_first_schema_with_an_id_counts() {
    let yaml = schemas(&[("a", "a.json"), ("a", "b.json")]);
    let (x, y) = (with_traits(r#""x": {}"#), with_traits(r#""y": {}"#));
    let files = [
        ("conf/kratos.yml", &*yaml),
        ("conf/a.json", &x),
        ("conf/b.json", &y),
    ];
    let output = in_folder(&files, |options| options).expect("it is accepted");
    assert!(output.rust.contains("pub x: ") && !output.rust.contains("pub y: "));
    assert_eq!(
        output.warnings[0].to_string(),
        "conf/kratos.yml:5:7: warning: the id \"a\" is that of another schema (at conf/kratos.yml:3:7), and Kratos uses the first one; remove this schema, or give it another id [duplicate-schema-id]"
    );
    let allowed = in_folder(&files, |options| {
        options.allow_warning("duplicate-schema-id")
    });
    assert!(allowed.expect("it is accepted").warnings.is_empty());
    let denied = in_folder(&files, |options| {
        options.deny_warning("duplicate-schema-id")
    });
    assert!(denied.unwrap_err().ends_with("[duplicate-schema-id]"));
}

#[test]
fn helm_values_and_config_maps_are_refused_with_the_command() {
    let kratos = schemas(&[("a", "file:///etc/config/a.json")]);
    let indented = |text: &str, by: &str| {
        let lines = text.lines().map(|line| format!("{by}{line}\n"));
        lines.collect::<String>()
    };
    let helm = format!(
        "image: x\nkratos:\n  identitySchemas:\n    a.json: '{{}}'\n  config:\n{}",
        indented(&kratos, "    ")
    );
    assert_eq!(
        in_folder(&[("conf/kratos.yml", &helm)], |options| options).unwrap_err(),
        "conf/kratos.yml:5:3: this is the value of `kratos.config` in another file, such as the values of a Helm chart, and not a Kratos configuration; extract the files: `yq '.kratos.config' conf/kratos.yml > kratos.yml && yq '.kratos.identitySchemas[\"a.json\"]' conf/kratos.yml > a.json`"
    );
    let map = format!(
        "apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: ConfigMap\ndata:\n  kratos.yaml: |\n{}",
        indented(&kratos, "    ")
    );
    assert_eq!(
        in_folder(&[("conf/kratos.yml", &map)], |options| options).unwrap_err(),
        "conf/kratos.yml:4:1: this is a ConfigMap of Kubernetes, and not a Kratos configuration; extract its files: `yq 'select(.kind == \"ConfigMap\") | .data[\"kratos.yaml\"]' conf/kratos.yml > kratos.yaml`"
    );
}
