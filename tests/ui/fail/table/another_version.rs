//! A file of another version is one error, and its types cause no further ones.
use kratos_traits::SettingsUpdate;
use kratos_traits::generated::*;

#[derive(Clone, PartialEq, Redacted, New, Serialize, Deserialize)]
#[serde(crate = "::kratos_traits::generated::serde")]
pub struct Traits {
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TraitsName>,
}

#[derive(Clone, Default, PartialEq, Redacted, Serialize, Deserialize)]
#[serde(crate = "::kratos_traits::generated::serde")]
pub struct TraitsName {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
}

kratos_traits::schema! {
    format 2: Traits, TraitsName;
    whatever { a later version } writes = "here";
}

#[derive(SettingsUpdate)]
#[kratos(traits = Traits, privileged)]
struct ChangeEmail {
    email: Option<String>,
    #[kratos(nested)]
    name: Option<Rename>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = TraitsName)]
struct Rename {
    first: Option<String>,
}

fn main() {
    let name = Some(Rename { first: None });
    let _ = ChangeEmail { email: None, name }.patch();
}
