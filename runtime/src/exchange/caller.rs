//! On whose behalf a request is made.

use http::header::ACCEPT;
use http::request::Builder;
use http::{Method, Request};

use super::ambient::AmbientCookies;
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
    /// The browser that runs this code, with the cookies that it adds by itself.
    Ambient,
}

/// The two kinds of self-service flows, by the name that stands in their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlowKind {
    /// `/self-service/…/api`: no cookie, no CSRF token.
    Native,
    /// `/self-service/…/browser`: cookies, and a CSRF token in each submit.
    Browser,
}

impl FlowKind {
    /// The last segment of the path that creates a flow of this kind.
    pub(crate) const fn segment(self) -> &'static str {
        match self {
            Self::Native => "api",
            Self::Browser => "browser",
        }
    }
}

impl Caller {
    /// Which kind of flow it takes to act on behalf of the person.
    pub(crate) fn flow_kind(&self) -> FlowKind {
        match self.proof {
            Proof::Native(_) => FlowKind::Native,
            Proof::Ambient => FlowKind::Browser,
        }
    }

    /// A request to an endpoint of the public API; `path` starts with a slash.
    pub(crate) fn request(&self, method: Method, path: &str) -> Result<Builder, http::Error> {
        let request = Request::builder()
            .method(method)
            .uri(self.server.endpoint(path))
            // Without it Kratos answers in HTML wherever it does not know the flow yet.
            .header(ACCEPT, "application/json");
        match &self.proof {
            Proof::Native(token) => Ok(request.header("X-Session-Token", token.header()?)),
            Proof::Ambient => Ok(request.extension(AmbientCookies)),
        }
    }
}
