//! One site: the page, Kratos under `/kratos`, and servers that are up to no good.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::{CONTENT_LENGTH, COOKIE, HOST, LOCATION, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::body::Body;
use super::wasm::Page;

/// Longer than any machine needs for a page; a page that is stuck must not hang the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// A request that somebody in the browser made.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    line: String,
    pub(crate) path: String,
    pub(crate) cookie: bool,
    pub(crate) token: bool,
}

impl Asked {
    /// Method and path, without the query.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }
}

/// The site.
pub(crate) struct Site {
    listener: Option<TcpListener>,
    url: String,
    page: Page,
    asked: Arc<Mutex<Vec<Asked>>>,
    reports: (mpsc::UnboundedSender<Value>, mpsc::UnboundedReceiver<Value>),
}

/// What a request needs to be answered.
struct Serving {
    page: Page,
    html: String,
    kratos: String,
    http: reqwest::Client,
    asked: Arc<Mutex<Vec<Asked>>>,
    reports: mpsc::UnboundedSender<Value>,
}

impl Site {
    /// A site that is not served yet: Kratos must know its address first.
    pub(crate) async fn bind(page: Page) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            listener: Some(listener),
            page,
            asked: Arc::default(),
            reports: mpsc::unbounded_channel(),
        }
    }

    /// The public base URL of Kratos.
    pub(crate) fn kratos(&self) -> String {
        format!("{}/kratos", self.url)
    }

    /// Serves the page, which knows this session token, and Kratos. Answers with the page's URL.
    pub(crate) fn serve(&mut self, kratos: &str, token: &str) -> String {
        let listener = self.listener.take().unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let serving = Arc::new(Serving {
            page: self.page.clone(),
            html: include_str!("page.html").replace("SESSION_TOKEN", token),
            kratos: kratos.to_owned(),
            http: http.build().unwrap(),
            asked: Arc::clone(&self.asked),
            reports: self.reports.0.clone(),
        });
        tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                let serving = Arc::clone(&serving);
                let service = service_fn(move |request| {
                    let serving = Arc::clone(&serving);
                    async move { Ok::<_, Infallible>(serving.answer(request).await) }
                });
                let connection = TokioIo::new(connection);
                let served = hyper::server::conn::http1::Builder::new();
                tokio::spawn(served.serve_connection(connection, service));
            }
        });
        format!("{}/", self.url)
    }

    /// What the page has to say at its end.
    pub(crate) async fn report(&mut self) -> Value {
        let report = tokio::time::timeout(PATIENCE, self.reports.1.recv()).await;
        let report = report.unwrap_or_else(|_| {
            let asked = self.asked();
            let asked: Vec<&str> = asked.iter().map(Asked::line).collect();
            Some(serde_json::json!({ "trouble": "the page is stuck", "asked": asked }))
        });
        report.unwrap()
    }

    /// The requests so far, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Serving {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let path = head.uri.path().to_owned();
        self.asked.lock().unwrap().push(Asked {
            line: format!("{} {path}", head.method),
            cookie: head.headers.contains_key(COOKIE),
            token: head.headers.contains_key("X-Session-Token"),
            path: path.clone(),
        });
        let page = &self.page;
        match path.split('/').nth(1).unwrap_or_default() {
            "" => Body::whole("text/html; charset=utf-8", self.html.clone()),
            "page.js" => Body::whole("text/javascript", page.script.clone()),
            "page_bg.wasm" => Body::whole("application/wasm", page.wasm.clone()),
            "report" => {
                self.reports
                    .send(serde_json::from_slice(&body).unwrap())
                    .unwrap();
                Body::whole("text/plain", "thank you")
            }
            "kratos" => self.pass_on(head, body.to_vec()).await,
            "silent" => std::future::pending().await,
            "falling-silent" => Response::new(Body::Begun(Some("{".into()))),
            "endless" => Response::new(Body::Endless),
            "redirecting" => {
                let mut elsewhere = Body::whole("text/plain", "");
                *elsewhere.status_mut() = StatusCode::TEMPORARY_REDIRECT;
                elsewhere
                    .headers_mut()
                    .insert(LOCATION, "/elsewhere".parse().unwrap());
                elsewhere
            }
            _ => {
                let mut unknown = Body::whole("text/plain", "no such page");
                *unknown.status_mut() = StatusCode::NOT_FOUND;
                unknown
            }
        }
    }

    /// As a reverse proxy does that takes the base path away.
    async fn pass_on(&self, head: http::request::Parts, body: Vec<u8>) -> Response<Body> {
        let path = head.uri.path_and_query().unwrap().as_str();
        let path = path.trim_start_matches("/kratos");
        let method = Method::from_bytes(head.method.as_str().as_bytes()).unwrap();
        let request = self.http.request(method, format!("{}{path}", self.kratos));
        let request = request.headers(without(head.headers, &[HOST, CONTENT_LENGTH]));
        let mut answer = request.body(body).send().await.unwrap();
        let headers = std::mem::take(answer.headers_mut());
        let status = answer.status();
        let mut response = Response::new(Body::Whole(answer.bytes().await.ok()));
        *response.status_mut() = status;
        *response.headers_mut() = without(headers, &[TRANSFER_ENCODING, CONTENT_LENGTH]);
        response
    }
}

fn without(mut headers: HeaderMap, names: &[HeaderName]) -> HeaderMap {
    for name in names {
        headers.remove(name);
    }
    headers
}
