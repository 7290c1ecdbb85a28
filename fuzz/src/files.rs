//! Files that the generator reads from a folder.

use std::cell::OnceCell;
use std::fs;
use std::path::PathBuf;

use kratos_traits_codegen::{Config, Errors, Output};
use tempfile::TempDir;

/// A `kratos.yml`, beside the schema `customer.schema.json`.
pub fn kratos_yml(input: &[u8]) {
    let folder = Folder::with("kratos.yml", input);
    let config = Config::new().base(&folder.0);
    read(config.kratos_config("fuzzed", "kratos.yml").generate());
}

/// A `kratos-traits.toml`, beside the schema `customer.schema.json`.
pub fn settings_file(input: &[u8]) {
    let folder = Folder::with("kratos-traits.toml", input);
    let config = Config::new().base(&folder.0);
    read(config.schema("customer", "customer.schema.json").generate());
    match Config::from_settings_file(folder.0.join("kratos-traits.toml")) {
        Ok(config) => read(config.generate()),
        Err(errors) => assert!(!errors.to_string().is_empty()),
    }
}

fn read(result: Result<Vec<Output>, Errors>) {
    match result {
        Ok(outputs) => {
            for output in outputs {
                assert!(!output.rust.is_empty());
            }
        }
        Err(errors) => assert!(!errors.to_string().is_empty()),
    }
}

/// A folder that all inputs of the process are written to, one after the other.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, input: &[u8]) -> Self {
        thread_local! {
            static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
        }
        FOLDER.with(|folder| {
            let folder = folder.get_or_init(|| {
                let folder = TempDir::new().expect("a temporary folder");
                let schema = include_bytes!("../../schemas/customer.schema.json");
                fs::write(folder.path().join("customer.schema.json"), schema).expect("a file");
                folder
            });
            fs::write(folder.path().join(name), input).expect("a file");
            Self(folder.path().to_owned())
        })
    }
}
