//! Values with a map and with members that the schema does not name, of every kind that holds paths: no such name is shown.

use kratos_traits::{
    AdminOutcome, IdentityTraits, Outcome, Patch, Pending, RawTraits, SettingsUpdate,
};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
use kratos_traits_tests::scripted::{self, Scripted};
use kratos_traits_tests::updaters::ChangeAccounts;
use serde_json::{Value, json};

use crate::script::{quiet, quiet_error, seen, told};

const KEY: &str = "s3cr3t-key";

/// A subscriber with this account, and a member that the schema does not name.
fn traits(account: Value) -> Value {
    json!({
        "email": "ada@example.org", "type": "private", "consent": true,
        "accounts": { KEY: account }, "s3cr3t-member": { "s3cr3t": 1 },
        "preferences": { "s3cr3t-preference": true }
    })
}

fn flow(state: &str, traits: &Value, nodes: &Value) -> Value {
    json!({
        "id": "6e2f", "state": state, "ui": { "nodes": nodes, "messages": [] },
        "identity": { "id": "0b9cbd3b", "schema_id": "default", "traits": traits }
    })
}

fn change() -> ChangeAccounts {
    ChangeAccounts {
        accounts: [(KEY.to_owned(), "ada".to_owned())].into(),
    }
}

/// How the change of the accounts ends when its submit gets this answer.
fn after(status: u16, answer: &Value) -> Outcome<SubscriberTraits> {
    let stored = flow("show_form", &traits(json!("old")), &json!([]));
    let answers = vec![json_answer(200, &stored), json_answer(status, answer)];
    quiet("Outcome", scripted::update(&change(), answers).unwrap())
}

#[test]
fn of_problems_found_here() {
    for document in [
        traits(json!(7)).to_string(),
        traits(json!({ "s3cr3t": 1 })).to_string(),
    ] {
        let document = RawTraits::parse(&document).unwrap();
        let problems = SubscriberTraits::schema().check(&document);
        assert!(!problems.is_empty());
        for problem in problems {
            told("Problem", &quiet("Problem", problem));
        }
    }
    let closed = json!({ "email": "ada@example.org", "name": { "s3cr3t": 1 }, "s3cr3t": 2 });
    let closed = RawTraits::parse(&closed.to_string()).unwrap();
    let problems = CustomerTraits::schema().check(&closed);
    assert_eq!(problems.len(), 2, "{problems:?}");
    for problem in problems {
        told("Problem", &quiet("Problem", problem));
    }
}

#[test]
fn of_problems_that_kratos_reports() {
    let message =
        json!({ "id": 4000026, "type": "error", "text": "expected string", "context": {} });
    let nodes = json!([
        { "group": "profile", "attributes": { "name": format!("traits.accounts.{KEY}") }, "messages": [message] },
        { "group": "profile", "attributes": { "name": "traits.s3cr3t-member.s3cr3t" }, "messages": [message] },
        { "group": "default", "attributes": { "name": "s3cr3t" }, "messages": [message] },
    ]);
    let outcome = after(400, &flow("show_form", &traits(json!("old")), &nodes));
    let Outcome::Invalid(invalid) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(invalid.problems.len() > 1, "{invalid:?}");
    for problem in &invalid.problems {
        told("Problem", problem);
    }
}

#[test]
fn of_differences_and_pending_changes() {
    let other = json!({ "email": "ada@example.org", "type": "private", "consent": true, "accounts": { "s3cr3t-other": "x" } });
    let outcome = after(200, &flow("success", &other, &json!([])));
    let Outcome::Saved(saved) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(!saved.differences.is_empty());
    seen("Difference", &saved.differences);

    let refused = json!({ "error": { "id": "session_refresh_required" } });
    let outcome = after(403, &refused);
    let Outcome::ReauthenticationRequired(pending) = outcome else {
        panic!("{outcome:?}");
    };
    seen("Patch", pending.patch());
    seen("PendingData", pending.to_plaintext());
    let again = Pending::<SubscriberTraits>::try_from(pending.to_plaintext()).unwrap();
    seen("Pending", &again);
    let theirs = traits(json!("theirs"));
    let theirs = json_answer(200, &flow("show_form", &theirs, &json!([])));
    let outcome = quiet("Outcome", scripted::resume(again, vec![theirs]).unwrap());
    let Outcome::Conflict(conflict) = outcome else {
        panic!("{outcome:?}");
    };
    seen("Conflict", &conflict);
    seen("TraitConflict", &conflict.traits);
}

#[test]
fn of_changes_and_documents() {
    let stored = RawTraits::parse(&traits(json!("old")).to_string()).unwrap();
    seen("Patch", change().patch());
    seen("Change", change().settings_update(&stored));
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::ACCOUNTS, change().accounts);
    seen("Patch", patch);
    let wrong = flow("success", &traits(json!(7)), &json!([]));
    let outcome = after(200, &wrong);
    let Outcome::Saved(saved) = outcome else {
        panic!("{outcome:?}");
    };
    quiet_error(
        "Unreadable",
        saved.identity.traits.typed().err().unwrap().clone(),
    );
}

#[test]
fn of_the_admin_api() {
    let person = |account| {
        let traits = traits(account);
        json_answer(
            200,
            &json!({ "id": "0b9cbd3b", "schema_id": "default", "traits": traits }),
        )
    };
    let reason = format!(
        "I[#/traits/accounts/{KEY}] S[#/properties/traits/properties/accounts/additionalProperties/type] expected string, but got number\n\
         I[#/traits] S[#/properties/traits/additionalProperties] additionalProperties \"s3cr3t-member\" not allowed"
    );
    let refused = json_answer(400, &json!({ "error": { "code": 400, "reason": reason } }));
    let script = Scripted::new([person(json!("old")), refused]);
    let outcome = script.result(script.admin.edit("0b9cbd3b").update(&change()));
    let Ok(AdminOutcome::Invalid(invalid)) = quiet("AdminOutcome", outcome) else {
        panic!("not invalid");
    };
    assert_eq!(invalid.problems.len(), 2, "{invalid:?}");
    for problem in &invalid.problems {
        told("Problem", problem);
    }
}
