//! Requests written by hand to a real Kratos, and how our client ends with the answers.

use http::Response;
use kratos_traits::{Error, Outcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted;
use kratos_traits_tests::server::{Person, Server};
use kratos_traits_tests::updaters::Rename;
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

    /// How an update ends whose submit gets this answer.
    pub(crate) async fn submitted(
        &self,
        answer: &Response<Vec<u8>>,
    ) -> Result<Result<Outcome<CustomerTraits>, Error>, Failure> {
        Ok(ended(vec![self.flow().await?, answer.clone()]))
    }
}

/// How an update ends that gets exactly these answers.
pub(crate) fn ended(answers: Vec<Response<Vec<u8>>>) -> Result<Outcome<CustomerTraits>, Error> {
    let nickname = Some(Some("Countess".to_owned()));
    scripted::update(&Rename { nickname }, answers)
}

/// How an update ends whose first request gets this answer.
pub(crate) fn created(answer: &Response<Vec<u8>>) -> Result<Outcome<CustomerTraits>, Error> {
    ended(vec![answer.clone()])
}

/// The JSON body of an answer.
pub(crate) fn body(answer: &Response<Vec<u8>>) -> Result<Value, Failure> {
    serde_json::from_slice(answer.body()).map_err(|error| Failure::because("no JSON", &error))
}

/// The id of the flow in an answer.
pub(crate) fn id(answer: &Response<Vec<u8>>) -> Result<String, Failure> {
    Ok(body(answer)?["id"].as_str().unwrap_or_default().to_owned())
}
