"""Print what MLflow's client knows of a run's surroundings: one line of JSON.

    read_ledger.py RUN_ID [METRIC]

MLFLOW_TRACKING_URI names the server.
"""

import json
import math
import sys

from mlflow import MlflowClient


def plain(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def main() -> None:
    run_id, *metric = sys.argv[1:]
    client = MlflowClient()
    run = client.get_run(run_id)
    experiment = client.get_experiment(run.info.experiment_id)
    facts = {
        "experiment": {
            "name": experiment.name,
            "stage": experiment.lifecycle_stage,
            "tags": dict(experiment.tags),
        },
        "run": {
            "name": run.info.run_name,
            "status": run.info.status,
            "stage": run.info.lifecycle_stage,
            "end_time": run.info.end_time,
            "params": dict(run.data.params),
            "tags": dict(run.data.tags),
            "metrics": {key: plain(value) for key, value in run.data.metrics.items()},
        },
        "inputs": [
            {
                "name": entry.dataset.name,
                "digest": entry.dataset.digest,
                "source_type": entry.dataset.source_type,
                "source": json.loads(entry.dataset.source),
                "tags": {tag.key: tag.value for tag in entry.tags},
            }
            for entry in run.inputs.dataset_inputs
        ],
        "history": [
            [point.step, point.timestamp, plain(point.value)]
            for key in metric
            for point in client.get_metric_history(run_id, key)
        ],
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
