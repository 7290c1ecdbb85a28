//! The settings file that lies beside a schema.

use std::path::{Path, PathBuf};

use crate::problem::Errors;
use crate::settings::Options;

#[cfg(feature = "toml")]
use crate::settings::File;

const FILE_NAME: &str = "kratos-traits.toml";

/// The settings file in the folder of this schema, if there is one.
pub(super) fn file(schema: &Path) -> Option<PathBuf> {
    let file = schema.parent()?.join(FILE_NAME);
    file.is_file().then_some(file)
}

/// The settings files of one run.
pub(super) struct Settings<'b> {
    given: Option<PathBuf>,
    base: &'b Path,
    /// Files that could not be read: said once, however many schemas lie beside them.
    refused: Vec<PathBuf>,
}

/// Every schema that the settings file at `path` has the place of.
#[cfg(feature = "toml")]
pub(super) fn config(path: PathBuf) -> Result<super::Config, Errors> {
    let shown = crate::input::shown(&path);
    let folder = path.parent().unwrap_or(Path::new(""));
    let file = File::read(&crate::input::read(&path, &shown)?, folder, &shown)?;
    let mut config = super::Config::new();
    for (name, schema) in file.files() {
        config = config.schema(name, folder.join(schema));
    }
    Ok(config.settings_file(path))
}

/// What a settings file says; nothing where there is none.
pub(super) struct Found(#[cfg(feature = "toml")] Option<File>);

impl<'b> Settings<'b> {
    pub(super) fn new(given: Option<PathBuf>, base: &'b Path) -> Self {
        Self {
            given,
            base,
            refused: Vec::new(),
        }
    }

    /// The settings for the schema at this path.
    #[cfg(feature = "toml")]
    pub(super) fn beside(&mut self, schema: &Path) -> Result<Found, Errors> {
        use crate::input;

        let given = self.given.as_ref().map(|path| self.base.join(path));
        let Some(path) = given.or_else(|| file(&self.base.join(schema))) else {
            return Ok(Found(None));
        };
        if self.refused.contains(&path) {
            return Ok(Found(None));
        }
        let shown = input::shown(path.strip_prefix(self.base).unwrap_or(&path));
        let read = input::read(&path, &shown).map_err(Errors::from);
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = read.and_then(|text| File::read(&text, folder, &shown));
        file.map(|file| Found(Some(file))).inspect_err(|_| {
            self.refused.push(path.clone());
        })
    }

    /// Refuses a settings file: to leave it aside would be to emit other code than was asked for.
    #[cfg(not(feature = "toml"))]
    pub(super) fn beside(&mut self, schema: &Path) -> Result<Found, Errors> {
        use crate::input;
        use crate::problem::Problem;

        let _ = &self.given;
        match file(&self.base.join(schema)) {
            Some(path) if !self.refused.contains(&path) => {
                let shown = input::shown(path.strip_prefix(self.base).unwrap_or(&path));
                self.refused.push(path);
                let message = "this file is not read, because `kratos-traits-codegen` was built without its feature `toml`; write `features = [\"toml\"]` in Cargo.toml";
                Err(Problem::of_file(shown, message).into())
            }
            _ => Ok(Found()),
        }
    }
}

impl Found {
    pub(super) fn complete(&self, names: &[&str], options: Options) -> Options {
        #[cfg(feature = "toml")]
        if let Some(file) = &self.0 {
            return file.complete(names, options);
        }
        let _ = names;
        options
    }
}
