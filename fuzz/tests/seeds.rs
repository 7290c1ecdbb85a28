//! Each target on its seeds, without a fuzzer.

use std::fs;
use std::path::Path;

use kratos_traits_fuzz as fuzz;

#[test]
fn seeds() {
    let targets: [(&str, fn(&[u8])); 9] = [
        ("admin", fuzz::admin),
        ("check", fuzz::check),
        ("kratos_yml", fuzz::kratos_yml),
        ("login", fuzz::login),
        ("pending", fuzz::pending),
        ("schema", fuzz::schema),
        ("session", fuzz::session),
        ("settings", fuzz::settings),
        ("settings_file", fuzz::settings_file),
    ];
    for (name, target) in targets {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(name);
        let mut seeds = 0;
        for entry in fs::read_dir(folder).expect("seeds") {
            target(&fs::read(entry.expect("a seed").path()).expect("a seed"));
            seeds += 1;
        }
        assert!(seeds > 0, "{name} has no seed");
    }
}
