"""The language of a request: what the State asked takes, and what to do where that is not held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from routing.core.printable import listing
from routing.core.records import Record
from routing.law import Law
from routing.law.confidence import LOW
from routing.law.office_records import DUTY_CODE, DUTY_RULE, GENERAL, AcceptedLanguages, Channel, Office
from routing.law.office_rows import listed_words
from routing.plan.model import CodedTerm, RequestLanguage, Step
from routing.rulebook.model import Rulebook


class Languages(Record):
    """What decides in which language one State writes to another: rules, law data, day, and the instruments
    whose declarations count."""

    rulebook: Rulebook
    law: Law
    on: date
    under: tuple[str, ...] = ()

    def between(self, channel: Channel, sender: str, receiver: str) -> RequestLanguage | None:
        """The language of a request from one State to another; None for a channel on which none is
        written."""
        if not channel.languages and not channel.declared_under:
            return None
        offices = self.law.offices()
        basis = (channel.languages,) if channel.languages else ()
        asked = (*self.under, *(ref.split(" ")[0] for ref in basis))
        accepted = offices.languages(receiver, asked, sender, self.on, general=bool(basis))
        if accepted is not None:
            return language_of(accepted, offices.spoken.get(sender, ()), basis, self.rulebook, self.law)
        if not basis:
            return None
        if f"language.official.{channel.languages}" in offices.wording and offices.official.get(receiver):
            return self._by_the_instrument(channel.languages, sender, receiver)
        return self._to_be_asked(channel.languages, sender, receiver)

    def _by_the_instrument(self, provision: str, sender: str, receiver: str) -> RequestLanguage:
        """The language of a request where the instrument itself makes every State take its own."""
        offices = self.law.offices()
        official = offices.official[receiver]
        shared = bool({*offices.spoken.get(sender, ())} & {*official})
        named = listing(official, "or")
        pattern = offices.wording[f"language.official.{provision}"]
        says = f"{pattern.format(state=self.law.states.name(receiver), languages=named)}."
        elsewhere = self._elsewhere(receiver)
        return RequestLanguage(
            accepted=official,
            translate="no" if shared else "yes",
            into=() if shared else official,
            short=offices.wording[f"language.short{'' if shared else '.due'}"].format(languages=named),
            says=f"{says} {elsewhere}" if elsewhere else says,
            basis=(provision,),
        )

    def _to_be_asked(self, provision: str, sender: str, receiver: str) -> RequestLanguage:
        """The language of a request where what the State notified is not held: what to do meanwhile."""
        offices, wording = self.law.offices(), self.law.offices().wording
        official, spoken = offices.official.get(receiver, ()), offices.spoken.get(sender, ())
        name = self.law.states.name(receiver)
        reserved = f"language.unknown.{provision}" in wording
        says = wording.get(f"language.unknown.{provision}", wording["language.unknown"]).format(state=name)
        shared = tuple(language for language in official if language in spoken)
        guess = (
            self._taken_of(official, receiver)
            if reserved and not shared
            else self._of_requests(shared or official)
        )
        probable = (
            ()
            if reserved
            else self._under_a_sister(provision, receiver) or self._against_the_guess(receiver, guess)
        )
        kind = "unread" if reserved else "probably" if probable else "unknown"
        only = shared and (reserved or not official[1:])
        key = kind if kind == "probably" or not official else f"{kind}.{'shared' if only else 'official'}"
        lead = probable[0] if probable else None
        languages = lead.languages if lead else guess
        general = wording[f"language.short.{key}"]
        short = wording.get(f"language.short.{key}.{provision}", general).format(
            languages=listing(languages, "or") if languages else "",
            under=", ".join(filter(None, (declared(row, self.rulebook) for row in probable[:1]))),
            state=name,
        )
        beside = wording["language.official"].format(languages=listing(official, "or")) if official else ""
        sentences = (f"{says}.", self._elsewhere(receiver) or (short if lead else ""), beside)
        return RequestLanguage(
            translate="unknown", short=short, says=" ".join(filter(None, sentences)), basis=(provision,)
        )

    def _taken_of(self, official: tuple[str, ...], state: str) -> tuple[str, ...]:
        """Of the official languages all that the State takes under some instrument; else the usual one."""
        rows = self.law.offices().accepted_by(state, self.on)
        accepted = {it for row in rows if row.confidence != LOW and not row.partner for it in row.languages}
        return tuple(it for it in official if it in accepted) or self._of_requests(official)

    def _of_requests(self, official: tuple[str, ...]) -> tuple[str, ...]:
        """The one of several official languages in which most States deal with requests from abroad: what a
        constitution calls official is not what was notified for requests."""
        usual = listed_words(self.law.offices().wording.get("language.of_requests", ""))
        return next(((language,) for language in usual if language in official), official[:1])

    def _under_a_sister(self, provision: str, state: str) -> tuple[AcceptedLanguages, ...]:
        """What a State takes under an instrument whose rule on language has the same words."""
        offices = self.law.offices()
        there = [a for a in offices.accepted_by(state, self.on) if a.confidence != LOW and not a.partner]
        under = dict.fromkeys((provision.split(" ")[0], *self.under[:1]))
        sisters = [sister for instrument in under for sister in offices.sisters.get(instrument, ())]
        return tuple(a for sister in sisters for a in there if a.instrument == sister)

    def _against_the_guess(self, state: str, guess: tuple[str, ...]) -> tuple[AcceptedLanguages, ...]:
        """What a State takes under other instruments, where none of these languages is the one that its
        official languages would make likely."""
        there = self._one_answer(state)
        return there if there and not {*guess} & {*there[0].languages} else ()

    def _one_answer(self, state: str) -> tuple[AcceptedLanguages, ...]:
        """What a State takes under each instrument that is held, where that is the same under all."""
        there = tuple(
            a
            for a in self.law.offices().accepted_by(state, self.on)
            if a.confidence != LOW and not a.partner and a.needed == "one"
        )
        return there if len({frozenset(a.languages) for a in there}) == 1 else ()

    def _elsewhere(self, state: str) -> str:
        """What a State takes under other instruments, where that is one answer: a lead, not a rule."""
        there = self._one_answer(state)
        if not there:
            return ""
        under = ", ".join(dict.fromkeys(name for a in there if (name := declared(a, self.rulebook))))
        template = self.law.offices().wording["language.elsewhere"]
        return template.format(languages=listing(there[0].languages, "or"), under=under or "its practice")


def language_of(
    accepted: AcceptedLanguages, spoken: tuple[str, ...], basis: tuple[str, ...], rulebook: Rulebook, law: Law
) -> RequestLanguage:
    """What a State's languages mean for a sender who writes in its own official ones."""
    wording = law.offices().wording
    every = accepted.needed == "all"
    own = set(spoken) & set(accepted.languages)
    due = bool(set(accepted.languages) - own) if every else not own
    into = (
        tuple(language for language in accepted.languages if not every or language not in own) if due else ()
    )
    key = (
        "no_translation"
        if not due
        else "translate_all"
        if every
        else "translate"
        if into[1:]
        else "translate_one"
    )
    languages = listing(into or accepted.languages, "and" if every else "or")
    says = wording[f"language.{key}"].format(state=law.states.name(accepted.state), languages=languages)
    return RequestLanguage(
        accepted=accepted.languages,
        needed="all" if every else "one",
        translate="yes" if due else "no",
        into=into,
        short=wording[f"language.short{'.due' if due else ''}"].format(languages=languages),
        says=f"{says}.",
        condition=accepted.says,
        basis=basis,
        declared_under=declared(accepted, rulebook),
        source=accepted.source or None,
        read_at=accepted.read_at or None,
    )


def language_duties(
    steps: Iterable[Step], duties: tuple[CodedTerm, ...], own: str | None, law: Law
) -> tuple[CodedTerm, ...]:
    """The duties with one that names the languages into which our requests are to be translated.

    It stands in the place of the general duty, where that is among them. There is none where no translation
    is due, nor for what another State writes to us.
    """
    due = [
        step
        for step in steps
        if step.language is not None and step.language.translate == "yes" and step.sender.state == own
    ]
    wording = law.offices().wording
    code = wording.get(DUTY_CODE)
    if not due or code is None:
        return duties
    languages = [step.language for step in due if step.language is not None]
    says = [f"{it.says} {it.condition}." if it.condition else it.says for it in languages]
    term = CodedTerm(
        code=code,
        says=" ".join(dict.fromkeys(says)),
        basis=tuple(dict.fromkeys(ref for language in languages for ref in language.basis)),
        why=wording.get(DUTY_RULE, ""),
        needs=tuple(dict.fromkeys(need for step in due for need in step.needs)),
    )
    kept = [term if duty.code == code else duty for duty in duties]
    return tuple(kept if term in kept else [term, *kept])


def declared(row: Office | AcceptedLanguages, rulebook: Rulebook) -> str | None:
    """Where a row was declared, as it is cited, instrument and article; for what rests on no treaty, the law
    or page."""
    if row.instrument == GENERAL:
        ref = rulebook.provisions.get(row.provision) if row.provision else None
        if ref is not None:
            return f"{rulebook.instruments[ref.instrument].short} {ref.article}"
        return row.provision or None
    short = rulebook.instruments[row.instrument].short
    if row.provision[:1].isalpha():  # the State's own law, or a part of the declaration
        return f"{short} ({row.provision})"
    return f"{short} {row.provision}".strip()
