//! The emitted code compiles without a warning, clippy's pedantic ones too, in every edition, wherever it stands and beside whatever
//! it stands.
//!
//! For each edition this writes a crate with the three example schemas in several places, and runs `cargo clippy` on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kratos_traits_codegen::{Config, Options, generate};

const EXAMPLES: [&str; 3] = ["customer", "member", "subscriber"];

/// Names that the emitted code could mean by accident. A type of the same module that has the name of one which generated types
/// use, like `String`, is meant instead: such code has a module of its own.
const NEIGHBOURS: &str = "
    /// A neighbour.
    pub struct Result;
    /// A neighbour.
    pub struct Self_;
    /// A neighbour.
    pub trait Clone {}
    /// A neighbour.
    pub trait Serialize {}
    /// A neighbour.
    pub trait Object {}
    /// A neighbour.
    pub mod kratos_traits {}
    /// A neighbour.
    pub mod std {}
    /// A neighbour.
    pub mod core {}
";

/// Updaters of what everyone sees, and of what only the crate sees.
const UPDATERS: &str = r#"
/// An updater.
#[derive(::kratos_traits::SettingsUpdate)]
#[kratos(traits = customer::CustomerTraits)]
pub struct Public {
    /// A trait.
    pub nickname: Option<String>,
}
/// An updater.
#[derive(::kratos_traits::SettingsUpdate)]
#[kratos(traits = crate::customer_pub_crate_::inside::CustomerTraits)]
pub(crate) struct OfTheCrate {
    /// A trait.
    pub(crate) nickname: Option<String>,
}
/// An updater of what is deprecated: the application has said so itself, in the settings.
#[derive(::kratos_traits::SettingsUpdate)]
#[kratos(traits = odd_pub::OddTraits)]
pub struct OfTheDeprecated {
    #[kratos(path = "e-mail")]
    mail: String,
    gone: Option<String>,
}
/// What the settings say: the values are shown.
#[must_use]
pub fn shown() -> String {
    let traits = odd_pub::OddTraits {
        other: Some("a value".to_owned()),
        ..odd_pub::OddTraits::default()
    };
    format!("{traits:?}")
}
::kratos_traits::include_schema!("gen");
/// An updater of what a build script generates.
#[derive(::kratos_traits::SettingsUpdate)]
#[kratos(traits = r#gen::GenTraits)]
pub struct OfTheBuildScript {
    newsletter: bool,
}
/// A user of the updater.
#[must_use]
pub fn user() -> usize {
    let updater = OfTheCrate { nickname: None };
    usize::from(updater.nickname.is_some())
}
"#;

/// What trips over a lint in one place and not in another, and has the settings that could.
const ODD: &str = r#"{ "properties": { "traits": { "type": "object", "properties": {
    "e-mail": { "type": "string" },
    "E Mail": { "type": "string" },
    "größe": { "type": "string" },
    "grösse": { "type": "string" },
    "plan": { "type": "string", "enum": ["free", "in-trial", "in_trial"] },
    "gone": { "type": ["string", "null"] },
    "deep": { "type": "array", "items": { "type": "array", "items": { "type": ["array", "null"], "items": {
        "type": ["array", "null"], "items": { "type": ["string", "null"] } } } } },
    "only": { "type": "object", "properties": { "a": { "type": "string" } },
        "additionalProperties": { "type": "object", "additionalProperties": { "const": "x" } } }
} } } }"#;

fn odd(visibility: &str) -> String {
    let options = Options::new()
        .visibility(visibility)
        .derive("::std::cmp::Eq")
        .derive_on("plan", "Hash")
        .derive_on("plan", "Ord")
        .derive_on("plan", "PartialOrd")
        .type_attribute("plan", "non_exhaustive")
        .field_attribute("e-mail", "deprecated = \"soon\"")
        .field_attribute("gone", "deprecated")
        .type_attribute("only", "deprecated = \"soon\"")
        .debug("values")
        .rename("E Mail", "other")
        .rename_value("plan", "in_trial", "Trial");
    let odd = generate("odd", "odd.json", ODD, &options).expect("the schema is taken");
    odd.rust
}

/// A schema whose name is a keyword since edition 2024.
fn gen_module() -> String {
    let schema = r#"{ "properties": { "traits": { "type": "object", "properties": {
        "newsletter": { "type": "boolean" } } } } }"#;
    let generated = generate("gen", "gen.json", schema, &Options::new());
    generated.expect("the schema is taken").rust
}

/// Stands for a build script that generates.
const BUILD_SCRIPT: &str = r#"//! Copies.
fn main() {
    let to = std::path::Path::new(&std::env::var("OUT_DIR").expect("set")).join("gen.rs");
    std::fs::copy("gen.rs", to).expect("a copy");
}
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The examples as a configuration asks for them.
fn emitted(visibility: &str, module: Option<&str>) -> Vec<String> {
    let mut config = Config::new().base(repository());
    for name in EXAMPLES {
        config = config.schema(name, format!("schemas/{name}.schema.json"));
    }
    let config = config.all_options(|options| {
        let options = options.visibility(visibility);
        match module {
            Some(module) => options.module(module),
            None => options,
        }
    });
    let outputs = config.generate().expect("the examples are taken");
    outputs.into_iter().map(|output| output.rust).collect()
}

/// All of them by `schema_id`.
fn by_schema_id(folder: &Path) -> String {
    let entry = |name| format!("{{ id: {name}, url: '{name}.schema.json' }}");
    let config = format!(
        "identity: {{ schemas: [{}] }}",
        EXAMPLES.map(entry).join(", ")
    );
    for name in EXAMPLES {
        let file = format!("{name}.schema.json");
        fs::copy(repository().join("schemas").join(&file), folder.join(&file)).expect("a copy");
    }
    fs::write(folder.join("kratos.yml"), config).expect("a file");
    let config = Config::new()
        .base(folder)
        .kratos_config("identity", "kratos.yml");
    let outputs = config.generate().expect("the examples are taken");
    outputs.into_iter().map(|output| output.rust).collect()
}

fn source(folder: &Path) -> String {
    let mut source = String::from(
        "//! The examples.\n#![deny(warnings, missing_docs, rust_2018_idioms, future_incompatible, clippy::all, clippy::pedantic)]\n",
    );
    let mut place = |name: String, visible: &str, before: &str, rust: &str| {
        source.push_str(&format!(
            "/// A place.\n{visible}mod {name} {{\n{before}{rust}}}\n"
        ));
    };
    for (rust, name) in emitted("pub", None).iter().zip(EXAMPLES) {
        place(name.into(), "pub ", "", rust);
        place(format!("beside_{name}"), "pub ", NEIGHBOURS, rust);
    }
    for visibility in ["pub(crate)", "pub(super)", "private"] {
        let suffix = visibility.replace(['(', ')'], "_");
        for (rust, name) in emitted(visibility, Some("inside")).iter().zip(EXAMPLES) {
            place(format!("{name}_{suffix}"), "", "", rust);
        }
    }
    for visibility in ["pub", "private"] {
        place(format!("odd_{visibility}"), "", "", &odd(visibility));
    }
    place("all".into(), "pub ", "", &by_schema_id(folder));
    source.push_str(UPDATERS);
    source
}

#[test]
fn no_warning_in_any_edition() {
    for edition in ["2018", "2021", "2024"] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("edition-{edition}"));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"edition-{edition}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n[workspace]\n[dependencies]\nkratos-traits = {{ path = {:?} }}\n",
            repository().join("runtime")
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
        // The versions of the workspace, which are here already: nothing is fetched.
        fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
        fs::write(folder.join("src/lib.rs"), source(&folder)).expect("a file");
        fs::write(folder.join("build.rs"), BUILD_SCRIPT).expect("a file");
        fs::write(folder.join("gen.rs"), gen_module()).expect("a file");
        let output = Command::new(env!("CARGO"))
            .current_dir(&folder)
            .args(["clippy", "--offline", "--quiet"])
            .env(
                "CARGO_TARGET_DIR",
                folder.parent().expect("a folder").join("editions"),
            )
            .output()
            .expect("cargo runs");
        assert!(
            output.status.success(),
            "edition {edition}:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
