//! Logins with a code that is sent: asked for first, submitted then. Source:
//! `selfservice/strategy/code/strategy_login.go` of Kratos.

use super::body::Body;
use super::browser;
use super::failure::Failure;
use super::identifiers::normalized;
use super::ids;
use super::request::Request;
use super::state::State;
use super::ui::{Message, Ui};

/// How many wrong codes a flow takes.
const TRIES: u8 = 5;

/// How far a login flow is with a code.
#[derive(Default)]
pub(super) enum CodeLogin {
    #[default]
    NotAsked,
    Sent {
        /// The position of the person.
        to: usize,
        code: String,
        wrong: u8,
    },
    Passed,
}

impl CodeLogin {
    /// What the flow says of itself.
    pub(super) fn state(&self) -> &'static str {
        match self {
            Self::NotAsked => "choose_method",
            Self::Sent { .. } => "sent_email",
            Self::Passed => "passed_challenge",
        }
    }
}

/// Who logs in, if the code is right; a code that was sent is a failure, too.
pub(super) fn attempt(
    state: &mut State,
    flow: usize,
    request: &Request,
    ui: &mut Ui,
) -> Result<usize, Failure> {
    let body = Body::read(request)?;
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let identifier = body.text("identifier");
    ui.show_identifier(&identifier);
    let asked_again = body.text("resend") == "code";
    match &state.flows[flow].code {
        CodeLogin::Passed if !asked_again => Err(Failure::General(Message::no_login_strategy())),
        CodeLogin::Sent { .. } if !asked_again => {
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
            ui.ask_for_the_code(&identifier);
            Err(Failure::General(Message::code_sent()))
        }
    }
}

/// The person who logs in with codes that are sent to this address.
fn person(state: &State, identifier: &str) -> Result<usize, Failure> {
    if identifier.is_empty() {
        return Err(Failure::input(
            "identifier",
            Message::required("identifier"),
        ));
    }
    let identifier = normalized(identifier);
    let mut people = state.people.iter();
    people
        .position(|person| person.identifiers.code.contains(&identifier))
        .ok_or_else(|| Failure::General(Message::no_code_login()))
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
        return Err(Failure::General(Message::wrong_login_code()));
    }
    state.flows[flow].code = CodeLogin::Passed;
    Ok(())
}
