//! Asks in which ways a person can log in, without logging in.

use http::{Request, Response};

use super::answer::{self, Created};
use super::choices::LoginChoices;
use super::code_sent::CodeSent;
use super::outcome::LoginOutcome;
use super::purpose::Purpose;
use crate::exchange::{Error, Exchange, Phase, PublicUrl, Step, watch};

/// Asks in which ways a person can log in, by creating a login flow. Logging in creates another.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct LoginOffer {
    server: PublicUrl,
    purpose: Purpose,
}

impl LoginOffer {
    pub(super) fn of(server: PublicUrl, purpose: Purpose) -> Self {
        Self { server, purpose }
    }
}

impl Exchange for LoginOffer {
    /// The choices; or what came instead, of which one is
    /// [`CodeSent`](LoginOutcome::CodeSent): where a code is the only second factor, and there is one
    /// address to send it to, Kratos after v1.3.1 sends it when it is asked for the choices.
    type Output = Result<LoginChoices, LoginOutcome>;

    fn phase(&self) -> Phase {
        Phase::CreateLogin
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.purpose
            .create(&self.server)
            .map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let ended = match answer::created(answer)? {
            Created::End(outcome) => Err(outcome),
            Created::Flow(_, flow) if self.purpose.is_forgotten_by(&flow) => {
                Err(LoginOutcome::SessionGone)
            }
            Created::Flow(id, flow) if flow.awaits_a_code() => {
                let address = flow.choices().identifier;
                Err(LoginOutcome::CodeSent(CodeSent::by(
                    id,
                    address,
                    &self.purpose,
                )))
            }
            Created::Flow(_, flow) => Ok(flow.choices()),
        };
        watch::outcome(match &ended {
            Ok(_) => "choices",
            Err(outcome) => outcome.name(),
        });
        Ok(Step::Done(ended))
    }
}
