//! The warnings about the schemas with traps: these, which the build script does not print, and no others.

use std::fs;

use kratos_traits_codegen::{Options, generate};

fn warnings(name: &str) -> String {
    let file = format!("schemas/{name}.schema.json");
    let schema = fs::read_to_string(&file).expect("the schema");
    let generated = generate(name, &file, &schema, &Options::new()).expect("a valid schema");
    let lines = generated.warnings.iter().map(ToString::to_string);
    let named = |line: String| {
        let (place, _) = line.split_once(": warning: ").expect("a place");
        let (_, name) = line.rsplit_once('[').expect("a name");
        format!("{place} [{name}\n")
    };
    lines.map(named).collect()
}

#[test]
fn the_traps_of_the_schemas() {
    assert_eq!(
        warnings("account"),
        "schemas/account.schema.json:21:9 [removable-last-identifier]\n\
         schemas/account.schema.json:48:13 [several-verifiable-addresses]\n\
         schemas/account.schema.json:85:9 [dotted-trait-name]\n\
         schemas/account.schema.json:88:11 [nullable-identifier]\n\
         schemas/account.schema.json:99:13 [nullable-identifier]\n\
         schemas/account.schema.json:109:9 [misplaced-role]\n"
    );
    assert_eq!(
        warnings("hostile"),
        "schemas/hostile.schema.json:17:9 [removable-last-identifier]\n"
    );
    assert_eq!(
        warnings("sign-in"),
        "schemas/sign-in.schema.json:10:9 [optional-object-with-required]\n\
         schemas/sign-in.schema.json:13:13 [removable-last-identifier]\n"
    );
}
