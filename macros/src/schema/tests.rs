use std::str::FromStr;

use proc_macro2::TokenStream;

const SCHEMA: &str = r#"{"properties":{"traits":{"properties":{
  "email": {},
  "role": {},
  "home": { "properties": { "street": {}, "phone": {}, "owner-name": {} } },
  "work": { "properties": { "street": {}, "phone": {}, "owner-name": {} } },
  "names": { "properties": { "note": {} } }
}}}}"#;
const ROWS: &str = r#"
    email: required string as String, identifier(password), only(password);
    role: string as String, denied;
    home: closed as Place;
    home.street: string as String;
    home.phone: string as String;
    home."owner-name": string as String, const HOME_OWNER_NAME;
    work: closed as Place;
    work.street: string as String, denied;
    work.phone: string as String, verification(sms);
    work."owner-name": string as String, const WORK_OWNER_NAME;
    names: open as Names, members(identifier(password));
    names.note: string as String;"#;

fn expanded(objects: &str, rows: &str) -> String {
    let text = format!(
        "[$crate] format 1: {objects}; pub Guest from \"guest.json\"; {rows} = r##\"{SCHEMA}\"##;"
    );
    let text = text.replace("$crate", "kt");
    super::schema_table(TokenStream::from_str(&text).unwrap()).to_string()
}

fn fingerprints(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .split("TableOf < ")
        .skip(1)
        .map(|rest| rest.split_once(' ').unwrap().0)
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn access_follows_from_holders_and_members() {
    let text = expanded("Guest, Place, Names", ROWS);
    for (constant, access) in [
        ("EMAIL", "Privileged , kt :: marker :: Required"),
        ("ROLE", "Denied , kt :: marker :: Optional"),
        ("HOME", "Ordinary , kt :: marker :: Optional"),
        ("WORK", "HoldsDenied , kt :: marker :: Optional"),
        ("WORK_STREET", "Denied , kt :: marker :: Optional"),
        ("WORK_PHONE", "Privileged , kt :: marker :: Optional"),
        ("NAMES_NOTE", "Privileged , kt :: marker :: Optional"),
        // An object at two places has the stricter access of the two.
        ("STREET", "Denied , kt :: marker :: Optional"),
        ("PHONE", "Privileged , kt :: marker :: Optional"),
        ("OWNER_NAME", "Ordinary , kt :: marker :: Optional"),
        ("NOTE", "Privileged , kt :: marker :: Optional"),
    ] {
        let expected = format!(
            "pub const {constant} : kt :: Field < Self , String , kt :: marker :: {access} >"
        );
        let expected = match constant {
            "HOME" | "WORK" => expected.replace("String", "Place"),
            _ => expected,
        };
        assert!(text.contains(&expected), "{constant}\n{text}");
    }
    assert!(
        text.contains("The trait `home.street`, declared at guest.json:4:29."),
        "{text}"
    );
    assert!(
        text.contains(
            r#"\"note\": string as String @ 6:30 within \"names\" \"an identifier of `password`\";"#
        ),
        "{text}"
    );
}

#[test]
fn the_fingerprint_follows_the_facts() {
    let text = expanded("Guest, Place, Names", ROWS);
    let before = fingerprints(&text);
    let other = ROWS.replace("email: required", "email:");
    let text = expanded("Guest, Place, Names", &other);
    let after = fingerprints(&text);
    let same = before.iter().filter(|one| after.contains(one)).count();
    assert_eq!((before.len(), same), (3, 2));
}

#[test]
fn a_table_that_differs_from_its_schema_is_an_error() {
    for (objects, rows, error) in [
        (
            "Guest",
            "mail: string as String;",
            "the trait `mail` is not found in the schema at `/properties/traits/properties/mail`",
        ),
        (
            "Guest",
            "email: string as String, at \\\"/x\\\";",
            "the trait `email` is not found in the schema at `/x`",
        ),
        (
            "Guest, Place",
            "email: string as String;",
            "no trait of the table is of type `Place`",
        ),
        (
            "Place",
            "email: string as String;",
            "the first object of the table is `Place`",
        ),
        (
            "Guest",
            "email: string as String; email: string as String;",
            "duplicate row of the trait `email`",
        ),
        (
            "Guest",
            "home: closed as Place; home.street: string as String;",
            "the trait `home.street` is in no object of the first line of the table",
        ),
        (
            "Guest",
            "\"owner-name\": string as String;",
            "the constant of `owner-name` has no default name",
        ),
    ] {
        let text = expanded(objects, &rows.replace("\\\"", "\""));
        assert!(text.contains(error), "{error}\n{text}");
    }
}

#[test]
fn a_table_of_another_version_is_one_error() {
    let input = "[kt] format 2: Guest, Place; an unknown grammar = 1";
    let text = super::schema_table(TokenStream::from_str(input).unwrap()).to_string();
    assert_eq!(text.matches("compile_error").count(), 1);
    assert!(text.contains("generate it again"), "{text}");
    assert!(text.contains("TraitsObject for Place"), "{text}");
}
