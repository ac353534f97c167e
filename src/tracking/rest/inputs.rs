//! Datasets that went into runs, on an MLflow server.
//!
//! How a dataset is described is decided elsewhere.

use serde_json::json;

use super::Rest;
use super::wire::Done;
use crate::entity::dataset::DatasetInput;
use crate::entity::id::RunId;
use crate::entity::limits;
use crate::entity::run::Run;
use crate::tracking::error::Error;

impl Rest {
    /// MLflow's client does not send this again after a lost answer. Here the run is asked first whether it has the
    /// dataset.
    pub(super) async fn post_input(&self, id: &RunId, input: &DatasetInput) -> Result<(), Error> {
        limits::dataset(input)?;
        let body = &json!({ "run_id": id, "datasets": [input] });
        let logged = self.just_once(
            || {
                Box::pin(async move {
                    let Done {} = self.create("runs/log-inputs", body).await?;
                    Ok(())
                })
            },
            || {
                Box::pin(async move {
                    let run: Run = self.run_answer(id).await?.run.into();
                    let is_there = run.datasets.iter().any(|there| {
                        let (there, new) = (&there.dataset, &input.dataset);
                        there.name == new.name && there.digest == new.digest
                    });
                    Ok(is_there.then_some(()))
                })
            },
        );
        match logged.await {
            Ok(()) => Ok(()),
            Err(error) => Err(self
                .about_run("note the dataset on the run", id, error)
                .await),
        }
    }
}
