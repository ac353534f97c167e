//! What was measured in the course of a run, read back from an MLflow server.
//!
//! Metrics are written with the params and tags of a run.

use super::Rest;
use super::wire::MetricsAnswer;
use crate::entity::id::RunId;
use crate::entity::metric::Metric;
use crate::tracking::error::Error;
use crate::tracking::{PageOf, Portion};

impl Rest {
    pub(super) async fn get_metric_history(
        &self,
        id: &RunId,
        key: &str,
        page: PageOf<'_>,
    ) -> Result<Portion<Metric>, Error> {
        let size = page.size.to_string();
        let mut query = vec![
            ("run_id", id.as_str()),
            ("metric_key", key),
            ("max_results", &size),
        ];
        query.extend(page.token.map(|token| ("page_token", token)));
        match self
            .get::<MetricsAnswer>("metrics/get-history", &query)
            .await
        {
            Ok(answer) => Ok(answer.into()),
            Err(error) => Err(self.about_run("read a metric of the run", id, error).await),
        }
    }
}
