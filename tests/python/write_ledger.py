"""Read and write a database beside phi3ml, and print what is there: one line of JSON.

    write_ledger.py look RUN_ID
    write_ledger.py round RUN_ID NUMBER

MLFLOW_TRACKING_URI names the database.
"""

import json
import math
import os
import sqlite3
import sys

from mlflow import MlflowClient


def plain(value: float) -> float | str:
    if math.isnan(value):
        return "NaN"
    return value


def revision() -> str:
    path = os.environ["MLFLOW_TRACKING_URI"].removeprefix("sqlite:///")
    (found,) = sqlite3.connect(path).execute("SELECT version_num FROM alembic_version").fetchone()
    return found


def look(client: MlflowClient, run_id: str) -> dict:
    run = client.get_run(run_id)
    champion = client.get_model_version_by_alias("phi3", "champion")
    return {
        "status": run.info.status,
        "models": [output.model_id for output in run.outputs.model_outputs],
        "champion": {"version": str(champion.version), "source": champion.source},
        "revision": revision(),
    }


def round_(client: MlflowClient, run_id: str, number: int) -> dict:
    client.log_param(run_id, f"python.{number}", "y")
    client.log_metric(run_id, "theirs", float(number), step=number)
    client.set_tag(run_id, "round", str(number))
    history = {key: client.get_metric_history(run_id, key) for key in ("loss", "odd")}
    metrics = client.get_run(run_id).data.metrics
    return {
        "metrics": {key: plain(value) for key, value in metrics.items()},
        **{key: [[point.step, plain(point.value)] for point in points] for key, points in history.items()},
    }


def main() -> None:
    verb, run_id, *rest = sys.argv[1:]
    client = MlflowClient()
    facts = look(client, run_id) if verb == "look" else round_(client, run_id, int(rest[0]))
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
