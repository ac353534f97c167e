"""Serves a model with `mlflow models serve`, asks it over HTTP, and once more with `mlflow.models.predict`.

    serve_model.py MODEL REQUEST
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from mlflow.models import predict


def post(address: str, request: str):
    body = urllib.request.Request(
        f"{address}/invocations",
        data=request.encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(body, timeout=60) as answer:
        return json.load(answer)


def wait(address: str, server: subprocess.Popen) -> None:
    # With torch on a busy machine it takes minutes.
    end = time.monotonic() + 300
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/ping", timeout=5)
            return
        except OSError:
            if server.poll() is not None:
                raise
            time.sleep(0.5)
    raise TimeoutError(address)


def main(model: str, request: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [sys.executable, "-m", "mlflow", "models", "serve", "-m", model]
    serve += ["--env-manager", "local", "--port", str(port)]
    server = subprocess.Popen(
        serve,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait(address, server)
        served = post(address, request)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        predict(
            model_uri=model,
            input_data=json.loads(request),
            env_manager="local",
            output_path=file.name,
        )
        predicted = json.load(file)
    print(json.dumps({"served": served, "predicted": predicted}))


main(*sys.argv[1:])
