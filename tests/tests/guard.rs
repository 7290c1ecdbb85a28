//! The guard against lost updates: base, ours and theirs.

use kratos_traits::exchange::Native;
use kratos_traits::flow::{Conflicted, Difference, Pending, Update};
use kratos_traits::{
    IdentityTraits, Outcome, Patch, PublicUrl, RawTraits, SessionToken, SettingsUpdate,
};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::recorded::{self, ADA, ends, goes_on};
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::schemas::subscriber::{SubscriberTraits, SubscriberTraitsDelivery};
use serde_json::{Value, json};

/// What every document has.
const EMAIL: &str = r#""email":"ada@example.org","type":"student","consent":true,"gifts":[]"#;

fn document(members: &str) -> String {
    match members {
        "" => format!("{{{EMAIL}}}"),
        members => format!("{{{EMAIL},{members}}}"),
    }
}

fn raw(members: &str) -> RawTraits {
    RawTraits::parse(&document(members)).expect("a traits document")
}

fn update<U: SettingsUpdate<Traits: IdentityTraits>>(update: &U) -> Update<U::Traits> {
    let server: PublicUrl = "http://127.0.0.1:4433".parse().expect("a URL");
    let session = SessionToken::new("ory_st_0123456789").expect("a token");
    Update::native(server, session, update.patch())
}

fn shown(person: &str, members: &str) -> http::Response<Vec<u8>> {
    recorded::flow("show_form", person, &document(members))
}

/// The form, filled from `base`, edited to `ours`, and sent back as a whole.
fn form(base: &str, ours: &str) -> Update<SubscriberTraits> {
    let ours: SubscriberTraits = serde_json::from_str(&document(ours)).expect("typed traits");
    update(&ours).based_on(&raw(base))
}

fn described(conflicted: &[Conflicted]) -> String {
    let text = |value: &Option<Box<serde_json::value::RawValue>>| {
        value
            .as_ref()
            .map_or("-".to_owned(), |one| one.get().to_owned())
    };
    let each = conflicted.iter().map(|one| {
        let (base, ours, theirs) = (text(&one.base), text(&one.ours), text(&one.theirs));
        format!("{} {base} {ours} {theirs}", one.path)
    });
    each.collect::<Vec<_>>().join("; ")
}

#[test]
fn what_different_people_change_is_merged() -> Result<(), Failure> {
    for (base, ours, theirs, merged) in [
        // Other traits.
        (
            r#""copies":1"#,
            r#""copies":2"#,
            r#""copies":1,"given-name":"B""#,
            r#""copies":2,"given-name":"B""#,
        ),
        (
            r#""copies":1"#,
            r#""copies":1,"given-name":"A""#,
            r#""copies":9"#,
            r#""copies":9,"given-name":"A""#,
        ),
        (
            r#""copies":1,"discount":0.5"#,
            r#""copies":1"#,
            r#""copies":9,"discount":0.5"#,
            r#""copies":9"#,
        ),
        (
            r#""copies":1,"discount":0.5"#,
            r#""copies":3,"discount":0.5"#,
            r#""copies":1"#,
            r#""copies":3"#,
        ),
        // Other members of an object that is set as a whole.
        (
            r#""delivery":{"company":"A","address":{"street":"1","city":"X"}}"#,
            r#""delivery":{"company":"A","address":{"street":"2","city":"X"}}"#,
            r#""delivery":{"company":"B","address":{"street":"1","city":"Y","position":{"latitude":1}}}"#,
            r#""delivery":{"company":"B","address":{"street":"2","city":"Y","position":{"latitude":1}}}"#,
        ),
        (
            r#""accounts":{"a":"1"}"#,
            r#""accounts":{"a":"1","b":"2"}"#,
            r#""accounts":{"a":"1","c":"3"}"#,
            r#""accounts":{"a":"1","b":"2","c":"3"}"#,
        ),
        (
            r#""accounts":{"a":"1","b":"2"}"#,
            r#""accounts":{"b":"2"}"#,
            r#""accounts":{"a":"1","b":"3"}"#,
            r#""accounts":{"b":"3"}"#,
        ),
        // Both made the object.
        (
            "",
            r#""delivery":{"company":"A"}"#,
            r#""delivery":{"address":{"city":"Y"}}"#,
            r#""delivery":{"company":"A","address":{"city":"Y"}}"#,
        ),
        // Both said the same.
        (
            r#""copies":1"#,
            r#""copies":2,"given-name":"A""#,
            r#""copies":2"#,
            r#""copies":2,"given-name":"A""#,
        ),
        // The same numbers and names, written anew.
        (
            r#""discount":0.10,"copies":1"#,
            r#""discount":0.2,"copies":1"#,
            r#""copies":1,"discount":1e-1"#,
            r#""discount":0.2,"copies":1"#,
        ),
        // What Kratos filled in when somebody else saved is no change.
        (
            "",
            r#""delivery":{"company":"A"}"#,
            r#""delivery":{"address":{"position":{}}},"preferences":{}"#,
            r#""delivery":{"company":"A"},"preferences":{}"#,
        ),
        (
            r#""delivery":{"company":"A"}"#,
            "",
            r#""delivery":{"company":"A","address":{"position":{}}}"#,
            "",
        ),
    ] {
        let submit = goes_on(form(base, ours), &shown(ADA, theirs))?;
        let expected: Value = serde_json::from_str(&document(merged)).expect("JSON");
        assert_eq!(recorded::sent(&submit)?, expected, "{base} {ours} {theirs}");
    }
    Ok(())
}

#[test]
fn what_both_change_is_a_conflict() -> Result<(), Failure> {
    for (base, ours, theirs, conflicts) in [
        (
            r#""copies":1"#,
            r#""copies":2"#,
            r#""copies":3"#,
            "copies 1 2 3",
        ),
        (r#""copies":1"#, "", r#""copies":3"#, "copies 1 - 3"),
        (r#""copies":1"#, r#""copies":2"#, "", "copies 1 2 -"),
        ("", r#""copies":2"#, r#""copies":3"#, "copies - 2 3"),
        (
            r#""discount":0.10"#,
            r#""discount":0.2"#,
            r#""discount":0.10000000000000000001"#,
            "discount 0.10 0.2 0.10000000000000000001",
        ),
        (
            r#""languages":["de"]"#,
            r#""languages":["de","en"]"#,
            r#""languages":["fr","de"]"#,
            r#"languages ["de"] ["de","en"] ["fr","de"]"#,
        ),
        // An empty list of strings is nothing that Kratos fills in: somebody emptied it.
        (
            "",
            r#""languages":["de"]"#,
            r#""languages":[]"#,
            r#"languages - ["de"] []"#,
        ),
        (
            r#""delivery":{"company":"A","address":{"city":"X"}}"#,
            r#""delivery":{"company":"B","address":{"city":"Y"}}"#,
            r#""delivery":{"company":"C","address":{"city":"X"}}"#,
            r#"delivery.company "A" "B" "C""#,
        ),
        (
            r#""delivery":{"company":"A"}"#,
            "",
            r#""delivery":{"company":"B"}"#,
            r#"delivery {"company":"A"} - {"company":"B"}"#,
        ),
        (
            r#""preferences":{"a":1}"#,
            r#""preferences":{"a":{"b":1}}"#,
            r#""preferences":{"a":2}"#,
            r#"preferences.a 1 {"b":1} 2"#,
        ),
        (
            r#""preferences":{"a":[1]}"#,
            r#""preferences":{"a":{"b":1}}"#,
            r#""preferences":{"a":{"c":1}}"#,
            r#"preferences.a [1] {"b":1} {"c":1}"#,
        ),
    ] {
        let outcome = ends(form(base, ours), &shown(ADA, theirs))?;
        let Outcome::Conflict(conflict) = outcome else {
            return Err(Failure::new(format_args!(
                "{base} {ours} {theirs}: {outcome:?}"
            )));
        };
        assert_eq!(described(&conflict.traits), conflicts);
        let debug = format!("{conflict:?}");
        let path = conflict.traits[0].path.to_string();
        assert_eq!(
            debug.replace(&path, ""),
            "Conflict { traits: [Conflicted { path: \"\", .. }], .. }"
        );
    }
    Ok(())
}

/// The place of an item says nothing once the array is another.
#[test]
fn an_item_of_an_array_stands_for_the_array() -> Result<(), Failure> {
    use kratos_traits_tests::schemas::subscriber::SubscriberTraitsGiftsItem as Gift;

    #[derive(SettingsUpdate)]
    #[kratos(traits = SubscriberTraits)]
    struct SecondGift {
        #[kratos(path = "gifts.1")]
        gift: Gift,
    }
    let second = SecondGift {
        gift: Gift {
            recipient: "Zoe".to_owned(),
            until: None,
        },
    };
    let traits =
        |gifts: &str| document("").replace(r#""gifts":[]"#, &format!(r#""gifts":[{gifts}]"#));
    let (a, b, c) = (
        r#"{"recipient":"A"}"#,
        r#"{"recipient":"B"}"#,
        r#"{"recipient":"C"}"#,
    );
    let base = RawTraits::parse(&traits(&format!("{a},{b}"))).expect("traits");
    let meets = |gifts: String| {
        let answer = recorded::flow("show_form", ADA, &traits(&gifts));
        (update(&second).based_on(&base), answer)
    };

    let (update, answer) = meets(format!("{a},{b}"));
    let submit = goes_on(update, &answer)?;
    let gifts = &recorded::sent(&submit)?["gifts"];
    assert_eq!(
        gifts,
        &json!([{ "recipient": "A" }, { "recipient": "Zoe" }])
    );

    // The second gift still is B, and is no more the one that was second of two.
    let (update, answer) = meets(format!("{c},{b},{a}"));
    let outcome = ends(update, &answer)?;
    let Outcome::Conflict(conflict) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert_eq!(conflict.traits[0].path.to_string(), "gifts");
    Ok(())
}

/// Overwriting takes back only what the person changed, and a third change is seen.
#[test]
fn both_ways_out_of_a_conflict() -> Result<(), Failure> {
    let (base, ours) = (
        r#""copies":1,"given-name":"A","discount":0.5"#,
        r#""copies":2,"given-name":"B","discount":0.5"#,
    );
    let theirs = r#""copies":3,"given-name":"A","discount":0.7"#;
    let conflict = || match ends(form(base, ours), &shown(ADA, theirs)) {
        Ok(Outcome::Conflict(conflict)) => Ok(conflict),
        other => Err(Failure::new(format_args!("{other:?}"))),
    };
    for (pending, merged) in [
        (
            conflict()?.overwrite(),
            r#""copies":2,"given-name":"B","discount":0.7"#,
        ),
        (
            conflict()?.keep_theirs(),
            r#""copies":3,"given-name":"B","discount":0.7"#,
        ),
    ] {
        assert_eq!(pending.person(), Some(ADA));
        let submit = goes_on(resume(pending), &shown(ADA, theirs))?;
        let expected: Value = serde_json::from_str(&document(merged)).expect("JSON");
        assert_eq!(recorded::sent(&submit)?, expected);
    }
    let third = theirs.replace("3", "4");
    let outcome = ends(resume(conflict()?.overwrite()), &shown(ADA, &third))?;
    assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
    Ok(())
}

fn resume<T: IdentityTraits>(pending: Pending<T>) -> Update<T> {
    let server: PublicUrl = "http://127.0.0.1:4433".parse().expect("a URL");
    let session = SessionToken::new("ory_st_0123456789").expect("a token");
    Update::resumed(server, Native::new(session), pending)
}

/// An identifier that somebody else changed is not changed back by a form that left it alone.
#[test]
fn a_form_that_leaves_the_email_alone_needs_no_login_for_it() -> Result<(), Failure> {
    let theirs = document(r#""copies":1"#).replace("ada@", "countess@");
    let answer = recorded::flow("show_form", ADA, &theirs);
    let submit = goes_on(form(r#""copies":1"#, r#""copies":2"#), &answer)?;
    assert_eq!(recorded::sent(&submit)?["email"], "countess@example.org");
    Ok(())
}

#[test]
fn without_a_base_the_update_wins() -> Result<(), Failure> {
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::COPIES, 2_i64);
    let submit = goes_on(update(&patch), &shown(ADA, r#""copies":3"#))?;
    assert_eq!(recorded::sent(&submit)?["copies"], 2);
    Ok(())
}

/// A renewed flow shows newer traits: they are compared again.
#[test]
fn the_guard_stands_before_a_renewed_flow_too() -> Result<(), Failure> {
    let submit = goes_on(
        form(r#""copies":1"#, r#""copies":2"#),
        &shown(ADA, r#""copies":1"#),
    )?;
    let expired = recorded::error(
        410,
        "self_service_flow_expired",
        &json!({ "use_flow_id": "0d1e" }),
    );
    let renewal = goes_on(submit, &expired)?;
    let outcome = ends(renewal, &shown(ADA, r#""copies":7"#))?;
    assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
    Ok(())
}

#[test]
fn what_is_stored_is_compared_with_what_was_sent() -> Result<(), Failure> {
    use Difference::{Normalised, Replaced};
    let cases = [
        (r#""copies":2"#, "", true),
        (r#""copies":2.0,"type":"student""#, "", true),
        (
            r#""copies":2,"delivery":{"address":{"position":{}}},"preferences":{}"#,
            "delivery FilledIn, preferences FilledIn",
            true,
        ),
        (r#""copies":3"#, "copies Replaced", false),
        (
            r#""copies":2,"preferences":{"hook":1}"#,
            "preferences Replaced",
            false,
        ),
        ("", "copies Replaced", false),
    ];
    for (stored, differing, as_sent) in cases {
        let submit = goes_on(
            form(r#""copies":1"#, r#""copies":2"#),
            &shown(ADA, r#""copies":1"#),
        )?;
        let answer = recorded::flow("success", ADA, &document(stored));
        let Outcome::Saved(saved) = ends(submit, &answer)? else {
            return Err(Failure::new("not saved"));
        };
        let found = saved.differing.iter();
        let found: Vec<String> = found
            .map(|one| format!("{} {:?}", one.path, one.difference))
            .collect();
        assert_eq!(found.join(", "), differing, "{stored}");
        assert_eq!(saved.is_as_sent(), as_sent, "{stored}");
    }

    let member = |phone: &str| {
        format!(r#"{{"username":"ada","email":"ada@example.org","phone":"{phone}"}}"#)
    };
    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch.set(MemberTraits::PHONE, "+49 30 1234567");
    for (stored, expected) in [
        ("+49 30 1234567", None),
        ("+49301234567", Some(Normalised)),
        ("+49 30 1234568", Some(Replaced)),
    ] {
        let before = recorded::flow("show_form", ADA, &member("+4930999999"));
        let submit = goes_on(update(&patch), &before)?;
        let after = recorded::flow("success", ADA, &member(stored));
        let Outcome::Saved(saved) = ends(submit, &after)? else {
            return Err(Failure::new("not saved"));
        };
        let found = saved.differing.first().map(|one| one.difference);
        assert_eq!(found, expected, "{stored}");
    }
    Ok(())
}

/// What is there already, and what the form did not change, is nothing to send.
#[test]
fn a_form_without_a_change_is_not_submitted() -> Result<(), Failure> {
    let outcome = ends(
        form(r#""copies":1"#, r#""copies":1"#),
        &shown(ADA, r#""copies":3"#),
    )?;
    let Outcome::Saved(saved) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert!(
        saved
            .identity
            .traits
            .raw()
            .as_str()
            .contains(r#""copies":3"#)
    );
    Ok(())
}

#[test]
fn an_object_that_is_set_as_a_whole_is_merged() -> Result<(), Failure> {
    // Typed by the application: the object as a whole, of which somebody else changed another member.
    let mut patch = Patch::<SubscriberTraits>::new();
    let delivery = SubscriberTraitsDelivery {
        company: Some("B".to_owned()),
        address: None,
        additional_properties: Default::default(),
    };
    patch.set(SubscriberTraits::DELIVERY, delivery);
    let base = raw(r#""delivery":{"company":"A"}"#);
    let theirs = r#""delivery":{"company":"A","address":{"city":"Y"}}"#;
    let submit = goes_on(update(&patch).based_on(&base), &shown(ADA, theirs))?;
    let delivery = &recorded::sent(&submit)?["delivery"];
    assert_eq!(
        delivery,
        &json!({ "company": "B", "address": { "city": "Y" } })
    );
    Ok(())
}
