use super::fact::Credential;
use super::{Companion, Head, IsIdentifier, Kind, Row, Table};

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
    let text = r#"contact."e-mail".type: required nullable array as Vec<BTreeMap<String, i64>>, identifier(code, sms), account_name, items(verification(email), recovery(sms)), members("^x", nullable, identifier(password)), members(identifier(webauthn)), only(code), denied, const EMAIL, at "/a/b";"#;
    let row = row(text).unwrap();
    assert_eq!(row.path, ["contact", "e-mail", "type"]);
    assert!(row.required && row.nullable && row.is_denied());
    assert!(row.kind == Kind::Array);
    assert_eq!(row.type_text, "Vec<BTreeMap<String, i64>>");
    let roles: Vec<String> = row.roles().map(|role| role.to_string()).collect();
    assert_eq!(
        roles,
        [
            "an identifier of `code` by SMS",
            "the account name of `totp`",
            "a verification address by e-mail",
            "a recovery address by SMS",
            "an identifier of `password`",
            "an identifier of `webauthn`",
        ]
    );
    assert!(row.privileged_role().is_some() && row.identifier().is_some());
    assert!(row.only() == Some(Credential::Code));
    assert_eq!(row.constant().as_deref(), Some("EMAIL"));
    assert_eq!(row.at.as_ref().unwrap().value(), "/a/b");
    assert!(row.nullable_identifier().is_some());
    // In the companion without `at`, and every name in quotes.
    let written = text
        .replace("contact", "\"contact\"")
        .replace(".type", ".\"type\"")
        .replace(", const EMAIL, at \"/a/b\";", ", const EMAIL;");
    assert_eq!(row.companion_line(), written);
}

#[test]
fn an_identifier_that_may_be_null() {
    for (facts, expected) in [
        (
            "nullable string as A, identifier(password)",
            Some(IsIdentifier::Itself),
        ),
        (
            "array as A, items(nullable, identifier(password))",
            Some(IsIdentifier::Inside),
        ),
        (
            "open as A, members(\"x\", nullable, recovery(email), identifier(code, sms))",
            Some(IsIdentifier::Inside),
        ),
        ("array as A, items(nullable, recovery(email))", None),
        ("nullable array as A, items(identifier(password))", None),
        ("string as A, identifier(password)", None),
    ] {
        let row = row(&format!("a: {facts};")).unwrap();
        let found = row.nullable_identifier().map(|(_, identifier)| identifier);
        assert_eq!(found, expected, "{facts}");
    }
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
            "unknown credential `saml`\n\nhelp: expected one of `password`, `webauthn`, `code`",
        ),
        (
            "a: array as Vec<String>, items(denied);",
            "unknown role `denied`\n\nhelp: expected one of `identifier`, `verification`, `recovery`, `account_name`, `display_name`, `organization`",
        ),
        ("a: string as String, identifier(code);", "expected `,`"),
        (
            "a: string as String, identifier(password, email);",
            "unexpected token, expected `)`",
        ),
        (
            "a: string as String, denied, denied;",
            "duplicate fact `denied`",
        ),
        (
            "a: string as String, recovery(email), recovery( email );",
            "duplicate fact `recovery(email)`",
        ),
        (
            "a: array as Vec<String>, items();",
            "unexpected end of input, expected ident",
        ),
        ("a: string as ;", "expected a type"),
        ("a: string;", "expected `as`"),
        ("a: string as String", "expected `;`"),
        ("a: string as String, denied code;", "unexpected token"),
        (
            "a: string as String, ;",
            "unexpected end of input, expected ident",
        ),
        (
            "a: string as String @ 1:2 inside \"a\" \"b\";",
            "expected `within`",
        ),
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
            r#"A from "a.json"; x: string as String @ 1:2; = "{}";"#,
            "`@` is for companion macros only",
        ),
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
    let mut text = String::new();
    for (one, place, within) in [
        (
            "contact: open as Contact, members(r\"^x\n\", verification(email));",
            (3, 9),
            None,
        ),
        (
            "contact.\"a.b\\n\\u{202e}\": string as String;",
            (4, 13),
            None,
        ),
        ("contacts: array as Vec<String>;", (5, 9), None),
        (
            "last: string as String;",
            (9, 1),
            Some(("name".to_owned(), "an identifier of `code`".to_owned())),
        ),
    ] {
        let mut row = row(one).unwrap();
        row.place = Some(place);
        row.within = within;
        text.extend([&*row.companion_line(), "\n"]);
    }
    let table = Companion {
        object: "A".to_owned(),
        source: "a.json".to_owned(),
        fingerprint: 1,
        rows: text,
    };
    let path = |names: &[&str]| -> Vec<String> { names.iter().map(|&one| one.into()).collect() };
    let contact = table.get(&path(&["contact"])).unwrap();
    assert_eq!(contact.place, Some((3, 9)));
    assert!(contact.privileged_role().is_some() && contact.within.is_none());
    let inner = path(&["contact", "a.b\n\u{202e}"]);
    assert_eq!(table.get(&inner).unwrap().place, Some((4, 13)));
    assert_eq!(table.holders(&inner).len(), 1);
    assert_eq!(table.inside(&path(&["contact"])).count(), 1);
    assert!(table.is_struct(&contact));
    assert!(!table.is_struct(&table.get(&path(&["contacts"])).unwrap()));
    let (holder, role) = table.get(&path(&["last"])).unwrap().within.unwrap();
    assert_eq!((&*holder, &*role), ("name", "an identifier of `code`"));
    assert!(table.get(&path(&["email"])).is_none());
    assert_eq!(table.all().count(), 4);
}
