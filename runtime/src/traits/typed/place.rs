//! Where in a document a value stands, while it is read.

use super::misfit::Spot;

/// A place, and by what step it is reached from the one above it.
pub(super) struct Place<'p> {
    pub(super) above: Option<&'p Place<'p>>,
    pub(super) step: Step<'p>,
}

pub(super) enum Step<'p> {
    Root,
    Member {
        name: &'p str,
        /// Whether the type of the object lists this name.
        listed: bool,
    },
    Item(usize),
}

impl Place<'_> {
    pub(super) const ROOT: Self = Self {
        above: None,
        step: Step::Root,
    };

    pub(super) fn segments(&self) -> Vec<String> {
        self.spot().segments
    }

    pub(super) fn spot(&self) -> Spot {
        let mut spot = self.above.map_or_else(
            || Spot {
                segments: Vec::new(),
                unlisted: Vec::new(),
            },
            Self::spot,
        );
        match self.step {
            Step::Root => {}
            Step::Member { name, listed } => {
                if !listed {
                    spot.unlisted.push(spot.segments.len());
                }
                spot.segments.push(name.to_owned());
            }
            Step::Item(position) => spot.segments.push(position.to_string()),
        }
        spot
    }

    /// Whether the place is a member of the object with this path.
    pub(super) fn is_member_of(&self, object: &[String]) -> bool {
        matches!(self.step, Step::Member { .. }) && self.above.is_some_and(|above| above.is(object))
    }

    /// Whether this path leads here.
    pub(super) fn is(&self, path: &[String]) -> bool {
        let (Some(above), Some((last, rest))) = (self.above, path.split_last()) else {
            return self.above.is_none() && path.is_empty();
        };
        let same = match self.step {
            Step::Root => false,
            Step::Member { name, .. } => name == last,
            Step::Item(position) => position.to_string() == *last,
        };
        same && above.is(rest)
    }
}
