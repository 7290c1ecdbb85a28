//! Stored traits that break today's schema can be read and repaired.

use kratos_traits::{
    Client, Identity, IdentityTraits, Invalid, MessageId, Outcome, Patch, SessionToken, TraitPath,
    WhoamiOutcome,
};
use kratos_traits_tests::kratos::{Failure, Kratos, KratosConfig, People};
use kratos_traits_tests::schemas::people::PersonTraits;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery staple";

/// The schema as it once was: any nickname, any e-mail address, any other member.
fn of_old() -> Result<String, Failure> {
    let mut schema: Value = serde_json::from_str(PersonTraits::schema().json)
        .map_err(|error| Failure::because("the schema", &error))?;
    let traits = &mut schema["properties"]["traits"];
    traits["additionalProperties"] = json!(true);
    traits["properties"]["nickname"] = json!({ "type": ["string", "integer"] });
    Ok(schema.to_string())
}

/// Somebody who registered in the old days, and a server that has today's schema.
async fn outdated(traits: Value) -> Result<(Kratos, Client, SessionToken), Failure> {
    let kratos = Kratos::start(KratosConfig {
        schemas: vec![("person".to_owned(), of_old()?)],
        ..KratosConfig::new("")
    })
    .await?;
    let token = People::at(&kratos.public)?
        .register(&traits, PASSWORD)
        .await?;
    kratos.replace_schema(0, PersonTraits::schema().json)?;
    let client = Client::new(&kratos.public).map_err(|error| Failure::because("", &error))?;
    let session =
        SessionToken::new(token).map_err(|error| Failure::because("the session token", &error))?;
    Ok((kratos, client, session))
}

async fn person(
    client: &Client,
    session: &SessionToken,
) -> Result<Identity<PersonTraits>, Failure> {
    match client.whoami(session).await {
        Ok(WhoamiOutcome::Session(session)) => session
            .identity
            .ok_or_else(|| Failure::new("nobody in the session")),
        other => Err(Failure::new(format_args!("no session: {other:?}"))),
    }
}

async fn update(
    client: &Client,
    session: &SessionToken,
    change: impl FnOnce(&mut Patch<PersonTraits>),
) -> Result<Outcome<PersonTraits>, Failure> {
    let mut patch = Patch::new();
    change(&mut patch);
    let outcome = client.settings(session).update(&patch).await;
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

fn invalid(outcome: Outcome<PersonTraits>) -> Result<Invalid, Failure> {
    match outcome {
        Outcome::Invalid(invalid) => Ok(invalid),
        other => Err(Failure::new(format_args!("not invalid: {other:?}"))),
    }
}

async fn outdated_traits_are_read_and_repaired() -> Result<(), Failure> {
    let (_kratos, client, session) = outdated(json!({ "username": "ada", "nickname": 7 })).await?;

    let ada = person(&client, &session).await?;
    let unreadable = ada.traits.typed().expect_err("a nickname is a text today");
    assert_eq!(unreadable.problems()[0].path, TraitPath::new(["nickname"]));
    assert!(ada.traits.raw().as_str().contains('7'));

    // The update changes another trait and is not the cause.
    let outcome = update(&client, &session, |patch| {
        patch.set(PersonTraits::DEVICE, "my phone");
    });
    let refused = invalid(outcome.await?)?;
    assert!(refused.caused().is_empty(), "{refused:?}");
    assert_eq!(refused.stored()[0].path, TraitPath::new(["nickname"]));
    assert_eq!(refused.stored()[0].message.id, MessageId::TYPE);

    // A problem of the new value is told apart from it.
    let outcome = update(&client, &session, |patch| {
        patch.set(PersonTraits::NICKNAME, "x");
    });
    let refused = invalid(outcome.await?)?;
    assert!(refused.stored().is_empty(), "{refused:?}");
    assert_eq!(refused.caused()[0].message.id, MessageId::MIN_LENGTH);

    // An update that sets or removes the trait repairs it.
    let outcome = update(&client, &session, |patch| {
        patch.set(PersonTraits::DEVICE, "my phone");
        patch.remove(PersonTraits::NICKNAME);
    });
    assert!(matches!(outcome.await?, Outcome::Saved(_)));
    let ada = person(&client, &session).await?;
    assert!(ada.traits.typed().is_ok());
    Ok(())
}

async fn an_undeclared_member_is_removed() -> Result<(), Failure> {
    let (_kratos, client, session) =
        outdated(json!({ "username": "ada", "fax": "+49 30 1" })).await?;
    let outcome = update(&client, &session, |patch| {
        patch.set(PersonTraits::NICKNAME, "Countess");
    });
    let refused = invalid(outcome.await?)?;
    assert!(refused.caused().is_empty(), "{refused:?}");
    assert_eq!(refused.stored()[0].path, TraitPath::ROOT);

    let fax = TraitPath::new(["fax"]);
    let outcome = update(&client, &session, |patch| {
        patch.set(PersonTraits::NICKNAME, "Countess");
        assert!(patch.remove_unnamed(&fax).is_ok());
    });
    assert!(matches!(outcome.await?, Outcome::Saved(_)));
    let ada = person(&client, &session).await?;
    assert!(ada.traits.raw().get(&fax).is_none());
    Ok(())
}

kratos_traits_tests::live! {
    outdated_traits_are_read_and_repaired,
    an_undeclared_member_is_removed,
}
