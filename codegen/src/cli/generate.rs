//! `kratos-traits generate`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kratos_traits_codegen::{Config, Errors, Output, Problem};

use super::flags::SettingFlags;
use super::{MessageFormat, print};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The identity schemas, such as schemas/customer.schema.json; if none is given, those of the settings file.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The Kratos configuration, such as kratos.yml, that names the identity schemas; their code is one module.
    #[arg(long, value_name = "PATH", conflicts_with = "files")]
    kratos_config: Option<PathBuf>,
    /// The name that the names of types start with; from the file name if not given.
    #[arg(long)]
    name: Option<String>,
    /// The file to write instead of stdout.
    #[arg(long, value_name = "PATH", conflicts_with = "out_dir")]
    out: Option<PathBuf>,
    /// The folder to write a file for each schema to.
    #[arg(long, value_name = "FOLDER")]
    out_dir: Option<PathBuf>,
    /// Write nothing, and fail if a file differs from what would be written.
    #[arg(long)]
    check: bool,
    /// The settings file; if not given, the kratos-traits.toml in the folder of each schema.
    #[arg(long, value_name = "PATH")]
    settings: Option<PathBuf>,
    #[command(flatten)]
    flags: SettingFlags,
}

/// Runs the command and reports warnings; the caller reports the errors.
pub(super) fn run(arguments: &Arguments, format: MessageFormat) -> Result<(), Vec<Problem>> {
    if arguments.name.is_some() && arguments.files.len() > 1 {
        return Err(vec![Problem::new(
            "`--name` is for one schema; leave it out, so that each name comes from its file",
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
    config = config.all_options(|options| arguments.flags.set(options));
    // Paths are relative to the current folder, not to a package.
    Ok(config.base(""))
}

/// The files for the outputs; none for stdout.
fn targets(arguments: &Arguments, outputs: &[Output]) -> Result<Vec<PathBuf>, &'static str> {
    match (&arguments.out_dir, &arguments.out) {
        (Some(folder), _) => {
            let file = |output: &Output| folder.join(format!("{}.rs", output.name));
            Ok(outputs.iter().map(file).collect())
        }
        (None, Some(file)) if outputs.len() == 1 => Ok(vec![file.clone()]),
        (None, None) if outputs.len() == 1 && !arguments.check => Ok(Vec::new()),
        (None, _) if outputs.is_empty() => Err(
            "there is no schema; give a FILE, or write `file = \"…\"` under `[schemas.NAME]` in the settings file",
        ),
        (None, None) if outputs.len() == 1 => Err(
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
        Ok(old) => first_difference(&old, rust)?,
    };
    let message =
        format!("this file is out of date; run the same command without `--check`\n{diff}");
    let mut problem = of_file(path, message);
    problem.line = u32::try_from(line).unwrap_or(u32::MAX);
    Some(problem)
}

fn of_file(path: &Path, message: impl Into<String>) -> Problem {
    Problem::of_file(path.display().to_string(), message)
}

/// How many lines of each side are shown.
const SHOWN: usize = 5;

/// The first line that differs, from 1, and the lines around the difference; `None` if there is none.
fn first_difference(old: &str, new: &str) -> Option<(usize, String)> {
    if old == new {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let reversed = old_rest.iter().rev().zip(new_rest.iter().rev());
    let after = reversed.take_while(same).count();
    let mut diff = String::new();
    push(&mut diff, '-', &old_rest[..old_rest.len() - after]);
    push(&mut diff, '+', &new_rest[..new_rest.len() - after]);
    if diff.is_empty() {
        // Only line ends differ, or the end of the last line.
        diff.push_str("only the line ends differ\n");
    }
    diff.pop();
    Some((before + 1, diff))
}

fn push(diff: &mut String, sign: char, lines: &[&str]) {
    for line in lines.iter().take(SHOWN) {
        diff.push(sign);
        diff.push_str(line);
        diff.push('\n');
    }
    if lines.len() > SHOWN {
        diff.push_str(&format!("{sign}… {} more lines\n", lines.len() - SHOWN));
    }
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
    use super::{first_difference, name_of};
    use std::path::Path;

    #[test]
    fn the_lines_that_differ() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        let diff = |old, new| first_difference(old, new).unwrap();
        assert_eq!(diff("a\nb\nc\n", "a\nx\ny\nc\n"), (2, "-b\n+x\n+y".into()));
        assert_eq!(diff("a\n", "a\nb\n"), (2, "+b".into()));
        assert_eq!(diff("", "1\n2\n3\n4\n5\n6\n7\n").1.lines().count(), 6);
        assert!(
            diff("a\r\n", "a\n")
                .1
                .starts_with("only the line ends differ")
        );
    }

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
