//! What a forecast says.

use crate::traits::facts::{Role, TraitFacts};

/// Whether Kratos will ask for a fresh login before it saves a change.
///
/// The list is complete on purpose: there is no fourth answer.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Need {
    /// It will not.
    No(WhyNot),
    /// It will.
    Yes(Vec<Why>),
    /// It may: what speaks for it, and what is not known. Be ready for either.
    Perhaps(Vec<Why>),
}

/// Why no fresh login is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNot {
    /// The traits are so already: nothing is sent.
    NothingToSave,
    /// The login is younger than `privileged_session_max_age`.
    FreshLogin,
    /// `privileged_session_max_age` is 0, which after v26.2.0 means that every login is fresh enough.
    NoMaxAge,
    /// No identifier and no address changes.
    OrdinaryChange,
}

/// Why a fresh login is needed, or may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// An identifier or address becomes another.
    #[non_exhaustive]
    Changed {
        /// The trait.
        facts: &'static TraitFacts,
        /// What Kratos uses it for.
        role: Role,
    },
    /// An identifier or address is written with blanks or signs that Kratos leaves out where it keeps
    /// it: up to v26.2.0 it is taken for a changed one at every update.
    #[non_exhaustive]
    Spelling {
        /// The trait.
        facts: &'static TraitFacts,
        /// What Kratos uses it for.
        role: Role,
    },
    /// The addresses that Kratos keeps are not those that follow from the stored traits: the schema
    /// came to say something else of them since.
    AddressesOutOfStep,
    /// The person has a verified address: up to v26.2.0 an old login then saves no change at all
    /// (ory/kratos#4435).
    VerifiedAddress,
    /// The person has two or more verifiable addresses, which Kratos compares in random order:
    /// whether a change passes with an old login is a matter of luck.
    SeveralAddresses,
    /// `privileged_session_max_age` is 0, which up to v26.2.0 means that no login is fresh enough: a
    /// new one will not help.
    NeverPrivileged,
    /// The login is about to become too old, by clocks that may differ.
    NearLimit,
    /// [`ServerFacts`](super::ServerFacts) says no `privileged_session_max_age`.
    UnknownMaxAge,
    /// The session does not say when the person logged in.
    UnknownLogin,
    /// The session does not show the person's addresses.
    UnknownAddresses,
    /// It depends on the version of the server, which [`ServerFacts`](super::ServerFacts) does not
    /// say.
    UnknownVersion,
}

impl Need {
    /// The need where the server may be of either of two generations.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::No(why_not), Self::No(_)) => Self::No(why_not),
            (Self::Yes(these), Self::Yes(those)) => Self::Yes(union(these, those)),
            // As uncertain on the one as on the other.
            (Self::Perhaps(these), Self::Perhaps(those)) if these == those => Self::Perhaps(these),
            (this, other) => {
                let mut why = union(this.into_why(), other.into_why());
                why.push(Why::UnknownVersion);
                Self::Perhaps(why)
            }
        }
    }

    fn into_why(self) -> Vec<Why> {
        match self {
            Self::No(_) => Vec::new(),
            Self::Yes(why) | Self::Perhaps(why) => why,
        }
    }
}

fn union(mut these: Vec<Why>, those: Vec<Why>) -> Vec<Why> {
    for why in those {
        if !these.contains(&why) {
            these.push(why);
        }
    }
    these
}
