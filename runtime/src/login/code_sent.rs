//! Codes that Kratos has sent.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::attempt::Purpose;
use crate::http::flow::FlowId;

/// Kratos has sent a code to the person. Store this value until they enter the code, in this process or
/// another: it can be serialized, and contains an address but no secret.
///
/// After a wrong code another one can be submitted, until Kratos rejects too many.
///
/// ```
/// use kratos_traits::login::CodeSent;
///
/// let stored = r#"{"flow":"6e2f0c7e-5d39","address":"ada@example.org","factor":"refresh"}"#;
/// let sent: CodeSent = serde_json::from_str(stored)?;
/// assert_eq!(sent.address(), Some("ada@example.org"));
/// assert_eq!(serde_json::to_string(&sent)?, stored);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
#[must_use = "it is needed to submit the code"]
pub struct CodeSent {
    pub(crate) flow: FlowId,
    pub(crate) address: Option<String>,
    pub(crate) factor: Factor,
}

/// The login that the code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Factor {
    /// A fresh login.
    Refresh,
    /// The second factor.
    Second,
}

impl CodeSent {
    pub(super) fn new(flow: FlowId, address: Option<String>, purpose: &Purpose) -> Self {
        let factor = match purpose {
            Purpose::SecondFactor(_) => Factor::Second,
            Purpose::First | Purpose::Refresh(_) => Factor::Refresh,
        };
        Self {
            flow,
            address,
            factor,
        }
    }

    /// The identifier or address that the code was sent to, if Kratos tells it.
    ///
    /// ```
    /// use kratos_traits::login::CodeSent;
    ///
    /// fn hint(sent: &CodeSent) -> String {
    ///     format!("We have sent a code to {}.", sent.address().unwrap_or("your address"))
    /// }
    /// ```
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }
}

impl fmt::Debug for CodeSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeSent")
            .field("factor", &self.factor)
            .finish_non_exhaustive()
    }
}

/// The serialized form.
#[derive(Serialize, Deserialize)]
struct Stored {
    flow: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    factor: Factor,
}

impl From<CodeSent> for Stored {
    fn from(sent: CodeSent) -> Self {
        Self {
            flow: sent.flow.as_str().to_owned(),
            address: sent.address,
            factor: sent.factor,
        }
    }
}

impl TryFrom<Stored> for CodeSent {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, &'static str> {
        Ok(Self {
            flow: FlowId::new(stored.flow).ok_or("the id of the flow is not valid")?,
            address: stored.address,
            factor: stored.factor,
        })
    }
}
