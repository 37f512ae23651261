"""Puts the tables between the marks of docs/performance.md."""

from .paths import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench: written by bench/run --docs -->", "<!-- bench: end -->"


def inserted(page, tables):
    """The page with the tables in place of what stood between the marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE}: the tables go between the lines {BEGIN} and {END}, which are not both there")
    return f"{before}{BEGIN}\n\n{tables.strip()}\n\n{END}{after}"


def write(tables):
    PAGE.write_text(inserted(PAGE.read_text(), tables))
