"""Times how a large model is packaged: phi3ml beside reading, copying and MLflow's Python client, in turns.

    python tests/bench/package.py --phi3ml target/release/phi3ml --python ~/.cache/phi3ml-tests/mlflow3-…/bin/python

The model is a small one with one more file of random bytes beside it (`--size`, in GB). It needs about three times that
on the disk, in a folder of its own that goes away again (`--work` says where). Each job runs once in each round, one after
the other; what is printed is the medians, and the median of the ratios of neighbours. With `--cold` the source is
pushed out of the page cache before each run, so that it comes from the disk. Quiet machines only: nothing here is
asserted.

`log-model --dry-run` is what has to be done before anything is sent: read the source once and hash it, beside each other.
The longer of the two bounds it from below: `read`, which does nothing else, and the hashing, which is one chain through
the whole file, so that no second core helps with it. `read and hash` (OpenSSL, with the processor's own instructions) and
`sha256sum` (mostly without them) read and hash in turns: the CPU time of the former, less that of `read`, is the hashing.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ENVIRONMENT = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}

READ = """
import sys
with open(sys.argv[1], "rb", buffering=0) as file:
    block = bytearray(1 << 20)
    while file.readinto(block):
        pass
"""
HASH = """
import hashlib, sys
with open(sys.argv[1], "rb", buffering=0) as file:
    print(hashlib.file_digest(file, "sha256").hexdigest())
"""
SAVE_MODEL = """
import sys, mlflow
mlflow.pyfunc.save_model(sys.argv[3], python_model=sys.argv[1], artifacts={"phi3-mini-onnx": sys.argv[2]},
                         pip_requirements=["mlflow"], input_example={"prompt": "hi"})
"""
MODEL = """
import mlflow

class Model(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return ["hello"]

mlflow.models.set_model(Model())
"""


class Run:
    """What one process took."""

    def __init__(self, command, **options):
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        self.wall = time.monotonic() - started
        self.cpu = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss / 1024
        if status != 0:
            sys.exit(f"{command} failed: {said.decode(errors='replace')}")


class Bench:
    def __init__(self, options, work):
        self.options, self.work = options, work
        self.source = work / "source"
        shutil.copytree(options.model, self.source)
        self.weights = self.source / "weights.bin"
        with open(self.weights, "wb") as file:
            for _ in range(round(options.size * 1000)):
                file.write(os.urandom(1_000_000))
            os.fsync(file.fileno())
        self.model = work / "model.py"
        self.model.write_text(MODEL)
        self.dest = work / "dest"
        places = {f"PHI3ML_{name.upper()}_DIR": str(work / name) for name in ("cache", "state", "data")}
        self.environment = ENVIRONMENT | places
        self.runs = {}

    def phi3ml(self, *arguments):
        return [self.options.phi3ml, *map(str, arguments), "-q"]

    def jobs(self):
        python, source, weights, dest = self.options.python, self.source, self.weights, self.dest
        database = f"sqlite:///{self.work}/mlflow.db"
        archive = dest.with_suffix(".zip")
        return {
            "read": [python, "-c", READ, weights],
            "read and hash": [python, "-c", HASH, weights],
            "sha256sum": ["sha256sum", weights],
            "log-model --dry-run": self.phi3ml("log-model", source, "--dry-run", "--tracking-uri", database),
            "dd conv=fsync": ["dd", f"if={weights}", f"of={dest}", "bs=1M", "conv=fsync"],
            "package DEST.zip": self.phi3ml("package", source, archive),
            "package DEST": self.phi3ml("package", source, dest),
            "save_model (Python)": [python, "-c", SAVE_MODEL, self.model, source, dest],
        }

    def clear(self):
        shutil.rmtree(self.dest, ignore_errors=True)
        for path in (self.dest, self.dest.with_suffix(".zip")):
            path.unlink(missing_ok=True)

    def settle(self):
        """What earlier runs left to be written is not this one's burden."""
        self.clear()
        os.sync()
        with open(self.weights, "rb") as file:
            if self.options.cold:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def round(self):
        for name, command in self.jobs().items():
            if self.options.only and self.options.only not in name:
                continue
            self.settle()
            run = Run(command, env=self.environment)
            self.runs.setdefault(name, []).append(run)
            print(f"  {name:24} {run.wall:6.2f} s", flush=True)
        self.clear()

    def show(self):
        gigabytes = self.weights.stat().st_size / 1e9
        print(f"\n{gigabytes:.1f} GB, {'cold' if self.options.cold else 'warm'}, {self.options.rounds} rounds")
        for name, runs in self.runs.items():
            middle = {what: statistics.median(getattr(run, what) for run in runs) for what in ("wall", "cpu", "memory")}
            print(
                f"{name:24} {middle['wall']:6.2f} s  {gigabytes / middle['wall']:5.2f} GB/s  cpu {middle['cpu']:5.2f} s"
                f"  memory {middle['memory']:4.0f} MB"
            )
        self.compare("log-model --dry-run", "read", lambda ours, theirs: ours - theirs, "s more than")
        for other in ("read and hash", "sha256sum"):
            self.compare("log-model --dry-run", other, lambda ours, theirs: ours - theirs, "s more than")
        self.compare("package DEST.zip", "dd conv=fsync", lambda ours, theirs: theirs / ours, "x the speed of")
        self.compare("package DEST", "save_model (Python)", lambda ours, theirs: theirs / ours, "x the speed of")

    def compare(self, ours, theirs, measure, words):
        if ours in self.runs and theirs in self.runs:
            pairs = zip(self.runs[ours], self.runs[theirs])
            middle = statistics.median(measure(one.wall, other.wall) for one, other in pairs)
            print(f"{ours}: {middle:.2f} {words} {theirs}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phi3ml", default="target/release/phi3ml")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--model", default="fixtures/models/phi3-tiny", type=pathlib.Path)
    parser.add_argument("--size", default=2.7, type=float)
    parser.add_argument("--rounds", default=5, type=int)
    parser.add_argument("--only", default="")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--work", default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="phi3ml-bench-", dir=options.work) as work:
        bench = Bench(options, pathlib.Path(work))
        for number in range(options.rounds):
            print(f"round {number + 1}", flush=True)
            bench.round()
        bench.show()


main()
