"""What every part stands on: programs of others, found or installed, and where things are written."""
import os, shutil, subprocess, sys, threading

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../.."))
OUT = "target/attack"
FULL = os.environ.get("FULL") == "yes"
# Seconds that a tool may take on the site.
BOUND = {"sqlmap": 480, "wapiti": 420, "schemathesis": 240, "ffuf": 180}
FORM = "application/x-www-form-urlencoded"


def say(text=""):
    print(text, flush=True)


def run(command, **more):
    return subprocess.run(command, text=True, stdin=subprocess.DEVNULL, **more)


def have(program, package=None):
    """Sees to it that a program of Debian's is there."""
    if shutil.which(program):
        return True
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    run(root + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", package or program], stdout=subprocess.DEVNULL)
    return bool(shutil.which(program)) or say(f"{program} is not on this machine, and could not be installed.") or False


def python(program, *packages):
    """The path of a program of PyPI's, in an environment of its own."""
    folder = f"{OUT}/venv"
    if not os.path.exists(f"{folder}/bin/python"):
        run([sys.executable, "-m", "venv", folder], check=True)
    if not os.path.exists(f"{folder}/bin/{program}") or program == "python":
        run([f"{folder}/bin/pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
    return f"{TOP}/{folder}/bin/{program}"


def bounded(name, command, said, bound):
    """Runs a tool for so long at most, with what it says in a file."""
    with open(said, "w") as file:
        try:
            run(command, stdout=file, stderr=subprocess.STDOUT, timeout=bound)
        except subprocess.TimeoutExpired:
            say(f"{name} was stopped after {bound} s")


def together(work, items):
    threads = [threading.Thread(target=work, args=(item,)) for item in items]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
