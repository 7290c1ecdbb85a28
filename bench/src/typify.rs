//! The rival in Rust: typify's library, without builders, formatted by prettyplease as its own command does.

use typify::{TypeSpace, TypeSpaceSettings};

/// Schema text to formatted Rust.
pub(crate) fn generate(schema: &str) -> String {
    let schema: schemars::schema::RootSchema = serde_json::from_str(schema).expect("a schema");
    let mut settings = TypeSpaceSettings::default();
    settings.with_struct_builder(false);
    let mut types = TypeSpace::new(&settings);
    types
        .add_root_schema(schema)
        .expect("a schema that typify takes");
    let file = syn::parse2(types.to_stream()).expect("Rust");
    prettyplease::unparse(&file)
}
