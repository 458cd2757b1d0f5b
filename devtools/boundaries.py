"""Write the boundary tables anew where a rule has changed: python devtools/boundaries.py [--quick] [WORD ...]

WORD is a file of rules by its name, as `police`, or the id of a rule. Without any every table is written.
With --quick a rule that keeps a case gets no new ones: its table stays true, and says less than it could.

For each rule a case is kept for every small change of the rule that would otherwise go unnoticed: its
conditions, values, bounds and exceptions, what it closes or bars, and on what it acts. What a table says
already and what still holds is kept as it is. A change that the solver proves to change nothing needs no
case. Read the difference of the tables against the law before committing it.

Held by `tests/golden/test_boundaries.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from boundary_tables import HERE, VERDICTS, Entry, Table, effect, read_tables, trials

from devtools.changed_rulebook import rewritten
from devtools.distinguish import Apart, Lines, Trials, outcome
from devtools.mutants import Mutant, known_values, mutants_of
from routing.case.model import Stated
from routing.core import conclusion
from routing.core.conditions import AtLeast, AtomRef, Clause, leaf_tests
from routing.core.grouping import grouped
from routing.core.truth import Truth
from routing.evaluate.reference import Reference
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.solver.session import GaveUp
from routing.verify.solver.witness import MEASURE
from routing.verify.statements import load_statements

CRISP = {(True, True): (False, False), (False, False): (True, True)}
WORDS = {truth: word for word, truth in VERDICTS.items()}
WIDTH = 118
QUICK = "--quick"


@dataclass
class Writer:
    """Finds the cases of one rule."""

    rule: Rule
    trials: Trials
    apart: Apart
    entries: list[tuple[Entry, Reference]] = field(default_factory=list)
    near: list[tuple[dict[str, Stated], Reference]] = field(default_factory=list)

    @property
    def rulebook(self) -> Rulebook:
        return self.trials.rulebook

    def keep(self, entries: Iterable[Entry]) -> None:
        """Take over what an old table says, where it still holds and can still be."""
        for entry in entries:
            if all(
                name in self.rulebook.facts or name.startswith(TIE) or name in ("kind", MEASURE)
                for name in entry.said
            ):
                reference = self.trials.reference(entry.said)
                if entry.holds(reference) and self.trials.possible(reference):
                    self._add(entry.verdict, dict(entry.said), reference, entry.heads)

    def write(self) -> list[Entry]:
        """A case for every mutant that can be told from the rule."""
        targets: list[tuple[Mutant, Lines]] = []
        for mutant in mutants_of(self.rulebook, [self.rule]):
            lines = rewritten(self.rulebook, mutant.old, mutant.new)
            if not lines or self._killed(lines):
                continue
            if (
                self.rule.form in ("close", "bar")
                and mutant.old.when == mutant.new.when
                and mutant.old.targets != mutant.new.targets
            ):
                targets.append((mutant, lines))
            elif not self._nearby(lines):
                self._solved(mutant, lines)
        self._all_closed(targets)
        return [entry for entry, _ in self.entries]

    def _killed(self, lines: Lines) -> bool:
        return any(entry.kills(reference, lines) for entry, reference in self.entries)

    def _nearby(self, lines: Lines) -> bool:
        """Whether changing one fact of a case kept already tells the two apart; that case is kept."""
        head = conclusion.fired(self.rule.id)
        if head not in lines:
            return False
        for said, reference in self.near:
            old = reference.atom(head)
            if CRISP.get(old) == outcome(reference, lines[head]) and self.trials.possible(reference):
                self._add(WORDS[old], said, reference)
                return True
        return False

    def _solved(self, mutant: Mutant, lines: Lines) -> None:
        fires = self.apart.fires(self.rule.id)
        try:
            crisp = self.apart.crisply(lines)
            said = (
                self.apart.said(crisp, fires)
                or self.apart.said(crisp)
                or self.apart.said(self.apart.at_all(lines))
            )
        except GaveUp:
            print(f"the solver gave up: {mutant.id}")
            return
        if said is None:
            return
        reference = self.trials.reference(said)
        apart = [head for head, new in lines.items() if outcome(reference, new) != reference.atom(head)]
        if not apart:
            print(f"the evaluator does not see what the solver found: {mutant.id}: {said}")
            return
        sharp = [head for head in apart if CRISP.get(reference.atom(head)) == outcome(reference, lines[head])]
        head = min(sharp or apart, key=self._plainest)
        self._short(said, {head: (reference.atom(head), lines[head])})

    def _all_closed(self, mutants: Sequence[tuple[Mutant, Lines]]) -> None:
        """As few cases as halving finds in which what the rule closes or bars would otherwise be open."""
        left = [(mutant, lines) for mutant, lines in mutants if not self._killed(lines)]
        if not left:
            return None
        try:
            said = self.apart.said(*(self.apart.crisply(lines) for _, lines in left))
        except GaveUp:
            said = None
        if said is None and len(left) > 1:
            middle = len(left) // 2
            self._all_closed(left[:middle])
            self._all_closed(left[middle:])
        elif said is None:
            self._solved(*left[0])
        else:
            reference = self.trials.reference(said)
            heads = {}
            for _, lines in left:
                head = next(
                    head
                    for head in sorted(lines, key=self._plainest)
                    if CRISP.get(reference.atom(head)) == outcome(reference, lines[head])
                )
                heads[head] = (reference.atom(head), lines[head])
            if len({truth for truth, _ in heads.values()}) == 1:
                return self._short(said, heads)
            for mutant, lines in left:
                self._solved(mutant, lines)
        return None

    def _plainest(self, head: str) -> tuple[int, str]:
        """The conclusions that say most about the rule itself first."""
        if head == conclusion.fired(self.rule.id):
            return 0, head
        kinds = (conclusion.STEP, conclusion.AVAILABLE, conclusion.DELIVERS, conclusion.PRIMARY)
        kind = conclusion.kind_of(head)
        return (kinds.index(kind) + 1 if kind in kinds else len(kinds) + 1), head

    def _short(
        self, said: Mapping[str, Stated], heads: Mapping[str, tuple[Truth, tuple[Clause, ...]]]
    ) -> None:
        """Keep a case with as little in it as still tells the two apart, in the usual words."""
        told = {head: (old, outcome(self.trials.reference(said), new)) for head, (old, new) in heads.items()}

        def wanted(reference: Reference) -> bool:
            return all(
                reference.atom(head) == told[head][0] and outcome(reference, heads[head][1]) == told[head][1]
                for head in heads
            )

        kept = self.trials.shortest(said, wanted)
        for name, values in self._plainer(kept):
            for value in values:
                trial = {**kept, name: value}
                reference = self.trials.reference(trial)
                if wanted(reference) and self.trials.possible(reference):
                    kept = trial
                    break
        self._add(WORDS[next(iter(told.values()))[0]], kept, self.trials.reference(kept), tuple(heads))

    def _plainer(self, said: Mapping[str, Stated]) -> Iterator[tuple[str, Sequence[Stated]]]:
        """Values that read more simply, the simplest first: the first measures, no tie for one that is
        signed, one value for many."""
        places = list(self.rulebook.measures)
        yield MEASURE, places[: places.index(str(said[MEASURE]))]
        for name, stated in said.items():
            if stated == "signed":
                yield name, ["none"]
            elif isinstance(stated, tuple) and len(stated) > 1:
                yield name, [(word,) for word in stated]

    def _add(
        self, verdict: str, said: dict[str, Stated], reference: Reference, heads: tuple[str, ...] = ()
    ) -> None:
        heads = heads or (conclusion.fired(self.rule.id),)
        entry = Entry(self.rule.id, verdict, said, heads)
        if any(old == entry for old, _ in self.entries):
            return
        self.entries.append((entry, reference))
        if heads == (conclusion.fired(self.rule.id),):
            self.near += ((trial, self.trials.reference(trial)) for trial in self._varied(said))

    def _varied(self, said: Mapping[str, Stated]) -> Iterator[dict[str, Stated]]:
        """The case with one other value of one fact that the rule asks for."""
        for leaf in dict.fromkeys(
            leaf for leaf in leaf_tests(self.rule.when) if not isinstance(leaf, AtomRef)
        ):
            assert not isinstance(leaf, AtomRef)
            fact = self.rulebook.facts.get(leaf.fact)
            if fact is not None and "from" in (fact.looked_up or {}):
                continue
            if isinstance(leaf, AtLeast):
                values: Iterable[Stated] = (leaf.bound, leaf.bound - 1, leaf.bound + 1)
            elif fact is not None and fact.type == "many":
                values = tuple((value,) for value in known_values(self.rulebook, leaf.fact))
            else:
                values = known_values(self.rulebook, leaf.fact)
            for value in values:
                if said.get(leaf.fact) != value and not (isinstance(value, int) and value < 0):
                    yield {**said, leaf.fact: value}


def main(words: Sequence[str]) -> None:
    quick, only = QUICK in words, [word for word in words if word != QUICK]
    ground = trials()
    rulebook = ground.rulebook
    apart = Apart(rulebook, load_statements(rulebook))
    old = read_tables(rulebook)
    files = grouped((Path(rule.file).stem, rule) for rule in rulebook.rules)
    for path in HERE.glob("*.yaml"):
        if path.stem not in files:
            path.unlink()
    count = cases = 0
    for name, rules in files.items():
        if only and name not in only and not any(rule.id in only or rule.parent in only for rule in rules):
            continue
        tables = []
        for rule in rules:
            entries: Sequence[Entry] = old[rule.id].entries if rule.id in old else ()
            if not only or name in only or rule.id in only or rule.parent in only:
                writer = Writer(rule, ground, apart)
                writer.keep(entries)
                enough = quick and any(
                    entry.heads == (conclusion.fired(rule.id),) for entry, _ in writer.entries
                )
                entries = [entry for entry, _ in writer.entries] if enough else writer.write()
            tables.append(Table(rule.id, effect(rule, rulebook), rule.basis, tuple(entries)))
            count, cases = count + 1, cases + len(entries)
            if sys.stderr.isatty() or count % 100 == 0:
                print(
                    f"{count} of {len(rulebook.rules)} rules, {cases} cases",
                    end="\r" if sys.stderr.isatty() else "\n",
                    file=sys.stderr,
                )
        head = (
            f"# Boundary tables of rules/reasoning/{name}.yaml; see README.md. Refreshed by `python"
            " devtools/boundaries.py`.\n"
        )
        (HERE / f"{name}.yaml").write_text(head + "".join(map(written, tables)), encoding="utf-8")


# Writing


def written(table: Table) -> str:
    lines = [
        f"\n{table.rule}:",
        f"  does: {table.does}",
        *_wrapped(f"  rests_on: [{', '.join(_quoted(ref) for ref in table.rests_on)}]", 4),
    ]
    rows = _merged(table.entries)
    if rows:
        lines.append("  cases:")
        for row in rows:
            lines += _wrapped(f"  - {row}", 4)
    return "\n".join(lines) + "\n"


def _merged(entries: Sequence[Entry]) -> list[str]:
    """The rows, with `each` where cases differ in the value of one fact alone."""
    left = sorted(_joined(entries), key=_plainness)
    rows: list[str] = []
    while left:
        first = left[0]
        names = sorted(name for name, stated in first.said.items() if not isinstance(stated, tuple))
        groups = {name: [entry for entry in left if _alike(first, entry, name)] for name in names}
        name = max(names, key=lambda varied: len(groups[varied]))
        rows.append(_row(groups[name], name))
        left = [entry for entry in left if entry not in groups[name]]
    return rows


def _plainness(entry: Entry) -> tuple[object, ...]:
    """The order of the rows: that the rule fires, that it does not, what else is concluded; the shortest
    cases first."""
    own = entry.heads == (conclusion.fired(entry.rule),)
    return (
        not own,
        list(VERDICTS).index(entry.verdict),
        len(entry.said),
        entry.heads,
        sorted((name, str(stated)) for name, stated in entry.said.items()),
    )


def _alike(first: Entry, second: Entry, name: str) -> bool:
    """Whether two cases differ at most in the value of one fact."""
    same = (first.verdict, first.heads, first.said.keys()) == (
        second.verdict,
        second.heads,
        second.said.keys(),
    )
    return same and all(second.said[key] == stated for key, stated in first.said.items() if key != name)


def _joined(entries: Sequence[Entry]) -> list[Entry]:
    """One entry where the same case shows several conclusions beside that the rule fires."""
    joined: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        own = entry.heads == (conclusion.fired(entry.rule),)
        key = (entry.verdict, tuple(sorted(entry.said.items(), key=lambda item: item[0])), own)
        heads = tuple(dict.fromkeys((*(joined[key].heads if key in joined else ()), *entry.heads)))
        joined[key] = Entry(entry.rule, entry.verdict, entry.said, heads)
    return list(joined.values())


def _row(group: Sequence[Entry], name: str) -> str:
    first = group[0]
    said = {key: stated for key, stated in first.said.items() if key != name or len(group) == 1}
    ties = ", ".join(
        f"{key.removeprefix(TIE)}: {stated}" for key, stated in sorted(said.items()) if key.startswith(TIE)
    )
    facts = [f"{key}: {_value(said[key])}" for key in ("kind", MEASURE) if key in said]
    facts += [
        f"{key}: {_value(stated)}"
        for key, stated in sorted(said.items())
        if not key.startswith(TIE) and key not in ("kind", MEASURE)
    ]
    parts = [f"{first.verdict}: {{{', '.join([*facts, *([f'ties: {{{ties}}}'] if ties else [])])}}}"]
    if first.heads != (conclusion.fired(first.rule),):
        parts.append(f"of: [{', '.join(_quoted(head) for head in first.heads)}]")
    if name and len(group) > 1:
        parts.append(f"each: {{{_quoted(name)}: [{', '.join(str(entry.said[name]) for entry in group)}]}}")
    return parts[0] if len(parts) == 1 else f"{{{', '.join(parts)}}}"


def _value(stated: Stated) -> str:
    return f"[{', '.join(stated)}]" if isinstance(stated, tuple) else str(stated)


def _quoted(word: str) -> str:
    return f'"{word}"' if any(sign in word for sign in ":,[]{}#") else word


def _wrapped(line: str, indent: int) -> list[str]:
    """The line, broken after commas where it is long."""
    lines = []
    while len(line) > WIDTH and ", " in line[:WIDTH]:
        cut = line.rindex(", ", 0, WIDTH) + 1
        lines.append(line[:cut])
        line = " " * indent + line[cut + 1 :]
    return [*lines, line]


if __name__ == "__main__":
    main(sys.argv[1:])
