use super::{Companion, Head, Kind, Role, Row, Table, companion_row};

fn row(text: &str) -> Result<Row, String> {
    syn::parse_str(text).map_err(|error| error.to_string())
}

fn table(text: &str) -> Result<Table, String> {
    syn::parse_str(text).map_err(|error| {
        let all = error.into_iter().map(|one| one.to_string());
        all.collect::<Vec<_>>().join(" | ")
    })
}

#[test]
fn a_row_is_read_as_it_is_written() {
    let text = r#"contact."e-mail".type: required nullable array as Vec<BTreeMap<String, i64>>, identifier(code, sms), account_name, items(verification(email), recovery(sms)), members("^x", identifier(password)), members(identifier(webauthn)), only(code), denied, const EMAIL, at "/a/b";"#;
    let row = row(text).unwrap();
    assert_eq!(row.path, ["contact", "e-mail", "type"]);
    assert!(row.required && row.nullable && row.denied);
    assert!(row.kind == Kind::Array);
    assert_eq!(row.type_text, "Vec<BTreeMap<String, i64>>");
    assert_eq!(row.roles.len(), 2);
    assert_eq!(row.all_roles().len(), 6);
    assert_eq!(row.constant().as_deref(), Some("EMAIL"));
    assert_eq!(row.at.as_ref().unwrap().value(), "/a/b");
    assert!(row.is_nullable_identifier());
    // In the companion without `at`, and every name in quotes.
    let written = text
        .replace("contact", "\"contact\"")
        .replace(".type", ".\"type\"")
        .replace(", at \"/a/b\";", "");
    assert_eq!(row.text(), written);
}

#[test]
fn the_default_constant_is_that_of_plain_names() {
    for (path, constant) in [
        ("name.first", Some("NAME_FIRST")),
        ("a1_b", Some("A1_B")),
        ("displayName", None),
        ("_id", None),
        ("\"größe\"", None),
    ] {
        let row = row(&format!("{path}: string as String;")).unwrap();
        assert_eq!(row.constant().as_deref(), constant, "{path}");
    }
}

#[test]
fn every_unknown_word_is_an_error_with_a_suggestion() {
    for (text, error) in [
        (
            "a: strng as String;",
            "unknown kind of trait `strng`\n\nhelp: did you mean `string`?",
        ),
        (
            "a: required required string as String;",
            "unknown kind of trait `required`\n\nhelp: did you mean `required`?",
        ),
        (
            "a: string as String, verifcation(email);",
            "unknown fact `verifcation`\n\nhelp: did you mean `verification`?",
        ),
        (
            "a: string as String, verification(mail);",
            "unknown channel `mail`\n\nhelp: did you mean `email`?",
        ),
        (
            "a: string as String, identifier(saml);",
            "unknown credential `saml`\n\nhelp: there are `password`, `webauthn`, `code`",
        ),
        (
            "a: array as Vec<String>, items(denied);",
            "unknown role `denied`\n\nhelp: there are `identifier`, `verification`, `recovery`, `account_name`, `display_name`, `organization`",
        ),
        ("a: string as String, identifier(code);", "expected `,`"),
        (
            "a: string as String, identifier(password, email);",
            "expected `)`",
        ),
        (
            "a: string as String, denied, denied;",
            "this fact is given twice",
        ),
        (
            "a: string as String, recovery(email), recovery(email);",
            "this fact is given twice",
        ),
        (
            "a: array as Vec<String>, items();",
            "unexpected end of input, expected identifier",
        ),
        ("a: string as ;", "expected a type"),
        ("a: string;", "expected `as`"),
        ("a: string as String", "expected `;`"),
        ("a: string as String @ 1:2;", "expected `;`"),
    ] {
        assert_eq!(row(text).err().as_deref(), Some(error), "{text}");
    }
}

#[test]
fn a_table_has_a_head_rows_and_a_schema() {
    let head: Head = syn::parse_str("format 1: A, B;").unwrap();
    assert!(head.check_version().is_ok() && head.objects.len() == 2);
    let head: Head = syn::parse_str("format 2: A;").unwrap();
    assert!(head.check_version().is_err());
    assert!(syn::parse_str::<Head>("fromat 1: A;").is_err());
    let whole = r#"pub(crate) A from "a.json", id "a"; x: string as String; = "{}";"#;
    let read = table(whole).unwrap();
    assert_eq!(
        (read.source.value(), read.schema.value()),
        ("a.json".into(), "{}".into())
    );
    assert_eq!(read.schema_id.unwrap().value(), "a");
    assert!(matches!(read.visibility, syn::Visibility::Restricted(_)));
    for (text, error) in [
        (
            r#"A from "a.json"; x: string as String;"#,
            "the table has no schema",
        ),
        (r#"A of "a.json"; = "{}";"#, "expected `from`"),
        (
            r#"A from "a.json"; = "{}"; x: string as String;"#,
            "expected nothing after the schema",
        ),
        (
            r#"A from "a.json"; x: strin as String; y: string as String; z: string as String, onyl(code); = "{}";"#,
            "unknown kind of trait `strin`\n\nhelp: did you mean `string`? | unknown fact `onyl`\n\nhelp: did you mean `only`?",
        ),
    ] {
        assert_eq!(table(text).err().as_deref(), Some(error), "{text}");
    }
}

#[test]
fn the_derive_reads_the_rows_that_schema_writes() {
    let rows = [
        (
            "contact: open as Contact, members(verification(email));",
            (3, 9),
        ),
        ("contact.\"a.b\\n\\u{202e}\": string as String;", (4, 13)),
        ("contacts: array as Vec<String>;", (5, 9)),
    ];
    let mut text = String::new();
    for (one, place) in rows {
        text.push_str(&companion_row(&row(one).unwrap(), place, None));
        text.push('\n');
    }
    let within = Some(("name", Role::PasswordIdentifier));
    text.push_str(&companion_row(
        &row("last: string as String;").unwrap(),
        (9, 1),
        within,
    ));
    let table = Companion::new("A".to_owned(), "a.json".to_owned(), 1, text);
    let path = |names: &[&str]| -> Vec<String> { names.iter().map(|&one| one.into()).collect() };
    let contact = table.get(&path(&["contact"])).unwrap();
    assert_eq!((contact.line, contact.column), (3, 9));
    assert!(contact.row.privileged_role().is_some() && contact.within.is_none());
    let inner = path(&["contact", "a.b\n\u{202e}"]);
    assert_eq!(table.get(&inner).unwrap().line, 4);
    assert_eq!(table.holders(&inner).len(), 1);
    assert_eq!(table.inside(&path(&["contact"])).len(), 1);
    assert!(!table.names_members_of(&path(&["contacts"])));
    let last = table.get(&path(&["last"])).unwrap();
    assert_eq!(
        last.within,
        Some(("name".to_owned(), Role::PasswordIdentifier))
    );
    assert!(table.get(&path(&["email"])).is_none());
    assert_eq!(table.all().len(), 4);
}
