"""The site under attack: started for one part, its log read afterwards, its addresses visited as a browser visits them."""
import json, os, re, socket, subprocess, sys, time
import urllib.error, urllib.parse, urllib.request

from .ground import FORM, OUT, run


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Site:
    """The site under attack, and what its log says of whoever came."""

    def __init__(self, program, name):
        self.program = program
        self.log, self.seed_file = f"{OUT}/{name}.log", f"{OUT}/{name}.seeds.json"
        self.port, self.plain, self.impatient, self.numbers = free_ports(4)
        self.base = f"http://localhost:{self.port}"
        self.begun = 0

    def __enter__(self):
        said = run(["bin/pg", "env"], stdout=subprocess.PIPE, check=True).stdout
        settings = dict(re.findall(r"export (TEST_\w+)='(.*)'", said))
        arguments = [self.program, str(self.port), str(self.plain), str(self.impatient), str(self.numbers), self.seed_file]
        self.process = subprocess.Popen(arguments, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(self.log, "w"))
        for _ in range(3000):
            if '"ready"' in open(self.log).read():
                break
            if self.process.poll() is not None:
                sys.exit(f"The site under attack did not start: see {self.log}")
            time.sleep(0.1)
        self.seeds = json.load(open(self.seed_file))
        for seed in self.seeds:
            seed["fields"] = [tuple(pair) for pair in seed["fields"]]
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def lines(self):
        """What the log says since the part began."""
        with open(self.log) as log:
            log.seek(self.begun)
            for line in log:
                try:
                    yield json.loads(line)
                except ValueError:
                    pass

    def begin(self):
        self.begun = os.path.getsize(self.log)

    def reached(self):
        """Routes that were reached: signed in, where they ask for it."""
        table = [line.split(None, 2) for line in open("tests/snapshots/routes.txt").read().splitlines() if line]
        open_to_all = {(method, route) for method, route, need in table if need.strip() in ("anyone", "link")}
        seen = {(one.get("method"), one.get("route")) for one in self.lines() if one.get("target") == "common_table::request"
                and one["status"] != 401 and ("actor" in one or "account" in one or (one.get("method"), one.get("route")) in open_to_all)}
        every = {(method, route) for method, route, _ in table}
        return seen & every, every

    def requests(self):
        return sum(1 for one in self.lines() if one.get("target") == "common_table::request")

    def faults(self):
        """Answers of the site that say it broke, by route, and why."""
        lines = list(self.lines())
        why = {one.get("span", {}).get("request"): one.get("cause") or one.get("said") for one in lines if one.get("message") in ("fault", "a panic")}
        broken = {}
        for one in lines:
            if one.get("target") == "common_table::request" and one["status"] >= 500:
                key = (one["method"], one["route"], one["status"], str(why.get(one.get("span", {}).get("request")))[:160])
                broken[key] = broken.get(key, 0) + 1
        return [f"{method} {route}: {status} ({cause}), {times} times" for (method, route, status, cause), times in sorted(broken.items())]

    def visit(self, seed):
        """One visit as a browser makes it: the status, and how long it took."""
        body, kind = body_of(seed)
        request = urllib.request.Request(self.base + seed["path"], data=body, method=seed["method"])
        if kind:
            request.add_header("Content-Type", kind)
        began = time.monotonic()
        try:
            with OPENER.open(request, timeout=60) as answer:
                answer.read()
                return answer.status, time.monotonic() - began
        except urllib.error.HTTPError as error:
            error.read()
            return error.code, time.monotonic() - began
        except OSError:
            return 0, time.monotonic() - began

    def names_asked_for(self, seed):
        """The names of what a page's address may say: its filters, as its forms and links have them."""
        try:
            with OPENER.open(self.base + seed["path"], timeout=60) as answer:
                page = answer.read().decode("utf-8", "replace")
        except (urllib.error.HTTPError, OSError):
            return []
        names = set(re.findall(r'href="[^"]*[?&](?:amp;)?([a-z_]+)=', page))
        for form in re.findall(r'<form[^>]*method="get".*?</form>', page, re.S):
            names |= set(re.findall(r'name="([a-z_]+)"', form))
        return sorted(names)


class NoFollowing(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoFollowing)


def body_of(seed):
    if seed["method"] != "POST":
        return None, None
    if not seed["file"]:
        return urllib.parse.urlencode(seed["fields"]).encode(), FORM
    edge, file = "----the-edge-of-a-part", seed["file"]
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in seed["fields"]]
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{file["field"]}"; filename="{file["name"]}"\r\n'
                 f'Content-Type: application/octet-stream\r\n\r\n{file["text"]}\r\n--{edge}--\r\n')
    return "".join(parts).encode(), f"multipart/form-data; boundary={edge}"
