//! `tracing` gets flow ids, trait names and outcomes, and never a value, token or cookie.

use std::fmt::Debug;
use std::future::IntoFuture;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use kratos_traits::settings::SealingKey;
use kratos_traits::{
    AdminToken, Error, IdentityTraits, LoginOutcome, Outcome, Pending, SettingsUpdate, blocking,
};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::scripted::{Scripted, block_on};
use kratos_traits_tests::server::{PASSWORD, Person, Server};
use kratos_traits_tests::updaters::{ChangeEmail, Rename};
use serde_json::json;
use tracing::instrument::WithSubscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

/// All spans and events, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// A subscriber that records everything of every crate.
    fn subscriber(&self) -> impl tracing::Subscriber + Send + Sync + use<> {
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(self.clone())
            .finish()
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

const SECRETS: [&str; 5] = ["ada@", "countess@", "Lovelace", "Nick-of-Ada", PASSWORD];

/// The log of an update and the `Debug` of its outcome.
async fn watched<U>(server: &Server, ada: &Person, update: &U) -> Result<String, Failure>
where
    U: SettingsUpdate<Traits: IdentityTraits>,
{
    let log = Log::default();
    let client = server.client()?;
    let call = async { client.settings(&ada.session).update(update).await };
    let ended = call.with_subscriber(log.subscriber()).await;
    Ok(format!("{}\n{ended:?}", log.text()))
}

async fn ada(server: &Server) -> Result<Person, Failure> {
    let name = json!({ "first": "Ada", "last": "Lovelace" });
    let traits = json!({ "email": "ada@example.org", "name": name, "nickname": "Nick-of-Ada" });
    server.register(&traits).await
}

fn assert_quiet(log: &str, ada: &Person) {
    let token = format!("{:?}", ada.session);
    for secret in SECRETS.iter().chain(&["ory_st_"]) {
        assert!(!log.contains(secret), "{secret} in {log}");
        assert!(!token.contains(secret), "{secret} in {token}");
    }
}

#[tokio::test]
async fn a_saved_change_names_flow_traits_and_outcome() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let nickname = Some(Some("Nick-of-Ada-2".to_owned()));
    let log = watched(&server, &ada, &Rename { nickname }).await?;
    assert_quiet(&log, &ada);
    assert!(log.contains("traits=nickname"), "{log}");
    assert!(log.contains("flow=\""), "{log}");
    assert!(log.contains("outcome=\"saved\""), "{log}");
    Ok(())
}

/// One warning in a process, for the first token.
#[test]
fn a_token_without_tls_is_a_warning() {
    let log = Log::default();
    tracing::subscriber::with_default(log.subscriber(), || {
        for url in [
            "http://127.0.0.1",
            "http://auth.example.org",
            "http://example.org",
        ] {
            let script = Scripted::at(url, []);
            let _ = block_on(script.settings().update(&Rename { nickname: None }));
        }
    });
    let log = log.text();
    assert_eq!(
        log.matches("begin the base URL of Kratos with https://")
            .count(),
        1,
        "{log}"
    );
}

#[tokio::test]
async fn a_pending_change_logs_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    server.age(&ada).await?;
    let email = "countess@example.org";
    let log = watched(&server, &ada, &ChangeEmail { email }).await?;
    assert_quiet(&log, &ada);
    assert!(
        log.contains("outcome=\"reauthentication_required\""),
        "{log}"
    );
    Ok(())
}

#[tokio::test]
async fn an_invalid_update_logs_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let nickname = Some(Some("Nick-of-Ada".repeat(99)));
    let log = watched(&server, &ada, &Rename { nickname }).await?;
    assert_quiet(&log, &ada);
    assert!(log.contains("outcome=\"invalid\""), "{log}");
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_logs_no_url() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let url = server.public_url();
    drop(server);
    let log = Log::default();
    let client = kratos_traits::Client::new(&url).unwrap();
    let update = Rename { nickname: None };
    let call = async { client.settings(&ada.session).update(&update).await };
    let ended = call.with_subscriber(log.subscriber()).await;
    let log = format!("{}\n{:?}", log.text(), ended.unwrap_err());
    assert_quiet(&log, &ada);
    assert!(log.contains("outcome=\"error\""), "{log}");
    assert!(log.contains("may_have_been_saved=false"), "{log}");
    Ok(())
}

#[tokio::test]
async fn cookies_are_not_logged() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let browser = server.browser("ada@example.org").await?;
    let log = Log::default();
    let client = server.client()?;
    let nickname = Some(Some("Nick-of-Ada-2".to_owned()));
    let update = Rename { nickname };
    let mut cookies = browser.cookies();
    let call = client.settings(&mut cookies).update(&update);
    let outcome = call.with_subscriber(log.subscriber()).await;
    let shown = format!("{}\n{outcome:?}\n{cookies:?}", log.text());
    assert_quiet(&shown, &ada);
    assert!(shown.contains("outcome=\"saved\""), "{shown}");
    let (sent, set) = (browser.header(), cookies.set_cookies());
    let set = set.filter_map(|value| value.to_str().ok()?.split(';').next());
    for pair in sent.split("; ").chain(set) {
        let (name, value) = pair.split_once('=').unwrap();
        assert!(!shown.contains(value), "{name} in {shown}");
    }
    Ok(())
}

/// The log of a call and the `Debug` of its result.
async fn heard<C: IntoFuture<Output: Debug>>(call: C) -> String {
    let log = Log::default();
    let ended = call.into_future().with_subscriber(log.subscriber()).await;
    format!("{}\n{ended:?}", log.text())
}

/// The log has no secret and names the outcome.
fn assert_says(said: &str, outcome: &str, ada: &Person) {
    assert_quiet(said, ada);
    assert!(said.contains(&format!("outcome=\"{outcome}\"")), "{said}");
}

#[tokio::test]
async fn whoami_and_forecast_log_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let client = server.client()?;
    let said = heard(client.whoami::<CustomerTraits>(&ada.session)).await;
    assert_says(&said, "session", &ada);
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let forecast = client.settings(&ada.session);
    let forecast = forecast.forecast(&update, &server.facts(), SystemTime::now());
    let said = heard(forecast).await;
    assert_says(&said, "no_login_needed", &ada);
    assert!(said.contains("traits=email"), "{said}");
    Ok(())
}

#[tokio::test]
async fn logins_log_no_password_and_no_code() -> Result<(), Failure> {
    let server = Server::fake::<MemberTraits>().await?;
    if let Server::Fake(fake) = &server {
        fake.allow_logins_by_code(true);
    }
    let traits = json!({ "username": "ada", "email": "ada@example.org" });
    let ada = server.register(&traits).await?;
    let client = server.client()?;
    let said = heard(client.login_with_password("ada@example.org", PASSWORD)).await;
    assert_says(&said, "logged_in", &ada);
    let said = heard(client.login_with_password("ada@example.org", "countess@")).await;
    assert_says(&said, "wrong_credentials", &ada);

    let login = || client.login(&ada.session).identifier("ada@example.org");
    let log = Log::default();
    let sent = login().refresh_with_code().into_future();
    let sent = sent.with_subscriber(log.subscriber()).await;
    assert_says(&format!("{}{sent:?}", log.text()), "code_sent", &ada);
    let Ok(LoginOutcome::CodeSent(sent)) = sent else {
        return Err(Failure::new(format_args!("{sent:?}")));
    };
    let code = server.last_code("ada@example.org").await?;
    let said = heard(login().submit_code(&sent, &*code)).await;
    assert_says(&said, "logged_in", &ada);
    // As a word of its own: the digits may be part of a port or a time.
    let words = said.split(|c: char| !c.is_ascii_digit());
    assert!(words.into_iter().all(|word| word != code), "{said}");
    Ok(())
}

#[tokio::test]
async fn the_admin_api_logs_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let id = ada.id().await?;
    let token = AdminToken::new("ory_pat_s3cr3t").unwrap();
    let admin = server.admin()?.token(token);
    let nickname = Some(Some("Nick-of-Ada-2".to_owned()));
    let said = heard(admin.edit(&id).update(&Rename { nickname })).await;
    assert_says(&said, "saved", &ada);
    assert!(said.contains("traits=nickname"), "{said}");
    let email = "countess@example.org";
    let said = heard(admin.edit(&id).update_privileged(&ChangeEmail { email })).await;
    assert_says(&said, "saved", &ada);
    let nickname = Some(Some("Nick-of-Ada".repeat(99)));
    let said = heard(admin.edit(&id).update(&Rename { nickname })).await;
    assert_says(&said, "invalid", &ada);
    let said = heard(admin.identity_by_identifier::<CustomerTraits>(email)).await;
    assert_quiet(&said, &ada);
    let said = heard(admin.identity::<CustomerTraits>(&id)).await;
    assert_quiet(&said, &ada);
    assert!(!said.contains("ory_pat_"), "{said}");
    Ok(())
}

#[tokio::test]
async fn a_sealed_change_logs_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    server.age(&ada).await?;
    let client = server.client()?;
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let log = Log::default();
    let key = SealingKey::new([7; 32]);
    let resumed = async {
        let outcome = client.settings(&ada.session).update(&update).await;
        let Ok(Outcome::ReauthenticationRequired(pending)) = outcome else {
            return Err(Failure::new(format_args!("{outcome:?}")));
        };
        let sealed = pending.seal(&key).unwrap();
        let login = client.login(&ada.session).identifier("ada@example.org");
        let again = login.refresh_with_password(PASSWORD).await;
        assert!(matches!(again, Ok(LoginOutcome::LoggedIn(_))), "{again:?}");
        let pending = Pending::<CustomerTraits>::unseal(&key, &sealed, SystemTime::now()).unwrap();
        Ok(client.settings(&ada.session).resume(pending).await)
    };
    let resumed = resumed.with_subscriber(log.subscriber()).await?;
    assert_says(&format!("{}\n{resumed:?}", log.text()), "saved", &ada);
    Ok(())
}

/// A span of its own for each call, as with the async clients.
#[tokio::test]
async fn the_blocking_client_logs_the_same() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let (url, session, log) = (server.public_url(), ada.session.clone(), Log::default());
    let subscriber = log.subscriber();
    let ended = tokio::task::spawn_blocking(move || {
        let client = blocking::Client::new(&url).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            let nickname = Some(Some("Nick-of-Ada-2".to_owned()));
            let saved = client.settings(&session).update(&Rename { nickname });
            let whoami = client.whoami::<CustomerTraits>(&session);
            let login = client.login_with_password("ada@example.org", PASSWORD);
            format!("{saved:?}{whoami:?}{login:?}")
        })
    });
    let ended = ended.await.unwrap();
    let said = format!("{}\n{ended}", log.text());
    for outcome in ["saved", "session", "logged_in"] {
        assert_says(&said, outcome, &ada);
    }
    assert!(said.contains("traits=nickname"), "{said}");
    assert_eq!(
        (log.text().lines())
            .filter(|line| line.contains(" kratos: ") && line.ends_with(": new"))
            .count(),
        3,
        "{said}"
    );
    Ok(())
}

fn unwrapped(unexpected: Result<(), Error>) {
    unexpected.unwrap();
}

/// The message of a panic on an unexpected outcome shows no value.
#[tokio::test]
async fn a_panic_shows_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    server.age(&ada).await?;
    let client = server.client()?;
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let outcome = client.settings(&ada.session).update(&update).await;
    let lost = Scripted::new([]);
    let lost = block_on(lost.settings().update(&update)).unwrap_err();
    let panics: [Box<dyn FnOnce()>; 2] = [
        Box::new(move || assert!(outcome.is_err(), "{outcome:?}")),
        Box::new(move || unwrapped(Err(lost))),
    ];
    for unexpected in panics {
        let said = catch_unwind(AssertUnwindSafe(unexpected)).unwrap_err();
        let said: &String = said.downcast_ref().unwrap();
        assert_quiet(said, &ada);
    }
    Ok(())
}

/// The key of a map and a member that the schema does not declare.
#[test]
fn names_of_the_person() {
    use kratos_traits::{Patch, TraitPath};
    use kratos_traits_tests::recorded::json_answer;
    use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
    use kratos_traits_tests::updaters::ChangeAccounts;

    let identity = json!({ "id": "0b9cbd3b", "schema_id": "default", "traits": {
        "email": "ada@example.org", "type": "private", "consent": true, "gifts": [],
        "s3cr3t": 1, "accounts": { "s3cr3t": "1" }
    } });
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.flatten(&ChangeAccounts {
        accounts: [("s3cr3t".to_owned(), "2".to_owned())].into(),
    });
    patch.remove_unnamed(&TraitPath::new(["s3cr3t"])).unwrap();
    let log = Log::default();
    tracing::subscriber::with_default(log.subscriber(), || {
        let script = Scripted::new([json_answer(200, &identity), json_answer(200, &identity)]);
        let _ = block_on(script.admin.edit("0b9cbd3b").update(&patch)).unwrap();
        let flow = json!({ "id": "6e2f", "state": "success", "identity": identity });
        let script = Scripted::new([json_answer(200, &flow), json_answer(200, &flow)]);
        let _ = block_on(script.settings().update(&patch)).unwrap();
    });
    let text = log.text();
    assert!(text.contains("accounts.*"), "{text}");
    assert!(!text.contains("s3cr3t"), "{text}");
}
