//! The conformance scenarios on the in-process fake.

kratos_traits_tests::run_scenarios!(fake,);
