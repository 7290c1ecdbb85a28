//! The version of the server: some answers differ between versions.

use crate::kratos::{Api, Failure};

/// The version that the server reports. The server that the tests build reports none, and is v1.3.1.
pub async fn version(admin: &str) -> Result<String, Failure> {
    if std::env::var_os("KRATOS_BIN").is_none() {
        return Ok("v1.3.1".to_owned());
    }
    let answer = Api::at(admin)?.get("/admin/version", None).await?;
    let text = answer.body["version"].as_str().unwrap_or_default();
    Ok(text.to_owned())
}

/// Whether this is known to be v26.2 or older.
pub fn is_until_26_2(version: &str) -> bool {
    let numbers = version.trim_start_matches('v').split(['.', '-', '+']);
    let numbers: Result<Vec<u32>, _> = numbers.take(2).map(str::parse).collect();
    numbers.is_ok_and(|numbers| numbers.as_slice() <= [26, 2].as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for text in ["v1.3.1", "25.4.0", "v26.2.0-distroless"] {
            assert!(is_until_26_2(text), "{text}");
        }
        for text in ["v26.3.0", "v27.0.0", "master", ""] {
            assert!(!is_until_26_2(text), "{text}");
        }
    }
}
