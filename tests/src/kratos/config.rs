//! The configuration of a Kratos for tests. Every key is one that v1.3.1, v26.2.0 and later know: an unknown key stops the start.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::Failure;

/// What a test may want different from one server to the next.
#[derive(Clone, Debug)]
pub struct KratosConfig {
    /// Id and JSON text of each identity schema. The first is the default schema.
    pub schemas: Vec<(String, String)>,
    /// How long after a login a session may still make privileged changes.
    pub privileged_session_max_age: Duration,
    /// The assurance level that the settings flow asks for.
    pub required_aal: RequiredAal,
    /// Whether a verifiable address can be verified.
    pub verification: bool,
    /// Where the server keeps what it knows.
    pub database: Database,
    /// A JSON merge patch (RFC 7396) on the finished configuration, for other settings that a test needs.
    pub extra: Value,
}

/// Where a server keeps what it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// In memory: quick to start. Requests at the same time lock each other out of whole tables, and fail.
    Memory,
    /// In a file: a request waits for another.
    File,
}

/// The assurance level that the settings flow asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequiredAal {
    /// One factor is enough.
    Aal1,
    /// A person who has a second factor must have used it.
    HighestAvailable,
}

impl KratosConfig {
    /// One identity schema with the id `default`, given as JSON text; sessions stay privileged for 15 minutes.
    pub fn new(schema: impl Into<String>) -> Self {
        Self {
            schemas: vec![("default".to_owned(), schema.into())],
            privileged_session_max_age: Duration::from_secs(15 * 60),
            required_aal: RequiredAal::Aal1,
            verification: false,
            database: Database::Memory,
            extra: json!({}),
        }
    }

    /// The same, with the identity schema in a file.
    pub fn from_file(schema: &Path) -> Result<Self, Failure> {
        match std::fs::read_to_string(schema) {
            Ok(text) => Ok(Self::new(text)),
            Err(e) => Err(Failure::because(schema.display(), &e)),
        }
    }

    /// Writes the identity schemas and `kratos.json` into this directory. Answers with the path of the latter.
    pub(super) fn write(&self, dir: &Path, [public, admin]: [u16; 2]) -> Result<PathBuf, Failure> {
        let mut schemas = Vec::new();
        for (index, (id, text)) in self.schemas.iter().enumerate() {
            let file = dir.join(format!("schema-{index}.json"));
            write(&file, text)?;
            schemas.push(json!({ "id": id, "url": format!("file://{}", file.display()) }));
        }
        let default = self.schemas.first().map(|(id, _)| id.as_str());
        let mut config = self.document(public, admin);
        merge(
            &mut config,
            &json!({ "identity": { "default_schema_id": default, "schemas": schemas } }),
        );
        merge(&mut config, &json!({ "dsn": self.database.dsn(dir) }));
        merge(&mut config, &self.extra);

        let file = dir.join("kratos.json");
        write(&file, &config.to_string())?;
        Ok(file)
    }

    fn document(&self, public: u16, admin: u16) -> Value {
        // There is no server: a native client is never sent to these pages.
        let ui = "http://127.0.0.1:4455";
        let at = |port: u16| json!({ "host": "127.0.0.1", "port": port, "base_url": format!("http://127.0.0.1:{port}/") });
        json!({
            "serve": { "public": at(public), "admin": at(admin) },
            "selfservice": {
                "default_browser_return_url": format!("{ui}/"),
                "allowed_return_urls": [format!("{ui}/")],
                "methods": {
                    "profile": { "enabled": true },
                    "password": { "enabled": true, "config": {
                        // Would ask the internet.
                        "haveibeenpwned_enabled": false,
                        "identifier_similarity_check_enabled": false,
                        "min_password_length": 8,
                    } },
                    "code": { "enabled": true },
                    "totp": { "enabled": true },
                    "lookup_secret": { "enabled": true },
                    "link": { "enabled": false },
                },
                "flows": {
                    "login": { "ui_url": format!("{ui}/login") },
                    "registration": {
                        "ui_url": format!("{ui}/registration"),
                        // Without this hook a registration gives no session token.
                        "after": { "password": { "hooks": [{ "hook": "session" }] } },
                    },
                    "settings": {
                        "ui_url": format!("{ui}/settings"),
                        "lifespan": "1h",
                        "privileged_session_max_age": format!("{}ms", self.privileged_session_max_age.as_millis()),
                        "required_aal": self.required_aal.name(),
                    },
                    "verification": {
                        "enabled": self.verification,
                        "use": "code",
                        "ui_url": format!("{ui}/verification"),
                    },
                },
            },
            "secrets": { "cookie": ["cookie-secret-of-a-test"], "cipher": ["cipher-secret-of-a-test-32-bytes"] },
            // The cheapest that `--dev` permits.
            "hashers": { "algorithm": "bcrypt", "bcrypt": { "cost": 4 } },
            "courier": { "smtp": { "connection_uri": "smtp://127.0.0.1:1025/?disable_starttls=true" } },
            "log": { "level": "info", "format": "text", "leak_sensitive_values": true },
        })
    }
}

impl Database {
    /// The data source name, for a server with this directory.
    pub(super) fn dsn(self, dir: &Path) -> String {
        match self {
            Self::Memory => "memory".to_owned(),
            Self::File => format!(
                "sqlite://{}?_fk=true&_journal_mode=WAL&_busy_timeout=250",
                dir.join("kratos.sqlite").display()
            ),
        }
    }
}

impl RequiredAal {
    fn name(self) -> &'static str {
        match self {
            Self::Aal1 => "aal1",
            Self::HighestAvailable => "highest_available",
        }
    }
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(file, text).map_err(|e| Failure::because(file.display(), &e))
}

/// JSON merge patch: objects are merged, null removes, everything else replaces.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Value::Object(members) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.as_str()).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_schema_is_the_default_and_extra_has_the_last_word() {
        let config = KratosConfig {
            schemas: vec![("b".into(), "{\"b\":1}".into()), ("a".into(), "{}".into())],
            privileged_session_max_age: Duration::from_millis(2500),
            extra: json!({ "log": null, "selfservice": { "flows": { "settings": { "lifespan": "1s" } } } }),
            ..KratosConfig::new("")
        };
        let dir = tempfile::tempdir().unwrap();
        let file = config.write(dir.path(), [1, 2]).unwrap();
        let written: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();

        let settings = &written["selfservice"]["flows"]["settings"];
        assert_eq!(settings["lifespan"], "1s");
        assert_eq!(settings["privileged_session_max_age"], "2500ms");
        assert_eq!(settings["required_aal"], "aal1");
        assert!(written.get("log").is_none());
        assert_eq!(written["identity"]["default_schema_id"], "b");
        let url = written["identity"]["schemas"][0]["url"].as_str().unwrap();
        let schema = std::fs::read_to_string(url.strip_prefix("file://").unwrap()).unwrap();
        assert_eq!(schema, "{\"b\":1}");
    }

    #[test]
    fn a_missing_schema_file_is_named() {
        let error = KratosConfig::from_file(Path::new("/nowhere/x.json")).unwrap_err();
        assert!(
            error.to_string().starts_with("/nowhere/x.json: "),
            "{error}"
        );
    }
}
