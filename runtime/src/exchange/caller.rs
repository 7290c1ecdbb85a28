//! On whose behalf a request is made.

use http::header::ACCEPT;
use http::request::Builder;
use http::{Method, Request};

use super::public_url::PublicUrl;
use super::session_token::SessionToken;

/// The public API, asked on behalf of a person.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) server: PublicUrl,
    pub(crate) proof: Proof,
}

/// How the person proves to be logged in; native and browser flows are never mixed.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// A native application, with the token that Kratos handed out at login.
    Native(SessionToken),
}

impl Caller {
    /// A request to an endpoint of the public API; `path` starts with a slash.
    pub(crate) fn request(&self, method: Method, path: &str) -> Result<Builder, http::Error> {
        let request = Request::builder()
            .method(method)
            .uri(self.server.endpoint(path))
            // Without it Kratos answers in HTML wherever it does not know the flow yet.
            .header(ACCEPT, "application/json");
        match &self.proof {
            Proof::Native(token) => Ok(request.header("X-Session-Token", token.header()?)),
        }
    }
}
