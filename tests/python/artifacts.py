"""Artifacts as MLflow's own client sees them: names, sizes and bytes of all below a run's folder.

usage: artifacts.py RUN_ID [PATH]
"""

import hashlib
import json
import pathlib
import sys
import tempfile

import mlflow


def walk(run_id, path=None):
    for item in mlflow.artifacts.list_artifacts(run_id=run_id, artifact_path=path):
        if item.is_dir:
            yield from walk(run_id, item.path)
        else:
            yield item.path, item.file_size or 0


def main():
    run_id = sys.argv[1]
    path = sys.argv[2] if len(sys.argv) > 2 else None
    listed = dict(walk(run_id, path))
    with tempfile.TemporaryDirectory() as folder:
        root = mlflow.artifacts.download_artifacts(
            run_id=run_id, artifact_path=path, dst_path=folder
        )
        files = [it for it in pathlib.Path(root).rglob("*") if it.is_file()]
        digests = {
            it.relative_to(root).as_posix(): hashlib.sha256(it.read_bytes()).hexdigest()
            for it in files
        }
    print(json.dumps({"listed": listed, "digests": digests}))


main()
