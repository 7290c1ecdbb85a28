//! Which Kratos it is: some answers differ from version to version.

use kratos_traits::forecast::KratosVersion;

use crate::kratos::{Api, Failure};

/// What the server says of its version. The one that the tests build says nothing of use, and is v1.3.1.
pub async fn version(admin: &str) -> Result<KratosVersion, Failure> {
    if std::env::var_os("KRATOS_BIN").is_none() {
        return Ok(KratosVersion::parse("v1.3.1"));
    }
    let answer = Api::at(admin)?.get("/admin/version", None).await?;
    let text = answer.body["version"].as_str().unwrap_or_default();
    Ok(KratosVersion::parse(text))
}

/// Whether it surely is v26.2.0 or older.
pub fn is_until_26_2(version: KratosVersion) -> bool {
    matches!(version, KratosVersion::Release { major, minor, .. } if (major, minor) <= (26, 2))
}
