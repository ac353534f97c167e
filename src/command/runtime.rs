//! `runtime`: where the ONNX Runtime library is, and how to get it.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use clap::Subcommand;
use serde::Serialize;

use super::{Context, Deed, Error, Event};
use crate::infer;
use crate::infer::runtime::{self, Found, Install, Library, Places, Skipped};

/// Find or fetch the ONNX Runtime library
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// ONNX Runtime library to look at first
    #[arg(long, value_name = "PATH", global = true)]
    ort_lib: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Fetch the library with pip and check it against its known digest
    Install {
        /// Take it from a wheel or a library file instead of fetching it
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Print the path of the library that is used
    Path,
    /// Load a library and end; it may take this process down
    #[command(hide = true)]
    Probe {
        /// The library
        library: PathBuf,
    },
}

/// What `runtime` found or did.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The library that is used; `None` where none is found.
    pub(crate) library: Option<Library>,
    /// Libraries that were passed over, with the reason.
    pub(crate) skipped: Vec<Skipped>,
    #[serde(skip)]
    pub(crate) path_only: bool,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let mut places = context.settings.runtime.clone();
    if let Some(library) = args.ort_lib {
        places.explicit = Some(library);
    }
    if let Some(Action::Probe { library }) = &args.action {
        infer::load_library(library)?;
        places.explicit = Some(library.clone());
    }
    let path_only = matches!(args.action, Some(Action::Path));
    if let Some(Action::Install { from }) = args.action {
        install(from, &places, context).await?;
    }
    let (library, skipped) = match find(&places, context).await? {
        Ok(found) => (Some(found.library), found.skipped),
        Err(infer::Error::NoLibrary(missing)) if !path_only => (None, missing.skipped),
        Err(error) => return Err(error.into()),
    };
    Ok(super::Outcome::Runtime(Outcome {
        library,
        skipped,
        path_only,
    }))
}

/// Fetches the library where none is found and none was named.
pub(super) async fn ensure(places: &Places, context: &Context) -> Result<()> {
    match find(places, context).await? {
        Err(infer::Error::NoLibrary(_)) => install(None, places, context).await,
        _ => Ok(()),
    }
}

async fn find(places: &Places, context: &Context) -> Result<Result<Found, infer::Error>> {
    let places = places.clone();
    context
        .compute(move || runtime::find(&places, runtime::NEEDED))
        .await
}

async fn install(from: Option<PathBuf>, places: &Places, context: &Context) -> Result<()> {
    let python = places.python.clone().unwrap_or_else(|| "python3".into());
    let request = Install {
        from,
        data_dir: context.settings.folders.data.clone(),
        python,
        offline: context.settings.offline,
        dry_run: context.is_dry_run(),
    };
    context.step("looking for the ONNX Runtime library");
    if request.dry_run {
        return rehearse(&request, context);
    }
    let audience = Arc::clone(&context.audience);
    let mut tell = move |event: runtime::Event| {
        let text = match event {
            runtime::Event::Fetching { command } => format!("running `{command}`"),
            runtime::Event::Unpacking { from, .. } => format!("unpacking {}", from.display()),
        };
        audience.hear(Event::Step(&text));
    };
    let work = context.compute(move || runtime::install(&request, &mut tell));
    let installed = context.unless_stopped(work).await??;
    context.note(&format!(
        "ONNX Runtime {} is in `{}`",
        installed.version,
        installed.path.display()
    ));
    Ok(())
}

/// Says what would be done. Without the library nothing that needs it can be said.
fn rehearse(request: &Install, context: &Context) -> Result<()> {
    let mut is_complete = true;
    runtime::install(request, &mut |event| {
        is_complete = false;
        context.would(match event {
            runtime::Event::Fetching { command } => Deed::new("fetch", format!("run `{command}`")),
            runtime::Event::Unpacking { from, to } => {
                let text = format!("unpack `{}` to `{}`", from.display(), to.display());
                Deed::new("unpack", text)
            }
        });
    })?;
    if is_complete {
        Ok(())
    } else {
        Err(Error::EndOfDryRun.into())
    }
}
