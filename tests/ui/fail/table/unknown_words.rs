//! Unknown words in every part of the table.
use kratos_traits::generated::*;

#[derive(Clone, PartialEq, Redacted, Default, Serialize, Deserialize)]
#[serde(crate = "::kratos_traits::generated::serde")]
pub struct Traits {
    pub email: Option<String>,
    pub age: Option<i64>,
    pub name: Option<String>,
    pub nick: Option<String>,
    pub phone: Option<String>,
    pub title: Option<String>,
}

kratos_traits::schema! {
    format 1: Traits;
    pub Traits from "table.schema.json";
    email: string as String, identifier(pasword);
    age: intger as i64;
    name: string as String, displayname;
    nick: string as String, items(verifcation(email));
    phone: string as String, recovery(mail);
    title: requird string as String;
    = "{}";
}

/// Its traits are not known: it has no error of its own.
#[derive(kratos_traits::SettingsUpdate)]
#[kratos(traits = Traits)]
struct Update {
    email: String,
}

fn main() {
    let update = Update { email: String::new() };
    let _ = kratos_traits::SettingsUpdate::patch(&update);
}
