//! Generates the same types three times, each time with the derive of another crate.

use kratos_traits_codegen::Config;

const SCHEMA: &str = "schemas/hard.schema.json";

#[expect(clippy::panic, reason = "so a build script ends where it cannot go on")]
fn main() {
    let with = |config: Config, name: &str, derive: &str| {
        let config = config.schema(name, SCHEMA);
        config.options(name, |options| options.derive(derive))
    };
    let config = with(Config::new(), "by_schemars", "::schemars::JsonSchema");
    let config = with(config, "by_ts_rs", "::ts_rs::TS");
    let config = with(config, "by_utoipa", "::utoipa::ToSchema");
    // What utoipa would follow without an end.
    let config = config.options("by_utoipa", |options| {
        options.field_attribute("tree.next", "schema(no_recursion)")
    });
    println!("cargo:rerun-if-changed={SCHEMA}");
    // Not `compile`: the schema is hard, and the warnings say so.
    if let Err(errors) = config.try_compile() {
        panic!("{}", errors.rendered());
    }
}
