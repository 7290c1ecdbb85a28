//! The settings flow of this crate on the stand-in: each ending, through typed updates.

use kratos_traits::exchange::{Exchange, PublicUrl, SessionToken, Step};
use kratos_traits::flow::{Outcome, Update};
use kratos_traits::{IdentityTraits, SettingsUpdate, TraitPath};
use serde_json::json;

use crate::CUSTOMER;
use crate::client::{Kratos, Person, exchange};
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

fn update<U>(person: &Person<'_>, update: &U) -> Outcome<U::Traits>
where
    U: SettingsUpdate<Traits: IdentityTraits>,
{
    let (server, session) = connection(person);
    drive(person, Update::native(server, session, update.patch()))
}

fn connection(person: &Person<'_>) -> (PublicUrl, SessionToken) {
    let url = person.kratos.0.public_url();
    let session = SessionToken::new(person.token.clone()).expect("a token");
    (url.parse().expect("a URL"), session)
}

fn drive<T: IdentityTraits>(person: &Person<'_>, mut next: Update<T>) -> Outcome<T> {
    let url = person.kratos.0.public_url();
    loop {
        let request = next.request().expect("a request");
        let headers: Vec<String> = (request.headers().iter())
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
            .collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        let body = std::str::from_utf8(request.body()).expect("text");
        let answer = exchange(&url, request.method().as_str(), path, &headers, body);
        let answer = answer.expect("an answer");
        let mut response = http::Response::new(answer.text.into_bytes());
        *response.status_mut() = answer.status.try_into().expect("a status");
        match next.receive(&response).expect("a step") {
            Step::Next(exchange) => next = exchange,
            Step::Done(outcome) => return outcome,
        }
    }
}

#[test]
fn saved_with_two_requests() {
    let kratos = Kratos::start(CUSTOMER);
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
fn resumed_after_a_fresh_login() {
    let kratos = Kratos::start(CUSTOMER);
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    kratos.0.age_sessions();
    let outcome = update(&ada, &change_email("new@example.org"));
    let Outcome::ReauthenticationNeeded(pending) = outcome else {
        unreachable!("{outcome:?}");
    };
    ada.refresh("ada@example.org");
    let (server, session) = connection(&ada);
    let outcome = drive(&ada, Update::native(server, session, pending.into_patch()));
    let Outcome::Saved(saved) = outcome else {
        unreachable!("{outcome:?}");
    };
    assert_eq!(saved.continue_with.len(), 1);
    assert_eq!(ada.traits()["email"], "new@example.org");
}

#[test]
fn every_other_ending() {
    let kratos = Kratos::start(CUSTOMER);
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
    assert!(matches!(parked, Outcome::Parked(_)), "{parked:?}");

    kratos.0.require_second_factor(true);
    let factor = update(&ada, &rename("Ada"));
    assert!(
        matches!(factor, Outcome::SecondFactorNeeded(_)),
        "{factor:?}"
    );

    let nobody = Person {
        kratos: &kratos,
        token: "nobody".to_owned(),
    };
    let gone = update(&nobody, &rename("Ada"));
    assert!(matches!(gone, Outcome::SessionGone(_)), "{gone:?}");
    kratos.0.require_second_factor(false);
    assert_eq!(ada.traits()["email"], "ada@example.org");
}

#[test]
fn the_flow_expires_in_between() {
    let kratos = Kratos::start(CUSTOMER);
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let (server, session) = connection(&ada);
    let create = Update::native(server, session, rename("Ada").patch());
    let flow = kratos.get("/self-service/settings/api", &ada.token);
    let next = create
        .receive(&http::Response::new(flow.text.into_bytes()))
        .unwrap();
    let Step::Next(submit) = next else {
        unreachable!("{next:?}");
    };
    kratos.0.expire_flows();
    let outcome = drive(&ada, submit);
    assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
    assert_eq!(ada.traits()["name"]["first"], "Ada");
}
