"""Run a command until standard input closes; then end it and everything it started.

A test process that is killed cannot tidy up, but its end of a pipe closes all the same. So the pipe,
and not the test, is what keeps a server alive.

    supervise.py LOG_FILE FOLDER_TO_REMOVE COMMAND [ARGUMENT...]
"""

import os
import shutil
import signal
import subprocess
import sys
import threading


def until_input_closes() -> None:
    while os.read(0, 4096):
        pass


def end(group: int, child: subprocess.Popen) -> None:
    for number, patience in ((signal.SIGTERM, 3), (signal.SIGKILL, 3)):
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            return
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    # The leader is gone; whoever is left of its group ignored the polite signal.
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main() -> int:
    log_file, folder, *command = sys.argv[1:]
    with open(log_file, "ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    over = threading.Event()
    closed = threading.Thread(target=lambda: (until_input_closes(), over.set()), daemon=True)
    closed.start()
    threading.Thread(target=lambda: (child.wait(), over.set()), daemon=True).start()
    over.wait()
    end(child.pid, child)
    # A server that ended by itself leaves its log for the test to show.
    if not closed.is_alive():
        shutil.rmtree(folder, ignore_errors=True)
    return child.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
