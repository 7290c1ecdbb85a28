//! Several schemas on one server, on a real Kratos.

use kratos_traits::admin::Lookup;
use kratos_traits::client::Phase;
use kratos_traits::{
    AdminClient, Client, Error, IdentityTraits, Outcome, Patch, SessionToken, WhoamiOutcome,
};
use kratos_traits_tests::kratos::{Api, Failure, Kratos, KratosConfig, People, create_identity};
use kratos_traits_tests::schemas::people::{PeopleTraits, PersonTraits, StaffV1Traits};
use serde_json::json;

const PASSWORD: &str = "correct horse battery staple";

async fn each_identity_is_read_by_its_own_schema() -> Result<(), Failure> {
    let schema = |id: &str, json: &str| (id.to_owned(), json.to_owned());
    let kratos = Kratos::start(KratosConfig {
        schemas: vec![
            schema("person", PersonTraits::schema().json),
            schema("staff@v1", StaffV1Traits::schema().json),
            schema("elsewhere", PersonTraits::schema().json),
        ],
        ..KratosConfig::new("")
    })
    .await?;
    let client = Client::new(&kratos.public).map_err(|error| Failure::because("", &error))?;
    let admin = AdminClient::new(&kratos.admin).map_err(|error| Failure::because("", &error))?;
    for (schema_id, traits) in [
        ("person", json!({ "username": "ada" })),
        ("staff@v1", json!({ "username": "grace", "desk": 7 })),
        ("elsewhere", json!({ "username": "eve" })),
    ] {
        let username = traits["username"].as_str().unwrap_or_default();
        let body = json!({
            "schema_id": schema_id,
            "traits": traits,
            "credentials": { "password": { "config": { "password": PASSWORD } } },
        });
        create_identity(&Api::at(&kratos.admin)?, &body).await?;
        let token = People::at(&kratos.public)?
            .login(username, PASSWORD)
            .await?;
        let session = SessionToken::new(token)
            .map_err(|error| Failure::because("the session token", &error))?;

        let outcome = client.whoami::<PeopleTraits>(&session).await;
        let Ok(WhoamiOutcome::Session(found)) = outcome else {
            return Err(Failure::new(format_args!("{outcome:?}")));
        };
        let Some(person) = found.identity else {
            return Err(Failure::new("nobody in the session"));
        };
        let by_admin = admin.identity_by_identifier::<PeopleTraits>(username).await;
        let Ok(Lookup::Found(by_admin)) = by_admin else {
            return Err(Failure::new(format_args!("{by_admin:?}")));
        };
        let readable = [&person, &*by_admin].map(|one| one.traits.typed().is_ok());
        assert_eq!(readable, [schema_id != "elsewhere"; 2]);
        assert_eq!(person.schema_id, schema_id);
        assert!(person.traits.raw().as_str().contains(username));
        match (schema_id, person.traits.typed()) {
            ("person", Ok(PeopleTraits::Person(person))) => assert_eq!(person.username, "ada"),
            ("staff@v1", Ok(PeopleTraits::StaffV1(staff))) => assert_eq!(staff.desk, 7),
            ("elsewhere", Err(unreadable)) => assert_eq!(
                unreadable.to_string(),
                r#"unknown identity schema "elsewhere"; expected one of ["person", "staff@v1"]"#
            ),
            (schema_id, typed) => panic!("{schema_id}: {typed:?}"),
        }

        // An updater of one schema is for people of that schema.
        let mut patch = Patch::<StaffV1Traits>::new();
        patch.set(StaffV1Traits::NICKNAME, "Amazing");
        match client.settings(&session).update(&patch).await {
            Ok(Outcome::Saved(_)) => assert_eq!(schema_id, "staff@v1"),
            Err(Error::OtherSchema {
                phase: Phase::Create,
                schema_id: other,
                ..
            }) => assert_eq!(other, schema_id),
            other => panic!("{schema_id}: {other:?}"),
        }
    }
    Ok(())
}

kratos_traits_tests::live! {
    each_identity_is_read_by_its_own_schema,
}
