//! Forecasts of a needed login for every version, as far as no server is needed to try them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

use std::time::{Duration, SystemTime};

use http::Response;
use kratos_traits::exchange::{Exchange, Native, Step};
use kratos_traits::forecast::{Forecast, Foreseen, KratosVersion, Need, ServerFacts, Why, WhyNot};
use kratos_traits::marker::Privileged;
use kratos_traits::{Edits, Error, IdentityTraits, SessionToken, SettingsUpdate, Timestamp};
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::schemas::people::PersonTraits;
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
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
    ServerFacts::new()
        .version(KratosVersion::parse(version))
        .privileged_session_max_age(MAX_AGE)
}

fn edits<T: IdentityTraits>(
    change: impl FnOnce(&mut Edits<T, Privileged>),
) -> Edits<T, Privileged> {
    let mut edits = Edits::privileged();
    change(&mut edits);
    edits
}

/// Somebody with these traits and the addresses that follow from them.
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
) -> Result<Foreseen, Error> {
    let token = SessionToken::new("ory_st_x").unwrap();
    let api = "http://127.0.0.1:4433".parse().unwrap();
    let forecast = Forecast::of(api, Native::new(token), update.patch(), server, now);
    let answer = Response::new(session.to_string().into_bytes());
    match forecast.receive(&answer)? {
        Step::Done(foreseen) => Ok(foreseen),
        Step::Next(_) => panic!("a second request"),
    }
}

fn need<U: SettingsUpdate<Traits: IdentityTraits>>(
    person: &Value,
    update: &U,
    server: ServerFacts,
    now: SystemTime,
) -> Need {
    let session = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": person });
    match foresee(&session, update, server, now).unwrap() {
        Foreseen::Need(need) => need,
        other => panic!("{other:?}"),
    }
}

fn word(need: &Need) -> &'static str {
    match need {
        Need::No(_) => "no",
        Need::Yes(_) => "yes",
        Need::Perhaps(_) => "perhaps",
    }
}

/// One change with an old login, on v26.2.0, later, and on a server of which nobody knows.
fn versions<U: SettingsUpdate<Traits: IdentityTraits>>(person: &Value, update: &U) -> String {
    let words = VERSIONS.map(|version| word(&need(person, update, server(version), old())));
    words.join(" ")
}

#[test]
fn the_table_by_versions() {
    let traits = json!({
        "username": "ada", "email": "ADA@example.org", "fallback": "ada@example.org"
    });
    let ada = person("person", &traits);
    let row = |change: fn(&mut Edits<PersonTraits, Privileged>)| versions(&ada, &edits(change));
    for (what, said, expected) in [
        (
            "ordinary",
            row(|edits| {
                edits.set(PersonTraits::NICKNAME, "Countess");
            }),
            "no no no",
        ),
        (
            "identifier",
            row(|edits| {
                edits.set(PersonTraits::USERNAME, "countess");
            }),
            "yes yes yes",
        ),
        (
            "letter case of an identifier",
            row(|edits| {
                edits.set(PersonTraits::USERNAME, "ADA");
            }),
            "no no no",
        ),
        (
            "blanks around an identifier",
            row(|edits| {
                edits.set(PersonTraits::USERNAME, " ada ");
            }),
            "yes no perhaps",
        ),
        (
            // Full width letters are letters to PRECIS.
            "an identifier in other signs",
            row(|edits| {
                edits.set(PersonTraits::USERNAME, "ａｄａ");
            }),
            "yes perhaps perhaps",
        ),
        (
            "verification address",
            row(|edits| {
                edits.set(PersonTraits::EMAIL, "countess@example.org");
            }),
            "yes yes yes",
        ),
        (
            "verification address removed",
            row(|edits| {
                edits.remove(PersonTraits::EMAIL);
            }),
            "yes yes yes",
        ),
        (
            "letter case of an address",
            row(|edits| {
                edits.set(PersonTraits::EMAIL, "Ada@Example.org");
            }),
            "no no no",
        ),
        (
            "recovery address",
            row(|edits| {
                edits.set(PersonTraits::FALLBACK, "grace@example.org");
            }),
            "no yes perhaps",
        ),
        (
            "recovery address removed",
            row(|edits| {
                edits.remove(PersonTraits::FALLBACK);
            }),
            "no yes perhaps",
        ),
    ] {
        assert_eq!(said, expected, "{what}");
    }
}

#[test]
fn what_the_person_is_makes_a_difference() {
    let rename = edits(|edits| {
        edits.set(PersonTraits::NICKNAME, "Countess");
    });
    let traits = json!({ "username": "ada", "email": "ada@example.org" });

    let mut verified = person("person", &traits);
    verified["verifiable_addresses"][0]["verified"] = json!(true);
    assert_eq!(versions(&verified, &rename), "yes no perhaps");
    let said = need(&verified, &rename, server("v1.3.1"), old());
    assert_eq!(said, Need::Yes(vec![Why::VerifiedAddress]));

    // The schema says since yesterday that the address is verified.
    let mut out_of_step = person("person", &traits);
    out_of_step["verifiable_addresses"] = json!(null);
    assert_eq!(versions(&out_of_step, &rename), "perhaps perhaps perhaps");
    let said = need(&out_of_step, &rename, server("v1.3.1"), old());
    assert_eq!(said, Need::Perhaps(vec![Why::AddressesOutOfStep]));

    let spelt = person("person", &json!({ "username": " ada" }));
    assert_eq!(versions(&spelt, &rename), "yes no perhaps");
    let said = need(&spelt, &rename, server("v1.3.1"), old());
    assert!(
        matches!(&said, Need::Yes(why) if matches!(why[..], [Why::Spelling { facts, .. }] if facts.path == ["username"])),
        "{said:?}"
    );

    let phone = person("person", &json!({ "username": "+49 30 123456" }));
    assert_eq!(versions(&phone, &rename), "perhaps no perhaps");
}

#[test]
fn two_addresses_are_a_matter_of_luck_everywhere() {
    let traits = json!({ "username": "ada", "email": "ada@example.org", "phone": "+4930123456" });
    let ada = person("default", &traits);
    let birthday = edits(|edits| {
        edits.set(MemberTraits::BIRTHDAY, "1815-12-10");
    });
    for version in VERSIONS {
        assert_eq!(
            need(&ada, &birthday, server(version), old()),
            Need::Perhaps(vec![Why::SeveralAddresses]),
            "{version}"
        );
    }
    let phone = edits(|edits| {
        edits.set(MemberTraits::PHONE, "+4930654321");
    });
    assert_eq!(versions(&ada, &phone), "yes yes yes");
}

#[test]
fn the_age_of_the_login() {
    let ada = person("person", &json!({ "username": "ada" }));
    let change = edits(|edits| {
        edits.set(PersonTraits::USERNAME, "countess");
    });
    let at = |seconds: i64, facts: ServerFacts| {
        let limit = login() + MAX_AGE;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let now = if seconds < 0 {
            limit - distance
        } else {
            limit + distance
        };
        need(&ada, &change, facts, now)
    };
    let known = server("v1.3.1");
    assert_eq!(at(-60, known), Need::No(WhyNot::FreshLogin));
    assert_eq!(word(&at(60, known)), "yes");
    for seconds in [-4, 0, 4] {
        let said = at(seconds, known);
        assert!(
            matches!(&said, Need::Perhaps(why) if why.contains(&Why::NearLimit)),
            "{said:?}"
        );
    }
    assert_eq!(
        word(&at(-60, known.clock_skew(Duration::from_secs(120)))),
        "perhaps"
    );

    let unknown = ServerFacts::new().version(KratosVersion::parse("v1.3.1"));
    let said = at(-60, unknown);
    assert!(
        matches!(&said, Need::Perhaps(why) if why.contains(&Why::UnknownMaxAge)),
        "{said:?}"
    );
    let never = Duration::MAX;
    assert_eq!(
        at(60, known.privileged_session_max_age(never)),
        Need::No(WhyNot::FreshLogin)
    );
}

#[test]
fn an_age_of_zero() {
    let ada = person("person", &json!({ "username": "ada" }));
    let change = edits(|edits| {
        edits.set(PersonTraits::USERNAME, "countess");
    });
    let zero = |version| server(version).privileged_session_max_age(Duration::ZERO);
    let said = need(&ada, &change, zero("v26.2.0"), login());
    assert!(
        matches!(&said, Need::Yes(why) if why.contains(&Why::NeverPrivileged)),
        "{said:?}"
    );
    assert_eq!(
        need(&ada, &change, zero("v26.3.0"), login()),
        Need::No(WhyNot::NoMaxAge)
    );
    let said = need(&ada, &change, zero("unknown"), login());
    assert!(
        matches!(&said, Need::Perhaps(why) if why.contains(&Why::UnknownVersion)),
        "{said:?}"
    );
}

#[test]
fn a_session_that_says_little() {
    let ada = person("person", &json!({ "username": "ada" }));
    let change = edits(|edits| {
        edits.set(PersonTraits::USERNAME, "countess");
    });
    for since in [json!(null), json!("yesterday"), json!(7)] {
        let session = json!({ "id": "5e55", "authenticated_at": since, "identity": ada });
        let said = foresee(&session, &change, server("v1.3.1"), old()).unwrap();
        assert!(
            matches!(&said, Foreseen::Need(Need::Perhaps(why)) if why.contains(&Why::UnknownLogin)),
            "{said:?}"
        );
    }
    let nobody = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": null });
    let said = foresee(&nobody, &change, server("v1.3.1"), old()).unwrap();
    assert!(
        matches!(said, Foreseen::SecondFactorNeeded { .. }),
        "{said:?}"
    );
}

#[test]
fn what_would_not_be_sent() {
    let ada = person("person", &json!({ "username": "ada", "nickname": "Ada" }));
    let same = edits(|edits| {
        edits.set(PersonTraits::NICKNAME, "Ada");
    });
    assert_eq!(
        need(&ada, &same, server("v1.3.1"), old()),
        Need::No(WhyNot::NothingToSave)
    );
    let short = edits(|edits| {
        edits.set(PersonTraits::NICKNAME, "A");
    });
    let session = json!({ "id": "5e55", "authenticated_at": LOGIN, "identity": ada });
    let said = foresee(&session, &short, server("v1.3.1"), old()).unwrap();
    assert!(matches!(said, Foreseen::Invalid(_)), "{said:?}");

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
    let change = edits(|edits| {
        edits.set(PersonTraits::USERNAME, "countess");
    });
    let said = need(&ada, &change, server("v1.3.1"), old());
    let shown = format!("{said:?}");
    assert!(shown.contains("username"), "{shown}");
    assert!(!shown.contains("countess"), "{shown}");
}

/// An update would put in `[]` for an absent array of objects, but is not sent for that alone.
#[test]
fn what_is_put_in_asks_for_no_login() {
    let traits = json!({ "email": "ada@example.org", "type": "private", "consent": true });
    let mut ada = person("default", &traits);
    ada["verifiable_addresses"][0]["verified"] = json!(true);
    let update = edits::<SubscriberTraits>(|edits| {
        edits.set(SubscriberTraits::CONSENT, true);
    });
    assert_eq!(
        need(&ada, &update, server("v26.2.0"), old()),
        Need::No(WhyNot::NothingToSave)
    );
}
