//! The error envelope of Kratos (`herodot`): an object `error`, all of it optional; unknown members
//! are welcome.

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Envelope {
    pub(crate) error: ErrorBody,
    #[serde(default)]
    pub(crate) redirect_browser_to: Option<String>,
    /// The flow that takes the place of an expired one.
    #[serde(default)]
    pub(crate) use_flow_id: Option<String>,
}

#[derive(Default, Deserialize)]
pub(crate) struct ErrorBody {
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) message: Option<String>,
}
