//! An object of an answer, read member by member.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::traits::splice::Members;

/// An object of an answer. A member that is absent, null or of another type than expected is none.
pub(crate) struct Object<'a>(Members<'a>);

impl<'a> Object<'a> {
    /// `None` for what is no object.
    pub(crate) fn read(raw: &'a RawValue) -> Option<Self> {
        Members::read(raw).map(Self)
    }

    /// The text of a member.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).filter(|raw| raw.get() != "null")
    }

    /// The value of a member.
    pub(crate) fn get<V: DeserializeOwned>(&self, name: &str) -> Option<V> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// The objects in an array; what is no object is passed over.
    pub(crate) fn objects(&self, name: &str) -> impl Iterator<Item = Object<'a>> {
        let items: Option<Vec<&'a RawValue>> = self
            .raw(name)
            .and_then(|raw| serde_json::from_str(raw.get()).ok());
        items.into_iter().flatten().filter_map(Object::read)
    }
}
