//! Members that the generated types do not name: they do not disturb the reading, and an update keeps them.

#[path = "../../schemas/customer.rs"]
#[allow(unreachable_pub, dead_code)]
mod customer;
#[path = "../../schemas/subscriber.rs"]
#[allow(unreachable_pub, dead_code)]
mod subscriber;

use customer::{CustomerTraits, CustomerTraitsName};
use kratos_traits::{Document, IdentityTraits, Patch, Problem, RawTraits, SettingsUpdate};
use subscriber::{
    NewSubscriberTraitsGiftsItem, SubscriberTraits, SubscriberTraitsDelivery,
    SubscriberTraitsGiftsItem,
};

fn raw(text: &str) -> RawTraits {
    RawTraits::parse(text).unwrap()
}

fn typed<T: IdentityTraits>(text: &str) -> T {
    Document::<T>::new(raw(text)).typed().unwrap().clone()
}

fn after<T: IdentityTraits>(update: &impl SettingsUpdate<Traits = T>, text: &str) -> String {
    let change = update.settings_update(&raw(text));
    change.unwrap().traits().as_str().to_owned()
}

/// Paths as they are and as they are shown.
fn lost(problems: &[Problem]) -> Vec<(String, String)> {
    let lost = problems.iter().map(|one| {
        assert!(one.is_of_unnamed_member(), "{one}");
        (one.path.segments().join("/"), one.to_string())
    });
    lost.collect()
}

/// Why a document is not typed: paths as they are, and the problem as it is shown.
fn unreadable<T: IdentityTraits>(text: &str) -> Vec<(String, String)> {
    let document = Document::<T>::new(raw(text));
    let problems = document.typed().unwrap_err().problems().iter();
    let shown = |one: &Problem| (one.path.segments().join("/"), one.to_string());
    problems.map(shown).collect()
}

/// Closed objects, into which a newer schema of the server has put more.
const CUSTOMER: &str = r#"{"fax":{"n":1.10},"email":"ada@example.org","name":{"title":"Dr","first":"Ada","last":"King"},"nickname":"Ada","points":1e2}"#;

/// Closed objects in an array and in open objects.
const SUBSCRIBER: &str = r#"{"email":"ada@example.org","type":"student","consent":true,"x":1.0,"y":[{"z":1}],"gifts":[{"recipient":"Eve"},{"recipient":"Bob","note":"Hi"}],"delivery":{"company":"C","door":7,"address":{"city":"Ulm","zip":"89073"}},"accounts":{"a":"1","b":"2"}}"#;

#[test]
fn unnamed_members_do_not_disturb_the_reading() {
    let customer: CustomerTraits = typed(CUSTOMER);
    assert_eq!(customer.name.unwrap().first.unwrap(), "Ada");
    let subscriber: SubscriberTraits = typed(SUBSCRIBER);
    assert_eq!(subscriber.gifts.unwrap()[1].recipient, "Bob");
    assert_eq!(subscriber.additional_properties.len(), 2);
}

#[test]
fn a_whole_form_without_a_change_is_no_change() {
    let customer: CustomerTraits = typed(CUSTOMER);
    assert_eq!(after(&customer, CUSTOMER), CUSTOMER);
    let subscriber: SubscriberTraits = typed(SUBSCRIBER);
    assert_eq!(after(&subscriber, SUBSCRIBER), SUBSCRIBER);
}

#[test]
fn a_whole_form_changes_what_its_type_names() {
    let mut customer: CustomerTraits = typed(CUSTOMER);
    customer.nickname = None;
    customer.name.as_mut().unwrap().first = Some("Grace".to_owned());
    customer.name.as_mut().unwrap().last = None;
    let expected = CUSTOMER
        .replace(r#""first":"Ada","last":"King""#, r#""first":"Grace""#)
        .replace(r#","nickname":"Ada""#, "");
    assert_eq!(after(&customer, CUSTOMER), expected);
}

#[test]
fn what_a_type_has_collected_is_removed_when_it_is_left_out() {
    let mut subscriber: SubscriberTraits = typed(SUBSCRIBER);
    subscriber.additional_properties.remove("y");
    let delivery = subscriber.delivery.as_mut().unwrap();
    delivery.additional_properties.remove("door");
    delivery.address.as_mut().unwrap().city = Some("Bonn".to_owned());
    subscriber.accounts.as_mut().unwrap().remove("a");
    let expected = SUBSCRIBER
        .replace(r#","y":[{"z":1}]"#, "")
        .replace(r#""door":7,"#, "")
        .replace("Ulm", "Bonn")
        .replace(r#""a":"1","#, "");
    assert_eq!(after(&subscriber, SUBSCRIBER), expected);
}

#[test]
fn the_debug_of_a_whole_form_shows_no_name_that_the_type_has_collected() {
    let text = r#"{"email":"a@b.example","type":"private","consent":true,"shoe size":"42"}"#;
    let patch = typed::<SubscriberTraits>(text).patch();
    assert!(patch.paths().any(|path| path.segments() == ["shoe size"]));
    let shown = format!("{patch:?}");
    assert!(
        shown.contains("email") && !shown.contains("shoe"),
        "{shown}"
    );
}

#[test]
fn a_set_object_keeps_the_others() {
    let mut patch = Patch::<CustomerTraits>::new();
    let name = CustomerTraitsName {
        last: Some("Hopper".to_owned()),
        ..CustomerTraitsName::default()
    };
    patch.set(CustomerTraits::NAME, name.clone());
    let kept = CUSTOMER.replace(r#""first":"Ada","last":"King""#, r#""last":"Hopper""#);
    assert_eq!(after(&patch, CUSTOMER), kept);

    let mut patch = Patch::<CustomerTraits>::new();
    patch.replace(CustomerTraits::NAME, name);
    assert_eq!(
        after(&patch, CUSTOMER),
        kept.replace(r#""title":"Dr","#, "")
    );

    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(
        SubscriberTraits::DELIVERY,
        SubscriberTraitsDelivery::default(),
    );
    assert!(after(&patch, SUBSCRIBER).contains(r#""delivery":{},"#));
}

#[test]
fn an_array_with_unnamed_members_is_replaced_on_request_only() {
    let gift: SubscriberTraitsGiftsItem = NewSubscriberTraitsGiftsItem {
        recipient: "Dan".to_owned(),
    }
    .into();
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::GIFTS, vec![gift.clone()]);
    let note = (
        "gifts/1/note".to_owned(),
        "gifts.1.*: 4000001 (not valid; the text says why)".to_owned(),
    );
    let problems = patch.settings_update(&raw(SUBSCRIBER)).unwrap_err();
    assert_eq!(lost(&problems), std::slice::from_ref(&note));
    assert!(!problems[0].message.text.contains("note\""));

    let mut whole: SubscriberTraits = typed(SUBSCRIBER);
    whole.gifts.as_mut().unwrap().push(gift.clone());
    let problems = whole.settings_update(&raw(SUBSCRIBER)).unwrap_err();
    assert_eq!(lost(&problems), [note]);

    let replaced = after(&whole.patch().replacing(), SUBSCRIBER);
    let expected = r#""gifts":[{"recipient":"Eve"},{"recipient":"Bob"},{"recipient":"Dan"}]"#;
    assert!(replaced.contains(expected), "{replaced}");
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.replace(SubscriberTraits::GIFTS, vec![gift]);
    assert!(after(&patch, SUBSCRIBER).contains(r#""gifts":[{"recipient":"Dan"}]"#));

    // One item is an object like any other.
    let mut patch = Patch::<SubscriberTraits>::new();
    let gift = whole.gifts.unwrap().remove(0);
    patch.set_item(SubscriberTraits::GIFTS, 1, gift);
    assert!(after(&patch, SUBSCRIBER).contains(r#"{"recipient":"Eve","note":"Hi"}"#));
}

#[test]
fn the_last_of_duplicate_members_is_read_and_written() {
    let text = r#"{"email":"a@example.org","nickname":7,"name":{"x":1},"email":"b@example.org","nickname":"\ud800b","name":{"first":"B","y":2}}"#;
    let mut customer: CustomerTraits = typed(text);
    assert_eq!(customer.email, "b@example.org");
    assert_eq!(customer.nickname.as_deref(), Some("\u{fffd}b"));
    assert_eq!(after(&customer, text), text);
    customer.name = Some(CustomerTraitsName {
        first: Some("C".to_owned()),
        last: None,
    });
    let last = r#""nickname":"\ud800b","name":{"first":"C","y":2}}"#;
    assert!(after(&customer, text).ends_with(last));
}

#[test]
fn a_document_that_is_not_typed_says_why() {
    let text = |rest: &str| {
        format!(r#"{{"email":"a@example.org","type":"student","consent":true,{rest}}}"#)
    };
    for (rest, path) in [
        (r#""copies":123456789012345678901234567890"#, "copies"),
        (r#""copies":1.0"#, "copies"),
        (r#""discount":1e999"#, "discount"),
        (
            r#""delivery":{"address":{"city":[]}}"#,
            "delivery/address/city",
        ),
        (
            r#""gifts":[{"recipient":"r"},{"until":"u"}]"#,
            "gifts/1/recipient",
        ),
        (r#""type":"secret""#, "type"),
        (r#""accounts":{"secret":5}"#, "accounts/secret"),
        (r#""secret":1e999"#, "secret"),
    ] {
        let found = unreadable::<SubscriberTraits>(&text(rest));
        assert!(found.iter().any(|(one, _)| one == path), "{rest} {found:?}");
        if !path.contains("secret") {
            assert!(!format!("{found:?}").contains("secret"));
        }
    }
    let found = unreadable::<SubscriberTraits>(&text(r#""secret":1e999"#));
    assert_eq!(found[0].1, "*: 4000001 (not valid; the text says why)");
}

#[test]
fn an_outdated_document_loses_nothing_either() {
    // Without the e-mail address, which today's schema requires.
    let text = CUSTOMER.replace(r#""email":"ada@example.org","#, "");
    let mut patch = Patch::<CustomerTraits, _>::privileged();
    let name = CustomerTraitsName {
        first: Some("Grace".to_owned()),
        last: None,
    };
    patch
        .set(CustomerTraits::EMAIL, "ada@example.org")
        .set(CustomerTraits::NAME, name);
    let expected = text.replace(r#""first":"Ada","last":"King""#, r#""first":"Grace""#);
    let expected = expected.replace(
        r#""points":1e2}"#,
        r#""points":1e2,"email":"ada@example.org"}"#,
    );
    assert_eq!(after(&patch, &text), expected);
}
