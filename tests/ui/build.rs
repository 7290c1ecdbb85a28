//! Generates the types of the schema that has something for each rule of the derive.

fn main() {
    kratos_traits_codegen::Config::new()
        .schema("account", "schemas/account.schema.json")
        .schema("hostile", "schemas/hostile.schema.json")
        .schema("operator", "schemas/account.schema.json")
        .schema("sign-in", "schemas/sign-in.schema.json")
        .deny("account", "role")
        .deny("account", "settings.quota")
        .deny("account", "work_email")
        .compile();
}
