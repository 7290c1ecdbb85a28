//! The messages of a form, in Kratos's words. Source: `text` of Kratos.

use serde::Serialize;
use serde_json::{Value, json};

use kratos_traits::{JsonObject, MessageId};

use crate::clock::Time;

/// A message of a form.
#[derive(Clone, PartialEq, Serialize)]
pub(crate) struct Message {
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

    pub(crate) fn label(id: u64, text: &str) -> Self {
        Self::new(id, "info", text, Value::Null)
    }

    pub(crate) fn label_from_title(title: &str) -> Self {
        Self::new(1_070_002, "info", title, json!({ "title": title }))
    }

    /// A problem that `Schema::check` found. v1.3.1 has no ids of their own for formats.
    pub(crate) fn of_problem(message: kratos_traits::Message) -> Self {
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

    pub(crate) fn invalid(reason: &str) -> Self {
        Self::new(
            MessageId::INVALID.0,
            "error",
            reason,
            json!({ "reason": reason }),
        )
    }

    pub(crate) fn required(property: &str) -> Self {
        Self::new(
            MessageId::REQUIRED.0,
            "error",
            format!("Property {property} is missing."),
            json!({ "property": property }),
        )
    }

    pub(crate) fn not_an_object(actual: &str) -> Self {
        Self::new(
            MessageId::TYPE.0,
            "error",
            format!("expected object, but got {actual}"),
            json!({ "allowed_types": ["object"], "actual_type": actual }),
        )
    }

    pub(crate) fn password_too_short(least: usize, length: usize) -> Self {
        Self::new(
            4_000_032,
            "error",
            format!("The password must be at least {least} characters long, but got {length}."),
            json!({ "min_length": least, "actual_length": length }),
        )
    }

    pub(crate) fn too_short(least: usize, length: usize) -> Self {
        Self::new(
            MessageId::MIN_LENGTH.0,
            "error",
            format!("length must be >= {least}, but got {length}"),
            json!({ "min_length": least, "actual_length": length }),
        )
    }

    pub(crate) fn wrong_totp_code() -> Self {
        Self::error(
            MessageId::WRONG_TOTP_CODE.0,
            "The provided authentication code is invalid, please try again.",
        )
    }

    pub(crate) fn code_sent() -> Self {
        Self::label(
            1_010_014,
            "An email containing a code has been sent to the email address you provided. If you \
             have not received an email, check the spelling of the address and retry the login.",
        )
    }

    pub(crate) fn no_code_login() -> Self {
        Self::error(
            MessageId::NO_CODE_LOGIN.0,
            "This account does not exist or has not setup sign in with code.",
        )
    }

    pub(crate) fn wrong_login_code() -> Self {
        Self::error(
            MessageId::WRONG_LOGIN_CODE.0,
            "The login code is invalid or has already been used. Please try again.",
        )
    }

    pub(crate) fn no_lookup_secrets() -> Self {
        Self::error(
            MessageId::NO_LOOKUP_SECRETS.0,
            "You have no backup recovery codes set up.",
        )
    }

    pub(crate) fn second_factor_comes_next() -> Self {
        Self::label(
            1_010_004,
            "Please complete the second authentication challenge.",
        )
    }

    pub(crate) fn wrong_credentials() -> Self {
        Self::error(
            4_000_006,
            "The provided credentials are invalid, check for spelling mistakes in your password \
             or username, email address, or phone number.",
        )
    }

    pub(crate) fn identifier_taken() -> Self {
        Self::error(
            MessageId::IDENTIFIER_TAKEN.0,
            "An account with the same identifier (email, phone, username, ...) exists already.",
        )
    }

    pub(crate) fn no_identifier() -> Self {
        Self::error(
            4_000_009,
            "Could not find any login identifiers. Did you forget to set them? This could also be \
             caused by a server misconfiguration.",
        )
    }

    pub(crate) fn no_login_strategy() -> Self {
        Self::error(
            4_010_002,
            "Could not find a strategy to log you in with. Did you fill out the form correctly?",
        )
    }

    pub(crate) fn no_registration_strategy() -> Self {
        Self::error(
            4_010_003,
            "Could not find a strategy to sign you up with. Did you fill out the form correctly?",
        )
    }

    pub(crate) fn no_settings_strategy() -> Self {
        Self::error(
            MessageId::NO_STRATEGY.0,
            "Could not find a strategy to update your settings. Did you fill out the form correctly?",
        )
    }

    pub(crate) fn too_many_address_changes() -> Self {
        Self::error(
            MessageId::TOO_MANY_ADDRESS_CHANGES.0,
            "You can only change one address at a time. Please update each address separately.",
        )
    }

    pub(crate) fn saved() -> Self {
        let text = "Your changes have been saved!";
        Self::new(MessageId::SAVED.0, "success", text, Value::Null)
    }

    pub(crate) fn confirm_it_is_you() -> Self {
        Self::label(
            1_010_003,
            "Please confirm this action by verifying that it is you.",
        )
    }

    /// On the flow that takes the place of an expired one.
    pub(crate) fn flow_expired(id: u64, flow: &str, at: Time) -> Self {
        let ago = at.minutes_ago();
        Self::new(
            id,
            "error",
            format!("The {flow} flow expired {ago} minutes ago, please try again."),
            json!({ "expired_at": at.to_string(), "expired_at_unix": at.unix() }),
        )
    }
}
