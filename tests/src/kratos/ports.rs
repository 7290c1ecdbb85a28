//! Free ports on 127.0.0.1.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, PoisonError};

// A port is free again between finding it and Kratos's own bind, so no two servers of one process may be given the same.
static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Two free ports, different from each other and from all that this process was given before.
pub(super) fn two() -> io::Result<[u16; 2]> {
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut held = Vec::new();
    let mut fresh = Vec::new();
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        // Held until the end, or the next bind could be given the same port.
        held.push(listener);
        if given.insert(port) {
            fresh.push(port);
        }
        if let [public, admin] = fresh[..] {
            return Ok([public, admin]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice() {
        let all: BTreeSet<u16> = (0..1000).flat_map(|_| two().unwrap()).collect();
        assert_eq!(all.len(), 2000);
    }
}
