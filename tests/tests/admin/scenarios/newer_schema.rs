//! The schema of the server is newer than that of the application.

use kratos_traits::{AdminOutcome, MessageId, Patch, TraitPath};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved_by_admin, unexpected};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{
    Server, changed_schema, drop_newsletter, lengthen_nickname, require_birthday, require_last_name,
};
use kratos_traits_tests::updaters::rename;
use serde_json::{Value, json};

/// The admin API names the object around a member that is missing or not allowed; we name the member.
pub(crate) async fn nobody_is_blamed_for_a_newer_rule(server: &Server) -> Result<(), Failure> {
    let traits =
        json!({ "email": "ada@example.org", "newsletter": true, "name": { "first": "Ada" } });
    let ada = server.register(&traits).await?;
    let id = ada.id().await?;
    let admin = server.admin()?;

    type Newer = (fn(&mut Value), &'static str, MessageId);
    let newer: [Newer; 4] = [
        (require_birthday, "birthday", MessageId::REQUIRED),
        (require_last_name, "name.last", MessageId::REQUIRED),
        (
            |traits| traits["properties"]["newsletter"] = json!({ "type": "string" }),
            "newsletter",
            MessageId::INVALID,
        ),
        (drop_newsletter, "newsletter", MessageId::INVALID),
    ];
    for (change, path, message) in newer {
        server.replace_schema(&changed_schema::<CustomerTraits>(change)?)?;
        let invalid = match ended(admin.edit(&id).update(&rename("Countess")).await)? {
            AdminOutcome::Invalid(invalid) => invalid,
            other => return Err(unexpected(&other)),
        };
        assert!(invalid.caused().is_empty(), "{path}: {invalid:?}");
        let found = &invalid.stored()[0];
        assert_eq!(
            (&found.path, found.message.id),
            (&TraitPath::parse(path), message)
        );
    }

    // The trait that the schema no longer has can be removed.
    let mut patch = Patch::<CustomerTraits>::new();
    patch.set(CustomerTraits::NICKNAME, "Countess");
    patch.remove(CustomerTraits::NEWSLETTER);
    saved_by_admin(admin.edit(&id).update(&patch).await)?;
    assert!(ada.traits().await?.get("newsletter").is_none());

    server.replace_schema(&changed_schema::<CustomerTraits>(lengthen_nickname)?)?;
    let invalid = match ended(admin.edit(&id).update(&rename("Lady")).await)? {
        AdminOutcome::Invalid(invalid) => invalid,
        other => return Err(unexpected(&other)),
    };
    assert!(invalid.stored().is_empty(), "{invalid:?}");
    assert_eq!(invalid.caused()[0].path, TraitPath::parse("nickname"));
    Ok(())
}
