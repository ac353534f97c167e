"""Has `fork_server.py` run a program with the streams, the environment and the folder of this process; ends as it did.

    fork_client.py SOCKET SCRIPT|-c CODE|-m MODULE [ARGUMENT…]

Where `PYTHONPATH` brings another MLflow, or a server is told a path that MLflow takes in while it is imported, an
interpreter of its own runs the program.
"""

import json
import os
import socket
import sys

further = os.environ.get("PYTHONPATH", "").split(os.pathsep)
has_another = any(os.path.isdir(os.path.join(folder, "mlflow")) for folder in further if folder)
if has_another or "--static-prefix" in sys.argv:
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
request = {
    "arguments": sys.argv[2:],
    "environment": dict(os.environ),
    "directory": os.getcwd(),
}
body = json.dumps(request).encode()
server = socket.socket(socket.AF_UNIX)
server.connect(sys.argv[1])
socket.send_fds(server, [len(body).to_bytes(8, "big")], [0, 1, 2])
server.sendall(body)
code = server.recv(16)
if not code:
    sys.exit("the interpreter that runs the tests' programs has ended")
# A program that a signal ended has a negative one.
os._exit(int(code) if int(code) >= 0 else 128 - int(code))
