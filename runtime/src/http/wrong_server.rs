//! Recognizes the answers of a server that the base URL should not name.

use std::error::Error as StdError;
use std::net::IpAddr;

use http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION};
use http::{Request, Response, StatusCode, Uri};

use super::{Phase, SendError};

/// What is wrong with the base URL, if the response to the request for `uri` tells.
///
/// Source: K-admin-10, and the texts of Go's `net/http` and of nginx for `http` on a port of `https`.
pub(super) fn of_response(
    phase: Phase,
    uri: impl FnOnce() -> Uri,
    response: &Response<Vec<u8>>,
) -> Option<&'static str> {
    let status = response.status();
    if status.is_redirection() {
        let location = response.headers().get(LOCATION);
        let location = location.and_then(|location| location.to_str().ok()?.parse().ok());
        return Some(of_redirect(phase, &uri(), location.as_ref()));
    }
    if status == StatusCode::BAD_REQUEST && expects_tls(response.body()) {
        return Some("the server expects https: begin the base URL with https://");
    }
    (status == StatusCode::NOT_FOUND && !is_json(response)).then(|| no_endpoint(phase))
}

/// What is wrong if Kratos redirects; it does not when the base URL is right.
fn of_redirect(phase: Phase, uri: &Uri, location: Option<&Uri>) -> &'static str {
    const UNKNOWN: &str = "unexpected redirect: either the base URL is not that of Kratos's public API, or a proxy \
                           removed the header `Accept`";
    let Some(location) = location else {
        return UNKNOWN;
    };
    let is_same_path = location.path() == uri.path();
    if is_same_path
        && location.host() == uri.host()
        && (uri.scheme_str(), location.scheme_str()) == (Some("http"), Some("https"))
    {
        return "the server redirects to https: begin the base URL with https://";
    }
    // v1.3.1 puts `/admin` before each path that its admin port does not know.
    let is_in_admin = location.path().strip_prefix("/admin") == Some(uri.path());
    match (phase.is_of_admin(), is_in_admin, is_same_path) {
        (false, true, _) | (false, _, true) => {
            "unexpected redirect: this looks like Kratos's admin API (usually port 4434), but the base URL must be that of the \
             public API (usually port 4433)"
        }
        (true, false, true) => {
            "unexpected redirect: this looks like Kratos's public API (usually port 4433), but the base URL must be that of \
             the admin API (usually port 4434)"
        }
        (true, true, _) => no_endpoint(phase),
        _ => UNKNOWN,
    }
}

fn no_endpoint(phase: Phase) -> &'static str {
    if phase.is_of_admin() {
        "the server has no endpoint of Kratos's admin API there: check the host, the port and the path of the base URL; \
         `/admin/identities` must lie directly below it"
    } else {
        "the server has no endpoint of Kratos's public API there: check the host, the port and the path of the base URL; \
         `/self-service` and `/sessions` must lie directly below it"
    }
}

fn is_json(response: &Response<Vec<u8>>) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
        || serde_json::from_slice::<serde::de::IgnoredAny>(response.body()).is_ok()
}

fn expects_tls(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body.get(..500).unwrap_or(body));
    body.contains("HTTP request to an HTTPS server") || body.contains("sent to HTTPS port")
}

/// The error of the HTTP client, as [`SendError::NoTls`] if the server answered a request for an `https` URL without TLS (the texts of
/// rustls and OpenSSL).
pub(super) fn of_error(uri: impl FnOnce() -> Uri, error: SendError) -> SendError {
    let SendError::NoAnswer(source) = error else {
        return error;
    };
    let mut cause: Option<&(dyn StdError + 'static)> = Some(&*source);
    let mut is_no_tls = false;
    while let Some(error) = cause {
        let text = error.to_string();
        is_no_tls |= text.contains("InvalidContentType") || text.contains("wrong version number");
        cause = error.source();
    }
    if is_no_tls && uri().scheme_str() == Some("https") {
        SendError::NoTls(source)
    } else {
        SendError::NoAnswer(source)
    }
}

/// Whether the request sends a token without TLS to another machine.
pub(super) fn reveals_token<B>(request: &Request<B>) -> bool {
    let has_token = ["X-Session-Token", AUTHORIZATION.as_str()]
        .iter()
        .any(|name| request.headers().contains_key(*name));
    has_token
        && request.uri().scheme_str() == Some("http")
        && !request.uri().host().is_some_and(is_loopback)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reveals(url: &str, header: &str) -> bool {
        reveals_token(&Request::get(url).header(header, "x").body(()).unwrap())
    }

    #[test]
    fn a_token_to_another_machine_needs_tls() {
        for header in ["X-Session-Token", "Authorization"] {
            assert!(reveals("http://auth.example.org/a", header));
            assert!(reveals("http://192.168.0.1:4433/a", header));
            assert!(!reveals("https://auth.example.org/a", header));
            assert!(!reveals("http://127.0.0.1:4433/a", header));
            assert!(!reveals("http://[::1]:4433/a", header));
            assert!(!reveals("http://kratos.localhost:4433/a", header));
        }
        assert!(!reveals("http://auth.example.org/a", "Accept"));
    }
}
