//! The second factor of a login: an authenticator app that everybody has, and that always shows the
//! same code.

use super::body::Body;
use super::browser;
use super::error::Refusal;
use super::failure::Failure;
use super::request::Request;
use super::state::State;
use super::ui::{Group, Message, Node, Ui};

/// What every authenticator app shows.
pub(super) const CODE: &str = "123456";

/// The form that asks for it.
pub(super) fn form(action: String) -> Ui {
    let button = Message::label(1_010_009, "Use Authenticator");
    let nodes = vec![
        Node::csrf_token(),
        Node::totp_code(),
        Node::submit(Group::Totp, "totp", button),
    ];
    let mut ui = Ui::new(action, nodes);
    ui.say(Message::second_factor_comes_next());
    ui
}

/// Whether the second factor is right.
pub(super) fn attempt(state: &State, flow: usize, request: &Request) -> Result<(), Failure> {
    let body = Body::read(request)?;
    match body.text("method").as_str() {
        "totp" => {}
        "lookup_secret" => return Err(Failure::General(Message::no_lookup_secrets())),
        method @ ("code" | "webauthn") => {
            let what = format!("the method {method} in logins");
            return Err(Failure::Refused(Refusal::not_played(&what)));
        }
        _ => return Err(Failure::General(Message::no_login_strategy())),
    }
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let typed = body.text("totp_code");
    match typed.chars().count() {
        0 => Err(Failure::input("totp_code", Message::required("totp_code"))),
        length if length < CODE.len() => {
            let message = Message::too_short(CODE.len(), length);
            Err(Failure::input("totp_code", message))
        }
        _ if typed != CODE => Err(Failure::General(Message::wrong_totp_code())),
        _ => Ok(()),
    }
}
