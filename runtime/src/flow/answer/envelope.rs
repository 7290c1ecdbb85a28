//! The error envelope of Kratos (`herodot`): an object `error`, all of it optional; unknown members
//! are welcome.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::flow::error::Phase;
use crate::flow::outcome::Refusal;

#[derive(Deserialize)]
pub(super) struct Envelope {
    pub(super) error: ErrorBody,
    #[serde(default)]
    pub(super) redirect_browser_to: Option<String>,
    /// The flow that takes the place of an expired one.
    #[serde(default)]
    pub(super) use_flow_id: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ErrorBody {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl Envelope {
    pub(super) fn refusal(self, phase: Phase, status: u16, body: &RawValue) -> Refusal {
        Refusal {
            phase,
            status,
            id: self.error.id,
            reason: self.error.reason.or(self.error.message),
            body: body.to_owned(),
        }
    }
}
