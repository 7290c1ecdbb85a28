//! The fake of Kratos through HTTP: native clients, and browsers in `cookies`.
//!
//! All expectations were observed on Kratos v1.3.1.

mod admin;
mod browsers;
mod client;
mod cookies;
mod decoding;
mod flows;
mod identifiers;
mod login;
mod privileged;
mod registration;
mod server;
mod settings;
mod switches;
mod updates;
mod validation;

use kratos_traits::{Channel, IdentityTraits, Role, Schema, TraitFacts};

#[allow(dead_code, unreachable_pub)]
mod generated {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schemas/customer.rs"
    ));
}

/// The customer of the project's example schemas: an e-mail address, and a name that is an object.
fn customer() -> &'static Schema {
    generated::CustomerTraits::schema()
}

/// Nothing is required; two identifiers, a recovery address, a phone number, and an open object.
static MEMBER: Schema = Schema::new(
    "member.schema.json",
    r#"{
        "properties": { "traits": {
            "type": "object",
            "properties": {
                "username": { "type": "string", "title": "User name" },
                "email": { "type": "string", "format": "email" },
                "backup": { "type": "string", "format": "email" },
                "phone": { "type": "string", "format": "tel" },
                "nickname": { "type": "string", "maxLength": 3, "pattern": "^[a-z]*$" },
                "age": { "type": "integer" }
            }
        } }
    }"#,
    &[
        facts(&["username"], &[Role::PasswordIdentifier]),
        facts(
            &["email"],
            &[
                Role::PasswordIdentifier,
                Role::Verification(Channel::Email),
                Role::Recovery(Channel::Email),
            ],
        ),
        facts(&["backup"], &[Role::Recovery(Channel::Email)]),
        facts(&["phone"], &[Role::CodeIdentifier(Channel::Sms)]),
        facts(&["nickname"], &[]),
        facts(&["age"], &[]),
    ],
    0,
);

/// What the decoder fills in: objects, and wrongly an array of objects.
static FAMILY: Schema = Schema::new(
    "family.schema.json",
    r#"{
        "properties": { "traits": {
            "type": "object",
            "properties": {
                "username": { "type": "string" },
                "home": { "type": "object", "properties": { "place": { "type": "object" } } },
                "children": { "type": "array", "items": { "type": "object" } }
            },
            "additionalProperties": false
        } }
    }"#,
    &[
        facts(&["username"], &[Role::PasswordIdentifier]),
        facts(&["home"], &[]),
        facts(&["home", "place"], &[]),
        facts(&["children"], &[]),
    ],
    0,
);

/// Roles that several values have, and an identifier that may be `null`.
static GROUP: Schema = Schema::new(
    "group.schema.json",
    r#"{
        "properties": { "traits": {
            "type": "object",
            "properties": {
                "name": { "type": ["string", "null"] },
                "aliases": { "type": "array", "items": { "type": "string" } },
                "contacts": { "type": "array", "items": { "type": "string" } }
            }
        } }
    }"#,
    &[
        facts(&["name"], &[Role::PasswordIdentifier]),
        facts(&["aliases"], &[Role::PasswordIdentifier]),
        facts(&["contacts"], &[Role::Verification(Channel::Email)]),
    ],
    0,
);

const fn facts(path: &'static [&'static str], roles: &'static [Role]) -> TraitFacts {
    TraitFacts {
        path,
        required: false,
        roles,
        editable: true,
        line: 1,
        column: 1,
    }
}
