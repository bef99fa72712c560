"""`geomap map`: texts in, one offline page out, and seven lines on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from geomap.cli.asking import asked_online
from geomap.cli.reading import Reading, reading_options, report_unmatched
from geomap.cli.shared import counted, open_output, progress, report_problems, tell
from geomap.model import Atlas, Kind, Role, Tier

__all__ = ["command", "summary"]

# Names shown on one line of the summary before "and N more".
MAX_NAMES = 5


@click.command(name="map")
@click.option(
    "-o", "--output", default="map.html", show_default=True, metavar="FILE", help="Where to write; - for stdout."
)
@click.option("--title", default="", help="Title of the page; a lone text lends its headline.")
@reading_options(links=True, online=True)
def command(*, reading: Reading, output: str, title: str) -> None:
    """Write one self-contained HTML map of the places in INPUT.

    INPUT are text files, JSONL files, folders, or - for standard input.  The page opens with the
    network unplugged.  A summary of what was counted and what was left out goes to stderr.

    \b
    Example: geomap map examples/red-sea.txt -o map.html
    """
    from geomap.output.page import render
    from geomap.pipeline import map_documents
    from geomap.read import read_inputs

    reading.spare(output)
    read = read_inputs(reading.inputs)
    problems = report_problems(read.problems)
    if not read.documents:
        sys.exit(1)
    # Opened first: a wrong -o should not cost the work.
    with open_output(output) as write:
        tools = asked_online(read.documents, reading.tools(), reading.online, reading.layer)
        with progress(read.documents, label="mapping") as documents:
            atlas = map_documents(documents, tools, title=title)
        page = render(atlas)
        write(page)
    for line in summary(atlas, problems=len(read.problems)):
        click.echo(line, err=True)
    report_unmatched(tools.decisions)
    size_kb = len(page.encode("utf-8", "replace")) / 1000
    if output != "-":
        tell("wrote", f"{Path(output)} ({size_kb:,.0f} kB, opens offline)")
    sys.exit(problems)


def summary(atlas: Atlas, *, problems: int = 0) -> list[str]:
    """Return what was read and found, what it is about, and what was left out, unknown and linked, a line each."""
    by_role = {role: sum(n for place in atlas.places for r, n in place.mentions if r is role) for role in Role}
    named = [place for place in atlas.places if place.count]
    unread = f", {problems} could not be read" if problems else ""
    kinds = f"({by_role[Role.LITERAL]} literal, {by_role[Role.METONYM]} metonym)"
    lines = [
        f"read      {counted(len(atlas.documents), 'document')}{unread}",
        f"found     {counted(atlas.mentions, 'mention')} of {counted(len(named), 'place')} {kinds}",
        "about     " + _about(atlas),
        "left out  " + (", ".join(f"{item.count} {item.reason}" for item in atlas.left_out) or "nothing"),
        "unknown   " + _unknown(atlas),
        "linked    " + _linked(atlas),
    ]
    return lines + [f"note      {warning}" for warning in atlas.warnings]


def _about(atlas: Atlas) -> str:
    """Return countries, then places, each with its share of the mentions; and where the texts were written."""
    levels = [[f for f in atlas.focus if (f.place.kind is Kind.COUNTRY) is wide] for wide in (True, False)]
    told = [", ".join(f"{f.place.name} ({100 * f.share:.0f} %)" for f in level) for level in levels]
    about = "; ".join(filter(None, told)) or "no one country or place"
    if not atlas.written_at:
        return about
    many = len(atlas.documents) > 1
    filed = [f"{place.name} ({documents})" if many else place.name for place, documents in atlas.written_at]
    more = f" and {len(filed) - MAX_NAMES} more" if len(filed) > MAX_NAMES else ""
    return f"{about}; written in {', '.join(filed[:MAX_NAMES])}{more}"


def _unknown(atlas: Atlas) -> str:
    if not atlas.unresolved:
        return "every name found its place"
    names = [name for name, _ in atlas.unresolved]
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return f"{counted(len(names), 'name')} without a place: {', '.join(names[:MAX_NAMES])}{more}"


def _linked(atlas: Atlas) -> str:
    mentions = {tier: sum(link.mentions for link in atlas.links if link.tier is tier) for tier in Tier}
    stated = counted(mentions[Tier.STATED], "stated link")
    return f"{counted(len(atlas.actors), 'actor')}, {stated}, {mentions[Tier.CO_MENTION]} mentioned together"
