//! The pools of connections, one for each way to set up TLS.
//!
//! It opens them; what goes over them is the business of the client.

use std::sync::OnceLock;
use std::time::Duration;

use url::Url;

use super::client::Settings;
use super::error::Error;

/// Connections that rest longer are not used again: gunicorn, under which MLflow 2.x runs, hangs up after two
/// seconds, and a request that meets the hang-up cannot always be repeated.
const IDLE: Duration = Duration::from_millis(1500);

/// Made when first needed: to read the system's certificates takes longer than a whole request to a server of
/// the same machine.
#[derive(Default)]
pub(super) struct Lanes {
    /// No TLS.
    plain: OnceLock<reqwest::Client>,
    /// TLS as the user set it, to the hosts that the user named.
    home: OnceLock<reqwest::Client>,
    /// TLS as the system has it, to everybody else.
    elsewhere: OnceLock<reqwest::Client>,
}

impl Lanes {
    /// The pool for an address.
    pub(super) fn open(
        &self,
        settings: &Settings,
        url: &Url,
        home: bool,
    ) -> Result<&reqwest::Client, Error> {
        let (lane, is_plain) = match (url.scheme(), home) {
            ("http", _) => (&self.plain, true),
            (_, true) => (&self.home, false),
            (_, false) => (&self.elsewhere, false),
        };
        if let Some(client) = lane.get() {
            return Ok(client);
        }
        let builder = builder(settings);
        let client = if is_plain {
            builder.tls_certs_only([]).build().map_err(client_error)?
        } else if home {
            let tls = &settings.tls;
            let client = tls.apply(builder)?.build();
            client.map_err(|error| tls.blame(error))?
        } else {
            builder.build().map_err(client_error)?
        };
        Ok(lane.get_or_init(|| client))
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
