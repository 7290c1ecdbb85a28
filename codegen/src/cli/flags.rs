//! The flags of `kratos-traits generate` for settings of the generated code.

use std::path::PathBuf;

use clap::Args;
use kratos_traits_codegen::Options;

/// A flag has the name of the method of [`Options`] that it calls: problems name it so.
#[derive(Debug, Args)]
pub(super) struct SettingFlags {
    /// The Rust path of the crate kratos-traits in the generated code.
    #[arg(long, value_name = "RUST_PATH")]
    runtime_path: Option<String>,
    /// The visibility of the generated items, such as `pub(crate)`.
    #[arg(long)]
    visibility: Option<String>,
    /// The module that contains all generated items.
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    /// What `Debug` of the generated types shows: `redacted` or `values`.
    #[arg(long, value_name = "OUTPUT")]
    debug: Option<String>,
    /// A trait that no updater may change.
    #[arg(long, value_name = "TRAIT")]
    deny: Vec<String>,
    /// A trait that updaters may change, and no others.
    #[arg(long, value_name = "TRAIT")]
    allow: Vec<String>,
    /// A warning that is not reported, such as `ignored-default`.
    #[arg(long, value_name = "WARNING")]
    allow_warning: Vec<String>,
    /// A warning that is an error, such as `nullable-identifier`.
    #[arg(long, value_name = "WARNING")]
    deny_warning: Vec<String>,
    /// The file to read where a `$ref` leads to a URL.
    #[arg(long, value_name = "URL=PATH", value_parser = url_and_path)]
    map_ref: Vec<(String, PathBuf)>,
    /// The folder to read instead of one that a Kratos configuration names, such as `/etc/config=deploy/kratos`.
    #[arg(long, value_name = "FOLDER=PATH", value_parser = folder_and_path)]
    path_map: Vec<(String, PathBuf)>,
}

impl SettingFlags {
    /// These flags on top of `options`.
    pub(super) fn set(&self, options: Options) -> Options {
        let options = options.from_flags();
        let options = self
            .runtime_path
            .iter()
            .fold(options, Options::runtime_path);
        let options = self.visibility.iter().fold(options, Options::visibility);
        let options = self.module.iter().fold(options, Options::module);
        let options = self.debug.iter().fold(options, Options::debug);
        let options = self.deny.iter().fold(options, Options::deny);
        let options = self.allow.iter().fold(options, Options::allow);
        let options = self
            .allow_warning
            .iter()
            .fold(options, Options::allow_warning);
        let options = self
            .deny_warning
            .iter()
            .fold(options, Options::deny_warning);
        let map_ref =
            |options: Options, (url, path): &(String, PathBuf)| options.map_ref(url, path);
        let options = self.map_ref.iter().fold(options, map_ref);
        let path_map =
            |options: Options, (from, to): &(String, PathBuf)| options.path_map(from, to);
        self.path_map.iter().fold(options, path_map)
    }
}

fn url_and_path(text: &str) -> Result<(String, PathBuf), &'static str> {
    pair(text).ok_or("write the URL, `=`, and the path of the file")
}

fn folder_and_path(text: &str) -> Result<(String, PathBuf), &'static str> {
    pair(text).ok_or("write the folder in the configuration, `=`, and the folder to read")
}

/// Splits at the last `=`, because a URL may contain some.
fn pair(text: &str) -> Option<(String, PathBuf)> {
    let (from, to) = text.rsplit_once('=')?;
    Some((from.into(), to.into()))
}
