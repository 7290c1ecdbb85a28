//! The Kratos process: started on free ports, ready when `start` returns, killed on drop.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::config::Database;
use super::{Api, Failure, KratosConfig, binary, ports};

const START_LIMIT: Duration = Duration::from_secs(30);
const PROBE_EVERY: Duration = Duration::from_millis(25);
const ATTEMPTS: usize = 5;
const PROBE: &str = "/health/ready";
const LOG_LINES: usize = 20;

/// A running Kratos with an empty database.
///
/// Keep it in the test itself: a `static` is never dropped, so its process would outlive the tests.
#[derive(Debug)]
pub struct Kratos {
    /// The base URL of the public API.
    pub public: String,
    /// The base URL of the admin API.
    pub admin: String,
    child: Child,
    dir: TempDir,
}

impl Kratos {
    /// Starts a server and waits until it is ready. Builds the server first if this machine has none yet.
    pub async fn start(config: KratosConfig) -> Result<Self, Failure> {
        let binary = tokio::task::spawn_blocking(binary::locate)
            .await
            .map_err(|e| Failure::because("looking for Kratos", &e))??;
        let mut tries = 1;
        loop {
            let mut server = Self::spawn(&binary, &config)?;
            let ready = tokio::time::timeout(START_LIMIT, server.wait_until_ready()).await;
            match ready.unwrap_or(Err(NotReady::TooSlow)) {
                Ok(()) => return Ok(server),
                Err(NotReady::PortTaken) if tries < ATTEMPTS => tries += 1,
                Err(why) => return Err(server.explain(&binary, &why)),
            }
        }
    }

    /// Puts another identity schema in the place of one, by its position in the configuration: Kratos
    /// reads the file whenever it needs it, and does not check the stored identities.
    pub fn replace_schema(&self, position: usize, text: &str) -> Result<(), Failure> {
        let file = self.dir.path().join(format!("schema-{position}.json"));
        fs::write(&file, text).map_err(|e| Failure::because(file.display(), &e))
    }

    /// The last lines that the server wrote, without those about the probes of `start`.
    pub fn log_tail(&self) -> String {
        let log = fs::read(log_file(&self.dir)).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().filter(|line| !line.contains(PROBE)).collect();
        lines[lines.len().saturating_sub(LOG_LINES)..].join("\n")
    }

    fn spawn(binary: &Path, config: &KratosConfig) -> Result<Self, Failure> {
        let [public, admin] = ports::two().map_err(|e| Failure::because("no free port", &e))?;
        let dir =
            tempfile::tempdir().map_err(|e| Failure::because("no directory for Kratos", &e))?;
        let file = config.write(dir.path(), [public, admin])?;
        let log = log_file(&dir);
        if config.database == Database::File {
            migrate(binary, &config.database.dsn(dir.path()), &log)?;
        }
        let child = run(
            binary,
            &["serve", "--dev", "--sqa-opt-out", "-c"],
            &file,
            &log,
        )
        .and_then(|mut command| command.spawn())
        .map_err(|e| Failure::because(format_args!("cannot start {}", binary.display()), &e))?;
        let url = |port: u16| format!("http://127.0.0.1:{port}");
        Ok(Self {
            public: url(public),
            admin: url(admin),
            child,
            dir,
        })
    }

    async fn wait_until_ready(&mut self) -> Result<(), NotReady> {
        let (public, admin) = (Api::at(&self.public)?, Api::at(&self.admin)?);
        loop {
            let ready = is_ready(&public).await && is_ready(&admin).await;
            // After the probe: another program on our port may answer it while our server dies.
            if let Some(status) = self
                .child
                .try_wait()
                .map_err(|e| Failure::because("Kratos", &e))?
            {
                let taken = self.log_tail().contains("address already in use");
                return Err(if taken {
                    NotReady::PortTaken
                } else {
                    NotReady::Exited(status.to_string())
                });
            }
            if ready {
                return Ok(());
            }
            tokio::time::sleep(PROBE_EVERY).await;
        }
    }

    fn explain(&self, binary: &Path, why: &NotReady) -> Failure {
        let why = match why {
            NotReady::PortTaken => format!("lost its port to another program {ATTEMPTS} times"),
            NotReady::Exited(status) => format!("stopped while starting ({status})"),
            NotReady::TooSlow => format!("was not ready within {} seconds", START_LIMIT.as_secs()),
            NotReady::Failed(failure) => format!("could not be watched: {failure}"),
        };
        Failure::new(format_args!(
            "{} {why}. Its last words:\n{}",
            binary.display(),
            self.log_tail()
        ))
    }
}

impl Drop for Kratos {
    fn drop(&mut self) {
        // It may be gone already; the wait leaves no zombie.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

enum NotReady {
    PortTaken,
    Exited(String),
    TooSlow,
    Failed(Failure),
}

impl From<Failure> for NotReady {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Makes the tables of a database in a file.
fn migrate(binary: &Path, dsn: &str, log: &Path) -> Result<(), Failure> {
    let failed = |what: &dyn std::fmt::Display| Failure::new(format_args!("no tables: {what}"));
    let status = run(binary, &["migrate", "sql", "--yes"], dsn.as_ref(), log)
        .and_then(|mut command| command.status())
        .map_err(|error| failed(&error))?;
    if status.success() {
        return Ok(());
    }
    let words = fs::read(log).unwrap_or_default();
    Err(failed(&format_args!(
        "{status}: {}",
        String::from_utf8_lossy(&words)
    )))
}

fn run(binary: &Path, arguments: &[&str], last: &Path, log: &Path) -> io::Result<Command> {
    let log = File::create(log)?;
    let mut command = Command::new(binary);
    command.args(arguments).arg(last);
    // Every configuration key is also an environment variable, so the developer's own must not leak in.
    command.env_clear().env("TZ", "UTC");
    for kept in ["PATH", "HOME", "TMPDIR"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

fn log_file(dir: &TempDir) -> PathBuf {
    dir.path().join("kratos.log")
}

async fn is_ready(api: &Api) -> bool {
    // The admin port may answer with a redirect to /admin/health/ready; Kratos says 503 while it is not ready.
    matches!(api.get(PROBE, None).await, Ok(answer) if answer.status < 400)
}
