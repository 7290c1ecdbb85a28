//! What Kratos refuses, in its own words.

use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::{Expired, Refusal};
use crate::clock::Time;
use crate::ids;

impl Refusal {
    pub(crate) fn malformed_flow_id() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "The request was malformed or contained invalid parameters",
        )
        .reason("The flow query parameter is missing or malformed.")
    }

    /// The decoder gave up: status 400 with a body that says 500.
    pub(crate) fn undecodable(message: String) -> Self {
        let mut refusal = Self::new(StatusCode::INTERNAL_SERVER_ERROR, message);
        refusal.0.status = StatusCode::BAD_REQUEST;
        refusal
    }

    pub(crate) fn logged_in_already(reason: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "you are already logged in")
            .id("session_already_available")
            .reason(reason)
    }

    pub(crate) fn first_factor_first() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "aal2 and aal3 can only be requested if a session exists already",
        )
        .id("session_aal1_required")
        .reason("You can not requested a higher AAL (AAL2/AAL3) without an active session.")
    }

    pub(crate) fn session_inactive() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "request does not have a valid authentication session",
        )
        .id("session_inactive")
        .reason(
            "This endpoint can only be accessed with a valid session. Please log in and try again.",
        )
    }

    pub(crate) fn unauthorized(reason: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "The request could not be authorized",
        )
        .reason(reason)
    }

    /// `return_to` is where the browser comes back to.
    pub(crate) fn second_factor(base: &str, return_to: Option<&str>) -> Self {
        let mut url = format!("{base}/self-service/login/browser?aal=aal2");
        if let Some(place) = return_to {
            url.push_str(&format!("&return_to={}", escaped(place)));
        }
        Self::new(
            StatusCode::FORBIDDEN,
            "Session does not fulfill the requested Authenticator Assurance Level",
        )
        .id("session_aal2_required")
        .reason(
            "An active session was found but it does not fulfill the requested Authenticator \
             Assurance Level. Please verify yourself with a second factor to resolve this issue.",
        )
        .details(json!({ "redirect_browser_to": &url }))
        .redirect(url)
    }

    /// Kratos sets the continuity cookie on native flows too.
    pub(crate) fn old_session(base: &str, submit_url: &str) -> Self {
        let mut refusal = Self::new(StatusCode::FORBIDDEN, "The requested action was forbidden")
            .id("session_refresh_required")
            .reason(
                "The login session is too old and thus not allowed to update these fields. \
                 Please re-authenticate.",
            )
            .redirect(format!(
                "{base}/self-service/login/browser?refresh=true&return_to={}",
                escaped(submit_url)
            ));
        refusal.0.cookie = HeaderValue::from_str(&format!(
            "ory_kratos_continuity={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
            ids::cookie()
        ))
        .ok();
        refusal
    }

    /// The token against forged forms is missing, or not that of the cookie.
    pub(crate) fn forged() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "the request was rejected to protect you from Cross-Site-Request-Forgery",
        )
        .id("security_csrf_violation")
        .reason(
            "Please retry the flow and optionally clear your cookies. The request was rejected to \
             protect you from Cross-Site-Request-Forgery (CSRF) which could cause account takeover, \
             leaking personal information, and other serious security issues.",
        )
        .details(json!({
            "docs": "https://www.ory.sh/kratos/docs/debug/csrf",
            "hint": "The anti-CSRF cookie was found but the CSRF token was not included in the HTTP \
                     request body (csrf_token) nor in the HTTP Header (X-CSRF-Token).",
            "reject_reason": "The HTTP Cookie Header was set and a CSRF token was sent but they do \
                              not match. We recommend deleting all cookies for this domain and \
                              retrying the flow.",
        }))
    }

    pub(crate) fn forbidden_return(url: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "The request was malformed or contained invalid parameters",
        )
        .id("self_service_flow_return_to_forbidden")
        .reason(format!("Requested return_to URL \"{url}\" is not allowed."))
    }

    pub(crate) fn someone_else(reason: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "The requested action was forbidden")
            .id("security_identity_mismatch")
            .reason(reason)
    }

    pub(crate) fn unknown_resource() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Unable to locate the resource")
    }

    pub(crate) fn not_found(reason: impl Into<String>) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "The requested resource could not be found",
        )
        .reason(reason)
    }

    /// An expired flow that was submitted; `use_flow_id` takes its place.
    pub(crate) fn expired(expired_at: Time, use_flow_id: String) -> Self {
        let since = expired_at.ago();
        let mut refusal = Self::new(StatusCode::GONE, "self-service flow expired")
            .id("self_service_flow_expired")
            .reason(format!(
                "The self-service flow expired {} minutes ago, initialize a new one.",
                expired_at.minutes_ago()
            ));
        refusal.0.body.expired = Some(Expired {
            expired_at,
            since: u64::try_from(since.as_nanos()).unwrap_or(u64::MAX),
            use_flow_id,
        });
        refusal
    }

    /// An expired flow that was only asked for.
    pub(crate) fn expired_settings(base: &str, kind: &str) -> Self {
        Self::new(
            StatusCode::GONE,
            "The requested resource is no longer available because it has expired or is otherwise invalid.",
        )
        .reason(
            "The settings flow has expired. Call the settings flow init API endpoint to \
             initialize a new settings flow.",
        )
        .details(json!({ kind: format!("{base}/self-service/settings/{kind}") }))
    }

    pub(crate) fn empty_identifier() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "An internal server error occurred, please contact the system administrator",
        )
        .reason("Unable to create identity credentials with missing or empty identifier.")
    }

    /// Our own limit: Kratos has none that is known.
    pub(crate) fn body_too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the request body is too large for the fake",
        )
    }

    /// Something that Kratos does and the fake does not.
    pub(crate) fn not_played(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            "this server is kratos-traits-fake, not Kratos",
        )
        .reason(format!("The fake does not implement {what}."))
    }
}

/// A URL as the value of a query parameter.
fn escaped(url: &str) -> String {
    url.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
