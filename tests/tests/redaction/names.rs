//! Map keys and members that the schema does not declare are data of the person.

use kratos_traits::{
    AdminOutcome, Document, IdentityTraits, Outcome, Patch, RawTraits, SettingsUpdate, TraitPath,
};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
use kratos_traits_tests::scripted::{Scripted, block_on};
use kratos_traits_tests::updaters::ChangeAccounts;
use serde_json::{Value, json};

use crate::script::{quiet, quiet_error, seen, told};

const KEY: &str = "s3cr3t.key";

fn subscriber(accounts: &Value) -> Value {
    json!({ "email": "ada@example.org", "type": "private", "consent": true, "gifts": [], "accounts": accounts })
}

fn raw(traits: &Value) -> RawTraits {
    RawTraits::parse(&traits.to_string()).unwrap()
}

fn accounts(name: &str) -> ChangeAccounts {
    ChangeAccounts {
        accounts: [(KEY.to_owned(), name.to_owned())].into(),
    }
}

fn identity(traits: &Value) -> Value {
    json!({ "id": "0b9cbd3b", "schema_id": "default", "traits": traits })
}

#[test]
fn problems_of_a_document() {
    let wrong = raw(&subscriber(&json!({ KEY: 7 })));
    let problems = SubscriberTraits::schema().check(&wrong);
    assert_eq!(problems[0].path.segments(), ["accounts", KEY]);
    told("Problem", &quiet("Problem", &problems[0]));
    let document = Document::<SubscriberTraits>::new(wrong);
    quiet_error("typed", document.typed().unwrap_err().clone());
}

#[test]
fn a_removed_member() {
    let mut patch = Patch::<CustomerTraits>::new();
    for path in [&["s3cr3t"][..], &["name", "s3cr3t"]] {
        let path = TraitPath::new(path.iter().copied());
        assert!(patch.remove_unnamed(&path).is_ok());
        assert!(patch.paths().any(|one| *one == path));
    }
    seen("Patch", &patch);
    let stored = raw(&json!({ "email": "ada@example.org", "s3cr3t": 1, "name": { "s3cr3t": 1 } }));
    let change = patch.settings_update(&stored).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"ada@example.org","name":{}}"#
    );
}

#[test]
fn a_node_of_a_form() {
    let path = TraitPath::from_node_name("traits.accounts.s3cr3t", SubscriberTraits::schema());
    let path = path.unwrap();
    assert_eq!(path.segments(), ["accounts", "s3cr3t"]);
    told("TraitPath", &quiet("TraitPath", path));

    let mut flow = json!({ "id": "6e2f", "state": "show_form", "identity": identity(&subscriber(&json!({}))) });
    let created = json_answer(200, &flow);
    let message = json!({ "id": 4000026, "type": "error", "text": "?" });
    flow["ui"] = json!({ "nodes": [{ "attributes": { "name": "traits.accounts.12345" }, "messages": [message] }] });
    let script = Scripted::new([created, json_answer(400, &flow)]);
    let outcome = script
        .result(script.settings().update(&accounts("ada")))
        .unwrap();
    let Outcome::Invalid(invalid) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(invalid.problems[0].path.segments(), ["accounts", "12345"]);
    assert_eq!(invalid.problems[0].path.to_string(), "accounts.*");
}

#[test]
fn conflicts_and_differences() {
    let [base, stored, other] =
        ["old", "other", "hooked"].map(|name| subscriber(&json!({ KEY: name })));
    let script = Scripted::new([json_answer(200, &identity(&stored))]);
    let edit = script.admin.edit("0b9cbd3b").based_on(&raw(&base));
    let outcome = quiet("outcome", block_on(edit.update(&accounts("new"))).unwrap());
    let AdminOutcome::Conflict(conflicts) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(conflicts[0].path.segments(), ["accounts", KEY]);
    told("TraitPath", &conflicts[0].path);

    let answers = [&base, &other].map(|traits| json_answer(200, &identity(traits)));
    let script = Scripted::new(answers);
    let edit = script.admin.edit("0b9cbd3b");
    let outcome = quiet("outcome", block_on(edit.update(&accounts("new"))).unwrap());
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(saved.differences[0].path.segments(), ["accounts", KEY]);
    told("TraitPath", &saved.differences[0].path);

    let reason = r#"I[#/traits/accounts/s3cr3t] S[#/x/type] expected string"#;
    let refused = json!({ "error": { "code": 400, "reason": reason, "message": "?" } });
    let script = Scripted::new([
        json_answer(200, &identity(&base)),
        json_answer(400, &refused),
    ]);
    let edit = script.admin.edit("0b9cbd3b");
    let outcome = quiet("outcome", block_on(edit.update(&accounts("new"))).unwrap());
    let AdminOutcome::Invalid(invalid) = outcome else {
        panic!("{outcome:?}");
    };
    told("Problem", &invalid.problems[0]);
}
