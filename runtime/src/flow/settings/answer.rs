//! Reads the answers to a settings flow.

use http::{Response, StatusCode};

use super::outcome::{Elsewhere, Outcome, Refusal, Saved};
use super::pending::Pending;
use super::settings_flow::SettingsFlow;
use crate::exchange::answer::Answer;
use crate::exchange::envelope::Envelope;
use crate::exchange::{Error, Phase};
use crate::flow::csrf::CsrfToken;
use crate::flow::flow_id::FlowId;
use crate::flow::messages;
use crate::identity::Identity;
use crate::json::path::TraitPath;
use crate::problem::MessageId;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::difference::differing;

/// What creating a flow leads to.
pub(super) enum Created<T> {
    /// A flow, and the person as they are.
    Flow {
        id: FlowId,
        identity: Identity<T>,
        /// Browser flows have one.
        csrf: Option<CsrfToken>,
    },
    /// No flow.
    End(Outcome<T>),
}

/// Reads the answer to `GET /self-service/settings/api` or `GET /self-service/settings/flows?id=…`.
pub(super) fn created<T: IdentityTraits>(
    response: &Response<Vec<u8>>,
    pending: Pending<T>,
) -> Result<Created<T>, Error> {
    let answer = Answer::new(Phase::Create, response);
    if answer.status != StatusCode::OK {
        return Ok(Created::End(ended(&answer, pending)?));
    }
    let flow: SettingsFlow = answer.read("it is no settings flow")?;
    let identity = flow.identity.read();
    let identity: Identity<T> =
        identity.ok_or(answer.error("the traits of the identity are no object"))?;
    Error::of_other_schema::<T>(answer.phase, &identity.schema_id)?;
    Ok(Created::Flow {
        id: FlowId::new(flow.id).ok_or(answer.error("the flow has no usable id"))?,
        identity,
        csrf: CsrfToken::of(&flow.ui),
    })
}

/// Reads the answer to `POST /self-service/settings?flow=…`.
pub(super) fn submitted<T: IdentityTraits>(
    response: &Response<Vec<u8>>,
    sent: &RawTraits,
    pending: Pending<T>,
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
            let identity: Option<Identity<T>> = flow.identity.read();
            let identity =
                identity.ok_or(answer.error("the traits of the identity are no object"))?;
            Ok(Outcome::Saved(Saved {
                differing: differing::<T>(sent, identity.traits.raw()),
                identity,
                continue_with: flow.continue_with.0,
            }))
        }
        // A refused form comes back as the flow; any other refusal as an error.
        StatusCode::BAD_REQUEST => match answer.read::<messages::Refused>("") {
            Ok(refused) => Ok(blamed(refused.into_outcome(pending.patch()), sent)),
            Err(_) => ended(&answer, pending),
        },
        _ => ended(&answer, pending),
    }
}

/// Tells the problems of what was not sent at all: Kratos put it in itself.
fn blamed<T>(mut outcome: Outcome<T>, sent: &RawTraits) -> Outcome<T> {
    if let Outcome::Invalid(invalid) = &mut outcome {
        for problem in &mut invalid.problems {
            let path = problem.path.segments();
            let judged = match problem.message.id {
                // Missing in an object that must be there, then.
                MessageId::REQUIRED => path.split_last().map_or(path, |(_, holder)| holder),
                _ => path,
            };
            if sent.get(&TraitPath::new(judged.iter().cloned())).is_none() {
                problem.blame_filling_in();
            }
        }
    }
    outcome
}

/// The end that an error envelope tells of.
fn ended<T>(answer: &Answer<'_>, pending: Pending<T>) -> Result<Outcome<T>, Error> {
    if answer.status.is_redirection() {
        return Err(answer.error(
            "it redirects: the header `Accept` was lost on the way, or the base URL is not that of \
             Kratos's public API",
        ));
    }
    let envelope: Envelope = answer.read("it is no error of Kratos")?;
    let id = envelope.error.id.as_deref();
    let pending = Pending {
        replacement: envelope.use_flow_id.clone().and_then(FlowId::new),
        redirect_browser_to: envelope.redirect_browser_to.clone(),
        ..pending
    };
    Ok(match (answer.status.as_u16(), id) {
        (401, _) => Outcome::SessionGone(pending),
        (403, Some("session_refresh_required")) => Outcome::ReauthenticationNeeded(pending),
        (403, Some("session_aal2_required")) => Outcome::SecondFactorNeeded(pending),
        (410, _) => Outcome::FlowGone(pending),
        (422, _) => Outcome::GoElsewhere(Elsewhere {
            redirect_browser_to: envelope.redirect_browser_to,
            pending,
        }),
        (status, _) if status >= 400 => Outcome::Refused(Refusal::read(answer, envelope)?),
        _ => return Err(answer.error("Kratos does not answer a settings flow with this status")),
    })
}
