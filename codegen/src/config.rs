//! The door for build scripts.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use crate::generate::generate;
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

    /// Writes the files. On a problem, prints all of them as `file:line:column: message`, writes nothing, and ends the build script
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
        if let Err(errors) = self.try_compile() {
            eprintln!("{errors}");
            process::exit(1);
        }
    }

    /// Writes the files and says which; prints nothing. A file that already has the right text is left alone.
    ///
    /// # Errors
    ///
    /// All problems of all schemas. Nothing is written then.
    pub fn try_compile(self) -> Result<Vec<PathBuf>, Errors> {
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
                .and_then(|text| generate(name, &shown, &text, &options));
            match written {
                Ok(rust) => outputs.push((out_dir.join(format!("{name}.rs")), rust)),
                Err(errors) => problems.extend(errors),
            }
        }
        if !problems.is_empty() {
            return Err(Errors::new(problems));
        }
        outputs
            .into_iter()
            .map(|(path, rust)| write_if_changed(&path, &rust).map(|()| path))
            .collect()
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
