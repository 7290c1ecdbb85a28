//! Generates the types of the schemas that have something for each rule of the derive.

use kratos_traits_codegen::Config;

#[expect(clippy::panic, reason = "so a build script ends where it cannot go on")]
fn main() {
    let schemas = [
        ("account", "schemas/account.schema.json"),
        ("hostile", "schemas/hostile.schema.json"),
        ("operator", "schemas/account.schema.json"),
        ("sign-in", "schemas/sign-in.schema.json"),
    ];
    let mut config = Config::new();
    for (name, schema) in schemas {
        println!("cargo:rerun-if-changed={schema}");
        config = config.schema(name, schema);
    }
    let config = config
        .deny("account", "role")
        .deny("account", "settings.quota")
        .deny("account", "work_email");
    // Not `compile`: the schemas have traps on purpose. `tests/warnings.rs` checks their warnings.
    if let Err(errors) = config.try_compile() {
        panic!("{}", errors.rendered());
    }
}
