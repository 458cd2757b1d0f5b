"""Whether the tables of offices fit the rules: pathways, routes, parties, provisions, ways and codes that
they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core.errors import Problem, one_of
from routing.law import Law
from routing.law.office_records import ASKED, ASKS, DUTY_CODE, DUTY_RULE, Channel, CopyTo, OfficeRole
from routing.rulebook.model import Rulebook
from routing.rulebook.overlay.merge import overlay_of


def office_fit(rulebook: Rulebook, law: Law) -> Iterator[Problem]:
    """Every name in roles.csv, channels.csv and wording.csv that the rules do not have."""
    offices = law.offices()
    ways = [key.removeprefix("way.") for key in offices.wording if key.startswith("way.")]
    for role in offices.roles:
        yield from _role(role, rulebook, str(offices.folder / "roles.csv"))
    for channel in offices.channels:
        yield from _channel(channel, rulebook, law, ways, str(offices.folder / "channels.csv"))
        yield from _cited_for_another(channel, rulebook, law, str(offices.folder / "channels.csv"))
    for copy in offices.copies:
        yield from _copy(copy, rulebook, ways, str(offices.folder / "copies.csv"))
    for pair in offices.between:
        path = str(offices.folder / "between.csv")
        for party in (pair.sender, pair.receiver):
            yield from _unknown(party, rulebook.parties, "party", path, pair.line)
        yield from _unknown(pair.way, ways, "way", path, pair.line)
    stage_fact = rulebook.facts.get("stage")
    stages = stage_fact.values if stage_fact is not None else {}
    for part in offices.parts:
        path = str(offices.folder / "parts.csv")
        for stage in part.stages:
            yield from _unknown(stage, stages, "stage", path, part.line)
        for way in part.ways:
            yield from _unknown(way, ways, "way", path, part.line)
        for instrument in part.binds:
            yield from _unknown(instrument, rulebook.instruments, "instrument", path, part.line)
        for pathway in part.pathways:
            yield from _unknown(pathway, rulebook.pathways, "pathway", path, part.line)
        if part.side:
            yield from _unknown(part.side, (ASKS, ASKED), "side", path, part.line)
    path = str(offices.folder / "wording.csv")
    for key, there in ((DUTY_CODE, rulebook.duties), (DUTY_RULE, rulebook.rule)):
        word = offices.wording.get(key)
        if word is not None and word not in there:
            yield Problem(
                f"`{word}` of `{key}` is not in the rules", path, 1, one_of(word, there, 4), "table.choice"
            )


def _role(role: OfficeRole, rulebook: Rulebook, path: str) -> Iterator[Problem]:
    if role.party:
        yield from _unknown(role.party, rulebook.parties, "party", path, role.line)
    for pathway in role.pathways:
        yield from _unknown(pathway, rulebook.pathways, "pathway", path, role.line)
    for measure in role.measures:
        yield from _unknown(measure, rulebook.measures, "measure", path, role.line)


def _channel(
    channel: Channel, rulebook: Rulebook, law: Law, ways: Iterable[str], path: str
) -> Iterator[Problem]:
    line = channel.line
    yield from _unknown(channel.pathway, rulebook.pathways, "pathway", path, line)
    if channel.route:
        yield from _unknown(channel.route, rulebook.routes, "route", path, line)
        if channel.route.split("/")[0] != channel.pathway:
            yield Problem(
                f"`{channel.route}` is not a route of `{channel.pathway}`",
                path,
                line,
                "name the pathway of the route",
                "table.choice",
            )
    for state in filter(None, (channel.asked, channel.asking)):
        if state not in law.states:
            yield Problem(
                f"`{state}` is not a code of a State", path, line, law.states.suggest(state), "table.state"
            )
    for party in filter(None, (channel.sender_party, channel.receiver_party)):
        yield from _unknown(party, rulebook.parties, "party", path, line)
    for way in filter(None, (channel.via, *(way for way, _ in channel.also))):
        yield from _unknown(way, ways, "way", path, line)
    for instrument in filter(None, (channel.needs, *channel.declared_under)):
        yield from _unknown(instrument, (*rulebook.instruments, "bilateral"), "instrument", path, line)
    for ref in filter(None, (*channel.basis, channel.languages, *(ref for _, ref in channel.also))):
        yield from _unknown(ref, rulebook.provisions, "provision", path, line)


def _cited_for_another(channel: Channel, rulebook: Rulebook, law: Law, path: str) -> Iterator[Problem]:
    """A row for a whole pathway allows the way by a treaty that leads each route for which it holds."""
    pathway = rulebook.pathways.get(channel.pathway)
    if channel.route or channel.asked or channel.asking or pathway is None:
        return
    own = {row.route for row in law.offices().channels if not (row.asked or row.asking or row.needs)}
    cited = {ref.split(" ")[0] for ref in channel.basis} & set(law.instruments)
    for route in pathway.routes:
        if route.id not in own and cited - {ref.split(" ")[0] for ref in route.lead}:
            theirs = overlay_of(route.file)
            yield Problem(
                f"`{channel.basis[0]}` would allow the way of `{route.id}`, which rests on other law",
                route.file if theirs else path,
                route.line if theirs else channel.line,
                "add it to a pathway that other law can carry"
                if theirs
                else f"give `{route.id}` a row of its own",
                "table.choice",
            )


def _copy(copy: CopyTo, rulebook: Rulebook, ways: Iterable[str], path: str) -> Iterator[Problem]:
    words = (
        (copy.pathway, rulebook.pathways, "pathway"),
        (copy.way, ways, "way"),
        (copy.duty, rulebook.duties, "duty"),
        *((instrument, rulebook.instruments, "instrument") for instrument in copy.instruments),
    )
    yield from _unknown(copy.party, rulebook.parties, "party", path, copy.line)
    for word, allowed, what in words:
        if word:
            yield from _unknown(word, allowed, what, path, copy.line)


def _unknown(word: str, allowed: Iterable[str], what: str, path: str, line: int) -> Iterator[Problem]:
    there = tuple(allowed)
    if word not in there:
        yield Problem(f"`{word}` is not a {what}", path, line, one_of(word, there, 4), "table.choice")
