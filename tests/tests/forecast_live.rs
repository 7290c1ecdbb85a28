//! Forecasts of a needed login, held against what a real Kratos then does.

use std::time::{Duration, SystemTime};

use kratos_traits::forecast::{Foreseen, Need, ServerFacts, Why, WhyNot};
use kratos_traits::marker::Privileged;
use kratos_traits::{Client, Edits, IdentityTraits, Outcome, SessionToken, SettingsUpdate};
use kratos_traits_tests::kratos::{Api, Failure, Kratos, KratosConfig, People, create_identity};
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::schemas::people::PersonTraits;
use kratos_traits_tests::version::{is_until_26_2, version};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery staple";
const MAX_AGE: Duration = Duration::from_secs(2);

/// What a forecast says, without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    No,
    Yes,
    Perhaps,
}

/// One person and one change.
struct Row<T: IdentityTraits> {
    what: &'static str,
    /// The traits besides the username.
    traits: Value,
    /// Whether the e-mail address has been verified.
    verified: bool,
    /// Whether the username has blanks around it.
    is_blank: bool,
    /// Whether the person logs in again before the change.
    fresh: bool,
    change: Edits<T, Privileged>,
    /// What the forecast must be for a server up to v26.2.0.
    until_26_2: Said,
}

fn row<T: IdentityTraits>(
    what: &'static str,
    until_26_2: Said,
    change: impl FnOnce(&mut Edits<T, Privileged>),
) -> Row<T> {
    let mut edits = Edits::privileged();
    change(&mut edits);
    Row {
        what,
        traits: json!({}),
        verified: false,
        is_blank: false,
        fresh: false,
        change: edits,
        until_26_2,
    }
}

/// A server, and what is known of it.
struct Place {
    kratos: Kratos,
    client: Client,
    people: People,
    facts: ServerFacts,
    /// Whether it is one of the versions that the table is about.
    is_until_26_2: bool,
}

impl Place {
    async fn with<T: IdentityTraits>() -> Result<Self, Failure> {
        let id = T::SCHEMA_IDS.first().copied().unwrap_or("default");
        let kratos = Kratos::start(KratosConfig {
            schemas: vec![(id.to_owned(), T::SCHEMA.json.to_owned())],
            privileged_session_max_age: MAX_AGE,
            ..KratosConfig::new("")
        })
        .await?;
        let version = version(&kratos.admin).await?;
        let facts = ServerFacts::new()
            .version(version)
            .privileged_session_max_age(MAX_AGE)
            .clock_skew(Duration::ZERO);
        Ok(Self {
            client: Client::new(&kratos.public)
                .map_err(|error| Failure::because("no client", &error))?,
            people: People::at(&kratos.public)?,
            kratos,
            facts,
            is_until_26_2: is_until_26_2(version),
        })
    }

    /// Somebody whom an application brought along from elsewhere.
    async fn import<T: IdentityTraits>(
        &self,
        username: &str,
        row: &Row<T>,
    ) -> Result<String, Failure> {
        let mut traits = row.traits.clone();
        traits["username"] = json!(username);
        if let Some(email) = traits.get("email") {
            traits["email"] = json!(format!("{username}.{}", email.as_str().unwrap_or_default()));
        }
        let mut body = json!({
            "schema_id": T::SCHEMA_IDS.first().copied().unwrap_or("default"),
            "traits": traits,
            "credentials": { "password": { "config": { "password": PASSWORD } } },
        });
        if row.verified {
            let email = &body["traits"]["email"];
            body["verifiable_addresses"] = json!([
                { "value": email, "via": "email", "verified": true, "status": "completed" }
            ]);
        }
        create_identity(&Api::at(&self.kratos.admin)?, &body).await?;
        self.people.login(username.trim(), PASSWORD).await
    }

    async fn forecast<U>(&self, session: &SessionToken, update: &U) -> Result<Need, Failure>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        let settings = self.client.settings(session);
        match settings
            .forecast(update, &self.facts, SystemTime::now())
            .await
        {
            Ok(Foreseen::Need(need)) => Ok(need),
            other => Err(Failure::new(format_args!("no forecast: {other:?}"))),
        }
    }

    /// Whether it was saved; otherwise a fresh login was asked for.
    async fn submit<U>(&self, session: &SessionToken, update: &U) -> Result<bool, Failure>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        match self.client.settings(session).update(update).await {
            Ok(Outcome::Saved(_)) => Ok(true),
            Ok(Outcome::ReauthenticationNeeded(_)) => Ok(false),
            Ok(other) => Err(Failure::new(format_args!("{other:?}"))),
            Err(error) => Err(Failure::because("no outcome", &error)),
        }
    }

    /// Every forecast, and what came of the change.
    async fn compare<T: IdentityTraits>(&self, rows: Vec<Row<T>>) -> Result<(), Failure> {
        let mut people = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let blank = if row.is_blank { " " } else { "" };
            let username = format!("{blank}person{number}{blank}");
            people.push((self.import(&username, row).await?, username));
        }
        for (token, _) in &people {
            self.people.wait_until_unprivileged(token, MAX_AGE).await?;
        }
        let mut wrong = Vec::new();
        for (row, (mut token, username)) in rows.iter().zip(people) {
            if row.fresh {
                token = self.people.login(username.trim(), PASSWORD).await?;
            }
            let session = session(token)?;
            let need = self.forecast(&session, &row.change).await?;
            let said = said(&need);
            let saved = self.submit(&session, &row.change).await?;
            let holds = match said {
                Said::No => saved,
                Said::Yes => !saved,
                Said::Perhaps => true,
            };
            if !holds || (self.is_until_26_2 && said != row.until_26_2) {
                wrong.push(format!("{}: {need:?}, saved: {saved}", row.what));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }
}

fn session(token: String) -> Result<SessionToken, Failure> {
    SessionToken::new(token).map_err(|error| Failure::because("the session token", &error))
}

fn said(need: &Need) -> Said {
    match need {
        Need::No(_) => Said::No,
        Need::Yes(_) => Said::Yes,
        Need::Perhaps(_) => Said::Perhaps,
    }
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn what_an_old_login_may_change() -> Result<(), Failure> {
    let rows = vec![
        row("nothing", Said::No, |_| ()),
        row("an ordinary trait", Said::No, |edits| {
            edits.set(PersonTraits::NICKNAME, "Countess");
        }),
        row("a label", Said::No, |edits| {
            edits.set(PersonTraits::DEVICE, "my phone");
        }),
        row("an identifier", Said::Yes, |edits| {
            edits.set(PersonTraits::USERNAME, "countess");
        }),
        row("an identifier in capitals", Said::No, |edits| {
            edits.set(PersonTraits::USERNAME, "PERSON4");
        }),
        row("an identifier with blanks", Said::Yes, |edits| {
            edits.set(PersonTraits::USERNAME, " person5 ");
        }),
        Row {
            is_blank: true,
            ..row("ordinary, with blanks around", Said::Yes, |edits| {
                edits.set(PersonTraits::NICKNAME, "Countess");
            })
        },
        row("a first verification address", Said::Yes, |edits| {
            edits.set(PersonTraits::EMAIL, "countess@example.org");
        }),
        Row {
            traits: json!({ "email": "ada@example.org" }),
            ..row("a verification address", Said::Yes, |edits| {
                edits.set(PersonTraits::EMAIL, "lovelace@example.org");
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            ..row("a verification address removed", Said::Yes, |edits| {
                edits.remove(PersonTraits::EMAIL);
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            ..row("a verification address in capitals", Said::No, |edits| {
                edits.set(PersonTraits::EMAIL, "PERSON10.ADA@example.org");
            })
        },
        Row {
            traits: json!({ "email": "ADA@example.org" }),
            ..row("ordinary, an address in capitals", Said::No, |edits| {
                edits.set(PersonTraits::NICKNAME, "Countess");
            })
        },
        Row {
            traits: json!({ "fallback": "ada@example.org" }),
            ..row("a recovery address", Said::No, |edits| {
                edits.set(PersonTraits::FALLBACK, "grace@example.org");
            })
        },
        Row {
            traits: json!({ "fallback": "eve@example.org" }),
            ..row("a recovery address removed", Said::No, |edits| {
                edits.remove(PersonTraits::FALLBACK);
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            verified: true,
            ..row("ordinary, with a verified address", Said::Yes, |edits| {
                edits.set(PersonTraits::NICKNAME, "Countess");
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            verified: true,
            fresh: true,
            ..row("a verified address, fresh", Said::No, |edits| {
                edits.set(PersonTraits::EMAIL, "byron@example.org");
            })
        },
        Row {
            fresh: true,
            ..row("an identifier, fresh", Said::No, |edits| {
                edits.set(PersonTraits::USERNAME, "duchess");
            })
        },
    ];
    Place::with::<PersonTraits>().await?.compare(rows).await
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn two_addresses_are_a_matter_of_luck() -> Result<(), Failure> {
    let phone = |number: u32| json!({ "email": "ada@example.org", "phone": format!("+4930123456{number:02}") });
    let mut rows = Vec::new();
    for number in 0..4 {
        rows.push(Row {
            traits: phone(number),
            ..row("ordinary, two addresses", Said::Perhaps, |edits| {
                edits.set(MemberTraits::BIRTHDAY, "1815-12-10");
            })
        });
    }
    rows.push(Row {
        traits: phone(4),
        ..row("one of two addresses", Said::Yes, |edits| {
            edits.set(MemberTraits::EMAIL, "lovelace@example.org");
        })
    });
    rows.push(Row {
        traits: phone(5),
        verified: true,
        ..row("ordinary, one of two verified", Said::Yes, |edits| {
            edits.set(MemberTraits::BIRTHDAY, "1815-12-10");
        })
    });
    rows.push(Row {
        traits: phone(6),
        fresh: true,
        ..row("one of two addresses, fresh", Said::No, |edits| {
            edits.set(MemberTraits::EMAIL, "byron@example.org");
        })
    });
    Place::with::<MemberTraits>().await?.compare(rows).await
}

/// The reasons, and that one request is all it takes.
#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn what_is_not_known_makes_it_perhaps() -> Result<(), Failure> {
    let place = Place::with::<PersonTraits>().await?;
    let change = row("", Said::Yes, |edits: &mut Edits<PersonTraits, _>| {
        edits.set(PersonTraits::USERNAME, "countess");
    });
    let session = session(place.import("ada", &change).await?)?;
    let settings = || place.client.settings(&session);
    let now = SystemTime::now();
    let unknown = ServerFacts::new();
    let said = settings().forecast(&change.change, &unknown, now).await;
    let Ok(Foreseen::Need(Need::Perhaps(why))) = said else {
        return Err(Failure::new(format_args!("{said:?}")));
    };
    assert!(why.contains(&Why::UnknownMaxAge), "{why:?}");
    let hour = ServerFacts::new().privileged_session_max_age(Duration::from_secs(3600));
    let said = settings().forecast(&change.change, &hour, now).await;
    assert!(
        matches!(said, Ok(Foreseen::Need(Need::No(WhyNot::FreshLogin)))),
        "{said:?}"
    );
    Ok(())
}
