//! Members that are stored though the schema of the types does not allow them: a newer schema of the server does, or none
//! did when they were stored. An update that leaves them where they are is not refused for them; Kratos judges them.

use crate::check::is_unexpected_members;
use crate::problem::Problem;
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;

/// Drops the problems of members that no schema names and that stood in the document before.
pub(super) fn leave_to_kratos(problems: &mut Vec<Problem>, before: &RawTraits, after: &RawTraits) {
    if !problems.iter().any(is_unexpected_members) {
        return;
    }
    let (before, after) = (Tree::read(before.raw()), Tree::read(after.raw()));
    problems.retain(|problem| {
        let object = problem.path.segments();
        let (Some(before), Some(after)) = (before.at(object), after.at(object)) else {
            return true;
        };
        let members = after.members().into_iter().flatten();
        let text = &problem.message.text;
        let mut unexpected = members.filter(|(name, _)| text.contains(&format!("{name:?}")));
        !is_unexpected_members(problem) || unexpected.any(|(name, _)| before.get(name).is_none())
    });
}
