//! What `tracing` is told: flow ids, trait names and outcomes, and never a value, token or cookie.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so this way"
)]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use kratos_traits::{IdentityTraits, SettingsUpdate};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{PASSWORD, Person, Server};
use serde_json::json;
use tracing::instrument::WithSubscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Everything that a subscriber is told, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// A subscriber that writes down all there is, of every crate.
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

/// Updates, and hands back what was logged and what the outcome shows of itself.
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

#[tokio::test]
async fn a_change_that_waits_shows_no_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    server.age(&ada).await?;
    let email = "countess@example.org";
    let log = watched(&server, &ada, &ChangeEmail { email }).await?;
    assert_quiet(&log, &ada);
    assert!(log.contains("outcome=\"reauthentication_needed\""), "{log}");
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_is_told_without_the_value() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let nickname = Some(Some("Nick-of-Ada".repeat(99)));
    let log = watched(&server, &ada, &Rename { nickname }).await?;
    assert_quiet(&log, &ada);
    assert!(log.contains("outcome=\"invalid\""), "{log}");
    Ok(())
}

#[tokio::test]
async fn no_answer_is_told_without_the_url_of_the_flow() -> Result<(), Failure> {
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
async fn cookies_on_their_way_are_not_shown() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let browser = server.browser("ada@example.org").await?;
    let log = Log::default();
    let client = server.client()?;
    let nickname = Some(Some("Nick-of-Ada-2".to_owned()));
    let update = Rename { nickname };
    let cookies = browser.cookies();
    let call = async { client.forwarding(&cookies).settings().update(&update).await };
    let relayed = call.with_subscriber(log.subscriber()).await;
    let shown = format!("{}\n{relayed:?}", log.text());
    assert_quiet(&shown, &ada);
    assert!(shown.contains("outcome=\"saved\""), "{shown}");
    let (sent, set) = (browser.header(), relayed.set_cookies.iter());
    let set = set.filter_map(|value| value.to_str().ok()?.split(';').next());
    for pair in sent.split("; ").chain(set) {
        let (name, value) = pair.split_once('=').unwrap();
        assert!(!shown.contains(value), "{name} in {shown}");
    }
    Ok(())
}

#[tokio::test]
async fn who_is_logged_in_is_told_without_a_name() -> Result<(), Failure> {
    let server = Server::fake::<CustomerTraits>().await?;
    let ada = ada(&server).await?;
    let log = Log::default();
    let client = server.client()?;
    let call = async { client.whoami::<CustomerTraits>(&ada.session).await };
    let asked = call.with_subscriber(log.subscriber()).await;
    let shown = format!("{}\n{asked:?}", log.text());
    assert_quiet(&shown, &ada);
    assert!(shown.contains("outcome=\"session\""), "{shown}");
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let settings = client.settings(&ada.session);
    let call = async {
        settings
            .forecast(&update, &server.facts(), SystemTime::now())
            .await
    };
    let log = Log::default();
    let foreseen = call.with_subscriber(log.subscriber()).await;
    let shown = format!("{}\n{foreseen:?}", log.text());
    assert_quiet(&shown, &ada);
    assert!(shown.contains("outcome=\"session\""), "{shown}");
    Ok(())
}
