//! Requests to the admin API.

use http::header::{ACCEPT, AUTHORIZATION};
use http::request::Builder;
use http::{Method, Request};

use super::escape::escaped;
use crate::exchange::{AdminToken, AdminUrl};

/// The admin API, and what lets us in.
#[derive(Clone, Debug)]
pub(crate) struct AdminCaller {
    pub(crate) server: AdminUrl,
    pub(crate) token: Option<AdminToken>,
}

impl AdminCaller {
    pub(crate) fn new(server: AdminUrl) -> Self {
        Self {
            server,
            token: None,
        }
    }

    /// A request about one person.
    pub(super) fn about(&self, method: Method, id: &str) -> Result<Builder, http::Error> {
        // Ids are UUIDs. An empty one would name the list of all people, dots and slashes another place.
        let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        self.request(method, is_id.then(|| format!("/{id}")))
    }

    /// A request for the people who log in with an identifier.
    pub(super) fn searching(&self, identifier: &str) -> Result<Builder, http::Error> {
        // Kratos takes an empty identifier for none, and lists everybody.
        let query = format!("?credentials_identifier={}", escaped(identifier));
        self.request(Method::GET, (!identifier.is_empty()).then_some(query))
    }

    fn request(&self, method: Method, rest: Option<String>) -> Result<Builder, http::Error> {
        // Without a place to go to, the request cannot be built: the empty URI is none.
        let uri = rest.map(|rest| self.server.endpoint(&format!("/admin/identities{rest}")));
        let request = Request::builder()
            .method(method)
            .uri(uri.unwrap_or_default())
            .header(ACCEPT, "application/json");
        match &self.token {
            Some(token) => Ok(request.header(AUTHORIZATION, token.header()?)),
            None => Ok(request),
        }
    }
}
