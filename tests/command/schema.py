#!/usr/bin/python3
"""The JSON Schema that editors get says of every document of our packs what the loader says: good. And of spoilt ones: bad."""
import copy, glob, json, subprocess, sys, yaml
from jsonschema import Draft202012Validator

class Reader(yaml.SafeLoader):
    """Dates stay texts, as the editors' readers leave them."""
Reader.yaml_implicit_resolvers = {first: [(tag, test) for tag, test in rows if tag != 'tag:yaml.org,2002:timestamp']
                                  for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}

schema = json.loads(subprocess.run(['build/onestop', 'lint', '--schema'], capture_output=True, check=True).stdout)
Draft202012Validator.check_schema(schema)
judge = Draft202012Validator(schema)
passed = failed = 0

def check(good, what):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good: print(what)

kinds = {}
for file in sorted(glob.glob('packs/*/**/*.yaml', recursive=True)):
    documents = [one for one in yaml.load_all(open(file), Reader) if one]
    layered = any('base' in one for one in documents)          # changes of documents that stand elsewhere are not whole
    for document in documents:
        faults = [] if layered else [error.message for error in judge.iter_errors(document)]
        check(not faults, f'{file}: {next(iter(document.items()))}: {faults[:2]}')
        if not layered: kinds.setdefault(next(iter(document)), document)
check(len(kinds) >= 9, f'kinds of documents in the packs: {sorted(kinds)}')

def spoilt(kind, change):
    document = copy.deepcopy(kinds[kind])
    change(document)
    return document

for kind in kinds:
    check(list(judge.iter_errors(spoilt(kind, lambda one: one.update({'colour': 'red'})))), f'{kind}: an unknown key is not seen')
for kind, key in [('service', 'authority'), ('service', 'time'), ('fact', 'type'), ('event', 'goals'), ('authority', 'level'), ('pack', 'area')]:
    check(list(judge.iter_errors(spoilt(kind, lambda one: one.pop(key)))), f'{kind}: that {key} is missing is not seen')
for kind, key, value in [('service', 'visits', -1), ('service', 'name', 'Licence'), ('service', 'needs', [{'evidense': 'x'}]), ('fact', 'type', 'colour'),
                         ('service', 'time', {'statutory': '20 fortnights'}), ('law', 'in-force', '1 May 2026'), ('pack', 'currency', 'yuan'), ('evidence', 'upload', 'maybe')]:
    check(list(judge.iter_errors(spoilt(kind, lambda one: one.update({key: value})))), f'{kind}: {key}: {value} is not seen')
check(list(judge.iter_errors({'name': {'en': 'x'}})), 'a document of no kind is not seen')
print(f'{passed} passed, {failed} failed')
sys.exit(failed > 0)
