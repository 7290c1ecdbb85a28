//! Runs the cases: `TRYBUILD=overwrite cargo test -p kratos-traits-ui-tests` writes what rustc says now.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*/*.rs");
    cases.pass("pass/*.rs");
}
