//! The keyword `ory.sh/kratos`: an object with a fixed set of keys at every level. Kratos refuses an unknown key, except inside a
//! list such as `anyOf`, where it ignores it.

use super::json::{Member, Node, Value};
use super::keywords::Keyword;
use super::shape;
use super::source::{Problems, Spot};
use crate::diagnostics::{Warning, hint};

pub(super) const NAME: &str = Keyword::Extension.name();

/// What Kratos does with the value of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    PasswordIdentifier,
    WebauthnIdentifier,
    CodeIdentifier(Channel),
    TotpAccountName,
    PasskeyDisplayName,
    Verification(Channel),
    Recovery(Channel),
    OrganizationMatcher,
}

impl Role {
    /// The credential for which the trait is an identifier.
    pub(crate) fn credential(self) -> Option<Credential> {
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

    /// The word in the table of the traits. `macros/src/table/fact.rs` reads it.
    pub(crate) fn table_fact(self) -> String {
        match self {
            Self::PasswordIdentifier => "identifier(password)".into(),
            Self::WebauthnIdentifier => "identifier(webauthn)".into(),
            Self::CodeIdentifier(via) => format!("identifier(code, {})", via.name()),
            Self::TotpAccountName => "account_name".into(),
            Self::PasskeyDisplayName => "display_name".into(),
            Self::Verification(via) => format!("verification({})", via.name()),
            Self::Recovery(via) => format!("recovery({})", via.name()),
            Self::OrganizationMatcher => "organization".into(),
        }
    }

    /// The words in the documentation of a field; for an identifier those after "identifier of".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::PasswordIdentifier => "`password`",
            Self::WebauthnIdentifier => "`webauthn`",
            Self::CodeIdentifier(Channel::Email) => "`code` by e-mail",
            Self::CodeIdentifier(Channel::Sms) => "`code` by SMS",
            Self::TotpAccountName => "account name of `totp`",
            Self::PasskeyDisplayName => "display name of `passkey`",
            Self::Verification(Channel::Email) => "verified by e-mail",
            Self::Verification(Channel::Sms) => "verified by SMS",
            Self::Recovery(Channel::Email) => "recovery by e-mail",
            Self::Recovery(Channel::Sms) => "recovery by SMS",
            Self::OrganizationMatcher => "selects the organization",
        }
    }
}

/// A credential for which a trait can be an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    Password,
    Webauthn,
    Code,
}

impl Credential {
    pub(crate) const ALL: [Self; 3] = [Self::Password, Self::Webauthn, Self::Code];

    /// Its name in Kratos.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Webauthn => "webauthn",
            Self::Code => "code",
        }
    }
}

/// How Kratos reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Channel {
    Email,
    Sms,
}

impl Channel {
    /// Its name in Kratos.
    fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// The keyword in one schema.
#[derive(Debug, Default)]
pub(crate) struct Extension {
    pub(crate) spot: Spot,
    pub(crate) roles: Vec<Role>,
}

/// The part of the document that a schema is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    Root,
    /// The traits object itself.
    TraitsObject,
    Traits,
    /// Inside the traits or another keyword of the root, and inside a list such as `anyOf`: Kratos reads the keyword, but not
    /// strictly.
    InList,
    /// Where no value is: `definitions`, and a member of the document beside `traits`.
    Elsewhere,
}

impl Region {
    pub(super) fn has_roles(self) -> bool {
        self != Self::Elsewhere
    }

    /// The region of a schema in a list.
    pub(super) fn in_list(self) -> Self {
        match self {
            Self::Root | Self::TraitsObject | Self::Traits | Self::InList => Self::InList,
            Self::Elsewhere => Self::Elsewhere,
        }
    }

    /// The region of a schema inside, other than a property or one in a list. Keywords of the root such as `if` lead back to the
    /// traits.
    pub(super) fn below(self) -> Self {
        match self {
            Self::Traits | Self::InList | Self::Elsewhere => self,
            Self::Root | Self::TraitsObject => Self::Traits,
        }
    }

    pub(super) fn of_property(self, name: &str) -> Self {
        match self {
            Self::Root if name == "traits" => Self::TraitsObject,
            Self::Root => Self::Elsewhere,
            other => other.below(),
        }
    }
}

/// Reads the value of the keyword; `spot` is where its key is.
pub(crate) fn extension(
    node: &Node<'_>,
    spot: Spot,
    region: Region,
    problems: &mut Problems,
) -> Extension {
    let mut read = Extension {
        spot,
        ..Extension::default()
    };
    let known = ["credentials", "verification", "recovery", "organizations"];
    for member in closed(NAME, node, &known, region, problems) {
        let path = format!("{NAME}.{}", member.name);
        match member.name {
            "credentials" => credentials(&path, member.node, &mut read.roles, region, problems),
            "verification" => {
                let channel = via(&path, member.node, region, problems);
                read.roles.extend(channel.map(Role::Verification));
            }
            "recovery" => {
                let channel = via(&path, member.node, region, problems);
                if channel == Some(Channel::Sms) {
                    problems.warn(
                        member.spot,
                        Warning::NewerKratosOnly,
                        "`recovery` by SMS: Kratos before v25.4.0 does not start with it; update Kratos first, or remove it",
                    );
                }
                read.roles.extend(channel.map(Role::Recovery));
            }
            _ => {
                // Inside a list, an older Kratos ignores the key.
                if region != Region::InList {
                    problems.warn(
                        member.spot,
                        Warning::NewerKratosOnly,
                        "`organizations`: Kratos before v25.4.0 does not start with it; update Kratos first, or remove it",
                    );
                }
                let matcher = organizations(&path, member.node, region, problems);
                read.roles.extend(matcher);
            }
        }
    }
    read.roles.sort_unstable();
    read
}

fn credentials(
    path: &str,
    node: &Node<'_>,
    roles: &mut Vec<Role>,
    region: Region,
    problems: &mut Problems,
) {
    let known = ["password", "webauthn", "code", "totp", "passkey"];
    for member in closed(path, node, &known, region, problems) {
        let path = format!("{path}.{}", member.name);
        let (flag, role) = match member.name {
            "password" => ("identifier", Role::PasswordIdentifier),
            "webauthn" => ("identifier", Role::WebauthnIdentifier),
            "totp" => ("account_name", Role::TotpAccountName),
            "passkey" => ("display_name", Role::PasskeyDisplayName),
            _ => {
                roles.extend(code(&path, member.node, region, problems));
                continue;
            }
        };
        for leaf in closed(&path, member.node, &[flag], region, problems) {
            if shape::boolean(&format!("{path}.{flag}"), leaf.node, problems) == Some(true) {
                roles.push(role);
            }
        }
    }
}

fn code(path: &str, node: &Node<'_>, region: Region, problems: &mut Problems) -> Option<Role> {
    let mut identifier = None;
    let mut channel = None;
    let mut via_is_there = false;
    for leaf in closed(path, node, &["identifier", "via"], region, problems) {
        if leaf.name == "via" {
            via_is_there = true;
            channel = via_value(path, leaf.node, problems);
        } else if shape::boolean(&format!("{path}.identifier"), leaf.node, problems) == Some(true) {
            identifier = Some(leaf.spot);
        }
    }
    let identifier = identifier?;
    // Outside the traits, Kratos does not use it.
    if !via_is_there && region != Region::Elsewhere {
        problems.report(
            identifier,
            format!(
                "`{path}.identifier` without `via`: Kratos refuses every identity; write `\"via\": \"email\"` or `\"via\": \"sms\"` beside it"
            ),
        );
    }
    channel.map(Role::CodeIdentifier)
}

fn organizations(
    path: &str,
    node: &Node<'_>,
    region: Region,
    problems: &mut Problems,
) -> Option<Role> {
    let leaf = closed(path, node, &["matcher"], region, problems).pop()?;
    let path = format!("{path}.matcher");
    let value = shape::string(&path, leaf.node, problems)?;
    if value == "email_domain" {
        return Some(Role::OrganizationMatcher);
    }
    let hint = hint(value, &["email_domain"]);
    problems.report(leaf.node.spot, format!("`{path}` is {value:?}{hint}"));
    None
}

/// The object `{ "via": … }`.
fn via(path: &str, node: &Node<'_>, region: Region, problems: &mut Problems) -> Option<Channel> {
    let leaf = closed(path, node, &["via"], region, problems).pop()?;
    match &leaf.node.value {
        Value::String(none) if none.is_empty() && region == Region::InList => None,
        Value::String(other)
            if region == Region::InList
                && path == VERIFICATION
                && !matches!(&**other, "email" | "sms") =>
        {
            problems.warn(
                leaf.node.spot,
                Warning::MisspeltKeyword,
                format!(
                    "`{path}.via` is {other:?}, so Kratos stores an address that it cannot reach; write \"email\" or \"sms\""
                ),
            );
            None
        }
        _ => via_value(path, leaf.node, problems),
    }
}

/// The key at which, inside a list, Kratos accepts any channel.
const VERIFICATION: &str = "ory.sh/kratos.verification";

fn via_value(path: &str, node: &Node<'_>, problems: &mut Problems) -> Option<Channel> {
    match shape::string(&format!("{path}.via"), node, problems)? {
        "email" => Some(Channel::Email),
        "sms" => Some(Channel::Sms),
        other => {
            let hint = hint(other, &["email", "sms"]);
            problems.report(node.spot, format!("`{path}.via` is {other:?}{hint}"));
            None
        }
    }
}

/// A member of the keyword, under the name that Kratos reads it by.
struct Known<'s, 'k> {
    name: &'k str,
    spot: Spot,
    node: &'s Node<'s>,
}

/// The members of an object whose only keys are `known`.
///
/// Inside a list, Kratos reads it as Go reads JSON: keys in any letter case, and `null` as if the key were absent.
fn closed<'s, 'k>(
    path: &str,
    node: &'s Node<'s>,
    known: &[&'k str],
    region: Region,
    problems: &mut Problems,
) -> Vec<Known<'s, 'k>> {
    let is_loose = region == Region::InList;
    let members = match &node.value {
        Value::Object(members) => members,
        Value::Null if is_loose => return Vec::new(),
        _ => {
            shape::wrong(path, node, "an object", problems);
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for Member { key, spot, node } in members {
        let is_it = |name: &&&str| **name == *key || is_loose && name.eq_ignore_ascii_case(key);
        match known.iter().find(is_it) {
            Some(_) if is_loose && matches!(node.value, Value::Null) => {}
            Some(name) => found.push(Known {
                name,
                spot: *spot,
                node,
            }),
            None if is_loose => {
                let hint = hint(key, known);
                problems.warn(
                    *spot,
                    Warning::MisspeltKeyword,
                    format!("unknown key {key:?} in `{path}`, which Kratos ignores here{hint}"),
                );
            }
            None => {
                let hint = hint(key, known);
                problems.report(*spot, format!("unknown key {key:?} in `{path}`{hint}"));
            }
        }
    }
    found
}

/// The formats that Kratos allows beside `verification`.
const VERIFIABLE: [&str; 6] = ["email", "tel", "date", "time", "date-time", "no-validate"];

/// What Kratos checks about the keyword before it reads the schema.
pub(super) fn check_at_boot(root: &Node<'_>, problems: &mut Problems) {
    check_strictly(root, problems);
    let traits = root
        .member("properties")
        .and_then(|node| node.member("traits"));
    let Some(Value::Object(traits)) = traits
        .and_then(|node| node.member("properties"))
        .map(|node| &node.value)
    else {
        return;
    };
    for member in traits {
        verification(&member.node, problems);
    }
}

fn verification(of: &Node<'_>, problems: &mut Problems) {
    let is_verified = of
        .member(NAME)
        .is_some_and(|extension| extension.member("verification").is_some());
    if let Some(node) = of.member("format")
        && let Value::String(format) = &node.value
        && is_verified
        && !VERIFIABLE.contains(&&**format)
    {
        let hint = hint(format, &VERIFIABLE);
        problems.report(
            node.spot,
            format!(
                "`format` is {format:?} beside `ory.sh/kratos.verification`, so Kratos does not start{hint}"
            ),
        );
    }
}

/// Checks the keyword strictly in every object in `node`, as Kratos does before it reads the schema: also where no schema can be, and
/// beside a `$ref`, but not inside lists. At boot Kratos does this for the traits, at the first identity for the whole file and for
/// everything that a `$ref` leads to.
pub(super) fn check_strictly(node: &Node<'_>, problems: &mut Problems) {
    let Value::Object(members) = &node.value else {
        return;
    };
    for member in members {
        if member.key == NAME {
            extension(&member.node, member.spot, Region::Elsewhere, problems);
        } else {
            check_strictly(&member.node, problems);
        }
    }
}
