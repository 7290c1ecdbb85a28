//! Generated structs are made from their required members, and enums from strings.
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsPlan, NewAccountTraits};
use kratos_traits_ui_tests::customer::{CustomerTraits, CustomerTraitsName, NewCustomerTraits};

fn main() {
    // Two required members of one type: each has its name, so they cannot be swapped.
    let required = NewAccountTraits {
        type_: "person".to_owned(),
        email: "ada@example.org".to_owned(),
    };
    let account = AccountTraits {
        plan: Some(AccountTraitsPlan::Team),
        ..required.into()
    };
    assert_eq!((&*account.email, &*account.type_), ("ada@example.org", "person"));
    assert!(account.display.is_none());
    let customer = CustomerTraits {
        name: Some(CustomerTraitsName::default()),
        ..NewCustomerTraits { email: "ada@example.org".to_owned() }.into()
    };
    assert_eq!(format!("{customer:?}"), "CustomerTraits { .. }");

    assert_eq!("team".parse(), Ok(AccountTraitsPlan::Team));
    assert_eq!(AccountTraitsPlan::Team.to_string(), "team");
    assert_eq!(format!("{:>6}", AccountTraitsPlan::Free), "  free");
    assert_eq!(AccountTraitsPlan::ALL, [AccountTraitsPlan::Free, AccountTraitsPlan::Team]);
    assert_eq!(AccountTraitsPlan::Team.as_str(), "team");
    let error = "gold-of-ada".parse::<AccountTraitsPlan>().unwrap_err();
    assert_eq!(error.to_string(), "unknown value; the schema allows: \"free\" \"team\"");
}
