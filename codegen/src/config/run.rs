//! Generates the code that a [`Config`] describes. Every schema is processed as far as possible, so that all problems are reported
//! at once.

use std::env;
use std::path::{Path, PathBuf};

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

/// The settings file in the folder of this schema, if there is one.
fn settings_beside(schema: &Path) -> Option<PathBuf> {
    let path = schema.parent()?.join(SETTINGS_FILE);
    path.is_file().then_some(path)
}

impl Config {
    /// The settings for the schema at `path`: those of the given file, or of the one in its folder.
    fn settings_of(&self, path: &Path, base: &Path) -> Result<File, Problem> {
        let given = self.settings_file.as_ref().map(|given| base.join(given));
        let Some(path) = given.or_else(|| settings_beside(&base.join(path))) else {
            return Ok(File::default());
        };
        read_settings(
            &path,
            &input::shown(path.strip_prefix(base).unwrap_or(&path)),
        )
    }

    /// The files that the result depends on.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        let base = self.folder();
        let mut paths: Vec<PathBuf> = self.settings_file.iter().cloned().collect();
        for Schema { input, .. } in &self.schemas {
            paths.push(input.path().clone());
            if self.settings_file.is_none() {
                paths.extend(settings_beside(&base.join(input.path())));
            }
            #[cfg(feature = "kratos-config")]
            if let Input::Kratos { path, .. } = input {
                paths.extend(kratos_yml::files(&base, path));
            }
        }
        let mut seen = std::collections::HashSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        paths
    }
}

/// Writes the files if there are no problems.
pub(super) fn write(config: &Config) -> Result<Vec<(PathBuf, Output)>, Errors> {
    let out_dir = config.out_dir.clone();
    let out_dir = out_dir.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
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
            Ok(generated) => outputs.push(Output {
                name: name.clone(),
                rust: generated.rust,
                warnings: generated.warnings,
                files: generated.files,
            }),
            Err(errors) => problems.extend(errors),
        }
    }
    // A problem with a setting of several schemas is reported once.
    let mut seen = std::collections::HashSet::new();
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
            expected.extend(["kratos.yml".into(), at("c.json")]);
        }
        assert_eq!(config.inputs(), expected);
    }
}
