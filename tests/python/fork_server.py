"""Runs programs of Python, each in a fork of one interpreter that has imported MLflow already.

    fork_server.py SOCKET

Importing MLflow takes seconds of a processor, and nearly every program of the tests begins with it, some in more than
one process. `fork_client.py` has a program run here, and so has the command `python` beside the socket, which programs
take for their own interpreter. It ends, and all it started, when standard input closes: the test process is gone.
"""

import atexit
import gc
import json
import os
import runpy
import select
import shlex
import shutil
import signal
import socket
import sys
import threading
import traceback

import mlflow.cli
import mlflow.pyfunc
import mlflow.server.handlers
import mlflow.store.model_registry.sqlalchemy_store
import mlflow.store.tracking.sqlalchemy_store  # noqa: F401

FOLDER = os.path.dirname(sys.argv[1])
INTERPRETER = os.path.join(FOLDER, "python")


def asked_for(connection: socket.socket) -> tuple[dict, list[int]]:
    """A length and, beside it, the caller's standard streams; then so many bytes of JSON."""
    length, streams, _, _ = socket.recv_fds(connection, 8, 3)
    body = b""
    while len(body) < int.from_bytes(length, "big"):
        piece = connection.recv(65536)
        if not piece:
            raise EOFError("the caller is gone")
        body += piece
    return json.loads(body), streams


def become(request: dict, streams: list[int]) -> None:
    """Makes this process what a new interpreter would be."""
    os.setpgid(0, 0)
    for ours, theirs in enumerate(streams):
        os.dup2(theirs, ours)
        os.close(theirs)
    os.chdir(request["directory"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.executable = INTERPRETER
    sys.path[:1] = [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]


def run(arguments: list[str]) -> None:
    """As `python ARGUMENTS` would."""
    first, *rest = arguments
    if first == "-c":
        sys.argv = ["-c", *rest[1:]]
        sys.path.insert(0, "")
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
    elif first == "-m":
        sys.argv = rest
        sys.path.insert(0, os.getcwd())
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        sys.path.insert(0, os.path.dirname(os.path.abspath(first)))
        runpy.run_path(first, run_name="__main__")


def end(child: int) -> None:
    """A program and what it started."""
    for ending in (os.killpg, os.kill):
        try:
            ending(child, signal.SIGKILL)
        except ProcessLookupError:
            pass


def serve(listener: socket.socket) -> list[str]:
    """Forks for each caller; gives the arguments of a program to each child, and never returns in the parent."""
    ended, ending = os.pipe()
    os.set_blocking(ending, False)
    signal.set_wakeup_fd(ending)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    callers: dict[socket.socket, int] = {}
    while True:
        ready, _, _ = select.select([0, ended, listener, *callers], [], [])
        if 0 in ready and not os.read(0, 1):
            for child in callers.values():
                end(child)
            shutil.rmtree(FOLDER, ignore_errors=True)
            os._exit(0)
        if listener in ready:
            caller, _ = listener.accept()
            request, streams = asked_for(caller)
            child = os.fork()
            if child == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for inherited in (listener, caller, *callers):
                    inherited.close()
                os.close(ended)
                os.close(ending)
                become(request, streams)
                return request["arguments"]
            for stream in streams:
                os.close(stream)
            callers[caller] = child
        if ended in ready:
            os.read(ended, 4096)
        for caller, child in list(callers.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                code = os.waitstatus_to_exitcode(status)
                try:
                    caller.sendall(str(code).encode())
                except OSError:
                    pass
            elif caller in ready:
                # Nothing is said after the question: the caller is gone.
                end(child)
                os.waitpid(child, 0)
            else:
                continue
            caller.close()
            del callers[caller]


def main() -> None:
    client = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fork_client.py")
    command = shlex.join([sys.executable, "-S", "-E", client, sys.argv[1]])
    with open(INTERPRETER, "w", opener=lambda path, flags: os.open(path, flags, 0o700)) as file:
        file.write(f'#!/bin/sh\nexec {command} "$@"\n')
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen(64)
    # What is here already is neither looked at nor taken apart by a child, which would have to copy it for that.
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    code = 0
    arguments = serve(listener)
    try:
        run(arguments)
    except SystemExit as ending:
        code = ending.code
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit((code or 0) & 0xFF)


main()
