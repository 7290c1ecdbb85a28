//! A client of the application's own, async or blocking, through the traits.

use std::error::Error as _;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use http::{Request, Response};
use kratos_traits::client::{BlockingHttpClient, HttpClient, Limits, SendError};
use kratos_traits::{Client, Error, Outcome, SessionToken, blocking};
use kratos_traits_tests::updaters::Rename;

use crate::driver::TOKEN;
use crate::server::flow;

/// Answers with settings flows without a network, after a number of lost requests.
struct InMemory {
    lost: Mutex<usize>,
}

impl InMemory {
    fn answer(&self, request: &Request<Vec<u8>>) -> io::Result<Response<Vec<u8>>> {
        let mut lost = self.lost.lock().unwrap();
        if *lost > 0 {
            *lost -= 1;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let state = match request.uri().path() {
            "/kratos/self-service/settings/api" => "show_form",
            "/kratos/self-service/settings" => "success",
            other => panic!("{other}"),
        };
        Ok(Response::new(flow(state).into_bytes()))
    }
}

impl HttpClient for InMemory {
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        _: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>> {
        Box::pin(async move { Ok(self.answer(&request)?) })
    }
}

impl BlockingHttpClient for InMemory {
    fn send(&self, request: Request<Vec<u8>>, _: &Limits) -> Result<Response<Vec<u8>>, SendError> {
        Ok(self.answer(&request)?)
    }
}

const URL: &str = "https://auth.example.org/kratos";

fn in_memory(lost: usize) -> InMemory {
    InMemory {
        lost: Mutex::new(lost),
    }
}

fn update() -> (SessionToken, Rename) {
    let nickname = Some(Some("Countess".to_owned()));
    (SessionToken::new(TOKEN).unwrap(), Rename { nickname })
}

#[tokio::test]
async fn an_async_client_of_the_application() {
    let (session, update) = update();
    let client = Client::with(in_memory(1), URL).unwrap();
    let outcome = client.settings(&session).update(&update).await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}

#[test]
fn a_blocking_client_of_the_application() {
    let (session, update) = update();
    let client = blocking::Client::with(in_memory(1), URL).unwrap();
    let outcome = client.settings(&session).update(&update);
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}

#[test]
fn the_error_of_the_client_is_the_source() {
    let (session, update) = update();
    let client = blocking::Client::with(in_memory(2), URL).unwrap();
    let outcome = client.settings(&session).update(&update);
    let Err(error @ Error::Send { .. }) = outcome else {
        panic!("{outcome:?}");
    };
    let source = error.source().unwrap();
    let source: &io::Error = source.downcast_ref().unwrap();
    assert_eq!(source.kind(), io::ErrorKind::ConnectionReset);
}

/// What an application writes that has one line to add to its HTTP client.
#[tokio::test]
async fn a_closure_is_a_client() {
    let answer = |request: &Request<Vec<u8>>| {
        let is_first = request.method() == "GET";
        let body = flow(if is_first { "show_form" } else { "success" });
        Ok::<_, io::Error>(Response::new(body.into_bytes()))
    };
    let (session, update) = update();

    let http = move |request: Request<Vec<u8>>, _: Limits| async move { answer(&request) };
    let client = Client::with(http, URL).unwrap();
    let outcome = client.settings(&session).update(&update).await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");

    let http = move |request: Request<Vec<u8>>, _: Limits| answer(&request);
    let client = blocking::Client::with(http, URL).unwrap();
    let outcome = client.settings(&session).update(&update);
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}

/// A client that is chosen at run time, behind a shared pointer.
#[tokio::test]
async fn a_shared_pointer_to_a_client_of_the_application() {
    let (session, update) = update();
    let http: Arc<dyn HttpClient> = Arc::new(in_memory(1));
    let client = Client::with(http, URL).unwrap();
    let outcome = client.settings(&session).update(&update).await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");

    let http: Arc<dyn BlockingHttpClient> = Arc::new(in_memory(1));
    let client = blocking::Client::with(http, URL).unwrap();
    let outcome = client.settings(&session).update(&update);
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}
