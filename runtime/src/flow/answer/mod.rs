//! Reads the answers of Kratos. The HTTP status decides first; the body only says more.
//!
//! `error.code`, `state` and message 1050001 are seen to say other things than the status: a 400
//! may hold `code: 500`, and a flow that once succeeded keeps `state: success` when it is refused.

mod envelope;
mod messages;
mod settings_flow;

use http::{Response, StatusCode};

use self::envelope::Envelope;
use self::settings_flow::SettingsFlow;
use super::error::{Error, Phase, content_type};
use super::flow_id::FlowId;
use super::outcome::{Elsewhere, Identity, Outcome, Pending, Saved};
use crate::traits::facts::IdentityTraits;
use crate::update::patch::Patch;

/// What creating a flow leads to.
pub(super) enum Created<T> {
    /// A flow, and the person as they are.
    Flow { id: FlowId, identity: Identity<T> },
    /// No flow.
    End(Outcome<T>),
}

/// Reads the answer to `GET /self-service/settings/api` or `GET /self-service/settings/flows?id=…`.
pub(super) fn created<T: IdentityTraits>(
    response: &Response<Vec<u8>>,
    patch: Patch<T>,
) -> Result<Created<T>, Error> {
    let answer = Answer::new(Phase::Create, response);
    if answer.status != StatusCode::OK {
        return Ok(Created::End(answer.ended(patch)?));
    }
    let flow: SettingsFlow = answer.read("it is no settings flow")?;
    let identity = flow.identity.read();
    Ok(Created::Flow {
        id: FlowId::new(flow.id).ok_or(answer.error("the flow has no usable id"))?,
        identity: identity.ok_or(answer.error("the traits of the identity are no object"))?,
    })
}

/// Reads the answer to `POST /self-service/settings?flow=…`.
pub(super) fn submitted<T: IdentityTraits>(
    response: &Response<Vec<u8>>,
    patch: Patch<T>,
) -> Result<Outcome<T>, Error> {
    let answer = Answer::new(Phase::Submit, response);
    match answer.status {
        StatusCode::OK => {
            let flow: SettingsFlow = answer.read("it is no settings flow")?;
            if flow.state != "success" {
                return flow
                    .parked()
                    .ok_or(answer.error("the traits of the identity are no object"));
            }
            let identity = flow.identity.read();
            Ok(Outcome::Saved(Saved {
                identity: identity
                    .ok_or(answer.error("the traits of the identity are no object"))?,
                continue_with: flow.continue_with.0,
            }))
        }
        // A refused form comes back as the flow; any other refusal as an error.
        StatusCode::BAD_REQUEST => match answer.read::<messages::Refused>("") {
            Ok(refused) => Ok(refused.into_outcome(T::SCHEMA)),
            Err(_) => answer.ended(patch),
        },
        _ => answer.ended(patch),
    }
}

/// An answer, and how to read it.
struct Answer<'a> {
    phase: Phase,
    status: StatusCode,
    response: &'a Response<Vec<u8>>,
}

impl<'a> Answer<'a> {
    fn new(phase: Phase, response: &'a Response<Vec<u8>>) -> Self {
        Self {
            phase,
            status: response.status(),
            response,
        }
    }

    fn read<B: serde::Deserialize<'a>>(&self, what: &'static str) -> Result<B, Error> {
        serde_json::from_slice(self.response.body()).map_err(|error| {
            self.error(match error.classify() {
                serde_json::error::Category::Syntax => "it is no JSON",
                serde_json::error::Category::Eof => "it ends too early",
                _ => what,
            })
        })
    }

    fn error(&self, what: &'static str) -> Error {
        Error::Answer {
            phase: self.phase,
            status: self.status.as_u16(),
            content_type: content_type(self.response),
            what,
        }
    }

    /// The end that an error envelope tells of.
    fn ended<T>(&self, patch: Patch<T>) -> Result<Outcome<T>, Error> {
        let envelope: Envelope = self.read("it is no error of Kratos")?;
        let id = envelope.error.id.as_deref();
        let pending = Pending {
            patch,
            replacement: envelope.use_flow_id.clone().and_then(FlowId::new),
            redirect_browser_to: envelope.redirect_browser_to.clone(),
        };
        Ok(match (self.status.as_u16(), id) {
            (401, _) => Outcome::SessionGone,
            (403, Some("session_refresh_required")) => Outcome::ReauthenticationNeeded(pending),
            (403, Some("session_aal2_required")) => Outcome::SecondFactorNeeded(pending),
            (410, _) => Outcome::FlowGone(pending),
            (422, _) => Outcome::GoElsewhere(Elsewhere {
                redirect_browser_to: envelope.redirect_browser_to,
                pending,
            }),
            (status, _) if status >= 400 => {
                Outcome::Refused(envelope.refusal(self.phase, status, self.read("")?))
            }
            _ => return Err(self.error("Kratos does not answer a settings flow with this status")),
        })
    }
}
