//! The messages of a form, in Kratos's words. Source: `text` of Kratos.

use std::borrow::Cow;

use kratos_traits::MessageId;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Time;

/// A message of a form.
#[derive(Clone, PartialEq, Serialize)]
pub(crate) struct Message {
    id: u64,
    text: Cow<'static, str>,
    #[serde(rename = "type")]
    type_: &'static str,
    #[serde(skip_serializing_if = "Value::is_null")]
    context: Value,
}

impl Message {
    pub(crate) const SECOND_FACTOR_COMES_NEXT: Self = Self::info(
        1_010_004,
        "Please complete the second authentication challenge.",
    );
    pub(crate) const CONFIRM_IT_IS_YOU: Self = Self::info(
        1_010_003,
        "Please confirm this action by verifying that it is you.",
    );
    pub(crate) const CODE_SENT: Self = Self::info(
        1_010_014,
        "An email containing a code has been sent to the email address you provided. If you have not \
         received an email, check the spelling of the address and retry the login.",
    );
    pub(crate) const SAVED: Self = Self::fixed(
        MessageId::SAVED.0,
        "success",
        "Your changes have been saved!",
    );
    pub(crate) const WRONG_CREDENTIALS: Self = Self::error(
        4_000_006,
        "The provided credentials are invalid, check for spelling mistakes in your password or \
         username, email address, or phone number.",
    );
    pub(crate) const IDENTIFIER_TAKEN: Self = Self::error(
        MessageId::IDENTIFIER_TAKEN.0,
        "An account with the same identifier (email, phone, username, ...) exists already.",
    );
    pub(crate) const WRONG_TOTP_CODE: Self = Self::error(
        MessageId::WRONG_TOTP_CODE.0,
        "The provided authentication code is invalid, please try again.",
    );
    pub(crate) const NO_IDENTIFIER: Self = Self::error(
        4_000_009,
        "Could not find any login identifiers. Did you forget to set them? This could also be caused \
         by a server misconfiguration.",
    );
    pub(crate) const NO_LOOKUP_SECRETS: Self = Self::error(
        MessageId::NO_LOOKUP_SECRETS.0,
        "You have no backup recovery codes set up.",
    );
    pub(crate) const NO_CODE_LOGIN: Self = Self::error(
        MessageId::NO_CODE_LOGIN.0,
        "This account does not exist or has not setup sign in with code.",
    );
    pub(crate) const NO_LOGIN_STRATEGY: Self = Self::error(
        4_010_002,
        "Could not find a strategy to log you in with. Did you fill out the form correctly?",
    );
    pub(crate) const NO_REGISTRATION_STRATEGY: Self = Self::error(
        4_010_003,
        "Could not find a strategy to sign you up with. Did you fill out the form correctly?",
    );
    pub(crate) const NO_SETTINGS_STRATEGY: Self = Self::error(
        MessageId::NO_STRATEGY.0,
        "Could not find a strategy to update your settings. Did you fill out the form correctly?",
    );
    pub(crate) const WRONG_LOGIN_CODE: Self = Self::error(
        MessageId::WRONG_LOGIN_CODE.0,
        "The login code is invalid or has already been used. Please try again.",
    );
    pub(crate) const TOO_MANY_ADDRESS_CHANGES: Self = Self::error(
        MessageId::TOO_MANY_ADDRESS_CHANGES.0,
        "You can only change one address at a time. Please update each address separately.",
    );

    pub(crate) const fn info(id: u64, text: &'static str) -> Self {
        Self::fixed(id, "info", text)
    }

    const fn error(id: u64, text: &'static str) -> Self {
        Self::fixed(id, "error", text)
    }

    const fn fixed(id: u64, type_: &'static str, text: &'static str) -> Self {
        Self {
            id,
            text: Cow::Borrowed(text),
            type_,
            context: Value::Null,
        }
    }

    /// An error with values in its context.
    fn about(id: MessageId, text: impl Into<String>, context: Value) -> Self {
        Self {
            id: id.0,
            text: Cow::Owned(text.into()),
            type_: "error",
            context,
        }
    }

    /// The label of an input, from the `title` in the schema.
    pub(crate) fn title(title: &str) -> Self {
        Self {
            type_: "info",
            ..Self::about(MessageId(1_070_002), title, json!({ "title": title }))
        }
    }

    /// A problem found by `Schema::check`. Formats have the general id in v1.3.1.
    pub(crate) fn of_problem(message: kratos_traits::Message) -> Self {
        match message.id {
            MessageId::EMAIL | MessageId::PHONE => Self::invalid(&message.text),
            id if message.context.is_empty() => Self::about(id, message.text, Value::Null),
            id => Self::about(id, message.text, message.context.into()),
        }
    }

    pub(crate) fn invalid(reason: &str) -> Self {
        Self::about(MessageId::INVALID, reason, json!({ "reason": reason }))
    }

    pub(crate) fn required(property: &str) -> Self {
        let text = format!("Property {property} is missing.");
        Self::about(MessageId::REQUIRED, text, json!({ "property": property }))
    }

    pub(crate) fn not_an_object(actual: &str) -> Self {
        let context = json!({ "allowed_types": ["object"], "actual_type": actual });
        let text = format!("expected object, but got {actual}");
        Self::about(MessageId::TYPE, text, context)
    }

    pub(crate) fn password_too_short(least: usize, length: usize) -> Self {
        let text =
            format!("The password must be at least {least} characters long, but got {length}.");
        let context = json!({ "min_length": least, "actual_length": length });
        Self::about(MessageId(4_000_032), text, context)
    }

    pub(crate) fn too_short(least: usize, length: usize) -> Self {
        let text = format!("length must be >= {least}, but got {length}");
        let context = json!({ "min_length": least, "actual_length": length });
        Self::about(MessageId::MIN_LENGTH, text, context)
    }

    /// On the flow that replaces an expired one.
    pub(crate) fn flow_expired(id: MessageId, flow: &str, at: Time) -> Self {
        let ago = at.minutes_ago();
        let text = format!("The {flow} flow expired {ago} minutes ago, please try again.");
        let context = json!({ "expired_at": at.to_string(), "expired_at_unix": at.unix() });
        Self::about(id, text, context)
    }
}
