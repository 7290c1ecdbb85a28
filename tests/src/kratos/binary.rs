//! Where the server comes from: `KRATOS_BIN`, or a build of `tests/kratos` that is kept in the user's cache.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::Failure;

const TWO_WAYS: &str = "Either install Go 1.23 or newer and gcc, and the tests build Kratos once from the Go module registry; \
                        or set KRATOS_BIN to a Kratos server binary.";

/// The server binary. Builds it first if there is none yet, which takes minutes.
pub(super) fn locate() -> Result<PathBuf, Failure> {
    match variable("KRATOS_BIN") {
        Some(binary) => named(binary.into()),
        None => Build::of_this_machine()?.cached(),
    }
}

fn named(binary: PathBuf) -> Result<PathBuf, Failure> {
    if binary.is_file() {
        return Ok(binary);
    }
    Err(Failure::new(format_args!(
        "KRATOS_BIN is {}, and that is not a file",
        binary.display()
    )))
}

/// A Go module with a server in it, and where its build is kept.
struct Build {
    module: PathBuf,
    cache: PathBuf,
    /// Program and first arguments.
    go: Vec<OsString>,
    /// Called before a build starts.
    announce: fn(&Path),
}

impl Build {
    fn of_this_machine() -> Result<Self, Failure> {
        let cache = variable("KRATOS_TRAITS_CACHE")
            .map(PathBuf::from)
            .or_else(|| Some(Path::new(&variable("XDG_CACHE_HOME")?).join("kratos-traits")))
            .or_else(|| Some(Path::new(&variable("HOME")?).join(".cache/kratos-traits")))
            .ok_or_else(|| {
                Failure::new("no place for the build: set KRATOS_TRAITS_CACHE to a directory")
            })?;
        let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("kratos");
        Ok(Self {
            module,
            cache,
            go: vec!["go".into()],
            announce,
        })
    }

    fn cached(&self) -> Result<PathBuf, Failure> {
        let failed = |e: io::Error| Failure::because("the cached build of Kratos", &e);
        // `go build` runs in the module, where a relative path would mean something else.
        let cache = std::path::absolute(&self.cache).map_err(failed)?;
        let dir = cache.join(format!("kratos-{:016x}", self.key().map_err(failed)?));
        let binary = dir.join(format!("kratos{}", env::consts::EXE_SUFFIX));
        if binary.is_file() {
            return Ok(binary);
        }
        fs::create_dir_all(&dir).map_err(failed)?;
        // Tests start together, in threads and in processes: the first one builds, the others wait here.
        let lock = File::create(dir.join("lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        if !binary.is_file() {
            self.build(&binary)?;
        }
        Ok(binary)
    }

    fn key(&self) -> io::Result<u64> {
        let mut hasher = DefaultHasher::new();
        (env::consts::OS, env::consts::ARCH).hash(&mut hasher);
        for file in ["go.mod", "go.sum", "main.go"] {
            fs::read(self.module.join(file))?.hash(&mut hasher);
        }
        Ok(hasher.finish())
    }

    fn build(&self, binary: &Path) -> Result<(), Failure> {
        self.check_tools()?;
        (self.announce)(binary);
        // A build that is cut short must never be taken for a server.
        let partial = binary.with_extension("partial");
        let mut command = self.go();
        command
            .args([
                "build",
                "-mod=readonly",
                "-tags=sqlite",
                "-buildvcs=false",
                "-o",
            ])
            .arg(&partial)
            .arg(".");
        let output = command
            .output()
            .map_err(|e| Failure::because("go build", &e))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| !line.starts_with("go: downloading"))
                .collect();
            let tail = lines[lines.len().saturating_sub(20)..].join("\n");
            return Err(Failure::new(format_args!(
                "go build of {} failed:\n{tail}\n{TWO_WAYS}",
                self.module.display()
            )));
        }
        fs::rename(&partial, binary).map_err(|e| Failure::because("the new build of Kratos", &e))
    }

    /// Looks for the tools before the build downloads anything.
    fn check_tools(&self) -> Result<(), Failure> {
        let compiler = match self.go().args(["env", "CC"]).output() {
            Ok(Output { status, stdout, .. }) if status.success() => {
                String::from_utf8_lossy(&stdout).trim().to_owned()
            }
            _ => {
                return Err(Failure::new(format_args!(
                    "no Kratos server: Go is not installed. {TWO_WAYS}"
                )));
            }
        };
        // `CC` may carry arguments.
        let program = compiler.split_whitespace().next().unwrap_or("gcc");
        match Command::new(program).arg("--version").output() {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::new(format_args!(
                "no Kratos server: its SQLite needs a C compiler, and {program} is not installed. {TWO_WAYS}"
            ))),
        }
    }

    fn go(&self) -> Command {
        let (program, first) = self
            .go
            .split_first()
            .map_or(("go".as_ref(), &[][..]), |(p, a)| (p.as_os_str(), a));
        let mut command = Command::new(program);
        command
            .args(first)
            .current_dir(&self.module)
            .env("CGO_ENABLED", "1");
        command
    }
}

/// Past the test harness's capture: a first run that is silent for minutes looks hung.
fn announce(binary: &Path) {
    writeln!(
        io::stderr(),
        "building Kratos once, in {} …",
        binary.display()
    )
    .ok();
}

fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

#[cfg(test)]
#[path = "binary_tests.rs"]
mod tests;
