//! Logins with a code: one submit sends it, a second one submits it.
//!
//! Source: K-login-5, `selfservice/strategy/code/strategy_login.go` of Kratos.

use super::flow::Failure;
use super::identifiers::normalized;
use super::request::{Body, Request};
use super::state::State;
use super::ui::{Group, Message, Ui};
use super::{browser, ids};

/// The number of wrong codes after which a flow refuses all codes.
const TRIES: u8 = 5;

/// The state of a login with a code.
#[derive(Default)]
pub(super) enum CodeLogin {
    #[default]
    NotSent,
    Sent {
        /// The position of the person.
        to: usize,
        code: String,
        wrong: u8,
    },
    Passed,
}

impl CodeLogin {
    /// The member `state` of the flow.
    pub(super) fn state(&self) -> &'static str {
        match self {
            Self::NotSent => "choose_method",
            Self::Sent { .. } => "sent_email",
            Self::Passed => "passed_challenge",
        }
    }
}

/// Sends a code, or checks it. Returns the position of the person if the code is right; a sent code
/// is a [`Failure`] with a message about it.
pub(super) fn attempt(
    state: &mut State,
    flow: usize,
    request: &Request,
    ui: &mut Ui,
) -> Result<usize, Failure> {
    let body = Body::read(request)?;
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let identifier = body.text("identifier");
    ui.set("identifier", identifier.as_str().into(), Group::Default);
    let resend = body.text("resend") == "code";
    match &state.flows[flow].code {
        CodeLogin::Passed if !resend => Err(Failure::General(Message::NO_LOGIN_STRATEGY)),
        CodeLogin::Sent { .. } if !resend => {
            let typed = body.text("code");
            if typed.is_empty() {
                return Err(Failure::input("code", Message::required("code")));
            }
            let person = person(state, &identifier)?;
            check(state, flow, person, &typed)?;
            Ok(person)
        }
        _ => {
            let to = person(state, &identifier)?;
            let code = ids::code();
            state
                .codes_sent
                .push((normalized(&identifier), code.clone()));
            state.flows[flow].code = CodeLogin::Sent { to, code, wrong: 0 };
            ui.show_code_form(&identifier);
            Err(Failure::General(Message::CODE_SENT))
        }
    }
}

/// The position of the person who gets codes at this address.
fn person(state: &State, identifier: &str) -> Result<usize, Failure> {
    if identifier.is_empty() {
        let message = Message::required("identifier");
        return Err(Failure::input("identifier", message));
    }
    let identifier = normalized(identifier);
    let mut people = state.people.iter();
    people
        .position(|person| person.identifiers.code.contains(&identifier))
        .ok_or_else(|| Failure::General(Message::NO_CODE_LOGIN))
}

fn check(state: &mut State, flow: usize, person: usize, typed: &str) -> Result<(), Failure> {
    let CodeLogin::Sent { to, code, wrong } = &mut state.flows[flow].code else {
        return Ok(());
    };
    if *wrong >= TRIES {
        let reason = "The request was submitted too often. Please request another code.";
        return Err(Failure::reason(reason));
    }
    if code != typed || *to != person {
        *wrong += 1;
        return Err(Failure::General(Message::WRONG_LOGIN_CODE));
    }
    state.flows[flow].code = CodeLogin::Passed;
    Ok(())
}
