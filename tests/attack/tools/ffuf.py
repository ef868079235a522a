"""ffuf: each part of each address and each field of each form, harmed in ways that somebody has met before."""
import json, random, subprocess
import urllib.parse

from .ground import BOUND, FORM, FULL, OUT, have, run

NAUGHTY = ["'", '"', "';--", "%00", "\0", "\ufeff\u202e", "<script>alert(1)</script>", "{{7*7}}${7*7}", "../../../../etc/passwd", "\r\nX-Planted: 1",
           "-1", "99999999999999999999", "1e400", "NaN", "2026-02-30", "0001-01-01", "9999-12-31", "true", "null", "[]", "\U0001f4a9" * 40, "A" * 5000]


def ffuf_run(site, name, pairs, bound, post=False):
    """Asks for each address, or sends each form, and answers which broke the site."""
    paths, bodies, report = f"{OUT}/ffuf-{name}.paths", f"{OUT}/ffuf-{name}.bodies", f"{OUT}/ffuf-{name}.json"
    open(paths, "w").write("\n".join(path.lstrip("/") for path, _ in pairs) + "\n")
    command = ["ffuf", "-s", "-t", "8", "-mc", "500,501,502,504", "-of", "json", "-o", report, "-timeout", "30", "-u", f"{site.base}/PATH", "-w", f"{paths}:PATH"]
    if post:
        open(bodies, "w").write("\n".join(body for _, body in pairs) + "\n")
        command += ["-mode", "pitchfork", "-w", f"{bodies}:BODY", "-X", "POST", "-d", "BODY", "-H", f"Content-Type: {FORM}"]
    if bound:
        command += ["-maxtime", str(bound)]
    run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return [one["url"] + " " + str(one["input"].get("BODY", ""))[:80] for one in json.load(open(report))["results"]]
    except (OSError, ValueError):
        return []


def ffuf(site):
    if not have("ffuf"):
        return None
    quoted = [urllib.parse.quote(text, safe="") for text in NAUGHTY] + ["%ff%fe", "%252e%252e%252f", "%c0%af"]
    sees = len(ffuf_run(site, "planted", [(f"/planted/crash?text={text}", "") for text in quoted], 30)) > 5
    site.begin()
    asked, sent = [], []
    for seed in site.seeds:
        if seed["method"] == "GET":
            asked.append((seed["path"], ""))
            harmed = [seed["path"].replace(part, text) for part in seed["path"].split("/") if len(part) >= 36 for text in quoted]
            named = [f"{seed['path']}?{name}={text}" for name in site.names_asked_for(seed) for text in quoted]
            asked += [(one, "") for one in harmed + named]
        elif not seed["file"]:
            # An empty line would be passed over, and everything after it meet another address's form.
            sent.append((seed["path"], urllib.parse.urlencode(seed["fields"]) or "text=1"))
            for number, (name, _) in enumerate(seed["fields"]):
                others = urllib.parse.urlencode(seed["fields"][:number] + seed["fields"][number + 1:])
                sent += [(seed["path"], f"{others}&{name}={text}") for text in quoted]
        else:
            site.visit(seed)
    bound = None if FULL else BOUND["ffuf"] // 2
    found = ffuf_run(site, "asked", whole_first(asked, site), bound) + ffuf_run(site, "sent", whole_first(sent, site), bound, True)
    return sees, found


def whole_first(pairs, site):
    """The unharmed ones first, so that each route is come to; then the others in an order of chance, the same each time."""
    unharmed = {(seed["path"], urllib.parse.urlencode(seed["fields"]) or "text=1" if seed["method"] == "POST" else "") for seed in site.seeds}
    rest = [pair for pair in pairs if pair not in unharmed]
    random.Random(1).shuffle(rest)
    return [pair for pair in pairs if pair in unharmed] + rest
