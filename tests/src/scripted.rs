//! Clients over an HTTP client that answers from a list and records the requests: no network.
//!
//! The names of the client API that tests without a server need are in this file.

use std::collections::VecDeque;
use std::fmt;
use std::future::IntoFuture;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use http::{Request, Response};
use kratos_traits::client::{BlockingHttpClient, HttpClient, Limits, SendError, Settings};
use kratos_traits::{
    AdminClient, BrowserCookies, Client, Error, IdentityTraits, Outcome, Pending, RawTraits,
    SessionToken, SettingsUpdate,
};
use serde_json::Value;

/// The session of every scripted call.
pub const TOKEN: &str = "ory_st_0123456789abcdefghijABCDEFGHIJ";
/// Where the scripted public API is.
pub const PUBLIC_URL: &str = "http://127.0.0.1:4433";
/// Where the scripted admin API is: below a path, as behind a proxy.
pub const ADMIN_URL: &str = "http://127.0.0.1:4434/base";

/// A public and an admin client that get these answers, one a request.
///
/// A request after the last answer gets none: the call ends with an error of its HTTP client.
#[derive(Debug)]
pub struct Scripted {
    /// The client of the public API.
    pub client: Client,
    /// The client of the admin API.
    pub admin: AdminClient,
    session: SessionToken,
    transport: Transport,
}

impl Scripted {
    /// Answers in this order.
    pub fn new(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Self {
        Self::at(PUBLIC_URL, answers)
    }

    /// The same, for a public API with this URL.
    pub fn at(public_url: &str, answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Self {
        let transport = Transport(Arc::new(Mutex::new(Script {
            answers: answers.into_iter().collect(),
            ..Script::default()
        })));
        // Without retries, so that each request is in the record once.
        let client = Client::with(transport.clone(), public_url).expect("a URL");
        let admin = AdminClient::with(transport.clone(), ADMIN_URL)
            .expect("a URL")
            .schema_id("default");
        Self {
            client: client.without_retries(),
            admin: admin.without_retries(),
            session: session(),
            transport,
        }
    }

    /// The settings of the session [`TOKEN`].
    pub fn settings(&self) -> Settings<'_, Client> {
        self.client.settings(&self.session)
    }

    /// The result of a call.
    ///
    /// # Panics
    ///
    /// The call left an answer unused, or sent a request after the last answer.
    pub fn result<C: IntoFuture>(&self, call: C) -> C::Output {
        let result = block_on(call);
        self.transport.lock(|script| {
            assert_eq!(script.unanswered, 0, "sent after the last answer");
            assert_eq!(script.answers.len(), 0, "answers that were not used");
        });
        result
    }

    /// The requests of a call that is cut off after the last answer: its last request is lost.
    ///
    /// # Panics
    ///
    /// The call ended before it sent that request.
    pub fn requests_of<C: IntoFuture>(&self, call: C) -> Vec<Request<Vec<u8>>> {
        drop(block_on(call));
        self.transport.lock(|script| {
            assert_eq!(script.unanswered, 1, "requests after the last answer");
        });
        self.requests()
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request<Vec<u8>>> {
        self.transport.lock(|script| script.requests.clone())
    }
}

/// The HTTP client of a [`Scripted`].
#[derive(Clone)]
pub struct Transport(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    answers: VecDeque<Response<Vec<u8>>>,
    requests: Vec<Request<Vec<u8>>>,
    /// How many requests were sent after the last answer.
    unanswered: usize,
}

impl Transport {
    fn lock<R>(&self, with: impl FnOnce(&mut Script) -> R) -> R {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, SendError> {
        self.lock(|script| {
            script.requests.push(request);
            let answer = script.answers.pop_front();
            script.unanswered += usize::from(answer.is_none());
            answer.ok_or_else(|| SendError::no_answer("the script has no more answers"))
        })
    }
}

impl HttpClient for Transport {
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        _: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>> {
        let answer = self.answer(request);
        Box::pin(async { answer })
    }
}

impl BlockingHttpClient for Transport {
    fn send(&self, request: Request<Vec<u8>>, _: &Limits) -> Result<Response<Vec<u8>>, SendError> {
        self.answer(request)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}

/// The session [`TOKEN`].
pub fn session() -> SessionToken {
    SessionToken::new(TOKEN).expect("a token")
}

/// The output of a future that never waits.
pub fn block_on<C: IntoFuture>(call: C) -> C::Output {
    let mut call = pin!(call.into_future());
    let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(output) = polled else {
        unreachable!("a scripted client does not wait");
    };
    output
}

type Answers = Vec<Response<Vec<u8>>>;

/// How an update ends that gets exactly these answers.
pub fn update<U: SettingsUpdate<Traits: IdentityTraits>>(
    update: &U,
    answers: Answers,
) -> Result<Outcome<U::Traits>, Error> {
    let script = Scripted::new(answers);
    script.result(script.settings().update(update))
}

/// The same for an update that is based on these traits.
pub fn update_based_on<U: SettingsUpdate<Traits: IdentityTraits>>(
    base: &RawTraits,
    update: &U,
    answers: Answers,
) -> Result<Outcome<U::Traits>, Error> {
    let script = Scripted::new(answers);
    script.result(script.settings().based_on(base).update(update))
}

/// The same for a pending update.
pub fn resume<T: IdentityTraits>(
    pending: Pending<T>,
    answers: Answers,
) -> Result<Outcome<T>, Error> {
    let script = Scripted::new(answers);
    script.result(script.settings().resume(pending))
}

/// How an update on behalf of a browser with these cookies ends; they collect those that Kratos sets.
pub fn update_for_browser<U: SettingsUpdate<Traits: IdentityTraits>>(
    script: &Scripted,
    cookies: &mut BrowserCookies,
    update: &U,
) -> Result<Outcome<U::Traits>, Error> {
    block_on(script.client.settings(cookies).update(update))
}

/// The JSON body of a request.
pub fn body(request: &Request<Vec<u8>>) -> Value {
    serde_json::from_slice(request.body()).expect("a JSON body")
}

/// The traits that the last request submits.
pub fn submitted_traits(requests: &[Request<Vec<u8>>]) -> Value {
    let last = requests.last().expect("a request");
    body(last)["traits"].clone()
}

/// Method and URL of a request, without scheme and host.
pub fn line(request: &Request<Vec<u8>>) -> String {
    let place = request.uri().path_and_query().map_or("", |it| it.as_str());
    format!("{} {place}", request.method())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recorded::error;
    use crate::updaters::Rename;

    #[test]
    #[should_panic(expected = "answers that were not used")]
    fn an_unused_answer_fails_the_test() {
        let gone = error(401, None, Value::Null);
        let _ = update(&Rename { nickname: None }, vec![gone.clone(), gone]);
    }

    #[test]
    #[should_panic(expected = "sent after the last answer")]
    fn a_request_after_the_last_answer_fails_the_test() {
        let _ = update(&Rename { nickname: None }, vec![]);
    }
}
