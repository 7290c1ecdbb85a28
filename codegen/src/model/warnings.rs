//! Warnings about what Kratos accepts, but surprising: those that follow from the traits as a whole.

use super::merge::MergedSchema;
use super::{FilledIn, Member, Object, Type};
use crate::diagnostics::Warning;
use crate::schema::{Credential, Keyword, Problems, SubSchema};

/// Characters that have a meaning in the paths of Kratos's forms.
const PATH_CHARACTERS: [char; 7] = ['.', '*', '?', '\\', '#', '|', '@'];

/// `merged` is the schema of the traits.
pub(super) fn warn(traits: &Object<'_>, merged: &MergedSchema<'_>, problems: &mut Problems) {
    let mut rows = Vec::new();
    collect(traits, &[], true, &mut rows);
    for row in &rows {
        check_name(row.member, problems);
        check_filled_in(row.member, problems);
        check_verification(row.member, problems);
    }
    check_last_identifiers(&rows, merged, problems);
    check_addresses(&rows, problems);
}

/// A member with a name at every level.
struct Row<'m, 's> {
    member: &'m Member<'s>,
    path: Vec<&'s str>,
    /// Whether every document has a value of it.
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
            is_certain: is_certain && has_value(member),
        });
        if let Type::Object(object) = &member.value {
            collect(object, &path, is_certain, rows);
        }
    }
}

/// Whether a member that is present has the values that its roles are about: an array or a map may be empty.
fn has_value(member: &Member<'_>) -> bool {
    match &member.value {
        Type::Array(items) => {
            member
                .docs
                .number(Keyword::MinItems)
                .is_some_and(|least| least != "0")
                && matches!(**items, Type::Plain(_) | Type::String(_) | Type::Choice(_))
        }
        Type::Map(_) => false,
        _ => true,
    }
}

fn check_name(member: &Member<'_>, problems: &mut Problems) {
    let name = member.name;
    if let Some(found) = name.chars().find(|c| PATH_CHARACTERS.contains(c)) {
        problems.warn(
            member.spot,
            Warning::DottedTraitName,
            format!("{name:?} has a {found:?}, which has a special meaning in the paths of Kratos's forms and messages; use a name of letters, digits, `_` and `-`"),
        );
    }
}

fn check_filled_in(member: &Member<'_>, problems: &mut Problems) {
    let Some(filled_in) = member.filled_in.filter(|_| !member.required) else {
        return;
    };
    let (warning, what) = match filled_in {
        FilledIn::Array => (
            Warning::ArrayOfObjects,
            "Kratos's settings and registration flows insert `{}` when this array is absent, and then reject it; send `[]`, as `kratos-traits` does",
        ),
        FilledIn::Dependency => (
            Warning::OptionalObjectWithRequired,
            "Kratos's settings and registration flows insert `{}` when this object is absent, and then reject it because a member that `dependencies` requires is absent; require the object, or remove it from `dependencies`",
        ),
        FilledIn::Object => (
            Warning::OptionalObjectWithRequired,
            "Kratos's settings and registration flows insert `{}` when this object is absent, and then reject it because it is empty; require the object, or none of its members",
        ),
    };
    problems.warn(member.spot, warning, what);
}

fn check_verification(member: &Member<'_>, problems: &mut Problems) {
    // Nobody can register with a code before entering the one that is sent to the address.
    let is_other_identifier = |credential: &Credential| {
        *credential != Credential::Code && member.roles.identify(*credential)
    };
    let is_identifier = Credential::ALL.iter().any(is_other_identifier);
    if is_identifier && is_address(&member.value) && !member.roles.has_verification() {
        problems.warn(
            member.spot,
            Warning::IdentifierWithoutVerification,
            "this address is an identifier and is never verified, so anyone can register with someone else's address; add `\"verification\": { \"via\": … }` beside `credentials`",
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

/// Warns once for each credential: identifiers that no document has to have can all be removed, however many there are.
fn check_last_identifiers(
    rows: &[Row<'_, '_>],
    traits: &MergedSchema<'_>,
    problems: &mut Problems,
) {
    for credential in Credential::ALL {
        let identifiers = rows
            .iter()
            .filter(|row| row.member.roles.identify(credential));
        let identifiers: Vec<_> = identifiers.collect();
        let Some(first) = identifiers.first() else {
            continue;
        };
        let is_identifier = |name: &str| {
            let mut identifiers = identifiers.iter();
            identifiers.any(|row| row.path == [name] && has_value(row.member))
        };
        let requires_identifier = |branch: &SubSchema<'_>| match branch {
            SubSchema::Schema(branch) => branch
                .required_names()
                .any(|name| is_identifier(name.value)),
            SubSchema::Bool(_) => false,
        };
        let mut choices = traits
            .certain
            .iter()
            .flat_map(|schema| &schema.alternatives);
        if choices.any(|branches| branches.iter().all(requires_identifier))
            || identifiers.iter().any(|row| row.is_certain)
        {
            continue;
        }
        let name = credential.name();
        let paths: Vec<String> = identifiers.iter().map(|row| row.path.join(".")).collect();
        let message = if let [path] = &*paths {
            format!(
                "`{path}` is the only identifier of `{name}` and is optional: after it is removed, the old value still works for login; require it"
            )
        } else {
            format!(
                "all identifiers of `{name}` are optional (`{}`): after the last one is removed, its old value still works for login; require one of them",
                paths.join("`, `")
            )
        };
        problems.warn(first.member.spot, Warning::RemovableLastIdentifier, message);
    }
}

fn check_addresses(rows: &[Row<'_, '_>], problems: &mut Problems) {
    let members = rows.iter().map(|row| row.member);
    let addresses: Vec<_> = members.filter(|one| one.roles.has_verification()).collect();
    let (spot, what) = match addresses.as_slice() {
        [_, second, ..] => (second.spot, "is the second address"),
        [only] if holds_several(only) => (only.spot, "can contain several addresses"),
        _ => return,
    };
    problems.warn(
        spot,
        Warning::SeveralVerifiableAddresses,
        format!("this {what} to verify: with two or more, Kratos requires a fresh login at random, whatever changes; verify one address only, or expect `ReauthenticationRequired` from every update"),
    );
}

/// Whether the member is an array or a map of more than one value.
fn holds_several(member: &Member<'_>) -> bool {
    let most = match &member.value {
        Type::Array(_) => Keyword::MaxItems,
        Type::Map(_) => Keyword::MaxProperties,
        _ => return false,
    };
    !matches!(member.docs.number(most), Some("0" | "1"))
}
