//! Generates the customer types before the example is compiled.

fn main() {
    kratos_traits_codegen::Config::new()
        .schema("customer", "../schemas/customer.schema.json")
        .compile();
}
