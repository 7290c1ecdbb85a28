//! The redirect from the public API to the admin API.

use http::header::LOCATION;
use http::{HeaderValue, StatusCode};

use crate::reply;
use crate::request::Request;
use crate::state::{Answer, State};

/// Answers a request for the admin API that was sent to the public API.
pub(crate) fn redirect(state: &State, request: &Request) -> Answer {
    let mut response = reply::plain(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(url) = HeaderValue::from_str(&request.url(&state.admin_base)) {
        response.headers_mut().insert(LOCATION, url);
    }
    Ok(response)
}
