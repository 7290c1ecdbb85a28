//! A required trait that is named by its path cannot be removed.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::subscriber::{SubscriberTraits, SubscriberTraitsType};

#[derive(SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
struct ChangeKind {
    #[kratos(path = "type")]
    kind: Option<Option<SubscriberTraitsType>>,
}

fn main() {}
