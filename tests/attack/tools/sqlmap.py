"""sqlmap: statements that take what was sent for a part of themselves."""
import csv, glob, random, re, shutil
import urllib.parse

from .ground import BOUND, FULL, OUT, bounded, have, together
from .site import body_of

PLANTED_ROWS = {"method": "GET", "route": "", "path": "/planted/rows?text=heron", "fields": [], "file": None}
PLANTED_FORM = {"method": "POST", "route": "", "path": "/planted/rows", "fields": [("text", "heron")], "file": None}


def sqlmap_targets(site, seeds, file, full):
    """A log of requests as a proxy writes it: what sqlmap reads many targets from. The last id of an address is tried as well."""
    with open(file, "w") as log:
        for seed in seeds:
            body, kind = body_of(seed)
            path = seed["path"]
            if full and seed["method"] == "GET":
                names = site.names_asked_for(seed)
                path += "?" + "&".join(f"{name}=1" for name in names or ["text"]) if names or not re.search(r"[0-9a-f-]{36}$", path) else "*"
            head = f"{seed['method']} {path} HTTP/1.1\nHost: localhost:{site.port}\n"
            if body is not None:
                head += f"Content-Type: {kind}\nContent-Length: {len(body)}\n"
            text = body.decode("utf-8", "replace").replace("\r\n", "\n") if body else ""
            log.write(f"======================================================\n1:00:00  http://localhost:{site.port}  [127.0.0.1]\n"
                      f"======================================================\n{head}\n{text}\n======================================================\n\n\n\n")


def sqlmap_run(name, targets, bound):
    folder = f"{OUT}/sqlmap-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    strength = ["--level=3", "--risk=2"] if FULL else ["--level=1", "--risk=1", "--technique=BE"]
    command = ["sqlmap", "-l", targets, "--batch", "--dbms=PostgreSQL", "--flush-session", "--disable-coloring", "--threads=4", "--timeout=20", "--retries=0",
               "--skip=key,hat,version", "--ignore-code=*", "--ignore-stdin", "--ignore-redirects", "--answers=skip further tests=N,keep testing=Y", f"--output-dir={folder}", "-v", "1", *strength]
    bounded("sqlmap", command, f"{OUT}/sqlmap-{name}.txt", bound)
    found = set()
    for file in glob.glob(f"{folder}/results-*.csv"):
        for row in csv.DictReader(open(file)):
            # Without a place and a parameter the line only says that there was none.
            if row.get("Parameter"):
                found.add((urllib.parse.urlsplit(row["Target URL"]).path, row["Place"], row["Parameter"], row["Technique(s)"]))
    return sorted(found)


def sqlmap(site):
    if not have("sqlmap"):
        return None
    sqlmap_targets(site, [PLANTED_ROWS, PLANTED_FORM], f"{OUT}/planted.burp", False)
    planted = sqlmap_run("planted", f"{OUT}/planted.burp", 120)
    sees = {place for path, place, parameter, _ in planted if path == "/planted/rows" and parameter == "text"} == {"GET", "POST"}
    site.begin()
    seeds = [seed for seed in site.seeds]
    random.Random(1).shuffle(seeds)
    halves, found = [seeds[0::2], seeds[1::2]], []
    def half(number):
        sqlmap_targets(site, halves[number], f"{OUT}/half{number}.burp", True)
        found.extend(sqlmap_run(f"half{number}", f"{OUT}/half{number}.burp", None if FULL else BOUND["sqlmap"]))
    together(half, range(2))
    return sees, [f"{path}: {place} {parameter} ({how})" for path, place, parameter, how in found]
