//! What Kratos asks of an old login, whatever its age.

use super::compare::{Differ, Used, differ, used};
use super::need::{Need, Why, WhyNot};
use super::spelling::{Form, shown};
use super::version::Generation;
use crate::identity::{Identity, Via};
use crate::traits::facts::{Channel, Credential, IdentityTraits, Role};
use crate::traits::raw::RawTraits;

/// What speaks for a refusal: for certain, and perhaps.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) surely: Vec<Why>,
    pub(super) perhaps: Vec<Why>,
}

/// Source: `requiresPrivilegedAccess` and `CredentialsEqual` of Kratos's package `identity`.
pub(super) fn asked<T: IdentityTraits, S>(
    after: &RawTraits,
    person: &Identity<S>,
    generation: Generation,
) -> Asked {
    let until = generation == Generation::Until26_2;
    let used = used::<T>(person.traits.raw(), after, generation);
    let mut asked = Asked::default();
    for credential in [Credential::Password, Credential::Webauthn, Credential::Code] {
        let of_it: Vec<_> = used
            .iter()
            .filter(|one| one.role.identifies() == Some(credential))
            .collect();
        let after: Vec<Form> = of_it.iter().flat_map(|one| one.after.clone()).collect();
        // Without any, Kratos keeps those that the credential had.
        if !after.is_empty() {
            let kept: Vec<Form> = of_it.iter().flat_map(|one| one.kept.clone()).collect();
            asked.compare(&kept, &after, &of_it, None);
        }
    }

    let addresses = &person.verifiable_addresses;
    let kept = addresses
        .iter()
        .map(|one| shown(channel(one.via.as_ref()), &one.value, generation));
    let verified = |role| matches!(role, Role::Verification(_));
    asked.addresses(kept.collect(), &used, verified);
    if !until {
        let kept = person.recovery_addresses.iter();
        let kept = kept.map(|one| shown(channel(one.via.as_ref()), &one.value, generation));
        asked.addresses(kept.collect(), &used, |role| {
            matches!(role, Role::Recovery(_))
        });
    }

    if until && addresses.iter().any(|one| one.verified) {
        asked.surely.push(Why::VerifiedAddress);
    }
    if addresses.len() > 1 {
        asked.perhaps.push(Why::SeveralAddresses);
    }
    asked
}

impl Asked {
    /// The need of a login that is too old, or that may be; `more` is said where it makes a difference.
    pub(super) fn need(mut self, is_old: bool, more: Option<Why>) -> Need {
        let is_sure = is_old && !self.surely.is_empty();
        self.surely.append(&mut self.perhaps);
        let mut why = self.surely;
        if why.is_empty() {
            return Need::No(WhyNot::OrdinaryChange);
        }
        why.extend(more);
        if is_sure {
            Need::Yes(why)
        } else {
            Need::Perhaps(why)
        }
    }

    fn addresses(&mut self, kept: Vec<Form>, used: &[Used], plays: impl Fn(Role) -> bool) {
        let of_it: Vec<_> = used.iter().filter(|one| plays(one.role)).collect();
        let after: Vec<Form> = of_it.iter().flat_map(|one| one.after.clone()).collect();
        self.compare(&kept, &after, &of_it, Some(Why::AddressesOutOfStep));
    }

    /// `otherwise` is the reason where none of the traits changes.
    fn compare(&mut self, kept: &[Form], after: &[Form], of: &[&Used], otherwise: Option<Why>) {
        let differs = differ(kept, after);
        if differs == Differ::No {
            return;
        }
        let changed: Vec<_> = of.iter().filter(|one| one.is_changed()).collect();
        let spelt: Vec<_> = of.iter().filter(|one| one.is_spelt_apart()).collect();
        let why: Vec<Why> = if !changed.is_empty() {
            let why = changed.iter().map(|one| Why::Changed {
                facts: one.facts,
                role: one.role,
            });
            why.collect()
        } else if !spelt.is_empty() {
            let why = spelt.iter().map(|one| Why::Spelling {
                facts: one.facts,
                role: one.role,
            });
            why.collect()
        } else {
            // What is shown may be spelt in a way that we do not know.
            return self.perhaps.extend(otherwise);
        };
        match differs {
            Differ::Yes => self.surely.extend(why),
            _ => self.perhaps.extend(why),
        }
    }
}

fn channel(via: Option<&Via>) -> Option<Channel> {
    match via? {
        Via::Email => Some(Channel::Email),
        Via::Sms => Some(Channel::Sms),
        Via::Other(_) => None,
    }
}
