//! Two sessions of one person, each saving a trait of its own at the same time, hundreds of times.
//!
//! Kratos has no lock: a submit that is computed on traits which are others by now takes the other
//! writer's value back. Our promise is that no loss is *silent*: an update that is based on the traits of the
//! last save reports every value that was taken back. What was really lost is
//! counted apart from our guard, in the bodies that went over the wire.

#![allow(
    clippy::print_stdout,
    reason = "the number of lost saves differs from run to run"
)]

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use http::{Method, Request, Response};
use kratos_traits::client::{HttpClient, Limits, SendError};
use kratos_traits::settings::{Difference, DifferenceKind};
use kratos_traits::{Client, Outcome, Patch, Pending, RawTraits, SessionToken, TraitPath};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::{CustomerTraits, CustomerTraitsName};
use kratos_traits_tests::server::Server;
use kratos_traits_tests::wire::plain_reqwest;
use serde_json::{Value, json};

const UPDATES: usize = 200;
/// How often one save may fail for the sake of the database.
const FAILURES: usize = 50;

/// The requests and answers of one writer, in order.
#[derive(Clone, Debug)]
enum Seen {
    /// The traits that a flow shows before the submit.
    Shown(Value),
    /// The traits in a submit that succeeded, and in the answer to it.
    Saved { sent: Value, stored: Value },
    /// The traits in a submit that may or may not have succeeded.
    Refused { sent: Value },
}

/// reqwest, and a record of what it carries.
#[derive(Clone, Debug)]
struct Recording {
    http: reqwest::Client,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl HttpClient for Recording {
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        limits: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>> {
        Box::pin(async move {
            let submit = request.method() == Method::POST;
            let sent: Value = serde_json::from_slice(request.body()).unwrap_or_default();
            let answer = self.http.send(request, limits).await?;
            let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
            let stored = body["identity"]["traits"].clone();
            let sent = sent["traits"].clone();
            let seen = match (submit, answer.status() == 200) {
                (false, false) => None,
                (false, true) => Some(Seen::Shown(stored)),
                (true, true) => Some(Seen::Saved { sent, stored }),
                (true, false) => Some(Seen::Refused { sent }),
            };
            self.seen.lock().expect("no panic elsewhere").extend(seen);
            Ok(answer)
        })
    }
}

/// A writer of one trait.
#[derive(Clone, Copy, Debug)]
enum Writer {
    Nickname,
    FirstName,
}

impl Writer {
    fn patch(self, value: &str) -> Patch<CustomerTraits> {
        let mut patch = Patch::new();
        match self {
            Self::Nickname => patch.set(CustomerTraits::NICKNAME, value),
            // As a part of an object that is set as a whole.
            Self::FirstName => {
                let first = Some(value.to_owned());
                patch.set(
                    CustomerTraits::NAME,
                    CustomerTraitsName { first, last: None },
                )
            }
        };
        patch
    }

    fn path(self) -> TraitPath {
        match self {
            Self::Nickname => TraitPath::parse("nickname"),
            Self::FirstName => TraitPath::parse("name.first"),
        }
    }

    fn value(self, traits: &Value) -> &Value {
        match self {
            Self::Nickname => &traits["nickname"],
            Self::FirstName => &traits["name"]["first"],
        }
    }
}

/// A writer at work: what our client reports, and what was sent.
#[derive(Debug)]
struct Working {
    writer: Writer,
    client: Client,
    seen: Arc<Mutex<Vec<Seen>>>,
    session: SessionToken,
    /// The traits of the last save.
    base: RawTraits,
    /// The reported losses: in a conflict, or in the answer to a save.
    told: usize,
    saved: usize,
    failures: usize,
}

impl Working {
    fn new(writer: Writer, server: &Server, session: SessionToken) -> Result<Self, Failure> {
        let failed = |error: &dyn std::error::Error| Failure::because("no client", error);
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let recording = Recording {
            http: plain_reqwest()?,
            seen: Arc::clone(&seen),
        };
        let client = Client::with(recording, &server.public_url());
        Ok(Self {
            writer,
            client: client.map_err(|error| failed(&error))?,
            seen,
            session,
            base: RawTraits::parse(START).map_err(|error| failed(&error))?,
            told: 0,
            saved: 0,
            failures: 0,
        })
    }

    /// Saves one value on the traits of the last save; over the other's when that took ours back.
    async fn save(&mut self, value: &str) -> Result<(), Failure> {
        let update = self.writer.patch(value);
        let mut waiting: Option<Pending<CustomerTraits>> = None;
        let mut failures = 0;
        let saved = loop {
            let settings = self.client.settings(&self.session);
            let outcome = match &waiting {
                None => settings.based_on(&self.base).update(&update).await,
                Some(pending) => settings.resume(pending.clone()).await,
            };
            match outcome {
                Ok(Outcome::Saved(saved)) => break saved,
                Ok(Outcome::Conflict(conflict)) => {
                    self.told += 1;
                    waiting = Some(conflict.overwrite());
                }
                // Kratos's database gave up, which is told in many ways, none of which says whether the
                // traits were saved: the guard makes it safe to try again.
                Ok(Outcome::Refused(_) | Outcome::Invalid(_) | Outcome::SessionInactive(_))
                    if failures < FAILURES =>
                {
                    failures += 1;
                }
                other => return Err(Failure::new(format_args!("{value}: {other:?}"))),
            }
        };
        self.saved += 1;
        self.failures += failures;
        let ours = |one: &Difference| {
            one.kind == DifferenceKind::Replaced && one.path == self.writer.path()
        };
        self.told += saved.differences.iter().filter(|one| ours(one)).count();
        self.base = saved.identity.traits.raw().clone();
        Ok(())
    }

    async fn save_all(mut self) -> Result<Self, Failure> {
        for n in 0..UPDATES {
            self.save(&format!("{:?} {n}", self.writer)).await?;
        }
        Ok(self)
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic elsewhere").clone()
    }

    /// The values of ours that were taken back, as they went over the wire: what we were shown instead.
    fn lost(&self) -> Vec<Value> {
        let mut lost = Vec::new();
        // What may be stored of ours, unless somebody took it back.
        let mut possible: Vec<Value> = Vec::new();
        for seen in self.seen() {
            let found = match &seen {
                Seen::Shown(traits) => traits,
                Seen::Saved { sent, stored } => {
                    possible = vec![self.writer.value(sent).clone()];
                    stored
                }
                Seen::Refused { sent } => {
                    possible.push(self.writer.value(sent).clone());
                    continue;
                }
            };
            let found = self.writer.value(found).clone();
            if !possible.is_empty() && !possible.contains(&found) {
                lost.push(found.clone());
            }
            possible = vec![found];
        }
        lost
    }

    /// The values of another writer's trait that we sent.
    fn carried(&self, writer: Writer) -> Vec<Value> {
        let sent = self.seen().into_iter().filter_map(|seen| match seen {
            Seen::Saved { sent, .. } | Seen::Refused { sent } => Some(writer.value(&sent).clone()),
            Seen::Shown(_) => None,
        });
        sent.collect()
    }
}

const START: &str =
    r#"{"email":"ada@example.org","nickname":"Nickname","name":{"first":"FirstName"}}"#;

async fn every_lost_save_is_reported() -> Result<(), Failure> {
    let server = Server::real_on_disk::<CustomerTraits>().await?;
    let start: Value = serde_json::from_str(START).expect("JSON");
    let here = server.register(&start).await?;
    let there = server.log_in("ada@example.org").await?;
    let nickname = Working::new(Writer::Nickname, &server, here.session.clone())?;
    let first_name = Working::new(Writer::FirstName, &server, there.session.clone())?;
    let (nickname, first_name) = tokio::join!(
        tokio::spawn(nickname.save_all()),
        tokio::spawn(first_name.save_all())
    );
    let joined = |error: tokio::task::JoinError| Failure::because("a writer", &error);
    let (mut nickname, mut first_name) = (nickname.map_err(joined)??, first_name.map_err(joined)??);

    // One more update each, alone, tells of the last losses.
    nickname.save("the last nickname").await?;
    first_name.save("the last name").await?;
    let expected = json!({
        "email": "ada@example.org",
        "nickname": "the last nickname",
        "name": { "first": "the last name" },
    });
    assert_eq!(here.traits().await?, expected);

    for (writer, other) in [(&nickname, &first_name), (&first_name, &nickname)] {
        let lost = writer.lost();
        println!(
            "{:?}: {} saved, {} taken back, {} told, {} failures",
            writer.writer,
            writer.saved,
            lost.len(),
            writer.told,
            writer.failures,
        );
        assert_eq!(writer.saved, UPDATES + 1);
        assert_eq!(
            writer.told,
            lost.len(),
            "{:?}: each loss is told, and nothing else",
            writer.writer
        );
        // What was found instead is what the other writer had been shown before, and sent back.
        let carried = other.carried(writer.writer);
        assert!(lost.iter().all(|value| carried.contains(value)), "{lost:?}");
    }
    Ok(())
}

kratos_traits_tests::live! {
    every_lost_save_is_reported,
}
