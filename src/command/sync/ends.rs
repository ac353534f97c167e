//! Who one is at either end: what is shown to the one server the other never sees.
//!
//! MLflow's own variables speak of one server and do not say which; only where that is clear they are shown to it.

use url::Url;

use crate::command::identity::Identity;
use crate::command::settings::Settings;

/// The source or the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    From,
    To,
}

/// Who one is at one end, whose address is `uri`.
pub(super) fn identity<'s>(
    end: End,
    uri: &str,
    other: &str,
    settings: &'s Settings,
) -> Identity<'s> {
    let connection = &settings.connection;
    let mut credentials = vec![match end {
        End::From => &connection.sync_from,
        End::To => &connection.sync_to,
    }];
    if is_meant(uri, other, settings.tracking_uri.as_deref()) {
        credentials.push(&connection.credentials);
    }
    Identity {
        credentials,
        workspace: settings.workspace.as_deref(),
    }
}

/// Whether MLflow's variables speak of the server at `uri`: it is the tracking server, or where none is named there is
/// no other.
fn is_meant(uri: &str, other: &str, tracking: Option<&str>) -> bool {
    match tracking.and_then(server) {
        Some(tracking) => server(uri).as_ref() == Some(&tracking),
        None => server(other).is_none(),
    }
}

/// The address of a server, if it is one, without credentials.
fn server(uri: &str) -> Option<String> {
    let mut url: Url = uri.parse().ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::is_meant;

    #[test]
    fn the_variables_of_mlflow_are_shown_to_one_server_at_most() {
        let (one, two, file) = ("https://h/one", "https://u:p@h/two/", "sqlite:///f.db");
        let ends =
            |from, to, tracking| (is_meant(from, to, tracking), is_meant(to, from, tracking));
        assert_eq!(ends(one, two, Some(one)), (true, false));
        assert_eq!(ends(one, two, Some("https://h/two")), (false, true));
        assert_eq!(ends(one, two, Some("https://other")), (false, false));
        assert_eq!(ends(one, two, None), (false, false));
        assert_eq!(ends(one, two, Some(file)), (false, false));
        assert!(ends(file, one, None).1 && ends(one, file, Some(file)).0);
        assert!(!ends(file, one, Some(two)).1);
    }
}
