//! A client of the application's own, async or blocking, through the traits.

use std::io;
use std::sync::Mutex;

use http::{Request, Response};
use kratos_traits::client::{BlockingHttpClient, HttpClient, Limits, PublicClient};
use kratos_traits::exchange::SendError;
use kratos_traits::{Error, Outcome, PublicUrl, SessionToken};
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
    async fn send(
        &self,
        request: Request<Vec<u8>>,
        _: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        Ok(self.answer(&request)?)
    }
}

impl BlockingHttpClient for InMemory {
    fn send(&self, request: Request<Vec<u8>>, _: &Limits) -> Result<Response<Vec<u8>>, SendError> {
        Ok(self.answer(&request)?)
    }
}

fn client(lost: usize) -> PublicClient<InMemory> {
    let http = InMemory {
        lost: Mutex::new(lost),
    };
    PublicClient::with(http, "https://auth.example.org/kratos".parse().unwrap())
}

fn update() -> (SessionToken, Rename) {
    let nickname = Some(Some("Countess".to_owned()));
    (SessionToken::new(TOKEN).unwrap(), Rename { nickname })
}

#[tokio::test]
async fn an_async_client_of_the_application() {
    let (session, update) = update();
    let outcome = client(1).settings(&session).update(&update).await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}

#[test]
fn a_blocking_client_of_the_application() {
    let (session, update) = update();
    let outcome = client(1).settings(&session).update(&update).send();
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}

#[test]
fn the_error_of_the_client_is_the_source() {
    let (session, update) = update();
    let outcome = client(2).settings(&session).update(&update).send();
    let Err(Error::Transport { source, .. }) = outcome else {
        panic!("{outcome:?}");
    };
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
    let server: PublicUrl = "http://127.0.0.1:4433".parse().unwrap();
    let (session, update) = update();

    let http = async |request: Request<Vec<u8>>, _: Limits| answer(&request);
    let client = PublicClient::with(http, server.clone());
    let outcome = client.settings(&session).update(&update).await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");

    let http = |request: Request<Vec<u8>>, _: Limits| answer(&request);
    let client = PublicClient::with(http, server);
    let outcome = client.settings(&session).update(&update).send();
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
}
