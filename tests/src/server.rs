//! The server of a scenario: the fake or a real Kratos.

use std::time::Duration;

use kratos_traits::forecast::ServerFacts;
use kratos_traits::{AdminClient, Client, IdentityTraits, Schema, SessionToken};
use kratos_traits_fake::Fake;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::kratos::{
    Api, Authenticator, Database, Failure, Kratos, KratosConfig, People, RequiredAal,
    create_identity, wait_until_older,
};
use crate::version::{is_until_26_2, version};
use crate::wire::Wire;

/// How old a login may be on a real server before it is too old for a privileged change: short
/// enough to wait for, long enough for a login and an update.
const PRIVILEGED_SESSION_MAX_AGE: Duration = Duration::from_secs(3);

/// The password of every person in the scenarios.
pub const PASSWORD: &str = "correct horse battery staple";

/// A server with the schema of a scenario, and no identities.
#[derive(Debug)]
pub enum Server {
    /// The fake.
    Fake(Fake),
    /// A real Kratos.
    Real(Kratos),
}

/// A person who is registered and logged in.
#[derive(Debug)]
pub struct Person {
    /// The session, for our client.
    pub session: SessionToken,
    token: String,
    people: People,
}

impl Server {
    /// The fake, with the schema of these traits.
    pub async fn fake<T: IdentityTraits>() -> Result<Self, Failure> {
        Fake::start(T::schema())
            .map(Self::Fake)
            .map_err(|error| Failure::because("the fake does not start", &error))
    }

    /// A real Kratos, with the schema of these traits.
    pub async fn real<T: IdentityTraits>() -> Result<Self, Failure> {
        Self::real_with::<T>(Value::Null).await
    }

    /// A real Kratos that takes requests at the same time: its database is in a file.
    pub async fn real_on_disk<T: IdentityTraits>() -> Result<Self, Failure> {
        let mut config = KratosConfig::new(T::schema().json);
        config.database = Database::File;
        Kratos::start(config).await.map(Self::Real)
    }

    /// A real Kratos with another configuration: a JSON merge patch.
    pub async fn real_with<T: IdentityTraits>(patch: Value) -> Result<Self, Failure> {
        let mut config = KratosConfig::new(T::schema().json);
        config.privileged_session_max_age = PRIVILEGED_SESSION_MAX_AGE;
        config.required_aal = RequiredAal::HighestAvailable;
        if !patch.is_null() {
            config.extra = patch;
        }
        Kratos::start(config).await.map(Self::Real)
    }

    /// Whether it is known to follow the rules of Kratos up to v26.2.0, as the fake does.
    pub async fn is_until_26_2(&self) -> Result<bool, Failure> {
        let Self::Real(kratos) = self else {
            return Ok(true);
        };
        Ok(is_until_26_2(&version(&kratos.admin).await?))
    }

    /// Replaces the identity schema; the stored identities are not checked again.
    pub fn replace_schema(&self, schema: &Value) -> Result<(), Failure> {
        let text = schema.to_string();
        match self {
            Self::Fake(fake) => {
                let schema = Schema::from_text("newer.schema.json", &text);
                fake.replace_schema(schema.map_err(|error| Failure::because("schema", &error))?);
                Ok(())
            }
            Self::Real(kratos) => kratos.replace_schema(0, &text),
        }
    }

    /// The last code that was sent to this address.
    pub async fn last_code(&self, recipient: &str) -> Result<String, Failure> {
        match self {
            Self::Fake(fake) => fake
                .last_code(recipient)
                .ok_or_else(|| Failure::new(format_args!("no code for {recipient}"))),
            Self::Real(kratos) => kratos.last_code(recipient).await,
        }
    }

    /// The base URL of the public API.
    pub fn public_url(&self) -> String {
        match self {
            Self::Fake(fake) => fake.public_url(),
            Self::Real(kratos) => kratos.public.clone(),
        }
    }

    /// The base URL of the admin API.
    pub fn admin_url(&self) -> String {
        match self {
            Self::Fake(fake) => fake.admin_url(),
            Self::Real(kratos) => kratos.admin.clone(),
        }
    }

    /// Our client of the admin API.
    pub fn admin(&self) -> Result<AdminClient, Failure> {
        let admin = AdminClient::new(&self.admin_url());
        let admin = admin.map_err(|error| Failure::because("no client", &error))?;
        Ok(admin.schema_id("default"))
    }

    /// Patches an identity: see [`patch`].
    pub async fn patch(&self, id: &str, operations: &Value) -> Result<Value, Failure> {
        patch(&self.admin_url(), id, operations).await
    }

    /// Our client.
    pub fn client(&self) -> Result<Client, Failure> {
        Client::new(&self.public_url()).map_err(|error| Failure::because("no client", &error))
    }

    /// Registers a person.
    pub async fn register(&self, traits: &Value) -> Result<Person, Failure> {
        let people = People::at(&self.public_url())?;
        let token = people.register(traits, PASSWORD).await?;
        Person::new(people, token)
    }

    /// Registers a person whose e-mail address, which is the name to log in with, is verified.
    pub async fn register_verified(&self, traits: &Value) -> Result<Person, Failure> {
        let email = traits["email"].as_str().unwrap_or_default();
        match self {
            Self::Fake(fake) => {
                let person = self.register(traits).await?;
                fake.verify_addresses();
                Ok(person)
            }
            Self::Real(kratos) => {
                let address = json!({ "value": email, "verified": true, "via": "email", "status": "completed" });
                let body = json!({
                    "schema_id": "default",
                    "traits": traits,
                    "credentials": { "password": { "config": { "password": PASSWORD } } },
                    "verifiable_addresses": [address],
                });
                create_identity(&Api::at(&kratos.admin)?, &body).await?;
                self.log_in(email).await
            }
        }
    }

    /// Logs in a person who is there already.
    pub async fn log_in(&self, identifier: &str) -> Result<Person, Failure> {
        let people = People::at(&self.public_url())?;
        let token = people.login(identifier, PASSWORD).await?;
        Person::new(people, token)
    }

    /// Sets up an authenticator app as the second factor of a person, which is required from then on.
    pub async fn set_up_totp(&self, person: &Person) -> Result<App, Failure> {
        match self {
            Self::Fake(fake) => {
                fake.require_second_factor(true);
                Ok(App::Constant(Fake::TOTP_CODE))
            }
            Self::Real(_) => Ok(App::Real(person.people.set_up_totp(&person.token).await?)),
        }
    }

    /// The facts for forecasts.
    pub fn facts(&self) -> ServerFacts {
        let age = match self {
            Self::Fake(_) => Duration::from_secs(3600),
            Self::Real(_) => PRIVILEGED_SESSION_MAX_AGE,
        };
        ServerFacts::new(age)
    }

    /// Lets the login of a person become too old for privileged changes.
    pub async fn age(&self, person: &Person) -> Result<(), Failure> {
        match self {
            Self::Fake(fake) => fake.age_sessions(),
            Self::Real(_) => {
                let people = &person.people;
                let age = PRIVILEGED_SESSION_MAX_AGE;
                people.wait_until_unprivileged(&person.token, age).await?;
            }
        }
        Ok(())
    }

    /// The same for the login in a browser.
    pub async fn age_browser(&self, browser: &mut Browser) -> Result<(), Failure> {
        match self {
            Self::Fake(fake) => fake.age_sessions(),
            Self::Real(_) => {
                let login = browser.authenticated_at().await?;
                wait_until_older(login, PRIVILEGED_SESSION_MAX_AGE).await;
            }
        }
        Ok(())
    }

    /// A browser in which a person has logged in.
    pub async fn browser(&self, identifier: &str) -> Result<Browser, Failure> {
        let mut browser = Browser::at(&self.public_url())?;
        browser.log_in("", identifier, PASSWORD).await?;
        Ok(browser)
    }

    /// Our client, over an HTTP client that changes or interrupts requests.
    pub fn client_over(&self, http: Wire) -> Result<Client, Failure> {
        Client::with(http, &self.public_url())
            .map_err(|error| Failure::because("no client", &error))
    }

    /// Our client of the admin API, over such an HTTP client.
    pub fn admin_over(&self, http: Wire) -> Result<AdminClient, Failure> {
        AdminClient::with(http, &self.admin_url())
            .map(|admin| admin.schema_id("default"))
            .map_err(|error| Failure::because("no client", &error))
    }
}

/// The schema of a type with changes; `f` gets `properties.traits`.
pub fn changed_schema<T: IdentityTraits>(f: impl FnOnce(&mut Value)) -> Result<Value, Failure> {
    let mut schema: Value = serde_json::from_str(T::schema().json)
        .map_err(|error| Failure::because("the schema", &error))?;
    f(&mut schema["properties"]["traits"]);
    Ok(schema)
}

/// A newer customer schema: it requires a trait that no identity has.
pub fn require_birthday(traits: &mut Value) {
    traits["required"] = json!(["email", "birthday"]);
}

/// A newer customer schema: it requires the last name.
pub fn require_last_name(traits: &mut Value) {
    traits["properties"]["name"]["required"] = json!(["last"]);
}

/// A newer customer schema: it no longer has the trait `newsletter`.
pub fn drop_newsletter(traits: &mut Value) {
    let properties = traits["properties"].as_object_mut();
    properties.map(|all| all.remove("newsletter"));
}

/// A newer customer schema: it requires longer nicknames.
pub fn lengthen_nickname(traits: &mut Value) {
    traits["properties"]["nickname"]["minLength"] = json!(5);
}

/// Patches an identity as another client would: a JSON Patch, without our client.
pub async fn patch(admin_url: &str, id: &str, operations: &Value) -> Result<Value, Failure> {
    let api = Api::at(admin_url)?;
    let path = format!("/admin/identities/{id}");
    let answer = api.send(Method::PATCH, &path, None, Some(operations));
    answer.await?.require(200)
}

/// The second factor of a person.
#[derive(Debug)]
pub enum App {
    /// The same code at all times.
    Constant(&'static str),
    /// An authenticator app.
    Real(Authenticator),
}

impl App {
    /// The code that it shows now.
    pub fn code(&self) -> Result<String, Failure> {
        match self {
            Self::Constant(code) => Ok((*code).to_owned()),
            Self::Real(app) => app.code(),
        }
    }
}

impl Person {
    fn new(people: People, token: String) -> Result<Self, Failure> {
        let session = SessionToken::new(token.clone())
            .map_err(|error| Failure::because("the session token", &error))?;
        Ok(Self {
            session,
            token,
            people,
        })
    }

    /// The session token, for requests without our client.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Logs in again within the same session.
    pub async fn log_in_again(&self, identifier: &str) -> Result<(), Failure> {
        self.people.refresh(&self.token, identifier, PASSWORD).await
    }

    /// Logs in anew with an identifier.
    pub async fn log_in(&self, identifier: &str) -> Result<(), Failure> {
        self.people.login(identifier, PASSWORD).await.map(drop)
    }

    /// The id of the identity.
    pub async fn id(&self) -> Result<String, Failure> {
        match &self.people.whoami(&self.token).await?["identity"]["id"] {
            Value::String(id) => Ok(id.clone()),
            _ => Err(Failure::new("an identity without an id")),
        }
    }

    /// The stored traits, read without a flow.
    pub async fn traits(&self) -> Result<Value, Failure> {
        Ok(self.people.whoami(&self.token).await?["identity"]["traits"].take())
    }

    /// Sets up backup codes as the second factor.
    pub async fn set_up_lookup(&self) -> Result<Vec<String>, Failure> {
        self.people.set_up_lookup(&self.token).await
    }
}
