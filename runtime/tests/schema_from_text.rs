//! The facts of a schema that is read at run time.

#[allow(unreachable_pub, dead_code)]
mod customer {
    include!("../../schemas/customer.rs");
}
#[allow(unreachable_pub, dead_code)]
mod subscriber {
    include!("../../schemas/subscriber.rs");
}

use kratos_traits::{Channel, IdentityTraits, Role, Schema, SchemaError};

fn read(traits: &str) -> Result<&'static Schema, SchemaError> {
    let text = format!(
        r##"{{"definitions":{{"mail":{{"ory.sh/kratos":{{"recovery":{{"via":"email"}}}}}}}},"properties":{{"traits":{traits}}}}}"##
    );
    Schema::from_text("test.schema.json", &text)
}

#[test]
fn facts_are_those_of_the_generator() {
    let text = include_str!("../../schemas/subscriber.schema.json");
    let schema = Schema::from_text("subscriber.schema.json", text).unwrap();
    let generated = subscriber::SubscriberTraits::schema();
    assert_eq!(schema.traits, generated.traits);
    let text = include_str!("../../schemas/customer.schema.json");
    let schema = Schema::from_text("customer.schema.json", text).unwrap();
    assert_eq!(schema.traits, customer::CustomerTraits::schema().traits);
}

#[test]
fn roles_of_values_inside() {
    let schema = read(
        r##"{
  "required": ["a"],
  "allOf": [{ "required": ["c"], "properties": { "c": { "items": { "$ref": "#/definitions/mail" } } } }],
  "anyOf": [{ "required": ["d"], "properties": { "d": {} } }],
  "dependencies": { "a": ["c"], "d": { "properties": { "d": { "$ref": "#/definitions/mail" } } } },
  "properties": {
    "a": { "properties": { "b": { "$ref": "#/definitions/mail" }, "a": { "$ref": "#/properties/traits" } } },
    "m": { "additionalProperties": { "properties": { "x": { "ory.sh/kratos": { "credentials": {
      "code": { "identifier": true, "via": "sms" }, "totp": { "account_name": true }, "webauthn": { "identifier": false } } } } } } }
  }
}"##,
    )
    .unwrap();
    let mail = Role::Recovery(Channel::Email);
    let code = Role::CodeIdentifier(Channel::Sms);
    let found = schema
        .traits
        .iter()
        .map(|one| (one.path.join("."), one.required, one.roles.to_vec()));
    let found: Vec<_> = found.collect();
    let expected: [(&str, bool, &[Role]); 6] = [
        ("a", true, &[]),
        ("a.b", false, &[mail]),
        ("a.a", false, &[mail, code, Role::TotpAccountName]),
        ("m", false, &[code, Role::TotpAccountName]),
        ("c", true, &[mail]),
        ("d", false, &[mail]),
    ];
    let expected =
        expected.map(|(path, required, roles)| (path.to_owned(), required, roles.to_vec()));
    assert_eq!(found, expected);
    assert_eq!((schema.traits[0].line, schema.traits[0].column), (7, 5));
}

#[test]
fn every_mistake_is_reported_with_its_trait() {
    let error = read(
        r#"{ "properties": {
            "a": { "ory.sh/kratos": { "verification": { "via": "fax" }, "login": {} } },
            "b": { "properties": { "c": { "items": { "ory.sh/kratos": { "credentials": {
                "password": { "identifier": 1 }, "code": { "identifier": true }, "pin": {} } } } } } },
            "d": { "ory.sh/kratos": { "organizations": { "matcher": "name" }, "recovery": [] } } } }"#,
    );
    let text = error.unwrap_err().to_string();
    let mistakes = [
        "a: `ory.sh/kratos.verification.via` is \"fax\", expected \"email\" or \"sms\"",
        "a: unknown key \"login\" in `ory.sh/kratos`",
        "b.c: `ory.sh/kratos.credentials.password.identifier` is not a boolean",
        "b.c: `ory.sh/kratos.credentials.code.identifier` without `via`",
        "b.c: unknown key \"pin\" in `ory.sh/kratos.credentials`",
        "d: `ory.sh/kratos.organizations.matcher` is not \"email_domain\"",
        "d: `ory.sh/kratos.recovery` is not an object",
    ];
    for mistake in mistakes {
        assert!(text.contains(mistake), "{mistake}\n{text}");
    }
    assert_eq!(text.matches("; ").count(), mistakes.len() - 1, "{text}");
}

#[test]
fn a_text_without_traits_is_refused() {
    for text in ["{", "[]", r#"{"properties":{"traits":{}}}"#] {
        assert!(Schema::from_text("x.json", text).is_err(), "{text}");
    }
}
