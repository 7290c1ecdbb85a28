//! What a login is for.

use http::request::Builder;
use http::{Method, Request};

use super::login_flow::LoginFlow;
use crate::exchange::caller::{self, Caller, Proof};
use crate::exchange::{PublicUrl, SessionToken};

/// What a login is for, and whose it is.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// A session for somebody who has none.
    First,
    /// A fresh login within a session.
    Refresh(SessionToken),
    /// The second factor of a session.
    SecondFactor(SessionToken),
}

impl Purpose {
    /// What makes Kratos create a flow for it.
    pub(super) fn query(&self) -> &'static str {
        match self {
            Self::First => "",
            Self::Refresh(_) => "?refresh=true",
            Self::SecondFactor(_) => "?aal=aal2",
        }
    }

    /// The session that shall come out of it; `None` when a new one shall.
    pub(super) fn session(&self) -> Option<&SessionToken> {
        match self {
            Self::First => None,
            Self::Refresh(session) | Self::SecondFactor(session) => Some(session),
        }
    }

    /// Whether Kratos made a flow for something else: of a session that is gone it makes a first
    /// login, with status 200 (`selfservice/flow/login/handler.go`, `NewLoginFlow`).
    pub(super) fn is_forgotten_by(&self, flow: &LoginFlow) -> bool {
        matches!(self, Self::Refresh(_)) && flow.refresh == Some(false)
    }

    /// A request to an endpoint of the public API; `path` starts with a slash.
    ///
    /// Create and submit carry the same token: without it, a submit opens another session.
    pub(super) fn request(
        &self,
        server: &PublicUrl,
        method: Method,
        path: &str,
    ) -> Result<Builder, http::Error> {
        match self.session() {
            None => Ok(caller::anonymous(server, method, path)),
            Some(session) => Caller {
                server: server.clone(),
                proof: Proof::Native(session.clone()),
            }
            .request(method, path),
        }
    }

    /// The request that creates the flow.
    pub(super) fn create(&self, server: &PublicUrl) -> Result<Request<Vec<u8>>, http::Error> {
        let path = format!("/self-service/login/api{}", self.query());
        self.request(server, Method::GET, &path)?.body(Vec::new())
    }
}
