//! The requests of a login, one after the other.

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response};

use super::answer::{self, Created, Submitted};
use super::code_sent::{CodeSent, Factor};
use super::credentials::Credentials;
use super::login_flow::LoginFlow;
use super::outcome::{LoggedIn, LoginOutcome};
use super::purpose::Purpose;
use super::secret::Secret;
use crate::exchange::{Error, Exchange, Phase, PublicUrl, SessionToken, Step, watch};
use crate::flow::flow_id::FlowId;

/// An attempt to log in through a native login flow: one request that creates the flow, one that
/// submits it. With a code, a second attempt submits what the person received.
///
/// ```
/// use kratos_traits::exchange::Exchange;
/// use kratos_traits::flow::LoginAttempt;
///
/// let server = "http://127.0.0.1:4433".parse()?;
/// let attempt = LoginAttempt::with_password(server, "ada@example.org", "correct horse");
/// let request = attempt.request()?;
/// assert_eq!(request.uri(), "http://127.0.0.1:4433/self-service/login/api");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "nothing is sent before a driver sends it"]
pub struct LoginAttempt {
    server: PublicUrl,
    purpose: Purpose,
    /// Who logs in; without it, whoever the flow says.
    identifier: Option<String>,
    credentials: Credentials,
    /// The flow, once there is one.
    flow: Option<FlowId>,
}

impl std::fmt::Debug for LoginAttempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginAttempt")
            .field("phase", &self.phase())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl LoginAttempt {
    /// A first login: it ends in a new session.
    pub fn with_password(
        server: PublicUrl,
        identifier: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let credentials = Credentials::Password(password.into());
        Self::start(server, Purpose::First, Some(identifier.into()), credentials)
    }

    pub(super) fn start(
        server: PublicUrl,
        purpose: Purpose,
        identifier: Option<String>,
        credentials: Credentials,
    ) -> Self {
        Self {
            server,
            purpose,
            identifier,
            credentials,
            flow: None,
        }
    }

    /// Goes on with a flow that has sent a code.
    pub(super) fn go_on(
        server: PublicUrl,
        session: SessionToken,
        sent: &CodeSent,
        credentials: Credentials,
    ) -> Self {
        Self {
            server,
            purpose: match sent.factor {
                Factor::Refresh => Purpose::Refresh(session),
                Factor::Second => Purpose::SecondFactor(session),
            },
            identifier: sent.address.clone(),
            credentials,
            flow: Some(sent.flow.clone()),
        }
    }

    fn build(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.flow {
            None => self.purpose.create(&self.server),
            Some(flow) => {
                let path = format!("/self-service/login?flow={}", flow.as_str());
                let body = self.credentials.body(self.identifier.as_deref());
                self.purpose
                    .request(&self.server, Method::POST, &path)?
                    .header(CONTENT_TYPE, "application/json")
                    .body(body)
            }
        }
    }

    fn created(mut self, id: FlowId, flow: &LoginFlow) -> Step<Self> {
        watch::flow(id.as_str());
        if self.purpose.is_forgotten_by(flow) {
            return Step::Done(LoginOutcome::SessionGone);
        }
        // After v1.3.1 Kratos sends it at once where there is one address to send it to.
        if flow.awaits_a_code() && matches!(self.credentials, Credentials::SendCode) {
            return Step::Done(self.code_sent(id, flow));
        }
        let choices = flow.choices();
        self.identifier = self.identifier.or(choices.identifier).or_else(|| {
            let mut addresses = choices.addresses.into_iter();
            let only = addresses.next()?;
            addresses.next().is_none().then_some(only)
        });
        self.flow = Some(id);
        Step::Next(self)
    }

    fn code_sent(self, id: FlowId, flow: &LoginFlow) -> LoginOutcome {
        let address = flow.choices().identifier.or(self.identifier);
        LoginOutcome::CodeSent(CodeSent::by(id, address, &self.purpose))
    }

    fn logged_in(&self, login: LoggedIn) -> LoginOutcome {
        match self.purpose.session() {
            Some(session) if !session.is(&login.session) => LoginOutcome::AnotherSession(login),
            _ if login.identity_id.is_none() => LoginOutcome::SecondFactorNeeded(login),
            _ => LoginOutcome::LoggedIn(login),
        }
    }

    fn step(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let Some(id) = self.flow.clone() else {
            return Ok(match answer::created(answer)? {
                Created::Flow(id, flow) => self.created(id, &flow),
                Created::End(outcome) => Step::Done(outcome),
            });
        };
        let asked_for_a_code = self.credentials.ask_for_a_code();
        let outcome = match answer::submitted(answer, asked_for_a_code)? {
            Submitted::In(login) => self.logged_in(login),
            Submitted::CodeSent(flow) => self.code_sent(id, &flow),
            Submitted::End(outcome) => outcome,
        };
        Ok(Step::Done(outcome))
    }
}

impl Exchange for LoginAttempt {
    type Output = LoginOutcome;

    fn phase(&self) -> Phase {
        match self.flow {
            None => Phase::CreateLogin,
            Some(_) => Phase::SubmitLogin,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.build().map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let step = self.step(answer)?;
        watch::ended(&step, LoginOutcome::name);
        Ok(step)
    }
}
