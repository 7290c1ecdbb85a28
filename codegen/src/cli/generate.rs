//! `kratos-traits generate`.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use kratos_traits_codegen::{Config, Output, Problem};
use similar::{DiffTag, TextDiff};

use super::flags::SettingFlags;
use super::print;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The identity schemas, such as schemas/customer.schema.json, or `-` for stdin; if none is given, those of the settings file.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The Kratos configuration, such as kratos.yml, that names the identity schemas; their code is one module.
    #[arg(long, value_name = "PATH", conflicts_with = "files")]
    kratos_config: Option<PathBuf>,
    /// The name that the names of types start with; from the file name if not given.
    #[arg(long)]
    name: Option<String>,
    /// The file to write instead of stdout, which is `-`.
    #[arg(long, value_name = "PATH", conflicts_with = "out_dir")]
    out: Option<PathBuf>,
    /// The folder to write a file for each schema to.
    #[arg(long, value_name = "FOLDER")]
    out_dir: Option<PathBuf>,
    /// Write nothing, and end with status 1 and a diff if a file differs from what would be written.
    #[arg(long)]
    check: bool,
    /// The settings file; if not given, the kratos-traits.toml in the folder of each schema.
    #[arg(long, value_name = "PATH")]
    settings: Option<PathBuf>,
    #[command(flatten)]
    flags: SettingFlags,
}

/// Runs the command and reports warnings. Returns the differences that `--check` finds.
pub(super) fn run(
    arguments: &Arguments,
    report: impl Fn(&[Problem]),
) -> Result<Vec<Problem>, Vec<Problem>> {
    let error = |message: &str| vec![Problem::new(message)];
    if arguments.name.is_some() && arguments.files.len() > 1 {
        return Err(error(
            "`--name` is for one schema; leave it out, so that each name comes from its file",
        ));
    }
    let outputs = config(arguments)?.generate()?;
    let warnings = outputs.iter().flat_map(|output| &output.warnings);
    report(&warnings.cloned().collect::<Vec<_>>());
    let targets = targets(arguments, &outputs).map_err(error)?;
    if arguments.check {
        check(&targets, &outputs)
    } else {
        write(&targets, &outputs).map(|()| Vec::new())
    }
}

fn config(arguments: &Arguments) -> Result<Config, Vec<Problem>> {
    let mut config = match (&arguments.kratos_config, &*arguments.files) {
        (Some(path), _) => {
            let name = arguments.name.as_deref().unwrap_or("identity");
            Config::new().kratos_config(name, path)
        }
        (None, []) => {
            let default = PathBuf::from("kratos-traits.toml");
            Config::from_settings_file(arguments.settings.clone().unwrap_or(default))?
        }
        (None, [file]) if is_standard(file) => {
            let Some(name) = &arguments.name else {
                return Err(vec![Problem::new(
                    "a schema on stdin has no file name; give `--name`, such as `--name customer`",
                )]);
            };
            let mut text = Vec::new();
            io::stdin()
                .lock()
                .read_to_end(&mut text)
                .map_err(|error| vec![Problem::new(format!("cannot read stdin ({error})"))])?;
            Config::new().schema_text(name, "stdin", text)
        }
        (None, files) => files.iter().fold(Config::new(), |config, file| {
            let name = arguments.name.clone().unwrap_or_else(|| name_of(file));
            config.schema(name, file)
        }),
    };
    if let Some(path) = &arguments.settings {
        config = config.settings_file(path);
    }
    config = config.all_options(|options| arguments.flags.set(options));
    // Paths are relative to the current folder, not to a package.
    Ok(config.base(""))
}

/// Whether the path stands for stdin or stdout.
fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// The files for the outputs; none for stdout.
fn targets(arguments: &Arguments, outputs: &[Output]) -> Result<Vec<PathBuf>, &'static str> {
    match (&arguments.out_dir, &arguments.out) {
        (Some(folder), _) => {
            let file = |output: &Output| folder.join(format!("{}.rs", output.name));
            Ok(outputs.iter().map(file).collect())
        }
        (None, Some(file)) if outputs.len() == 1 && !is_standard(file) => Ok(vec![file.clone()]),
        (None, _) if outputs.len() == 1 && !arguments.check => Ok(Vec::new()),
        (None, _) if outputs.is_empty() => Err(
            "there is no schema; give a FILE, or write `file = \"…\"` under `[schemas.NAME]` in the settings file",
        ),
        (None, _) if outputs.len() == 1 => Err(
            "`--check` compares with a file; give its path with `--out`, or its folder with `--out-dir`",
        ),
        (None, _) => Err("several schemas need several files; give their folder with `--out-dir`"),
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
                "this file was not generated, so it is not overwritten; remove it, or give another path",
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

/// Whether the file exists and was not generated: it may be the schema itself.
fn is_foreign(path: &Path) -> bool {
    let generated = |text: Vec<u8>| text.is_empty() || text.starts_with(b"// Generated by ");
    path.is_file() && !fs::read(path).is_ok_and(generated)
}

/// The differences between the files and the outputs.
fn check(targets: &[PathBuf], outputs: &[Output]) -> Result<Vec<Problem>, Vec<Problem>> {
    let (mut differences, mut errors) = (Vec::new(), Vec::new());
    for (path, output) in targets.iter().zip(outputs) {
        if path.exists() && !path.is_file() {
            errors.push(of_file(
                path,
                "`--check` compares with a file, and this is not a regular file",
            ));
            continue;
        }
        match fs::read(path) {
            Ok(old) => {
                let old = String::from_utf8_lossy(&old);
                differences.extend(difference(path, &old, &output.rust));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => differences.push(of_file(
                path,
                "this file does not exist; run the same command without `--check`",
            )),
            Err(error) => {
                errors.push(of_file(path, format!("cannot read this file ({error})")));
            }
        }
    }
    if errors.is_empty() {
        Ok(differences)
    } else {
        errors.extend(differences);
        Err(errors)
    }
}

/// A unified diff of the texts at the first line that differs.
fn difference(path: &Path, old: &str, new: &str) -> Option<Problem> {
    if old == new {
        return None;
    }
    // A file of another schema has hardly a line in common.
    let limit = Duration::from_secs(2);
    let diff = TextDiff::configure().timeout(limit).diff_lines(old, new);
    let mut ops = diff.ops().iter();
    let first = ops.find(|op| op.tag() != DiffTag::Equal);
    let line = first.map_or(0, |op| op.old_range().start) + 1;
    let mut unified = diff.unified_diff();
    let unified = unified.header("the file", "generated").to_string();
    let mut problem = of_file(
        path,
        format!(
            "this file is out of date; run the same command without `--check`\n{}",
            unified.trim_end_matches('\n')
        ),
    );
    problem.line = u32::try_from(line).unwrap_or(u32::MAX);
    Some(problem)
}

fn of_file(path: &Path, message: impl Into<String>) -> Problem {
    Problem::of_file(path.display().to_string(), message)
}

/// `schemas/customer.schema.json` → `customer`.
fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    while let Some((rest, kind)) = stem.rsplit_once('.')
        && matches!(kind, "schema" | "identity" | "traits" | "kratos")
    {
        stem = rest;
    }
    stem.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use std::path::Path;

    #[test]
    fn names_from_files() {
        for (file, name) in [
            ("schemas/customer.schema.json", "customer"),
            ("customer.identity.schema.json", "customer"),
            ("identity.schema.json", "identity"),
            ("v1.customer.json", "v1_customer"),
            ("b2b-customer.json", "b2b-customer"),
            ("customer", "customer"),
        ] {
            assert_eq!(name_of(Path::new(file)), name, "{file}");
        }
    }
}
