//! Forecasts of a fresh login, compared with the answers of a real Kratos.

use std::time::{Duration, SystemTime};

use kratos_traits::forecast::{Forecast, FreshLogin, Reason, ServerFacts};
use kratos_traits::marker::Privileged;
use kratos_traits::{Client, IdentityTraits, Outcome, Patch, SessionToken, SettingsUpdate};
use kratos_traits_tests::kratos::{Api, Failure, Kratos, KratosConfig, People, create_identity};
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::schemas::people::PersonTraits;
use kratos_traits_tests::version::{is_until_26_2, version};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery staple";
const MAX_AGE: Duration = Duration::from_secs(2);

/// A forecast without its reason.
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
    /// Whether the person logs in again before the change.
    fresh: bool,
    change: Patch<T, Privileged>,
    /// What the forecast must be for a server up to v26.2.0.
    until_26_2: Said,
    /// Whether later versions save it although the forecast expects a login: a documented limit.
    later_saved: bool,
}

fn row<T: IdentityTraits>(
    what: &'static str,
    until_26_2: Said,
    change: impl FnOnce(&mut Patch<T, Privileged>),
) -> Row<T> {
    let mut patch = Patch::privileged();
    change(&mut patch);
    Row {
        what,
        traits: json!({}),
        verified: false,
        fresh: false,
        change: patch,
        until_26_2,
        later_saved: false,
    }
}

/// A server, and what forecasts must know about it.
struct Place {
    kratos: Kratos,
    client: Client,
    people: People,
    facts: ServerFacts,
    /// Whether it is one of the versions for which the rows list the forecast.
    is_until_26_2: bool,
}

impl Place {
    async fn with<T: IdentityTraits>() -> Result<Self, Failure> {
        let id = T::SCHEMA_IDS.first().copied().unwrap_or("default");
        let kratos = Kratos::start(KratosConfig {
            schemas: vec![(id.to_owned(), T::schema().json.to_owned())],
            privileged_session_max_age: MAX_AGE,
            ..KratosConfig::new("")
        })
        .await?;
        let version = version(&kratos.admin).await?;
        let facts = ServerFacts::new(MAX_AGE).version(&version);
        Ok(Self {
            client: Client::new(&kratos.public)
                .map_err(|error| Failure::because("no client", &error))?,
            people: People::at(&kratos.public)?,
            kratos,
            facts,
            is_until_26_2: is_until_26_2(&version),
        })
    }

    /// Imports a person through the admin API, and logs them in.
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
        self.people.login(username, PASSWORD).await
    }

    async fn forecast<U>(&self, session: &SessionToken, update: &U) -> Result<FreshLogin, Failure>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        let settings = self.client.settings(session);
        match settings
            .forecast(update, &self.facts, SystemTime::now())
            .await
        {
            Ok(Forecast::FreshLogin(login)) => Ok(login),
            other => Err(Failure::new(format_args!("no forecast: {other:?}"))),
        }
    }

    /// Whether the update was saved; otherwise Kratos asked for a fresh login.
    async fn submit<U>(&self, session: &SessionToken, update: &U) -> Result<bool, Failure>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        match self.client.settings(session).update(update).await {
            Ok(Outcome::Saved(_)) => Ok(true),
            Ok(Outcome::ReauthenticationRequired(_)) => Ok(false),
            Ok(other) => Err(Failure::new(format_args!("{other:?}"))),
            Err(error) => Err(Failure::because("no outcome", &error)),
        }
    }

    /// Compares every forecast with the outcome of the update.
    async fn compare<T: IdentityTraits>(&self, rows: Vec<Row<T>>) -> Result<(), Failure> {
        let mut people = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let username = format!("person{number}");
            people.push((self.import(&username, row).await?, username));
        }
        for (token, _) in &people {
            self.people.wait_until_unprivileged(token, MAX_AGE).await?;
        }
        let mut wrong = Vec::new();
        for (row, (mut token, username)) in rows.iter().zip(people) {
            if row.fresh {
                token = self.people.login(&username, PASSWORD).await?;
            }
            let session = session(token)?;
            let forecast = self.forecast(&session, &row.change).await?;
            let said = said(&forecast);
            let saved = self.submit(&session, &row.change).await?;
            let holds = match said {
                Said::No => saved,
                Said::Yes => !saved || (row.later_saved && !self.is_until_26_2),
                Said::Perhaps => true,
            };
            if !holds || (self.is_until_26_2 && said != row.until_26_2) {
                wrong.push(format!("{}: {forecast:?}, saved: {saved}", row.what));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }
}

fn session(token: String) -> Result<SessionToken, Failure> {
    SessionToken::new(token).map_err(|error| Failure::because("the session token", &error))
}

fn said(login: &FreshLogin) -> Said {
    match login {
        FreshLogin::No => Said::No,
        FreshLogin::Yes(_) => Said::Yes,
        FreshLogin::Perhaps(_) => Said::Perhaps,
    }
}

async fn changes_with_an_old_login() -> Result<(), Failure> {
    let rows = vec![
        row("nothing", Said::No, |_| ()),
        row("an ordinary trait", Said::No, |patch| {
            patch.set(PersonTraits::NICKNAME, "Countess");
        }),
        row("a label", Said::No, |patch| {
            patch.set(PersonTraits::DEVICE, "my phone");
        }),
        row("an identifier", Said::Yes, |patch| {
            patch.set(PersonTraits::USERNAME, "countess");
        }),
        row("an identifier in capitals", Said::No, |patch| {
            patch.set(PersonTraits::USERNAME, "PERSON4");
        }),
        Row {
            later_saved: true,
            ..row("an identifier with blanks", Said::Yes, |patch| {
                patch.set(PersonTraits::USERNAME, " person5 ");
            })
        },
        row("a first verification address", Said::Yes, |patch| {
            patch.set(PersonTraits::EMAIL, "countess@example.org");
        }),
        Row {
            traits: json!({ "email": "ada@example.org" }),
            ..row("a verification address", Said::Yes, |patch| {
                patch.set(PersonTraits::EMAIL, "lovelace@example.org");
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            ..row("a verification address removed", Said::Yes, |patch| {
                patch.remove(PersonTraits::EMAIL);
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            ..row("a verification address in capitals", Said::No, |patch| {
                patch.set(PersonTraits::EMAIL, "PERSON9.ADA@example.org");
            })
        },
        Row {
            traits: json!({ "email": "ADA@example.org" }),
            ..row("ordinary, an address in capitals", Said::No, |patch| {
                patch.set(PersonTraits::NICKNAME, "Countess");
            })
        },
        Row {
            traits: json!({ "fallback": "ada@example.org" }),
            ..row("a recovery address", Said::No, |patch| {
                patch.set(PersonTraits::FALLBACK, "grace@example.org");
            })
        },
        Row {
            traits: json!({ "fallback": "eve@example.org" }),
            ..row("a recovery address removed", Said::No, |patch| {
                patch.remove(PersonTraits::FALLBACK);
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            verified: true,
            ..row("ordinary, with a verified address", Said::Yes, |patch| {
                patch.set(PersonTraits::NICKNAME, "Countess");
            })
        },
        Row {
            traits: json!({ "email": "ada@example.org" }),
            verified: true,
            fresh: true,
            ..row("a verified address, fresh", Said::No, |patch| {
                patch.set(PersonTraits::EMAIL, "byron@example.org");
            })
        },
        Row {
            fresh: true,
            ..row("an identifier, fresh", Said::No, |patch| {
                patch.set(PersonTraits::USERNAME, "duchess");
            })
        },
    ];
    Place::with::<PersonTraits>().await?.compare(rows).await
}

async fn changes_of_a_person_with_two_addresses() -> Result<(), Failure> {
    let phone = |number: u32| json!({ "email": "ada@example.org", "phone": format!("+4930123456{number:02}") });
    let mut rows = Vec::new();
    for number in 0..4 {
        rows.push(Row {
            traits: phone(number),
            ..row("ordinary, two addresses", Said::Perhaps, |patch| {
                patch.set(MemberTraits::BIRTHDAY, "1815-12-10");
            })
        });
    }
    rows.push(Row {
        traits: phone(4),
        ..row("one of two addresses", Said::Yes, |patch| {
            patch.set(MemberTraits::EMAIL, "lovelace@example.org");
        })
    });
    rows.push(Row {
        traits: phone(5),
        verified: true,
        ..row("ordinary, one of two verified", Said::Yes, |patch| {
            patch.set(MemberTraits::BIRTHDAY, "1815-12-10");
        })
    });
    rows.push(Row {
        traits: phone(6),
        fresh: true,
        ..row("one of two addresses, fresh", Said::No, |patch| {
            patch.set(MemberTraits::EMAIL, "byron@example.org");
        })
    });
    Place::with::<MemberTraits>().await?.compare(rows).await
}

/// Without the version, a verified address makes it `Perhaps`; a fresh login makes it `No`.
async fn a_server_of_unknown_version() -> Result<(), Failure> {
    let place = Place::with::<PersonTraits>().await?;
    let row = Row {
        traits: json!({ "email": "ada@example.org" }),
        verified: true,
        ..row("", Said::Yes, |patch: &mut Patch<PersonTraits, _>| {
            patch.set(PersonTraits::NICKNAME, "Countess");
        })
    };
    let session = session(place.import("ada", &row).await?)?;
    let now = SystemTime::now();
    for (later, expected) in [
        (Duration::ZERO, FreshLogin::No),
        (MAX_AGE, FreshLogin::Perhaps(Reason::VerifiedAddress)),
    ] {
        let settings = place.client.settings(&session);
        let unknown = ServerFacts::new(MAX_AGE);
        let said = settings.forecast(&row.change, &unknown, now + later).await;
        let Ok(Forecast::FreshLogin(said)) = said else {
            return Err(Failure::new(format_args!("{said:?}")));
        };
        assert_eq!(said, expected);
    }
    Ok(())
}

kratos_traits_tests::live! {
    changes_with_an_old_login,
    changes_of_a_person_with_two_addresses,
    a_server_of_unknown_version,
}
