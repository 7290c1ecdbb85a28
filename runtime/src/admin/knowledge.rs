//! What a client learns of its server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the server takes the operation `test` in a JSON Patch: it does until it has said no.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knowledge {
    refuses_test: Arc<AtomicBool>,
}

impl Knowledge {
    pub(super) fn takes_test(&self) -> bool {
        !self.refuses_test.load(Ordering::Relaxed)
    }

    pub(super) fn refuses_test(&self) {
        self.refuses_test.store(true, Ordering::Relaxed);
    }
}
