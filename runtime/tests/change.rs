//! What a change says of itself, and what it refuses of identifiers, on the example schemas.

/// Several identifiers; `username` and `email` are required, `phone` is not.
#[allow(missing_docs, unreachable_pub)]
mod member {
    include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/member.rs"));
}

use kratos_traits::{Change, Credential, MessageId, Patch, Problem, RawTraits, SettingsUpdate};
use member::MemberTraits;

const ADA: &str = r#"{"username":"ada.b","email":"Ada@Example.org","phone":"+49 30 1234567","displayName":"Ada"}"#;

fn settings_update(
    patch: &impl SettingsUpdate<Traits = MemberTraits>,
) -> Result<Change<MemberTraits>, Vec<Problem>> {
    patch.settings_update(&RawTraits::parse(ADA).unwrap())
}

fn paths<'a>(
    facts: impl IntoIterator<Item = &'a &'static kratos_traits::TraitFacts>,
) -> Vec<String> {
    facts.into_iter().map(|one| one.path.join(".")).collect()
}

#[test]
fn what_changes_really() {
    let mut patch = Patch::<MemberTraits>::new();
    patch
        .set(MemberTraits::DISPLAY_NAME, "Ada")
        .set(MemberTraits::BIRTHDAY, "1815-12-10");
    let change = settings_update(&patch).unwrap();
    assert_eq!(paths(change.changed()), ["birthday"]);
    assert!(!change.is_privileged());
}

#[test]
fn identifiers_are_compared_as_kratos_keeps_them() {
    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch
        .set(MemberTraits::EMAIL, "ada@example.ORG")
        .set(MemberTraits::PHONE, "+49 (30) 123-4567");
    let change = settings_update(&patch).unwrap();
    assert_eq!(paths(change.changed()), ["email", "phone"]);
    assert!(!change.is_privileged(), "{:?}", change.privileged());

    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch
        .set(MemberTraits::USERNAME, "grace")
        .set(MemberTraits::PHONE, "+4930765");
    let change = settings_update(&patch).unwrap();
    let credentials: Vec<_> = change
        .privileged()
        .iter()
        .filter_map(|(facts, role)| Some((facts.path[0], role.identifies()?)))
        .collect();
    let expected = [
        ("username", Credential::Password),
        ("username", Credential::Webauthn),
        ("phone", Credential::Code),
    ];
    assert_eq!(credentials, expected);
}

#[test]
fn what_kratos_would_choke_on_is_refused() {
    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch
        .set(MemberTraits::EMAIL, "  ")
        .set(MemberTraits::PHONE, "030 1234567");
    let problems = settings_update(&patch).unwrap_err();
    let mut found: Vec<_> = problems
        .iter()
        .map(|one| (one.path.to_string(), one.message.id))
        .collect();
    found.sort();
    found.dedup();
    assert!(
        found.contains(&("email".to_owned(), MessageId::INVALID)),
        "{found:?}"
    );
    assert!(
        found.contains(&("phone".to_owned(), MessageId::PHONE)),
        "{found:?}"
    );
}

#[test]
fn the_last_identifier_of_a_credential_stays() {
    // `phone` is one of two identifiers of `code`, so its removal compiles; who has no e-mail address keeps it.
    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch.remove(MemberTraits::PHONE);
    assert!(settings_update(&patch).is_ok());
    let without_email = RawTraits::parse(r#"{"username":"ada","phone":"+49301234567"}"#).unwrap();
    let problems = patch.settings_update(&without_email).unwrap_err();
    let removal = problems
        .iter()
        .find(|one| one.path.to_string() == "phone")
        .unwrap();
    assert_eq!(removal.message.id, MessageId::INVALID);
    assert!(
        removal.message.text.contains("last identifier of `code`"),
        "{}",
        removal.message.text
    );
}

#[test]
fn nothing_personal_is_shown() {
    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch.set(MemberTraits::EMAIL, "grace@example.org");
    let current = RawTraits::parse(ADA).unwrap();
    let change = patch.settings_update(&current).unwrap();
    let shown = format!("{patch:?} {:?} {change:?}", patch.patch());
    assert!(
        !shown.contains("grace") && !shown.contains("Ada"),
        "{shown}"
    );
    patch.set(MemberTraits::EMAIL, "grace");
    let problems = patch.settings_update(&current).unwrap_err();
    let shown: Vec<String> = problems
        .iter()
        .map(|one| format!("{one} {one:?}"))
        .collect();
    assert!(!shown.concat().contains("grace"), "{shown:?}");
}
