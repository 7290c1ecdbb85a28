//! The door for build scripts.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use crate::generate::generate_at;
use crate::input;
use crate::options::Options;
use crate::problem::{Errors, Problem};

/// What a build script asks for.
///
/// ```no_run
/// kratos_traits_codegen::Config::new()
///     .schema("customer", "schemas/customer.schema.json")
///     .schema("member", "schemas/member.schema.json")
///     .compile();
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    schemas: Vec<Schema>,
    out_dir: Option<PathBuf>,
    runtime_path: Option<String>,
    /// Names for which a policy was given, but no schema before it.
    unknown: Vec<String>,
}

#[derive(Clone, Debug)]
struct Schema {
    name: String,
    path: PathBuf,
    options: Options,
}

/// What came of it.
struct Written {
    outputs: Vec<PathBuf>,
    warnings: Vec<Problem>,
    /// The files that the schemas refer to.
    files: Vec<PathBuf>,
}

impl Config {
    /// Nothing asked for yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes Rust for the schema at `path` to `NAME.rs`. The path is relative to the package (`CARGO_MANIFEST_DIR`).
    #[must_use]
    pub fn schema(mut self, name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(Schema {
            name: name.into(),
            path: path.into(),
            options: Options::new(),
        });
        self
    }

    /// As [`Options::deny`], for the schema that was given this name before.
    #[must_use]
    pub fn deny(self, name: &str, path: impl AsRef<str>) -> Self {
        self.with(name, |options| options.deny(path))
    }

    /// As [`Options::allow`], for the schema that was given this name before.
    #[must_use]
    pub fn allow(self, name: &str, path: impl AsRef<str>) -> Self {
        self.with(name, |options| options.allow(path))
    }

    /// As [`Options::map_ref`], for the schema that was given this name before.
    #[must_use]
    pub fn map_ref(self, name: &str, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.with(name, |options| options.map_ref(url, path))
    }

    /// As [`Options::deny_warning`], for the schema that was given this name before.
    #[must_use]
    pub fn deny_warning(self, name: &str, warning: impl Into<String>) -> Self {
        self.with(name, |options| options.deny_warning(warning))
    }

    fn with(mut self, name: &str, set: impl FnOnce(Options) -> Options) -> Self {
        match self.schemas.iter_mut().find(|schema| schema.name == name) {
            Some(schema) => schema.options = set(schema.options.clone()),
            None => self.unknown.push(name.to_owned()),
        }
        self
    }

    /// Where to write; `OUT_DIR` if not set. The folder must exist.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// As [`Options::runtime_path`].
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.runtime_path = Some(path.into());
        self
    }

    /// Writes the files. On a problem, prints all of them with their places, writes nothing, and ends the build script
    /// with status 1. Tells cargo to run the build script again when a schema changes.
    #[expect(
        clippy::print_stdout,
        clippy::print_stderr,
        reason = "a build script talks to cargo on stdout and to people on stderr"
    )]
    pub fn compile(self) {
        // Said first: after a failure cargo must look at the same files again.
        for schema in &self.schemas {
            println!("cargo:rerun-if-changed={}", schema.path.display());
        }
        match self.run() {
            Ok(written) => {
                for file in &written.files {
                    println!("cargo:rerun-if-changed={}", file.display());
                }
                for warning in &written.warnings {
                    println!("cargo:warning={warning}");
                }
            }
            Err(errors) => {
                eprintln!("{}", errors.rendered());
                process::exit(1);
            }
        }
    }

    /// Writes the files and says which; prints nothing. A file that already has the right text is left alone.
    ///
    /// # Errors
    ///
    /// All problems of all schemas. Nothing is written then.
    pub fn try_compile(self) -> Result<Vec<PathBuf>, Errors> {
        self.run().map(|written| written.outputs)
    }

    fn run(self) -> Result<Written, Errors> {
        let out_dir = self
            .out_dir
            .or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let mut problems = Vec::new();
        if out_dir.is_none() {
            problems.push(Problem::of_file(
                "build.rs",
                "there is no `OUT_DIR`; call this in a build script, or write `.out_dir(…)`",
            ));
        }
        for name in &self.unknown {
            problems.push(Problem::of_file(
                "build.rs",
                format!("there is no schema {name:?} to deny or allow traits of; call `.schema({name:?}, …)` before"),
            ));
        }
        let out_dir = out_dir.unwrap_or_default();
        let base = env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
        let mut outputs: Vec<(PathBuf, String)> = Vec::new();
        let mut warnings = Vec::new();
        let mut files = Vec::new();
        for (index, schema) in self.schemas.iter().enumerate() {
            let Schema { name, path, .. } = schema;
            let options = match &self.runtime_path {
                Some(runtime) => schema.options.clone().runtime_path(runtime),
                None => schema.options.clone(),
            };
            // An absolute path would make the emitted code differ from machine to machine.
            let shown = input::shown(path.strip_prefix(&base).unwrap_or(path));
            if let Some(Schema { path: first, .. }) = self.schemas[..index]
                .iter()
                .find(|other| other.name == *name)
            {
                problems.push(Problem::of_file(
                    shown.as_str(),
                    format!(
                        "the name {name:?} is taken by {}; write another name",
                        input::shown(first)
                    ),
                ));
            }
            let written = input::read(&base.join(path), &shown)
                .map_err(Errors::from)
                .and_then(|text| generate_at(name, &base.join(path), &shown, &text, &options));
            match written {
                Ok(generated) => {
                    outputs.push((out_dir.join(format!("{name}.rs")), generated.rust));
                    warnings.extend(generated.warnings);
                    files.extend(generated.files);
                }
                Err(errors) => problems.extend(errors),
            }
        }
        if !problems.is_empty() {
            return Err(Errors::new(problems));
        }
        let outputs = outputs
            .into_iter()
            .map(|(path, rust)| write_if_changed(&path, &rust).map(|()| path))
            .collect::<Result<_, _>>()?;
        Ok(Written {
            outputs,
            warnings,
            files,
        })
    }
}

fn write_if_changed(path: &Path, rust: &str) -> Result<(), Errors> {
    if fs::read(path).is_ok_and(|old| old == rust.as_bytes()) {
        return Ok(());
    }
    fs::write(path, rust).map_err(|error| {
        let message = format!("cannot write this file ({error}); name a folder that exists");
        Problem::of_file(input::shown(path), message).into()
    })
}
