//! The pools of connections, one for each way to set up TLS, and one whose connections are used once.
//!
//! It opens them; what goes over them is the business of the client.
//!
//! ```text
//! client            server with Nagle's algorithm on
//! POST ───────────▶
//!      ◀─────────── head of the answer
//!  …                (holds the short body back until the head is acknowledged)
//! ACK ────────────▶ after 40 ms on a connection in use, at once on a new one (Linux, `tcp_send_delayed_ack`)
//!      ◀─────────── body
//! ```
//!
//! MLflow 3's server is such a one: uvicorn with several workers hands them sockets on which asyncio leaves Nagle's
//! algorithm on (`bind_socket`, `uvicorn/config.py`, 0.54; `_set_nodelay`, `asyncio/base_events.py`, Python 3.11).

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use url::Url;

use super::client::Settings;
use super::error::Error;

/// Connections that rest longer are not used again: gunicorn, under which MLflow 2.x runs, hangs up after two
/// seconds, and a request that meets the hang-up cannot always be repeated.
const IDLE: Duration = Duration::from_millis(1500);

/// The end of an answer of no more than this comes with its head, unless it is held back.
const SHORT: u64 = 8 << 10;

/// Hardly a network between takes so long from the head of a short answer to its end, and where one does, nothing is lost
/// but the time for connections; no acknowledgement that is put off takes less.
const HELD: Duration = Duration::from_millis(35);

/// Made when first needed: to read the system's certificates takes longer than a whole request to a server of
/// the same machine.
#[derive(Default)]
pub(super) struct Lanes {
    /// No TLS.
    plain: OnceLock<reqwest::Client>,
    /// No TLS, and no connection is used again.
    fresh: OnceLock<reqwest::Client>,
    /// Whether any server held back the end of a short answer.
    holds_back: AtomicBool,
    /// TLS as the user set it, to the hosts that the user named.
    home: OnceLock<reqwest::Client>,
    /// TLS as the system has it, to everybody else.
    elsewhere: OnceLock<reqwest::Client>,
}

impl Lanes {
    /// The pool for an address. Where connections cost next to nothing, what waits for a short answer gets one of its
    /// own once a server was seen to hold such back.
    pub(super) fn open(
        &self,
        settings: &Settings,
        url: &Url,
        home: bool,
        is_short: bool,
    ) -> Result<&reqwest::Client, Error> {
        let is_held = is_short && self.holds_back.load(Ordering::Relaxed);
        let (lane, is_plain) = match (url.scheme(), home) {
            ("http", _) if is_held => (&self.fresh, true),
            ("http", _) => (&self.plain, true),
            (_, true) => (&self.home, false),
            (_, false) => (&self.elsewhere, false),
        };
        if let Some(client) = lane.get() {
            return Ok(client);
        }
        let builder = builder(settings);
        let client = if is_plain {
            let builder = builder.tls_certs_only([]);
            let builder = if is_held {
                builder.pool_max_idle_per_host(0)
            } else {
                builder
            };
            builder.build().map_err(client_error)?
        } else if home {
            let tls = &settings.tls;
            let client = tls.apply(builder)?.build();
            client.map_err(|error| tls.blame(error))?
        } else {
            builder.build().map_err(client_error)?
        };
        Ok(lane.get_or_init(|| client))
    }

    /// How long a body of `length` bytes took to come after its head.
    pub(super) fn learn(&self, length: u64, took: Duration) {
        if length <= SHORT && took >= HELD {
            self.holds_back.store(true, Ordering::Relaxed);
        }
    }
}

fn client_error(error: reqwest::Error) -> Error {
    Error::Client(error.into())
}

/// Everything but TLS. reqwest itself neither follows nor repeats anything, and knows no time limit but for
/// connecting: that is all done by the client, which knows more.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that makes clients"
)]
fn builder(settings: &Settings) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(&settings.user_agent)
        .connect_timeout(settings.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .pool_idle_timeout(IDLE)
        .tcp_keepalive(Duration::from_secs(30))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    use super::*;
    use crate::http::{Client, Method, Request};

    #[test]
    fn only_short_answers_that_were_long_in_coming_tell_of_a_server_that_holds_them_back() {
        let url = "http://localhost".parse().unwrap();
        for (length, took, holds_back) in [
            (SHORT, HELD / 2, false),
            (SHORT + 1, HELD, false),
            (SHORT, HELD, true),
        ] {
            let lanes = Lanes::default();
            lanes.learn(length, took);
            let open = |is_short| {
                let lane = lanes.open(&Settings::default(), &url, true, is_short);
                std::ptr::from_ref(lane.unwrap())
            };
            assert_eq!(open(true) != open(false), holds_back, "{length} {took:?}");
        }
    }

    /// Answers until nothing is asked any more, and holds each end back for twice as long as it takes to notice.
    fn hold_back(mut stream: &TcpStream) {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        while lines.any(|line| line.is_empty()) {
            _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            thread::sleep(HELD * 2);
            _ = stream.write_all(b"{}");
        }
    }

    #[tokio::test]
    async fn each_short_request_to_such_a_server_has_its_own_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (tell, connections) = std::sync::mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                _ = tell.send(());
                thread::spawn(move || hold_back(&stream));
            }
        });
        let client = Client::new(Settings::default());
        for _ in 0..4 {
            let request = Request::new(Method::GET, url.parse().unwrap());
            client.json::<serde_json::Value>(request).await.unwrap();
        }
        assert_eq!(connections.try_iter().count(), 4);
    }
}
