//! Requests to the admin API.

use http::header::{ACCEPT, AUTHORIZATION};
use http::request::Builder;
use http::{Method, Request};

use super::escape::escaped;
use crate::exchange::{AdminToken, AdminUrl};

/// The URL of the admin API, and the token for it.
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

    /// A request about one identity.
    pub(super) fn about(&self, method: Method, id: &str) -> Result<Builder, http::Error> {
        // Ids are UUIDs. An empty id would address the list of all identities, one with dots or slashes another path.
        let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        self.request(method, is_id.then(|| format!("/{id}")))
    }

    /// A request for the identities with an identifier.
    pub(super) fn searching(&self, identifier: &str) -> Result<Builder, http::Error> {
        // Kratos ignores an empty identifier, and lists all identities.
        let query = format!("?credentials_identifier={}", escaped(identifier));
        self.request(Method::GET, (!identifier.is_empty()).then_some(query))
    }

    fn request(&self, method: Method, rest: Option<String>) -> Result<Builder, http::Error> {
        // An empty URI makes building the request fail.
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
