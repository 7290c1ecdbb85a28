//! Generates the types of a server with several schemas, one of which has a trait for each thing that Kratos does with one.

fn main() {
    kratos_traits_codegen::Config::new()
        .kratos_config("people", "schemas/kratos.yml")
        .compile();
}
