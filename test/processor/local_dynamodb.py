"""AWS's own DynamoDB Local on this machine: another judge of what DynamoDB takes. It needs Java and Maven."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

SOURCES = Path(__file__).parent / "dynamodb-local"
STORE = Path(__file__).parents[2] / "dist" / "dynamodb-local"
OLDEST_JAVA = 17


def missing() -> str | None:
    """Say in a sentence what this machine lacks to run it; nothing when it lacks nothing."""
    java = shutil.which("java")
    modules = subprocess.run([java, "--list-modules"], capture_output=True, text=True).stdout if java else ""
    # It is started from its source, which takes the compiler of a JDK.
    compiler = re.search(r"^jdk\.compiler@(\d+)", modules, re.MULTILINE)
    if compiler is None or int(compiler[1]) < OLDEST_JAVA:
        return f"DynamoDB Local was not asked: it needs a JDK {OLDEST_JAVA} or newer, and `java` is none."
    if shutil.which("mvn") is None:
        return "DynamoDB Local was not asked: Maven fetches it, and there is no `mvn`."
    return None


@contextmanager
def dynamodb_local() -> Iterator[str]:
    """Run DynamoDB Local, in memory, on a free port of this machine until the block ends; gives its address."""
    libraries = _libraries()
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        f"-Djava.library.path={libraries}",
        "-cp",
        f"{libraries}/*",
        str(SOURCES / "Loopback.java"),
    ]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            ports = (re.fullmatch(r"port (\d+)\n", line) for line in process.stdout)
            port = next((found[1] for found in ports if found), None)
            if port is None:
                log.seek(0)
                raise RuntimeError(f"DynamoDB Local did not start: {log.read()}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()


def _libraries() -> Path:
    """What Maven fetched for the present pom.xml, in a folder; fetched when it is not there yet."""
    pom = SOURCES / "pom.xml"
    folder = STORE / sha256(pom.read_bytes()).hexdigest()[:16]
    if not folder.exists():
        shutil.rmtree(STORE, ignore_errors=True)
        STORE.mkdir(parents=True)
        half_done = STORE / "half-done"
        maven = ["mvn", "--quiet", "--batch-mode", f"--file={pom}", "dependency:copy-dependencies", f"-DoutputDirectory={half_done}"]
        done = subprocess.run(maven, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"Maven could not fetch DynamoDB Local: {done.stdout}{done.stderr}")
        half_done.rename(folder)
    return folder
