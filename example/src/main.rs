//! The main job, step by step: identity schema → generated types → derived updater → settings flow.
//!
//! Without arguments it talks to the in-process fake of Kratos. With `KRATOS_PUBLIC_URL` it does
//! the same on a real server whose default identity schema is `schemas/customer.schema.json`.

mod person;
mod server;

use std::process::ExitCode;

use kratos_traits::{Client, LoginOutcome, Outcome, SettingsUpdate};

use crate::person::{PASSWORD, Person};
use crate::server::Server;

kratos_traits::include_schema!("customer");
use customer::{CustomerTraits, CustomerTraitsName};

/// What a person may change at any time.
#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Profile {
    nickname: Option<Option<String>>,
    name: Option<CustomerTraitsName>,
}

/// What only a person who has just logged in may change. Without `privileged` it does not compile:
/// the schema makes `email` an identifier.
#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct Contact<'a> {
    email: &'a str,
    #[kratos(path = "name.first")]
    first_name: Option<&'a str>,
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Err(error) = run().await else {
        return ExitCode::SUCCESS;
    };
    println!("failed      {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        println!("because     {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}

async fn run() -> Result<()> {
    let server = Server::from_env()?;
    println!("server      {server}");
    let client = Client::new(server.public_url())?;

    let person = Person::register(server.public_url()).await?;
    println!("registered  a person with an e-mail address, a name and a nickname");

    let rename = Profile {
        nickname: Some(Some("Countess".into())),
        name: None,
    };
    tell(
        "nickname",
        client.settings(&person.session).update(&rename).await?,
    );

    let too_long = Profile {
        nickname: Some(Some("x".repeat(500))),
        name: None,
    };
    tell(
        "nickname",
        client.settings(&person.session).update(&too_long).await?,
    );

    println!("waiting     {}", server.let_the_login_become_old());
    let email = person.another_email();
    let contact = Contact {
        email: &email,
        first_name: None,
    };
    match client.settings(&person.session).update(&contact).await? {
        Outcome::ReauthenticationRequired(pending) => {
            println!("email       re-authentication needed; nothing is changed: {pending:?}");
            let login = client.login(&person.session);
            match login.refresh_with_password(PASSWORD).await? {
                LoginOutcome::LoggedIn(_) => {
                    println!("logged in   again, with the password");
                    let resumed = client.settings(&person.session).resume(pending);
                    tell("email", resumed.await?);
                }
                outcome => println!("email       not saved, for the login is {}", outcome.name()),
            }
        }
        outcome => tell("email", outcome),
    }
    Ok(())
}

/// Every way in which an update can end; forget one, and this does not compile.
fn tell(what: &str, outcome: Outcome<CustomerTraits>) {
    match outcome {
        Outcome::Saved(saved) => match saved.identity.traits.typed() {
            Ok(traits) => println!(
                "{what:<12}saved: email {}, nickname {}",
                traits.email,
                traits.nickname.as_deref().unwrap_or("(none)")
            ),
            Err(outdated) => println!("{what:<12}saved, but {outdated}"),
        },
        Outcome::VerificationRequired(_) => println!("{what:<12}verify the new address"),
        Outcome::Unconfirmed(unsaved) => println!("{what:<12}not saved: {:?}", unsaved.messages),
        Outcome::Invalid(invalid) => {
            for problem in &invalid.problems {
                println!("{what:<12}invalid: {problem}");
            }
            for message in &invalid.general {
                println!("{what:<12}invalid: {}", message.id);
            }
        }
        Outcome::IdentifierTaken(_) => println!("{what:<12}somebody else has it already"),
        Outcome::Conflict(_) => println!("{what:<12}somebody else changed it meanwhile"),
        Outcome::IdentityMismatch(_) => println!("{what:<12}the change is another person's"),
        Outcome::ReauthenticationRequired(_) => println!("{what:<12}log in again, then resume"),
        Outcome::SecondFactorRequired(_) => {
            println!("{what:<12}give the second factor, then resume")
        }
        Outcome::BrowserRedirectRequired(_) => {
            println!("{what:<12}the browser must go to another place first")
        }
        Outcome::SessionInactive(_) => {
            println!("{what:<12}there is no active session; log in, then resume")
        }
        Outcome::FlowExpired(_) => println!("{what:<12}the flow expired; resume to try again"),
        Outcome::Busy(refusal, _) => {
            println!("{what:<12}try again in {:?}", refusal.retry_after())
        }
        Outcome::Refused(refusal) => println!("{what:<12}refused: {refusal:?}"),
    }
}
