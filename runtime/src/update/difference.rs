//! The differences between the traits that were sent and those that are stored after the save.

use crate::json::path::TraitPath;
use crate::json::{Json, json_eq, names};
use crate::kratos::form_decoder::FilledIn;
use crate::kratos::identifiers::normalised;
use crate::traits::facts::{Channel, IdentityTraits, Role, Schema};
use crate::traits::raw::RawTraits;

/// A difference between the sent and the stored traits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The trait, or the member of an object.
    pub path: TraitPath,
    /// What the difference means.
    pub kind: DifferenceKind,
}

/// The meaning of a difference between the sent and the stored traits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// `{}` instead of an absent member: Kratos's decoder adds it for an absent object. It means the same as the absent member.
    FilledIn,
    /// The same phone number in the form E.164: after v26.2.0 Kratos rewrites the numbers that it sends SMS to.
    Normalised,
    /// Another value: a web hook of the server changed it, or another client saved right after this one.
    Replaced,
}

/// The differences between the sent and the stored traits.
pub(crate) fn differing<T: IdentityTraits>(
    sent: &RawTraits,
    stored: &RawTraits,
) -> Vec<Difference> {
    if sent.as_str() == stored.as_str() {
        return Vec::new();
    }
    let mut comparing = Comparing {
        schema: T::schema(),
        filled_in: FilledIn::of(T::schema()),
        phones: Vec::new(),
        found: Vec::new(),
    };
    for facts in T::TRAITS {
        let by_sms = |role: &&Role| role.channel() == Some(Channel::Sms);
        if let Some(role) = facts.roles.iter().find(by_sms) {
            comparing.phones.push((facts.path, *role));
        }
    }
    let (sent, stored) = (sent.json(), stored.json());
    comparing.compare(&TraitPath::ROOT, Some(&sent), Some(&stored));
    comparing.found
}

struct Comparing {
    schema: &'static Schema,
    filled_in: FilledIn,
    phones: Vec<(&'static [&'static str], Role)>,
    found: Vec<Difference>,
}

impl Comparing {
    fn compare(&mut self, path: &TraitPath, sent: Option<&Json<'_>>, stored: Option<&Json<'_>>) {
        if let Some(names) = names(sent, stored) {
            for name in names {
                let [sent, stored] = [sent, stored].map(|one| one.and_then(|one| one.get(name)));
                self.compare(&self.schema.member(path, name), sent, stored);
            }
            return;
        }
        if json_eq(sent, stored) {
            return;
        }
        let difference =
            if self.filled_in.is_absent(path, sent) && self.filled_in.is_absent(path, stored) {
                DifferenceKind::FilledIn
            } else if self.is_one_phone(path, sent, stored) {
                DifferenceKind::Normalised
            } else {
                DifferenceKind::Replaced
            };
        self.found.push(Difference {
            path: path.clone(),
            kind: difference,
        });
    }

    /// Whether both are the same phone number, or the same list of them.
    fn is_one_phone(
        &self,
        path: &TraitPath,
        sent: Option<&Json<'_>>,
        stored: Option<&Json<'_>>,
    ) -> bool {
        let mut holding = self.phones.iter().filter(|(phone, _)| {
            let mut pairs = phone.iter().zip(path.segments());
            phone.len() <= path.segments().len() && pairs.all(|(a, b)| a == b)
        });
        sent.is_some()
            && stored.is_some()
            && holding.any(|(_, role)| normalised(*role, sent) == normalised(*role, stored))
    }
}
