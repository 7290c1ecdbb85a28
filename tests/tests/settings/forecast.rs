//! Forecasts of a fresh login for every version of Kratos, without a server.

use std::time::{Duration, SystemTime};

use kratos_traits::forecast::{Forecast, FreshLogin, Reason, ServerFacts};
use kratos_traits::marker::Privileged;
use kratos_traits::{Error, IdentityTraits, Patch, SettingsUpdate, Timestamp};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::schemas::people::PersonTraits;
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
use kratos_traits_tests::scripted::Scripted;
use serde_json::{Value, json};

const MAX_AGE: Duration = Duration::from_secs(15 * 60);
const LOGIN: &str = "2026-01-01T10:00:00Z";
const VERSIONS: [&str; 3] = ["v26.2.0", "v26.3.0", "unknown"];

fn login() -> SystemTime {
    let login: Timestamp = serde_json::from_value(json!(LOGIN)).unwrap();
    login.time().unwrap()
}

fn old() -> SystemTime {
    login() + MAX_AGE + Duration::from_secs(60)
}

fn server(version: &str) -> ServerFacts {
    ServerFacts::new(MAX_AGE).version(version)
}

fn patch<T: IdentityTraits>(
    change: impl FnOnce(&mut Patch<T, Privileged>),
) -> Patch<T, Privileged> {
    let mut patch = Patch::privileged();
    change(&mut patch);
    patch
}

/// An identity with these traits and the addresses that follow from them.
fn person(schema_id: &str, traits: &Value) -> Value {
    let address = |via: &str, value: &Value| {
        let value = value.as_str().unwrap().to_lowercase();
        json!({ "value": value, "via": via, "verified": false, "status": "pending" })
    };
    let of = |names: [(&str, &str); 2]| {
        let found = names
            .into_iter()
            .filter_map(|(name, via)| Some(address(via, traits.get(name)?)));
        found.collect::<Vec<_>>()
    };
    let recovery = if schema_id == "person" {
        "fallback"
    } else {
        "email"
    };
    json!({
        "id": "0b9c", "schema_id": schema_id, "traits": traits,
        "verifiable_addresses": of([("email", "email"), ("phone", "sms")]),
        "recovery_addresses": of([(recovery, "email"), ("-", "-")]),
    })
}

fn foresee<U: SettingsUpdate<Traits: IdentityTraits>>(
    session: &Value,
    update: &U,
    server: ServerFacts,
    now: SystemTime,
) -> Result<Forecast, Error> {
    let script = Scripted::new([json_answer(200, session)]);
    let forecast = script.settings().forecast(update, &server, now);
    script.result(forecast)
}

fn forecast<U: SettingsUpdate<Traits: IdentityTraits>>(
    person: &Value,
    update: &U,
    server: ServerFacts,
    now: SystemTime,
) -> FreshLogin {
    let session = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": person });
    match foresee(&session, update, server, now).unwrap() {
        Forecast::FreshLogin(login) => login,
        other => panic!("{other:?}"),
    }
}

fn word(login: &FreshLogin) -> &'static str {
    match login {
        FreshLogin::No => "no",
        FreshLogin::Yes(_) => "yes",
        FreshLogin::Perhaps(_) => "perhaps",
    }
}

/// The answers for a change with an old login: for v26.2.0, for a later version, for an unknown one.
fn versions<U: SettingsUpdate<Traits: IdentityTraits>>(person: &Value, update: &U) -> String {
    let words = VERSIONS.map(|version| word(&forecast(person, update, server(version), old())));
    words.join(" ")
}

#[test]
fn the_table_by_versions() {
    let traits = json!({
        "username": "ada", "email": "ADA@example.org", "fallback": "ada@example.org"
    });
    let ada = person("person", &traits);
    let row = |change: fn(&mut Patch<PersonTraits, Privileged>)| versions(&ada, &patch(change));
    for (what, said, expected) in [
        (
            "ordinary",
            row(|patch| {
                patch.set(PersonTraits::NICKNAME, "Countess");
            }),
            "no no no",
        ),
        (
            "identifier",
            row(|patch| {
                patch.set(PersonTraits::USERNAME, "countess");
            }),
            "yes yes yes",
        ),
        (
            "letter case of an identifier",
            row(|patch| {
                patch.set(PersonTraits::USERNAME, "ADA");
            }),
            "no no no",
        ),
        (
            "another identifier with blanks around it",
            row(|patch| {
                patch.set(PersonTraits::USERNAME, " countess ");
            }),
            "yes yes yes",
        ),
        (
            "verification address",
            row(|patch| {
                patch.set(PersonTraits::EMAIL, "countess@example.org");
            }),
            "yes yes yes",
        ),
        (
            "verification address removed",
            row(|patch| {
                patch.remove(PersonTraits::EMAIL);
            }),
            "yes yes yes",
        ),
        (
            "letter case of an address",
            row(|patch| {
                patch.set(PersonTraits::EMAIL, "Ada@Example.org");
            }),
            "no no no",
        ),
        (
            "recovery address",
            row(|patch| {
                patch.set(PersonTraits::FALLBACK, "grace@example.org");
            }),
            "no yes perhaps",
        ),
        (
            "recovery address removed",
            row(|patch| {
                patch.remove(PersonTraits::FALLBACK);
            }),
            "no yes perhaps",
        ),
    ] {
        assert_eq!(said, expected, "{what}");
    }
}

#[test]
fn a_verified_address_makes_every_change_privileged_up_to_26_2() {
    let rename = patch(|patch| {
        patch.set(PersonTraits::NICKNAME, "Countess");
    });
    let traits = json!({ "username": "ada", "email": "ada@example.org" });
    let mut ada = person("person", &traits);
    ada["verifiable_addresses"][0]["verified"] = json!(true);
    assert_eq!(versions(&ada, &rename), "yes no perhaps");
    for (version, expected) in [
        ("v1.3.1", FreshLogin::Yes(Reason::VerifiedAddress)),
        ("master", FreshLogin::Perhaps(Reason::VerifiedAddress)),
        ("v26.3.0", FreshLogin::No),
    ] {
        let login = forecast(&ada, &rename, server(version), old());
        assert_eq!(login, expected, "{version}");
    }
    // It is certain, where a change of the recovery address is not.
    let fallback = patch(|patch| {
        patch.set(PersonTraits::FALLBACK, "grace@example.org");
    });
    assert_eq!(
        forecast(&ada, &fallback, server("v1.3.1"), old()),
        FreshLogin::Yes(Reason::VerifiedAddress)
    );
    assert_eq!(versions(&ada, &fallback), "yes yes perhaps");
}

#[test]
fn two_addresses_may_need_a_login_for_every_version() {
    let traits = json!({ "username": "ada", "email": "ada@example.org", "phone": "+4930123456" });
    let ada = person("default", &traits);
    let birthday = patch(|patch| {
        patch.set(MemberTraits::BIRTHDAY, "1815-12-10");
    });
    for version in VERSIONS {
        assert_eq!(
            forecast(&ada, &birthday, server(version), old()),
            FreshLogin::Perhaps(Reason::SeveralAddresses),
            "{version}"
        );
    }
    let phone = patch(|patch| {
        patch.set(MemberTraits::PHONE, "+4930654321");
    });
    assert_eq!(versions(&ada, &phone), "yes yes yes");
}

/// Each trait is named once, also with several roles.
#[test]
fn the_traits_that_change_are_named() {
    let ada = person(
        "person",
        &json!({ "username": "ada", "email": "ada@example.org", "fallback": "ada@example.org" }),
    );
    let change = patch(|patch| {
        patch.set(PersonTraits::USERNAME, "countess");
        patch.set(PersonTraits::NICKNAME, "Countess");
        patch.set(PersonTraits::FALLBACK, "grace@example.org");
    });
    for (version, expected) in [
        ("v26.2.0", &["username"][..]),
        ("v26.3.0", &["username", "fallback"]),
        ("unknown", &["username", "fallback"]),
    ] {
        let login = forecast(&ada, &change, server(version), old());
        let FreshLogin::Yes(Reason::Changes(traits)) = login else {
            panic!("{version}: {login:?}")
        };
        let mut names: Vec<_> = traits.iter().map(|facts| facts.path.join(".")).collect();
        let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        names.sort();
        expected.sort();
        assert_eq!(names, expected, "{version}");
    }
}

#[test]
fn the_age_of_the_login() {
    let ada = person("person", &json!({ "username": "ada" }));
    let change = patch(|patch| {
        patch.set(PersonTraits::USERNAME, "countess");
    });
    let at = |seconds: u64, facts| {
        let now = login() + Duration::from_secs(seconds);
        word(&forecast(&ada, &change, facts, now))
    };
    let facts = server("v1.3.1");
    let limit = MAX_AGE.as_secs();
    let answers = [0, limit - 1, limit, limit + 60].map(|seconds| at(seconds, facts));
    assert_eq!(answers, ["no", "no", "yes", "yes"]);
    assert_eq!(at(limit, ServerFacts::new(Duration::MAX)), "no");
    // A clock that is behind.
    let before = login() - Duration::from_secs(60);
    assert_eq!(forecast(&ada, &change, facts, before), FreshLogin::No);
}

#[test]
fn an_age_of_zero() {
    let ada = person("person", &json!({ "username": "ada" }));
    let change = patch(|patch| {
        patch.set(PersonTraits::USERNAME, "countess");
    });
    let zero = |version| {
        let facts = ServerFacts::new(Duration::ZERO).version(version);
        word(&forecast(&ada, &change, facts, login()))
    };
    assert_eq!(VERSIONS.map(zero), ["yes", "no", "perhaps"]);
}

#[test]
fn a_session_without_the_time_of_the_login_or_without_the_person() {
    let ada = person("person", &json!({ "username": "ada" }));
    let change = patch(|patch| {
        patch.set(PersonTraits::USERNAME, "countess");
    });
    for since in [json!(null), json!("yesterday"), json!(7)] {
        let session = json!({ "id": "5e55", "authenticated_at": since, "identity": ada });
        let said = foresee(&session, &change, server("v1.3.1"), old()).unwrap();
        assert!(
            matches!(
                &said,
                Forecast::FreshLogin(FreshLogin::Perhaps(Reason::Changes(_)))
            ),
            "{said:?}"
        );
    }
    let nobody = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": null });
    let said = foresee(&nobody, &change, server("v1.3.1"), old()).unwrap();
    assert!(
        matches!(said, Forecast::SecondFactorRequired { .. }),
        "{said:?}"
    );
}

#[test]
fn updates_that_would_not_be_sent() {
    let ada = person("person", &json!({ "username": "ada", "nickname": "Ada" }));
    let same = patch(|patch| {
        patch.set(PersonTraits::NICKNAME, "Ada");
    });
    assert_eq!(
        forecast(&ada, &same, server("v1.3.1"), old()),
        FreshLogin::No
    );
    let short = patch(|patch| {
        patch.set(PersonTraits::NICKNAME, "A");
    });
    let session = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": ada });
    let said = foresee(&session, &short, server("v1.3.1"), old()).unwrap();
    assert!(matches!(said, Forecast::Invalid(_)), "{said:?}");

    let staff = person("staff@v1", &json!({ "username": "ada" }));
    let session = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": staff });
    let error = foresee(&session, &same, server("v1.3.1"), old()).unwrap_err();
    assert!(matches!(error, Error::OtherSchema { .. }), "{error:?}");
    assert!(!error.may_have_been_saved());
}

#[test]
fn debug_shows_traits_by_name_only() {
    let ada = person(
        "person",
        &json!({ "username": "ada", "email": "ada@example.org" }),
    );
    let change = patch(|patch| {
        patch.set(PersonTraits::USERNAME, "countess");
    });
    let login = forecast(&ada, &change, server("v1.3.1"), old());
    let shown = format!("{login:?}");
    assert!(shown.contains("username"), "{shown}");
    assert!(!shown.contains("countess"), "{shown}");
}

/// An update would fill in `[]` for an absent array of objects, but it is not sent for that alone.
#[test]
fn values_that_are_filled_in_need_no_login() {
    let traits = json!({ "email": "ada@example.org", "type": "private", "consent": true });
    let mut ada = person("default", &traits);
    ada["verifiable_addresses"][0]["verified"] = json!(true);
    let update = patch::<SubscriberTraits>(|patch| {
        patch.set(SubscriberTraits::CONSENT, true);
    });
    assert_eq!(
        forecast(&ada, &update, server("v26.2.0"), old()),
        FreshLogin::No
    );
}
