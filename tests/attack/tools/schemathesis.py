"""schemathesis: makes up what might be sent to each route, from a description of all of them."""
import json, re

from .ground import BOUND, FORM, FULL, OUT, bounded, python


def described(site, seeds):
    """The routes as OpenAPI says such things: ids stand fast, everything else is a text."""
    paths = {}
    for seed in seeds:
        path, names = seed["path"].split("?")[0], re.findall(r"\{(\w+)\}", seed["route"])
        values = dict(zip(names, [part for own, part in zip(seed["route"].split("/"), path.split("/")) if own.startswith("{")]))
        parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": [value]}} for name, value in values.items()]
        operation = {"responses": {"200": {"description": "a page"}}, "parameters": parameters}
        if seed["method"] == "GET":
            asked = ["text"] if seed["route"].startswith("/planted") else site.names_asked_for(seed)
            parameters += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in asked]
        elif seed["fields"]:
            fields = {name: {"type": "string", "example": value} for name, value in seed["fields"]}
            operation["requestBody"] = {"content": {FORM: {"schema": {"type": "object", "properties": fields}}}}
        paths.setdefault(seed["route"], {})[seed["method"].lower()] = operation
    return {"openapi": "3.0.3", "info": {"title": "Common Table", "version": "1"}, "paths": paths}


def schemathesis_run(program, site, name, seeds, bound):
    file = f"{OUT}/{name}.openapi.json"
    json.dump(described(site, seeds), open(file, "w"))
    examples = 500 if FULL else 12
    command = [program, "run", file, "--base-url", site.base, "--checks", "not_a_server_error", "--hypothesis-max-examples", str(examples), "--workers", "4",
               "--request-timeout", "30000", "--hypothesis-seed", "1", "--hypothesis-suppress-health-check", "all", "--no-color"]
    bounded("schemathesis", command, f"{OUT}/schemathesis-{name}.txt", bound)
    return "Server error" in open(f"{OUT}/schemathesis-{name}.txt").read()


def schemathesis(site):
    program = python("schemathesis", "schemathesis<4", "hypothesis<6.120")
    crash = {"method": "GET", "route": "/planted/crash", "path": "/planted/crash", "fields": [], "file": None}
    sees = schemathesis_run(program, site, "planted", [crash], 60)
    site.begin()
    schemathesis_run(program, site, "site", site.seeds, None if FULL else BOUND["schemathesis"])
    return sees, []
