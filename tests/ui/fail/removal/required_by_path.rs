//! A required trait cannot be removed, whatever the field is called.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::subscriber::{SubscriberTraits, SubscriberTraitsType};

#[derive(SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
struct ChangeKind {
    #[kratos(path = "type")]
    kind: Option<Option<SubscriberTraitsType>>,
}

fn main() {}
