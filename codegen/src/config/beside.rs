//! The settings file of each schema: the one that is given, or the one beside the schema.

use std::path::{Path, PathBuf};

use crate::diagnostics::Errors;
use crate::input;
use crate::settings::File;

const FILE_NAME: &str = "kratos-traits.toml";

/// The path of the settings file in the folder of this schema, if there is one.
pub(super) fn path(schema: &Path) -> Option<PathBuf> {
    let path = schema.parent()?.join(FILE_NAME);
    path.is_file().then_some(path)
}

pub(super) fn read(path: &Path, shown: &str) -> Result<File, Errors> {
    let text = input::read(path, shown)?;
    File::read(&text, path.parent().unwrap_or(Path::new("")), shown)
}

/// The settings files of one run.
pub(super) struct SettingsFiles<'b> {
    given: Option<PathBuf>,
    base: &'b Path,
    /// Files with problems, which are reported for one schema only.
    refused: Vec<PathBuf>,
}

impl<'b> SettingsFiles<'b> {
    pub(super) fn new(given: Option<&Path>, base: &'b Path) -> Self {
        Self {
            given: given.map(|path| base.join(path)),
            base,
            refused: Vec::new(),
        }
    }

    /// The settings file for the schema at this path, or an empty one if no file exists.
    pub(super) fn of(&mut self, schema: &Path) -> Result<File, Errors> {
        let given = self.given.clone();
        let Some(path) = given.or_else(|| path(&self.base.join(schema))) else {
            return Ok(File::default());
        };
        if self.refused.contains(&path) {
            return Ok(File::default());
        }
        let shown = input::shown(path.strip_prefix(self.base).unwrap_or(&path));
        read(&path, &shown).inspect_err(|_| self.refused.push(path))
    }
}
