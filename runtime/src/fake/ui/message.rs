//! The messages of a form, in Kratos's words. Source: `text` of Kratos.

use serde::Serialize;
use serde_json::{Value, json};

use crate::JsonObject;
use crate::fake::clock::Time;
use crate::problem::{self, MessageId};

/// A message of a form.
#[derive(Clone, Serialize)]
pub(in crate::fake) struct Message {
    id: u64,
    text: String,
    #[serde(rename = "type")]
    type_: &'static str,
    #[serde(skip_serializing_if = "JsonObject::is_empty")]
    context: JsonObject,
}

impl Message {
    fn new(id: u64, type_: &'static str, text: impl Into<String>, context: Value) -> Self {
        Self {
            id,
            text: text.into(),
            type_,
            context: match context {
                Value::Object(context) => context,
                _ => JsonObject::new(),
            },
        }
    }

    fn error(id: u64, text: &str) -> Self {
        Self::new(id, "error", text, Value::Null)
    }

    pub(in crate::fake) fn label(id: u64, text: &str) -> Self {
        Self::new(id, "info", text, Value::Null)
    }

    pub(in crate::fake) fn label_from_title(title: &str) -> Self {
        Self::new(1_070_002, "info", title, json!({ "title": title }))
    }

    /// A problem that our own check found. v1.3.1 has no ids of their own for formats.
    pub(in crate::fake) fn of_problem(message: problem::Message) -> Self {
        match message.id {
            MessageId::EMAIL | MessageId::PHONE => Self::invalid(&message.text),
            MessageId(id) => Self {
                id,
                text: message.text,
                type_: "error",
                context: message.context,
            },
        }
    }

    pub(in crate::fake) fn invalid(reason: &str) -> Self {
        Self::new(
            MessageId::INVALID.0,
            "error",
            reason,
            json!({ "reason": reason }),
        )
    }

    pub(in crate::fake) fn required(property: &str) -> Self {
        Self::new(
            MessageId::REQUIRED.0,
            "error",
            format!("Property {property} is missing."),
            json!({ "property": property }),
        )
    }

    pub(in crate::fake) fn password_too_short(least: usize, length: usize) -> Self {
        Self::new(
            4_000_032,
            "error",
            format!("The password must be at least {least} characters long, but got {length}."),
            json!({ "min_length": least, "actual_length": length }),
        )
    }

    pub(in crate::fake) fn too_short(least: usize, length: usize) -> Self {
        Self::new(
            MessageId::MIN_LENGTH.0,
            "error",
            format!("length must be >= {least}, but got {length}"),
            json!({ "min_length": least, "actual_length": length }),
        )
    }

    pub(in crate::fake) fn wrong_totp_code() -> Self {
        Self::error(
            MessageId::WRONG_TOTP_CODE.0,
            "The provided authentication code is invalid, please try again.",
        )
    }

    pub(in crate::fake) fn code_sent() -> Self {
        Self::label(
            1_010_014,
            "An email containing a code has been sent to the email address you provided. If you \
             have not received an email, check the spelling of the address and retry the login.",
        )
    }

    pub(in crate::fake) fn no_code_login() -> Self {
        Self::error(
            MessageId::NO_CODE_LOGIN.0,
            "This account does not exist or has not setup sign in with code.",
        )
    }

    pub(in crate::fake) fn wrong_login_code() -> Self {
        Self::error(
            MessageId::WRONG_LOGIN_CODE.0,
            "The login code is invalid or has already been used. Please try again.",
        )
    }

    pub(in crate::fake) fn no_lookup_secrets() -> Self {
        Self::error(
            MessageId::NO_LOOKUP_SECRETS.0,
            "You have no backup recovery codes set up.",
        )
    }

    pub(in crate::fake) fn second_factor_comes_next() -> Self {
        Self::label(
            1_010_004,
            "Please complete the second authentication challenge.",
        )
    }

    pub(in crate::fake) fn wrong_credentials() -> Self {
        Self::error(
            4_000_006,
            "The provided credentials are invalid, check for spelling mistakes in your password \
             or username, email address, or phone number.",
        )
    }

    pub(in crate::fake) fn identifier_taken() -> Self {
        Self::error(
            MessageId::IDENTIFIER_TAKEN.0,
            "An account with the same identifier (email, phone, username, ...) exists already.",
        )
    }

    pub(in crate::fake) fn no_identifier() -> Self {
        Self::error(
            4_000_009,
            "Could not find any login identifiers. Did you forget to set them? This could also be \
             caused by a server misconfiguration.",
        )
    }

    pub(in crate::fake) fn no_login_strategy() -> Self {
        Self::error(
            4_010_002,
            "Could not find a strategy to log you in with. Did you fill out the form correctly?",
        )
    }

    pub(in crate::fake) fn no_registration_strategy() -> Self {
        Self::error(
            4_010_003,
            "Could not find a strategy to sign you up with. Did you fill out the form correctly?",
        )
    }

    pub(in crate::fake) fn no_settings_strategy() -> Self {
        Self::error(
            MessageId::NO_STRATEGY.0,
            "Could not find a strategy to update your settings. Did you fill out the form correctly?",
        )
    }

    pub(in crate::fake) fn too_many_address_changes() -> Self {
        Self::error(
            MessageId::TOO_MANY_ADDRESS_CHANGES.0,
            "You can only change one address at a time. Please update each address separately.",
        )
    }

    pub(in crate::fake) fn saved() -> Self {
        let text = "Your changes have been saved!";
        Self::new(MessageId::SAVED.0, "success", text, Value::Null)
    }

    pub(in crate::fake) fn confirm_it_is_you() -> Self {
        Self::label(
            1_010_003,
            "Please confirm this action by verifying that it is you.",
        )
    }

    /// On the flow that takes the place of an expired one.
    pub(in crate::fake) fn flow_expired(id: u64, flow: &str, at: Time) -> Self {
        let ago = at.minutes_ago();
        Self::new(
            id,
            "error",
            format!("The {flow} flow expired {ago} minutes ago, please try again."),
            json!({ "expired_at": at.to_string(), "expired_at_unix": at.unix() }),
        )
    }
}
