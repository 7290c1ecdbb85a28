//! What Kratos runs, but not as one would think: what can be told of the traits as a whole.

use super::{Docs, Member, Object, Trap, Type};
use crate::problem::Warning;
use crate::schema::{Problems, Role, Spot};

/// Characters that mean something in the paths of Kratos's forms.
const PATH_CHARACTERS: [char; 7] = ['.', '*', '?', '\\', '#', '|', '@'];

pub(super) fn warn(traits: &Object<'_>, problems: &mut Problems) {
    let mut rows = Vec::new();
    collect(traits, true, &mut rows);
    for row in &rows {
        name(row, problems);
        trap(row, problems);
        unverified(row, problems);
    }
    last_identifiers(&rows, problems);
    several_addresses(&rows, problems);
}

/// A member with a name all the way down.
struct Row<'m, 's> {
    member: &'m Member<'s>,
    /// It is required, and so is all that it is in.
    is_certain: bool,
}

fn collect<'m, 's>(object: &'m Object<'s>, is_certain: bool, rows: &mut Vec<Row<'m, 's>>) {
    for member in &object.members {
        let is_certain = is_certain && member.required;
        rows.push(Row { member, is_certain });
        if let Type::Object(object) = &member.value {
            collect(object, is_certain, rows);
        }
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
        Some(Trap::Object) => (
            Warning::OptionalObjectWithRequired,
            "Kratos's settings and registration flows write `{}` for this object when it is absent, and then refuse that it is empty; require the object, or none of its members",
        ),
    };
    problems.warn(row.member.spot, warning, what);
}

fn unverified(row: &Row<'_, '_>, problems: &mut Problems) {
    let roles = &row.member.roles;
    let is_code = roles
        .iter()
        .any(|role| matches!(role, Role::CodeIdentifier(_)));
    let is_identifier = roles.iter().any(|role| role.credential().is_some());
    let is_address = is_code || is_identifier && is_address(&row.member.docs);
    let is_verified = roles
        .iter()
        .any(|role| matches!(role, Role::Verification(_)));
    if is_address && !is_verified {
        problems.warn(
            row.member.spot,
            Warning::IdentifierWithoutVerification,
            "this address is an identifier and is never verified, so anyone can log in with an address of someone else; write `\"verification\": { \"via\": … }` beside `credentials`",
        );
    }
}

fn is_address(docs: &Docs<'_>) -> bool {
    matches!(docs.format, Some("email" | "tel"))
}

fn last_identifiers(rows: &[Row<'_, '_>], problems: &mut Problems) {
    for credential in ["Password", "Webauthn", "Code"] {
        let mut identifiers = rows.iter().filter(|row| {
            let mut roles = row.member.roles.iter();
            roles.any(|role| role.credential() == Some(credential))
        });
        if let (Some(only), None) = (identifiers.next(), identifiers.next())
            && !only.is_certain
        {
            problems.warn(
                only.member.spot,
                Warning::RemovableLastIdentifier,
                "this is the only identifier of a credential and is optional: Kratos keeps the old one for login after it is removed; require it",
            );
        }
    }
}

fn several_addresses(rows: &[Row<'_, '_>], problems: &mut Problems) {
    let addresses: Vec<Spot> = rows
        .iter()
        .filter(|row| {
            let mut roles = row.member.roles.iter();
            roles.any(|role| matches!(role, Role::Verification(_)))
        })
        .map(|row| row.member.spot)
        .collect();
    if let [_, second, ..] = addresses.as_slice() {
        problems.warn(
            *second,
            Warning::SeveralVerifiableAddresses,
            "this is the second address to verify: with two or more, Kratos asks for a fresh login at random, whatever is changed",
        );
    }
}
