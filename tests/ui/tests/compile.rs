//! Runs the cases: `TRYBUILD=overwrite cargo test -p kratos-traits-ui-tests` writes what rustc says now.
//!
//! The two kinds have a `TestCases` each: trybuild compiles many cases at once only if none of them is to pass.

#[test]
fn fail() {
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}

#[test]
fn pass() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
