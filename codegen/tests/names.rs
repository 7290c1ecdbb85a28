//! Names in the emitted code.

use crate::common::{rust_of, with_traits};
use kratos_traits_codegen::{Options, generate};

#[test]
fn a_member_keeps_its_name_on_the_wire() {
    let rust = rust_of(&with_traits(
        r#""type": { "type": "string" }, "1st": {}, "first name": {}, "größe": {}, "名前": {}, "": {}, "self": {}"#,
    ));
    for (key, field) in [
        ("type", "type_"),
        ("1st", "x1st"),
        ("first name", "first_name"),
        ("名前", "名前"),
        ("", "empty"),
        ("self", "self_"),
    ] {
        let (before, _) = rust
            .split_once(&format!("    pub {field}: "))
            .expect("there is a field");
        let (_, attributes) = before.rsplit_once("///").expect("it has a comment");
        assert!(
            attributes.contains(&format!("#[serde(rename = {key:?}")),
            "{attributes}"
        );
    }
    // rustc changes names that are not in its normal form.
    assert!(rust.contains("#[serde(rename = \"größe\")]"));
    assert!(rust.contains("    pub größe: "));
    for row in [
        "type: ",
        "\"1st\": ",
        "\"first name\": ",
        "\"größe\": ",
        "\"\": ",
        "self: ",
    ] {
        assert!(rust.contains(&format!("\n    {row}")), "{row}\n{rust}");
    }
}

#[test]
fn types_are_named_after_the_path() {
    let rust = rust_of(&with_traits(
        r#""a-b": { "type": "object", "properties": { "type": { "type": "array", "items": { "enum": ["x"] } } } }"#,
    ));
    assert!(rust.contains("pub struct GuestTraitsAB {"), "{rust}");
    assert!(rust.contains("pub enum GuestTraitsABTypeItem {"), "{rust}");
}

#[test]
fn the_schema_name_is_the_prefix_of_type_names() {
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
        assert!(rust.contains(&format!("    pub {root} from ")), "{rust}");
    }
    for name in ["", "1st", "a b", "../x", "größe", "a\"b"] {
        let errors = generate(name, "guest.json", &schema, &Options::new()).unwrap_err();
        assert_eq!(
            errors.to_string(),
            format!(
                "guest.json:1:1: invalid schema name {name:?}; use ASCII letters, digits, `_` and `-`, beginning with a letter, such as `customer`"
            )
        );
    }
}

#[test]
fn the_runtime_path_can_be_set() {
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
