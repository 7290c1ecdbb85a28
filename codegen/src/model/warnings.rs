//! What Kratos runs, but not as one would think: what can be told of the traits as a whole.

use super::{Member, Object, Trap, Type};
use crate::diagnostics::Warning;
use crate::schema::{Credential, Keyword, Problems, Role, Rule, Value};

/// Characters that mean something in the paths of Kratos's forms.
const PATH_CHARACTERS: [char; 7] = ['.', '*', '?', '\\', '#', '|', '@'];

/// `choices` are what the branches of each `anyOf` and `oneOf` of the traits require.
pub(super) fn warn(traits: &Object<'_>, choices: &[Vec<Vec<&str>>], problems: &mut Problems) {
    let mut rows = Vec::new();
    collect(traits, &[], true, &mut rows);
    for row in &rows {
        name(row, problems);
        trap(row, problems);
        unverified(row, problems);
    }
    last_identifiers(&rows, choices, problems);
    several_addresses(&rows, problems);
}

/// A member with a name all the way down.
struct Row<'m, 's> {
    member: &'m Member<'s>,
    path: Vec<&'s str>,
    /// It is required, and so is all that it is in.
    is_certain: bool,
}

fn collect<'m, 's>(
    object: &'m Object<'s>,
    path: &[&'s str],
    is_certain: bool,
    rows: &mut Vec<Row<'m, 's>>,
) {
    for member in &object.members {
        let is_certain = is_certain && member.required;
        let path = [path, &[member.name]].concat();
        rows.push(Row {
            member,
            path: path.clone(),
            is_certain: is_certain && has_a_value(member),
        });
        if let Type::Object(object) = &member.value {
            collect(object, &path, is_certain, rows);
        }
    }
}

/// Roles of array items and map values are their member's, and an array that may be empty has none of them.
fn has_a_value(member: &Member<'_>) -> bool {
    match &member.value {
        Type::Array(items) => {
            let is_one = |rule: &Rule<'_>| {
                let is_zero = matches!(rule.value.value, Value::Number("0"));
                rule.keyword == Keyword::MinItems && !is_zero
            };
            member.docs.rules.iter().any(is_one)
                && matches!(**items, Type::Plain(_) | Type::String(_) | Type::Choice(_))
        }
        Type::Map(_) => false,
        _ => true,
    }
}

fn name(row: &Row<'_, '_>, problems: &mut Problems) {
    let name = row.member.name;
    if let Some(found) = name.chars().find(|c| PATH_CHARACTERS.contains(c)) {
        problems.warn(
            row.member.spot,
            Warning::DottedTraitName,
            format!("{name:?} has a {found:?}, which means something else in the paths of Kratos's forms and messages; write a name of letters, digits, `_` and `-`"),
        );
    }
}

fn trap(row: &Row<'_, '_>, problems: &mut Problems) {
    if row.member.required {
        return;
    }
    let (warning, what) = match row.member.trap {
        None => return,
        Some(Trap::Array) => (
            Warning::ArrayOfObjects,
            "Kratos's settings and registration flows write `{}` for this array when it is absent, and then refuse it; send `[]`, as `kratos-traits` does",
        ),
        Some(Trap::Dependency) => (
            Warning::OptionalObjectWithRequired,
            "Kratos's settings and registration flows write `{}` for this object when it is absent, and then refuse that what `dependencies` wants beside it is absent; require the object, or leave it out of `dependencies`",
        ),
        Some(Trap::Object) => (
            Warning::OptionalObjectWithRequired,
            "Kratos's settings and registration flows write `{}` for this object when it is absent, and then refuse that it is empty; require the object, or none of its members",
        ),
    };
    problems.warn(row.member.spot, warning, what);
}

fn unverified(row: &Row<'_, '_>, problems: &mut Problems) {
    let mut roles = row.member.roles.all();
    let is_code = roles.any(|role| matches!(role, Role::CodeIdentifier(_)));
    let mut roles = row.member.roles.all();
    let is_identifier = roles.any(|role| role.credential().is_some());
    let is_address = is_code || is_identifier && is_address(&row.member.value);
    let mut roles = row.member.roles.all();
    let is_verified = roles.any(|role| matches!(role, Role::Verification(_)));
    if is_address && !is_verified {
        problems.warn(
            row.member.spot,
            Warning::IdentifierWithoutVerification,
            "this address is an identifier and is never verified, so anyone can register with an address of someone else; write `\"verification\": { \"via\": … }` beside `credentials`",
        );
    }
}

/// An address, or several of them.
fn is_address(value: &Type<'_>) -> bool {
    match value {
        Type::String(format) => matches!(format, Some("email" | "tel")),
        Type::Array(value) | Type::Map(value) | Type::Nullable(value) => is_address(value),
        _ => false,
    }
}

/// Once a credential: what no document has to have can all be removed, however many there are.
fn last_identifiers(rows: &[Row<'_, '_>], choices: &[Vec<Vec<&str>>], problems: &mut Problems) {
    for credential in Credential::ALL {
        let identifies = |row: &&Row<'_, '_>| {
            let mut roles = row.member.roles.all();
            roles.any(|role| role.credential() == Some(credential))
        };
        let identifiers: Vec<_> = rows.iter().filter(identifies).collect();
        let Some(first) = identifiers.first() else {
            continue;
        };
        let is_one = |name: &str| {
            let mut identifiers = identifiers.iter();
            identifiers.any(|row| row.path == [name] && has_a_value(row.member))
        };
        let always_one = choices.iter().any(|branches| {
            let mut branches = branches.iter();
            branches.all(|names| names.iter().any(|name| is_one(name)))
        });
        if always_one || identifiers.iter().any(|row| row.is_certain) {
            continue;
        }
        let name = credential.name();
        let message = if let [only] = &*identifiers {
            let paths = only.path.join(".");
            format!(
                "`{paths}` is the only identifier of `{name}` and is optional: Kratos keeps the old one for login after it is removed; require it"
            )
        } else {
            let paths: Vec<String> = identifiers.iter().map(|row| row.path.join(".")).collect();
            format!(
                "all identifiers of `{name}` are optional (`{}`): Kratos keeps the old one for login after the last is removed; require one of them",
                paths.join("`, `")
            )
        };
        problems.warn(first.member.spot, Warning::RemovableLastIdentifier, message);
    }
}

fn several_addresses(rows: &[Row<'_, '_>], problems: &mut Problems) {
    let addresses: Vec<&Row<'_, '_>> = rows
        .iter()
        .filter(|row| {
            let mut roles = row.member.roles.all();
            roles.any(|role| matches!(role, Role::Verification(_)))
        })
        .collect();
    let (spot, what) = match addresses.as_slice() {
        [_, second, ..] => (second.member.spot, "is the second address"),
        [only] if holds_several(only.member) => {
            (only.member.spot, "has room for several addresses")
        }
        _ => return,
    };
    problems.warn(
        spot,
        Warning::SeveralVerifiableAddresses,
        format!("this {what} to verify: with two or more, Kratos asks for a fresh login at random, whatever is changed"),
    );
}

/// An array or a map that may have more than one value.
fn holds_several(member: &Member<'_>) -> bool {
    let most = match &member.value {
        Type::Array(_) => Keyword::MaxItems,
        Type::Map(_) => Keyword::MaxProperties,
        _ => return false,
    };
    let is_one = |rule: &Rule<'_>| {
        rule.keyword == most && matches!(rule.value.value, Value::Number("0" | "1"))
    };
    !member.docs.rules.iter().any(is_one)
}
