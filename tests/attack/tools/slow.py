"""slowhttptest: a thousand visitors who take their time, and the others meanwhile."""
import re, resource, statistics, subprocess, threading, time

from .ground import FORM, OUT, have, say
from .site import OPENER


def held(site):
    """Connections that the site has open, as its own numbers say."""
    with OPENER.open(f"http://127.0.0.1:{site.numbers}/metrics", timeout=10) as answer:
        return float(re.search(r"^process_open_fds (\S+)$", answer.read().decode(), re.M).group(1))


def largest(site):
    """The largest file that every page links to: more than a connection takes at once."""
    with OPENER.open(f"{site.base}/sign-in", timeout=30) as answer:
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.read().decode()))
    def size(file):
        with OPENER.open(site.base + file, timeout=30) as answer:
            return len(answer.read())
    return max(files, key=size)


def slow_run(mode, port, seconds, page):
    """A thousand slow visitors, for so many seconds; beside the gate, which would wait for them itself."""
    target = f"http://localhost:{port}{page if mode == '-X' else '/sign-in'}"
    command = ["slowhttptest", mode, "-c", "1000", "-r", "250", "-i", "10", "-l", str(seconds), "-u", target, "-p", "3", "-k", "8"]
    if mode == "-B":
        # The site refuses at once what does not say that it comes from its own page; the tool itself cannot say so.
        command += ["-s", "8192", "-x", "16", "-f", f"{FORM}\r\nSec-Fetch-Site: same-origin"]
    return subprocess.Popen(command, stdout=open(f"{OUT}/slow{mode}-{port}.txt", "w"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)


def still_held(site, before, mode, port, seconds, page):
    """Connections that are held towards the end, beside those from before."""
    process = slow_run(mode, port, seconds, page)
    time.sleep(seconds - 3)
    still = held(site) - before
    process.wait()
    time.sleep(2)
    return max(0, still)


def slow(site):
    if not have("slowhttptest"):
        return None
    limit = min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.prlimit(site.process.pid, resource.RLIMIT_NOFILE, (limit, limit))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    sees, found, names = True, [], {"-H": "slow heads", "-B": "slow bodies", "-X": "answers taken slowly"}
    before, page = held(site), largest(site)
    for mode in names:
        kept = still_held(site, before, mode, site.impatient, 26, page)
        say(f"planted: of 1,000 {names[mode]} {kept:.0f} connections are held after 23 s")
        sees = sees and kept > 500
    site.begin()
    quiet = [site.visit(seed)[1] for seed in site.seeds if seed["method"] == "GET"]
    meanwhile, on = [], threading.Event()
    def others():
        while not on.is_set():
            for seed in site.seeds:
                meanwhile.append(site.visit(seed)[1])
                if on.is_set():
                    break
    beside = threading.Thread(target=others)
    beside.start()
    for mode in names:
        kept = still_held(site, before, mode, site.plain, 36, page)
        say(f"the site: of 1,000 {names[mode]} {kept:.0f} connections are held after 33 s")
        if kept > 50:
            found.append(f"{names[mode]}: {kept:.0f} of 1,000 connections are still held after 33 s")
    on.set()
    beside.join()
    for seed in site.seeds:
        site.visit(seed)
    high = lambda times: statistics.quantiles(times, n=20)[-1] * 1000
    say(f"others meanwhile: 95 of 100 pages within {high(meanwhile):.0f} ms, of {len(meanwhile)}; quiet: {high(quiet):.0f} ms")
    if high(meanwhile) > max(500, 5 * high(quiet)):
        found.append(f"pages of others take up to {high(meanwhile):.0f} ms while slow visitors are there")
    return sees, found
