//! In a function body, in a macro of the application, and in a generic function.
use kratos_traits::{Patch, SettingsUpdate};
use kratos_traits_ui_tests::customer::CustomerTraits;

macro_rules! updater {
    ($name:ident, $field:ident: $type:ty) => {
        #[derive(SettingsUpdate)]
        #[kratos(traits = CustomerTraits)]
        struct $name {
            $field: Option<$type>,
        }
    };
}
updater!(Rename, nickname: String);

fn patch<S: Clone + Into<String>>(value: S) -> Patch<CustomerTraits> {
    #[derive(SettingsUpdate)]
    #[kratos(traits = CustomerTraits)]
    struct Local<S>
    where
        S: Clone + Into<String>,
    {
        nickname: S,
    }
    Local { nickname: value }.patch()
}

fn main() {
    let field = 1;
    let patched = patch("Ada");
    assert_eq!(patched.paths().count(), field);
    assert!(Rename { nickname: None }.patch().is_empty());
}
