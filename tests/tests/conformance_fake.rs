//! The conformance scenarios on the in-process stand-in.

kratos_traits_tests::run_scenarios!(fake,);
