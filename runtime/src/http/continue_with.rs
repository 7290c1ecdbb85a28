//! `continue_with`: what Kratos suggests to do next.

use std::fmt;

use serde_json::Value;

/// An action that Kratos suggests to do next.
///
/// `Debug` shows the action only: the rest contains addresses, tokens and flow ids.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ContinueWith {
    /// Show a verification flow.
    #[non_exhaustive]
    ShowVerificationUi {
        /// The verification flow.
        flow: String,
        /// The address that a code was sent to.
        address: Option<String>,
        /// The page that shows the flow; browsers only.
        url: Option<String>,
    },
    /// Show a recovery flow.
    #[non_exhaustive]
    ShowRecoveryUi {
        /// The recovery flow.
        flow: String,
        /// The page that shows the flow.
        url: Option<String>,
    },
    /// Show a settings flow.
    #[non_exhaustive]
    ShowSettingsUi {
        /// The settings flow.
        flow: String,
        /// The page that shows the flow.
        url: Option<String>,
    },
    /// Redirect the browser.
    #[non_exhaustive]
    RedirectBrowserTo {
        /// The URL.
        url: String,
    },
    /// Another action, such as `set_ory_session_token`, or one of a newer Kratos.
    #[non_exhaustive]
    Other {
        /// The value of `action`; empty if there is none.
        action: String,
        /// The whole item.
        item: Value,
    },
}

impl ContinueWith {
    /// Reads an item; one of an unknown shape is `Other`.
    pub(crate) fn read(item: Value) -> Self {
        let text = |pointer| {
            item.pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let action = text("/action").unwrap_or_default();
        let (flow, url) = (text("/flow/id"), text("/flow/url"));
        match (action.as_str(), flow, text("/redirect_browser_to")) {
            ("show_verification_ui", Some(flow), _) => Self::ShowVerificationUi {
                flow,
                address: text("/flow/verifiable_address"),
                url,
            },
            ("show_recovery_ui", Some(flow), _) => Self::ShowRecoveryUi { flow, url },
            ("show_settings_ui", Some(flow), _) => Self::ShowSettingsUi { flow, url },
            ("redirect_browser_to", _, Some(url)) => Self::RedirectBrowserTo { url },
            _ => Self::Other { action, item },
        }
    }

    /// The value of `action`.
    ///
    /// ```
    /// use kratos_traits::ContinueWith;
    ///
    /// fn log(item: &ContinueWith) {
    ///     println!("next: {}", item.action());
    /// }
    /// ```
    pub fn action(&self) -> &str {
        match self {
            Self::ShowVerificationUi { .. } => "show_verification_ui",
            Self::ShowRecoveryUi { .. } => "show_recovery_ui",
            Self::ShowSettingsUi { .. } => "show_settings_ui",
            Self::RedirectBrowserTo { .. } => "redirect_browser_to",
            Self::Other { action, .. } => action,
        }
    }
}

impl fmt::Debug for ContinueWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContinueWith")
            .field("action", &self.action())
            .finish_non_exhaustive()
    }
}
