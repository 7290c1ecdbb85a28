//! The expansion that the documentation of the derive shows is the real one.

use std::str::FromStr;

use proc_macro2::TokenStream;

const DOCUMENTATION: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../runtime/src/derive.md"
));
const TABLE: &str = r#"
    "schemas/customer.schema.json
CustomerTraits
email 11:9 string required last(Password) PasswordIdentifier: String
name 25:9 object(closed) optional: CustomerTraitsName
name.first 29:13 string optional: String
name.last 36:13 string optional: String
nickname 44:9 string optional: String"
"#;

#[test]
fn the_documented_expansion_is_the_real_one() {
    let shown: Vec<&str> = DOCUMENTATION
        .split("```text\n")
        .skip(1)
        .map(|block| block.split_once("```").unwrap().0)
        .collect();
    let (pairs, rest) = shown.as_chunks::<2>();
    assert!(!pairs.is_empty() && rest.is_empty());
    for [updater, expansion] in pairs {
        let input = TokenStream::from_str(&format!("{TABLE}{{{updater}}}")).unwrap();
        let real = syn::parse2(super::settings_update(input)).unwrap();
        assert_eq!(prettyplease::unparse(&real), *expansion);
    }
}
