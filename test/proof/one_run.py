"""One call of the function in a process of its own: ``python test/proof/one_run.py < event.json`` prints what it answered and took.

``LATENCY_SECONDS`` in its environment is how long each request to AWS takes more than it takes here.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "lambda/processor"))

from botocore.httpsession import URLLib3Session

import handler

FAR_TOO_MUCH = 3 * 1024**3
"""Bytes after which a run is ended, for the machine's sake."""


class Context:
    """What Lambda tells a function about its call."""

    aws_request_id = "proof"


def peak_mebibytes():
    """The most memory that this process held so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike getrusage, this says nothing of the process that started this one.
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def put_far_away(seconds):
    """Has each request take longer, as where AWS is not on the same machine."""
    send = URLLib3Session.send

    def send_late(*args, **kwargs):
        time.sleep(seconds)
        return send(*args, **kwargs)

    URLLib3Session.send = send_late


if __name__ == "__main__":
    put_far_away(float(os.environ.get("LATENCY_SECONDS", "0")))
    resource.setrlimit(resource.RLIMIT_DATA, (FAR_TOO_MUCH, FAR_TOO_MUCH))
    event = json.load(sys.stdin)
    started = time.perf_counter()
    answer = handler.main(event, Context())
    print(json.dumps({"records": answer["records"], "seconds": time.perf_counter() - started, "peak": peak_mebibytes()}))
