"""How long phi3ml's transactions hold a database file, and how long others wait for it.

    python tests/bench/crowd.py [--phi3ml target/release/phi3ml] [--writers 8] [--points 20000]

So many processes write so many points each to one file, while this one writes a tag every 50 ms, waiting as Python's
`sqlite3`, and so MLflow, does. It needs no package. What of a transaction is committing is the disk's.
"""

import argparse
import json
import os
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from measure import QUIET


def told(values: list[float]) -> str:
    ordered = sorted(values)
    return (
        f"middle {statistics.median(ordered):.1f}, 95 % {ordered[int(len(ordered) * 0.95)]:.1f}, "
        f"longest {ordered[-1]:.1f} ms"
    )


def measure(phi3ml: str, folder: Path, writers: int, points: int) -> None:
    env = {
        **os.environ,
        **QUIET,
        "MLFLOW_TRACKING_URI": f"sqlite:///{folder}/mlflow.db",
        "PHI3ML_LOG": "phi3ml::tracking=debug",
    }
    created = subprocess.run(
        [phi3ml, "runs", "create", "-o", "json"], env=env, check=True, capture_output=True, text=True
    )
    run_id = json.loads(created.stdout)["run_id"]
    crowd = []
    for writer in range(writers):
        file = folder / f"{writer}.jsonl"
        lines = ({"key": f"w{writer}", "value": step, "step": step, "timestamp": 1} for step in range(points))
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        log = (folder / f"{writer}.log").open("w")
        command = [phi3ml, "log-batch", "--run-id", run_id, str(file)]
        crowd.append(subprocess.Popen(command, env=env, stderr=log, stdout=subprocess.DEVNULL))
    database = sqlite3.connect(folder / "mlflow.db", timeout=20, isolation_level=None)
    waited = []
    while any(process.poll() is None for process in crowd):
        began = time.monotonic()
        database.execute("BEGIN IMMEDIATE")
        waited.append((time.monotonic() - began) * 1000)
        database.execute("INSERT OR REPLACE INTO tags (key, value, run_uuid) VALUES ('x', 'y', ?)", [run_id])
        database.execute("COMMIT")
        time.sleep(0.05)
    assert all(process.returncode == 0 for process in crowd), "a writer failed"
    (count,) = database.execute("SELECT count(*) FROM metrics").fetchone()
    assert count == writers * points, f"{count} points"
    logs = "".join((folder / f"{writer}.log").read_text() for writer in range(writers))
    held = [float(value) for value in re.findall(r"milliseconds=([\d.]+)", logs)]
    committing = [float(value) for value in re.findall(r"of_which_committing=([\d.]+)", logs)]
    print(f"{writers} writers, {points} points each: {len(held)} transactions")
    print(f"  held the database: {told(held)}")
    print(f"  of which committing: {told(committing)}")
    print(f"  Python waited: {told(waited)} ({len(waited)} times)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phi3ml", default="target/release/phi3ml")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--points", type=int, default=20000)
    arguments = parser.parse_args()
    phi3ml = os.path.abspath(arguments.phi3ml)
    for writers in sorted({1, arguments.writers}):
        with tempfile.TemporaryDirectory() as folder:
            measure(phi3ml, Path(folder), writers, arguments.points)


if __name__ == "__main__":
    main()
