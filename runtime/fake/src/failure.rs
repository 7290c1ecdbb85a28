//! Why a submit does not succeed: the flow comes back with problems, or an error does.

use http::StatusCode;

use super::error::Refusal;
use super::reply;
use super::state::{Answer, State};
use super::ui::{Message, Ui};
use kratos_traits::TraitPath;

/// Why a submit does not succeed.
pub(super) enum Failure {
    /// What is wrong with the traits, at their nodes.
    Traits(Vec<(TraitPath, Message)>),
    /// What is wrong with other inputs, by the name of their nodes.
    Inputs(Vec<(&'static str, Message)>),
    /// What the flow says of no input in particular.
    General(Message),
    /// An error instead of the flow; nothing of the submit stays.
    Refused(Refusal),
}

impl Failure {
    /// Message 4000001.
    pub(super) fn reason(reason: &str) -> Self {
        Self::General(Message::invalid(reason))
    }

    pub(super) fn input(name: &'static str, message: Message) -> Self {
        Self::Inputs(vec![(name, message)])
    }

    /// Answers with the flow at this position, whose form becomes `ui`.
    pub(super) fn answer(self, state: &mut State, flow: usize, mut ui: Ui) -> Answer {
        match self {
            Self::Traits(problems) => ui.refuse(problems, state.schema),
            Self::Inputs(inputs) => {
                for (name, message) in inputs {
                    ui.say_at(name, message);
                }
            }
            Self::General(message) => ui.say(message),
            Self::Refused(refusal) => return Err(refusal),
        }
        state.flows[flow].ui = ui;
        Ok(reply::json(
            StatusCode::BAD_REQUEST,
            &state.flow_json(flow, &[]),
        ))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
