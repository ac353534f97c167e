//! Failures on purpose: wrong answers, and connections that break at a chosen byte.
//!
//! It knows nothing of MLflow but how its error pages look.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// One way to fail.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// Answers with this and does nothing of what was asked.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The content type.
        content_type: &'static str,
        /// The whole body.
        body: String,
    },
    /// Reads so many bytes of the request's body, then resets the connection; nothing was done.
    ResetAfter(u64),
    /// Does what was asked, and closes after so many bytes of the answer, its head included.
    CloseAfter(u64),
    /// Does what was asked, and answers with half of the body as if that were all.
    Halve,
    /// Waits before it does what was asked.
    Stall(Duration),
    /// Does what was asked, and waits before it says so.
    Delay(Duration),
}

impl Fault {
    /// An error in MLflow's own form.
    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        let body = json!({ "error_code": code, "message": message }).to_string();
        Self::Answer {
            status,
            content_type: "application/json",
            body,
        }
    }

    /// What a busy server or a proxy before it says.
    pub(crate) fn unavailable() -> Self {
        Self::error(503, "TEMPORARILY_UNAVAILABLE", "try again later")
    }

    /// A page for people, as web servers and login proxies answer.
    pub(crate) fn page(status: u16, text: &str) -> Self {
        let body = format!(
            "<!doctype html>\n<html lang=en>\n<title>{text}</title>\n<h1>{text}</h1>\n</html>\n"
        );
        Self::Answer {
            status,
            content_type: "text/html; charset=utf-8",
            body,
        }
    }
}

/// Listens like a `TcpListener`; its connections can be cut.
#[derive(Debug)]
pub(crate) struct Door(pub(crate) TcpListener);

impl Listener for Door {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (
            Wire {
                stream,
                scissors: Scissors::default(),
            },
            address,
        )
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Cuts one connection after a number of bytes still to be written.
#[derive(Debug, Clone)]
pub(crate) struct Scissors(Arc<AtomicU64>);

impl Default for Scissors {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(u64::MAX)))
    }
}

impl Scissors {
    /// From now on this connection carries so many bytes more, then breaks.
    pub(crate) fn cut_after(&self, bytes: u64) {
        self.0.store(bytes, Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, Door>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().scissors.clone()
    }
}

/// A connection that can be cut.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    scissors: Scissors,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = self.scissors.0.load(Ordering::SeqCst);
        if left == u64::MAX {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        if left == 0 {
            // Closed with data unread or unsent, and no lingering: the peer sees a reset.
            let _ = self.stream.set_zero_linger();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let part = &bytes[..bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX))];
        let poll = Pin::new(&mut self.stream).poll_write(context, part);
        if let Poll::Ready(Ok(count)) = &poll {
            self.scissors.cut_after(left - *count as u64);
        }
        poll
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
