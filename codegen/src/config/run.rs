//! Generates the code that a [`Config`] describes. Every schema is processed as far as possible, so that all problems are reported
//! at once.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::{Config, Input, Output, Schema};
use crate::diagnostics::{Errors, Problem};
use crate::generate::generate_at;
use crate::input;
#[cfg(feature = "kratos-config")]
use crate::kratos_yml::{self, Request};
use crate::settings::{File, Options};

const SETTINGS_FILE: &str = "kratos-traits.toml";

/// Reads the settings file at `path`; `shown` is its name in messages.
pub(super) fn read_settings(path: &Path, shown: &str) -> Result<File, Problem> {
    let text = input::read(path, shown)?;
    File::read(&text, path.parent().unwrap_or(Path::new("")), shown)
}

/// Where the settings file of this schema is, if there is one.
fn settings_beside(schema: &Path) -> PathBuf {
    schema.with_file_name(SETTINGS_FILE)
}

impl Config {
    /// The settings for the schema at `path`: those of the given file, or of the one in its folder.
    fn settings_of(&self, path: &Path, base: &Path) -> Result<File, Problem> {
        let path = match &self.settings_file {
            Some(given) => base.join(given),
            None => settings_beside(&base.join(path)),
        };
        if self.settings_file.is_none() && !path.is_file() {
            return Ok(File::default());
        }
        read_settings(
            &path,
            &input::shown(path.strip_prefix(base).unwrap_or(&path)),
        )
    }

    /// The files that the result depends on and that are known before it.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        let base = self.folder();
        let mut paths: Vec<PathBuf> = self.settings_file.iter().cloned().collect();
        for Schema { input, .. } in &self.schemas {
            paths.push(input.path().clone());
            let beside = settings_beside(&base.join(input.path()));
            if self.settings_file.is_none() && beside.is_file() {
                paths.push(beside);
            }
        }
        let mut seen = HashSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        paths
    }

    /// The folders in which a file may appear that changes the result. Cargo runs a script again if anything in a watched folder changes,
    /// but always if a watched file is absent; so the files themselves are not watched. Nor is a folder with the script's own output.
    pub(super) fn folders_to_watch(&self, outputs: &[Output]) -> BTreeSet<PathBuf> {
        let base = self.folder();
        let out_dir = self.out_dir.clone().or_else(out_dir);
        let out_dir = out_dir.and_then(|folder| fs::canonicalize(folder).ok());
        let absent = outputs.iter().flat_map(|output| &output.absent);
        let folders = absent.filter_map(|file| {
            let mut folders = file.ancestors().skip(1);
            let folder = folders.next()?;
            // A folder that is absent too: one around it, but none above the package.
            let folder = if folder.is_dir() || !folder.starts_with(&base) {
                folder
            } else {
                folders.find(|folder| folder.is_dir())?
            };
            let whole = fs::canonicalize(folder).ok()?;
            let has_output = out_dir.iter().any(|out_dir| out_dir.starts_with(&whole));
            (!has_output).then(|| folder.to_owned())
        });
        folders.collect()
    }
}

fn out_dir() -> Option<PathBuf> {
    env::var_os("OUT_DIR").map(PathBuf::from)
}

/// Writes the files if there are no problems.
pub(super) fn write(config: &Config) -> Result<Vec<(PathBuf, Output)>, Errors> {
    let out_dir = config.out_dir.clone();
    let out_dir = out_dir.or_else(self::out_dir);
    let mut problems = Vec::new();
    if out_dir.is_none() {
        problems.push(Problem::of_file(
            "build.rs",
            "the variable `OUT_DIR` is not set; call this in a build script, or write `.out_dir(…)`",
        ));
    }
    let outputs = generate(config, problems)?;
    let out_dir = out_dir.unwrap_or_default();
    let written = outputs.into_iter().map(|output| {
        let path = out_dir.join(format!("{}.rs", output.name));
        output.write_to(&path).map(|()| (path, output))
    });
    written.collect()
}

/// Generates the Rust for every schema; `problems` are those that are known already.
pub(super) fn generate(config: &Config, mut problems: Vec<Problem>) -> Result<Vec<Output>, Errors> {
    problems.extend(config.problems.iter().cloned());
    let base = config.folder();
    let in_build_script = |options: &Options| options.clone().in_build_script(&base);
    let mut outputs: Vec<Output> = Vec::new();
    for (index, schema) in config.schemas.iter().enumerate() {
        let Schema { name, input, .. } = schema;
        let path = input.path();
        // With an absolute path, the generated code would differ from machine to machine.
        let shown = input::shown(path.strip_prefix(&base).unwrap_or(path));
        let mut others = config.schemas[..index].iter();
        if let Some(other) = others.find(|other| other.name == *name) {
            let first = input::shown(other.input.path());
            problems.push(Problem::of_file(
                shown.as_str(),
                format!("the name {name:?} is taken by {first}; write another name"),
            ));
        }
        let file = config.settings_of(path, &base).map_err(Errors::from);
        let generated = file.and_then(|file| {
            let options = schema.options.clone().or(config.options.clone());
            let options = in_build_script(&options);
            match input {
                Input::Schema(path) => {
                    let path = base.join(path);
                    let text = input::read(&path, &shown)?;
                    let options = file.complete(&[name], options);
                    generate_at(name, &path, &shown, &text, &options)
                }
                #[cfg(feature = "cli")]
                Input::Text(path, bytes) => {
                    let text = input::utf8(bytes.clone(), &shown)?;
                    let options = file.complete(&[name], options);
                    generate_at(name, &base.join(path), &shown, &text, &options)
                }
                #[cfg(feature = "kratos-config")]
                Input::Kratos { path, by_id } => {
                    let by_id = by_id.iter();
                    let by_id = by_id.map(|(id, own)| (&**id, in_build_script(own)));
                    kratos_yml::generate(&Request {
                        name,
                        base: &base,
                        path,
                        shown: &shown,
                        options,
                        by_id: by_id.collect(),
                        file,
                    })
                }
            }
        });
        match generated {
            Ok(generated) => {
                let mut absent = generated.absent;
                let settings = settings_beside(&base.join(path));
                if config.settings_file.is_none() && !settings.is_file() {
                    absent.push(settings);
                }
                outputs.push(Output {
                    name: name.clone(),
                    rust: generated.rust,
                    warnings: generated.warnings,
                    files: generated.files,
                    absent,
                });
            }
            Err(errors) => problems.extend(errors),
        }
    }
    // A problem with a setting of several schemas is reported once.
    let mut seen = HashSet::new();
    problems.retain(|problem| seen.insert(problem.to_string()));
    if problems.is_empty() {
        Ok(outputs)
    } else {
        Err(Errors::new(problems))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use std::fs;
    use tempfile::TempDir;

    #[test]
    fn every_file_is_an_input_once() {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a.json", "b.json", "kratos-traits.toml"] {
            fs::write(at(name), "").unwrap();
        }
        fs::write(
            at("kratos.yml"),
            "identity: { schemas: [{ id: c, url: file://c.json }] }",
        )
        .unwrap();
        let config = Config::new().base(folder.path());
        let config = config.schema("a", "a.json").schema("b", "b.json");
        #[cfg(feature = "kratos-config")]
        let config = config.kratos_config("all", "kratos.yml");
        let mut expected = vec!["a.json".into(), at("kratos-traits.toml"), "b.json".into()];
        if cfg!(feature = "kratos-config") {
            expected.push("kratos.yml".into());
        }
        assert_eq!(config.inputs(), expected);
    }
}
