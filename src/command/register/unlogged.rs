//! A model of this machine that no server has yet, a folder or an archive: logged as `log-model` does it, and registered.
//!
//! What was logged stays where the registration fails, and the next call goes on from there.

use anyhow::Result;

use super::{Args, IfExists, Outcome};
use crate::command::{self, Context, Error, log_model};
use crate::entity::uri::ModelUri;
use crate::tracking::Page;

/// Logs the model and makes a version of it.
pub(super) async fn log(args: Args, uri: &ModelUri, context: &Context) -> Result<command::Outcome> {
    if args.if_exists != IfExists::New {
        let message = format!(
            "`{uri}` is on this machine: each time it is logged it is a new source, for which there is no version yet"
        );
        let hint = "leave `--if-exists` out, or name a model that is on the server".to_owned();
        return Err(Error::Usage {
            message,
            hint: Some(hint),
        }
        .into());
    }
    context.note(&format!(
        "`{uri}` is on this machine, not on the server: it is logged first"
    ));
    let logging = log_model::Args::to_register(args);
    let logged = match log_model::run(logging, context).await? {
        command::Outcome::LogModel(logged) => logged,
        other => return Ok(other),
    };
    let Some(registered) = logged.registered else {
        return Err(Error::NotReady.into());
    };
    let server = context.server()?;
    let page = server
        .registry()
        .page(&Page::Version(&registered.name, registered.version));
    let taken_from = std::iter::zip(registered.aliases, registered.taken_from);
    let model_id = logged.model_id.filter(|_| !server.has_other_registry);
    Ok(command::Outcome::Register(Outcome::new(
        registered.made,
        model_id,
        taken_from.collect(),
        page,
    )))
}
