//! The guard against lost updates: base, ours and theirs.

use http::Response;
use kratos_traits::settings::{DifferenceKind, TraitConflict};
use kratos_traits::{IdentityTraits, Outcome, Patch, RawTraits, SettingsUpdate};
use kratos_traits_tests::recorded::{self, ADA, error};
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::schemas::subscriber::{SubscriberTraits, SubscriberTraitsDelivery};
use kratos_traits_tests::scripted::{self, Scripted, submitted_traits};
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

/// A flow that shows these traits before the submit.
fn shown(members: &str) -> Response<Vec<u8>> {
    recorded::flow("show_form", ADA, &document(members))
}

/// A flow that shows these traits after the submit.
fn stored(members: &str) -> Response<Vec<u8>> {
    recorded::flow("success", ADA, &document(members))
}

/// The typed traits of a whole form.
fn form(members: &str) -> SubscriberTraits {
    serde_json::from_str(&document(members)).unwrap()
}

/// How a whole form ends that was filled from `base`, edited to `ours`, and gets exactly these answers.
fn ended(base: &str, ours: &str, answers: Vec<Response<Vec<u8>>>) -> Outcome<SubscriberTraits> {
    scripted::update_based_on(&raw(base), &form(ours), answers).unwrap()
}

/// The traits that an update submits, based on `base` or on nothing, when Kratos shows `theirs`.
fn sent<U: SettingsUpdate<Traits: IdentityTraits>>(
    base: Option<&RawTraits>,
    update: &U,
    theirs: Response<Vec<u8>>,
) -> Value {
    let script = Scripted::new([theirs]);
    let mut settings = script.settings();
    if let Some(base) = base {
        settings = settings.based_on(base);
    }
    submitted_traits(&script.requests_of(settings.update(update)))
}

/// The traits that a whole form submits.
fn form_sent(base: &str, ours: &str, theirs: &str) -> Value {
    sent(Some(&raw(base)), &form(ours), shown(theirs))
}

fn described(conflicted: &[TraitConflict]) -> String {
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
fn changes_of_different_traits_are_merged() {
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
        let expected: Value = serde_json::from_str(&document(merged)).unwrap();
        let sent = form_sent(base, ours, theirs);
        assert_eq!(sent, expected, "{base} {ours} {theirs}");
    }
}

#[test]
fn changes_of_the_same_trait_conflict() {
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
            r#"preferences.* 1 {"b":1} 2"#,
        ),
        (
            r#""preferences":{"a":[1]}"#,
            r#""preferences":{"a":{"b":1}}"#,
            r#""preferences":{"a":{"c":1}}"#,
            r#"preferences.* [1] {"b":1} {"c":1}"#,
        ),
    ] {
        let outcome = ended(base, ours, vec![shown(theirs)]);
        let Outcome::Conflict(conflict) = outcome else {
            panic!("{base} {ours} {theirs}: {outcome:?}");
        };
        assert_eq!(described(&conflict.traits), conflicts);
        let debug = format!("{conflict:?}");
        let path = conflict.traits[0].path.to_string();
        assert_eq!(
            debug.replace(&path, ""),
            "Conflict { traits: [TraitConflict { path: \"\", .. }], .. }"
        );
    }
}

/// The position of an item has no meaning after another client has changed the array.
#[test]
fn an_item_conflicts_when_its_array_changed() {
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
    let shown = |gifts: String| recorded::flow("show_form", ADA, &traits(&gifts));
    let sent = sent(Some(&base), &second, shown(format!("{a},{b}")));
    assert_eq!(
        sent["gifts"],
        json!([{ "recipient": "A" }, { "recipient": "Zoe" }])
    );

    // The second gift still is B, but it is not the second of two any more.
    let answers = vec![shown(format!("{c},{b},{a}"))];
    let outcome = scripted::update_based_on(&base, &second, answers).unwrap();
    let Outcome::Conflict(conflict) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(conflict.traits[0].path.to_string(), "gifts");
}

/// Overwriting takes back only what the person changed, and a third change is seen.
#[test]
fn both_ways_out_of_a_conflict() {
    let (base, ours) = (
        r#""copies":1,"given-name":"A","discount":0.5"#,
        r#""copies":2,"given-name":"B","discount":0.5"#,
    );
    let theirs = r#""copies":3,"given-name":"A","discount":0.7"#;
    let conflict = || match ended(base, ours, vec![shown(theirs)]) {
        Outcome::Conflict(conflict) => conflict,
        other => panic!("{other:?}"),
    };
    for (pending, merged) in [
        (
            conflict().overwrite(),
            r#""copies":2,"given-name":"B","discount":0.7"#,
        ),
        (
            conflict().keep_theirs(),
            r#""copies":3,"given-name":"B","discount":0.7"#,
        ),
    ] {
        assert_eq!(pending.person(), Some(ADA));
        let script = Scripted::new([shown(theirs)]);
        let requests = script.requests_of(script.settings().resume(pending));
        let expected: Value = serde_json::from_str(&document(merged)).unwrap();
        assert_eq!(submitted_traits(&requests), expected);
    }
    let third = theirs.replace("3", "4");
    let outcome = scripted::resume(conflict().overwrite(), vec![shown(&third)]);
    assert!(matches!(outcome, Ok(Outcome::Conflict(_))), "{outcome:?}");
}

/// An identifier that somebody else changed is not changed back by a form that left it alone.
#[test]
fn a_form_that_leaves_the_email_alone_needs_no_login_for_it() {
    let theirs = document(r#""copies":1"#).replace("ada@", "countess@");
    let answer = recorded::flow("show_form", ADA, &theirs);
    let base = raw(r#""copies":1"#);
    let sent = sent(Some(&base), &form(r#""copies":2"#), answer);
    assert_eq!(sent["email"], "countess@example.org");
}

#[test]
fn without_a_base_the_update_wins() {
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::COPIES, 2_i64);
    let sent = sent(None, &patch, shown(r#""copies":3"#));
    assert_eq!(sent["copies"], 2);
}

/// A renewed flow shows newer traits: they are compared again.
#[test]
fn the_traits_of_a_renewed_flow_are_compared_too() {
    let more = json!({ "use_flow_id": "0d1e" });
    let answers = vec![
        shown(r#""copies":1"#),
        error(410, Some("self_service_flow_expired"), more),
        shown(r#""copies":7"#),
    ];
    let outcome = ended(r#""copies":1"#, r#""copies":2"#, answers);
    assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
}

#[test]
fn stored_traits_are_compared_with_the_sent_ones() {
    use DifferenceKind::{Normalised, Replaced};
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
    for (after, differing, as_sent) in cases {
        let answers = vec![shown(r#""copies":1"#), stored(after)];
        let outcome = ended(r#""copies":1"#, r#""copies":2"#, answers);
        let Outcome::Saved(saved) = outcome else {
            panic!("{outcome:?}");
        };
        let found = saved.differences.iter();
        let found: Vec<String> = found
            .map(|one| format!("{} {:?}", one.path, one.kind))
            .collect();
        assert_eq!(found.join(", "), differing, "{after}");
        assert_eq!(saved.is_as_sent(), as_sent, "{after}");
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
        let after = recorded::flow("success", ADA, &member(stored));
        let outcome = scripted::update(&patch, vec![before, after]);
        let Ok(Outcome::Saved(saved)) = outcome else {
            panic!("{outcome:?}");
        };
        let found = saved.differences.first().map(|one| one.kind);
        assert_eq!(found, expected, "{stored}");
    }
}

/// What is there already, and what the form did not change, is nothing to send.
#[test]
fn a_form_without_a_change_is_not_submitted() {
    let answers = vec![shown(r#""copies":3"#)];
    let outcome = ended(r#""copies":1"#, r#""copies":1"#, answers);
    let Outcome::Saved(saved) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(
        saved
            .identity
            .traits
            .raw()
            .as_str()
            .contains(r#""copies":3"#)
    );
}

#[test]
fn an_object_that_is_set_as_a_whole_is_merged() {
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
    let sent = sent(Some(&base), &patch, shown(theirs));
    assert_eq!(
        sent["delivery"],
        json!({ "company": "B", "address": { "city": "Y" } })
    );
}
