//! The front end for build scripts.

mod output;
mod run;

#[cfg(feature = "kratos-config")]
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, process};

use crate::diagnostics::{Errors, Problem};
use crate::settings::Options;

pub use output::Output;

/// The schemas for which a build script generates code, and their settings.
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
    /// The settings of all schemas.
    options: Options,
    settings_file: Option<PathBuf>,
    /// Settings of schemas that were not added before.
    problems: Vec<Problem>,
}

#[derive(Clone, Debug)]
struct Schema {
    name: String,
    input: Input,
    options: Options,
}

#[derive(Clone, Debug)]
enum Input {
    /// An identity schema.
    Schema(PathBuf),
    /// The bytes of an identity schema, and the path that it has in messages and for its `$ref`s.
    #[cfg(feature = "cli")]
    Text(PathBuf, Vec<u8>),
    /// A Kratos configuration, which names identity schemas.
    #[cfg(feature = "kratos-config")]
    Kratos {
        path: PathBuf,
        /// The settings of single schemas, by their ids.
        by_id: BTreeMap<String, Options>,
    },
}

impl Input {
    fn path(&self) -> &PathBuf {
        match self {
            Self::Schema(path) => path,
            #[cfg(feature = "cli")]
            Self::Text(path, _) => path,
            #[cfg(feature = "kratos-config")]
            Self::Kratos { path, .. } => path,
        }
    }
}

impl Config {
    /// A configuration without schemas.
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

    /// As [`schema`](Self::schema), for a text that the command has read from stdin.
    #[cfg(feature = "cli")]
    #[doc(hidden)]
    #[must_use]
    pub fn schema_text(
        mut self,
        name: impl Into<String>,
        path: impl Into<PathBuf>,
        text: impl Into<Vec<u8>>,
    ) -> Self {
        self.schemas.push(Schema {
            name: name.into(),
            input: Input::Text(path.into(), text.into()),
            options: Options::new(),
        });
        self
    }

    /// Writes Rust for every identity schema in this Kratos configuration (`identity.schemas` of a `kratos.yml`) to one file,
    /// `NAME.rs`, with an enum over them that is read by `schema_id`: the name `identity` gives `enum IdentityTraits`.
    ///
    /// A `file://` path is usually one of the container that Kratos runs in. The file is looked for at that path, in the folder of the
    /// configuration, for a relative path in the package, and then in the folder of the configuration by ever shorter ends of the path:
    /// `/etc/config/kratos/a.json`, `config/kratos/a.json`, `kratos/a.json`, `a.json`. [`Options::path_map`] names the folder instead.
    /// Of several schemas with one id, the first counts, as for Kratos.
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

    /// The settings file, instead of the `kratos-traits.toml` in the folder of a schema. Settings in code win over it.
    #[cfg(feature = "toml")]
    #[must_use]
    pub fn settings_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings_file = Some(path.into());
        self
    }

    /// Every schema for which a settings file has a `file`, with the settings of that file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is not TOML, or is not valid and has no schemas. Other problems are those of [`generate`](Self::generate).
    #[cfg(feature = "toml")]
    pub fn from_settings_file(path: impl Into<PathBuf>) -> Result<Self, Errors> {
        let path = path.into();
        let file = run::read_settings(&path, &crate::input::shown(&path))?;
        let folder = path.parent().unwrap_or(std::path::Path::new(""));
        let mut config = Self::new();
        for (name, schema) in file.files() {
            config = config.schema(name, folder.join(schema));
        }
        // Problems are reported together with those of the schemas, if there are schemas.
        if config.schemas.is_empty() && !file.problems().is_empty() {
            return Err(Errors::new(file.problems().to_vec()));
        }
        Ok(config.settings_file(path))
    }

    /// Changes the settings of the schema that was added under this name before.
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
            None => self.problems.push(Problem::of_file(
                "build.rs",
                format!(
                    "there is no schema {name:?} to configure; call `.schema({name:?}, …)` first"
                ),
            )),
        }
        self
    }

    /// Changes the settings of the schema with this id in the Kratos configuration that was added under this name before. They win
    /// over those of [`options`](Self::options), which are for all its schemas.
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
            _ => self.problems.push(Problem::of_file(
                "build.rs",
                format!("there is no Kratos configuration {name:?} to configure; call `.kratos_config({name:?}, …)` first"),
            )),
        }
        self
    }

    /// [`Options::deny`] for the schema that was added under this name before.
    #[must_use]
    pub fn deny(self, name: &str, path: impl AsRef<str>) -> Self {
        self.options(name, |options| options.deny(path))
    }

    /// [`Options::allow`] for the schema that was added under this name before.
    #[must_use]
    pub fn allow(self, name: &str, path: impl AsRef<str>) -> Self {
        self.options(name, |options| options.allow(path))
    }

    /// [`Options::map_ref`] for the schema that was added under this name before.
    #[must_use]
    pub fn map_ref(self, name: &str, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.options(name, |options| options.map_ref(url, path))
    }

    /// [`Options::path_map`] for the Kratos configuration that was added under this name before.
    #[cfg(feature = "kratos-config")]
    #[must_use]
    pub fn path_map(self, name: &str, from: impl Into<PathBuf>, to: impl Into<PathBuf>) -> Self {
        self.options(name, |options| options.path_map(from, to))
    }

    /// [`Options::allow_warning`] for the schema that was added under this name before.
    #[must_use]
    pub fn allow_warning(self, name: &str, warning: impl Into<String>) -> Self {
        self.options(name, |options| options.allow_warning(warning))
    }

    /// [`Options::deny_warning`] for the schema that was added under this name before.
    #[must_use]
    pub fn deny_warning(self, name: &str, warning: impl Into<String>) -> Self {
        self.options(name, |options| options.deny_warning(warning))
    }

    /// The folder to write to; `OUT_DIR` if not set. It must exist.
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

    /// Changes the settings of every schema that was added before.
    #[must_use]
    pub fn all_options(mut self, set: impl Fn(Options) -> Options) -> Self {
        for schema in &mut self.schemas {
            schema.options = set(std::mem::take(&mut schema.options));
        }
        self
    }

    /// [`Options::runtime_path`] for every schema.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.options = self.options.runtime_path(path);
        self
    }

    /// Writes the files, and tells cargo to run the build script again when a file that it read changes, or when one appears that it
    /// would have read: a settings file beside a schema, or a file that a `$ref` names. Only in a folder that contains `OUT_DIR`, such as
    /// the package itself, cargo cannot notice a new file; keep the schemas in a folder of their own.
    ///
    /// If there are problems, prints all of them with their places, writes nothing, and exits with status 1.
    #[expect(
        clippy::print_stdout,
        clippy::print_stderr,
        reason = "a build script talks to cargo on stdout and to people on stderr"
    )]
    pub fn compile(self) {
        // First, because cargo must watch the files after a failure too.
        for path in self.inputs() {
            println!("cargo:rerun-if-changed={}", path.display());
        }
        match run::write(&self) {
            Ok(written) => {
                let outputs: Vec<Output> = written.into_iter().map(|(_, output)| output).collect();
                for folder in self.folders_to_watch(&outputs) {
                    println!("cargo:rerun-if-changed={}", folder.display());
                }
                for output in &outputs {
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

    /// Writes the files and returns their paths; prints nothing. A file that already has the right text is not written again.
    ///
    /// # Errors
    ///
    /// All problems of all schemas. Then nothing is written.
    pub fn try_compile(self) -> Result<Vec<PathBuf>, Errors> {
        let written = run::write(&self)?;
        Ok(written.into_iter().map(|(path, _)| path).collect())
    }

    /// Generates the Rust for each schema, in order; writes nothing.
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
