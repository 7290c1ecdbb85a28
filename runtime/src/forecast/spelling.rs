//! The form in which Kratos compares an identifier or address, and how sure we are of it.

use super::version::Generation;
use crate::traits::facts::{Channel, Role};
use crate::update::identifiers::lowercase;

/// The form of one value.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) via: Option<Channel>,
    pub(super) text: String,
    pub(super) doubt: Doubt,
}

/// What we do not know of a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    None,
    /// Two that look the same here may differ for Kratos.
    Same,
    /// Two that differ here may be the same for Kratos.
    Different,
}

/// The form that Kratos derives from a trait.
///
/// Source: `identity/extension_*.go` and `x/normalize.go`, of v1.3.1 and after v26.2.0.
pub(super) fn derived(
    role: Role,
    format: Option<&str>,
    value: &str,
    generation: Generation,
) -> Form {
    let until = generation == Generation::Until26_2;
    let lower = lowercase(value);
    match role {
        Role::CodeIdentifier(Channel::Sms) | Role::Recovery(Channel::Sms) => {
            phone(value, Doubt::None).over(Some(Channel::Sms))
        }
        // v1.3.1 keeps the number as it is written, v26.2.0 does not.
        Role::Verification(Channel::Sms) => {
            let doubt = if until { Doubt::Same } else { Doubt::None };
            phone(value, doubt).over(Some(Channel::Sms))
        }
        Role::Verification(Channel::Email) if format.is_some_and(|format| format != "email") => {
            text(value.trim(), generation).over(Some(Channel::Email))
        }
        Role::CodeIdentifier(Channel::Email)
        | Role::Verification(Channel::Email)
        | Role::Recovery(Channel::Email) => {
            text(lower.trim(), generation).over(Some(Channel::Email))
        }
        _ if lower.trim_start().starts_with('+') => {
            let doubt = if until { Doubt::Same } else { Doubt::None };
            phone(&lower, doubt)
        }
        _ if until => text(&lower, generation),
        _ => text(lower.trim(), generation),
    }
}

/// The form in which Kratos keeps the identifier that it derived from a trait.
pub(super) fn stored(role: Role, value: &str, generation: Generation) -> Form {
    match role {
        Role::CodeIdentifier(_) => derived(role, None, value, generation),
        _ => derived(role, None, value.trim(), generation),
    }
}

/// The form of an address that Kratos shows.
pub(super) fn shown(via: Option<Channel>, value: &str, generation: Generation) -> Form {
    match via {
        Some(Channel::Sms) => derived(Role::Verification(Channel::Sms), None, value, generation),
        via => text(value, generation).over(via),
    }
}

fn text(text: &str, generation: Generation) -> Form {
    // After v26.2.0 letters of other scripts are folded by PRECIS (RFC 8265).
    let is_folded = generation == Generation::After26_2 && !text.is_ascii();
    Form {
        via: None,
        text: text.to_owned(),
        doubt: if is_folded {
            Doubt::Different
        } else {
            Doubt::None
        },
    }
}

/// The digits; `doubt` where more than them is written.
fn phone(value: &str, doubt: Doubt) -> Form {
    let is_digit = |c: &char| c.is_ascii_digit() || *c == '+';
    // The zero of "+49 (0)30" is dialled within the country only.
    let text: String = value.replace("(0)", "").chars().filter(is_digit).collect();
    let doubt = if text == value { Doubt::None } else { doubt };
    let via = None;
    Form { via, text, doubt }
}

impl Form {
    fn over(self, via: Option<Channel>) -> Self {
        Self { via, ..self }
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        self.via == other.via && self.text == other.text
    }

    pub(super) fn in_doubt(self, doubt: Doubt) -> Self {
        Self { doubt, ..self }
    }
}
