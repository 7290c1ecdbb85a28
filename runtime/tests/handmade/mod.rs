//! A traits type written by hand: its values are any JSON, so that a test reaches what no generated type can hold.

#![allow(dead_code, unreachable_pub, reason = "every test uses a part of it")]

use kratos_traits::__private::serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use kratos_traits::marker::{Denied, HoldsDenied, Optional, Ordinary, Privileged};
use kratos_traits::{
    Change, Channel, Field, IdentityTraits, JsonValue, Patch, Problem, RawTraits, Role, Schema,
    SettingsUpdate, TraitFacts, TraitsObject,
};

/// Any object; `{"unwritable": …}` has no JSON form.
#[derive(Clone, Debug)]
pub struct Handmade(pub serde_json::Map<String, JsonValue>);

impl Serialize for Handmade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.contains_key("unwritable") {
            return Err(ser::Error::custom("no JSON form"));
        }
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Handmade {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::Map::deserialize(deserializer).map(Self)
    }
}

const fn facts(
    path: &'static [&'static str],
    roles: &'static [Role],
    editable: bool,
) -> TraitFacts {
    TraitFacts {
        path,
        required: false,
        roles,
        editable,
        line: 1,
        column: 1,
    }
}

impl TraitsObject for Handmade {
    const TRAITS: &'static [TraitFacts] = &[
        // Arrays of strings and of objects: the roles are those of what is inside.
        facts(&["emails"], &[Role::CodeIdentifier(Channel::Email)], true),
        facts(&["contacts"], &[Role::Verification(Channel::Sms)], true),
        // An object with a named member, and identifiers in the members that it does not name.
        facts(&["names"], &[Role::PasswordIdentifier], true),
        facts(&["names", "note"], &[], true),
        facts(&["settings"], &[], true),
        facts(&["settings", "theme"], &[], true),
        facts(&["settings", "quota"], &[], false),
        facts(&["settings", "layout"], &[], true),
        facts(&["settings", "layout", "width"], &[], true),
        facts(&["score"], &[], true),
        facts(&["role"], &[], false),
    ];
}

impl IdentityTraits for Handmade {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::new(
            "handmade.schema.json",
            r#"{"properties":{"traits":{"type":"object"}}}"#,
            Handmade::TRAITS,
            0,
        );
        &SCHEMA
    }
}

macro_rules! fields {
    ($($index:literal $name:ident $access:ident)*) => {
        impl Handmade {
            $(pub const $name: Field<Self, JsonValue, $access, Optional> = Field::at($index);)*
        }
    };
}

fields! {
    0 EMAILS Privileged
    1 CONTACTS Privileged
    2 NAMES Privileged
    3 NAMES_NOTE Privileged
    4 SETTINGS HoldsDenied
    5 SETTINGS_THEME Ordinary
    6 SETTINGS_QUOTA Denied
    7 SETTINGS_LAYOUT Ordinary
    8 SETTINGS_LAYOUT_WIDTH Ordinary
    9 SCORE Ordinary
    10 ROLE Denied
}

impl SettingsUpdate for Handmade {
    type Traits = Self;
    type Access = Privileged;

    fn patch(&self) -> Patch<Self, Privileged> {
        kratos_traits::__private::whole(self)
    }
}

pub fn empty_patch() -> Patch<Handmade, Privileged> {
    Patch::privileged()
}

pub fn json(text: &str) -> JsonValue {
    serde_json::from_str(text).unwrap()
}

pub fn whole(text: &str) -> Handmade {
    Handmade(serde_json::from_str(text).unwrap())
}

pub fn settings_update(
    update: &impl SettingsUpdate<Traits = Handmade>,
    current: &str,
) -> Result<Change<Handmade>, Vec<Problem>> {
    update.settings_update(&RawTraits::parse(current).unwrap())
}

/// The paths of the problems, and what they say.
pub fn shown(result: Result<Change<Handmade>, Vec<Problem>>) -> Vec<String> {
    let problems = result.unwrap_err();
    let shown = problems.iter();
    shown
        .map(|one| format!("{}: {}", one.path, one.message.text))
        .collect()
}

pub fn paths(facts: &[&'static TraitFacts]) -> Vec<String> {
    facts.iter().map(|one| one.path.join(".")).collect()
}
