//! Problems of a traits document, found here or reported by Kratos.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::json::path::TraitPath;

/// A problem of a trait.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Problem {
    /// The trait; the root path for the traits object itself.
    pub path: TraitPath,
    /// The message of Kratos, or one in the same form.
    pub message: Message,
    cause: Cause,
    /// The keyword of the schema that is broken; `None` if it is not known.
    keyword: Option<&'static str>,
}

/// The advice on a problem of a value that Kratos adds.
const FILLING_IN: &str = "; Kratos's settings flow adds an empty object where the traits have none: set this too, or save through \
                          the admin API";

/// Causes that the id of the message does not tell apart.
#[derive(Clone, Default, PartialEq)]
pub(crate) enum Cause {
    #[default]
    Other,
    /// The values that Kratos's settings flow adds.
    FilledIn,
    /// Kratos's settings flow would overwrite a value.
    Overwritten,
    /// The update would lose a member that its Rust type does not name.
    UnnamedMember,
    /// The schema does not allow these members of the object.
    Undeclared(Vec<String>),
}

/// Without names of members.
impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Other => "Other",
            Self::FilledIn => "FilledIn",
            Self::Overwritten => "Overwritten",
            Self::UnnamedMember => "UnnamedMember",
            Self::Undeclared(_) => "Undeclared",
        })
    }
}

impl Problem {
    pub(crate) fn of(path: TraitPath, message: Message) -> Self {
        Self {
            path,
            message,
            cause: Cause::Other,
            keyword: None,
        }
    }

    /// A problem with a message of Kratos. The context is an object.
    pub(crate) fn new(path: TraitPath, id: MessageId, text: String, context: Value) -> Self {
        Self::of(path, Message::new(id, text, context))
    }

    /// A problem with the general id.
    pub(crate) fn invalid(path: TraitPath, reason: impl Into<String>) -> Self {
        Self::of(path, Message::invalid(reason))
    }

    /// A required member of the object at `path` is missing.
    pub(crate) fn required(path: &TraitPath, name: &str) -> Self {
        let text = format!("Property {name} is missing.");
        let context = json!({ "property": name });
        Self::new(path.child(name), MessageId::REQUIRED, text, context)
    }

    /// The same problem, with the keyword of the schema that is broken.
    pub(crate) fn by(mut self, keyword: &'static str) -> Self {
        self.keyword = Some(keyword);
        self
    }

    #[cfg(feature = "client")]
    pub(crate) fn keyword(&self) -> Option<&'static str> {
        self.keyword
    }

    /// The same problem, with its cause.
    pub(crate) fn because(mut self, cause: Cause) -> Self {
        self.cause = cause;
        self
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.cause
    }

    /// Whether the cause is not the update itself, but the values that Kratos's settings flow adds to the traits: it adds `{}`
    /// for absent objects and then validates them, or it would overwrite a value.
    ///
    /// Every other settings update of the person fails too, unless it sets the trait. The admin API adds nothing (`decoderx/http.go`
    /// of `ory/x`, ory/kratos#2360).
    ///
    /// ```
    /// use kratos_traits::Invalid;
    ///
    /// /// Whether the admin API would save the update.
    /// fn only_of_filling_in(invalid: &Invalid) -> bool {
    ///     invalid.problems.iter().all(|problem| problem.is_of_filling_in())
    /// }
    /// ```
    pub fn is_of_filling_in(&self) -> bool {
        matches!(self.cause, Cause::FilledIn | Cause::Overwritten)
    }

    /// Whether the update would lose a member that its Rust type does not name, because it replaces the array with the item that
    /// holds the member.
    ///
    /// The path is that of the member; `Display` does not show its name. A newer schema of the server or another application may
    /// know the member: generate the types again, or let the update replace the array anyway
    /// ([`Patch::replacing`](crate::Patch::replacing)).
    ///
    /// ```
    /// use kratos_traits::Invalid;
    ///
    /// /// Whether the types of the application are older than the stored traits.
    /// fn are_types_too_old(invalid: &Invalid) -> bool {
    ///     invalid.problems.iter().any(|problem| problem.is_of_unnamed_member())
    /// }
    /// ```
    pub fn is_of_unnamed_member(&self) -> bool {
        self.cause == Cause::UnnamedMember
    }

    /// A stored member that the type does not name, in an item of an array that is to be replaced.
    pub(crate) fn would_be_lost(path: TraitPath) -> Self {
        let reason = "the update replaces an array, and would lose this member of a stored item, which its Rust type \
                      does not name: generate the types from the schema of the server, or let the patch replace it \
                      (`Patch::replacing`)";
        Self::invalid(path, reason).because(Cause::UnnamedMember)
    }

    /// Adds that the values which Kratos adds are the cause, and what to do.
    pub(crate) fn blame_filling_in(&mut self) {
        if !self.is_of_filling_in() {
            self.cause = Cause::FilledIn;
            self.message.text.push_str(FILLING_IN);
        }
    }

    /// The text without our advice.
    #[cfg(feature = "client")]
    pub(crate) fn text_of_kratos(&self) -> &str {
        let text = &self.message.text;
        text.strip_suffix(FILLING_IN).unwrap_or(text)
    }

    /// The same problem, which Kratos reports, with the keyword and cause of this problem that was found here.
    #[cfg(feature = "client")]
    pub(crate) fn like(mut self, found: &Self) -> Self {
        self.keyword = found.keyword;
        match found.cause {
            Cause::FilledIn => self.blame_filling_in(),
            _ => self.cause = found.cause.clone(),
        }
        self
    }

    /// A value that Kratos would overwrite.
    pub(crate) fn written_over(path: TraitPath) -> Self {
        let reason = "Kratos's settings flow overwrites this value with an object, or fails at it: save through the admin API";
        Self::invalid(path, reason).because(Cause::Overwritten)
    }
}

/// By path and message.
impl PartialEq for Problem {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.message == other.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_root() {
            write!(f, "traits: {}", self.message.id)
        } else {
            write!(f, "{}: {}", self.path, self.message.id)
        }
    }
}

/// A message of Kratos, or one in the same form.
///
/// `Debug` shows only the id: text and context may quote the value that a person typed.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The meaning, independent of the language.
    pub id: MessageId,
    /// The English text. It may quote the value.
    pub text: String,
    /// The numbers and names of the message, such as `min_length`. It may contain the value.
    pub context: Map<String, Value>,
}

impl Message {
    /// A message with this context, which is an object.
    pub(crate) fn new(id: MessageId, text: String, context: Value) -> Self {
        let context = match context {
            Value::Object(context) => context,
            _ => Map::new(),
        };
        Self { id, text, context }
    }

    /// A message with the general id.
    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        let text = reason.into();
        let context = json!({ "reason": text });
        Self::new(MessageId::INVALID, text, context)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The id of a message of Kratos (`text/id.go`). Ids without a name here are kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub u64);

#[cfg(feature = "client")]
impl MessageId {
    /// Whether Kratos gives this id to the problems of a schema (`text/message_validation.go`).
    pub(crate) fn is_of_a_schema(self) -> bool {
        matches!(self.0, 4000001..=4000004 | 4000017..=4000026 | 4000029 | 4000030 | 4000040 | 4000041)
    }
}

macro_rules! message_ids {
    ($($name:ident = $id:literal $what:literal;)*) => {
        impl MessageId {
            $(#[doc = concat!($what, ".")] pub const $name: Self = Self($id);)*

            /// The meaning in a few words; `None` for an id without a name here.
            ///
            /// ```
            /// use kratos_traits::MessageId;
            ///
            /// assert_eq!(MessageId::MIN_LENGTH.meaning(), Some("too short"));
            /// assert_eq!(MessageId(1234).meaning(), None);
            /// ```
            pub const fn meaning(self) -> Option<&'static str> {
                match self.0 {
                    $($id => Some($what),)*
                    _ => None,
                }
            }
        }
    };
}

message_ids! {
    INVALID = 4000001 "not valid; the text says why";
    REQUIRED = 4000002 "required, but missing";
    MIN_LENGTH = 4000003 "too short";
    PATTERN = 4000004 "does not match the pattern";
    WRONG_CREDENTIALS = 4000006 "wrong identifier or password";
    IDENTIFIER_TAKEN = 4000007 "an account with the same identifier exists already";
    WRONG_TOTP_CODE = 4000008 "wrong code of the authenticator app";
    ADDRESS_NOT_VERIFIED = 4000010 "an address must be verified before the login";
    NO_TOTP = 4000011 "no authenticator app is set up";
    LOOKUP_SECRET_USED = 4000012 "the backup code was used before";
    NO_LOOKUP_SECRETS = 4000014 "no backup codes are set up";
    WRONG_LOOKUP_SECRET = 4000016 "wrong backup code";
    MAX_LENGTH = 4000017 "too long";
    MINIMUM = 4000018 "too small";
    EXCLUSIVE_MINIMUM = 4000019 "too small, or equal to the bound";
    MAXIMUM = 4000020 "too large";
    EXCLUSIVE_MAXIMUM = 4000021 "too large, or equal to the bound";
    MULTIPLE_OF = 4000022 "not a multiple of the given number";
    MAX_ITEMS = 4000023 "too many items";
    MIN_ITEMS = 4000024 "too few items";
    UNIQUE_ITEMS = 4000025 "two items are equal";
    TYPE = 4000026 "of the wrong type";
    IDENTIFIER_TAKEN_ON_LINK = 4000027 "linking failed: an account with the same identifier exists already";
    IDENTIFIER_TAKEN_WITH_HINTS = 4000028 "an account with the same identifier exists already; the context has hints";
    CONST = 4000029 "not the one value that is allowed";
    CONST_JSON = 4000030 "not the one object or array that is allowed";
    NO_CODE_LOGIN = 4000035 "no such account, or it does not log in with codes";
    NO_SUCH_ACCOUNT = 4000037 "no such account";
    EMAIL = 4000040 "not an e-mail address";
    PHONE = 4000041 "not a phone number";
    LOGIN_FLOW_EXPIRED = 4010001 "the login flow has expired";
    NO_LOGIN_STRATEGY = 4010002 "the login flow has no strategy for this";
    NO_STRATEGY = 4010004 "the settings flow has no strategy for this";
    WRONG_LOGIN_CODE = 4010008 "the login code is wrong or was used before";
    UNKNOWN_ADDRESS = 4010010 "no code is sent to this address";
    FLOW_EXPIRED = 4050001 "the settings flow has expired";
    TOO_MANY_ADDRESS_CHANGES = 4050002 "more than one address changed at once";
    SAVED = 1050001 "the changes have been saved";
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meaning() {
            Some(meaning) => write!(f, "{} ({meaning})", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}
