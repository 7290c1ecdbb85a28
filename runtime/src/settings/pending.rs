//! Changes that wait for a login or a decision.

use std::fmt;

use super::outcome::{Conflict, Outcome};
use crate::http::Invalid;
use crate::http::flow::FlowId;
use crate::identity::Identity;
use crate::json::Json;
use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts, TraitsObject};
use crate::traits::marker::{self, Privileged};
use crate::traits::raw::RawTraits;
use crate::update::access::Access;
use crate::update::blame::Api;
use crate::update::change::{Change, privileged};
use crate::update::patch::Patch;

/// A change that waits for a login or a decision. `Debug` shows which traits it changes, but no values.
///
/// [`Settings::resume`](crate::client::Settings::resume) sends it again, at once or later in another
/// process: store it [sealed](Self::seal) (feature `seal`), or as [plain text](Self::to_plaintext).
///
/// - It belongs to the identity whose flow refused it. With the session of another identity the outcome is
///   [`IdentityMismatch`](crate::Outcome::IdentityMismatch).
/// - It contains the values that it replaces. If another client has changed one of them meanwhile, the
///   outcome is [`Conflict`](crate::Outcome::Conflict). Traits that had the wanted value already are not
///   part of the change.
///
/// If Kratos refused the change before it returned the identity (without a session, or without the second
/// factor), neither is known, unless it is set with [`of_person`](Self::of_person) and
/// [`based_on`](Self::based_on).
#[must_use = "a pending change is not saved: resume it"]
pub struct Pending<T> {
    pub(super) patch: Patch<T, Privileged>,
    /// What the updater that it came from may change. A stored change may be anybody's, so it is not part of one: Kratos judges.
    pub(super) access: Access,
    /// The values that the patch replaces.
    pub(super) base: Option<RawTraits>,
    /// The id of the identity that it belongs to.
    pub(super) person: Option<String>,
    /// The flow that replaces an expired one.
    pub(super) replacement: Option<FlowId>,
    /// Where a browser logs in, or must continue. If the application has set a
    /// [`return_to`](crate::BrowserCookies::return_to), the browser lands there after the login; otherwise it is Kratos's own URL,
    /// which may lead to the settings page of its configuration. A native application logs in with
    /// [`Client::login`](crate::Client::login) instead.
    pub redirect_browser_to: Option<String>,
}

impl<T> Pending<T> {
    /// A change of any identity and any stored traits.
    pub(crate) fn of<A: marker::Access>(patch: Patch<T, A>) -> Self {
        Self::with_access(patch.into_privileged(), Access::of::<A>())
    }

    pub(super) fn with_access(patch: Patch<T, Privileged>, access: Access) -> Self {
        Self {
            patch,
            access,
            base: None,
            person: None,
            replacement: None,
            redirect_browser_to: None,
        }
    }

    /// The change.
    ///
    /// ```
    /// use kratos_traits::Pending;
    ///
    /// fn show<T>(pending: &Pending<T>) {
    ///     for path in pending.patch().paths() {
    ///         println!("not saved yet: {path}");
    ///     }
    /// }
    /// ```
    pub fn patch(&self) -> &Patch<T, Privileged> {
        &self.patch
    }

    /// The change, without the identity and the values that it replaces.
    ///
    /// ```
    /// use kratos_traits::marker::Privileged;
    /// use kratos_traits::{Patch, Pending};
    ///
    /// fn only_the_change<T>(pending: Pending<T>) -> Patch<T, Privileged> {
    ///     pending.into_patch()
    /// }
    /// ```
    pub fn into_patch(self) -> Patch<T, Privileged> {
        self.patch
    }

    /// The id of the identity that the change belongs to, if it is known.
    ///
    /// ```
    /// use kratos_traits::Pending;
    ///
    /// fn belongs_to<T>(pending: &Pending<T>, identity_id: &str) -> bool {
    ///     pending.person() == Some(identity_id)
    /// }
    /// ```
    pub fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }

    /// Limits the change to the identity with this id.
    ///
    /// ```
    /// use kratos_traits::Pending;
    ///
    /// fn limit<T>(pending: Pending<T>, identity_id: &str) -> Pending<T> {
    ///     pending.of_person(identity_id)
    /// }
    /// ```
    pub fn of_person(mut self, identity_id: impl Into<String>) -> Self {
        self.person = Some(identity_id.into());
        self
    }

    /// Drops the values that the change replaces, so that it overwrites what another client saves before
    /// it is resumed.
    ///
    /// ```
    /// use kratos_traits::Pending;
    ///
    /// fn force<T>(pending: Pending<T>) -> Pending<T> {
    ///     pending.unguarded()
    /// }
    /// ```
    pub fn unguarded(mut self) -> Self {
        self.base = None;
        self
    }
}

impl<T: TraitsObject> Pending<T> {
    /// Sets the traits that the change was made on; see
    /// [`Settings::based_on`](crate::client::Settings::based_on).
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use kratos_traits::{Pending, RawTraits};
    ///
    /// type Change = Pending<customer::CustomerTraits>;
    ///
    /// fn guard(pending: Change, displayed: &RawTraits) -> Change {
    ///     pending.based_on(displayed)
    /// }
    /// ```
    pub fn based_on(self, base: &RawTraits) -> Self {
        self.made_on(&base.json())
    }

    fn made_on(mut self, base: &Json<'_>) -> Self {
        self.patch = self.patch.made_on(base);
        self.base = Some(RawTraits::of(&self.patch.project(base)));
        self
    }
}

impl<T> Clone for Pending<T> {
    fn clone(&self) -> Self {
        Self {
            patch: self.patch.clone(),
            access: self.access,
            base: self.base.clone(),
            person: self.person.clone(),
            replacement: self.replacement.clone(),
            redirect_browser_to: self.redirect_browser_to.clone(),
        }
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("patch", &self.patch)
            .finish_non_exhaustive()
    }
}

/// Why Kratos requires a fresh login for a change, as far as the change shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The change gives other values to these identifiers and addresses, each listed with its role. (Up to
    /// v26.2.0 Kratos requires no login for a recovery address alone.)
    PrivilegedChange(Vec<(&'static TraitFacts, Role)>),
    /// The change contains no identifier and no address. Up to v26.2.0 Kratos refuses every change of a
    /// person with a verified address if the login is old (ory/kratos#4435). With two or more verifiable
    /// addresses, every version does so at random, and also if the schema has declared another identifier
    /// since the identity was last saved.
    ///
    /// Another attempt does not help. A fresh login does, and so does the admin API, which requires none.
    NotByTheChange,
}

impl<T: IdentityTraits> Pending<T> {
    /// Why Kratos requires a fresh login, as far as the change shows it.
    ///
    /// Without the values that the change replaces, all identifiers and addresses in it count.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use kratos_traits::Pending;
    /// use kratos_traits::settings::Cause;
    ///
    /// fn explain(pending: &Pending<customer::CustomerTraits>) -> &'static str {
    ///     match pending.cause() {
    ///         Cause::PrivilegedChange(_) => "Please log in again to change your address.",
    ///         _ => "Please log in again to save your profile.",
    ///     }
    /// }
    /// ```
    pub fn cause(&self) -> Cause {
        let base = self.base.as_ref().map(RawTraits::json);
        let found = match &base {
            Some(base) => match self.patch.apply(base) {
                Ok(after) => privileged(&self.patch, base, &after),
                Err(_) => Vec::new(),
            },
            None => {
                let named = self.patch.touched().into_iter();
                let roles =
                    named.flat_map(|facts| facts.roles.iter().map(move |role| (facts, *role)));
                roles.filter(|(_, role)| role.is_privileged()).collect()
            }
        };
        if found.is_empty() {
            Cause::NotByTheChange
        } else {
            Cause::PrivilegedChange(found)
        }
    }
}

/// The result of applying a change to the current traits.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is matched at once"
)]
pub(super) enum Guarded<T> {
    /// A change to send, and the pending change if Kratos refuses it.
    Change {
        change: Change<T>,
        pending: Pending<T>,
    },
    /// Nothing is sent.
    End(Outcome<T>),
}

impl<T: IdentityTraits> Pending<T> {
    /// Applies the change to the current traits, merged with what other clients have changed, if it
    /// belongs to this identity.
    pub(super) fn guarded(self, identity: &Identity<T>) -> Guarded<T> {
        if self.person.as_ref().is_some_and(|id| *id != identity.id) {
            return Guarded::End(Outcome::IdentityMismatch(self));
        }
        let access = self.access;
        let again = |patch| Self::with_access(patch, access).of_person(&identity.id);
        let current = &identity.traits.raw().json();
        let patch = match &self.base {
            None => self.patch,
            Some(base) => match self.patch.merge(&base.json(), current) {
                Err(problems) => return invalid(problems, &self.patch, current),
                Ok(merged) if merged.conflicts.is_empty() => merged.patch,
                Ok(merged) => {
                    return Guarded::End(Outcome::Conflict(Conflict {
                        overwriting: again(merged.overwriting()).made_on(current),
                        keeping: again(merged.patch).made_on(current),
                        traits: merged.conflicts,
                    }));
                }
            },
        };
        match Change::new(&patch, access, current, &identity.derives()) {
            Ok(change) => Guarded::Change {
                change,
                pending: again(patch).made_on(current),
            },
            Err(problems) => invalid(problems, &patch, current),
        }
    }
}

fn invalid<T: IdentityTraits>(
    problems: Vec<Problem>,
    patch: &Patch<T, Privileged>,
    current: &Json<'_>,
) -> Guarded<T> {
    let invalid = Invalid::of_update(problems, patch, current, Api::Settings);
    Guarded::End(Outcome::Invalid(invalid))
}
