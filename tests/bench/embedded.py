"""Time phi3ml beside MLflow's Python client on a database file each: whole processes, one after the other.

    python tests/bench/embedded.py [--phi3ml target/release/phi3ml] [--rounds 5]

Run it with the tests' own virtual environment of MLflow 3 (`tests/python/mlflow3.txt`). Python's database is made
and upgraded before anything is timed; phi3ml's is made by phi3ml. It prints the medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import QUIET, Spent, run

# Both make a run, write all of it, and end the run.
SCRIPT = """
import time
from mlflow import MlflowClient
from mlflow.entities import Metric, Param
client = MlflowClient({uri!r})
run = client.create_run("0").info.run_id
params = [Param(f"p{{index}}", str(index)) for index in range({params})]
points = [Metric("loss", 1 / (step + 1), 1, step) for step in range({points})]
client.log_batch(run, params=params)
for first in range(0, len(points), 1000):
    client.log_batch(run, metrics=points[first:first + 1000])
client.set_terminated(run)
"""


def lines(params: int, points: int) -> str:
    written = [{"type": "param", "key": f"p{index}", "value": str(index)} for index in range(params)]
    written += [{"key": "loss", "value": 1 / (step + 1), "timestamp": 1, "step": step} for step in range(points)]
    return "".join(json.dumps(line) + "\n" for line in written)


def compare(phi3ml: str, folder: Path, params: int, points: int, rounds: int) -> None:
    ours = {**os.environ, **QUIET, "MLFLOW_TRACKING_URI": f"sqlite:///{folder}/phi3ml.db"}
    theirs = {**os.environ, **QUIET}
    uri = f"sqlite:///{folder}/python.db"
    first = [sys.executable, "-c", f"from mlflow import MlflowClient; MlflowClient({uri!r}).get_experiment('0')"]
    subprocess.run(first, env=theirs, check=True, capture_output=True)
    file = folder / f"{points}.jsonl"
    file.write_text(lines(params, points))
    script = SCRIPT.format(uri=uri, params=params, points=points)
    spent: dict[str, list[Spent]] = {"phi3ml": [], "python": []}
    for _ in range(rounds):
        made = subprocess.run(
            [phi3ml, "runs", "create", "-o", "json"], env=ours, check=True, capture_output=True, text=True, cwd=folder
        )
        run_id = json.loads(made.stdout)["run_id"]
        # Making a run is timed as well, with a run of its own: the other one's id was needed.
        commands = [
            [phi3ml, "runs", "create"],
            [phi3ml, "log-batch", "--run-id", run_id, str(file)],
            [phi3ml, "runs", "finish", run_id],
        ]
        spent["phi3ml"].append(run(commands, ours))
        spent["python"].append(run([[sys.executable, "-c", script]], theirs))
    wall, cpu, memory = (
        {who: statistics.median(getattr(one, what) for one in many) for who, many in spent.items()}
        for what in ("wall", "cpu", "memory")
    )
    print(
        f"{params} params, {points} points: wall {wall['phi3ml']:.3f} s / {wall['python']:.3f} s "
        f"= {wall['phi3ml'] / wall['python']:.4f}, cpu {cpu['phi3ml']:.3f} / {cpu['python']:.3f} s, "
        f"memory {memory['phi3ml']:.0f} / {memory['python']:.0f} MB ({rounds} rounds)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phi3ml", default="target/release/phi3ml")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    phi3ml = str(Path(arguments.phi3ml).resolve())
    for params, points in [(100, 1_000), (100, 100_000)]:
        with tempfile.TemporaryDirectory() as folder:
            compare(phi3ml, Path(folder), params, points, arguments.rounds)


if __name__ == "__main__":
    main()
