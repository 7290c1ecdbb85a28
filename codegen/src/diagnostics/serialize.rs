//! Problems as JSON, for editors and continuous integration.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::{Errors, Problem, Severity};

/// `{"file", "line", "column", "severity", "code", "message"}`. `code` is null for an error without a name; `file`, `line` and `column`
/// are null for a problem that is not in a file.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Problem", 6)?;
        let is_in_file = !self.file.is_empty();
        object.serialize_field("file", &is_in_file.then_some(&self.file))?;
        object.serialize_field("line", &is_in_file.then_some(self.line))?;
        object.serialize_field("column", &is_in_file.then_some(self.column))?;
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        object.serialize_field("severity", severity)?;
        object.serialize_field("code", &self.code)?;
        object.serialize_field("message", &self.message)?;
        object.end()
    }
}

impl Problem {
    /// The problem as one JSON object in one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Writing strings and numbers as JSON cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Errors {
    /// A JSON array of the problems.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}
