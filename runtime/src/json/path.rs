//! The path of a trait in the traits document.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
#[cfg(feature = "client")]
use std::ops::Bound::{Included, Unbounded};

/// The path of a trait: the member names from the traits object down to it.
///
/// It is written like the input names of Kratos's settings form, without the leading `traits.`:
/// `name.first`, `tags.0`. A dot inside a member name is written `\.`. The empty path is the
/// traits object itself.
///
/// A map key is personal data. In the path of a problem, `Display` and `Debug` write `*` for a member that the schema does not
/// name; [`segments`](Self::segments) contains its name.
#[derive(Clone, Default)]
pub struct TraitPath {
    segments: Vec<String>,
    /// The positions of the names that are not shown.
    hidden: Vec<usize>,
}

impl TraitPath {
    /// The traits object itself.
    pub const ROOT: Self = Self {
        segments: Vec::new(),
        hidden: Vec::new(),
    };

    /// The path with these member names.
    ///
    /// ```
    /// use kratos_traits::TraitPath;
    ///
    /// assert_eq!(TraitPath::new(["name", "first"]), TraitPath::parse("name.first"));
    /// ```
    pub fn new<S: Into<String>>(segments: impl IntoIterator<Item = S>) -> Self {
        Self::with_hidden(segments.into_iter().map(Into::into).collect(), Vec::new())
    }

    /// The path with these member names; `Display` does not show those at the hidden positions.
    pub(crate) fn with_hidden(segments: Vec<String>, hidden: Vec<usize>) -> Self {
        Self { segments, hidden }
    }

    /// The member names; the name of an array item is its position.
    ///
    /// ```
    /// use kratos_traits::TraitPath;
    ///
    /// assert_eq!(TraitPath::parse("tags.0").segments(), ["tags", "0"]);
    /// ```
    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    /// Whether this is the traits object itself.
    ///
    /// ```
    /// use kratos_traits::TraitPath;
    ///
    /// assert!(TraitPath::ROOT.is_root());
    /// assert!(!TraitPath::parse("email").is_root());
    /// ```
    pub fn is_root(&self) -> bool {
        self.segments.is_empty()
    }

    /// The path of a member of this place.
    ///
    /// ```
    /// use kratos_traits::TraitPath;
    ///
    /// assert_eq!(TraitPath::parse("name").child("first").to_string(), "name.first");
    /// ```
    #[must_use]
    pub fn child(&self, name: impl Into<String>) -> Self {
        let mut child = self.clone();
        child.segments.push(name.into());
        child
    }

    /// The path of a member whose name is data of the person: `Display` does not show it.
    pub(crate) fn hidden_child(&self, name: impl Into<String>) -> Self {
        let mut child = self.child(name);
        child.hidden.push(self.segments.len());
        child
    }

    /// Whether `Display` hides the name at this position.
    pub(crate) fn is_hidden(&self, position: usize) -> bool {
        self.hidden.contains(&position)
    }

    /// The path of `inner`, which begins at this path.
    pub(crate) fn join(&self, inner: &Self) -> Self {
        let mut joined = self.clone();
        joined.segments.extend_from_slice(&inner.segments);
        let hidden = inner.hidden.iter().map(|at| self.segments.len() + at);
        joined.hidden.extend(hidden);
        joined
    }

    /// Shows the hidden names for whose path `is_public` returns true.
    pub(crate) fn show(&mut self, is_public: impl Fn(&[String]) -> bool) {
        let segments = &self.segments;
        self.hidden
            .retain(|position| !is_public(&segments[..=*position]));
    }

    /// The first `depth` names of the path.
    pub(crate) fn above(&self, depth: usize) -> Self {
        let hidden = self.hidden.iter().copied();
        Self {
            segments: self.segments.iter().take(depth).cloned().collect(),
            hidden: hidden.filter(|position| *position < depth).collect(),
        }
    }

    /// Whether one of the paths is equal to the other or begins with it.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let mut pairs = self.segments.iter().zip(&other.segments);
        pairs.all(|(a, b)| a == b)
    }

    /// Parses the written form. Every text is a path; the empty text is the root.
    ///
    /// ```
    /// use kratos_traits::TraitPath;
    ///
    /// assert_eq!(TraitPath::parse(r"a\.b.c").segments(), ["a.b", "c"]);
    /// ```
    pub fn parse(text: &str) -> Self {
        if text.is_empty() {
            return Self::ROOT;
        }
        let mut segments = vec![String::new()];
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let last = segments.len() - 1;
            match c {
                '.' => segments.push(String::new()),
                '\\' => segments[last].push(chars.next().unwrap_or('\\')),
                c => segments[last].push(c),
            }
        }
        Self::new(segments)
    }
}

/// A set of paths.
#[derive(Debug)]
pub(crate) struct PathSet(BTreeSet<Vec<String>>);

impl PathSet {
    pub(crate) fn of(places: impl IntoIterator<Item: Into<Vec<String>>>) -> Self {
        Self(places.into_iter().map(Into::into).collect())
    }

    /// Whether the set contains the path.
    pub(crate) fn contains(&self, place: &[String]) -> bool {
        self.0.contains(place)
    }

    /// Whether the set contains the path, or one that holds it.
    pub(crate) fn covers(&self, place: &[String]) -> bool {
        (0..=place.len()).any(|depth| self.0.contains(&place[..depth]))
    }

    /// Whether the set contains the path, or one inside it.
    #[cfg(feature = "client")]
    pub(crate) fn reaches_into(&self, place: &[String]) -> bool {
        let mut from_here = self.0.range::<[String], _>((Included(place), Unbounded));
        from_here.next().is_some_and(|one| one.starts_with(place))
    }
}

/// By the member names, shown or not.
impl PartialEq for TraitPath {
    fn eq(&self, other: &Self) -> bool {
        self.segments == other.segments
    }
}

impl Eq for TraitPath {}

impl PartialOrd for TraitPath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TraitPath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.segments.cmp(&other.segments)
    }
}

impl Hash for TraitPath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.segments.hash(state);
    }
}

impl fmt::Display for TraitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.segments.iter().enumerate() {
            if position > 0 {
                f.write_str(".")?;
            }
            if self.is_hidden(position) {
                f.write_str("*")?;
            } else {
                f.write_str(&segment.replace('\\', "\\\\").replace('.', "\\."))?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for TraitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_form_reads_back() {
        for segments in [
            vec!["name", "first"],
            vec!["a.b", "c\\d"],
            vec!["", "x"],
            vec![],
        ] {
            let path = TraitPath::new(segments);
            assert_eq!(TraitPath::parse(&path.to_string()), path);
        }
    }

    #[test]
    fn hidden_names_are_not_shown() {
        let path = TraitPath::with_hidden(vec!["a".into(), "key".into(), "b".into()], vec![1]);
        assert_eq!(path.to_string(), "a.*.b");
        assert_eq!(format!("{:?}", path.child("c")), "\"a.*.b.c\"");
        assert_eq!(path, TraitPath::parse("a.key.b"));
        assert_eq!(path.above(2).to_string(), "a.*");
        assert_eq!(path.child("c").hidden_child("d").to_string(), "a.*.b.c.*");
        assert_eq!(TraitPath::parse("x.y").join(&path).to_string(), "x.y.a.*.b");
    }

    #[cfg(feature = "client")]
    #[test]
    fn sets_of_paths() {
        let places = ["a.b", "a.bc", "x"].map(TraitPath::parse);
        let set = PathSet::of(places.map(|place| place.segments));
        for (place, held, holds) in [
            ("a.b", true, true),
            ("a.b.c", true, false),
            ("a", false, true),
            ("a.c", false, false),
            ("", false, true),
            ("x.y.z", true, false),
            ("y", false, false),
        ] {
            let path = TraitPath::parse(place).segments;
            assert_eq!(
                (set.covers(&path), set.reaches_into(&path)),
                (held, holds),
                "{place}"
            );
        }
    }
}
