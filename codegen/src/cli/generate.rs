//! `kratos-traits generate`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kratos_traits_codegen::{Config, Errors, Options, Output, Problem};

use super::name::name_of;
use super::report::MessageFormat;
use super::{diff, print};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The identity schemas, such as schemas/customer.schema.json; if none, those that the settings file names.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The configuration of Kratos, such as kratos.yml, that names the identity schemas; all become one module.
    #[arg(long, value_name = "PATH", conflicts_with = "files")]
    kratos_config: Option<PathBuf>,
    /// The name that the types begin with; from the file name if not given.
    #[arg(long)]
    name: Option<String>,
    /// The file to write instead of stdout.
    #[arg(long, value_name = "PATH", conflicts_with = "out_dir")]
    out: Option<PathBuf>,
    /// The folder to write a file for each schema to.
    #[arg(long, value_name = "FOLDER")]
    out_dir: Option<PathBuf>,
    /// Write nothing, and fail if a file is not what would be written.
    #[arg(long)]
    check: bool,
    /// The settings file; if not given, the kratos-traits.toml beside each schema.
    #[arg(long, value_name = "PATH")]
    settings: Option<PathBuf>,
    /// Where the emitted code finds the crate kratos-traits.
    #[arg(long, value_name = "RUST_PATH")]
    runtime_path: Option<String>,
    /// The visibility of what is emitted, such as `pub(crate)`.
    #[arg(long)]
    visibility: Option<String>,
    /// The module to put everything into.
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    /// What `Debug` of the emitted types shows: `redacted`, or `values` for tests.
    #[arg(long, value_name = "WHAT")]
    debug: Option<String>,
    /// A trait that no updater may change.
    #[arg(long, value_name = "TRAIT")]
    deny: Vec<String>,
    /// A trait that updaters may change, and no others.
    #[arg(long, value_name = "TRAIT")]
    allow: Vec<String>,
    /// A warning that is an error, such as `nullable-identifier`.
    #[arg(long, value_name = "WARNING")]
    deny_warning: Vec<String>,
    /// The file to read where a `$ref` leads to a URL.
    #[arg(long, value_name = "URL=PATH", value_parser = url_and_path)]
    map_ref: Vec<(String, PathBuf)>,
}

/// A URL may have a `=` in it, so the last one divides.
fn url_and_path(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((url, path)) => Ok((url.into(), path.into())),
        None => Err("write the URL, `=`, and the path of the file".into()),
    }
}

/// Does what is asked for and reports warnings; the errors are for the caller.
pub(super) fn run(arguments: &Arguments, format: MessageFormat) -> Result<(), Vec<Problem>> {
    if arguments.name.is_some() && arguments.files.len() > 1 {
        return Err(vec![Problem::new(
            "`--name` is for one schema; leave it out, and the names come from the files",
        )]);
    }
    let outputs = config(arguments).and_then(|config| config.generate())?;
    let warnings = outputs.iter().flat_map(|output| &output.warnings);
    format.report(&warnings.cloned().collect::<Vec<_>>());
    let targets = targets(arguments, &outputs).map_err(|message| vec![Problem::new(message)])?;
    if arguments.check {
        check(&targets, &outputs)
    } else {
        write(&targets, &outputs)
    }
}

fn config(arguments: &Arguments) -> Result<Config, Errors> {
    let mut config = match (&arguments.kratos_config, &*arguments.files) {
        (Some(path), _) => {
            let name = arguments.name.as_deref().unwrap_or("identity");
            Config::new().kratos_config(name, path)
        }
        (None, []) => {
            let default = PathBuf::from("kratos-traits.toml");
            Config::from_settings_file(arguments.settings.clone().unwrap_or(default))?
        }
        (None, files) => files.iter().fold(Config::new(), |config, file| {
            let name = arguments.name.clone().unwrap_or_else(|| name_of(file));
            config.schema(name, file)
        }),
    };
    if let Some(path) = &arguments.settings {
        config = config.settings_file(path);
    }
    config = config.all_options(|options| {
        let mut options: Options = options.of_command();
        if let Some(path) = &arguments.runtime_path {
            options = options.runtime_path(path);
        }
        if let Some(visibility) = &arguments.visibility {
            options = options.visibility(visibility);
        }
        if let Some(module) = &arguments.module {
            options = options.module(module);
        }
        if let Some(shows) = &arguments.debug {
            options = options.debug(shows);
        }
        let options = arguments.deny.iter().fold(options, Options::deny);
        let options = arguments.allow.iter().fold(options, Options::allow);
        let warnings = arguments.deny_warning.iter();
        let options = warnings.fold(options, Options::deny_warning);
        let refs = arguments.map_ref.iter();
        refs.fold(options, |options, (url, path)| options.map_ref(url, path))
    });
    // Not the package of whoever runs the command.
    Ok(config.base(""))
}

/// Where each output goes; nothing for stdout.
fn targets(arguments: &Arguments, outputs: &[Output]) -> Result<Vec<PathBuf>, &'static str> {
    match (&arguments.out_dir, &arguments.out) {
        (Some(folder), _) => {
            let file = |output: &Output| folder.join(format!("{}.rs", output.name));
            Ok(outputs.iter().map(file).collect())
        }
        (None, Some(file)) if outputs.len() == 1 => Ok(vec![file.clone()]),
        (None, None) if outputs.len() == 1 && !arguments.check => Ok(Vec::new()),
        (None, _) if outputs.is_empty() => Err(
            "there is no schema; name a file, or write `file = \"…\"` under `[schemas.NAME]` in the settings file",
        ),
        (None, None) if outputs.len() == 1 => Err(
            "`--check` compares with a file; name it with `--out` or its folder with `--out-dir`",
        ),
        (None, _) => Err("several schemas go to several files; name their folder with `--out-dir`"),
    }
}

fn write(targets: &[PathBuf], outputs: &[Output]) -> Result<(), Vec<Problem>> {
    if targets.is_empty() {
        let text: String = outputs.iter().map(|output| output.rust.as_str()).collect();
        return print(&text);
    }
    let foreign = targets.iter().filter(|path| is_foreign(path));
    let foreign: Vec<Problem> = foreign
        .map(|path| {
            of_file(
                path,
                "this file was not generated, so it is not overwritten; remove it, or name another",
            )
        })
        .collect();
    if !foreign.is_empty() {
        return Err(foreign);
    }
    for (path, output) in targets.iter().zip(outputs) {
        output.write_to(path)?;
    }
    Ok(())
}

/// Whether something else than an emitted file is there already: the schema itself, say.
fn is_foreign(path: &Path) -> bool {
    let generated = |text: Vec<u8>| text.is_empty() || text.starts_with(b"// Generated by ");
    path.is_file() && !fs::read(path).is_ok_and(generated)
}

fn check(targets: &[PathBuf], outputs: &[Output]) -> Result<(), Vec<Problem>> {
    let differs = |(path, output): (&PathBuf, &Output)| difference(path, &output.rust);
    let differences: Vec<Problem> = targets.iter().zip(outputs).filter_map(differs).collect();
    if differences.is_empty() {
        Ok(())
    } else {
        Err(differences)
    }
}

fn difference(path: &Path, rust: &str) -> Option<Problem> {
    let (line, diff) = match fs::read_to_string(path) {
        Err(error) => {
            let message =
                format!("cannot read this file ({error}); run the same command without `--check`");
            return Some(of_file(path, message));
        }
        Ok(old) => diff::short(&old, rust)?,
    };
    let message =
        format!("this is not what is written now; run the same command without `--check`\n{diff}");
    let mut problem = of_file(path, message);
    problem.line = u32::try_from(line).unwrap_or(u32::MAX);
    Some(problem)
}

fn of_file(path: &Path, message: impl Into<String>) -> Problem {
    Problem::of_file(path.display().to_string(), message)
}
