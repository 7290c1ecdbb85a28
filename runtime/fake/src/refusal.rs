//! Refusals: the texts of Kratos in its error envelope (`herodot`).

use std::collections::BTreeMap;
use std::fmt::Display;

use http::header::SET_COOKIE;
use http::{HeaderValue, Response, StatusCode};
use kratos_traits::{MessageId, Problem};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use super::clock::Time;
use super::{ids, reply};

/// What is escaped in the value of a query parameter.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// An answer whose body is an `error`.
pub(super) struct Refusal(Box<Parts>);

struct Parts {
    status: StatusCode,
    cookie: Option<HeaderValue>,
    body: Envelope,
}

#[derive(Serialize)]
struct Envelope {
    error: Error,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_browser_to: Option<String>,
    #[serde(flatten)]
    expired: Option<Expired>,
}

#[derive(Serialize)]
struct Error {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'static str>,
    code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
    message: String,
}

#[derive(Serialize)]
struct Expired {
    expired_at: Time,
    since: u64,
    use_flow_id: String,
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            status,
            cookie: None,
            body: Envelope {
                error: Error {
                    id: None,
                    code: status.as_u16(),
                    status: status.canonical_reason(),
                    reason: None,
                    details: None,
                    message: message.into(),
                },
                redirect_browser_to: None,
                expired: None,
            },
        }))
    }

    fn id(mut self, id: &'static str) -> Self {
        self.0.body.error.id = Some(id);
        self
    }

    pub(super) fn reason(mut self, reason: impl Into<String>) -> Self {
        self.0.body.error.reason = Some(reason.into());
        self
    }

    fn details(mut self, details: Value) -> Self {
        self.0.body.error.details = Some(details);
        self
    }

    fn redirect(mut self, url: String) -> Self {
        self.0.body.redirect_browser_to = Some(url);
        self
    }

    pub(super) fn reply(self) -> Response<Vec<u8>> {
        let mut response = reply::error(self.0.status, &self.0.body);
        if let Some(cookie) = self.0.cookie {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }
}

/// What Kratos refuses, in its words.
impl Refusal {
    pub(super) fn bad_request() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "The request was malformed or contained invalid parameters",
        )
    }

    fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "The requested action was forbidden")
    }

    pub(super) fn malformed_flow_id() -> Self {
        Self::bad_request().reason("The flow query parameter is missing or malformed.")
    }

    /// A body that Kratos cannot decode: the status is 400, and the code in the body is 500.
    pub(super) fn undecodable(message: String) -> Self {
        let mut refusal = Self::new(StatusCode::INTERNAL_SERVER_ERROR, message);
        refusal.0.status = StatusCode::BAD_REQUEST;
        refusal
    }

    pub(super) fn already_logged_in(reason: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "you are already logged in")
            .id("session_already_available")
            .reason(reason)
    }

    pub(super) fn first_factor_required() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "aal2 and aal3 can only be requested if a session exists already",
        )
        .id("session_aal1_required")
        .reason("You can not requested a higher AAL (AAL2/AAL3) without an active session.")
    }

    pub(super) fn session_inactive() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "request does not have a valid authentication session",
        )
        .id("session_inactive")
        .reason(
            "This endpoint can only be accessed with a valid session. Please log in and try again.",
        )
    }

    pub(super) fn unauthorized(reason: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "The request could not be authorized",
        )
        .reason(reason)
    }

    /// `return_to` is where the browser comes back to.
    pub(super) fn second_factor(base: &str, return_to: Option<&str>) -> Self {
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
    pub(super) fn old_session(base: &str, submit_url: &str) -> Self {
        let mut refusal = Self::forbidden()
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
            ids::letters(44)
        ))
        .ok();
        refusal
    }

    /// The CSRF token is missing, or does not match the cookie.
    pub(super) fn csrf_violation() -> Self {
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

    pub(super) fn forbidden_return(url: &str) -> Self {
        Self::bad_request()
            .id("self_service_flow_return_to_forbidden")
            .reason(format!("Requested return_to URL \"{url}\" is not allowed."))
    }

    pub(super) fn identity_mismatch(reason: &str) -> Self {
        Self::forbidden()
            .id("security_identity_mismatch")
            .reason(reason)
    }

    pub(super) fn unknown_resource() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Unable to locate the resource")
    }

    pub(super) fn not_found(reason: impl Into<String>) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "The requested resource could not be found",
        )
        .reason(reason)
    }

    /// An expired flow that was submitted; `use_flow_id` replaces it.
    pub(super) fn expired(expired_at: Time, use_flow_id: String) -> Self {
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

    /// An expired settings flow that was only requested.
    pub(super) fn expired_settings(base: &str, kind: &str) -> Self {
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

    pub(super) fn empty_identifier() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "An internal server error occurred, please contact the system administrator",
        )
        .reason("Unable to create identity credentials with missing or empty identifier.")
    }

    /// A limit of the fake; Kratos has no known limit.
    pub(super) fn body_too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the request body is too large for the fake",
        )
    }

    /// Something that Kratos does and the fake does not.
    pub(super) fn not_implemented(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            "this server is kratos-traits-fake, not Kratos",
        )
        .reason(format!("The fake does not implement {what}."))
    }
}

/// A URL as the value of a query parameter.
fn escaped(url: &str) -> impl Display {
    utf8_percent_encode(url, ESCAPED)
}

/// What the admin API of Kratos refuses, in its words.
impl Refusal {
    /// A JSON Patch that cannot be applied.
    pub(super) fn invalid_patch(why: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, why)
            .reason("An error occured when applying the JSON patch")
    }

    /// Traits that break the schema: paths and texts, without ids.
    pub(super) fn invalid_traits(problems: &[Problem]) -> Self {
        let (missing, others): (Vec<_>, Vec<_>) = problems
            .iter()
            .partition(|one| one.message.id == MessageId::REQUIRED);
        let mut of_objects: BTreeMap<&[String], Vec<String>> = BTreeMap::new();
        for problem in missing {
            if let Some((name, object)) = problem.path.segments().split_last() {
                of_objects
                    .entry(object)
                    .or_default()
                    .push(format!("{name:?}"));
            }
        }
        let missing = of_objects.into_iter().map(|(object, names)| {
            line(
                object,
                "required",
                &format!("missing properties: {}", names.join(", ")),
            )
        });
        let others = others.into_iter().map(|problem| {
            let text = &problem.message.text;
            let keyword = if text.starts_with("additionalProperties ") {
                "additionalProperties".to_owned()
            } else {
                problem.message.id.0.to_string()
            };
            line(problem.path.segments(), &keyword, text)
        });
        let lines: Vec<String> = missing.chain(others).collect();
        let mut reason = lines.join("\n  ");
        if lines.len() != 1 {
            let heading = "I[#/traits] S[#/properties/traits] validation failed";
            reason = format!("{heading}\n  {reason}");
        }
        Self::bad_request().reason(reason)
    }

    pub(super) fn identifier_taken() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "Unable to insert or update resource because a resource with that value exists already",
        )
    }
}

/// One problem. Its place in the schema is made up: of most rules, the fake knows only the id of the message.
fn line(place: &[String], keyword: &str, sentence: &str) -> String {
    let place: String = place
        .iter()
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
        .collect();
    format!("I[#/traits{place}] S[#/properties/traits/{keyword}] {sentence}")
}
