"""Make the virtual environment: standard library only, run by whatever Python 3 the machine has.

`python3 tools/bootstrap.py runtime|development`. Says what is missing and how to get it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
LOCKS = {"runtime": "requirements.lock", "development": "requirements-dev.lock"}
LAUNCHER = """#!{python}
import sys
from service.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""


def main(purpose):
    """Create the environment if need be and install the pinned packages of `purpose`."""
    check_python()
    python = VENV / "bin" / "python"
    if not python.exists() or not works(python):
        say("Making a virtual environment in .venv ...")
        shutil.rmtree(VENV, ignore_errors=True)
        make_venv()
    lock = ROOT / LOCKS[purpose]
    say("Installing pinned packages of %s (once; some minutes on a slow line) ..." % lock.name)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", str(lock)]
    if subprocess.call(command, cwd=str(ROOT)):
        stop(
            "The packages could not be installed (see above).",
            "Check the network or proxy (pip's own settings apply), then run make again.",
        )
    put_on_path(python)
    for made in ("runtime", "development")[: 2 if purpose == "development" else 1]:
        (VENV / made).write_text("")


def check_python():
    """Refuse a Python that is too old, naming the remedy."""
    if sys.version_info[:2] < OLDEST:
        stop(
            "Python %d.%d is too old: Markpass needs 3.11 or newer." % sys.version_info[:2],
            "Install a newer one (Debian/Ubuntu: apt install python3; macOS: brew install python)"
            " and name it: make PYTHON=python3.12",
        )


def works(python):
    """Say whether the environment's Python still starts and has pip."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.call([str(python), "-m", "pip", "--version"], **quiet) == 0
    except OSError:  # brought along from a machine of another kind
        return False


def make_venv():
    """Make the environment; Debian leaves out a part that must be installed first."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        package = "python%d.%d-venv" % sys.version_info[:2]
        stop(
            "This Python cannot make virtual environments: %s is missing." % package,
            "Debian/Ubuntu: sudo apt install python3-venv    then run make again.",
        )
    venv.EnvBuilder(with_pip=True, symlinks=True).create(str(VENV))


def put_on_path(python):
    """Let the environment import this checkout and give it the `markpass` command."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.check_output([str(python), "-c", asked], universal_newlines=True).strip()
    (Path(site) / "markpass.pth").write_text(str(ROOT) + "\n")
    launcher = VENV / "bin" / "markpass"
    launcher.write_text(LAUNCHER.format(python=python))
    launcher.chmod(0o755)


def say(text):
    """Print one line at once."""
    print(text, flush=True)


def stop(what, remedy):
    """End with what is missing and the way out."""
    sys.stderr.write("%s\n  -> %s\n" % (what, remedy))
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
