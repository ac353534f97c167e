"""What the benchmarks share: a process with what it took, and a server to work on."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "GIT_PYTHON_REFRESH": "quiet"}


@dataclass
class Spent:
    """What processes took: seconds by the clock, seconds of CPU, MB of resident memory; and what they said."""

    wall: float
    cpu: float
    memory: float
    said: str = ""


# A process that is started counts the memory of the one that started it as its own until then, so that a small one
# has to start it; its own 9 MB are the least that can be seen.
LAUNCHER = """
import json, os, sys, time
out = int(sys.argv[1])
files = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
started = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ, file_actions=files)
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - started
print(json.dumps([status, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def run(commands: list[list[str]], environment: dict[str, str], folder: Path | None = None) -> Spent:
    """Runs commands one after the other; they all have to succeed."""
    spent = Spent(0.0, 0.0, 0.0)
    for command in commands:
        with tempfile.TemporaryFile() as said:
            launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(said.fileno()), *command]
            told = subprocess.run(
                launcher, env=environment, cwd=folder, pass_fds=[said.fileno()], stdout=subprocess.PIPE, check=True
            )
            status, wall, cpu, memory = json.loads(told.stdout)
            said.seek(0)
            text = said.read().decode(errors="replace")
            if status != 0:
                sys.exit(f"{' '.join(command)[:200]} failed:\n{text[-2000:]}")
        spent = Spent(spent.wall + wall, spent.cpu + cpu, max(spent.memory, memory), spent.said + text)
    return spent


@contextlib.contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """MLflow on a database and local files in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--port", str(port), "--workers", "2"]
    command += ["--backend-store-uri", f"sqlite:///{folder}/bench.db"]
    command += ["--artifacts-destination", f"{folder}/artifacts"]
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(
        command, env={**os.environ, **QUIET}, stdout=log, stderr=log, start_new_session=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/health").close()
                break
            time.sleep(0.5)
        yield url
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait()
