//! Requests written by hand, and what our exchanges make of the answers.

use http::Response;
use kratos_traits::exchange::{Exchange, Step};
use kratos_traits::flow::Update;
use kratos_traits::{Error, IdentityTraits, Outcome, Patch, PublicUrl, SettingsUpdate};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios::updaters::Rename;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{Person, Server};
use serde_json::{Value, json};

pub(crate) const JSON: [&str; 2] = ["Content-Type", "application/json"];

/// One person on one server.
pub(crate) struct Asked {
    pub(crate) server: Server,
    pub(crate) ada: Person,
    http: reqwest::Client,
}

impl Asked {
    /// A server with this configuration, and Ada with this e-mail address.
    pub(crate) async fn of(config: Value) -> Result<Self, Failure> {
        let server = Server::real_with::<CustomerTraits>(config).await?;
        let ada = server
            .register(&json!({ "email": "ada@example.org" }))
            .await?;
        Self::on(server, ada)
    }

    pub(crate) fn on(server: Server, ada: Person) -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Failure::because("no HTTP client", &error))?;
        Ok(Self { server, ada, http })
    }

    /// Any request; without a body it is a `GET`.
    pub(crate) async fn ask(
        &self,
        path: &str,
        headers: &[[&str; 2]],
        body: Option<&str>,
    ) -> Result<Response<Vec<u8>>, Failure> {
        let url = format!("{}{path}", self.server.public_url().trim_end_matches('/'));
        let request = match body {
            Some(body) => self.http.post(url).body(body.to_owned()),
            None => self.http.get(url),
        };
        let request = headers.iter().fold(request, |request, [name, value]| {
            request.header(*name, *value)
        });
        let failed = |error: reqwest::Error| Failure::because("no answer", &error.without_url());
        let answer = request.send().await.map_err(failed)?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = answer.bytes().await.map_err(failed)?.to_vec();
        Ok(response)
    }

    /// The same with Ada's token, asking for JSON.
    pub(crate) async fn ask_as_ada(
        &self,
        path: &str,
        headers: &[[&str; 2]],
        body: Option<&str>,
    ) -> Result<Response<Vec<u8>>, Failure> {
        let mut all = vec![
            ["Accept", "application/json"],
            ["X-Session-Token", self.ada.token()],
        ];
        all.extend(headers);
        self.ask(path, &all, body).await
    }

    /// A new flow of Ada's.
    pub(crate) async fn flow(&self) -> Result<Response<Vec<u8>>, Failure> {
        self.ask_as_ada("/self-service/settings/api", &[], None)
            .await
    }

    /// An exchange that waits for the answer to its first request.
    pub(crate) fn creating(&self) -> Result<Update<CustomerTraits>, Failure> {
        let nickname = Some(Some("Countess".to_owned()));
        self.update(Rename { nickname }.patch())
    }

    fn update<T: IdentityTraits>(&self, patch: Patch<T>) -> Result<Update<T>, Failure> {
        let url: PublicUrl = (self.server.public_url().parse())
            .map_err(|error| Failure::because("the public URL", &error))?;
        Ok(Update::native(url, self.ada.session.clone(), patch))
    }

    /// An exchange that waits for the answer to its submit.
    pub(crate) async fn submitting(&self) -> Result<Update<CustomerTraits>, Failure> {
        match self.creating()?.receive(&self.flow().await?) {
            Ok(Step::Next(submit)) => Ok(submit),
            other => Err(Failure::new(format_args!("no submit: {other:?}"))),
        }
    }

    /// What this answer to a submit means.
    pub(crate) async fn submitted(
        &self,
        answer: &Response<Vec<u8>>,
    ) -> Result<Result<Outcome<CustomerTraits>, Error>, Failure> {
        ended(self.submitting().await?.receive(answer))
    }

    /// What this answer to the first request means.
    pub(crate) fn created(
        &self,
        answer: &Response<Vec<u8>>,
    ) -> Result<Result<Outcome<CustomerTraits>, Error>, Failure> {
        ended(self.creating()?.receive(answer))
    }
}

pub(crate) fn ended(
    step: Result<Step<Update<CustomerTraits>>, Error>,
) -> Result<Result<Outcome<CustomerTraits>, Error>, Failure> {
    match step {
        Ok(Step::Done(outcome)) => Ok(Ok(outcome)),
        Ok(Step::Next(next)) => Err(Failure::new(format_args!("it goes on: {next:?}"))),
        Err(error) => Ok(Err(error)),
    }
}

/// The JSON body of an answer.
pub(crate) fn body(answer: &Response<Vec<u8>>) -> Result<Value, Failure> {
    serde_json::from_slice(answer.body()).map_err(|error| Failure::because("no JSON", &error))
}

/// The id of the flow in an answer.
pub(crate) fn id(answer: &Response<Vec<u8>>) -> Result<String, Failure> {
    Ok(body(answer)?["id"].as_str().unwrap_or_default().to_owned())
}
