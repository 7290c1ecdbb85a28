//! Reads the answers to a settings flow.

use http::{Response, StatusCode};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::outcome::{Elsewhere, Outcome, ParkReason, Parked, Saved};
use super::pending::Pending;
use crate::http::answer::{Answer, Envelope, Refusal};
use crate::http::continue_with::ContinueWith;
use crate::http::flow::{CsrfToken, FlowId};
use crate::http::messages::Ui;
use crate::http::{Error, Phase};
use crate::identity::{Identity, WireIdentity};
use crate::json::path::TraitPath;
use crate::problem::{Message, MessageId};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;
use crate::update::difference::differing;
use crate::update::patch::Patch;

/// What creating a flow leads to.
pub(crate) enum Created<T> {
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
pub(crate) fn created<T: IdentityTraits>(
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
pub(crate) fn submitted<T: IdentityTraits>(
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
        StatusCode::BAD_REQUEST => match answer.read::<Refused>("") {
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

#[derive(Deserialize)]
pub(crate) struct SettingsFlow {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) state: String,
    pub(crate) identity: WireIdentity,
    #[serde(default)]
    pub(crate) ui: Ui,
    #[serde(default)]
    pub(crate) continue_with: Items,
}

/// The items of `continue_with`, absent or `null` when there are none.
#[derive(Default)]
pub(crate) struct Items(pub(crate) Vec<ContinueWith>);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Option::<Vec<Value>>::deserialize(deserializer)?;
        Ok(Self(
            items
                .into_iter()
                .flatten()
                .map(ContinueWith::read)
                .collect(),
        ))
    }
}

impl SettingsFlow {
    /// A 200 that did not save; `None` when the traits are no object.
    pub(crate) fn parked<T: IdentityTraits>(self) -> Option<Outcome<T>> {
        let messages = self.ui.general();
        let continue_with = self.continue_with.0;
        let verifies = |one: &ContinueWith| matches!(one, ContinueWith::ShowVerificationUi { .. });
        let reason = if messages
            .iter()
            .any(|one| one.id == MessageId::TOO_MANY_ADDRESS_CHANGES)
        {
            ParkReason::TooManyAddresses
        } else if continue_with.iter().any(verifies) {
            ParkReason::VerificationNeeded
        } else {
            ParkReason::Unknown
        };
        Some(Outcome::Parked(Parked {
            reason,
            identity: self.identity.read()?,
            continue_with,
            messages,
        }))
    }
}

/// A flow that came back with status 400; only its messages matter.
#[derive(Deserialize)]
pub(crate) struct Refused {
    ui: Ui,
}

impl Refused {
    pub(crate) fn into_outcome<T: IdentityTraits>(
        self,
        patch: &Patch<T, Privileged>,
    ) -> Outcome<T> {
        let invalid = self.ui.problems(patch);
        let taken = |message: &Message| {
            matches!(
                message.id,
                MessageId::IDENTIFIER_TAKEN
                    | MessageId::IDENTIFIER_TAKEN_ON_LINK
                    | MessageId::IDENTIFIER_TAKEN_WITH_HINTS
            )
        };
        if invalid.general.iter().any(taken) {
            Outcome::IdentifierTaken(invalid)
        } else {
            Outcome::Invalid(invalid)
        }
    }
}
