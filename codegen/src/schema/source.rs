//! The text of a schema file, the places in it, and the problems at these places.

use super::refs::ParsedFile;
use crate::diagnostics::{Excerpt, Problem, Severity, Warning};

/// Characters are counted from the last checkpoint, so a lookup in a minified file stays cheap.
const STRIDE: usize = 512;

/// A place as the number of the file, 0 for the identity schema itself, and a byte offset; [`Source::place`] gives line and column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Spot {
    file: usize,
    offset: usize,
}

impl Spot {
    pub(crate) fn file(self) -> usize {
        self.file
    }
}

/// Line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// One schema file.
#[derive(Debug)]
pub(crate) struct Source<'t> {
    pub(crate) text: &'t str,
    file: usize,
    checkpoints: Vec<(usize, Place)>,
}

impl<'t> Source<'t> {
    /// The identity schema itself.
    #[cfg(test)]
    pub(crate) fn new(text: &'t str) -> Self {
        Self::of_file(0, text)
    }

    /// The file of this number.
    pub(crate) fn of_file(file: usize, text: &'t str) -> Self {
        let mut here = Place { line: 1, column: 1 };
        let mut checkpoints = vec![(0, here)];
        let mut last = 0;
        for (offset, character) in text.char_indices() {
            if offset - last >= STRIDE {
                checkpoints.push((offset, here));
                last = offset;
            }
            here.column += 1;
            if character == '\n' {
                here = Place {
                    line: here.line + 1,
                    column: 1,
                };
                last = offset + 1;
                checkpoints.push((last, here));
            }
        }
        Self {
            text,
            file,
            checkpoints,
        }
    }

    /// The spot where `part`, a slice of this text, begins.
    pub(crate) fn spot_of(&self, part: &str) -> Spot {
        self.spot(part.as_ptr() as usize - self.text.as_ptr() as usize)
    }

    pub(crate) fn spot(&self, offset: usize) -> Spot {
        Spot {
            file: self.file,
            offset,
        }
    }

    /// An error at `spot` of this text, which is that of `file`.
    pub(crate) fn problem(&self, spot: Spot, file: &str, message: String) -> Problem {
        let Place { line, column } = self.place(spot);
        let excerpt = Excerpt::of(self.text, spot.offset);
        Problem::at(file, (line, column), message, excerpt)
    }

    pub(crate) fn place(&self, spot: Spot) -> Place {
        let after = self
            .checkpoints
            .partition_point(|(offset, _)| *offset <= spot.offset);
        let (offset, start) = self.checkpoints[after - 1];
        let characters = self
            .text
            .get(offset..spot.offset)
            .map_or(0, |between| between.chars().count());
        Place {
            line: start.line,
            column: start.column + u32::try_from(characters).unwrap_or(u32::MAX),
        }
    }

    /// Whether the bracket at `spot` follows a comma.
    pub(crate) fn is_after_last_comma(&self, spot: Spot) -> bool {
        let (before, after) = self.text.split_at(spot.offset);
        after.starts_with(['}', ']']) && before.trim_end().ends_with(',')
    }

    /// The spot of a line and a column that count bytes, as `serde_json` gives them; its column 0 is the first here.
    pub(crate) fn spot_at(&self, line: usize, column: usize) -> Spot {
        let start = self
            .checkpoints
            .iter()
            .find(|(_, place)| place.line as usize == line)
            .map_or(0, |(offset, _)| *offset);
        let mut offset = (start + column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        self.spot(offset)
    }
}

/// The problems found so far, in any order.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<(Spot, Option<Warning>, String)>,
    errors: usize,
}

impl Problems {
    pub(crate) fn report(&mut self, spot: Spot, message: impl Into<String>) {
        self.found.push((spot, None, message.into()));
        self.errors += 1;
    }

    pub(crate) fn warn(&mut self, spot: Spot, warning: Warning, message: impl Into<String>) {
        self.found.push((spot, Some(warning), message.into()));
    }

    /// The number of errors.
    pub(crate) fn len(&self) -> usize {
        self.errors
    }

    /// The problems in the order of the files, without the warnings that are allowed; `files` are indexed by
    /// [`Spot::file`].
    pub(crate) fn into_problems(
        mut self,
        files: &[ParsedFile<'_>],
        severity_of: impl Fn(Warning) -> Option<Severity>,
    ) -> Vec<Problem> {
        // A schema that a `$ref` leads to is read twice: where it is, and for the `$ref`.
        self.found.sort();
        self.found.dedup();
        let problems = self
            .found
            .into_iter()
            .filter_map(|(spot, warning, message)| {
                let ParsedFile { file, source, .. } = &files[spot.file()];
                let problem = source.problem(spot, &file.shown, message);
                Some(match warning {
                    Some(warning) => problem.warning(warning, severity_of(warning)?),
                    None => problem,
                })
            });
        problems.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Source};

    #[test]
    fn columns_count_characters_and_lines_count_line_feeds() {
        let source = Source::new("äb\r\n€c");
        let at =
            |part| source.place(source.spot_of(&source.text[source.text.find(part).unwrap()..]));
        assert_eq!(at("b"), Place { line: 1, column: 2 });
        assert_eq!(at("c"), Place { line: 2, column: 2 });
    }

    #[test]
    fn a_long_line_has_the_same_columns_as_a_short_one() {
        let text = "é".repeat(5_000);
        let source = Source::new(&text);
        for character in [0, 255, 256, 257, 4_999, 5_000] {
            let column = u32::try_from(character).unwrap() + 1;
            assert_eq!(
                source.place(source.spot(character * 2)),
                Place { line: 1, column }
            );
        }
    }

    #[test]
    fn a_byte_column_inside_a_character_means_that_character() {
        let source = Source::new("{\n€€ x");
        assert_eq!(
            source.place(source.spot_at(2, 5)),
            Place { line: 2, column: 2 }
        );
        assert_eq!(
            source.place(source.spot_at(2, 0)),
            Place { line: 2, column: 1 }
        );
        assert_eq!(
            source.place(source.spot_at(9, 99)),
            Place { line: 2, column: 5 }
        );
    }
}
