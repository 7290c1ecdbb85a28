//! Ordinary patches: no path in them leads to an identifier or address, wherever the schema gives the role.

use kratos_traits::__private::serde::{Deserialize, Deserializer, Serialize, Serializer};
use kratos_traits::marker::{Optional, Ordinary, Privileged};
use kratos_traits::{
    Field, IdentityTraits, JsonValue, Patch, Schema, TraitFacts, TraitPath, TraitsObject,
    UnnamedError,
};

/// Traits whose facts have no roles at all: those are in the schema only, as in a table that has lost them.
#[derive(Clone, Debug)]
struct Lost(serde_json::Map<String, JsonValue>);

impl Serialize for Lost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Lost {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::Map::deserialize(deserializer).map(Self)
    }
}

const fn facts(path: &'static [&'static str]) -> TraitFacts {
    TraitFacts {
        path,
        required: false,
        roles: &[],
        editable: true,
        line: 1,
        column: 1,
    }
}

impl TraitsObject for Lost {
    const TRAITS: &'static [TraitFacts] = &[
        facts(&["nickname"]),
        facts(&["backup"]),
        facts(&["home"]),
        facts(&["home", "city"]),
        facts(&["contact"]),
        facts(&["contact", "note"]),
        facts(&["far"]),
    ];
}

impl IdentityTraits for Lost {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::new(
            "lost.schema.json",
            r##"{
                "definitions": { "mail": { "ory.sh/kratos": { "recovery": { "via": "email" } } } },
                "allOf": [{ "properties": { "traits": { "properties": { "backup": { "$ref": "#/definitions/mail" } } } } }],
                "properties": { "traits": { "type": "object",
                    "properties": {
                        "nickname": { "type": "string" },
                        "backup": { "type": "string" },
                        "home": { "type": "object", "properties": { "city": { "type": "string" } } },
                        "contact": { "type": "object", "properties": { "note": { "type": "string" } },
                            "additionalProperties": { "$ref": "#/definitions/mail" } },
                        "far": { "$ref": "far.json" }
                    },
                    "patternProperties": { "^mail_": { "$ref": "#/definitions/mail" } }
                } }
            }"##,
            Lost::TRAITS,
            0,
        );
        &SCHEMA
    }
}

type OfAnyValue<A> = Field<Lost, JsonValue, A, Optional>;

/// Sets the trait at this position of the facts, as a privileged patch may.
fn set(index: usize) -> Patch<Lost, Privileged> {
    let mut patch = Patch::privileged();
    patch.set(OfAnyValue::<Privileged>::at(index), JsonValue::Null);
    patch
}

#[test]
fn the_schema_tells_what_is_ordinary() {
    for (index, expected) in [
        ("nickname", true),
        // By the root of the document.
        ("backup", false),
        ("home", true),
        ("home.city", true),
        // With the members inside.
        ("contact", false),
        ("contact.note", true),
        // A reference that is not resolved.
        ("far", false),
    ]
    .into_iter()
    .enumerate()
    {
        let (path, is_ordinary) = expected;
        assert_eq!(set(index).into_ordinary().is_ok(), is_ordinary, "{path}");
    }
}

#[test]
fn a_path_that_the_schema_does_not_name_is_not_ordinary() {
    let mut patch = Patch::<Lost, _>::privileged();
    patch.remove_unnamed(&TraitPath::new(["fax"])).unwrap();
    assert!(patch.into_ordinary().is_err());
    let mut patch = Patch::<Lost, _>::privileged();
    let inside = TraitPath::new(["home", "fax"]);
    patch.remove_unnamed(&inside).unwrap();
    assert!(patch.into_ordinary().is_ok());
}

#[test]
fn an_ordinary_patch_removes_no_unnamed_address() {
    for (path, expected) in [
        (&["fax"][..], Ok(())),
        (&["mail_1"], Err(UnnamedError::IsAddress)),
        (&["mail_1", "x"], Err(UnnamedError::IsAddress)),
        (&["home", "mail_1"], Ok(())),
        (&["contact", "mail"], Err(UnnamedError::IsAddress)),
        (&["far", "x"], Err(UnnamedError::IsAddress)),
    ] {
        let path = TraitPath::new(path.iter().copied());
        let mut ordinary = Patch::<Lost, Ordinary>::new();
        let found = ordinary.remove_unnamed(&path).map(|_| ());
        assert_eq!(found, expected, "{path:?}");
        let mut privileged = Patch::<Lost, _>::privileged();
        assert!(privileged.remove_unnamed(&path).is_ok());
    }
}
