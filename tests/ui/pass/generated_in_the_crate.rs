//! Generated types with restricted visibility, and deprecated ones, cause no warning.
#![deny(warnings)]
use kratos_traits::SettingsUpdate;

mod generated {
    use kratos_traits::generated::*;

    #[derive(Clone, PartialEq, Redacted, New, Serialize, Deserialize)]
    #[serde(crate = "::kratos_traits::generated::serde")]
    #[deprecated]
    pub(crate) struct Traits {
        #[deprecated = "soon"]
        pub(crate) email: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[deprecated]
        pub(crate) nickname: Option<String>,
    }

    ::kratos_traits::schema! {
        format 1: Traits;
        pub(crate) Traits from "traits.schema.json";
        email: required string as String, identifier(password), only(password);
        nickname: string as String;
        = r#"{"properties":{"traits":{"type":"object","properties":{
            "email":{"type":"string","ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}},
            "nickname":{"type":"string"}},"required":["email"]}}}"#;
    }
}

#[derive(SettingsUpdate)]
#[kratos(traits = generated::Traits, privileged)]
struct Update {
    email: Option<String>,
    nickname: Option<Option<String>>,
}

fn main() {
    let update = Update {
        email: None,
        nickname: Some(None),
    };
    assert_eq!(update.patch().paths().count(), 1);
}
