//! The settings flow of this crate on the fake: each outcome, through typed updates.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{Request, Response};
use kratos_traits::client::Limits;
use kratos_traits::{IdentityTraits, Outcome, SessionToken, SettingsUpdate, TraitPath, blocking};
use serde_json::json;

use crate::client::{Kratos, Person, exchange};
use crate::customer;
use crate::generated::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    #[kratos(path = "name.first")]
    first_name: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct ChangeEmail {
    email: String,
}

fn rename(first_name: &str) -> Rename {
    Rename {
        first_name: first_name.to_owned(),
    }
}

fn change_email(email: &str) -> ChangeEmail {
    ChangeEmail {
        email: email.to_owned(),
    }
}

/// A client over plain TCP, which calls `on_answer` after each answer.
fn client(kratos: &Kratos, on_answer: impl Fn() + Send + Sync + 'static) -> blocking::Client {
    let url = kratos.0.public_url();
    let server = url.clone();
    let http = move |request: Request<Vec<u8>>, _: Limits| {
        let headers: Vec<String> = (request.headers().iter())
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
            .collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let uri = request.uri().path_and_query();
        let path = uri.map_or("/", |path| path.as_str());
        let body = std::str::from_utf8(request.body()).expect("text");
        let answer = exchange(&url, request.method().as_str(), path, &headers, body)?;
        on_answer();
        let mut response = Response::new(answer.text.into_bytes());
        *response.status_mut() = answer.status.try_into().expect("a status");
        Ok::<_, std::io::Error>(response)
    };
    blocking::Client::with(http, &server).expect("a URL")
}

fn session(person: &Person<'_>) -> SessionToken {
    SessionToken::new(person.token.clone()).expect("a token")
}

fn update<U>(person: &Person<'_>, update: &U) -> Outcome<U::Traits>
where
    U: SettingsUpdate<Traits: IdentityTraits>,
{
    let client = client(person.kratos, || ());
    let session = session(person);
    client
        .settings(&session)
        .update(update)
        .expect("an outcome")
}

#[test]
fn a_saved_update_takes_two_requests() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org", "newsletter": true }));
    let before = kratos.0.requests().len();
    let outcome = update(&ada, &rename("Ada"));
    let Outcome::Saved(saved) = outcome else {
        unreachable!("{outcome:?}");
    };
    assert_eq!(kratos.0.requests().len() - before, 2);
    let traits = saved.identity.traits.typed().unwrap();
    assert_eq!(traits.newsletter, Some(true));
    assert_eq!(ada.traits()["name"], json!({ "first": "Ada" }));
}

#[test]
fn an_update_is_resumed_after_a_fresh_login() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    kratos.0.age_sessions();
    let outcome = update(&ada, &change_email("new@example.org"));
    let Outcome::ReauthenticationRequired(pending) = outcome else {
        unreachable!("{outcome:?}");
    };
    ada.refresh("ada@example.org");
    let client = client(&kratos, || ());
    let outcome = client.settings(&session(&ada)).resume(pending).unwrap();
    let Outcome::Saved(saved) = outcome else {
        unreachable!("{outcome:?}");
    };
    assert_eq!(saved.continue_with.len(), 1);
    assert_eq!(ada.traits()["email"], "new@example.org");
}

#[test]
fn every_other_outcome() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    kratos.person(&json!({ "email": "bob@example.org" }));

    let taken = update(&ada, &change_email("Bob@example.org"));
    assert!(matches!(taken, Outcome::IdentifierTaken(_)), "{taken:?}");

    let invalid = update(&ada, &rename(""));
    let Outcome::Invalid(invalid) = invalid else {
        unreachable!("{invalid:?}");
    };
    assert_eq!(invalid.problems[0].path, TraitPath::new(["name", "first"]));

    kratos.0.verify_new_addresses(true);
    let parked = update(&ada, &change_email("new@example.org"));
    assert!(
        matches!(parked, Outcome::VerificationRequired(_)),
        "{parked:?}"
    );

    kratos.0.require_second_factor(true);
    let factor = update(&ada, &rename("Ada"));
    assert!(
        matches!(factor, Outcome::SecondFactorRequired(_)),
        "{factor:?}"
    );

    let logged_out = Person {
        kratos: &kratos,
        token: "unknown".to_owned(),
    };
    let gone = update(&logged_out, &rename("Ada"));
    assert!(matches!(gone, Outcome::SessionInactive(_)), "{gone:?}");
    kratos.0.require_second_factor(false);
    assert_eq!(ada.traits()["email"], "ada@example.org");
}

#[test]
fn a_flow_that_expires_in_between_is_replaced() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let first = AtomicBool::new(true);
    let fake = Arc::clone(&kratos.0);
    let client = client(&kratos, move || {
        if first.swap(false, Ordering::Relaxed) {
            fake.expire_flows();
        }
    });
    let outcome = client
        .settings(&session(&ada))
        .update(&rename("Ada"))
        .unwrap();
    assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
    assert_eq!(ada.traits()["name"]["first"], "Ada");
}
