//! The keyword `ory.sh/kratos` of a schema: what Kratos does with the value.
//!
//! Source: K-ext-1, `embedx/identity_extension.schema.json` of Kratos.

use crate::json::{Json, Kind};
use crate::traits::facts::{Channel, Role};

pub(crate) const KEYWORD: &str = "ory.sh/kratos";

/// The roles that the value of the keyword gives, each once. Mistakes are passed to `report`.
///
/// Keys count in any letter case: inside a list such as `anyOf`, Kratos reads them so.
pub(crate) fn roles(extension: &Json<'_>, report: &mut dyn FnMut(String)) -> Vec<Role> {
    let mut found = Vec::new();
    let known = ["credentials", "verification", "recovery", "organizations"];
    for (key, value) in keys(KEYWORD, extension, &known, report) {
        let name = format!("{KEYWORD}.{key}");
        match key {
            "credentials" => {
                let known = ["password", "webauthn", "code", "totp", "passkey"];
                for (key, value) in keys(&name, value, &known, report) {
                    found.extend(credential(&format!("{name}.{key}"), key, value, report));
                }
            }
            "verification" => found.extend(via(&name, value, report).map(Role::Verification)),
            "recovery" => found.extend(via(&name, value, report).map(Role::Recovery)),
            _ => {
                for (key, value) in keys(&name, value, &["matcher"], report) {
                    if value.as_str() == Some("email_domain") {
                        found.push(Role::OrganizationMatcher);
                    } else {
                        report(format!("`{name}.{key}` is not \"email_domain\""));
                    }
                }
            }
        }
    }
    found
}

fn credential(
    name: &str,
    key: &str,
    value: &Json<'_>,
    report: &mut dyn FnMut(String),
) -> Option<Role> {
    let (flag, role) = match key {
        "password" => ("identifier", Role::PasswordIdentifier),
        "webauthn" => ("identifier", Role::WebauthnIdentifier),
        "totp" => ("account_name", Role::TotpAccountName),
        "passkey" => ("display_name", Role::PasskeyDisplayName),
        _ => return code(name, value, report),
    };
    let mut is_set = false;
    for (key, value) in keys(name, value, &[flag], report) {
        is_set |= boolean(name, key, value, report);
    }
    is_set.then_some(role)
}

fn code(name: &str, value: &Json<'_>, report: &mut dyn FnMut(String)) -> Option<Role> {
    let (mut is_identifier, mut via) = (false, None);
    for (key, value) in keys(name, value, &["identifier", "via"], report) {
        match key {
            "via" => via = Some(channel(name, value, report)),
            _ => is_identifier |= boolean(name, key, value, report),
        }
    }
    if is_identifier && via.is_none() {
        report(format!("`{name}.identifier` without `via`"));
    }
    via?.filter(|_| is_identifier).map(Role::CodeIdentifier)
}

/// The members of an object, under their known names; other names are mistakes.
fn keys<'k, 'r, 'a>(
    name: &str,
    object: &'r Json<'a>,
    known: &[&'k str],
    report: &mut dyn FnMut(String),
) -> Vec<(&'k str, &'r Json<'a>)> {
    let Some(members) = object.members() else {
        report(format!("`{name}` is not an object"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, value) in members.iter() {
        match known.iter().find(|one| one.eq_ignore_ascii_case(key)) {
            Some(known) => found.push((*known, value)),
            None => report(format!("unknown key {key:?} in `{name}`")),
        }
    }
    found
}

fn via(name: &str, object: &Json<'_>, report: &mut dyn FnMut(String)) -> Option<Channel> {
    let (_, value) = keys(name, object, &["via"], report).pop()?;
    channel(name, value, report)
}

fn channel(name: &str, value: &Json<'_>, report: &mut dyn FnMut(String)) -> Option<Channel> {
    match value.as_str() {
        Some("email") => Some(Channel::Email),
        Some("sms") => Some(Channel::Sms),
        _ => {
            let text = value.text();
            report(format!(
                "`{name}.via` is {text}, expected \"email\" or \"sms\""
            ));
            None
        }
    }
}

fn boolean(name: &str, key: &str, value: &Json<'_>, report: &mut dyn FnMut(String)) -> bool {
    match value.kind() {
        Kind::Bool(value) => *value,
        _ => {
            report(format!("`{name}.{key}` is not a boolean"));
            false
        }
    }
}
