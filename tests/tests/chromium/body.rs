//! Bodies of answers: whole ones, and those that no client should wait for.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Response;
use http::header::CONTENT_TYPE;
use hyper::body::{Body as HttpBody, Bytes, Frame};

/// The body of an answer.
pub(crate) enum Body {
    /// All of it, until it is sent.
    Whole(Option<Bytes>),
    /// A beginning, with no end.
    Begun(Option<Bytes>),
    /// More and more of it.
    Endless,
}

impl Body {
    /// An answer with this body.
    pub(crate) fn whole(content_type: &str, body: impl Into<Bytes>) -> Response<Self> {
        let mut response = Response::new(Self::Whole(Some(body.into())));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        response
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let data = |bytes| Ok(Frame::data(bytes));
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(data)),
            Self::Begun(bytes) => match bytes.take() {
                Some(bytes) => Poll::Ready(Some(data(bytes))),
                None => Poll::Pending,
            },
            Self::Endless => Poll::Ready(Some(data(Bytes::from_static(&[b' '; 0x4000])))),
        }
    }
}
