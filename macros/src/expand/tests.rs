//! The expansion that the documentation of the derive shows is the real one.

use std::str::FromStr;

use proc_macro2::TokenStream;

const DOCUMENTATION: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../runtime/src/derive.md"
));
const TABLE: &str = r#"
    [::kratos_traits] "CustomerTraits" "schemas/customer.schema.json" 1815
    "\"email\": required string as String, identifier(password), only(password) @ 11:9;
\"name\": closed as CustomerTraitsName @ 25:9;
\"name\".\"first\": string as String @ 29:13;
\"nickname\": string as String @ 44:9;"
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
        let real = syn::parse2(crate::updater::settings_update(input)).unwrap();
        let real = prettyplease::unparse(&real);
        assert_eq!(real, *expansion, "{real}");
    }
}
