//! Names in the emitted code.

mod common;

use common::{with_traits, written};
use kratos_traits_codegen::{Options, generate};

#[test]
fn a_member_keeps_its_name_on_the_wire() {
    let rust = written(&with_traits(
        r#""type": { "type": "string" }, "1st": {}, "first name": {}, "größe": {}, "名前": {}, "": {}, "self": {}"#,
    ));
    for (key, field) in [
        ("type", "type_"),
        ("1st", "x1st"),
        ("first name", "first_name"),
        ("名前", "u540d_u524d"),
        ("", "empty"),
        ("self", "self_"),
    ] {
        assert!(
            rust.contains(&format!("        {field}: optional({key:?}),"))
                || rust.contains(&format!("        {field}: nullable({key:?}),")),
            "{rust}"
        );
        assert!(rust.contains(&format!("    pub {field}: ")), "{rust}");
        assert!(rust.contains(&format!("path: &[{key:?}],")), "{rust}");
    }
    assert!(rust.contains("    pub größe: "));
}

#[test]
fn types_are_named_after_the_path() {
    let rust = written(&with_traits(
        r#""a-b": { "type": "object", "properties": { "type": { "type": "array", "items": { "enum": ["x"] } } } }"#,
    ));
    assert!(rust.contains("pub struct GuestTraitsAB {"), "{rust}");
    assert!(rust.contains("pub enum GuestTraitsABTypeItem {"), "{rust}");
}

#[test]
fn the_schema_name_is_the_beginning() {
    let schema = with_traits(r#""x": {}"#);
    for (name, root) in [
        ("customer", "CustomerTraits"),
        ("b2b-customer", "B2bCustomerTraits"),
        ("b2b_customer", "B2bCustomerTraits"),
        ("Customer", "CustomerTraits"),
    ] {
        let rust = generate(name, "guest.json", &schema, &Options::new())
            .unwrap()
            .rust;
        assert!(rust.contains(&format!("pub struct {root} {{")), "{rust}");
        assert!(rust.contains(&format!(" as {root};")), "{rust}");
    }
    for name in ["", "1st", "a b", "../x", "größe", "a\"b"] {
        let errors = generate(name, "guest.json", &schema, &Options::new()).unwrap_err();
        assert_eq!(
            errors.to_string(),
            format!(
                "guest.json:1:1: the schema cannot be named {name:?}; write a name of ASCII letters, digits, `_` and `-` that begins with a letter, such as `customer`"
            )
        );
    }
}

#[test]
fn the_runtime_can_be_elsewhere() {
    let schema = with_traits(r#""x": { "type": "array" }"#);
    let options = Options::new().runtime_path("crate::vendor::kratos_traits");
    let rust = generate("guest", "guest.json", &schema, &options)
        .unwrap()
        .rust;
    assert!(
        !rust
            .replace("crate::vendor::kratos_traits", "")
            .contains("::kratos_traits"),
        "{rust}"
    );
    for path in ["", "::", "a b", "a;b", "::a::", "a::<b>"] {
        let options = Options::new().runtime_path(path);
        let errors = generate("guest", "guest.json", &schema, &options).unwrap_err();
        assert_eq!(
            errors.to_string(),
            format!(
                "`Options::runtime_path`: the runtime path {path:?} is not a Rust path; write one such as `::kratos_traits`"
            )
        );
    }
}

#[test]
fn the_companion_macro_is_named_after_name_file_and_text() {
    let macro_of = |name: &str, file: &str, members: &str| {
        let rust = generate(name, file, &with_traits(members), &Options::new())
            .unwrap()
            .rust;
        let (_, after) = rust.split_once("macro_rules! ").expect("there is a macro");
        String::from(after.split_once(" {").expect("it has a name").0)
    };
    let macro_name = |name: &str, members: &str| macro_of(name, "guest.json", members);
    let one = macro_name("guest", r#""x": {}"#);
    assert_eq!(one, macro_name("guest", r#""x": {}"#));
    // Two files may hold the same text: both modules fit in one crate.
    assert_ne!(one, macro_of("guest", "copy.json", r#""x": {}"#));
    assert_ne!(one, macro_name("guest", r#""y": {}"#));
    assert_ne!(one, macro_name("host", r#""x": {}"#));
    assert!(one.starts_with("__kratos_traits_guest_"));
    assert_eq!(one.len(), "__kratos_traits_guest_".len() + 16 + "_0".len());
}
