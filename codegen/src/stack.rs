//! Room for schemas that are nested deep: what reads them calls itself.

use std::{panic, thread};

use crate::schema;

/// What any thread has room for.
const SHALLOW: usize = 48;

/// For the deepest schemas that are taken, in a debug build, and for a long way from `$ref` to `$ref`.
const STACK: usize = 256 << 20;

/// Does the work here, or in a thread with a larger stack where the text asks for it.
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
