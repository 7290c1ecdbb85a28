//! The facts of a schema and its traits, which generated code provides.

use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::check::Rules;
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::raw::RawTraits;

/// An object of the schema: the traits themselves, or an object among them.
///
/// Implemented by the structs that `kratos-traits-codegen` generates; not for implementation by hand.
pub trait TraitsObject:
    Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static
{
    /// Every addressable trait in it, in the order of the schema, an object before its members. Paths begin at
    /// this object.
    const TRAITS: &'static [TraitFacts];
}

/// The traits of a person, as declared by one identity schema.
///
/// Implemented by the struct that `kratos-traits-codegen` generates for a schema; not for implementation by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is an object inside the traits, not the complete traits",
    note = "write the updater as a `#[kratos(nested)]` field of an updater of the traits"
)]
pub trait IdentityTraits: TraitsObject {
    /// The schema that the type was generated from. Its rules are read once per process.
    fn schema() -> &'static Schema;

    /// The ids under which the server's configuration names the schema (`schema_id` of its
    /// identities); empty if the types were generated from a schema file, which has no such id.
    const SCHEMA_IDS: &'static [&'static str] = &[];
}

/// An identity schema: its text, its facts and its rules.
///
/// Generated code provides one for each type of traits ([`IdentityTraits::schema`]). A test or a tool reads one from a text at
/// run time ([`Schema::from_text`]).
#[non_exhaustive]
pub struct Schema {
    /// The file that the schema was read from, as passed to the generator.
    pub source: &'static str,
    /// The text of the schema.
    pub json: &'static str,
    /// Every addressable trait, in the order of the schema, an object before its members.
    pub traits: &'static [TraitFacts],
    /// A hash of the facts: it changes when a trait is added, removed or changed, and not when the schema is
    /// reformatted or described in other words.
    pub fingerprint: u64,
    /// Read on first use; `None` if the text has no rules for traits.
    rules: OnceLock<Option<Rules<'static>>>,
}

impl Schema {
    /// For generated code.
    #[doc(hidden)]
    pub const fn new(
        source: &'static str,
        json: &'static str,
        traits: &'static [TraitFacts],
        fingerprint: u64,
    ) -> Self {
        Self {
            source,
            json,
            traits,
            fingerprint,
            rules: OnceLock::new(),
        }
    }

    /// All problems of a traits document; empty if the document obeys the schema as far as it is checked here.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::{IdentityTraits, MessageId, RawTraits};
    ///
    /// let traits = RawTraits::parse(r#"{"email":"ada"}"#)?;
    /// let problems = CustomerTraits::schema().check(&traits);
    /// assert_eq!(problems[0].path.to_string(), "email");
    /// assert_eq!(problems[0].message.id, MessageId::EMAIL);
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn check(&self, traits: &RawTraits) -> Vec<Problem> {
        let rules = self.rules();
        rules.map_or_else(Vec::new, |rules| rules.judge(&traits.json()))
    }

    /// The rules for traits; `None` if the text has none.
    pub(crate) fn rules(&self) -> Option<&Rules<'static>> {
        let rules = self.rules.get_or_init(|| Rules::read(self.json));
        rules.as_ref()
    }
}

impl Schema {
    /// The path of a member of an object. `Display` does not show a name that the schema does not declare.
    pub(crate) fn member(&self, object: &TraitPath, name: &str) -> TraitPath {
        let is_in_a_row = || self.traits.iter().any(|facts| facts.path.contains(&name));
        if self.rules().is_some_and(|rules| rules.declares(name)) || is_in_a_row() {
            object.child(name)
        } else {
            object.hidden_child(name)
        }
    }

    /// The same path; `Display` does not show the names that the schema does not declare. A number is shown if it is the position
    /// of an item in the document, or may be one if there is no document.
    pub(crate) fn hiding(&self, path: &TraitPath, document: Option<&Json<'_>>) -> TraitPath {
        let mut hiding = TraitPath::ROOT;
        for (depth, name) in path.segments().iter().enumerate() {
            let is_position = name.bytes().all(|byte| byte.is_ascii_digit())
                && document.is_none_or(|document| {
                    let holder = document.at(&path.segments()[..depth]);
                    holder.is_some_and(|holder| holder.items().is_some())
                });
            hiding = if path.is_hidden(depth) {
                hiding.hidden_child(name)
            } else if is_position {
                hiding.child(name)
            } else {
                self.member(&hiding, name)
            };
        }
        hiding
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("source", &self.source)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

/// The facts of one trait. Provided by generated code; read only.
#[derive(Debug, PartialEq, Eq)]
pub struct TraitFacts {
    /// The path of the trait: `["name", "first"]`.
    pub path: &'static [&'static str],
    /// Whether the object that holds it requires it.
    pub required: bool,
    /// The roles of its value in Kratos.
    pub roles: &'static [Role],
    /// Whether updaters may change it: `false` if the settings of the generator deny it.
    pub editable: bool,
    /// The line of its key in the schema file, from 1.
    pub line: u32,
    /// The column of its key in the schema file, from 1, in characters.
    pub column: u32,
}

impl TraitPath {
    /// Reads the name of a UI node, such as `traits.name.first`; `None` if it is not a trait.
    ///
    /// Kratos escapes a dot in a member name only if the name comes from a value, so the name is first looked up
    /// in the schema. `Display` does not show a name that the schema does not declare.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::{IdentityTraits, TraitPath};
    ///
    /// let path = TraitPath::from_node_name("traits.name.first", CustomerTraits::schema());
    /// assert_eq!(path, Some(TraitPath::parse("name.first")));
    /// assert_eq!(TraitPath::from_node_name("csrf_token", CustomerTraits::schema()), None);
    /// ```
    pub fn from_node_name(name: &str, schema: &Schema) -> Option<Self> {
        let rest = name.strip_prefix("traits")?;
        if rest.is_empty() {
            return Some(Self::ROOT);
        }
        let rest = rest.strip_prefix('.')?;
        let known = schema
            .traits
            .iter()
            .find(|facts| facts.path.join(".") == rest);
        let hiding = || schema.hiding(&Self::parse(rest), None);
        Some(known.map_or_else(hiding, TraitFacts::path))
    }
}

impl TraitFacts {
    /// The path of the trait.
    pub(crate) fn path(&self) -> TraitPath {
        TraitPath::new(self.path.iter().copied())
    }

    /// The value of the trait in a document.
    pub(crate) fn value<'j, 'a>(&self, document: &'j Json<'a>) -> Option<&'j Json<'a>> {
        document.at(self.path().segments())
    }

    /// Whether the trait is at this path, holds it, or is inside it.
    pub(crate) fn overlaps(&self, path: &[String]) -> bool {
        self.path.iter().zip(path).all(|(a, b)| a == b)
    }

    /// Whether the trait is an identifier or address.
    pub(crate) fn is_privileged(&self) -> bool {
        self.roles.iter().any(|role| role.is_privileged())
    }
}

/// Whether a trait is at this path.
pub(crate) fn is_trait(facts: &[TraitFacts], path: &[String]) -> bool {
    facts.iter().any(|one| one.path == path)
}

/// The role of a trait in Kratos, declared by the keyword `ory.sh/kratos`.
///
/// Source: K-ext-1, `embedx/identity_extension.schema.json` of Kratos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The person logs in with it and a password.
    PasswordIdentifier,
    /// The person logs in with it and a security key.
    WebauthnIdentifier,
    /// The person logs in with a code sent to it.
    CodeIdentifier(Channel),
    /// The name shown in an authenticator app.
    TotpAccountName,
    /// The name shown beside a passkey.
    PasskeyDisplayName,
    /// An address that the person verifies.
    Verification(Channel),
    /// An address to recover an account.
    Recovery(Channel),
    /// Matches the person to an organization.
    OrganizationMatcher,
}

impl Role {
    /// Whether a change of the trait can need a privileged session: a fresh login.
    ///
    /// Identifiers and verification addresses need one in every version of Kratos, recovery addresses after
    /// v26.2.0 (K-priv-1: `requiresPrivilegedAccess` in `identity/manager.go`).
    ///
    /// ```
    /// use kratos_traits::Role;
    ///
    /// assert!(Role::PasswordIdentifier.is_privileged());
    /// assert!(!Role::TotpAccountName.is_privileged());
    /// ```
    pub const fn is_privileged(self) -> bool {
        match self {
            Self::PasswordIdentifier
            | Self::WebauthnIdentifier
            | Self::CodeIdentifier(_)
            | Self::Verification(_)
            | Self::Recovery(_) => true,
            Self::TotpAccountName | Self::PasskeyDisplayName | Self::OrganizationMatcher => false,
        }
    }

    /// The channel through which Kratos reaches the address; `None` for a role without one.
    pub(crate) const fn channel(self) -> Option<Channel> {
        match self {
            Self::CodeIdentifier(channel)
            | Self::Verification(channel)
            | Self::Recovery(channel) => Some(channel),
            Self::PasswordIdentifier
            | Self::WebauthnIdentifier
            | Self::TotpAccountName
            | Self::PasskeyDisplayName
            | Self::OrganizationMatcher => None,
        }
    }

    /// The credential whose identifier the trait is.
    ///
    /// ```
    /// use kratos_traits::{Channel, Credential, Role};
    ///
    /// assert_eq!(Role::CodeIdentifier(Channel::Email).identifies(), Some(Credential::Code));
    /// assert_eq!(Role::Recovery(Channel::Email).identifies(), None);
    /// ```
    pub const fn identifies(self) -> Option<Credential> {
        match self {
            Self::PasswordIdentifier => Some(Credential::Password),
            Self::WebauthnIdentifier => Some(Credential::Webauthn),
            Self::CodeIdentifier(_) => Some(Credential::Code),
            Self::TotpAccountName
            | Self::PasskeyDisplayName
            | Self::Verification(_)
            | Self::Recovery(_)
            | Self::OrganizationMatcher => None,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PasswordIdentifier => f.write_str("identifier of `password`"),
            Self::WebauthnIdentifier => f.write_str("identifier of `webauthn`"),
            Self::CodeIdentifier(channel) => write!(f, "identifier of `code` by {channel}"),
            Self::TotpAccountName => f.write_str("account name of `totp`"),
            Self::PasskeyDisplayName => f.write_str("display name of `passkey`"),
            Self::Verification(channel) => write!(f, "verification address by {channel}"),
            Self::Recovery(channel) => write!(f, "recovery address by {channel}"),
            Self::OrganizationMatcher => f.write_str("organization matcher"),
        }
    }
}

/// How Kratos reaches an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// `via: email`.
    Email,
    /// `via: sms`.
    Sms,
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Email => "e-mail",
            Self::Sms => "SMS",
        })
    }
}

/// A credential whose identifiers are traits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Credential {
    /// `password`.
    Password,
    /// `webauthn`.
    Webauthn,
    /// `code`: a one-time code by e-mail or SMS.
    Code,
}

impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password => "`password`",
            Self::Webauthn => "`webauthn`",
            Self::Code => "`code`",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCHEMA: Schema = Schema::new(
        "test.schema.json",
        "{}",
        &[TraitFacts {
            path: &["a.b"],
            required: false,
            roles: &[],
            editable: true,
            line: 1,
            column: 1,
        }],
        0,
    );

    #[test]
    fn rules_are_read_once() {
        assert!(SCHEMA.rules().is_none());
        let schema = Schema::new("x", r#"{"properties":{"traits":{}}}"#, &[], 0);
        assert!(std::ptr::eq(
            schema.rules().unwrap(),
            schema.rules().unwrap()
        ));
    }

    #[test]
    fn node_names() {
        let read = |name| TraitPath::from_node_name(name, &SCHEMA);
        assert_eq!(read("traits"), Some(TraitPath::ROOT));
        assert_eq!(read("traits.a.b"), Some(TraitPath::new(["a.b"])));
        assert_eq!(read("traits.a.c"), Some(TraitPath::new(["a", "c"])));
        assert_eq!(read("traits.tags.0"), Some(TraitPath::new(["tags", "0"])));
        assert_eq!(read("traitsy"), None);
        assert_eq!(read("csrf_token"), None);
    }
}
