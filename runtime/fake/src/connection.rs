//! HTTP: from connections to whole requests, and back.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use http::Response;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use super::error::Refusal;
use super::request::Request;
use super::server::lock;
use super::state::State;
use super::{admin, route};

/// No submit of a test comes near this size.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// Which of the two APIs a port serves.
#[derive(Clone, Copy)]
pub(super) enum Api {
    Public,
    Admin,
}

/// Serves whoever connects.
pub(super) async fn accept(listener: TcpListener, state: Arc<Mutex<State>>, api: Api) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let state = Arc::clone(&state);
                let service =
                    service_fn(move |request| answer(Arc::clone(&state), api, peer, request));
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                // A client that hangs up is no concern of ours.
                tokio::spawn(async move { connection.await.ok() });
            }
            // Out of file handles: let those that are served finish first.
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

async fn answer(
    state: Arc<Mutex<State>>,
    api: Api,
    peer: SocketAddr,
    request: http::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let response = match read(body).await {
        Some(body) => {
            let request = Request {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body: body.into(),
                peer,
            };
            let state = &mut lock(&state);
            match api {
                Api::Public => route::answer(state, &request),
                Api::Admin => admin::answer(state, &request),
            }
        }
        None => Refusal::body_too_large().reply(),
    };
    Ok(response.map(|body| Full::new(Bytes::from(body))))
}

/// The whole body; `None` when it is too large, or does not arrive.
async fn read(body: Incoming) -> Option<Bytes> {
    // What says of itself that it is too large is not waited for.
    if body.size_hint().lower() > BODY_LIMIT as u64 {
        return None;
    }
    let body = Limited::new(body, BODY_LIMIT).collect().await.ok()?;
    Some(body.to_bytes())
}
