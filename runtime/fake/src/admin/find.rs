//! `GET /admin/identities?credentials_identifier=`

use http::StatusCode;

use super::logs_in_with;
use crate::reply;
use crate::request::Request;
use crate::state::{Answer, State};

/// The identities with the requested identifier; all identities if it is empty.
pub(super) fn find(state: &State, request: &Request) -> Answer {
    let wanted = request.query("credentials_identifier").unwrap_or_default();
    let wanted = unescaped(wanted);
    let found: Vec<_> = (state.people.iter())
        .filter(|person| wanted.is_empty() || logs_in_with(person, &wanted))
        .map(|person| person.admin_json(&state.base))
        .collect();
    Ok(reply::json(StatusCode::OK, &found))
}

/// Decodes the value of a query parameter, as Go does.
fn unescaped(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        rest = match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                &behind[2..]
            }
            (first, _) => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                behind
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
