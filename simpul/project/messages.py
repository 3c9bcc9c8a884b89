"""Message catalogues: find the English msgids of every app, merge them into its Indonesian .po,
compile, and check that nothing is missing. Rule: the same sources always write the same bytes.

    python -m simpul.project.messages extract|compile|check [app ...]
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = "id"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
Key = tuple[str | None, str]


def apps(names: Iterable[str] = ()) -> list[Path]:
    """The packages below simpul, or only the named ones."""
    wanted = set(names)
    found = sorted(p for p in PACKAGE.iterdir() if p.is_dir() and p.name.isidentifier())
    return [p for p in found if p.name != "__pycache__" and (not wanted or p.name in wanted)]


def catalogue_path(app: Path) -> Path:
    return app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def _empty() -> Catalog:
    """A catalogue that knows, from the header, that Indonesian has one plural form."""
    return read_po(io.BytesIO(HEADER.encode()), locale=LOCALE)


def _sources(app: Path) -> Iterator[tuple[Path, str]]:
    """Python sources as they are, templates as the Python that Django makes of them."""
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for suffix in ("html", "txt"):
        for path in sorted(app.glob(f"templates/**/*.{suffix}")):
            python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # the markup's indentation means nothing, but Python's tokenizer would judge it
            yield path, "\n".join(line.strip() for line in python.splitlines())


def msgids(app: Path) -> Catalog:
    """Every msgid in the sources of one app."""
    found = _empty()
    for path, text in _sources(app):
        source = io.BytesIO(text.encode())
        for _line, msg, _comments, context in babel_extract("python", source, KEYWORDS):
            try:
                found.add(msg, context=context)
            except ValueError as error:  # one singular with two plurals
                raise ValueError(f"{path}: {error}") from error
    return found


def read(path: Path) -> Catalog:
    if not path.exists():
        return _empty()
    with path.open("rb") as source:
        return read_po(source, locale=LOCALE, ignore_obsolete=True)


def _messages(catalogue: Catalog) -> dict[Key, Message]:
    return {(m.context, _singular(m)): m for m in catalogue if m.id}


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or "")


def merge(found: Catalog, old: Catalog) -> Catalog:
    """The msgids of the sources with the translations there are; what is unused falls away."""
    known, merged = _messages(old), _empty()
    for key, message in _messages(found).items():
        before = known.get(key)
        string = _strings(before)[0] if before else ""
        plural = isinstance(message.id, (tuple, list))
        merged.add(
            message.id,
            (string,) if plural else string,
            context=message.context,
            flags=before.flags if before else (),
            user_comments=before.user_comments if before else (),
        )
    return merged


def write(catalogue: Catalog, path: Path) -> None:
    """Sorted, without dates, lines or wrapping, so that a diff shows only words."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def extract(names: Iterable[str] = ()) -> list[Path]:
    """Bring the catalogues up to their sources; return those that changed."""
    changed = []
    for app in apps(names):
        path = catalogue_path(app)
        found = msgids(app)
        if not len(found) and not path.exists():
            continue
        before = path.read_bytes() if path.exists() else b""
        write(merge(found, read(path)), path)
        if path.read_bytes() != before:
            changed.append(path)
    return changed


def compile_all(names: Iterable[str] = ()) -> list[Path]:
    """Write a .mo beside every .po that is newer than it; return what was written."""
    written = []
    for app in apps(names):
        po = catalogue_path(app)
        mo = po.with_suffix(".mo")
        if not po.exists() or (mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
            continue
        catalogue, fresh = read(po), mo.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(mo)  # several test runs may compile at once
        written.append(mo)
    return written


def _problems_of(app: Path) -> Iterator[str]:
    catalogue = read(catalogue_path(app))
    wanted, there = _messages(msgids(app)), _messages(catalogue)
    for key in wanted.keys() - there.keys():
        yield f"{app.name}: missing {key[1]!r}"
    for key in there.keys() - wanted.keys():
        yield f"{app.name}: not used {key[1]!r}"
    for key, message in there.items():
        if message.fuzzy:
            yield f"{app.name}: fuzzy {key[1]!r}"
        if not all(_strings(message)):
            yield f"{app.name}: not translated {key[1]!r}"
        for error in message.check(catalogue):
            yield f"{app.name}: {key[1]!r}: {error}"


def check(names: Iterable[str] = ()) -> list[str]:
    """What is wrong with the catalogues, one line each; empty when all is well."""
    problems: list[str] = []
    first_seen: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for app in apps(names):
        problems += sorted(_problems_of(app))
        for key, message in _messages(read(catalogue_path(app))).items():
            # Django merges the catalogues: two translations of one msgid would fight
            other, strings = first_seen.setdefault(key, (app.name, _strings(message)))
            if strings != _strings(message) and all(strings) and all(_strings(message)):
                problems.append(f"{app.name}: {key[1]!r} is translated otherwise in {other}")
    return problems


def main(arguments: list[str]) -> int:
    command, names = (arguments or [""])[0], arguments[1:]
    if command == "extract":
        lines = [f"{path.relative_to(PACKAGE)} changed" for path in extract(names)]
    elif command == "compile":
        lines = [f"{path.relative_to(PACKAGE)} written" for path in compile_all(names)]
    elif command == "check":
        lines = check(names)
    else:
        sys.stderr.write(__doc__ or "")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if command == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
