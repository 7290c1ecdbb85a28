//! The door for build scripts.

mod beside;
mod run;
mod write;

#[cfg(feature = "kratos-config")]
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, process};

use crate::problem::{Errors, Problem};
use crate::settings::Options;

pub use run::Output;

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
    base: Option<PathBuf>,
    runtime_path: Option<String>,
    settings_file: Option<PathBuf>,
    /// Settings for what was not given before.
    strangers: Vec<Problem>,
}

#[derive(Clone, Debug)]
struct Schema {
    name: String,
    input: Input,
    options: Options,
}

/// Where the text is.
#[derive(Clone, Debug)]
enum Input {
    /// An identity schema.
    Schema(PathBuf),
    /// A configuration of Kratos, which names identity schemas.
    #[cfg(feature = "kratos-config")]
    Kratos {
        path: PathBuf,
        /// What is set for single schemas, by their ids.
        by_id: BTreeMap<String, Options>,
    },
}

impl Input {
    fn path(&self) -> &PathBuf {
        match self {
            Self::Schema(path) => path,
            #[cfg(feature = "kratos-config")]
            Self::Kratos { path, .. } => path,
        }
    }
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
            input: Input::Schema(path.into()),
            options: Options::new(),
        });
        self
    }

    /// Writes Rust for every identity schema that this configuration of Kratos names (`identity.schemas` of a `kratos.yml`) to one
    /// file, `NAME.rs`, with an enum over them that is chosen by `schema_id`: `identity` gives `enum IdentityTraits`.
    ///
    /// A `file://` path is relative to the folder of the configuration; an absolute one that is not there, as in a container, is
    /// looked for in that folder by its name.
    #[cfg(feature = "kratos-config")]
    #[must_use]
    pub fn kratos_config(mut self, name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(Schema {
            name: name.into(),
            input: Input::Kratos {
                path: path.into(),
                by_id: BTreeMap::new(),
            },
            options: Options::new(),
        });
        self
    }

    /// The settings file, instead of the `kratos-traits.toml` that lies beside a schema. What is set in code goes before it.
    #[cfg(feature = "toml")]
    #[must_use]
    pub fn settings_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings_file = Some(path.into());
        self
    }

    /// Every schema that a settings file names with `file`, under its name there, and the settings of that file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or something in it is wrong.
    #[cfg(feature = "toml")]
    pub fn from_settings_file(path: impl Into<PathBuf>) -> Result<Self, Errors> {
        beside::config(path.into())
    }

    /// Changes the settings for the schema that was given this name before.
    ///
    /// ```no_run
    /// kratos_traits_codegen::Config::new()
    ///     .schema("customer", "schemas/customer.schema.json")
    ///     .options("customer", |options| options.rename("e-mail", "email").visibility("pub(crate)"))
    ///     .compile();
    /// ```
    #[must_use]
    pub fn options(mut self, name: &str, set: impl FnOnce(Options) -> Options) -> Self {
        match self.schemas.iter_mut().find(|schema| schema.name == name) {
            Some(schema) => schema.options = set(schema.options.clone()),
            None => self.strangers.push(Problem::of_file(
                "build.rs",
                format!("there is no schema {name:?} to set something for; call `.schema({name:?}, …)` before"),
            )),
        }
        self
    }

    /// Changes the settings for the schema with this id in the configuration of Kratos that was given this name before. They go
    /// before those that [`options`](Self::options) sets for all of them.
    ///
    /// ```no_run
    /// kratos_traits_codegen::Config::new()
    ///     .kratos_config("identity", "kratos.yml")
    ///     .options_of_id("identity", "staff@v1", |options| options.rename_type("", "Staff"))
    ///     .compile();
    /// ```
    #[cfg(feature = "kratos-config")]
    #[must_use]
    pub fn options_of_id(
        mut self,
        name: &str,
        schema_id: &str,
        set: impl FnOnce(Options) -> Options,
    ) -> Self {
        let mut schemas = self.schemas.iter_mut();
        match schemas.find(|schema| schema.name == name) {
            Some(Schema {
                input: Input::Kratos { by_id, .. },
                ..
            }) => {
                let options = by_id.remove(schema_id).unwrap_or_default();
                by_id.insert(schema_id.to_owned(), set(options));
            }
            _ => self.strangers.push(Problem::of_file(
                "build.rs",
                format!("there is no configuration of Kratos {name:?} to set something for; call `.kratos_config({name:?}, …)` before"),
            )),
        }
        self
    }

    /// As [`Options::deny`], for the schema that was given this name before.
    #[must_use]
    pub fn deny(self, name: &str, path: impl AsRef<str>) -> Self {
        self.options(name, |options| options.deny(path))
    }

    /// As [`Options::allow`], for the schema that was given this name before.
    #[must_use]
    pub fn allow(self, name: &str, path: impl AsRef<str>) -> Self {
        self.options(name, |options| options.allow(path))
    }

    /// As [`Options::map_ref`], for the schema that was given this name before.
    #[must_use]
    pub fn map_ref(self, name: &str, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.options(name, |options| options.map_ref(url, path))
    }

    /// As [`Options::deny_warning`], for the schema that was given this name before.
    #[must_use]
    pub fn deny_warning(self, name: &str, warning: impl Into<String>) -> Self {
        self.options(name, |options| options.deny_warning(warning))
    }

    /// Where to write; `OUT_DIR` if not set. The folder must exist.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// The folder that paths are relative to, instead of `CARGO_MANIFEST_DIR`.
    #[must_use]
    pub fn base(mut self, path: impl Into<PathBuf>) -> Self {
        self.base = Some(path.into());
        self
    }

    /// Changes the settings for every schema that was given before.
    #[must_use]
    pub fn all_options(mut self, set: impl Fn(Options) -> Options) -> Self {
        for schema in &mut self.schemas {
            schema.options = set(std::mem::take(&mut schema.options));
        }
        self
    }

    /// As [`Options::runtime_path`], for every schema.
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
        for path in self.inputs() {
            println!("cargo:rerun-if-changed={}", path.display());
        }
        match run::write(&self) {
            Ok(written) => {
                for (_, output) in &written {
                    for file in &output.files {
                        println!("cargo:rerun-if-changed={}", file.display());
                    }
                    for warning in &output.warnings {
                        println!("cargo:warning={warning}");
                    }
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
        let written = run::write(&self)?;
        Ok(written.into_iter().map(|(path, _)| path).collect())
    }

    /// The Rust for each schema, in order; writes nothing.
    ///
    /// # Errors
    ///
    /// All problems of all schemas.
    pub fn generate(&self) -> Result<Vec<Output>, Errors> {
        run::generate(self, Vec::new())
    }

    fn folder(&self) -> PathBuf {
        let package = || env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
        self.base.clone().unwrap_or_else(package)
    }
}
