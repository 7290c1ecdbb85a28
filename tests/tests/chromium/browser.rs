//! Chromium, headless.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A browser that is installed.
pub(crate) struct Browser(PathBuf);

/// A browser with a page open; closed when dropped.
pub(crate) struct Running {
    child: Child,
    _profile: TempDir,
}

impl Browser {
    /// The browser of `CHROMIUM`, or of the path. Without one the test says so and is skipped; in CI
    /// (`CI` is set) it fails.
    pub(crate) fn find() -> Option<Self> {
        if let Some(named) = env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
            return Some(Self(named.into()));
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let mut places = env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name)));
        let found = places.find(|place| place.is_file()).map(Self);
        if found.is_none() {
            assert!(env::var_os("CI").is_none(), "CI has no Chromium");
            // Past the test harness's capture: the run must show that this was not tested.
            let skipped = b"SKIPPED: no Chromium; install it, or name it with CHROMIUM\n";
            io::stderr().write_all(skipped).unwrap();
        }
        found
    }

    /// Opens a page with a new profile.
    pub(crate) fn open(&self, url: &str) -> Running {
        let profile = tempfile::tempdir().unwrap();
        let child = Command::new(&self.0)
            // Without a sandbox, for CI is root in a container.
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            // Nothing beyond 127.0.0.1.
            .args([
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
            ])
            .args(["--disable-sync", "--no-first-run", "--no-proxy-server"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Running {
            child,
            _profile: profile,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; the wait leaves no zombie.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
