//! A code is on its way to the person.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::attempt::Purpose;
use crate::http::flow::FlowId;

/// A code is on its way to the person. Keep this until they type it, in this process or another: it
/// can be serialised, and holds an address but no secret.
///
/// It is good for several codes: a mistyped one can be typed again, until Kratos has seen too many.
///
/// ```
/// use kratos_traits::flow::CodeSent;
///
/// let kept = r#"{"flow":"6e2f0c7e-5d39","address":"ada@example.org","factor":"refresh"}"#;
/// let sent: CodeSent = serde_json::from_str(kept)?;
/// assert_eq!(sent.address(), Some("ada@example.org"));
/// assert_eq!(serde_json::to_string(&sent)?, kept);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(into = "Kept", try_from = "Kept")]
#[must_use = "the code is submitted with it"]
pub struct CodeSent {
    pub(crate) flow: FlowId,
    pub(crate) address: Option<String>,
    pub(crate) factor: Factor,
}

/// Which login the code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Factor {
    /// A fresh login.
    Refresh,
    /// The second factor.
    Second,
}

impl CodeSent {
    /// The code that a flow has sent, for this purpose.
    pub(crate) fn by(flow: FlowId, address: Option<String>, purpose: &Purpose) -> Self {
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

    /// The identifier or address that the code was asked for, as far as Kratos says it.
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

/// Its serialised form.
#[derive(Serialize, Deserialize)]
struct Kept {
    flow: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    factor: Factor,
}

/// What was kept of a [`CodeSent`] is none: the id of its flow can be no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidCodeSent;

impl fmt::Display for InvalidCodeSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a flow is made of letters, digits and hyphens")
    }
}

impl std::error::Error for InvalidCodeSent {}

impl From<CodeSent> for Kept {
    fn from(sent: CodeSent) -> Self {
        Self {
            flow: sent.flow.as_str().to_owned(),
            address: sent.address,
            factor: sent.factor,
        }
    }
}

impl TryFrom<Kept> for CodeSent {
    type Error = InvalidCodeSent;

    fn try_from(kept: Kept) -> Result<Self, InvalidCodeSent> {
        Ok(Self {
            flow: FlowId::new(kept.flow).ok_or(InvalidCodeSent)?,
            address: kept.address,
            factor: kept.factor,
        })
    }
}
