//! Updates that are put together at run time are held to the rules that the derive has for fields.

#[allow(missing_docs, unreachable_pub)]
mod subscriber {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../schemas/subscriber.rs"
    ));
}

use kratos_traits::{MessageId, Patch, RawTraits, SettingsUpdate};
use subscriber::SubscriberTraits;

const ADA: &str =
    r#"{"email":"ada@example.org","consent":true,"type":"press-office","languages":["en"]}"#;

#[derive(SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
struct Form {
    #[kratos(flatten)]
    chosen: Patch<SubscriberTraits>,
    languages: Vec<String>,
}

fn problems(update: &impl SettingsUpdate<Traits = SubscriberTraits>) -> Vec<String> {
    let current = RawTraits::parse(ADA).unwrap();
    let found = update.settings_update(&current).err().unwrap_or_default();
    assert!(found.iter().all(|one| one.message.id == MessageId::INVALID));
    found.iter().map(|one| one.path.to_string()).collect()
}

#[test]
fn what_two_fields_change_is_a_problem() {
    let mut form = Form {
        chosen: Patch::new(),
        languages: vec!["fr".to_owned()],
    };
    form.chosen.set(SubscriberTraits::DISCOUNT, 0.5);
    assert!(problems(&form).is_empty());
    form.chosen
        .set(SubscriberTraits::LANGUAGES, vec!["de".to_owned()]);
    assert_eq!(problems(&form), ["languages"]);
}

#[test]
fn of_two_changes_of_the_same_edits_the_later_one_counts() {
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::DISCOUNT, 0.5);
    patch.set(SubscriberTraits::DISCOUNT, 0.25);
    let current = RawTraits::parse(ADA).unwrap();
    let change = patch.settings_update(&current).unwrap();
    assert!(change.traits().as_str().contains("\"discount\":0.25"));
}

#[test]
fn digits_that_nobody_wrote_are_a_problem() {
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::DISCOUNT, 0.1_f32);
    assert_eq!(problems(&patch), ["discount"]);
}

#[test]
fn digits_that_nobody_wrote_are_a_problem_behind_another_name() {
    type Rate = f32;
    #[derive(SettingsUpdate)]
    #[kratos(traits = SubscriberTraits)]
    struct Aliased {
        discount: Rate,
    }
    #[derive(SettingsUpdate)]
    #[kratos(traits = SubscriberTraits)]
    struct Generic<T: Clone + Into<f64>> {
        discount: Option<Option<T>>,
    }
    assert_eq!(problems(&Aliased { discount: 0.1 }), ["discount"]);
    let generic = |discount| Generic {
        discount: Some(Some(discount)),
    };
    assert_eq!(problems(&generic(0.1_f32)), ["discount"]);
    let discount = Some(Some(0.1_f64));
    assert!(problems(&Generic { discount }).is_empty());
}

#[test]
fn no_problem_hides_another() {
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::DISCOUNT, 0.1_f32);
    patch.set(SubscriberTraits::CONSENT, false);
    let current = RawTraits::parse(ADA).unwrap();
    let found = patch.settings_update(&current).unwrap_err();
    let found = found.iter();
    let found: Vec<_> = found
        .map(|one| (one.path.to_string(), one.message.id))
        .collect();
    assert_eq!(
        found,
        [
            ("discount".to_owned(), MessageId::INVALID),
            ("consent".to_owned(), MessageId::CONST)
        ]
    );
}
