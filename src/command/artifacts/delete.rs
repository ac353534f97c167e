//! `artifacts delete`: a file, or a folder with all that is below it; all of a run only if that is said.

use anyhow::Result;
use serde_json::json;

use super::place::{Lies, Named};
use crate::command::{Context, Done, Error, Outcome};
use crate::transfer::{self, Listed};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    named: Named,
    /// Delete all of it where no path is named
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Outcome> {
    let looking = async {
        let place = args.named.find(context).await?;
        let files = match (place.lies, &place.path) {
            (Lies::File(size), Some(path)) => vec![Listed {
                path: path.clone(),
                size,
            }],
            (_, path) => transfer::list_below(place.store.as_ref(), path.as_ref()).await?,
        };
        Ok((place, files))
    };
    let (place, files) = context.unless_stopped(looking).await?;
    let store = place.store.as_ref();
    let bytes: u64 = files.iter().filter_map(|file| file.size).sum();
    let deleting = async {
        match &place.path {
            Some(path) => store.delete(path).await?,
            None if args.all => {
                // The root itself stays: it is the run's or the model's.
                for item in store.list(None).await? {
                    store.delete(&item.path).await?;
                }
            }
            None => {
                return Err(Error::Usage {
                    message: format!("that would delete all of `{}`", place.said),
                    hint: Some("name what is to go with `--artifact-path`, or add `--all`".into()),
                }
                .into());
            }
        }
        Ok(())
    };
    context.unless_stopped_soon(deleting).await?;
    let files = files.len();
    let things = if files == 1 { "file" } else { "files" };
    let sentence = format!("deleted {files} {things} of {}", place.said);
    let json = json!({ "artifact_uri": place.said, "files": files, "bytes": bytes });
    Ok(Done::new(sentence, &json)?.into())
}
