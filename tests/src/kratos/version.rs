//! Which Kratos it is: some answers differ from version to version.

use super::{Api, Failure};

/// What the server says of its version, such as `v26.2.0` or `master`. The one that the tests build says
/// nothing of use, and is v1.3.1.
pub async fn version(admin: &str) -> Result<String, Failure> {
    if std::env::var_os("KRATOS_BIN").is_none() {
        return Ok("v1.3.1".to_owned());
    }
    let answer = Api::at(admin)?.get("/admin/version", None).await?;
    Ok(answer.body["version"]
        .as_str()
        .unwrap_or_default()
        .to_owned())
}
