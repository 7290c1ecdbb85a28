//! A person, and the identity that Kratos shows of them.

use kratos_traits::{Channel, RawTraits};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::clock::Time;
use super::identifiers::{Derived, Identifiers};
use super::ids;

/// The id of the only schema. Its unpadded base64url form is in [`SCHEMA_ID_BASE64`].
pub(super) const SCHEMA_ID: &str = "default";
pub(super) const SCHEMA_ID_BASE64: &str = "ZGVmYXVsdA";

/// A registered person.
pub(super) struct Person {
    id: String,
    pub(super) password: String,
    pub(super) traits: RawTraits,
    pub(super) identifiers: Identifiers,
    verifiable: Vec<Address>,
    recovery: Vec<Address>,
    pub(super) metadata_public: Option<Box<RawValue>>,
    pub(super) metadata_admin: Option<Box<RawValue>>,
    created_at: Time,
    state_changed_at: Option<Time>,
}

/// A verifiable or recovery address.
struct Address {
    id: String,
    via: Channel,
    value: String,
    verified: bool,
    created_at: Time,
}

impl Person {
    pub(super) fn new(password: String, traits: RawTraits, derived: Derived) -> Self {
        let now = Time::now();
        let mut person = Self {
            id: ids::uuid(),
            password,
            traits: traits.clone(),
            identifiers: Identifiers::default(),
            verifiable: Vec::new(),
            recovery: Vec::new(),
            metadata_public: None,
            metadata_admin: None,
            created_at: now,
            state_changed_at: None,
        };
        person.change(traits, derived);
        person.state_changed_at = Some(now);
        person
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Marks all addresses as verified.
    pub(super) fn verify_addresses(&mut self) {
        for address in &mut self.verifiable {
            address.verified = true;
        }
    }

    /// Whether the change needs a privileged session: an identifier or a verifiable address changes,
    /// or an address is verified (Kratos up to v26.2.0 then sees a difference: ory/kratos#4435).
    pub(super) fn needs_privilege(&self, derived: &Derived) -> bool {
        self.identifiers.would_change(&derived.identifiers)
            || !same(&self.verifiable, &derived.verifiable)
            || self.verifiable.iter().any(|one| one.verified)
    }

    /// The verifiable addresses that the person does not have yet.
    pub(super) fn new_addresses(&self, derived: &Derived) -> Vec<String> {
        (derived.verifiable.iter())
            .filter(|(via, value)| !self.verifiable.iter().any(|one| one.is(*via, value)))
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// The values of all verifiable addresses.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.verifiable.iter().map(|one| one.value.as_str())
    }

    /// Whether the person has one of these identifiers or addresses.
    pub(super) fn holds_any(&self, derived: &Derived) -> bool {
        self.identifiers.overlap(&derived.identifiers)
            || has_any(&self.verifiable, &derived.verifiable)
            || has_any(&self.recovery, &derived.recovery)
    }

    /// Sets whether an address is verified.
    pub(super) fn verify(&mut self, address: &str, verified: bool) {
        for one in &mut self.verifiable {
            if one.value == address {
                one.verified = verified;
            }
        }
    }

    /// Replaces all traits, and the identifiers and addresses derived from them.
    pub(super) fn change(&mut self, traits: RawTraits, derived: Derived) {
        self.traits = traits;
        self.identifiers.replace(derived.identifiers);
        replace_addresses(&mut self.verifiable, derived.verifiable);
        replace_addresses(&mut self.recovery, derived.recovery);
        // Kratos drops this member when an identity is updated.
        self.state_changed_at = None;
    }

    pub(super) fn json(&self, base: &str) -> IdentityJson<'_> {
        let verifiable = |one: &Address| {
            json!({
                "id": one.id, "value": one.value, "verified": one.verified, "via": via(one.via),
                "status": if one.verified { "completed" } else { "sent" },
                "created_at": one.created_at, "updated_at": one.created_at,
            })
        };
        let recovery = |one: &Address| {
            json!({
                "id": one.id, "value": one.value, "via": via(one.via),
                "created_at": one.created_at, "updated_at": one.created_at,
            })
        };
        IdentityJson {
            id: &self.id,
            schema_id: SCHEMA_ID,
            schema_url: format!("{base}/schemas/{SCHEMA_ID_BASE64}"),
            state: "active",
            state_changed_at: self.state_changed_at,
            traits: &self.traits,
            verifiable_addresses: self.verifiable.iter().map(verifiable).collect(),
            recovery_addresses: self.recovery.iter().map(recovery).collect(),
            metadata_public: self.metadata_public.as_deref(),
            created_at: self.created_at,
            updated_at: self.created_at,
            organization_id: (),
        }
    }

    /// The identity in the JSON of the admin API.
    pub(super) fn admin_json(&self, base: &str) -> AdminIdentityJson<'_> {
        AdminIdentityJson {
            identity: self.json(base),
            metadata_admin: self.metadata_admin.as_deref(),
        }
    }
}

impl Address {
    fn is(&self, via: Channel, value: &str) -> bool {
        self.via == via && self.value == value
    }
}

/// An identity in JSON.
#[derive(Serialize)]
pub(super) struct IdentityJson<'a> {
    id: &'a str,
    schema_id: &'static str,
    schema_url: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_changed_at: Option<Time>,
    traits: &'a RawTraits,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verifiable_addresses: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recovery_addresses: Vec<Value>,
    metadata_public: Option<&'a RawValue>,
    created_at: Time,
    updated_at: Time,
    organization_id: (),
}

/// An identity of the admin API in JSON. Its `credentials` are left out.
#[derive(Serialize)]
pub(super) struct AdminIdentityJson<'a> {
    #[serde(flatten)]
    identity: IdentityJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_admin: Option<&'a RawValue>,
}

fn via(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        _ => "email",
    }
}

fn same(held: &[Address], derived: &[(Channel, String)]) -> bool {
    held.len() == derived.len()
        && held
            .iter()
            .zip(derived)
            .all(|(one, (via, value))| one.is(*via, value))
}

fn has_any(held: &[Address], derived: &[(Channel, String)]) -> bool {
    held.iter()
        .any(|one| derived.iter().any(|(via, value)| one.is(*via, value)))
}

/// Replaces the addresses; one that was there before keeps its id.
fn replace_addresses(held: &mut Vec<Address>, derived: Vec<(Channel, String)>) {
    let mut before = std::mem::take(held);
    for (via, value) in derived {
        match before.iter().position(|one| one.is(via, &value)) {
            Some(position) => held.push(before.swap_remove(position)),
            None => held.push(Address {
                id: ids::uuid(),
                via,
                value,
                verified: false,
                created_at: Time::now(),
            }),
        }
    }
}
