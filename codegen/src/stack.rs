//! Runs recursive parsing on a larger stack, for deeply nested schemas.

use std::{panic, thread};

use crate::schema;

/// The nesting for which the stack of any thread is large enough.
const SHALLOW: usize = 48;

/// Enough for the deepest schemas that are accepted, in a debug build, and for long chains of `$ref`s.
const STACK: usize = 256 << 20;

/// Does the work on this thread, or on one with a larger stack if the text is deeply nested or has a `$ref`.
pub(crate) fn with_room<T: Send>(text: &str, work: impl Fn() -> T + Sync) -> T {
    let refers = text.contains("$ref") || text.contains("\\u0024");
    if !refers && schema::deeper_than(SHALLOW, text).is_none() {
        return work();
    }
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, &work).ok()?;
        Some(
            thread
                .join()
                .unwrap_or_else(|one| panic::resume_unwind(one)),
        )
    });
    done.unwrap_or_else(work)
}
