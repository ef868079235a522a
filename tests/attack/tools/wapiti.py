"""wapiti: goes from page to page by itself and tries what it finds on each."""
import json

from .ground import BOUND, FULL, OUT, bounded, python


def wapiti_run(wapiti, name, base, starts, scope, bound, more=()):
    report, list_of = f"{OUT}/wapiti-{name}.json", f"{OUT}/wapiti-{name}.starts"
    with open(list_of, "w") as file:
        file.write("\n".join(starts) + "\n")
    modules = "sql,xss,permanentxss,file,exec,crlf,redirect,ssti"
    command = [wapiti, "-u", base, "-s", list_of, "--scope", scope, "-m", modules, "-f", "json", "-o", report, "--flush-session", "--no-bugreport",
               "--store-session", f"{OUT}/wapiti-sessions", "-t", "20", "--tasks", "8", "-v", "1", *more]
    if bound:
        command += ["--max-scan-time", str(bound // 2), "--max-attack-time", str(bound // 16)]
    bounded("wapiti", command, f"{OUT}/wapiti-{name}.txt", bound and bound + 60)
    try:
        written = json.load(open(report))
    except (OSError, ValueError):
        return []
    groups = {**written.get("vulnerabilities", {}), **written.get("anomalies", {})}
    return sorted({(kind, one["method"], one["path"], str(one.get("parameter")), one["info"][:140]) for kind, all_of in groups.items() for one in all_of})


def wapiti(site):
    program = python("wapiti", "wapiti3")
    planted = wapiti_run(program, "planted", f"{site.base}/planted", [f"{site.base}/planted"], "folder", 90)
    kinds = {kind for kind, _, path, *_ in planted if path.startswith("/planted/")}
    sees = any("SQL" in kind for kind in kinds) and any("XSS" in kind or "Cross" in kind for kind in kinds)
    site.begin()
    starts = [f"{site.base}/seeds"] + [site.base + seed["path"] for seed in site.seeds if seed["method"] == "GET"]
    more = ["-d", "2", "--max-files-per-dir", "60", "--max-links-per-page", "60", "-x", f"{site.base}/planted*"]
    found = wapiti_run(program, "site", f"{site.base}/cedar-river", starts, "domain", None if FULL else BOUND["wapiti"], more)
    return sees, [f"{kind}: {method} {path} {parameter}: {info}" for kind, method, path, parameter, info in found]
