//! What the admin API of Kratos refuses, in its own words.

use http::StatusCode;

use super::Refusal;
use kratos_traits::Problem;

impl Refusal {
    /// A JSON Patch that cannot be applied.
    pub(crate) fn no_patch(why: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, why)
            .reason("An error occured when applying the JSON patch")
    }

    /// Traits that break the schema: places and sentences, no ids.
    pub(crate) fn broken_traits(problems: &[Problem]) -> Self {
        let lines: Vec<String> = problems.iter().map(line).collect();
        match &lines[..] {
            [one] => Self::broken_rules(one),
            _ => Self::broken_rules(&format!(
                "I[#/traits] S[#/properties/traits] validation failed\n  {}",
                lines.join("\n  ")
            )),
        }
    }

    pub(crate) fn broken_rules(reason: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "The request was malformed or contained invalid parameters",
        )
        .reason(reason)
    }

    pub(crate) fn identifier_taken() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "Unable to insert or update resource because a resource with that value exists already",
        )
    }
}

/// The keyword in the schema's place is left out: only Kratos's engine knows it.
fn line(problem: &Problem) -> String {
    let names = problem.path.segments().iter();
    let place: String = names
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
        .collect();
    let text = &problem.message.text;
    format!("I[#/traits{place}] S[#/properties/traits] {text}")
}
