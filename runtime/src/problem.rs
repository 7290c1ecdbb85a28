//! What is wrong with a traits document: the same shape from our own check and from Kratos.

use std::fmt;

use crate::JsonObject;
use crate::json::path::TraitPath;

/// One thing that is wrong with one trait.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// The trait; the root path for the traits object itself.
    pub path: TraitPath,
    /// What is wrong.
    pub message: Message,
}

/// The member of a message's context that says what Kratos puts in.
const FILLED_IN: &str = "filled_in";
/// The member of a message's context that says what an update would lose.
const UNNAMED: &str = "unnamed";

impl Problem {
    /// Whether it is not the update that is wrong, but what Kratos's settings flow makes of the traits: it
    /// puts `{}` in for absent objects, and then judges that too; or it would write over a value.
    ///
    /// No other settings update of this person goes through either, unless it sets the trait as well. The
    /// admin API puts nothing in (`decoderx/http.go` of `ory/x`, ory/kratos#2360).
    pub fn is_of_filling_in(&self) -> bool {
        self.message.context.contains_key(FILLED_IN)
    }

    /// Whether the update would lose a member that its Rust type does not name, because it replaces the array of the item
    /// that holds it.
    ///
    /// The path leads to the member; `Display` does not show its name. A newer schema of the server may know the member,
    /// or another application: generate the types anew, or say that the array is to be replaced all the same
    /// ([`Patch::replacing`](crate::Patch::replacing)).
    pub fn is_of_unnamed_member(&self) -> bool {
        self.message.context.contains_key(UNNAMED)
    }

    /// A problem that this crate finds and Kratos has no message for.
    pub(crate) fn invalid(path: TraitPath, reason: impl Into<String>) -> Self {
        let message = Message::invalid(reason);
        Self { path, message }
    }

    /// A stored member that the type does not name, in an item of an array that is to be replaced.
    pub(crate) fn would_be_lost(path: TraitPath) -> Self {
        let reason = "the update replaces an array, and would lose this member of a stored item, which its Rust type \
                      does not name: generate the types from the schema of the server, or let the patch replace it \
                      (`Patch::replacing`)";
        Self::invalid(path, reason).marked(UNNAMED)
    }

    fn marked(mut self, mark: &str) -> Self {
        self.message.context.insert(mark.to_owned(), true.into());
        self
    }

    /// Says that it is what Kratos puts in that is wrong, and what to do.
    pub(crate) fn blame_filling_in(&mut self) {
        if self.is_of_filling_in() {
            return;
        }
        self.message.text.push_str(
            "; Kratos's settings flow puts an empty object in where the traits have none: set this too, or \
             save through the admin API",
        );
        self.message
            .context
            .insert(FILLED_IN.to_owned(), true.into());
    }

    /// A value that Kratos would write over.
    pub(crate) fn written_over(path: TraitPath) -> Self {
        let reason = "Kratos's settings flow writes an object over this value, or fails at it: save through \
                      the admin API";
        Self::invalid(path, reason).marked(FILLED_IN)
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

/// A message in the form that Kratos gives to its own.
///
/// `Debug` shows the id only: text and context may quote the value that a person typed.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// What is meant, independent of language.
    pub id: MessageId,
    /// The English text; may quote the value.
    pub text: String,
    /// The numbers and names that belong to the message, such as `min_length`; may hold the value.
    pub context: JsonObject,
}

impl Message {
    /// A message with the general id.
    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        let text = reason.into();
        let mut context = JsonObject::new();
        context.insert("reason".to_owned(), text.as_str().into());
        Self {
            id: MessageId::INVALID,
            text,
            context,
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The id of a message of Kratos (`text/id.go`); an id that we have no name for is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub u64);

macro_rules! message_ids {
    ($($name:ident = $id:literal $what:literal;)*) => {
        impl MessageId {
            $(#[doc = concat!($what, ".")] pub const $name: Self = Self($id);)*

            /// What the id means, in a few words; `None` for an id that we have no name for.
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
