//! What an application costs to build from nothing: generated types and the derive, beside a struct that is written by hand.
//!
//! Four packages are built in folders of their own, so that no feature of one reaches another. The processor time includes
//! build scripts and the C code that they compile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::library::ours;
use crate::measure::{Report, least, ratio, unit};
use crate::{rustc, schemas};

const ROUNDS: usize = 3;

const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
const REQWEST: &str =
    "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\"] }\n";

const BY_HAND: &str = r##"
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CustomerTraits {
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newsletter: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Name {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

fn main() {
    let traits: Result<CustomerTraits, _> = serde_json::from_str(r#"{"email":"ada@example.org"}"#);
    println!("{:?}", traits.map(|traits| serde_json::to_string(&traits)));
}
"##;

const DERIVED: &str = r#"
#[derive(kratos_traits::SettingsUpdate)]
#[kratos(traits = customer::CustomerTraits, privileged)]
struct ChangeContact {
    email: Option<String>,
    nickname: Option<Option<String>>,
}

fn main() {
    use kratos_traits::SettingsUpdate as _;
    let change = ChangeContact { email: None, nickname: Some(None) };
    println!("{:?}", change.patch());
}
"#;

pub(crate) fn run(report: &mut Report) {
    let module = ours("customer", &schemas::text("customer"));
    let derived = format!("mod customer {{\n{module}\n}}\n{DERIVED}");
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
    let kratos = |features: &str| {
        format!("kratos-traits = {{ path = {runtime:?}, features = [{features}] }}\n")
    };
    for (name, features, more, most) in [
        ("types and derive", "", "", 1.7),
        ("the client on reqwest", "\"reqwest\"", REQWEST, 1.15),
    ] {
        let ours = Application::new("ours", &kratos(features), &derived);
        let theirs = Application::new("theirs", &format!("{more}{SERDE}"), BY_HAND);
        let [ours, theirs] = least(ROUNDS, [&mut || ours.build(), &mut || theirs.build()]);
        report.at_most(
            &format!("cold build of {name}, beside serde by hand"),
            ratio(ours, theirs),
            most,
            &format!(
                "{:.1} s and {:.1} s {}",
                ours.as_secs_f64(),
                theirs.as_secs_f64(),
                unit()
            ),
        );
    }
}

/// A package with a program.
struct Application(PathBuf);

impl Application {
    /// Writes the package and fetches its dependencies.
    fn new(name: &str, dependencies: &str, rust: &str) -> Self {
        let folder = rustc::folder().join("build").join(name);
        // Nothing is there on the first run.
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(folder.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"app\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{dependencies}"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
        fs::write(folder.join("src/main.rs"), rust).expect("a file");
        // The same versions of dependencies on both sides.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file of the project");
        let application = Self(folder);
        application.cargo(&["fetch"]);
        application
    }

    /// Builds it and all its dependencies anew.
    fn build(&self) {
        fs::remove_dir_all(self.0.join("target")).ok();
        self.cargo(&["build", "--offline"]);
    }

    fn cargo(&self, arguments: &[&str]) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .arg("--quiet")
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .env("CARGO_INCREMENTAL", "0");
        let output = cargo.output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
}
