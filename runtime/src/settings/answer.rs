//! Responses to a settings flow.

use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::outcome::{Outcome, Saved, Unsaved};
use super::pending::Pending;
use crate::http::answer::{Answer, Envelope};
use crate::http::flow::{CsrfToken, FlowId, Ui};
use crate::http::{ContinueWith, Error, Invalid, Phase, Refusal};
use crate::identity::Identity;
use crate::problem::{Message, MessageId};
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::difference::differing;

/// The result of creating a flow.
pub(super) enum Created<T> {
    /// A flow, with the current identity.
    Flow {
        id: FlowId,
        identity: Identity<T>,
        /// Only browser flows have one.
        csrf: Option<CsrfToken>,
    },
    /// No flow.
    End(Outcome<T>),
}

/// Reads the response to `GET /self-service/settings/api` or `GET /self-service/settings/flows?id=…`.
pub(super) fn created<T: IdentityTraits>(
    response: &Response<Vec<u8>>,
    pending: Pending<T>,
) -> Result<Created<T>, Error> {
    let answer = Answer::new(Phase::Create, response);
    if answer.status != StatusCode::OK {
        return Ok(Created::End(refused(&answer, pending)?));
    }
    let flow = SettingsFlow::read(&answer)?;
    let identity: Identity<T> = flow.identity(&answer)?;
    Error::of_other_schema::<T>(&answer, &identity.schema_id)?;
    Ok(Created::Flow {
        id: FlowId::new(flow.id).ok_or(answer.error("the id of the flow is not valid"))?,
        identity,
        csrf: flow.ui.csrf(),
    })
}

/// Reads the response to `POST /self-service/settings?flow=…`, a flow of the identity `before`.
pub(super) fn submitted<T: IdentityTraits>(
    response: &Response<Vec<u8>>,
    sent: &RawTraits,
    before: &Identity<T>,
    pending: Pending<T>,
) -> Result<Outcome<T>, Error> {
    #[derive(Deserialize)]
    struct RefusedForm {
        ui: Ui,
    }

    let answer = Answer::new(Phase::Submit, response);
    match answer.status {
        StatusCode::OK => accepted(&answer, sent, before),
        // Kratos returns a refused form as a flow, and any other refusal as an error.
        StatusCode::BAD_REQUEST => match answer.read::<RefusedForm>("") {
            Ok(form) => {
                let invalid =
                    Invalid::of_form(&form.ui, pending.patch(), &before.traits.raw().json());
                if invalid.general.iter().any(is_identifier_taken) {
                    return Ok(Outcome::IdentifierTaken(invalid));
                }
                Ok(Outcome::Invalid(invalid))
            }
            Err(_) => refused(&answer, pending),
        },
        _ => refused(&answer, pending),
    }
}

/// Reads a response with status 200, which does not always mean that the change is saved.
fn accepted<T: IdentityTraits>(
    answer: &Answer<'_>,
    sent: &RawTraits,
    before: &Identity<T>,
) -> Result<Outcome<T>, Error> {
    let flow = SettingsFlow::read(answer)?;
    let identity: Identity<T> = flow.identity(answer)?;
    if identity.id != before.id {
        return Err(Error::UnexpectedIdentity {
            phase: answer.phase,
            headers: answer.headers(),
        });
    }
    let continue_with = flow.continue_with.into_iter().flatten();
    let continue_with: Vec<_> = continue_with.map(ContinueWith::read).collect();
    if flow.state == "success" {
        return Ok(Outcome::Saved(Saved {
            differences: differing::<T>(sent, identity.traits.raw()),
            new: identity.derived().added_to(&before.derived()),
            identity,
            continue_with,
        }));
    }
    let unsaved = Unsaved {
        identity,
        continue_with,
        messages: flow.ui.messages(),
    };
    let verifies = |one: &ContinueWith| matches!(one, ContinueWith::ShowVerificationUi { .. });
    let is_rejection = |one: &Message| one.id == MessageId::TOO_MANY_ADDRESS_CHANGES;
    let is_verified_first =
        unsaved.continue_with.iter().any(verifies) && !unsaved.messages.iter().any(is_rejection);
    Ok(if is_verified_first {
        Outcome::VerificationRequired(unsaved)
    } else {
        Outcome::Unconfirmed(unsaved)
    })
}

fn is_identifier_taken(message: &Message) -> bool {
    matches!(
        message.id,
        MessageId::IDENTIFIER_TAKEN
            | MessageId::IDENTIFIER_TAKEN_ON_LINK
            | MessageId::IDENTIFIER_TAKEN_WITH_HINTS
    )
}

/// Reads an error.
fn refused<T>(answer: &Answer<'_>, pending: Pending<T>) -> Result<Outcome<T>, Error> {
    if let Some(refusal) = answer.busy() {
        return Ok(Outcome::Busy(refusal, pending));
    }
    let envelope: Envelope = answer.read("expected an error of Kratos")?;
    let id = envelope.error.id.as_deref();
    let pending = Pending {
        replacement: envelope.use_flow_id.clone().and_then(FlowId::new),
        redirect_browser_to: envelope.redirect_browser_to.clone(),
        ..pending
    };
    Ok(match (answer.status.as_u16(), id) {
        (401, _) => Outcome::SessionInactive(pending),
        (403, Some("session_refresh_required")) => Outcome::ReauthenticationRequired(pending),
        (403, Some("session_aal2_required")) => Outcome::SecondFactorRequired(pending),
        (410, _) => Outcome::FlowExpired(pending),
        (422, _) => Outcome::BrowserRedirectRequired(pending),
        (status, _) if status >= 400 => {
            let refusal = Refusal::read(answer, envelope);
            if refusal.is_concurrent_update() {
                Outcome::Busy(refusal, pending)
            } else {
                Outcome::Refused(refusal)
            }
        }
        _ => return Err(answer.error("unexpected status for a settings flow")),
    })
}

#[derive(Deserialize)]
struct SettingsFlow {
    id: String,
    #[serde(default)]
    state: String,
    identity: Box<RawValue>,
    #[serde(default)]
    ui: Ui,
    #[serde(default)]
    continue_with: Option<Vec<Value>>,
}

impl SettingsFlow {
    fn read(answer: &Answer<'_>) -> Result<Self, Error> {
        answer.read("expected a settings flow")
    }

    fn identity<T: IdentityTraits>(&self, answer: &Answer<'_>) -> Result<Identity<T>, Error> {
        Identity::read(&self.identity).map_err(|reason| answer.error(reason))
    }
}
