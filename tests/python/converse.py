"""Types into a program on a terminal of its own: waits for a text, then sends keys, step by step.

    converse.py STEPS COMMAND...

STEPS is a JSON list of [text, keys]. Prints all that the terminal showed and ends as the program did.
"""

import json
import os
import pty
import select
import sys
import time

steps, command = json.loads(sys.argv[1]), sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown, seen, deadline = b"", 0, time.monotonic() + 100
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    while steps and (at := shown.find(steps[0][0].encode(), seen)) >= 0:
        seen = at + len(steps[0][0].encode())
        os.write(terminal, steps.pop(0)[1].encode())
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
sys.stdout.flush()
if steps:
    sys.exit(f"{steps} is left to be typed")
sys.exit(os.waitstatus_to_exitcode(status))
