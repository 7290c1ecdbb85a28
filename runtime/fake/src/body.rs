//! The body of a submit, as far as every native flow reads it alike.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::error::Refusal;
use super::failure::Failure;
use super::request::Request;

/// A JSON object, its members as they were sent.
pub(super) struct Body<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Body<'a> {
    pub(super) fn read(request: &'a Request) -> Result<Self, Failure> {
        if request.body.is_empty() {
            let reason = "Unable to decode HTTP Request Body because its HTTP Header \
                          \"Content-Length\" is zero.";
            return Err(Failure::reason(reason));
        }
        match request.media_type() {
            "application/json" => {}
            "application/x-www-form-urlencoded" | "multipart/form-data" => {
                return Err(Failure::Refused(Refusal::not_played("forms")));
            }
            _ => {
                return Err(Failure::reason(&format!(
                    "HTTP {} Request used unknown HTTP Header \"Content-Type: {}\", only \
                     [multipart/form-data application/x-www-form-urlencoded application/json] are \
                     supported.",
                    request.method,
                    request.content_type()
                )));
            }
        }
        let value = serde_json::from_slice::<&RawValue>(&request.body)
            .map_err(|_| Failure::reason("Unable to decode form as JSON."))?;
        let members = serde_json::from_str(value.get()).map_err(|_| {
            Failure::reason(&format!(
                "Expected JSON sent in request body to be an object but got: {}",
                kind(value)
            ))
        })?;
        let body = Self(members);
        if body.0.keys().any(|name| name.starts_with("traits.")) {
            return Err(Failure::Refused(Refusal::not_played("flat JSON")));
        }
        Ok(body)
    }

    pub(super) fn member(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).copied()
    }

    /// A text; absent and `null` are the empty one.
    pub(super) fn text(&self, name: &str) -> String {
        let value = self.member(name).map(|raw| serde_json::from_str(raw.get()));
        match value {
            Some(Ok(Value::String(text))) => text,
            Some(Ok(Value::Null)) | None => String::new(),
            Some(_) => self
                .member(name)
                .map(|raw| raw.get().to_owned())
                .unwrap_or_default(),
        }
    }
}

/// In the words of the library that Kratos reads JSON with.
fn kind(value: &RawValue) -> &'static str {
    match value.get().as_bytes().first() {
        Some(b'"') => "String",
        Some(b't') => "True",
        Some(b'f') => "False",
        Some(b'n') => "Null",
        Some(b'{' | b'[') => "JSON",
        _ => "Number",
    }
}
