kratos_traits::include_schema!("customer"); // mod customer { pub struct CustomerTraits … }
use customer::CustomerTraits;
use kratos_traits::{Client, Error, Outcome, SessionToken, SettingsUpdate};

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)] // without `privileged`: a compile error at `email`
struct ChangeContact {
    email: Option<String>, // None: leave it
    #[kratos(path = "name.first")]
    first_name: Option<String>,
    nickname: Option<Option<String>>, // Some(None): remove it; an error on a required trait
}

async fn save(
    client: &Client,
    session: &SessionToken,
    change: &ChangeContact,
) -> Result<(), Error> {
    match client.settings(session).update(change).await? {
        Outcome::Saved(saved) => println!("saved for {}", saved.identity.id),
        Outcome::Invalid(invalid) => {
            for problem in &invalid.problems {
                println!("{problem}"); // nickname: 4000017 (too long)
            }
        }
        Outcome::ReauthenticationRequired(pending) => {
            // After `client.login(session).refresh_with_password(…)`, or with a code:
            let outcome = client.settings(session).resume(pending).await?;
            println!("{outcome:?}");
        }
        other => println!("not saved: {other:?}"), // taken, second factor, no active session, …
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new("http://127.0.0.1:4433")?;
    let session = SessionToken::new(std::env::var("SESSION_TOKEN")?)?; // ory_st_…
    let change = ChangeContact {
        email: None,
        first_name: Some("Ada".to_owned()),
        nickname: Some(None),
    };
    Ok(save(&client, &session, &change).await?)
}
