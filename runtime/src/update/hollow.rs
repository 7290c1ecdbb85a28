//! Empty values that mean the same as an absent member: Kratos's decoder or `fill` added them.

use super::equality::json_eq;
use super::places::{Kind, Places, places};
use crate::check::Rules;
use crate::json::path::TraitPath;
use crate::traits::facts::Schema;
use crate::traits::tree::{Tree, member, names};

/// The paths of a schema at which `{}` or `[]` means the same as an absent member.
pub(crate) struct Hollow(Places);

impl Hollow {
    pub(crate) fn of(schema: &Schema) -> Self {
        Self(Rules::of(schema).map_or_else(Places::new, |rules| places(&rules)))
    }

    /// Whether the value is absent or means the same as an absent value.
    pub(crate) fn is(&self, path: &TraitPath, value: Option<&Tree<'_>>) -> bool {
        let Some(value) = value else {
            return true;
        };
        if value.text() == "null" {
            return self.written(path);
        }
        if value.text().starts_with('[') {
            let listed = self.0.get(path.segments());
            return listed.is_some_and(|place| place.kind == Kind::Array)
                && value.text()[1..].trim_start() == "]";
        }
        let Some(members) = value.members() else {
            return false;
        };
        self.written(path)
            && (members.iter())
                .all(|(name, (_, member))| self.is(&path.child(&**name), Some(member)))
    }

    /// Whether two stored values are equal apart from such empty values.
    pub(super) fn alike(
        &self,
        path: &TraitPath,
        a: Option<&Tree<'_>>,
        b: Option<&Tree<'_>>,
    ) -> bool {
        if let Some(names) = names(a, b) {
            return (names.into_iter())
                .all(|name| self.alike(&path.child(name), member(a, name), member(b, name)));
        }
        json_eq(a, b) || self.is(path, a) && self.is(path, b)
    }

    /// Whether an empty object, or an object that holds an empty one, is added at the path.
    fn written(&self, path: &TraitPath) -> bool {
        let path = path.segments();
        let mut from_here = self.0.range(path.to_vec()..);
        from_here
            .by_ref()
            .take_while(|(place, _)| place.starts_with(path))
            .any(|(place, found)| match found.kind {
                Kind::Object | Kind::Unknown => true,
                Kind::Array => place.len() > path.len(),
                Kind::Other => false,
            })
    }
}
